"""The next drill is the one at hand, else the first that what was solved leads to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cvdrill.model import Card, Drill, Level, Record, Status
from cvdrill.schedule import next_drill

T0 = datetime(2026, 3, 1, 10, tzinfo=UTC)


def drill(name: str, *after: str) -> Drill:
    return Drill(name, "topic", Card(name, Level.EASY, 10, after=after), Path(f"{name}.py"), Path(name))


def records(**statuses: tuple[Status, int]) -> dict[str, Record]:
    """Make records of drills from their status and the hour of their last start."""
    return {
        name: Record(
            drill=name,
            attempts=1,
            checks=1,
            status=status,
            solved_at=None,
            best_s=None,
            last_s=None,
            checks_to_pass=None,
            started_at=T0 + timedelta(hours=hour),
        )
        for name, (status, hour) in statuses.items()
    }


IOU, NMS, MAP, DICE = drill("iou"), drill("nms", "iou"), drill("map", "nms", "iou"), drill("dice")
ALL = [IOU, NMS, MAP, DICE]


def test_a_beginner_gets_the_first_of_the_learning_order() -> None:
    assert next_drill(ALL, {}) == IOU


def test_what_is_solved_is_passed_over() -> None:
    assert next_drill(ALL, records(iou=(Status.SOLVED, 0))) == NMS


def test_a_drill_waits_for_all_that_it_comes_after() -> None:
    assert next_drill([MAP, DICE, NMS, IOU], records(iou=(Status.SOLVED, 0))) == DICE


def test_a_started_drill_comes_before_a_new_one() -> None:
    assert next_drill(ALL, records(dice=(Status.STARTED, 0))) == DICE


def test_the_drill_that_was_started_last_comes_first_paused_or_not() -> None:
    began = records(iou=(Status.STARTED, 1), nms=(Status.PAUSED, 3), dice=(Status.STARTED, 2))
    assert next_drill(ALL, began) == NMS


def test_a_solved_drill_that_was_started_last_is_not_started_work() -> None:
    assert next_drill(ALL, records(dice=(Status.SOLVED, 9), iou=(Status.STARTED, 1))) == IOU


def test_a_part_of_the_catalogue_waits_for_nothing_outside_it() -> None:
    assert next_drill([NMS, MAP], {}) == NMS


def test_when_all_is_solved_there_is_no_next() -> None:
    assert next_drill(ALL, records(**{each.id: (Status.SOLVED, 0) for each in ALL})) is None
    assert next_drill([], {}) is None
