"""``cvdrill show``: read what a drill asks."""

import typer

from cvdrill.cli import render
from cvdrill.cli.exits import ExitCode
from cvdrill.cli.options import CurrentDrill
from cvdrill.cli.session import of


def show(context: typer.Context, drill: CurrentDrill = None) -> ExitCode:
    """Read what a drill asks, without starting its clock."""
    from cvdrill.cli import statement  # noqa: PLC0415  the other commands do without

    session = of(context)
    chosen = session.drill(drill)
    render.header(session.screen, chosen)
    statement.show(session.screen, chosen)
    return ExitCode.DONE
