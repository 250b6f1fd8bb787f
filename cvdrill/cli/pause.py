"""``cvdrill pause`` and ``cvdrill resume``: stop an attempt's clock, and let it run on."""

import typer

from cvdrill.cli import render
from cvdrill.cli.exits import ExitCode
from cvdrill.cli.options import CurrentDrill
from cvdrill.cli.session import of


def pause(context: typer.Context, drill: CurrentDrill = None) -> ExitCode:
    """Stop the clock, for a phone call or for the night."""
    session = of(context)
    chosen = session.drill(drill)
    now = session.now()
    attempt = session.store.pause(session.attempt(chosen).id, now)
    render.gap(session.screen)
    render.line(session.screen, (chosen.id, "name"), f" is paused at {render.clock(attempt.elapsed_s(now))}.")
    render.gap(session.screen)
    render.labelled(session.screen, [("Next", render.command(f"cvdrill resume {chosen.id}"))])
    render.gap(session.screen)
    return ExitCode.DONE


def resume(context: typer.Context, drill: CurrentDrill = None) -> ExitCode:
    """Let the clock of a paused drill run on."""
    session = of(context)
    chosen = session.drill(drill)
    now = session.now()
    attempt = session.store.resume(session.attempt(chosen).id, now)
    render.gap(session.screen)
    render.line(
        session.screen,
        (chosen.id, "name"),
        " goes on at ",
        render.running(attempt.elapsed_s(now), render.par_s(chosen)),
        ".",
    )
    render.gap(session.screen)
    render.labelled(session.screen, [("Next", render.command(f"cvdrill check {chosen.id}"))])
    render.gap(session.screen)
    return ExitCode.DONE
