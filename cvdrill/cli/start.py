"""``cvdrill start``: take a drill, or go on with it."""

import os
import shlex
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cvdrill.cli import render
from cvdrill.cli.exits import ExitCode
from cvdrill.cli.options import NextDrill, WorkspaceFolder
from cvdrill.cli.session import Session, of
from cvdrill.errors import CvdrillError

if TYPE_CHECKING:
    from cvdrill.model import Attempt, Drill


def start(
    context: typer.Context,
    drill: NextDrill = None,
    *,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin a new attempt; your old file is kept as a dated backup.")
    ] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open the file with $VISUAL or $EDITOR.")] = False,
    workspace: WorkspaceFolder = None,
) -> ExitCode:
    """Take a drill: get its stub, start the clock, read what it asks.

    A drill that you have started already is resumed with its clock, and your file stays as it is.
    """
    from cvdrill import grading  # noqa: PLC0415  most commands do without

    session = of(context, workspace)
    editor = _editor() if open_ else ()
    chosen = session.catalog.find(drill) if drill is not None else _next(session)
    if chosen is None:
        render.gap(session.screen)
        render.line(session.screen, f"All {len(session.catalog.drills)} drills are solved.")
        render.gap(session.screen)
        _footer(session, [("Next", _again("DRILL"))])
        return ExitCode.DONE
    attempt = session.store.attempt(chosen.id)
    if attempt is None or fresh:
        _begin(session, chosen, renew=fresh)
    elif attempt.passed_at is not None:
        _solved(session, chosen, attempt)
    else:
        _resume(session, chosen, attempt)
    # Last, for the learner has to read now; by the first check the grader has loaded what it needs.
    grading.warm_up(chosen)
    return _edit(editor, session.workspace.path(chosen)) if editor else ExitCode.DONE


def _next(session: Session) -> "Drill | None":
    from cvdrill.schedule import next_drill  # noqa: PLC0415  only without a name

    return next_drill(session.catalog.drills, session.records)


def _begin(session: Session, drill: "Drill", *, renew: bool) -> None:
    """Hand out the stub and start the clock, in this order: a crash in between costs no file and no time."""
    now = session.now()
    backup = session.workspace.renew(drill, now.astimezone()) if renew else None
    kept = not session.workspace.hand_out(drill) and not renew
    if backup is not None:
        # Said at once: whatever happens from here on, the learner knows where the file is.
        render.gap(session.screen)
        render.line(session.screen, "Your old file is kept:")
        render.line(session.screen, (str(backup), "code"), indent=render.MARGIN * 2)
    session.store.start(drill.id, now)
    _statement(session, drill)
    rows: list[tuple[str, render.Piece]] = [("Clock", f"started, par {render.clock(render.par_s(drill))}")]
    if kept:
        rows.append(("Note", "a file was there already; it is left as it is"))
    _footer(session, [*rows, *_where(session, drill)])


def _resume(session: Session, drill: "Drill", attempt: "Attempt") -> None:
    now = session.now()
    paused = attempt.paused
    if paused:
        attempt = session.store.resume(attempt.id, now)
    else:
        session.store.focus(attempt.id, now)
    handed_out = session.workspace.hand_out(drill)
    _statement(session, drill)
    elapsed = render.running(attempt.elapsed_s(now), render.par_s(drill))
    how = "was paused, and goes on at " if paused else "goes on at "
    rows: list[tuple[str, render.Piece]] = [("Clock", Text.assemble(how, elapsed))]
    if handed_out:
        rows.append(("Note", "the file was gone; this is the stub again"))
    _footer(session, [*rows, *_where(session, drill)])


def _solved(session: Session, drill: "Drill", attempt: "Attempt") -> None:
    session.store.focus(attempt.id, session.now())
    session.workspace.hand_out(drill)
    render.header(session.screen, drill)
    best_s = session.records[drill.id].best_s
    shown = attempt.elapsed_s(session.now()) if best_s is None else best_s
    render.line(
        session.screen,
        ("✓ ", "good"),
        "Solved already; your best time is ",
        render.against_par(shown, render.par_s(drill)),
        ".",
    )
    render.gap(session.screen)
    rows: list[tuple[str, render.Piece]] = [
        ("File", (str(session.workspace.path(drill)), "code")),
        ("Next", _again(drill.id)),
    ]
    _footer(session, rows)


def _statement(session: Session, drill: "Drill") -> None:
    from cvdrill.cli import statement  # noqa: PLC0415  the other commands do without

    render.header(session.screen, drill)
    statement.show(session.screen, drill)


def _where(session: Session, drill: "Drill") -> list[tuple[str, render.Piece]]:
    return [
        ("File", (str(session.workspace.path(drill)), "code")),
        ("Next", Text.assemble("write your answer there, then  ", render.command("cvdrill check"))),
    ]


def _again(name: str) -> Text:
    return Text.assemble(
        render.command(f"cvdrill start {name} --fresh"), ("   to do it again against the clock", "quiet")
    )


def _footer(session: Session, rows: list[tuple[str, render.Piece]]) -> None:
    render.labelled(session.screen, rows)
    render.gap(session.screen)


def _editor() -> tuple[str, ...]:
    """Return the editor's command; asked for first, so that nothing is started without one."""
    for variable in ("VISUAL", "EDITOR"):
        value = os.environ.get(variable, "").strip()
        if value:
            try:
                return tuple(shlex.split(value))
            except ValueError as error:
                raise CvdrillError(
                    f"${variable} cannot be understood: {error}.", f"export {variable}=nano"
                ) from None
    raise CvdrillError("Neither $VISUAL nor $EDITOR names an editor.", "export EDITOR=nano")


def _edit(editor: tuple[str, ...], path: Path) -> ExitCode:
    try:
        process = subprocess.Popen([*editor, str(path)])  # noqa: S603  the learner's own choice
    except OSError as error:
        raise CvdrillError(
            f"The editor {editor[0]!r} could not be started: {error.strerror}.", "export EDITOR=nano"
        ) from None
    # Ctrl-C in the terminal is for the editor; if it ended us, the editor would be left without a terminal.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        status = process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    if status != 0:
        raise CvdrillError(f"The editor {editor[0]!r} ended with status {status}.", f"{editor[0]} {path}")
    return ExitCode.DONE
