"""``cvdrill dev``: the tools of those who write drills."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.control import Control
from rich.segment import ControlType
from rich.text import Text

from cvdrill import paths
from cvdrill.cli import envelope, render
from cvdrill.cli.exits import ExitCode
from cvdrill.cli.options import AsJson, drill_names, examples
from cvdrill.cli.session import Session, of
from cvdrill.errors import CvdrillError
from cvdrill.model import Drill

if TYPE_CHECKING:
    from cvdrill.authoring import Finding, Report, Step, Survivor

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog=examples("cvdrill dev new detection/soft_nms", "cvdrill dev verify soft_nms"),
)

_LABEL = 11

Root = Annotated[
    Path | None,
    typer.Option("--root", metavar="FOLDER", help="A pack of your own, with exercises/ and solutions/."),
]


@app.callback(invoke_without_command=True)
def _main(context: typer.Context) -> None:
    """Write drills, and see whether they are sound."""
    if context.invoked_subcommand is None:
        render.write(context.get_help() + "\n")


@app.command(
    epilog=examples("cvdrill dev new detection/soft_nms", "cvdrill dev new audio/mel --root ~/my-drills")
)
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="TOPIC/DRILL", help="Its topic and its name.")],
    root: Root = None,
) -> ExitCode:
    """Begin a drill: write its six files, which work as they are, for you to fill.

    Nothing that is there already is touched.
    """
    from cvdrill import authoring  # noqa: PLC0415  imports numpy and pytest

    screen = of(context).screen
    written = authoring.new(name, root)
    render.gap(screen)
    for path in written:
        render.line(screen, ("✓ ", "good"), (str(path), "code"))
    render.gap(screen)
    chosen = name.partition("/")[2] + ("" if root is None else f" --root {root}")
    render.labelled(screen, [("Next", render.command(f"cvdrill dev verify {chosen}"))])
    render.gap(screen)
    return ExitCode.DONE


@app.command(
    epilog=examples("cvdrill dev verify", "cvdrill dev verify nms mha --jobs 2", "cvdrill dev verify --quick")
)
def verify(
    context: typer.Context,
    drills: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DRILL ...]",
            help="Their names; all of the pack if left out.",
            autocompletion=drill_names,
            show_default=False,
        ),
    ] = None,
    *,
    root: Root = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", metavar="N", min=1, help="Grade so many files at a time; else one a processor."
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out the mutants, which take longest.")
    ] = False,
    as_json: AsJson = False,
) -> ExitCode:
    """See whether drills are sound: what is right passes, what is wrong does not and is explained.

    Card, statement and notes are complete; the stub counts as not started; the examples hold; the reference
    passes with twenty seeds; known mistakes are caught and diagnosed; banned calls are refused; and every
    mutant of the reference is caught. A mutant that does the same as the reference is recorded beside it, in
    equivalent.toml: [[equivalent]] with line, mutant and reason.
    """
    session = of(context)
    chosen = _choose(session, drills or (), root)
    if as_json:
        reports = [_verify(drill, jobs, quick=quick) for drill in chosen]
        envelope.write(reports=[_fields(report) for report in reports])
    else:
        render.gap(session.screen)
        reports = [_show(session.screen, drill, jobs, quick=quick) for drill in chosen]
        _conclude(session.screen, reports)
    return ExitCode.DONE if all(report.is_sound for report in reports) else ExitCode.NOT_PASSED


def _choose(session: Session, names: Sequence[str], root: Path | None) -> Sequence[Drill]:
    """Return the drills that are meant; a pack of one's own may build upon the built-in drills."""
    if root is None:
        known = session.catalog
        return [known.find(name) for name in names] or known.drills
    from cvdrill import catalog  # noqa: PLC0415  `cvdrill --help` does without

    root = root.expanduser().absolute()
    known = catalog.load(tuple(dict.fromkeys((*paths.packs(), root))))
    chosen = [known.find(name) for name in names] or [d for d in known.drills if d.stub.is_relative_to(root)]
    if not chosen:
        raise CvdrillError(f"{root} holds no drills.", f"cvdrill dev new TOPIC/DRILL --root {root}")
    return chosen


def _verify(drill: Drill, jobs: int | None, *, quick: bool, **callbacks: Any) -> "Report":
    from cvdrill import authoring  # noqa: PLC0415  imports numpy and pytest

    return authoring.verify(drill, jobs=jobs, mutate=not quick, **callbacks)


def _fields(report: "Report") -> dict[str, Any]:
    return {"sound": report.is_sound, "score": report.score, **asdict(report)}


def _show(screen: Console, drill: Drill, jobs: int | None, *, quick: bool) -> "Report":
    """Verify one drill, and print what is wrong as it is found."""
    progress = _Progress(screen, drill)
    begun = False

    def tell(check: str, message: str, details: str) -> None:
        nonlocal begun
        progress.clear()
        if not begun:
            begun = True
            render.gap(screen)
            render.line(screen, (drill.id, "name"), f"  {drill.card.title}")
        _problem(screen, check, message, details)

    def on_finding(finding: "Finding") -> None:
        tell(finding.check, finding.message, finding.details)

    try:
        report = _verify(drill, jobs, quick=quick, on_finding=on_finding, on_step=progress.show)
    finally:
        progress.clear()
    for survivor in report.survivors:
        tell("survivor", _place(survivor), survivor.diff)
    mark = ("✓ ", "good") if report.is_sound else ("✗ ", "bad")
    render.line(screen, mark, (drill.id, "name"), f"  {_summary(report, quick=quick)}")
    return report


def _problem(screen: Console, check: str, message: str, details: str) -> None:
    render.line(screen, (f"  {check:<{_LABEL}}", "bad"), message)  # not wrapped: it may hold a path
    if details:
        render.block(screen, details, "quiet", indent=" " * (len(render.MARGIN) + 2 + _LABEL))


def _place(survivor: "Survivor") -> str:
    where = f" of {survivor.function}" if survivor.function else ""
    return f"No case tells this mutant from the reference; it changes line {survivor.number}{where}."


def _summary(report: "Report", *, quick: bool) -> str:
    parts = [_counted(len(report.findings), "finding")] if report.findings else []
    if report.mutants or report.equivalent:
        parts.append(f"{report.killed} of {_counted(report.mutants, 'mutant')} caught ({report.score:.1%})")
    elif quick:
        parts.append("mutants left out")
    if report.equivalent:
        parts.append(f"{report.equivalent} more equivalent")
    return " · ".join([*parts, render.span(report.elapsed_s)])


def _conclude(screen: Console, reports: "Sequence[Report]") -> None:
    render.gap(screen)
    rows = []
    if any(report.survivors for report in reports):
        rows.append(("Next", "write a case that catches the survivor, or record it with its reason"))
    if len(reports) > 1:
        sound = sum(report.is_sound for report in reports)
        rows.insert(0, ("Sound", f"{sound} of {len(reports)} drills"))
    if rows:
        render.labelled(screen, rows)
        render.gap(screen)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class _Progress:
    """One line on a terminal that says how far it is, and is gone when there is something to say."""

    def __init__(self, screen: Console, drill: Drill) -> None:
        self._screen = screen
        self._drill = drill
        self._enabled = screen.is_terminal and not screen.is_dumb_terminal
        self._shown = False

    def show(self, step: "Step") -> None:
        self.clear()
        if self._enabled:
            self._shown = True
            text = f"{render.MARGIN}{self._drill.id}: {step.check} {step.done}/{step.total} …"
            self._screen.print(Text(text, "quiet"), end="", soft_wrap=True)

    def clear(self) -> None:
        if self._shown:
            self._shown = False
            self._screen.control(Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2)))
