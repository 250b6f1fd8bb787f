"""What `verify` finds out about a drill, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an author has to put right.

    Attributes
    ----------
    check : str
        What was looked at: files, card, statement, notes, stub, reference, examples, dtypes, mistakes, bans
        or mutants.
    message : str
        What is wrong, in one sentence.
    details : str
        What shows it; may have several lines.
    """

    check: str
    message: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """How far `verify` has come.

    Attributes
    ----------
    check : str
        What is being looked at.
    done, total : int
        Files graded, and to be graded.
    """

    check: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that the cases do not tell from the reference.

    Attributes
    ----------
    function, line, mutant : str
        What identifies it, as in ``equivalent.toml``.
    number : int
        The number of the line, from 1.
    diff : str
        What it changes, as a unified diff.
    """

    function: str
    line: str
    mutant: str
    number: int
    diff: str


@dataclass(frozen=True, slots=True)
class Report:
    """What is known about a drill after it was verified.

    Attributes
    ----------
    drill : str
        Its id.
    findings : tuple of Finding
        What has to be put right.
    mutants : int
        How many were graded, those that are recorded as equivalent left out.
    killed : int
        How many of these did not pass.
    equivalent : int
        How many more are recorded as equivalent, and rightly so.
    survivors : tuple of Survivor
        Those that passed.
    elapsed_s : float
        Wall time in seconds.
    """

    drill: str
    findings: tuple[Finding, ...]
    mutants: int
    killed: int
    equivalent: int
    survivors: tuple[Survivor, ...]
    elapsed_s: float

    @property
    def score(self) -> float:
        """The share of mutants that were killed; 1 when there are none."""
        return self.killed / self.mutants if self.mutants else 1.0

    @property
    def is_sound(self) -> bool:
        """Whether nothing is left to be done."""
        return not self.findings and not self.survivors
