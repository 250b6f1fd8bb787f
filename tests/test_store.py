"""The history keeps everything, survives what happens to files, and says so when it cannot."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cvdrill
from cvdrill import database
from cvdrill.errors import CvdrillError
from cvdrill.model import Case, Outcome, Record, Runtime, Status, Verdict
from cvdrill.store import RECORDS, Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import tzinfo

    from cvdrill.model import Attempt

T0 = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PASSED = Verdict("nms", Outcome.PASSED, 7, (Case("one", "One.", Outcome.PASSED),))
FAILED = Verdict(
    "nms", Outcome.FAILED, 8, (Case("one", "One.", Outcome.PASSED), Case("two", "Two.", Outcome.FAILED))
)
BROKEN = Verdict("nms", Outcome.BROKEN, 9)


def at(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a home" / "history.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as store:
        yield store


def raw(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, isolation_level=None, timeout=0))


def refusal(path: Path) -> CvdrillError:
    """Open a history that cannot be opened, and return what the learner is told."""
    with pytest.raises(CvdrillError) as caught:
        open_store(path, timeout_s=0.05)
    error = caught.value
    assert error.exit_code == 3
    assert str(path) in error.message
    assert "\n" not in error.message + error.hint
    assert error.hint
    return error


def spawn(script: str, *arguments: object, within: Sequence[str] = ()) -> subprocess.Popen[str]:
    """Run a script as another terminal would."""
    prelude = (
        "import json, os, sys, tempfile, urllib.parse\n"  # all, as some tests give their rights away
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from cvdrill import database\n"
        "from cvdrill.errors import CvdrillError\n"
        "from cvdrill.model import Outcome, Verdict\n"
        "from cvdrill.store import open_store\n"
        "FAILED = Verdict('nms', Outcome.FAILED, 1)\n"
        "NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)\n"
    )
    return subprocess.Popen(
        [*within, sys.executable, "-c", prelude + script, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(Path(cvdrill.__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def output(child: subprocess.Popen[str]) -> str:
    """Wait for another terminal's end and return what it printed."""
    printed, _ = child.communicate("go\n", timeout=30)
    assert child.returncode == 0
    return printed


# Attempts and their clocks


def test_a_started_attempt_runs_and_is_the_current_one(store: Store) -> None:
    attempt = store.start("nms", T0)
    assert (attempt.drill, attempt.started_at, attempt.paused) == ("nms", T0, False)
    assert store.current() == store.attempt("nms") == attempt
    assert attempt.elapsed_s(at(90)) == 90


def test_a_fresh_history_has_nothing_in_it(store: Store) -> None:
    assert (store.current(), store.attempt("nms"), store.source(1)) == (None, None, None)
    assert (store.attempts(), store.checks(), store.days(UTC)) == ((), (), ())
    assert store.records() == {}
    assert store.soundness() == ""


def test_starting_again_gives_up_the_open_attempt_and_stops_its_clock(store: Store) -> None:
    first = store.start("nms", T0)
    store.pause(first.id, at(30))
    second = store.start("nms", at(60))
    old, new = store.attempts("nms")
    assert (old.abandoned_at, old.paused, old.elapsed_s(at(999))) == (at(60), False, 30)
    assert new == second == store.attempt("nms") == store.current()


def test_starting_a_solved_drill_again_leaves_the_pass_alone(store: Store) -> None:
    first = store.start("nms", T0)
    store.record(first.id, PASSED, b"", at(50))
    store.start("nms", at(60))
    assert store.attempts("nms")[0].abandoned_at is None
    assert store.records()["nms"].status is Status.SOLVED


def test_the_current_attempt_is_the_one_last_started_resumed_checked_or_focused(store: Store) -> None:
    nms, iou = store.start("nms", T0), store.start("iou", at(1))
    seen = [store.current()]
    store.record(nms.id, FAILED, b"", at(2))
    seen.append(store.current())
    store.pause(iou.id, at(3))
    seen.append(store.current())
    store.resume(iou.id, at(4))
    seen.append(store.current())
    store.focus(nms.id, at(5))
    seen.append(store.current())
    assert [attempt.drill for attempt in seen if attempt] == ["iou", "nms", "nms", "iou", "nms"]


def test_a_paused_clock_stands_still(store: Store) -> None:
    attempt = store.start("nms", T0)
    paused = store.pause(attempt.id, at(10))
    assert paused.paused
    assert paused.elapsed_s(at(500)) == 10
    resumed = store.resume(attempt.id, at(1000))
    assert resumed == store.attempt("nms")
    assert resumed.elapsed_s(at(1005)) == 15


@pytest.mark.parametrize(
    ("before", "then", "message", "hint"),
    [
        (("pause",), "pause", "nms is paused already.", "cvdrill resume nms"),
        ((), "resume", "nms is not paused: its clock is running.", "cvdrill check nms"),
        (("pass",), "pause", "nms is solved: the clock of this attempt has stopped.", "cvdrill start nms"),
        (("pass",), "resume", "nms is solved: the clock of this attempt has stopped.", "cvdrill start nms"),
        (("restart",), "pause", "This attempt at nms was given up.", "cvdrill start nms"),
    ],
)
def test_a_clock_is_stopped_and_started_only_in_turns(
    store: Store, before: tuple[str, ...], then: str, message: str, hint: str
) -> None:
    number = store.start("nms", T0).id
    steps: dict[str, Callable[[], object]] = {
        "pause": lambda: store.pause(number, at(1)),
        "resume": lambda: store.resume(number, at(1)),
        "pass": lambda: store.record(number, PASSED, b"", at(1)),
        "restart": lambda: store.start("nms", at(1)),
    }
    for step in before:
        steps[step]()
    was = store.attempts()
    with pytest.raises(CvdrillError) as caught:
        steps[then]()
    assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (message, hint, 2)
    assert store.attempts() == was


@pytest.mark.parametrize("name", ["focus", "pause", "resume", "record"])
def test_an_attempt_that_is_not_there_is_an_error(store: Store, name: str) -> None:
    with pytest.raises(CvdrillError, match="no attempt 41"):
        store.record(41, FAILED, b"", T0) if name == "record" else getattr(store, name)(41, T0)


@pytest.mark.parametrize("name", ["start", "focus", "pause", "resume", "record"])
def test_a_time_without_a_zone_is_refused_and_nothing_kept(store: Store, name: str) -> None:
    number = store.start("nms", T0).id
    if name == "resume":
        store.pause(number, at(1))
    was = store.attempts()
    naive = T0.replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        store.record(number, FAILED, b"", naive) if name == "record" else getattr(store, name)(
            "nms" if name == "start" else number, naive
        )
    assert (store.attempts(), store.checks()) == (was, ())


def test_times_from_any_zone_come_back_as_utc(store: Store) -> None:
    kolkata = timezone(timedelta(hours=5, minutes=30))
    attempt = store.start("nms", T0.astimezone(kolkata))
    store.pause(attempt.id, at(1).astimezone(kolkata))
    check = store.record(attempt.id, PASSED, None, at(2).astimezone(kolkata))
    (kept,) = store.attempts()
    times = [kept.started_at, kept.pauses[0].started_at, kept.pauses[0].ended_at, kept.passed_at]
    assert [*times, check.checked_at] == [T0, at(1), at(2), at(2), at(2)]
    assert {moment.utcoffset() for moment in [*times, check.checked_at] if moment} == {timedelta(0)}


def walk(store: Store, steps: list[tuple[int, str]]) -> Iterator[tuple[int, bool, Attempt, float]]:
    """Make each step that can be made; yield its delay, if the clock ran until then, and what it shows."""
    attempt = store.start("nms", T0)
    now = 0
    for delay, step in steps:
        now += delay
        ran = not attempt.paused
        if step == "check":
            store.record(attempt.id, FAILED, None, at(now))
        elif ran == (step == "pause"):
            getattr(store, step)(attempt.id, at(now))
        attempt = store.attempts()[-1]
        yield delay, ran, attempt, attempt.elapsed_s(at(now))


STEPS = st.sampled_from(["pause", "resume", "check"])
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(steps=st.lists(st.tuples(st.integers(0, 100), STEPS), max_size=8))
def test_a_clock_shows_the_time_in_which_it_ran(store: Store, steps: list[tuple[int, str]]) -> None:
    expected = 0.0
    for delay, ran, _, elapsed_s in walk(store, steps):
        expected += delay if ran else 0
        assert elapsed_s == expected


@quick
@given(steps=st.lists(st.tuples(st.integers(-100, 100), STEPS), max_size=8))
def test_a_system_clock_that_is_set_back_makes_no_time_negative(
    store: Store, steps: list[tuple[int, str]]
) -> None:
    for _, _, attempt, elapsed_s in walk(store, steps):
        times = [attempt.started_at]
        for pause in attempt.pauses:
            times += [pause.started_at, pause.ended_at or pause.started_at]
        assert times == sorted(times)
        assert elapsed_s >= 0
    assert all(check.elapsed_s >= 0 for check in store.checks())


def test_a_pass_before_the_start_by_a_clock_set_back_takes_no_time(store: Store) -> None:
    attempt = store.start("nms", T0)
    store.record(attempt.id, PASSED, b"", at(-3600))
    store.start("nms", at(-7200))
    store.start("nms", at(-9000))
    assert [store.records()["nms"].best_s, store.records()["nms"].solved_at] == [0, T0]
    assert store.attempts()[1].abandoned_at == at(-7200)
    assert store.soundness() == ""


# Checks and sources


def test_a_check_keeps_the_verdict_and_the_clock(store: Store) -> None:
    attempt = store.start("nms", T0)
    check = store.record(attempt.id, FAILED, b"x", at(12.5))
    assert store.checks() == (check,)
    assert (check.attempt, check.drill, check.checked_at) == (attempt.id, "nms", at(12.5))
    assert (check.outcome, check.passed, check.total) == (Outcome.FAILED, 1, 2)
    assert (check.seed, check.elapsed_s) == (8, 12.5)


@pytest.mark.parametrize("seed", [0, -1, 2**63, 2**128])
def test_a_seed_of_any_size_comes_back(store: Store, seed: int) -> None:
    number = store.start("nms", T0).id
    assert store.record(number, Verdict("nms", Outcome.ERROR, seed), b"", at(1)).seed == seed


def test_the_first_pass_stops_the_clock_for_good(store: Store) -> None:
    attempt = store.start("nms", T0)
    assert store.record(attempt.id, PASSED, b"", at(60)).elapsed_s == 60
    assert store.record(attempt.id, PASSED, b"", at(600)).elapsed_s == 60
    assert store.record(attempt.id, FAILED, b"", at(700)).elapsed_s == 60
    (kept,) = store.attempts()
    assert (kept.passed_at, kept.elapsed_s(at(999))) == (at(60), 60)


def test_a_check_ends_a_pause(store: Store) -> None:
    attempt = store.start("nms", T0)
    store.pause(attempt.id, at(10))
    assert store.record(attempt.id, FAILED, b"", at(100)).elapsed_s == 10
    assert store.attempts()[0].elapsed_s(at(105)) == 15


def test_a_pass_counts_though_another_terminal_gave_the_attempt_up_meanwhile(store: Store) -> None:
    first = store.start("nms", T0)
    second = store.start("nms", at(5))
    check = store.record(first.id, PASSED, b"", at(20))
    assert check.elapsed_s == 20
    assert [attempt.abandoned_at for attempt in store.attempts()] == [None, None]
    assert store.records()["nms"].status is Status.SOLVED
    assert store.attempt("nms") == second
    assert store.current() == store.attempts()[0]
    assert store.soundness() == ""


def test_a_failing_check_of_an_attempt_that_was_given_up_is_kept_but_not_current(store: Store) -> None:
    first = store.start("nms", T0)
    second = store.start("nms", at(5))
    check = store.record(first.id, FAILED, b"late", at(20))
    assert store.source(check.id) == b"late"
    assert store.current() == second


def test_a_verdict_on_another_drill_is_refused_and_nothing_kept(store: Store) -> None:
    number = store.start("iou", T0).id
    with pytest.raises(ValueError, match="the verdict on nms"):
        store.record(number, PASSED, b"x", at(1))
    assert store.checks() == ()


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"def f(): ...\r\n",
        b"\xff\xfe\x00 \x80 no UTF-8",
        "naïve = '🧠'\n".encode(),
        bytes(range(256)) * 4000,
    ],
    ids=["empty", "crlf", "invalid", "unicode", "large"],
)
def test_a_source_comes_back_byte_for_byte(store: Store, source: bytes) -> None:
    number = store.start("nms", T0).id
    assert store.source(store.record(number, FAILED, source, at(1)).id) == source


def test_a_file_that_could_not_be_read_leaves_no_source(store: Store) -> None:
    check = store.record(store.start("nms", T0).id, Verdict("nms", Outcome.INVALID, 1), None, at(1))
    assert store.source(check.id) is None


def test_a_source_that_is_checked_again_is_stored_once(store: Store, path: Path) -> None:
    number = store.start("nms", T0).id
    checks = [store.record(number, FAILED, source, at(1)) for source in (b"a", b"b", b"a")]
    assert [store.source(check.id) for check in checks] == [b"a", b"b", b"a"]
    with raw(path) as connection:
        assert connection.execute("SELECT count(*) FROM sources").fetchone() == (2,)


def test_attempts_and_checks_are_listed_per_drill_oldest_first(store: Store) -> None:
    numbers = [store.start(drill, T0).id for drill in ("nms", "iou", "nms")]
    for number, drill in zip(numbers, ("nms", "iou", "nms"), strict=True):
        store.record(number, Verdict(drill, Outcome.FAILED, 1), b"", at(1))
    assert [attempt.id for attempt in store.attempts()] == numbers
    assert [attempt.id for attempt in store.attempts("nms")] == [
        check.attempt for check in store.checks("nms")
    ]
    assert [check.drill for check in store.checks()] == ["nms", "iou", "nms"]


# Records and days


def test_a_record_tells_best_last_and_the_way_to_the_first_pass(store: Store) -> None:
    first, second, third = T0, at(1000), at(2000)
    number = store.start("nms", first).id
    for verdict, seconds in [(FAILED, 10), (BROKEN, 20), (PASSED, 90), (FAILED, 95)]:
        store.record(number, verdict, b"", at(seconds))
    store.record(store.start("nms", second).id, PASSED, b"", at(1030))
    store.record(store.start("nms", third).id, PASSED, b"", at(2060))
    assert store.records() == {
        "nms": Record(
            drill="nms",
            attempts=3,
            checks=5,
            status=Status.SOLVED,
            solved_at=at(90),
            best_s=30,
            last_s=60,
            checks_to_pass=2,
            started_at=third,
        )
    }


def test_a_record_tells_running_from_paused_and_a_solved_drill_stays_solved(store: Store) -> None:
    for drill in ("runs", "rests", "done"):
        number = store.start(drill, T0).id
        store.record(
            number, Verdict(drill, Outcome.PASSED if drill == "done" else Outcome.ERROR, 1), b"", at(1)
        )
    store.pause(store.start("rests", at(2)).id, at(3))
    store.pause(store.start("done", at(4)).id, at(5))
    records = store.records()
    assert {drill: record.status for drill, record in records.items()} == {
        "runs": Status.STARTED,
        "rests": Status.PAUSED,
        "done": Status.SOLVED,
    }
    open_one = records["rests"]
    assert (open_one.solved_at, open_one.best_s, open_one.last_s, open_one.checks_to_pass) == (None,) * 4
    assert (open_one.attempts, open_one.checks, open_one.started_at) == (2, 1, at(2))


def test_a_broken_grader_counts_nowhere_but_its_source_is_kept(store: Store) -> None:
    check = store.record(store.start("nms", T0).id, BROKEN, b"innocent", at(1))
    assert store.records()["nms"].checks == 0
    assert store.days(UTC) == ()
    assert store.checks() == (check,)
    assert store.source(check.id) == b"innocent"


def test_the_runtime_of_the_latest_pass_is_kept(store: Store) -> None:
    number = store.start("nms", T0).id
    assert store.record(number, FAILED, b"", at(1)).runtime is None
    slow, fast = Runtime(24.5, at_least=True), Runtime(1.8)
    assert store.record(number, replace(PASSED, runtime=slow), b"", at(2)).runtime == slow
    assert store.records()["nms"].runtime == slow
    store.record(number, replace(PASSED, runtime=fast), b"", at(3))
    store.record(number, FAILED, b"", at(4))
    assert [check.runtime for check in store.checks("nms")] == [None, slow, fast, None]
    assert store.records()["nms"].runtime == fast


def test_a_list_of_drills_never_reads_the_checks(store: Store) -> None:
    """A hundred thousand of them must not slow every command down."""
    with raw(store.path) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {RECORDS}")]
    assert not [step for step in plan if "checks" in step]


def brute_force_days(moments: list[datetime], tz: tzinfo) -> tuple[date, ...]:
    return tuple(sorted({moment.astimezone(tz).date() for moment in moments}))


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0, [22, 23]), (2, [22, 23]), (-8, [21, 22, 23]), (14, [22, 23, 24]), (5.75, [22, 23])],
)
def test_a_day_lasts_from_midnight_to_midnight_where_the_learner_is(
    store: Store, hours: float, expected: list[int]
) -> None:
    number = store.start("nms", T0).id
    moments = [
        datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
        datetime(2026, 11, 22, 9, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 11, 22, 16, 0, tzinfo=UTC),
        datetime(2026, 11, 23, 17, 0, tzinfo=UTC),
    ]
    for moment in reversed(moments):
        store.record(number, FAILED, b"", moment)
    tz = timezone(timedelta(hours=hours))
    assert store.days(tz) == brute_force_days(moments, tz)
    assert [day.day for day in store.days(tz)] == expected


@pytest.mark.parametrize(
    ("name", "switch"),
    [
        ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
        ("America/Sao_Paulo", datetime(2017, 10, 15, 3, tzinfo=UTC)),  # 00:00 does not exist
        ("America/Sao_Paulo", datetime(2018, 2, 18, 2, tzinfo=UTC)),  # 23:00 comes twice
        ("America/Havana", datetime(2026, 11, 1, 5, tzinfo=UTC)),  # 00:00 comes twice
        (
            "America/St_Johns",
            datetime(2005, 10, 30, 2, 31, tzinfo=UTC),
        ),  # Sunday, then Saturday again
        ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),  # the 30th does not exist
    ],
)
def test_days_are_right_where_the_clocks_change(store: Store, name: str, switch: datetime) -> None:
    try:
        tz = ZoneInfo(name)
    except ZoneInfoNotFoundError:
        pytest.skip(f"this system has no time zone {name}")
    number = store.start("nms", T0).id
    around = [
        switch + timedelta(minutes=minutes) for minutes in (0, 1, 28.5, 29, 61, 1500, -1500, -90, -31, -1)
    ]
    for known, moment in enumerate(around, start=1):
        store.record(number, FAILED, b"", moment)
        assert store.days(tz) == brute_force_days(around[:known], tz)


def test_without_a_zone_the_system_says_when_midnight_is(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "EAST-10")
    time.tzset()
    try:
        store.record(store.start("nms", T0).id, FAILED, b"", datetime(2026, 11, 22, 15, tzinfo=UTC))
        assert store.days() == (date(2026, 11, 23),)
    finally:
        monkeypatch.undo()
        time.tzset()


# Opening, versions and migrations


def test_a_history_has_wal_foreign_keys_and_patience(store: Store) -> None:
    run = store._connection.execute
    assert run("PRAGMA journal_mode").fetchone() == ("wal",)
    assert run("PRAGMA foreign_keys").fetchone() == (1,)
    assert run("PRAGMA busy_timeout").fetchone()[0] >= 1000
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        run("INSERT INTO pauses (attempt_id, started_at) VALUES (99, '2026-11-22T10:00:00.000000+00:00')")


def test_a_drill_cannot_have_two_open_attempts(store: Store) -> None:
    store.start("nms", T0)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        store._connection.execute(
            "INSERT INTO attempts (drill, started_at) SELECT drill, started_at FROM attempts"
        )


def test_what_was_kept_is_there_when_it_is_opened_again(path: Path) -> None:
    with open_store(path) as store:
        attempt = store.start("nms", T0)
        check = store.record(attempt.id, FAILED, b"mine", at(1))
    with open_store(path) as store:
        assert store.current() == store.attempt("nms") == attempt
        assert store.checks() == (check,)
        assert store.source(check.id) == b"mine"


def test_opening_leaves_nothing_but_the_history_behind(path: Path) -> None:
    open_store(path).close()
    assert [entry.name for entry in path.parent.iterdir()] == ["history.sqlite3"]


def test_a_path_with_signs_that_mean_something_in_a_uri_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "50% #1?mode=ro&x" / "history.sqlite3"
    open_store(path).close()
    assert path.is_file()


def test_a_file_system_without_hard_links_will_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    with open_store(path) as store:
        store.start("nms", T0)
    assert [entry.name for entry in path.parent.iterdir()] == ["history.sqlite3"]


def test_a_database_of_version_0_is_brought_to_the_present(path: Path) -> None:
    path.parent.mkdir()
    with raw(path) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("DROP TABLE t")
    with open_store(path) as store:
        store.start("nms", T0)
        assert store.soundness() == ""


NEXT = ("ALTER TABLE attempts ADD COLUMN note TEXT", "UPDATE attempts SET note = drill || '!'")


def test_a_history_of_an_older_version_keeps_its_rows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path) as store:
        store.start("nms", T0)
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, NEXT))
    with open_store(path) as store:
        assert store._connection.execute("SELECT note FROM attempts").fetchall() == [("nms!",)]
        assert store.soundness() == ""


def schema(path: Path) -> list[object]:
    with raw(path) as connection:
        return connection.execute("SELECT sql FROM sqlite_master").fetchall()


def test_a_migration_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path) as store:
        attempt = store.start("nms", T0)
    tables = schema(path)
    with monkeypatch.context() as patch:
        patch.setattr(
            database, "MIGRATIONS", (*database.MIGRATIONS, (*NEXT, "INSERT INTO nowhere VALUES (1)"))
        )
        refusal(path)
    assert schema(path) == tables
    with open_store(path) as store:
        assert store.attempts() == (attempt,)
        assert store.soundness() == ""


def test_two_terminals_that_migrate_at_once_do_it_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(path).close()
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, NEXT))
    with raw(path) as first:
        first.execute("BEGIN IMMEDIATE")
        child = spawn(
            "database.MIGRATIONS = (*database.MIGRATIONS, json.loads(sys.argv[2]))\n"
            "print(flush=True)\n"
            "with open_store(Path(sys.argv[1])) as store: print(store.soundness())\n",
            path,
            json.dumps(NEXT),
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.1)  # it waits for the lock by now; if not, it has nothing to do and this shows less
        for statement in (*NEXT, f"PRAGMA user_version = {len(database.MIGRATIONS)}", "COMMIT"):
            first.execute(statement)
    assert output(child) == "\n"


def wait_for_a_writer(path: Path) -> None:
    with raw(path) as connection:
        for _ in range(1000):
            try:
                connection.execute("BEGIN IMMEDIATE").execute("ROLLBACK")
            except sqlite3.OperationalError:
                return
            time.sleep(0.01)
    raise AssertionError("no other terminal ever wrote")


def test_a_kill_in_the_middle_of_a_migration_changes_nothing(path: Path) -> None:
    with open_store(path) as store:
        attempt = store.start("nms", T0)
    tables = schema(path)
    child = spawn(
        "endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'\n"
        "upgrade = ('ALTER TABLE attempts ADD COLUMN note TEXT', endless)\n"
        "database.MIGRATIONS = (*database.MIGRATIONS, upgrade)\n"
        "open_store(Path(sys.argv[1]))\n",
        path,
    )
    wait_for_a_writer(path)
    child.kill()
    child.communicate()
    assert schema(path) == tables
    with open_store(path) as store:
        assert store.attempts() == (attempt,)
        assert store.soundness() == ""


def test_a_kill_in_the_very_first_opening_leaves_room_for_the_next(path: Path) -> None:
    child = spawn(
        "Path.hardlink_to = lambda *_: os.kill(os.getpid(), 9)\nopen_store(Path(sys.argv[1]))\n", path
    )
    child.communicate(timeout=30)
    assert child.returncode == -9
    assert not path.exists()
    with open_store(path) as store:
        assert store.soundness() == ""


def test_a_history_from_a_newer_version_says_to_upgrade_and_is_not_touched(path: Path) -> None:
    open_store(path).close()
    with raw(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    error = refusal(path)
    assert "made by a newer cvdrill" in error.message
    assert error.hint == "pip install --upgrade cvdrill"
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [0, 1, 99])
def test_a_database_of_another_program_is_not_touched(path: Path, version: int) -> None:
    path.parent.mkdir()
    with raw(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
        connection.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    assert "another program" in refusal(path).message
    assert path.read_bytes() == before


# Two terminals


def test_first_openings_and_starts_that_race_leave_one_open_attempt(path: Path) -> None:
    children = [
        spawn(
            "print(flush=True); sys.stdin.readline()\n"
            "with open_store(Path(sys.argv[1])) as store:\n"
            "    print(store.start('nms', NOW).id)\n",
            path,
        )
        for _ in range(4)
    ]
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    assert sorted(int(output(child)) for child in children) == [1, 2, 3, 4]
    with open_store(path) as store:
        assert [attempt.abandoned_at is None for attempt in store.attempts()] == [False] * 3 + [True]
        assert store.soundness() == ""
    assert [entry.name for entry in path.parent.iterdir()] == ["history.sqlite3"]


def test_terminals_that_check_at_once_lose_no_check(path: Path) -> None:
    with open_store(path) as store:
        number = store.start("nms", T0).id
    script = (
        "for step in range(10):\n"
        "    with open_store(Path(sys.argv[1])) as store:\n"
        "        store.record(int(sys.argv[2]), FAILED, f'{sys.argv[3]} {step}'.encode(), NOW)\n"
    )
    for child in [spawn(script, path, number, name) for name in "abc"]:
        output(child)
    with open_store(path) as store:
        assert store.records()["nms"].checks == 30
        assert len({store.source(check.id) for check in store.checks()}) == 30
        assert store.soundness() == ""


def test_a_lock_that_never_ends_is_one_clear_line(path: Path) -> None:
    with open_store(path, timeout_s=0.05) as store, raw(path) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(CvdrillError, match="locked") as caught:
            store.start("nms", T0)
        assert time.monotonic() - began < 3
        assert (str(path) in caught.value.message, caught.value.exit_code) == (True, 3)
        assert store.attempts() == ()
        other.execute("ROLLBACK")
        assert store.start("nms", T0).id == 1


# Kills and full disks


def test_a_kill_at_any_moment_loses_no_check_that_was_said_to_be_kept(path: Path) -> None:
    with open_store(path) as store:
        number = store.start("nms", T0).id
    child = spawn(
        "with open_store(Path(sys.argv[1])) as store:\n"
        "    for step in range(10**6):\n"
        "        check = store.record(int(sys.argv[2]), FAILED, os.urandom(5000), NOW)\n"
        "        print(check.id, flush=True)\n",
        path,
        number,
    )
    assert child.stdout is not None
    said = [int(child.stdout.readline()) for _ in range(20)]
    child.kill()
    said += map(int, child.stdout.read().split())
    child.communicate()
    last = said[-1]
    with open_store(path) as store:
        assert store.soundness() == ""
        kept = [check.id for check in store.checks()]
        assert kept[:last] == list(range(1, last + 1))
        assert len(kept) <= last + 1
        assert all(len(store.source(check) or b"") == 5000 for check in kept)


def test_a_kill_inside_a_transaction_undoes_all_of_it(path: Path) -> None:
    with open_store(path) as store:
        attempt = store.start("nms", T0)
    child = spawn(
        "store = open_store(Path(sys.argv[1]))\n"
        "with store._writing() as run:\n"
        "    run('PRAGMA cache_size = 1')\n"  # so that pages reach the disk before the commit
        "    run('UPDATE attempts SET abandoned_at = started_at')\n"
        "    for _ in range(20):\n"
        "        run('INSERT INTO sources (sha256, body) VALUES (randomblob(32), randomblob(90000))')\n"
        "    print('in', flush=True)\n"
        "    sys.stdin.readline()\n",
        path,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "in\n"
    assert path.with_name(path.name + "-wal").stat().st_size > 90_000
    child.kill()
    child.communicate()
    with open_store(path) as store:
        assert store.attempts() == (attempt,)
        assert store.soundness() == ""
        store.record(attempt.id, PASSED, b"on it goes", at(9))


def test_a_full_disk_keeps_nothing_of_a_check_and_says_so(store: Store) -> None:
    attempt = store.start("nms", T0)
    store.pause(attempt.id, at(1))
    before = store.attempts()
    run = store._connection.execute
    pages = run("PRAGMA page_count").fetchone()[0]
    run(f"PRAGMA max_page_count = {pages + 10}")
    with pytest.raises(CvdrillError, match="The disk is full") as caught:
        store.record(attempt.id, PASSED, os.urandom(200_000), at(9))
    assert caught.value.exit_code == 3
    assert (store.attempts(), store.checks()) == (before, ())
    assert store.soundness() == ""
    run("PRAGMA max_page_count = 1000000")
    assert store.record(attempt.id, PASSED, b"", at(9)).outcome is Outcome.PASSED


def test_a_limit_on_file_size_is_an_error_that_leaves_the_history_sound(path: Path) -> None:
    """The system refuses to write on, as failing disks do, with another error than a full disk's."""
    with open_store(path) as store:
        store.start("nms", T0)
    child = spawn(
        "import resource\n"
        "with open_store(Path(sys.argv[1])) as store:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "    try:\n"
        "        for step in range(100):\n"
        "            store.record(1, FAILED, os.urandom(20_000), NOW)\n"
        "    except CvdrillError as error:\n"
        "        print(step, error.exit_code, error.message, sep='|')\n",
        path,
    )
    kept, exit_code, message = output(child).split("|")
    assert (exit_code, message.count("\n")) == ("3", 1)
    assert str(path) in message
    with open_store(path) as store:
        assert len(store.checks()) == int(kept) > 0
        assert store.soundness() == ""


def test_a_disk_that_is_really_full_is_survived(tmp_path: Path) -> None:
    """On a small disk of memory, in a mount namespace of its own."""
    within = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    within += ['mount -t tmpfs -o size=1m none "$0" && exec "$@"', str(tmp_path)]
    if not shutil.which("unshare") or subprocess.call([*within, "true"], stderr=subprocess.DEVNULL):
        pytest.skip("this system lets us mount no small disk")
    child = spawn(
        "disk = Path(sys.argv[1])\n"
        "old, new, ballast = disk / 'a' / 'h.sqlite3', disk / 'b' / 'h.sqlite3', disk / 'ballast'\n"
        "ballast.write_bytes(bytes(300_000))\n"
        "said = []\n"
        "with open_store(old) as store:\n"
        "    store.start('nms', NOW)\n"
        "    try:\n"
        "        while True: kept = store.record(1, FAILED, os.urandom(9_000), NOW).id\n"
        "    except CvdrillError as error: said.append(error.message)\n"
        "with (disk / 'rest').open('wb', buffering=0) as rest:\n"
        "    try:\n"
        "        while rest.write(bytes(512)): pass\n"
        "    except OSError: pass\n"
        "for path in (old, new):\n"
        "    try:\n"
        "        with open_store(path) as store: store.record(1, FAILED, os.urandom(90_000), NOW)\n"
        "    except CvdrillError as error: said.append(error.message)\n"
        "left = os.listdir(new.parent)\n"
        "ballast.unlink()\n"
        "with open_store(old) as store: found, fault = len(store.checks()), store.soundness()\n"
        "with open_store(new) as store: fault += store.soundness()\n"
        "print(json.dumps([said, found - kept, fault, left]))\n",
        tmp_path,
        within=within,
    )
    said, lost, fault, left = json.loads(output(child))
    assert len(said) == 3
    assert all("is full" in message or "could not be read or written" in message for message in said), said
    assert (lost, fault, left) == (0, "", [])


# Files that cannot be trusted


def shortened(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 + 100)


def scribbled(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\x5a" * 4000)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "text": lambda path: path.write_text("Dear diary,\n" * 999),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "empty": lambda path: path.write_bytes(b""),
    "shortened": shortened,
    "one byte": lambda path: path.write_bytes(b"S"),
    "header only": lambda path: os.truncate(path, 100),
    "first page scribbled on": scribbled,
}


@pytest.fixture
def filled(path: Path) -> Path:
    """Return a closed history of some size."""
    with open_store(path) as store:
        number = store.start("nms", T0).id
        for step in range(20):
            store.record(number, FAILED, os.urandom(5000), at(step))
    return path


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_named_and_stays_byte_for_byte(filled: Path, damage: str) -> None:
    DAMAGES[damage](filled)
    before = filled.read_bytes()
    error = refusal(filled)
    assert "is damaged" in error.message
    assert {entry.name: entry.read_bytes() for entry in filled.parent.iterdir()} == {filled.name: before}


def test_the_command_that_is_named_puts_a_damaged_file_aside_and_keeps_it(filled: Path) -> None:
    for number in (1, 2):
        filled.write_text(f"diary {number}\n" * 999)
        filled.with_name("history.sqlite3-wal").write_text("recent")
        hint = refusal(filled).hint
        subprocess.run(["sh", "-c", hint.partition(": ")[2]], check=True)
        with open_store(filled) as store:
            assert store.attempts() == ()
            assert store.soundness() == ""
        aside = filled.with_name(f"damaged-{number}")
        assert (aside / "history.sqlite3").read_text() == f"diary {number}\n" * 999
        assert (aside / "history.sqlite3-wal").read_text() == "recent"


@pytest.mark.parametrize("half", ["-wal", "-journal"])
def test_a_history_whose_other_half_is_left_is_not_begun_anew(path: Path, half: str) -> None:
    path.parent.mkdir()
    path.with_name(path.name + half).write_bytes(b"latest checks")
    assert "it is gone, but its other half" in refusal(path).message
    assert not path.exists()


def test_damage_deep_in_a_file_is_found_and_named(filled: Path) -> None:
    size = filled.stat().st_size
    with filled.open("r+b") as file:
        for offset in range(4096 * 4, size - 4096, 4096):
            file.seek(offset)
            file.write(b"\xff" * 64)
    before = filled.read_bytes()
    with open_store(filled) as store:
        assert f"The history {filled} is damaged" in store.soundness()
        with pytest.raises(CvdrillError, match="is damaged") as caught:
            assert [store.source(check.id) for check in store.checks()]
        assert caught.value.exit_code == 3
    assert filled.read_bytes() == before


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE attempts SET started_at = printf('%.32c', '?')",
        "UPDATE checks SET outcome = 'SPLENDID'",
        "UPDATE checks SET outcome = CAST(X'1b5b33316dff' AS TEXT)",
        "UPDATE checks SET seed = 'seven'",
    ],
)
def test_a_value_that_cannot_be_is_named_as_damage(filled: Path, tamper: str) -> None:
    with raw(filled) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(tamper)
    with open_store(filled) as store, pytest.raises(CvdrillError, match="is damaged") as caught:
        assert [*store.checks(), *store.attempts()]
    assert caught.value.message.isprintable()


@pytest.mark.parametrize(
    ("tamper", "what"),
    [
        ("UPDATE sources SET body = body || 'x' WHERE id = 3", "source 3 is not what was stored"),
        ("DELETE FROM sources WHERE id = 3", "row 3 of checks points to nothing"),
        ("DELETE FROM checks WHERE id = 3", "attempt 1 has another number of checks than it says"),
        ("UPDATE checks SET elapsed_s = -1", "CHECK constraint failed in checks"),
        ("PRAGMA user_version = 9", f"its version is 9, not {len(database.MIGRATIONS)}"),
    ],
)
def test_soundness_tells_what_is_wrong_in_one_line(filled: Path, tamper: str, what: str) -> None:
    with open_store(filled) as store:
        assert store.soundness() == ""
        with raw(filled) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute(tamper)
        assert what in store.soundness()
        assert "\n" not in store.soundness()


def test_a_source_that_is_no_longer_what_was_stored_is_not_handed_out(filled: Path) -> None:
    with raw(filled) as connection:
        connection.execute("UPDATE sources SET body = 'forged' WHERE id = 3")
    with open_store(filled) as store, pytest.raises(CvdrillError, match="source of check 3"):
        store.source(3)


# Places that cannot hold a history


def test_a_folder_in_the_files_place_is_named(path: Path) -> None:
    path.mkdir(parents=True)
    assert "is a folder" in refusal(path).message


def test_a_pipe_in_the_files_place_is_named_and_not_waited_for(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    assert "is not a regular file" in refusal(path).message


def test_a_link_to_nowhere_is_named_and_its_target_not_made(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to("unplugged/history.sqlite3")
    assert "is a link to unplugged/history.sqlite3, which is not there" in refusal(path).message
    assert path.is_symlink()


def test_a_link_to_a_history_is_followed(filled: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere.sqlite3"
    link.symlink_to(filled)
    with open_store(link) as store:
        assert len(store.checks()) == 20


@pytest.mark.parametrize("where", ["home", "home/deep/er"])
def test_a_file_in_a_folders_place_is_named(tmp_path: Path, where: str) -> None:
    (tmp_path / "home").write_text("")
    message = refusal(tmp_path / where / "history.sqlite3").message
    assert f"{tmp_path / 'home'} is not a folder" in message


@pytest.mark.parametrize("there", [False, True], ids=["to be made", "to be written"])
def test_a_folder_that_may_not_be_written_is_one_clear_line(there: bool) -> None:
    home = Path(tempfile.mkdtemp())
    path = home / "history.sqlite3"
    if there:
        open_store(path).close()
        path.chmod(0o444)
    home.chmod(0o555)
    try:
        child = spawn(
            "if os.geteuid() == 0: os.seteuid(65534)\n"  # root may write everywhere
            "try:\n"
            "    with open_store(Path(sys.argv[1])) as store: store.start('nms', NOW)\n"
            "except CvdrillError as error:\n"
            "    print(error.exit_code, error.message, error.hint, sep='|')\n",
            path,
        )
        exit_code, message, hint = output(child).split("|")
    finally:
        home.chmod(0o755)
        shutil.rmtree(home)
    assert exit_code == "3"
    assert f"The history {path} cannot be opened for writing" in message
    assert "CVDRILL_HOME" in hint
