"""The arguments that several commands share, and how the shell completes them."""

from pathlib import Path
from typing import Annotated

import typer

from cvdrill.errors import CvdrillError


def drill_names(incomplete: str) -> list[tuple[str, str]]:
    """Return the drills that begin with what was typed, with their titles, for the shell."""
    from cvdrill import catalog  # noqa: PLC0415  only the shell asks for it

    try:
        drills = catalog.load().drills
    except CvdrillError:
        return []  # the shell has no place for a message; the command itself will say it
    hyphens = "-" in incomplete
    names = [(drill.id.replace("_", "-") if hyphens else drill.id, drill.card.title) for drill in drills]
    return [(name, title) for name, title in names if name.startswith(incomplete)]


def topic_names(incomplete: str) -> list[str]:
    """Return the topics that begin with what was typed, for the shell."""
    from cvdrill import catalog  # noqa: PLC0415  only the shell asks for it

    try:
        return [topic for topic in catalog.load().topics if topic.startswith(incomplete)]
    except CvdrillError:
        return []


DrillName = Annotated[
    str, typer.Argument(metavar="DRILL", help="Its name, such as nms.", autocompletion=drill_names)
]
CurrentDrill = Annotated[
    str | None,
    typer.Argument(
        metavar="[DRILL]",
        help="Its name, such as nms; the current one if left out.",
        autocompletion=drill_names,
    ),
]
NextDrill = Annotated[
    str | None,
    typer.Argument(
        metavar="[DRILL]",
        help="Its name, such as nms; the next one to solve if left out.",
        autocompletion=drill_names,
    ),
]
WorkspaceFolder = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="FOLDER", help="Where you write, in place of ~/cvdrill."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def examples(*lines: str) -> str:
    """Return the end of a help page: commands as one types them."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
