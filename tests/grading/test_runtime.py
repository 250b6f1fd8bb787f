"""After a pass, the learner's runtime is compared with the reference's; it informs, and fails nothing."""

import time

import pytest

from cvdrill import grading
from cvdrill.grading.process import NotStarted
from cvdrill.grading.runtime import ROUNDS, compare
from cvdrill.model import Outcome, Runtime

RIGHT = "def double(x):\n    {}\n    return 2 * x\n"
LARGE = "if x.size > 1000: "


def graded(pack, line, **options):
    verdict = grading.grade(pack.find("double"), RIGHT.format(line).encode(), **options)
    assert verdict.outcome is Outcome.PASSED, verdict
    return verdict.runtime


def test_an_answer_that_does_more_takes_longer(pack):
    assert graded(pack, f"{LARGE}[2 * x for _ in range(200)]").ratio > 2


class Timed:
    """Stands in for an attempt whose jobs take given times."""

    def __init__(self, *times):
        self.times = iter(times)
        self.elapsed_s = 0.0

    def work(self):
        self.elapsed_s += next(self.times)


def test_the_best_times_of_some_rounds_are_compared():
    mine, theirs = (Timed(*[time] * ROUNDS) for time in (0.003, 0.001))
    mine.times = iter([0.003, 0.001, *[0.002] * ROUNDS])
    theirs.times = iter([0.0005, *[0.001] * ROUNDS])
    found = compare(lambda timed, _: timed.work, mine, theirs, lambda: None)
    assert found == Runtime(0.001 / 0.0005)


def test_without_a_second_worker_there_is_no_comparison():
    def prepare(timed, _rng):
        raise NotStarted("no room")

    assert compare(prepare, Timed(), Timed(), lambda: None) is None


def test_an_answer_that_takes_far_too_long_is_stopped_and_passes(pack):
    begun = time.monotonic()
    runtime = graded(pack, f"{LARGE}\n        while True: pass")
    assert runtime.at_least
    assert runtime.ratio > 2
    assert time.monotonic() - begun < pack.find("double").card.seconds


@pytest.mark.parametrize(
    "line", ["1 / 0", "raise SystemExit", "__import__('os')._exit(0)", "x += 1", "bytearray(10**12)"]
)
def test_an_answer_that_cannot_do_the_larger_job_passes_without_a_runtime(pack, line):
    assert graded(pack, LARGE + line) is None


def test_only_a_full_check_that_passes_is_compared(pack):
    assert graded(pack, "pass") is not None
    assert graded(pack, "pass", case="random") is None
    assert graded(pack, "pass", stop_early=True) is None
    failing = grading.grade(pack.find("double"), b"def double(x):\n    return 3 * x\n")
    assert failing.runtime is None


def test_a_drill_without_a_larger_input_has_no_runtime(pack):
    drill = pack.find("value")
    verdict = grading.grade(drill, drill.reference.read_bytes())
    assert verdict.outcome is Outcome.PASSED
    assert verdict.runtime is None


def test_the_clock_of_a_learner_is_not_asked(pack):
    line = "import time; time.perf_counter = lambda: 0.0; [2 * x for _ in range(200)]"
    assert graded(pack, line).ratio > 2
