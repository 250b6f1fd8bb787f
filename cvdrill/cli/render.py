"""What every screen is made of: margins, clocks, bars, columns, and the line that says what to type next."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TYPE_CHECKING, Final, TypeAlias

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment, Segments
from rich.text import Text
from rich.theme import Theme

from cvdrill.model import Level, Outcome, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cvdrill.model import Drill, Runtime

Piece: TypeAlias = "str | tuple[str, str] | Text"
Cell: TypeAlias = "tuple[tuple[str, str], ...]"

MARGIN: Final = "  "
LABEL: Final = 8
MEASURE: Final = 88
"""Prose wider than this is hard to read, however wide the terminal is."""

THEME: Final = Theme(
    {
        "good": "green",
        "bad": "red",
        "warn": "yellow",
        "strong.good": "bold green",
        "strong.bad": "bold red",
        "strong.warn": "bold yellow",
        "quiet": "dim",
        "name": "bold",
        "head": "bold",
        "code": "cyan",
        "bar": "green",
        "easy": "green",
        "medium": "yellow",
        "hard": "magenta",
    },
    inherit=False,
)

# One character for one, so that columns stay aligned on a terminal that knows no more than ASCII.
PLAIN: Final = str.maketrans(
    {
        "✓": "+", "✗": "x", "▸": ">", "‖": "=", "█": "#", "░": ".", "·": "-", "…": "~", "→": ">", "│": "|",
        "–": "-", "—": "-", "−": "-", "×": "x", "‘": "'", "’": "'", "“": '"', "”": '"',
        "²": "2", "³": "3", "≤": "<", "≥": ">",
    }
)  # fmt: skip

MARKS: Final = {Status.NEW: "·", Status.STARTED: "▸", Status.PAUSED: "‖", Status.SOLVED: "✓"}
STATUS_STYLES: Final = {
    Status.NEW: "quiet",
    Status.STARTED: "warn",
    Status.PAUSED: "warn",
    Status.SOLVED: "good",
}
LEVEL_STYLES: Final = {level: level.value for level in Level}


class _Screen(Console):
    """A console that falls silent when nobody reads on, as in ``cvdrill list | head -1``.

    The command goes on: a check that was graded is still recorded, and the exit code is the true one.
    """

    def on_broken_pipe(self) -> None:
        self.quiet = True
        _fall_silent()


def screen(*, stderr: bool = False) -> Console:
    """Return a console for standard output or standard error.

    It takes nothing for markup, emoji or numbers to be coloured: all text may come from a learner.
    """
    return _Screen(stderr=stderr, theme=THEME, highlight=False, markup=False, emoji=False)


def write(text: str) -> None:
    """Write `text` to standard output as it is."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _fall_silent()


def tolerate_any_encoding() -> None:
    """Let standard output and error replace what their encoding lacks, rather than raise."""
    codecs.register_error("cvdrill.plain", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="cvdrill.plain")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(PLAIN)
    return "".join(char if char.isascii() else "?" for char in text), error.end


def _fall_silent() -> None:
    # Python flushes once more when it exits, and would complain about the closed pipe then.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def clock(seconds: float) -> str:
    """Return a time on the clock: ``04:12``, ``1:04:12``."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


def span(seconds: float) -> str:
    """Return how long something took: ``3 ms``, ``1.2 s``."""
    return f"{seconds * 1000:.0f} ms" if seconds < 0.9995 else f"{seconds:.1f} s"


def ratio(runtime: Runtime, more: str = "more than ") -> str:
    """Return how a runtime compares with the reference's: ``1.8×``, ``more than 24×``."""
    number = f"{runtime.ratio:.0f}" if runtime.ratio >= 9.95 else f"{runtime.ratio:.1f}"
    if runtime.ratio < 0.995:
        number = f"{runtime.ratio:.2g}"
    return f"{more if runtime.at_least else ''}{number}×"


def par_s(drill: Drill) -> int:
    """Return the drill's par in seconds."""
    return drill.card.minutes * 60


def against_par(elapsed_s: float, par: float) -> Text:
    """Return a time and how far it is from par."""
    # Of the seconds as shown, so that the two times and their difference agree on screen.
    left = int(par) - int(elapsed_s)
    word = "under par" if left >= 0 else "over par"
    return Text.assemble(clock(elapsed_s), (f", {clock(abs(left))} {word}", time_style(elapsed_s, par)))


def running(elapsed_s: float, par: float) -> Text:
    """Return where a running clock stands: ``04:12 of 15:00``, or how far it is over par."""
    if int(elapsed_s) > par:
        return against_par(elapsed_s, par)
    return Text.assemble(clock(elapsed_s), (f" of {clock(par)}", "quiet"))


def time_style(elapsed_s: float, par: float) -> str:
    """Return the style of a time: calm within par, a warning beyond it."""
    return "good" if int(elapsed_s) <= par else "warn"


def outcome_style(outcome: Outcome) -> str:
    """Return the style of an outcome."""
    if outcome is Outcome.PASSED:
        return "good"
    return "warn" if outcome in (Outcome.NOT_STARTED, Outcome.BROKEN) else "bad"


def bar(part: int, whole: int, width: int) -> Text:
    """Return a bar of `width` cells; it is full only when all is done, and empty only when nothing is."""
    filled = 0 if not whole else part * width // whole
    if part and not filled:
        filled = 1
    return Text.assemble(("█" * filled, "bar"), ("░" * (width - filled), "quiet"))


def line(console: Console, *pieces: Piece, indent: str = MARGIN) -> None:
    """Print one line; what is too long runs over as it is, so that paths and commands can be copied."""
    console.print(Text.assemble(indent, *pieces), soft_wrap=True)


def gap(console: Console) -> None:
    """Print an empty line."""
    console.print()


def paragraph(console: Console, text: Text, first: str = MARGIN, rest: str | None = None) -> None:
    """Print prose, wrapped, its first line after `first` and the others after `rest`."""
    rest = first if rest is None else rest
    width = max(min(console.width - 1, MEASURE) - len(rest), 20)
    for number, part in enumerate(text.wrap(console, width)):
        part.rstrip()
        console.print(Text.assemble(rest if number else first, part), soft_wrap=True)


def block(console: Console, text: str, style: str = "", indent: str = MARGIN * 2) -> None:
    """Print text that has its own lines, such as a traceback or a table of numbers."""
    width = max(console.width - len(indent) - 1, 20)
    for one in text.expandtabs(4).splitlines():
        for part in Text(one, style).wrap(console, width, overflow="fold") if one else [Text()]:
            joined = Text.assemble(indent, part)
            joined.rstrip()
            console.print(joined, soft_wrap=True)


def broken(text: str, width: int) -> list[str]:
    """Break a call or a signature that is too long after every argument, as a formatter would.

    Parameters
    ----------
    text : str
        Python, such as ``nms(boxes, scores, 0.5)`` or ``def nms(boxes, scores) -> ndarray``.
    width : int
        Cells that a line may take.

    Returns
    -------
    list of str
        The text as it is when it fits, or is something else than one call.
    """
    head, opened, rest = text.partition("(")
    inner, closed, tail = rest.rpartition(")")
    if len(text) <= width or not (opened and closed and inner):
        return [text]
    arguments, depth = [""], 0
    for char in inner:
        depth += (char in "([{") - (char in ")]}")
        if depth < 0:
            return [text]
        if char == "," and depth == 0:
            arguments.append("")
        else:
            arguments[-1] += char
    return [f"{head}(", *(f"    {argument.strip()}," for argument in arguments), f"){tail}"]


def labelled(console: Console, rows: Iterable[tuple[str, Piece]]) -> None:
    """Print lines that begin with a word in a narrow column: Clock, File, Next."""
    for label, value in rows:
        line(console, (label.ljust(LABEL), "quiet"), value)


def command(text: str) -> Text:
    """Return something to be typed."""
    return Text(text, "code")


def next_drill(console: Console, drill: Drill) -> list[tuple[str, Piece]]:
    """Return the lines with the command that starts a drill, and what the drill is."""
    about = Text(f"{drill.card.title}, {drill.card.level}, par {clock(par_s(drill))}", "quiet")
    start = command(f"cvdrill start {drill.id}")
    if len(MARGIN) + LABEL + start.cell_len + 3 + about.cell_len < console.width:
        return [("Next", Text.assemble(start, "   ", about))]
    return [("Next", start), ("", about)]


def header(console: Console, drill: Drill) -> None:
    """Print the name of a drill, and what kind it is."""
    gap(console)
    title = drill.card.title
    if len(MARGIN) + cell_len(f"{drill.id}  {title}") <= console.width:
        line(console, (drill.id, "name"), "  ", title)
    else:
        line(console, (drill.id, "name"))
        line(console, title)
    line(
        console,
        (f"{drill.topic} · ", "quiet"),
        (drill.card.level, LEVEL_STYLES[drill.card.level]),
        (f" · par {clock(par_s(drill))}", "quiet"),
    )
    gap(console)


def cell(text: str, style: str = "") -> Cell:
    """Return a cell of one piece."""
    return ((text, style),)


def table(
    console: Console,
    rows: Sequence[Sequence[Cell]],
    *,
    width: int,
    right: frozenset[int] = frozenset(),
    squeeze: Sequence[int] = (0,),
) -> None:
    """Print rows of cells in columns.

    Made of segments, as a list of a thousand drills would take a second as texts.

    Parameters
    ----------
    console : rich.console.Console
    rows : sequence of sequence of Cell
        All of one length.
    width : int
        Cells of the terminal that a line may take.
    right : frozenset of int, optional
        Columns that are aligned to the right.
    squeeze : sequence of int, optional
        The columns that are cut, one after the other, when a line would be too long.
    """
    lengths = [[sum([cell_len(text) for text, _ in cell]) for cell in row] for row in rows]
    widths = [max(column, default=0) for column in zip(*lengths, strict=True)]
    for index in squeeze:
        excess = sum(widths) + 2 * (len(widths) - 1) - width
        widths[index] = max(widths[index] - max(excess, 0), min(widths[index], 8))
    styles = {style: console.get_style(style) for row in rows for cell in row for _, style in cell if style}
    segments = []
    for row, row_lengths in zip(rows, lengths, strict=True):
        if any(row_lengths):
            segments.append(Segment(MARGIN))
        blank = 0  # owed before the next cell that is not empty, so that no line ends with it
        for index, (cell, length) in enumerate(zip(row, row_lengths, strict=True)):
            fitted = cell if length <= widths[index] else _cut(cell, widths[index])
            fill = max(widths[index] - length, 0)
            if length:
                segments.append(Segment(" " * (blank + fill if index in right else blank)))
                segments += [Segment(text, styles.get(style)) for text, style in fitted]
                blank = 2 if index in right else 2 + fill
            else:
                blank += 2 + fill
        segments.append(Segment.line())
    console.print(Segments(segments), soft_wrap=True, end="")


def _cut(cell: Cell, width: int) -> Cell:
    """Return a cell cut to a width, with an ellipsis for what is missing."""
    pieces, left = [], width - 1
    for text, style in cell:
        kept = set_cell_size(text, min(cell_len(text), left))
        pieces.append((kept, style))
        left -= cell_len(kept)
    *before, (text, style) = pieces
    return (*before, (f"{text}…", style))
