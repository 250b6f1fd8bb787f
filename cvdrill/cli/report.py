"""Shows what a check found."""

from __future__ import annotations

import shlex
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rich.control import Control
from rich.segment import ControlType
from rich.text import Text

from cvdrill.cli import render
from cvdrill.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from cvdrill.cli.check import Result
    from cvdrill.cli.session import Session
    from cvdrill.errors import CvdrillError
    from cvdrill.model import Case, Verdict

PRINTED_LINES: Final = 40
"""More of what the code printed would push the verdict off the screen."""


@contextmanager
def streamed(screen: Console) -> Iterator[Callable[[Case], None]]:
    """Yield what prints a line for each case when it is done; on a terminal, say so while none is."""
    waiting = screen.is_terminal and not screen.is_dumb_terminal

    def settle() -> None:
        nonlocal waiting
        if waiting:
            waiting = False
            screen.control(Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2)))

    def on_case(case: Case) -> None:
        settle()
        render.line(screen, _case_line(case, min(screen.width - 3, render.MEASURE)))

    if waiting:
        screen.print(Text(f"{render.MARGIN}grading …", "quiet"), end="")
    try:
        yield on_case
    finally:
        settle()


def show(session: Session, result: Result) -> None:
    """Print the verdict, what went wrong first, the clock, and what to type next."""
    screen, verdict = session.screen, result.verdict
    if verdict.cases:
        render.gap(screen)
    _summary(screen, verdict)
    failing = next((case for case in verdict.cases if case.outcome is not Outcome.PASSED), None)
    if failing is not None:
        _failure(screen, result, failing)
    elif verdict.outcome is not Outcome.PASSED:
        if verdict.details:
            render.gap(screen)
            render.block(screen, verdict.details)
        _printed(screen, "Your file printed", verdict.stdout)
    render.gap(screen)
    _end(session, result)
    render.gap(screen)


def warn(trouble: CvdrillError) -> None:
    """Say on standard error that a check is not in the history."""
    errors = render.screen(stderr=True)
    render.line(errors, ("warning: ", "warn"), f"This check was not recorded. {trouble.message}", indent="")
    if trouble.hint:
        render.line(errors, ("next: ", "quiet"), trouble.hint)


def _case_line(case: Case, width: int) -> Text:
    passed = case.outcome is Outcome.PASSED
    mark = "✓" if passed else "✗"
    outcome = "" if passed else f"  {case.outcome}"
    took = f"{render.span(case.elapsed_s):>8}"
    name = Text(case.name)
    name.truncate(width - len(outcome) - len(took) - 2, overflow="ellipsis", pad=True)
    style = render.outcome_style(case.outcome)
    return Text.assemble((f"{mark} ", style), name, (outcome, style), (took, "quiet"))


def _summary(screen: Console, verdict: Verdict) -> None:
    style = f"strong.{render.outcome_style(verdict.outcome)}"
    counts = f"  {verdict.passed} of {verdict.total} cases passed" if verdict.cases else ""
    if verdict.outcome is Outcome.PASSED:
        counts = f"  all {verdict.total} cases" if verdict.total > 1 else "  the one case"
    render.line(screen, (verdict.outcome, style), counts)
    if verdict.runtime is not None:
        render.line(screen, f"{render.ratio(verdict.runtime)} the reference's time on a larger input")
    if verdict.message:
        render.paragraph(screen, Text(verdict.message))
    if verdict.outcome is Outcome.BROKEN:
        render.paragraph(screen, Text("This is a fault of cvdrill, not of your code. It does not count."))


def _failure(screen: Console, result: Result, case: Case) -> None:
    """Print the first failing case: what it wants, the call, and what came back."""
    render.gap(screen)
    render.line(screen, (case.name, "name"))
    if case.title:
        render.paragraph(screen, Text(case.title))
    for diagnosis in result.verdict.diagnoses:
        render.gap(screen)
        mark = f"{render.MARGIN}→ "
        render.paragraph(screen, Text(diagnosis.sentence, "warn"), mark, " " * len(mark))
    if case.call:
        render.gap(screen)
        width = min(screen.width, render.MEASURE) - 2 * len(render.MARGIN) - 1
        lines = [part for line in case.call.splitlines() for part in render.broken(line, width)]
        render.block(screen, "\n".join(lines), "code")
    if case.message:
        render.gap(screen)
        render.paragraph(screen, Text(case.message))
    if case.details:
        if not case.message:
            render.gap(screen)
        render.block(screen, case.details)
    _printed(screen, "Your code printed", case.stdout)
    if not case.stdout:
        _printed(screen, "Your file printed while it was loaded", result.verdict.stdout)


def _printed(screen: Console, title: str, text: str) -> None:
    lines = text.splitlines()
    if not lines:
        return
    render.gap(screen)
    render.line(screen, (title, "head"))
    render.block(screen, "\n".join(lines[:PRINTED_LINES]), indent=f"{render.MARGIN}│ ")
    if len(lines) > PRINTED_LINES:
        left = f"and {len(lines) - PRINTED_LINES} more lines; --json has them all"
        render.line(screen, (left, "quiet"))


def _end(session: Session, result: Result) -> None:
    """Print how it stands, and what to type next."""
    screen, drill = session.screen, result.drill
    if result.solves:
        _solved(session, result)
        return
    rows: list[tuple[str, render.Piece]] = []
    if again := _again(session, result):
        rows.append(("Again", render.command(again)))
    rows += _clock(result)
    if result.partial:
        rows.append(("Note", "only some cases were run, so nothing was recorded"))
    if result.trouble is not None or result.verdict.outcome is Outcome.BROKEN:
        rows.append(("Next", render.command("cvdrill doctor")))
    elif result.verdict.outcome is Outcome.PASSED and not result.partial:
        rows += _next(session)
    elif result.verdict.outcome in (Outcome.NOT_STARTED, Outcome.INVALID):
        rows.append(("File", (str(session.workspace.path(drill)), "code")))
        rows.append(("Next", render.command(_check(session, result))))
    else:
        rows.append(("Next", render.command(_check(session, result))))
    render.labelled(screen, rows)


def _clock(result: Result) -> list[tuple[str, render.Piece]]:
    if result.attempt is None or result.elapsed_s is None:
        return []
    par = render.par_s(result.drill)
    if result.attempt.passed_at is not None:
        stopped = render.against_par(result.elapsed_s, par)
        return [("Clock", Text.assemble("stopped at ", stopped, ", when you solved it"))]
    how = "was paused, and goes on at " if result.attempt.paused else ""
    return [("Clock", Text.assemble(how, render.running(result.elapsed_s, par)))]


def _solved(session: Session, result: Result) -> None:
    assert result.elapsed_s is not None
    screen, par = session.screen, render.par_s(result.drill)
    checks = "with the first check" if result.checks == 1 else f"with {result.checks} checks"
    render.line(
        screen,
        ("Solved", "strong.good"),
        " in ",
        render.against_par(result.elapsed_s, par),
        f", {checks}.",
    )
    record = session.records[result.drill.id]
    if record.attempts > 1 and record.best_s is not None:
        best = "Your best time so far."
        if record.best_s < result.elapsed_s:
            best = f"Your best is {render.clock(record.best_s)}."
        render.line(screen, best)
    render.gap(screen)
    render.labelled(screen, _next(session))


def _next(session: Session) -> list[tuple[str, render.Piece]]:
    from cvdrill.schedule import next_drill  # noqa: PLC0415  only after a pass

    drill = next_drill(session.catalog.drills, session.records)
    if drill is None:
        return [
            ("Next", Text.assemble(render.command("cvdrill progress"), ("   all drills are solved", "quiet")))
        ]
    return render.next_drill(session.screen, drill)


def _again(session: Session, result: Result) -> str:
    """Return the command that runs the first failing case once more, with the same random numbers."""
    for case in result.verdict.cases:
        if case.outcome is not Outcome.PASSED:
            where = f"--case {shlex.quote(case.name)} --seed {result.verdict.seed}"
            return f"{_check(session, result)} {where}"
    return ""


def _check(session: Session, result: Result) -> str:
    # Given on the command line, the folder has to be given again.
    root = f" --workspace {shlex.quote(str(session.root))}" if session.root is not None else ""
    return f"cvdrill check {result.drill.id}{root}"
