"""``cvdrill check``: grade a drill and show what is wrong."""

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Annotated, Any

import typer

from cvdrill.cli import envelope, render, report
from cvdrill.cli.exits import ExitCode
from cvdrill.cli.options import AsJson, CurrentDrill, WorkspaceFolder
from cvdrill.cli.session import Session, not_started, of
from cvdrill.errors import CvdrillError
from cvdrill.model import Attempt, Case, Drill, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Result:
    """One check: its verdict, and what became of it in the history.

    Attributes
    ----------
    drill : Drill
        What was graded.
    verdict : Verdict
        What the grader says.
    attempt : Attempt or None
        What it belongs to, as it was before; None when the history cannot be read.
    partial : bool
        Whether only some of the cases were run; such a check is not recorded.
    elapsed_s : float or None
        Seconds on the attempt's clock; None without an attempt.
    checks : int
        The checks of this attempt so far, without those that ended BROKEN.
    recorded : bool
        Whether the history holds this check.
    trouble : CvdrillError or None
        Why it does not, if it should.
    """

    drill: Drill
    verdict: Verdict
    attempt: Attempt | None
    partial: bool = False
    elapsed_s: float | None = None
    checks: int = 0
    recorded: bool = False
    trouble: CvdrillError | None = None

    @property
    def solves(self) -> bool:
        """Whether this is the first pass of the attempt."""
        passed = self.verdict.outcome is Outcome.PASSED
        return passed and self.recorded and self.attempt is not None and self.attempt.passed_at is None

    @property
    def exit_code(self) -> ExitCode:
        """What the command ends with."""
        if self.trouble is not None or self.verdict.outcome is Outcome.BROKEN:
            return ExitCode.FAULT
        return ExitCode.DONE if self.verdict.outcome is Outcome.PASSED else ExitCode.NOT_PASSED

    def fields(self) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        verdict = self.verdict
        return {
            "command": "check",
            "drill": self.drill.id,
            "outcome": verdict.outcome,
            "passed": verdict.passed,
            "total": verdict.total,
            "elapsed_s": self.elapsed_s,
            "par_s": render.par_s(self.drill),
            "seed": verdict.seed,
            "runtime": verdict.runtime and asdict(verdict.runtime),
            "message": verdict.message,
            "details": verdict.details,
            "stdout": verdict.stdout,
            "cases": [asdict(case) for case in verdict.cases],
            "diagnoses": [asdict(diagnosis) for diagnosis in verdict.diagnoses],
            "partial": self.partial,
            "recorded": self.recorded,
        }


def check(
    context: typer.Context,
    drill: CurrentDrill = None,
    *,
    case: Annotated[
        str | None, typer.Option("--case", metavar="NAME", help="Run only this case; nothing is recorded.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", min=0, help="Draw the random cases from this seed.")
    ] = None,
    as_json: AsJson = False,
    workspace: WorkspaceFolder = None,
) -> ExitCode:
    """Grade a drill and show what is wrong. The first pass stops the clock."""
    session = of(context, workspace)
    # Taken before the grading: the time that the grader needs is not the learner's.
    now = session.now()
    chosen = _drill(session, drill)
    attempt, trouble = _attempt(session, chosen, now)
    if as_json:
        verdict, source = _grade(session, chosen, case, seed)
    else:
        render.header(session.screen, chosen)
        with report.streamed(session.screen) as on_case:
            verdict, source = _grade(session, chosen, case, seed, on_case)
    result = Result(chosen, verdict, attempt, partial=case is not None, trouble=trouble)
    result = _keep(session, result, source, now)
    if as_json:
        envelope.write(**result.fields())
    else:
        report.show(session, result)
    if result.trouble is not None:
        report.warn(result.trouble)
    return result.exit_code


def _drill(session: Session, name: str | None) -> Drill:
    """Return the drill called `name`, or the one in hand, even when the history cannot say which that is."""
    try:
        return session.drill(name)
    except CvdrillError as error:
        if name is not None or error.exit_code != ExitCode.FAULT:
            raise
        # A full disk keeps SQLite from reading, too. What was written last is what the learner is at.
        written = [drill for drill in session.catalog.drills if session.workspace.path(drill).is_file()]
        if not written:
            raise
        return max(written, key=lambda drill: session.workspace.path(drill).stat().st_mtime)


def _attempt(session: Session, drill: Drill, now: datetime) -> tuple[Attempt | None, CvdrillError | None]:
    """Return the attempt that a check belongs to, or why the history cannot tell."""
    there = os.path.lexists(session.workspace.path(drill))
    try:
        attempt = session.store.attempt(drill.id) if there or session.has_history else None
        if attempt is None and there:
            attempt = session.store.start(drill.id, now)
    except CvdrillError as error:
        # Whether the code is right can be told without a history, and is what was asked.
        if there and error.exit_code == ExitCode.FAULT:
            return None, error
        raise
    if attempt is None:
        raise not_started(drill)
    return attempt, None


def _grade(
    session: Session,
    drill: Drill,
    case: str | None,
    seed: int | None,
    on_case: Callable[[Case], None] | None = None,
) -> tuple[Verdict, bytes | None]:
    from cvdrill import grading  # noqa: PLC0415  the other commands do without
    from cvdrill.workspace import Unreadable  # noqa: PLC0415  likewise

    try:
        source = session.workspace.read(drill)
    except Unreadable as error:
        return grading.invalid(drill, str(error)), None
    path = session.workspace.path(drill)
    return grading.grade(drill, source, path=path, case=case, seed=seed, on_case=on_case), source


def _keep(session: Session, result: Result, source: bytes | None, now: datetime) -> Result:
    """Record a check; one of only some cases is not recorded, as it can stop no clock, but ends a pause."""
    attempt = result.attempt
    if attempt is None:
        return result
    try:
        if result.partial:
            if attempt.paused and attempt.passed_at is None:
                session.store.resume(attempt.id, now)
            return replace(result, elapsed_s=attempt.elapsed_s(now))
        made = session.store.record(attempt.id, result.verdict, source, now)
        checks = sum(
            one.attempt == made.attempt and one.outcome is not Outcome.BROKEN
            for one in session.store.checks(result.drill.id)
        )
    except CvdrillError as error:
        return replace(result, elapsed_s=attempt.elapsed_s(now), trouble=error)
    return replace(result, elapsed_s=made.elapsed_s, checks=checks, recorded=True)
