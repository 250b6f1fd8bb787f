"""``cvdrill doctor``: what cvdrill stands on here, and whether it is sound."""

import os
import platform
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from cvdrill import __version__, paths
from cvdrill.cli import render
from cvdrill.cli.exits import ExitCode
from cvdrill.cli.session import Session, of
from cvdrill.errors import CvdrillError

PACKAGES = ("numpy", "torch", "pytest", "typer", "rich", "platformdirs")


def doctor(
    context: typer.Context,
    *,
    stop: Annotated[
        bool, typer.Option("--stop", help="End the grader that is kept warm between checks.")
    ] = False,
) -> ExitCode:
    """See what cvdrill stands on here, and whether it is sound.

    Versions, paths, the limits that the grader can enforce on this machine, the grader that is kept warm, and
    a look through the history.
    """
    session = of(context)
    if stop:
        return _stop(session)
    # A list, so that one trouble does not keep the others from being shown.
    sound = [section(session) for section in (_versions, _places, _drills, _grader, _warm, _history)]
    render.gap(session.screen)
    return ExitCode.DONE if all(sound) else ExitCode.FAULT


def _title(session: Session, title: str) -> None:
    render.gap(session.screen)
    render.line(session.screen, (title, "head"))


def _row(session: Session, name: str, value: render.Piece, *, mark: str = " ") -> None:
    style = {"✓": "good", "✗": "bad"}.get(mark, "quiet")
    render.line(session.screen, (f"{mark} ", style), (f"{name:<14}", "quiet"), value)


def _trouble(session: Session, name: str, error: CvdrillError) -> bool:
    _row(session, name, error.message, mark="✗")
    if error.hint:
        _row(session, "", error.hint)
    return False


def _versions(session: Session) -> bool:
    from importlib import metadata  # noqa: PLC0415  slow to import, and only the doctor asks

    _title(session, "Versions")
    _row(session, "cvdrill", __version__)
    _row(session, "python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    complete = True
    for name in PACKAGES:
        # From the installed metadata: importing torch would take seconds.
        try:
            _row(session, name, metadata.version(name))
        except metadata.PackageNotFoundError:
            complete = False
            _row(session, name, "not installed", mark="✗")
    return complete


def _places(session: Session) -> bool:
    _title(session, "Places")
    workspace = session.workspace.root
    _row(session, "workspace", _place(workspace))
    _row(session, "history", _place(paths.database()))
    for root in paths.packs():
        _row(session, "drills", _place(root / "exercises"))
    _row(session, "python", _place(Path(sys.executable)))
    return True


def _place(path: Path) -> Text:
    missing = "" if os.path.lexists(path) else "   not there yet"
    return Text.assemble((str(path), "code"), (missing, "quiet"))


def _drills(session: Session) -> bool:
    _title(session, "Drills")
    try:
        count, topics = len(session.catalog.drills), len(session.catalog.topics)
    except CvdrillError as error:
        return _trouble(session, "catalog", error)
    _row(session, "catalog", f"{_counted(count, 'drill')} in {_counted(topics, 'topic')}", mark="✓")
    return True


def _grader(session: Session) -> bool:
    from cvdrill.grading.capabilities import capabilities  # noqa: PLC0415  only the doctor asks

    _title(session, "The grader, here")
    for one in capabilities():
        note = one.note or ("enforced" if one.enforced else "not enforced")
        _row(session, one.name, note, mark="✓" if one.enforced else "–")
    return True


def _warm(session: Session) -> bool:
    from cvdrill import grading  # noqa: PLC0415  only the doctor asks

    _title(session, "The grader that is kept warm")
    status = grading.server_status()
    if status is None:
        _row(session, "server", "none now")
        return True
    _row(session, "server", f"process {status.pid}, {_counted(status.graded, 'check')} graded", mark="✓")
    _row(session, "age", render.clock(status.age_s))
    loaded = "with torch" if status.torch else "without torch"
    _row(session, "memory", f"{status.peak_bytes / 2**20:.0f} MB at most, {loaded}")
    return True


def _stop(session: Session) -> ExitCode:
    from cvdrill import grading  # noqa: PLC0415  only the doctor asks

    stopped = grading.stop_server()
    render.line(session.screen, "The warm grader was stopped." if stopped else "No grader is kept warm now.")
    return ExitCode.DONE


def _history(session: Session) -> bool:
    _title(session, "History")
    if not session.has_history:
        _row(session, "", "begins with the first drill that you start")
        return True
    try:
        wrong = session.store.soundness()
    except CvdrillError as error:
        return _trouble(session, "history", error)
    if wrong:
        _row(session, "history", wrong, mark="✗")
        return False
    checks = len(session.store.checks())
    _row(session, "history", f"sound, {_counted(checks, 'check')}", mark="✓")
    return True


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
