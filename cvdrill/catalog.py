"""Finds drills and reads their cards and statements. Imports no drill and no torch."""

from __future__ import annotations

import ast
import difflib
import graphlib
import heapq
import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cvdrill import paths
from cvdrill.cards import Cards
from cvdrill.errors import CvdrillError
from cvdrill.model import Drill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """One function or class that a stub asks for.

    Attributes
    ----------
    signature : str
        Its first line as Python, without the colon.
    doc : str
        Its docstring, indentation removed.
    """

    signature: str
    doc: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a drill asks, as its stub says it.

    Attributes
    ----------
    doc : str
        The stub's module docstring, indentation removed; may be empty.
    parts : tuple of Part
        The functions and classes to be written, in order.
    """

    doc: str
    parts: tuple[Part, ...]


class Catalog:
    """The drills of one or several packs, in the order in which one learns them.

    Parameters
    ----------
    drills : iterable of Drill
        In any order.
    topics : sequence of str, optional
        The order in which one learns them; those that are left out come last, by name.

    Raises
    ------
    CvdrillError
        When two drills share an id, `after` names no drill, or the drills wait for each other in a circle.
    """

    def __init__(self, drills: Iterable[Drill], topics: Sequence[str] = ()) -> None:
        by_id: dict[str, Drill] = {}
        for drill in drills:
            if drill.id in by_id:
                raise CvdrillError(
                    f"Two drills are called {drill.id}: {by_id[drill.id].stub} and {drill.stub}.",
                    "Rename one of them.",
                    exit_code=3,
                )
            by_id[drill.id] = drill
        self.drills = _learning_order(by_id, topics)
        self._by_id = by_id

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The topics, each where its first drill stands."""
        return tuple(dict.fromkeys(drill.topic for drill in self.drills))

    def find(self, name: str) -> Drill:
        """Return the drill called `name`: ``conv2d_valid``, ``conv2d-valid`` or ``conv/conv2d_valid``.

        Raises
        ------
        CvdrillError
            When there is none; the hint names the closest.
        """
        topic, _, last = name.strip().removesuffix(".py").replace("\\", "/").rpartition("/")
        drill = self._by_id.get(_plain(last))
        if drill is not None and topic in ("", drill.topic):
            return drill
        near = difflib.get_close_matches(_plain(last), self._by_id, n=1, cutoff=0.5)
        raise CvdrillError(
            f"There is no drill called {name!r}." + (f" Did you mean {near[0]}?" if near else ""),
            f"cvdrill show {near[0]}" if near else "cvdrill list",
        )


def load(roots: Sequence[Path] | None = None) -> Catalog:
    """Read the catalog of some packs.

    Parameters
    ----------
    roots : sequence of Path, optional
        Folders with an ``exercises/`` and a ``solutions/``; the built-in pack when left out.

    Returns
    -------
    Catalog

    Raises
    ------
    CvdrillError
        When a card cannot be read; the message names the file and the field.
    """
    if roots is not None:
        return _load(roots, Cards())
    cards = Cards(paths.cache() / "cards.json")
    found = _load(paths.packs(), cards)
    cards.remember()
    return found


def statement(drill: Drill) -> Statement:
    """Return what `drill` asks, read from its stub without running it.

    Parameters
    ----------
    drill : Drill

    Returns
    -------
    Statement
    """
    tree = ast.parse(drill.stub.read_text(encoding="utf-8"))
    return Statement(
        doc=ast.get_docstring(tree) or "",
        parts=tuple(
            Part(_signature(node), ast.get_docstring(node) or "")
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ),
    )


def _plain(name: str) -> str:
    return name.lower().replace("-", "_")


def _signature(node: ast.FunctionDef | ast.ClassDef) -> str:
    if isinstance(node, ast.FunctionDef):
        returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        return f"def {node.name}({ast.unparse(node.args)}){returns}"
    bases = ", ".join(ast.unparse(base) for base in node.bases)
    return f"class {node.name}({bases})" if bases else f"class {node.name}"


def _load(roots: Sequence[Path], cards: Cards) -> Catalog:
    topics = [topic for root in roots for topic in _topic_order(root)]
    return Catalog(_drills(roots, cards), tuple(dict.fromkeys(topics)))


def _topic_order(root: Path) -> list[str]:
    """Return the topics of a pack as its ``topics.txt``, which it may do without, names them."""
    path = root / "exercises" / "topics.txt"
    return path.read_text(encoding="utf-8").split() if path.is_file() else []


def _drills(roots: Sequence[Path], cards: Cards) -> Iterator[Drill]:
    """Yield the drills of some packs, in the order of their files' names."""
    for root in roots:
        exercises = root / "exercises"
        topics = sorted(path.name for path in exercises.iterdir()) if exercises.is_dir() else []
        for topic in topics:
            yield from _topic(root, topic, cards)


def _topic(root: Path, topic: str, cards: Cards) -> Iterator[Drill]:
    folder, solutions = root / "exercises" / topic, root / "solutions" / topic
    if not folder.is_dir():
        return
    entries = {entry.name: entry for entry in os.scandir(folder)}
    for name in sorted(entries):
        if not name.endswith(".py"):
            continue
        drill, card = name.removesuffix(".py"), f"{name.removesuffix('.py')}.toml"
        if card not in entries:
            raise CvdrillError(f"The drill has no card: {folder / card} is missing.", exit_code=3)
        yield Drill(
            id=drill,
            topic=topic,
            card=cards.read(folder / card, entries[card].stat()),
            stub=folder / name,
            solution=solutions / drill,
        )


def _learning_order(by_id: dict[str, Drill], topics: Sequence[str]) -> tuple[Drill, ...]:
    """Sort topologically by `after`; among drills that are ready, stay in the topic, then easiest first."""
    places = {topic: place for place, topic in enumerate(topics)}
    sorter: graphlib.TopologicalSorter[str] = graphlib.TopologicalSorter()
    for drill in by_id.values():
        missing = [other for other in drill.card.after if other not in by_id]
        if missing:
            raise CvdrillError(f"{drill.id} comes after {missing[0]}, which is no drill.", exit_code=3)
        sorter.add(drill.id, *drill.card.after)
    try:
        sorter.prepare()
    except graphlib.CycleError as error:
        raise CvdrillError("Drills wait for each other: " + " → ".join(error.args[1]), exit_code=3) from None
    order: list[Drill] = []
    ready: dict[str, list[tuple[int, int, str]]] = {}  # by topic, easiest first

    def admit(names: Iterable[str]) -> None:
        for name in names:
            drill = by_id[name]
            key = (drill.card.level.rank, drill.card.minutes, name)
            heapq.heappush(ready.setdefault(drill.topic, []), key)

    admit(sorter.get_ready())
    while ready:
        topic = order[-1].topic if order else ""
        if topic not in ready:
            topic = min(ready, key=lambda name: (places.get(name, len(places)), name))
        *_, chosen = heapq.heappop(ready[topic])
        if not ready[topic]:
            del ready[topic]
        order.append(by_id[chosen])
        sorter.done(chosen)
        admit(sorter.get_ready())
    return tuple(order)
