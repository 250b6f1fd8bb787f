"""Compares how long the learner's code takes on a larger input with how long the reference takes.

Both run in workers of one kind, in turn, and the best of some rounds counts. It informs: whatever comes in
between, there is just no comparison.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cvdrill.grading.attempt import Attempt, BannedCall, InputChanged, LearnerError
from cvdrill.grading.process import NotStarted, Stopped
from cvdrill.model import Outcome, Runtime

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    Prepare = Callable[[Attempt, np.random.Generator], Callable[[], Any]]

ROUNDS = 4
CALL_S = 0.1  # an answer that takes longer is stopped: then its runtime has only a lower bound
_BUDGET_S = 0.2  # for the second worker to get ready and for all rounds; jobs are made to take far less


@dataclass(slots=True)
class _Runner:
    """One of the two: does the job again and again, and keeps its best time."""

    attempt: Attempt
    work: Callable[[], Any]
    best_s: float = float("inf")

    def run(self) -> None:
        self.attempt.elapsed_s = 0.0
        self.work()
        self.best_s = min(self.best_s, self.attempt.elapsed_s)


def compare(
    prepare: Prepare, mine: Attempt, theirs: Attempt, rng: Callable[[], np.random.Generator]
) -> Runtime | None:
    """Return the runtime of one attempt against another's, or None if either cannot do the job.

    Parameters
    ----------
    prepare : callable
        Takes an attempt and a generator; returns the job, to be called without arguments.
    mine, theirs : Attempt
        The learner's code, with a time limit of `CALL_S`, and the reference, in workers.
    rng : callable
        Returns a fresh generator that always draws the same.

    Returns
    -------
    Runtime or None
    """
    until = time.monotonic() + _BUDGET_S
    try:
        reference = _Runner(theirs, prepare(theirs, rng()))
        reference.run()
        learner = _Runner(mine, prepare(mine, rng()))
        begun = time.monotonic()
        learner.run()
        for _ in range(ROUNDS - 1):
            now = time.monotonic()
            if now + (now - begun) > until:  # another round would take too long
                break
            begun = now
            reference.run()
            learner.run()
    except Stopped as stopped:
        if stopped.outcome is not Outcome.TIMEOUT or reference.best_s > CALL_S:
            return None
        return Runtime(CALL_S / reference.best_s, at_least=True)
    except (LearnerError, InputChanged, BannedCall, NotStarted):
        return None
    if not (learner.best_s > 0 and reference.best_s > 0):  # a clock too coarse to tell
        return None
    return Runtime(learner.best_s / reference.best_s)
