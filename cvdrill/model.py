"""The words of the project as data: drill, card, attempt, check, case, verdict."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class Level(enum.StrEnum):
    """How hard a drill is; members compare by difficulty through `rank`."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"

    @property
    def rank(self) -> int:
        """0 for easy, 1 for medium, 2 for hard."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


class Outcome(enum.StrEnum):
    """How a case, or a whole check, ended. Later members are worse."""

    PASSED = "PASSED"
    """Every value was right."""
    FAILED = "FAILED"
    """A value was wrong, or an input was changed."""
    ERROR = "ERROR"
    """The learner's code raised, or called what the drill bans."""
    TIMEOUT = "TIMEOUT"
    """A call, or the whole check, took too long."""
    CRASHED = "CRASHED"
    """The process that ran the learner's code died."""
    MEMORY = "MEMORY"
    """The learner's code asked for more memory than it may have."""
    OUTPUT = "OUTPUT"
    """The learner's code printed or returned more than the grader takes."""
    INVALID = "INVALID"
    """The file could not be loaded."""
    NOT_STARTED = "NOT_STARTED"
    """The file is still the untouched stub."""
    BROKEN = "BROKEN"
    """The grader itself failed; this never counts against the learner."""

    @property
    def rank(self) -> int:
        """Position in the order above; the outcome of a check is its case of highest rank."""
        return list(Outcome).index(self)


class Status(enum.StrEnum):
    """Where a learner stands with a drill."""

    NEW = "new"
    STARTED = "started"
    PAUSED = "paused"
    SOLVED = "solved"


@dataclass(frozen=True, slots=True)
class Ban:
    """Calls that would give a drill's answer away.

    Attributes
    ----------
    calls : tuple of str
        Dotted names, such as ``"numpy.flip"`` or ``"torch.Tensor.flip"``.
    instead : str
        A sentence that says what is to be written instead.
    """

    calls: tuple[str, ...]
    instead: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is known about a drill apart from its code.

    Attributes
    ----------
    title : str
        Its name in words.
    level : Level
        How hard it is.
    minutes : int
        Par: how long a prepared candidate takes.
    after : tuple of str
        Ids of drills that are better solved first.
    banned : tuple of Ban
        What may not be called.
    hints : tuple of str
        From a nudge to nearly the answer.
    seconds : float
        Time limit of one call.
    """

    title: str
    level: Level
    minutes: int
    after: tuple[str, ...] = ()
    banned: tuple[Ban, ...] = ()
    hints: tuple[str, ...] = ()
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Drill:
    """One exercise and where its files are.

    Attributes
    ----------
    id : str
        Unique name, the stub's file name without ``.py``.
    topic : str
        The folder it lies in.
    card : Card
        Its card.
    stub : Path
        What a learner is handed.
    solution : Path
        The folder a learner does not see.
    """

    id: str
    topic: str
    card: Card
    stub: Path
    solution: Path

    @property
    def reference(self) -> Path:
        """The plainest correct version."""
        return self.solution / "reference.py"

    @property
    def cases(self) -> Path:
        """The hidden pytest cases."""
        return self.solution / "cases.py"

    @property
    def mistakes(self) -> Path:
        """The known wrong answers."""
        return self.solution / "mistakes.py"

    @property
    def notes(self) -> Path:
        """Derivation, cost and the interviewer's next questions."""
        return self.solution / "notes.md"


@dataclass(frozen=True, slots=True)
class Case:
    """How one case of a check ended.

    Attributes
    ----------
    name : str
        The test function without ``test_``, and the parameters in brackets.
    title : str
        The first line of its docstring.
    outcome : Outcome
        How it ended.
    message : str
        What went wrong in one sentence; empty after a pass.
    details : str
        Expected against got, or the learner's traceback; may have several lines.
    call : str
        The call that went wrong, as Python.
    stdout : str
        What the learner's code printed, escaped and capped.
    elapsed_s : float
        Wall time in seconds.
    """

    name: str
    title: str
    outcome: Outcome
    message: str = ""
    details: str = ""
    call: str = ""
    stdout: str = ""
    elapsed_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A known mistake that explains a failing check.

    Attributes
    ----------
    mistake : str
        Its id.
    sentence : str
        What was done, and what was asked.
    """

    mistake: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Runtime:
    """How long an answer takes on a larger input, against the reference.

    Attributes
    ----------
    ratio : float
        Its time divided by the reference's.
    at_least : bool
        Whether it was stopped before it was done, so that the true ratio is larger.
    """

    ratio: float
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of grading one source.

    Attributes
    ----------
    drill : str
        The drill's id.
    outcome : Outcome
        The worst of the cases.
    seed : int
        What the random cases were drawn from.
    cases : tuple of Case
        In the order in which they were run; empty when none was.
    diagnoses : tuple of Diagnosis
        Known mistakes that fit.
    message : str
        What holds for the whole check, such as why a file is INVALID, in one sentence.
    details : str
        The traceback that goes with it; may have several lines.
    stdout : str
        What the file printed while it was loaded.
    grading_s : float
        Wall time of the grading in seconds.
    runtime : Runtime or None
        After a pass of all cases of a drill that has a larger input to compare on.
    """

    drill: str
    outcome: Outcome
    seed: int
    cases: tuple[Case, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    message: str = ""
    details: str = ""
    stdout: str = ""
    grading_s: float = 0.0
    runtime: Runtime | None = None

    @property
    def passed(self) -> int:
        """How many cases passed."""
        return sum(case.outcome is Outcome.PASSED for case in self.cases)

    @property
    def total(self) -> int:
        """How many cases there are."""
        return len(self.cases)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which an attempt's clock stood still.

    Attributes
    ----------
    started_at : datetime
        When it began, UTC.
    ended_at : datetime or None
        When it ended; None while it lasts.
    """

    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One go at a drill, from start until passed or given up.

    Attributes
    ----------
    id : int
        Its row in the history.
    drill : str
        The drill's id.
    started_at : datetime
        When it was started, UTC.
    passed_at : datetime or None
        When it was first passed; the clock stops there.
    abandoned_at : datetime or None
        When it was given up for a fresh one.
    pauses : tuple of Pause
        In order; only the last can be open.
    """

    id: int
    drill: str
    started_at: datetime
    passed_at: datetime | None = None
    abandoned_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def paused(self) -> bool:
        """Whether the clock stands still now."""
        return bool(self.pauses) and self.pauses[-1].ended_at is None

    def elapsed_s(self, now: datetime) -> float:
        """Return the seconds on this attempt's clock at the time `now`, pauses left out."""
        end = self.passed_at or self.abandoned_at or now
        total = (end - self.started_at).total_seconds()
        for pause in self.pauses:
            begun, ended = min(pause.started_at, end), min(pause.ended_at or end, end)
            total -= (ended - begun).total_seconds()
        return max(total, 0.0)


@dataclass(frozen=True, slots=True)
class Check:
    """One grading, as the history keeps it.

    Attributes
    ----------
    id : int
        Its row in the history.
    attempt : int
        The attempt it belongs to.
    drill : str
        The drill's id.
    checked_at : datetime
        When it was graded, UTC.
    outcome : Outcome
        How it ended.
    passed, total : int
        Cases.
    seed : int
        What its random cases were drawn from.
    elapsed_s : float
        Seconds on the attempt's clock.
    runtime : Runtime or None
        The answer's, if it passed and could be compared.
    """

    id: int
    attempt: int
    drill: str
    checked_at: datetime
    outcome: Outcome
    passed: int
    total: int
    seed: int
    elapsed_s: float
    runtime: Runtime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What the history says about one drill. Checks that ended BROKEN count nowhere in it.

    Attributes
    ----------
    drill : str
        The drill's id.
    attempts : int
        How often it was started.
    checks : int
        How often it was graded.
    status : Status
        Once passed it stays solved, also while a later attempt is open.
    solved_at : datetime or None
        When it was first passed, UTC.
    best_s, last_s : float or None
        Seconds on the clock of the fastest and of the latest attempt that passed.
    checks_to_pass : int or None
        Checks up to and with the first pass, in the attempt that passed first.
    started_at : datetime
        When its latest attempt was started, UTC.
    runtime : Runtime or None
        The latest that was compared, in the latest attempt that passed.
    """

    drill: str
    attempts: int
    checks: int
    status: Status
    solved_at: datetime | None
    best_s: float | None
    last_s: float | None
    checks_to_pass: int | None
    started_at: datetime
    runtime: Runtime | None = None
