"""Progress, computed from history: streaks, and what is solved of what there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cvdrill.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from cvdrill.model import Drill, Record, Runtime


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """How far a learner is in one topic.

    Attributes
    ----------
    topic : str
        Its name.
    solved, total : int
        Drills.
    """

    topic: str
    solved: int
    total: int


@dataclass(frozen=True, slots=True)
class DrillProgress:
    """How far a learner is with one drill that was started.

    Attributes
    ----------
    drill, topic, title : str
        The drill's id, topic and name in words.
    status : Status
        Started, paused or solved.
    par_s : float
        What a prepared candidate takes, in seconds.
    best_s, last_s : float or None
        Seconds of the fastest and of the latest attempt that passed; None before the first pass.
    checks : int
        Gradings in all attempts.
    checks_to_pass : int or None
        Gradings up to and with the first pass, in the attempt that passed first.
    attempts : int
        How often it was started.
    runtime : Runtime or None
        How long the latest answer that passed takes, against the reference.
    """

    drill: str
    topic: str
    title: str
    status: Status
    par_s: float
    best_s: float | None
    last_s: float | None
    checks: int
    checks_to_pass: int | None
    attempts: int
    runtime: Runtime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a learner stands.

    Attributes
    ----------
    solved, total : int
        Drills.
    streak_days : int
        See `streak`.
    topics : tuple of TopicProgress
        All topics, in the catalogue's order.
    drills : tuple of DrillProgress
        The drills that were started, in the catalogue's order.
    """

    solved: int
    total: int
    streak_days: int
    topics: tuple[TopicProgress, ...]
    drills: tuple[DrillProgress, ...]


def streak(days: Iterable[date], today: date) -> int:
    """Count the days in a row with a check, up to today.

    Parameters
    ----------
    days : iterable of date
        The local days with a check, in any order. Days after today, from a wrong clock, do not matter.
    today : date
        The local day it is.

    Returns
    -------
    int
        A streak that ended yesterday still stands: today is not over. One that ended before counts 0.
    """
    active = set(days)
    one = timedelta(days=1)
    day = today if today in active else today - one
    length = 0
    while day in active:
        length += 1
        day -= one
    return length


def progress(
    drills: Sequence[Drill], records: Mapping[str, Record], days: Iterable[date], today: date
) -> Progress:
    """Set the history against the catalogue.

    Parameters
    ----------
    drills : sequence of Drill
        All there are, in the catalogue's order. Records of drills that are gone from it do not matter.
    records : mapping of str to Record
        By drill id.
    days : iterable of date
        The local days with a check.
    today : date
        The local day it is.

    Returns
    -------
    Progress
    """
    started = [(drill, records[drill.id]) for drill in drills if drill.id in records]
    solved = {drill.id for drill, record in started if record.status is Status.SOLVED}
    topics: dict[str, list[Drill]] = {}
    for drill in drills:
        topics.setdefault(drill.topic, []).append(drill)
    return Progress(
        solved=len(solved),
        total=len(drills),
        streak_days=streak(days, today),
        topics=tuple(
            TopicProgress(topic, solved=sum(drill.id in solved for drill in members), total=len(members))
            for topic, members in topics.items()
        ),
        drills=tuple(_drill_progress(drill, record) for drill, record in started),
    )


def _drill_progress(drill: Drill, record: Record) -> DrillProgress:
    return DrillProgress(
        drill=drill.id,
        topic=drill.topic,
        title=drill.card.title,
        status=record.status,
        par_s=drill.card.minutes * 60.0,
        best_s=record.best_s,
        last_s=record.last_s,
        checks=record.checks,
        checks_to_pass=record.checks_to_pass,
        attempts=record.attempts,
        runtime=record.runtime,
    )
