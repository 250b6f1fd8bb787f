"""Shows what a drill asks: the signature, then its numpydoc, section by section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.text import Text

from cvdrill import catalog
from cvdrill.cli import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from cvdrill.model import Drill

INLINE: Final = re.compile(
    r"(?::\w+:)?``(?P<code>[^`]+)``"
    r"|(?::\w+:)?(?<!`)`(?P<name>[^`]+)`(?!`)"
    r"|(?<![\w*])\*\*(?P<strong>[^*\s](?:[^*]*[^*\s])?)\*\*(?![\w*])"
    r"|(?<![\w*])\*(?P<emphasis>[^*\s](?:[^*]*[^*\s])?)\*(?![\w*])"
)
BULLET: Final = re.compile(r"(?:[-*•]|\d+\.|\[\w+\]|\.\. \[\w+\])\s+(?=\S)")
RULE: Final = re.compile(r"-{3,}\s*$")
# Sections whose entries are names with indented descriptions.
LISTS: Final = frozenset(
    {"Parameters", "Other Parameters", "Attributes", "Methods", "Returns", "Yields", "Raises", "Warns"}
)


def show(console: Console, drill: Drill) -> None:
    """Print the statement of `drill`.

    Parameters
    ----------
    console : Console
    drill : Drill
    """
    statement = catalog.statement(drill)
    if statement.doc:
        _doc(console, statement.doc)
    for part in statement.parts:
        for one in render.broken(part.signature, min(console.width, render.MEASURE) - 4):
            render.line(console, (one, "code"))
        render.gap(console)
        if part.doc:
            _doc(console, part.doc)


def _doc(console: Console, doc: str) -> None:
    for heading, lines in _sections(doc):
        if heading:
            render.line(console, (heading, "head"))
        if heading in LISTS:
            _entries(console, lines)
        else:
            _prose(console, lines, render.MARGIN * 2 if heading else render.MARGIN)
        render.gap(console)


def _sections(doc: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each section's heading, empty for the text before the first, and its lines."""
    heading, lines = "", list[str]()
    for text in doc.splitlines():
        if RULE.match(text) and lines and lines[-1].strip():
            following = lines.pop().strip()
            if any(one.strip() for one in lines):
                yield heading, _trimmed(lines)
            heading, lines = following, []
        else:
            lines.append(text.rstrip())
    if heading or any(lines):
        yield heading, _trimmed(lines)


def _trimmed(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[0]:
        kept.pop(0)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _entries(console: Console, lines: Sequence[str]) -> None:
    """Print ``name : type`` lines, each with its description below."""
    description: list[str] = []
    for text in [*lines, ""]:
        if text.startswith("    ") or (not text and description):
            description.append(text[4:])
            continue
        _prose(console, _trimmed(description), render.MARGIN * 4)
        description = []
        if text:
            name, colon, kind = text.partition(" : ")
            entry = Text.assemble((name, "name"), (colon + kind, "quiet")) if colon else Text(name, "name")
            render.paragraph(console, entry, render.MARGIN * 2, render.MARGIN * 4)
    _prose(console, _trimmed(description), render.MARGIN * 4)


def _prose(console: Console, lines: Sequence[str], indent: str) -> None:
    """Print paragraphs, lists and code, each block as its kind asks for."""
    blocks = list(_blocks(lines))
    for number, (kind, text) in enumerate(blocks):
        if number and not (kind == "item" and blocks[number - 1][0] == "item"):
            render.gap(console)
        if kind == "code":
            render.block(console, text, "code", indent)
        elif kind == "item":
            bullet = BULLET.match(text)
            assert bullet is not None
            mark = bullet[0].removeprefix(".. ").replace("*", "-", 1)
            body = _inline(console, text[bullet.end() :])
            render.paragraph(console, body, indent + mark, indent + " " * len(mark))
        else:
            render.paragraph(console, _inline(console, text), indent)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield ``(kind, text)`` for each paragraph, list item and piece of code."""
    kind, collected = "", list[str]()
    for text in [*lines, ""]:
        starts = _kind_of(text, kind)
        if collected and (starts != kind or starts == "item!"):
            yield kind.rstrip("!"), "\n".join(collected) if kind == "code" else " ".join(collected)
            collected = []
        kind = starts.rstrip("!")
        if kind:
            collected.append(text if kind == "code" else text.strip())


def _kind_of(text: str, before: str) -> str:
    """Return what a line is, given what the line before it was; ``item!`` begins another item."""
    if not text.strip():
        return ""
    if before == "code" or text.startswith(">>>"):
        return "code"
    if BULLET.match(text):
        return "item!"
    if before == "item" and text.startswith(" "):
        return "item"
    if text.startswith("  ") and before == "":
        return "code"
    return "text"


def _inline(console: Console, source: str) -> Text:
    """Style ``code``, *emphasis* and **strong**; where there are no colours code keeps its backticks."""
    if source.endswith("::"):
        source = source[:-1]
    quote = "`" if console.color_system is None or console.no_color else ""
    text, at = Text(), 0
    for found in INLINE.finditer(source):
        text.append(source[at : found.start()])
        at = found.end()
        if code := found["code"] or found["name"]:
            text.append(f"{quote}{code}{quote}", "code")
        else:
            text.append(found["strong"] or found["emphasis"], "bold" if found["strong"] else "italic")
    text.append(source[at:])
    return text
