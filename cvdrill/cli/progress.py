"""``cvdrill progress``: how far one has come."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from cvdrill.cli import envelope, render
from cvdrill.cli.exits import ExitCode
from cvdrill.cli.options import AsJson
from cvdrill.cli.session import Session, of
from cvdrill.model import Status

if TYPE_CHECKING:
    from cvdrill.stats import DrillProgress, Progress

NOTHING = render.cell("–", "quiet")


def progress(context: typer.Context, as_json: AsJson = False) -> ExitCode:
    """See how far you have come.

    Drills solved, overall and per topic; your best and last times against par; checks needed; your code's
    runtime as a multiple of the reference's; days in a row.
    """
    from cvdrill import stats  # noqa: PLC0415  the other commands do without

    session = of(context)
    days = session.store.days() if session.has_history else ()
    today = session.now().astimezone().date()
    found = stats.progress(session.catalog.drills, session.records, days, today)
    if as_json:
        envelope.write(command="progress", **asdict(found))
    else:
        _show(session, found)
    return ExitCode.DONE


def _show(session: Session, found: "Progress") -> None:
    screen = session.screen
    width = min(screen.width - 3, render.MEASURE)
    _bars(session, found, width)
    if found.drills:
        _table(session, found.drills, width)
    _next(session, found)


def _bars(session: Session, found: "Progress", width: int) -> None:
    """Print the overall bar and one per topic, all of them starting in one column."""
    screen = session.screen
    label = max(len("solved"), *(len(topic.topic) for topic in found.topics)) + 2
    room = min(width - label - 9, 40)
    rows = [("solved", found.solved, found.total, "name")]
    rows += [(topic.topic, topic.solved, topic.total, "") for topic in found.topics]
    render.gap(screen)
    for number, (name, solved, total, style) in enumerate(rows):
        count = f"{solved:>{max(4, len(str(total)) + 1)}} of {total}"
        render.line(screen, (name.ljust(label), style), render.bar(solved, total, room), (count, style))
        if number == 0:
            render.gap(screen)
    render.gap(screen)
    if found.streak_days:
        days = "1 day" if found.streak_days == 1 else f"{found.streak_days} days in a row"
        render.line(screen, "Streak  ", (days, "name"))
        render.gap(screen)


def _table(session: Session, drills: "tuple[DrillProgress, ...]", width: int) -> None:
    heads = ("  Drill", "Best", "Last", "Par", "Checks", "Runtime", "")
    rows = [[render.cell(head, "quiet") for head in heads]]
    rows += [
        [
            ((f"{render.MARKS[one.status]} ", render.STATUS_STYLES[one.status]), (one.drill, "name")),
            _time(one.best_s, one.par_s),
            _time(one.last_s, one.par_s),
            render.cell(render.clock(one.par_s)),
            render.cell(str(one.checks if one.checks_to_pass is None else one.checks_to_pass)),
            NOTHING if one.runtime is None else render.cell(render.ratio(one.runtime, ">")),
            render.cell("" if one.status is Status.SOLVED else one.status, render.STATUS_STYLES[one.status]),
        ]
        for one in drills
    ]
    render.table(session.screen, rows, width=width, right=frozenset({1, 2, 3, 4, 5}))
    render.gap(session.screen)


def _time(seconds: float | None, par_s: float) -> render.Cell:
    if seconds is None:
        return NOTHING
    return render.cell(render.clock(seconds), render.time_style(seconds, par_s))


def _next(session: Session, found: "Progress") -> None:
    from cvdrill.schedule import next_drill  # noqa: PLC0415  the other commands do without

    if not found.drills:
        render.line(session.screen, "Nothing started yet. A good first drill:")
        render.gap(session.screen)
    drill = next_drill(session.catalog.drills, session.records)
    if drill is None:
        render.line(session.screen, "All drills are solved.")
    else:
        render.labelled(session.screen, render.next_drill(session.screen, drill))
    render.gap(session.screen)
