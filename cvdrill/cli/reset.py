"""``cvdrill reset``: put the stub back."""

import os

import typer
from rich.text import Text

from cvdrill.cli import render
from cvdrill.cli.exits import ExitCode
from cvdrill.cli.options import DrillName, WorkspaceFolder
from cvdrill.cli.session import not_started, of


def reset(context: typer.Context, drill: DrillName, workspace: WorkspaceFolder = None) -> ExitCode:
    """Put the untouched stub back, and keep your file.

    Your file becomes a dated backup beside it.

    The clock goes on. For a new attempt with a new clock there is `cvdrill start DRILL --fresh`.
    """
    session = of(context, workspace)
    chosen = session.catalog.find(drill)
    path = session.workspace.path(chosen)
    attempt = session.store.attempt(chosen.id) if session.has_history else None
    if attempt is None and not os.path.lexists(path):
        raise not_started(chosen)
    backup = session.workspace.renew(chosen, session.now().astimezone())
    render.gap(session.screen)
    if backup is None:
        render.line(session.screen, "The file is the untouched stub.")
    else:
        render.line(session.screen, "The stub is back, and your file is kept:")
        render.line(session.screen, (str(backup), "code"), indent=render.MARGIN * 2)
    render.gap(session.screen)
    rows: list[tuple[str, render.Piece]] = [("File", (str(path), "code"))]
    if attempt is not None and attempt.passed_at is None:
        elapsed_s = attempt.elapsed_s(session.now())
        how = "is paused at " if attempt.paused else "goes on at "
        clock = render.running(elapsed_s, render.par_s(chosen))
        rows.insert(0, ("Clock", Text.assemble(how, clock)))
    rows.append(("Next", render.command(f"cvdrill check {chosen.id}")))
    render.labelled(session.screen, rows)
    render.gap(session.screen)
    return ExitCode.DONE
