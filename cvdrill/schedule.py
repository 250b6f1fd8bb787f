"""Which drill comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvdrill.model import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cvdrill.model import Drill, Record


def next_drill(drills: Sequence[Drill], records: Mapping[str, Record]) -> Drill | None:
    """Choose what to work on now.

    Parameters
    ----------
    drills : sequence of Drill
        What there is to choose from, in learning order; may be a part of the catalogue, such as a topic.
    records : mapping of str to Record
        By drill id.

    Returns
    -------
    Drill or None
        The drill that was started last and is not solved; else the first new one whose `after` are solved;
        None when all are solved. What is not among `drills` holds nothing up.
    """
    open_drills = [
        drill for drill in drills if drill.id not in records or records[drill.id].status is not Status.SOLVED
    ]
    started = [drill for drill in open_drills if drill.id in records]
    if started:
        return max(started, key=lambda drill: records[drill.id].started_at)
    unsolved = {drill.id for drill in open_drills}
    return next((drill for drill in open_drills if unsolved.isdisjoint(drill.card.after)), None)
