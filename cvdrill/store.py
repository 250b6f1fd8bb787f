"""The history: attempts, their pauses, their checks, and every source that was ever graded.

Learners work in several terminals and close lids, so each change is one transaction that takes the write lock
before it looks, and times within an attempt never run backwards, even if the system's clock does.
"""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
from contextlib import contextmanager
from dataclasses import astuple, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from cvdrill import database
from cvdrill.errors import CvdrillError
from cvdrill.model import Attempt, Check, Outcome, Pause, Record, Runtime, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo
    from pathlib import Path
    from types import TracebackType

    from cvdrill.model import Verdict

    Row = tuple[Any, ...]
    Run = Callable[..., sqlite3.Cursor]

T = TypeVar("T")

ATTEMPTS: Final = """
    SELECT a.id, a.drill, a.started_at, a.passed_at, a.abandoned_at, p.started_at, p.ended_at
    FROM attempts AS a LEFT JOIN pauses AS p ON p.attempt_id = a.id
    WHERE {} ORDER BY a.id, p.id
"""

CHECKS: Final = """
    SELECT c.id, c.attempt_id, a.drill, c.checked_at, c.outcome, c.passed, c.total, c.seed, c.elapsed_s,
           c.runtime, c.runtime_at_least
    FROM checks AS c JOIN attempts AS a ON a.id = c.attempt_id
    WHERE {} ORDER BY c.id
"""

# Which pass was first and which last is told by the checks' ids: the clock may have been set back in between.
RECORDS: Final = """
    WITH drills AS (
        SELECT drill, count(*) AS attempts, sum(checks) AS checks, max(id) AS latest,
               min(passing_check) AS first_pass, max(passing_check) AS last_pass, min(elapsed_s) AS best_s
        FROM attempts GROUP BY drill
    )
    SELECT d.drill, d.attempts, d.checks, first.passed_at, d.best_s, last.elapsed_s, first.checks_to_pass,
           latest.started_at,
           EXISTS (SELECT 1 FROM pauses AS p WHERE p.attempt_id = d.latest AND p.ended_at IS NULL),
           last.runtime, last.runtime_at_least
    FROM drills AS d
    JOIN attempts AS latest ON latest.id = d.latest
    LEFT JOIN attempts AS first ON first.passing_check = d.first_pass
    LEFT JOIN attempts AS last ON last.passing_check = d.last_pass
"""


class Store:
    """An open history, made by `open_store`; a context manager that closes itself.

    Any method raises `CvdrillError` when the file, the disk or another program stands in its way, or when
    there is no such attempt, and `ValueError` for a time without a time zone.

    Attributes
    ----------
    path : Path
        The history's file.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; to do it twice does no harm."""
        self._connection.close()

    def start(self, drill_id: str, now: datetime) -> Attempt:
        """Begin an attempt and make it the current one; an open one at the same drill is given up.

        Parameters
        ----------
        drill_id : str
        now : datetime

        Returns
        -------
        Attempt
        """
        begin = _stamp(now)
        with self._writing() as run:
            for old in self._attempts(
                "a.drill = ? AND a.passed_at IS NULL AND a.abandoned_at IS NULL", drill_id
            ):
                end = _not_before(old, now)
                _end_pause(run, old, end)
                run("UPDATE attempts SET abandoned_at = ? WHERE id = ?", (_stamp(end), old.id))
            made = run("INSERT INTO attempts (drill, started_at) VALUES (?, ?)", (drill_id, begin))
            attempt = self._one(made.lastrowid)
            _focus(run, attempt.id, now)
            return attempt

    def attempt(self, drill_id: str) -> Attempt | None:
        """Return the drill's latest attempt that was not given up, open or passed."""
        latest = "(SELECT max(id) FROM attempts WHERE drill = ? AND abandoned_at IS NULL)"
        with self._reading():
            return next(iter(self._attempts(f"a.id = {latest}", drill_id)), None)

    def current(self) -> Attempt | None:
        """Return the attempt last started, resumed, checked or focused, unless it was given up since."""
        with self._reading():
            found = self._attempts("a.id = (SELECT attempt_id FROM focus) AND a.abandoned_at IS NULL")
            return next(iter(found), None)

    def focus(self, attempt_id: int, now: datetime) -> None:
        """Make an attempt the current one."""
        with self._writing() as run:
            _focus(run, self._one(attempt_id).id, now)

    def pause(self, attempt_id: int, now: datetime) -> Attempt:
        """Stop an attempt's clock.

        Parameters
        ----------
        attempt_id : int
        now : datetime

        Returns
        -------
        Attempt

        Raises
        ------
        CvdrillError
            When its clock stands still already: paused, passed or given up.
        """
        with self._writing() as run:
            attempt = self._one(attempt_id)
            _refuse_ended(attempt)
            if attempt.paused:
                raise CvdrillError(f"{attempt.drill} is paused already.", f"cvdrill resume {attempt.drill}")
            begin = _stamp(_not_before(attempt, now))
            run("INSERT INTO pauses (attempt_id, started_at) VALUES (?, ?)", (attempt_id, begin))
            return self._one(attempt_id)

    def resume(self, attempt_id: int, now: datetime) -> Attempt:
        """Let a paused attempt's clock run on, and make the attempt the current one.

        Parameters
        ----------
        attempt_id : int
        now : datetime

        Returns
        -------
        Attempt

        Raises
        ------
        CvdrillError
            When it is not paused.
        """
        with self._writing() as run:
            attempt = self._one(attempt_id)
            _refuse_ended(attempt)
            if not attempt.paused:
                message = f"{attempt.drill} is not paused: its clock is running."
                raise CvdrillError(message, f"cvdrill check {attempt.drill}")
            _focus(run, attempt_id, now)
            return _end_pause(run, attempt, _not_before(attempt, now))

    def record(self, attempt_id: int, verdict: Verdict, source: bytes | None, now: datetime) -> Check:
        """Keep a verdict and the text that was graded: all of it, or nothing.

        The first PASSED stops the attempt's clock. It counts even if another terminal gave the attempt up
        while the grader ran: the learner did pass. A pause ends, as whoever checks is at work.

        Parameters
        ----------
        attempt_id : int
        verdict : Verdict
        source : bytes or None
            The learner's file; None when it could not be read.
        now : datetime

        Returns
        -------
        Check
        """
        stamp = _stamp(now)
        with self._writing() as run:
            attempt = self._one(attempt_id)
            if verdict.drill != attempt.drill:
                raise ValueError(
                    f"attempt {attempt_id} is at {attempt.drill}, the verdict on {verdict.drill}"
                )
            end = _not_before(attempt, now)
            attempt = _end_pause(run, attempt, end)
            passes = verdict.outcome is Outcome.PASSED and attempt.passed_at is None
            if passes:
                attempt = replace(attempt, passed_at=end, abandoned_at=None)
            elapsed_s = attempt.elapsed_s(end)
            made = run(
                "INSERT INTO checks (attempt_id, checked_at, outcome, passed, total, seed, elapsed_s,"
                " source_id, runtime, runtime_at_least) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(attempt_id, stamp, verdict.outcome, verdict.passed, verdict.total, str(verdict.seed)),
                    *(elapsed_s, None if source is None else _keep(run, source)),
                    *((None, None) if verdict.runtime is None else astuple(verdict.runtime)),
                ),
            ).lastrowid
            if verdict.outcome is not Outcome.BROKEN:
                run("UPDATE attempts SET checks = checks + 1 WHERE id = ?", (attempt_id,))
            if passes:
                run(
                    "UPDATE attempts SET passed_at = ?, passing_check = ?, checks_to_pass = checks,"
                    " elapsed_s = ?, abandoned_at = NULL WHERE id = ?",
                    (_stamp(end), made, elapsed_s, attempt_id),
                )
            if verdict.runtime is not None:
                run(
                    "UPDATE attempts SET runtime = ?, runtime_at_least = ? WHERE id = ?",
                    (*astuple(verdict.runtime), attempt_id),
                )
            if attempt.abandoned_at is None:
                _focus(run, attempt_id, now)
            return self._checks("c.id = ?", made)[0]

    def source(self, check_id: int) -> bytes | None:
        """Return the text that a check graded, byte for byte.

        Parameters
        ----------
        check_id : int

        Returns
        -------
        bytes or None
            None when there is no such check, or its file could not be read at the time.

        Raises
        ------
        CvdrillError
            Also when the bytes no longer have the checksum they were stored under.
        """
        query = (
            "SELECT s.sha256, CAST(s.body AS BLOB)"
            " FROM checks AS c JOIN sources AS s ON s.id = c.source_id WHERE c.id = ?"
        )
        with self._reading() as run:
            for sha256, body in run(query, (check_id,)):
                if hashlib.sha256(body).digest() != sha256:
                    raise database.damaged(
                        self.path, f"the source of check {check_id} is not what was stored"
                    )
                return bytes(body)
        return None

    def attempts(self, drill_id: str | None = None) -> tuple[Attempt, ...]:
        """Return the attempts at one drill, or at all; also those that were given up; oldest first."""
        with self._reading():
            return self._attempts(*_at(drill_id))

    def checks(self, drill_id: str | None = None) -> tuple[Check, ...]:
        """Return the checks of one drill, or of all; also those that ended BROKEN; oldest first."""
        with self._reading():
            return self._checks(*_at(drill_id))

    def records(self) -> dict[str, Record]:
        """Return where the learner stands, by drill id; drills that were never started are left out."""
        with self._reading() as run:
            return {row[0]: _record(row) for row in run(RECORDS)}

    def days(self, tz: tzinfo | None = None) -> tuple[date, ...]:
        """Return the days with at least one check that did not end BROKEN.

        Parameters
        ----------
        tz : tzinfo, optional
            The zone whose midnights part the days; the system's when left out.

        Returns
        -------
        tuple of date
            Ascending, each once.
        """
        query = "SELECT min(checked_at) FROM checks WHERE outcome <> 'BROKEN' AND checked_at > ?"
        found: set[date] = set()
        seen = ""
        with self._reading() as run:
            # One leap through the index per day, however many checks the day has.
            while (text := run(query, (seen,)).fetchone()[0]) is not None:
                day = _moment(text).astimezone(tz).date()
                found.add(day)
                midnight = datetime.combine(day + timedelta(days=1), time.min, tz).astimezone(UTC)
                # Where clocks go back across midnight a day comes twice; then this goes check by check.
                seen = max(text, _stamp(midnight - timedelta(microseconds=1)))
        return tuple(sorted(found))

    def soundness(self) -> str:
        """Read the whole history and return what is wrong with it.

        Returns
        -------
        str
            One line; empty when nothing is wrong.
        """
        miscounted = (
            "SELECT id FROM attempts AS a WHERE checks <>"
            " (SELECT count(*) FROM checks AS c WHERE c.attempt_id = a.id AND c.outcome <> 'BROKEN')"
        )
        try:
            with self._reading() as run:
                what = database.fault(self._connection)
                if not what and (row := run(miscounted).fetchone()) is not None:
                    what = f"attempt {row[0]} has another number of checks than it says"
        except CvdrillError as error:
            return error.message
        return database.damaged(self.path, what).message if what else ""

    @contextmanager
    def _reading(self) -> Iterator[Run]:
        with database.explained(self.path), database.transaction(self._connection, "BEGIN"):
            yield self._connection.execute

    @contextmanager
    def _writing(self) -> Iterator[Run]:
        with database.explained(self.path), database.transaction(self._connection, "BEGIN IMMEDIATE"):
            yield self._connection.execute

    def _attempts(self, where: str, *values: object) -> tuple[Attempt, ...]:
        rows = self._connection.execute(ATTEMPTS.format(where), values)
        return tuple(_attempt(list(same)) for _, same in itertools.groupby(rows, key=lambda row: row[0]))

    def _checks(self, where: str, *values: object) -> tuple[Check, ...]:
        return tuple(map(_check, self._connection.execute(CHECKS.format(where), values)))

    def _one(self, attempt_id: int | None) -> Attempt:
        for attempt in self._attempts("a.id = ?", attempt_id):
            return attempt
        message = f"There is no attempt {attempt_id} in the history {self.path}."
        raise CvdrillError(message, "cvdrill list", exit_code=3)


def open_store(path: Path, *, timeout_s: float = database.BUSY_TIMEOUT_S) -> Store:
    """Open the history at `path`; make it if there is none, and bring it to the present version.

    Parameters
    ----------
    path : Path
        The file; its folder is made when it is missing.
    timeout_s : float, optional
        How long to wait, in seconds, for another terminal that writes.

    Returns
    -------
    Store

    Raises
    ------
    CvdrillError
        When the file is damaged, made by a newer cvdrill, no history, or out of reach. It stays as it is.
    """
    return Store(database.connect(path, timeout_s), path)


def _at(drill_id: str | None) -> tuple[str, ...]:
    """Return the condition, and its value, that picks one drill's rows, or all."""
    return ("TRUE",) if drill_id is None else ("a.drill = ?", drill_id)


def _focus(run: Run, attempt_id: int, now: datetime) -> None:
    run(
        "INSERT OR REPLACE INTO focus (only_row, attempt_id, since) VALUES (1, ?, ?)",
        (attempt_id, _stamp(now)),
    )


def _end_pause(run: Run, attempt: Attempt, end: datetime) -> Attempt:
    """End an attempt's pause if it has one, and return the attempt as it is then."""
    if not attempt.paused:
        return attempt
    run("UPDATE pauses SET ended_at = ? WHERE attempt_id = ? AND ended_at IS NULL", (_stamp(end), attempt.id))
    *before, last = attempt.pauses
    return replace(attempt, pauses=(*before, replace(last, ended_at=end)))


def _keep(run: Run, source: bytes) -> int:
    """Store a source unless its like is there, and return its row."""
    sha256 = hashlib.sha256(source).digest()
    run("INSERT OR IGNORE INTO sources (sha256, body) VALUES (?, ?)", (sha256, source))
    return int(run("SELECT id FROM sources WHERE sha256 = ?", (sha256,)).fetchone()[0])


def _refuse_ended(attempt: Attempt) -> None:
    if attempt.passed_at is not None:
        message = f"{attempt.drill} is solved: the clock of this attempt has stopped."
    elif attempt.abandoned_at is not None:
        message = f"This attempt at {attempt.drill} was given up."
    else:
        return
    raise CvdrillError(message, f"cvdrill start {attempt.drill}")


def _not_before(attempt: Attempt, now: datetime) -> datetime:
    """Return `now`, or the latest time that the attempt holds if the clock has been set back behind it."""
    known = [attempt.started_at]
    for pause in attempt.pauses[-1:]:
        known.append(pause.ended_at or pause.started_at)
    return max(datetime.fromisoformat(_stamp(now)), *known)


def _stamp(moment: datetime) -> str:
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(text: str) -> datetime:
    return _decoded(datetime.fromisoformat, text)


def _maybe_moment(text: str | None) -> datetime | None:
    return None if text is None else _moment(text)


def _decoded(read: Callable[[Any], T], value: object) -> T:
    try:
        return read(value)
    except (TypeError, ValueError):
        raise sqlite3.DatabaseError(f"it holds {value!r:.60} where that cannot be") from None


def _attempt(rows: list[Row]) -> Attempt:
    number, drill, started, passed, abandoned, *_ = rows[0]
    return Attempt(
        id=number,
        drill=drill,
        started_at=_moment(started),
        passed_at=_maybe_moment(passed),
        abandoned_at=_maybe_moment(abandoned),
        pauses=tuple(
            Pause(_moment(begun), _maybe_moment(ended)) for *_, begun, ended in rows if begun is not None
        ),
    )


def _check(row: Row) -> Check:
    number, attempt, drill, checked, outcome, passed, total, seed, elapsed_s, ratio, at_least = row
    return Check(
        id=number,
        attempt=attempt,
        drill=drill,
        checked_at=_moment(checked),
        outcome=_decoded(Outcome, outcome),
        passed=passed,
        total=total,
        seed=_decoded(int, seed),
        elapsed_s=elapsed_s,
        runtime=_runtime(ratio, at_least),
    )


def _runtime(ratio: float | None, at_least: int | None) -> Runtime | None:
    return None if ratio is None else Runtime(ratio, bool(at_least))


def _record(row: Row) -> Record:
    drill, attempts, checks, solved, best_s, last_s, checks_to_pass, started, paused, ratio, at_least = row
    not_solved = Status.PAUSED if paused else Status.STARTED
    return Record(
        drill=drill,
        attempts=attempts,
        checks=checks,
        status=not_solved if solved is None else Status.SOLVED,
        solved_at=_maybe_moment(solved),
        best_s=best_s,
        last_s=last_s,
        checks_to_pass=checks_to_pass,
        started_at=_moment(started),
        runtime=_runtime(ratio, at_least),
    )
