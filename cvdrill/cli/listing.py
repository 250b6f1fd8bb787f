"""``cvdrill list``: what drills there are."""

import difflib
import itertools
from typing import TYPE_CHECKING, Annotated

import typer

from cvdrill.cli import envelope, render
from cvdrill.cli.exits import ExitCode
from cvdrill.cli.options import AsJson, topic_names
from cvdrill.cli.session import Session, of
from cvdrill.errors import CvdrillError
from cvdrill.model import Level, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvdrill.model import Drill


def list_(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORD]...", help="Only drills whose name, title or topic has every word."),
    ] = None,
    *,
    topic: Annotated[
        str | None,
        typer.Option("--topic", metavar="TOPIC", help="Only this topic.", autocompletion=topic_names),
    ] = None,
    level: Annotated[Level | None, typer.Option("--level", help="Only this level.")] = None,
    status: Annotated[Status | None, typer.Option("--status", help="Only drills that stand so.")] = None,
    as_json: AsJson = False,
) -> ExitCode:
    """List the drills in the order in which one learns them."""
    session = of(context)
    if topic is not None:
        topic = _topic(session.catalog.topics, topic)
    found = [
        drill
        for drill in session.catalog.drills
        if (topic is None or drill.topic == topic)
        and (level is None or drill.card.level is level)
        and (status is None or _status(session, drill) is status)
        and _has(drill, words or ())
    ]
    if as_json:
        envelope.write(command="list", drills=[_fields(session, drill) for drill in found])
    elif found:
        _table(session, found)
    else:
        render.gap(session.screen)
        render.line(session.screen, "No drill matches. All of them:  ", render.command("cvdrill list"))
        render.gap(session.screen)
    return ExitCode.DONE


def _topic(topics: "Sequence[str]", name: str) -> str:
    plain = name.casefold().replace("-", "_")
    if plain in topics:
        return plain
    near = difflib.get_close_matches(plain, topics, n=1)
    raise CvdrillError(
        f"There is no topic called {name!r}." + (f" Did you mean {near[0]}?" if near else ""),
        f"cvdrill list --topic {near[0] if near else topics[0]}",
    )


def _status(session: Session, drill: "Drill") -> Status:
    record = session.records.get(drill.id)
    return Status.NEW if record is None else record.status


def _has(drill: "Drill", words: "Sequence[str]") -> bool:
    text = f"{drill.id} {drill.card.title} {drill.topic}".casefold()
    # conv2d-valid, "conv2d valid" and conv2d_valid are one search.
    return all(word.casefold().replace("-", "_") in f"{text} {text.replace('-', '_')}" for word in words)


def _fields(session: Session, drill: "Drill") -> dict[str, object]:
    return {
        "drill": drill.id,
        "title": drill.card.title,
        "topic": drill.topic,
        "level": drill.card.level,
        "status": _status(session, drill),
        "par_s": render.par_s(drill),
        "after": drill.card.after,
    }


def _table(session: Session, drills: "Sequence[Drill]") -> None:
    wide = session.screen.width >= 76
    heads = ["Drill", "Level", "Par", "Status", *(["Title"] if wide else [])]
    rows = [[render.cell(head, "quiet") for head in heads]]
    for topic, group in itertools.groupby(drills, key=lambda drill: drill.topic):
        rows.append([render.cell("")] * len(heads))
        rows.append([render.cell(topic, "head"), *[render.cell("")] * (len(heads) - 1)])
        for drill in group:
            status = _status(session, drill)
            level = drill.card.level
            row = [
                render.cell(drill.id, "name"),
                render.cell(level, render.LEVEL_STYLES[level]),
                render.cell(render.clock(render.par_s(drill))),
                render.cell(f"{render.MARKS[status]} {status}", render.STATUS_STYLES[status]),
            ]
            rows.append([*row, render.cell(drill.card.title, "quiet")] if wide else row)
    render.gap(session.screen)
    width = session.screen.width - 3
    render.table(session.screen, rows, width=width, right=frozenset({2}), squeeze=(4, 0) if wide else (0,))
    render.gap(session.screen)
