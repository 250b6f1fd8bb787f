"""`grade` as the command line uses it."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from cvdrill import grading, launch
from cvdrill.errors import CvdrillError
from cvdrill.model import Outcome

from processes import until, with_word

RIGHT = b"def double(x):\n    return 2 * x\n"
WRONG = b"def double(x):\n    print('got', x.shape)\n    return 3 * x\n"


@pytest.mark.parametrize("fork", ["0", "1"])
@pytest.mark.parametrize("drill", ["double", "square", "scale", "value", "apply"])
def test_a_reference_passes_its_own_cases(pack, monkeypatch, drill, fork):
    monkeypatch.setenv("CVDRILL_FORK", fork)
    monkeypatch.setenv("CVDRILL_WARM", fork)
    drill = pack.find(drill)
    verdict = grading.grade(drill, drill.reference.read_bytes())
    assert verdict.outcome is Outcome.PASSED, verdict
    assert verdict.passed == verdict.total > 1


@pytest.mark.parametrize("drill", ["double", "square", "scale", "value", "apply"])
def test_an_untouched_stub_is_not_started(pack, drill):
    drill = pack.find(drill)
    verdict = grading.grade(drill, drill.stub.read_bytes())
    assert verdict.outcome is Outcome.NOT_STARTED
    assert not verdict.cases


def test_a_stub_with_comments_and_layout_of_its_own_is_not_started(pack):
    drill = pack.find("double")
    source = drill.stub.read_text().replace("    raise", "\n    # hm …\n    raise").replace("twice", "double")
    assert grading.grade(drill, source.encode()).outcome is Outcome.NOT_STARTED


METHODS = {
    "defined": "",
    "inherited": "class Base(Value): pass\nclass Value(Base): pass\n",
    "of the object": "del Value.times\n"
    "old = Value.__init__\ndef init(self, data):\n    old(self, data)\n"
    "    self.times = lambda factor: self * factor\nValue.__init__ = init\n",
    "hidden by the object": "old = Value.__init__\ndef init(self, data):\n    old(self, data)\n"
    "    self.times = lambda factor: self * factor\nValue.__init__ = init\n"
    "Value.times = lambda self, factor: 1 / 0\n",
    "a property": "Value.times = property(lambda self: lambda factor: self * factor)\n",
    "made when asked for": "del Value.times\n"
    "Value.__getattr__ = lambda self, name: lambda factor: self * factor\n",
    "an object of a class": "class Times:\n    def __call__(self, factor): return self.owner * factor\n"
    "    def __get__(self, owner, kind):\n        self.owner = owner\n        return self\n"
    "Value.times = Times()\n",
}


@pytest.mark.parametrize("how", METHODS)
def test_a_method_may_be_written_in_any_way(pack, how):
    drill = pack.find("value")
    verdict = grading.grade(drill, f"{drill.reference.read_text()}\n\n{METHODS[how]}".encode())
    assert verdict.outcome is Outcome.PASSED, verdict


def test_a_method_that_is_missing_or_raises_is_the_learners_error(pack):
    drill = pack.find("value")
    for change, word in (
        ("del Value.times", "AttributeError"),
        ("Value.times = lambda self, factor: 1 / 0", "ZeroDivisionError"),
    ):
        verdict = grading.grade(drill, f"{drill.reference.read_text()}\n\n{change}\n".encode())
        (case,) = [case for case in verdict.cases if case.outcome is not Outcome.PASSED]
        assert (case.outcome, case.name) == (Outcome.ERROR, "a_method")
        assert word in case.message


def test_a_failing_case_says_what_was_called_expected_got_and_printed(pack):
    verdict = grading.grade(pack.find("double"), WRONG)
    case = verdict.cases[0]
    assert verdict.outcome is case.outcome is Outcome.FAILED
    assert case.name == "three_numbers"
    assert case.title == "Every number is doubled."
    assert case.call == "double(np.array([1.0, 2.0, 3.0]))"
    assert case.message == "The result is wrong in all 3 values."
    assert "expected  float64 array of shape (3,): [2., 4., 6.]" in case.details
    assert "got       float64 array of shape (3,): [3., 6., 9.]" in case.details
    assert "[2]    6         9" in case.details
    assert case.stdout == "got (3,)\n"


def test_a_learners_exception_shows_the_learners_lines_only(pack):
    source = b"def double(x):\n    return helper(x)\n\n\ndef helper(x):\n    return x[10]\n"
    case = grading.grade(pack.find("double"), source).cases[0]
    assert case.outcome is Outcome.ERROR
    assert case.message.startswith("Your code raised IndexError: index 10 is out of bounds")
    assert case.message.endswith("(line 6)")
    assert 'File "double.py", line 2, in double' in case.details
    assert "worker.py" not in case.details


def test_a_case_that_fails_on_the_reference_is_our_fault(pack):
    verdict = grading.grade(pack.find("faulty"), b"def faulty(x): return x\n")
    assert verdict.outcome is Outcome.BROKEN
    assert [case.outcome for case in verdict.cases] == [Outcome.PASSED, Outcome.BROKEN]
    assert "fails on the reference too" in verdict.cases[1].message


def test_cases_are_told_as_they_end(pack):
    told = []
    verdict = grading.grade(pack.find("double"), WRONG, on_case=told.append)
    assert tuple(told) == verdict.cases
    assert [case.name for case in told] == [
        "three_numbers",
        "a_single_number",
        "random[shape0]",
        "random[shape1]",
    ]


def test_a_check_can_stop_at_the_first_case_that_does_not_pass(pack):
    assert grading.grade(pack.find("double"), WRONG, stop_early=True).total == 1
    assert grading.grade(pack.find("double"), RIGHT, stop_early=True).total == 4


def test_the_same_seed_draws_the_same_cases_and_another_seed_draws_others(pack):
    drill = pack.find("double")
    calls = [
        grading.grade(drill, WRONG, seed=seed, case="random[shape0]").cases[0].call for seed in (1, 1, 2)
    ]
    assert calls[0] == calls[1] != calls[2]


def test_a_case_alone_draws_what_it_draws_among_the_others(pack):
    drill = pack.find("double")
    alone = grading.grade(drill, WRONG, seed=5, case="random[shape0]").cases[0]
    among = grading.grade(drill, WRONG, seed=5).cases[2]
    assert alone.call == among.call


@pytest.mark.parametrize(
    ("call", "outcome"), [("", Outcome.PASSED), ("torch.logsumexp(torch.ones(2), 0)", Outcome.ERROR)]
)
def test_a_library_that_is_banned_in_part_can_be_imported_in_whole(pack, monkeypatch, call, outcome):
    monkeypatch.setenv("CVDRILL_WARM", "0")  # a server of its own has not loaded torch
    source = f"import torch\ndef double(x):\n    {call or 'pass'}\n    return 2 * x\n"
    limits = grading.Limits(call_s=60)
    verdict = grading.grade(pack.find("double"), source.encode(), limits=limits)
    assert verdict.outcome is outcome, verdict


def test_without_a_seed_every_check_draws_a_fresh_one(pack):
    drill = pack.find("double")
    assert grading.grade(drill, RIGHT).seed != grading.grade(drill, RIGHT).seed


def test_a_case_is_chosen_with_or_without_its_parameters(pack):
    drill = pack.find("double")
    assert grading.grade(drill, RIGHT, case="random").total == 2
    assert grading.grade(drill, RIGHT, case="random[shape1]").total == 1


def test_an_unknown_case_names_the_closest(pack):
    with pytest.raises(CvdrillError, match="three_numbers") as caught:
        grading.grade(pack.find("double"), RIGHT, case="tree_numbers")
    assert "--case 'three_numbers'" in caught.value.hint


def test_after_a_hang_the_other_cases_are_graded(pack):
    source = b"def double(x):\n    while len(x) == 1: pass\n    return 2 * x\n"
    verdict = grading.grade(pack.find("double"), source, limits=grading.Limits(call_s=1))
    assert verdict.outcome is Outcome.TIMEOUT
    assert verdict.passed == verdict.total - 1


def test_the_whole_check_ends_at_its_limit(pack):
    begun = time.monotonic()
    source = b"def double(x):\n    while True: pass\n"
    verdict = grading.grade(pack.find("double"), source, limits=grading.Limits(call_s=2, check_s=3))
    assert time.monotonic() - begun < 12
    assert [case.outcome for case in verdict.cases] == [Outcome.TIMEOUT] * 4
    assert "whole check" in verdict.cases[-1].message


def test_a_grader_that_cannot_work_is_broken_and_says_so(pack, tmp_path):
    drill = pack.find("double")
    (tmp_path / "cases.py").write_text("import nosuchmodule\n")
    (tmp_path / "reference.py").write_text(drill.reference.read_text())
    import dataclasses

    verdict = grading.grade(dataclasses.replace(drill, solution=tmp_path), RIGHT)
    assert verdict.outcome is Outcome.BROKEN
    assert "nosuchmodule" in verdict.details


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_the_process_that_asked(pack, number, tmp_path):
    program = textwrap.dedent(f"""
        from pathlib import Path
        from cvdrill import catalog, grading
        drill = catalog.load([Path({str(pack.find("double").stub.parent.parent.parent)!r})]).find("double")
        source = b"def double(x):\\n    while True: pass\\n"
        print("grading", flush=True)
        grading.grade(drill, source)
    """)
    word = str(tmp_path)
    environment = {**os.environ, "CVDRILL_TEST": str(tmp_path), "TMPDIR": str(tmp_path), "CVDRILL_WARM": "0"}
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        # Ctrl-C is ignored by whatever was started in the background.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    process.stdout.readline()
    until(lambda: len(with_word(word)) >= 4 and list(tmp_path.iterdir()))  # itself, server, judge, worker
    process.send_signal(number)
    process.communicate(timeout=30)
    until(lambda: not with_word(word))
    until(lambda: not list(tmp_path.iterdir()))


def test_a_grading_that_was_begun_is_gone_on_with(pack, tmp_path):
    drill, path = pack.find("double"), tmp_path / "mine.py"
    launch.prepare()
    grading.begin(drill, WRONG, path)
    [(request, _)] = grading._begun
    told = []
    verdict = grading.grade(drill, WRONG, path=path, on_case=told.append)
    assert verdict.seed == request["seed"]
    assert verdict.outcome is Outcome.FAILED
    assert tuple(told) == verdict.cases


@pytest.mark.parametrize("options", [{}, {"seed": 3}, {"case": "random"}, {"stop_early": True}])
def test_a_grading_that_was_begun_is_dropped_when_another_is_asked_for(pack, tmp_path, options):
    drill, path = pack.find("double"), tmp_path / "mine.py"
    launch.prepare()
    grading.begin(drill, WRONG if not options else RIGHT, path)
    verdict = grading.grade(drill, RIGHT, path=path, **options)
    assert verdict.outcome is Outcome.PASSED
    assert verdict.seed == options.get("seed", verdict.seed)
    assert launch.prepared() is None
    assert not grading._begun


def test_a_grading_that_was_begun_with_a_server_that_dies_is_done_by_another(pack, tmp_path, monkeypatch):
    drill, path = pack.find("double"), tmp_path / "mine.py"
    grading.grade(drill, RIGHT)
    server = grading.server_status()
    launch.prepare()
    os.kill(server.pid, signal.SIGKILL)
    grading.begin(drill, RIGHT, path)
    assert grading.grade(drill, RIGHT, path=path).outcome is Outcome.PASSED
