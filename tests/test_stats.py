"""Streaks and progress are computed from what the history says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cvdrill.model import Card, Drill, Level, Record, Status
from cvdrill.stats import DrillProgress, Progress, TopicProgress, progress, streak

TODAY = date(2026, 3, 2)
T0 = datetime(2026, 3, 1, 10, tzinfo=UTC)


def drill(name: str, topic: str, minutes: int = 10) -> Drill:
    return Drill(name, topic, Card(name.title(), Level.EASY, minutes), Path(f"{name}.py"), Path(name))


def record(name: str, status: Status) -> Record:
    solved = status is Status.SOLVED
    return Record(
        drill=name,
        attempts=2,
        checks=5,
        status=status,
        solved_at=T0 if solved else None,
        best_s=61.5 if solved else None,
        last_s=90.0 if solved else None,
        checks_to_pass=3 if solved else None,
        started_at=T0,
    )


def days_ago(*ago: int) -> list[date]:
    return [TODAY - timedelta(days=days) for days in ago]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (days_ago(), 0),
        (days_ago(0), 1),
        (days_ago(1), 1),
        (days_ago(2), 0),
        (days_ago(2, 1, 0), 3),
        (days_ago(3, 2, 1), 3),
        (days_ago(5, 4, 2, 1, 0), 3),
        (days_ago(3, 2, 0), 1),
        (days_ago(0, 2, 1), 3),
        (days_ago(1, 0, 0, 1), 2),
        (days_ago(1, 0, -1, -2), 2),
        (days_ago(-1), 0),
        ([date(2024, 2, 28), date(2024, 2, 29), date(2026, 3, 1)], 1),
    ],
    ids=[
        "never",
        "today",
        "yesterday still stands",
        "the day before is over",
        "up to today",
        "up to yesterday",
        "a gap ends it",
        "a gap yesterday",
        "in any order",
        "each day once",
        "days to come do not count",
        "only days to come",
        "years apart",
    ],
)
def test_a_streak_is_the_days_in_a_row_up_to_today_or_yesterday(days: list[date], expected: int) -> None:
    assert streak(days, TODAY) == expected


def test_a_streak_runs_over_a_leap_day_and_the_year() -> None:
    first = date(2023, 12, 30)
    days = [first + timedelta(days=step) for step in range(64)]
    assert (days[-1], streak(days, days[-1])) == (date(2024, 3, 2), 64)


def test_progress_counts_per_topic_in_the_catalogues_order() -> None:
    drills = [
        drill("nms", "detection"),
        drill("conv", "conv"),
        drill("iou", "detection"),
        drill("dice", "losses"),
    ]
    records = {
        "iou": record("iou", Status.SOLVED),
        "nms": record("nms", Status.SOLVED),
        "conv": record("conv", Status.PAUSED),
    }
    found = progress(drills, records, days_ago(1, 0), TODAY)
    assert (found.solved, found.total, found.streak_days) == (2, 4, 2)
    assert found.topics == (
        TopicProgress("detection", solved=2, total=2),
        TopicProgress("conv", solved=0, total=1),
        TopicProgress("losses", solved=0, total=1),
    )
    assert [row.drill for row in found.drills] == ["nms", "conv", "iou"]


def test_progress_has_a_row_for_each_drill_that_was_started() -> None:
    drills = [
        drill("nms", "detection", minutes=20),
        drill("iou", "detection", minutes=5),
        drill("dice", "losses"),
    ]
    records = {"nms": record("nms", Status.SOLVED), "iou": record("iou", Status.STARTED)}
    assert progress(drills, records, [], TODAY).drills == (
        DrillProgress("nms", "detection", "Nms", Status.SOLVED, 1200.0, 61.5, 90.0, 5, 3, 2, None),
        DrillProgress("iou", "detection", "Iou", Status.STARTED, 300.0, None, None, 5, None, 2, None),
    )


def test_a_drill_that_left_the_catalogue_does_not_count() -> None:
    found = progress([drill("nms", "detection")], {"gone": record("gone", Status.SOLVED)}, [], TODAY)
    assert found == Progress(0, 1, 0, (TopicProgress("detection", 0, 1),), ())


def test_without_drills_there_is_no_progress() -> None:
    assert progress([], {}, [], TODAY) == Progress(0, 0, 0, (), ())
