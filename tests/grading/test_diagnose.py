"""A known mistake is named when it explains what happened, and only then."""

import pytest

from cvdrill import grading
from cvdrill.model import Diagnosis, Outcome


def named(pack, drill, source):
    verdict = grading.grade(pack.find(drill), source.encode())
    assert verdict.outcome is not Outcome.PASSED
    return [diagnosis.mistake for diagnosis in verdict.diagnoses]


@pytest.mark.parametrize(
    ("source", "mistake"),
    [
        ("def double(x):\n    return 3 * x", "tripled"),
        ("def double(x):\n    return sum([x] * 3)", "tripled"),
        ("def double(x):\n    x += x\n    return x", "in_place"),
        ("def double(x):\n    return x + x if len(x) != 1 else x + 0", "one_element_forgotten"),
        ("def double(x):\n    x.max(initial=0) if x.size else int('')\n    return x * 2", "refuses_empty"),
    ],
)
def test_a_mistake_is_recognised_however_it_is_written(pack, source, mistake):
    assert named(pack, "double", source) == [mistake]


def test_the_sentence_comes_from_the_mistake(pack):
    verdict = grading.grade(pack.find("double"), b"def double(x):\n    return 3 * x")
    assert verdict.diagnoses == (Diagnosis("tripled", "You add x three times; it is asked twice."),)


@pytest.mark.parametrize(
    "source",
    [
        "def double(x):\n    return 4 * x",
        "def double(x):\n    return 3 * x if len(x) == 3 else 4 * x",
        "def double(x):\n    return None",
        "def double(x):\n    return 3 * x.astype(int)",
        "def double(x):\n    raise TypeError('no')",
        "def double(x):\n    return 2 * x if x.size else 1 / 0",
        "import os\ndef double(x):\n    os._exit(0)",
        "def double(x):\n    return np.add(x, x)\nimport numpy as np",
    ],
)
def test_nothing_is_named_when_nothing_fits(pack, source):
    assert named(pack, "double", source) == []


def test_of_two_mistakes_at_once_that_of_the_first_failure_is_named(pack):
    source = "def double(x):\n    if not x.size: raise ValueError\n    return 3 * x"
    assert named(pack, "double", source) == ["tripled"]


def test_a_mistake_is_named_beside_a_fault_that_nobody_knows(pack):
    source = "def double(x):\n    if not x.size: return None\n    return 3 * x"
    assert named(pack, "double", source) == ["tripled"]


def test_a_mistake_that_leaves_the_first_failure_unexplained_is_not_named(pack):
    source = "def double(x):\n    if not x.size: raise ValueError\n    return 4 * x"
    assert named(pack, "double", source) == []


def test_a_hanging_case_does_not_hide_the_mistake_in_the_others(pack):
    source = "def double(x):\n    while len(x) == 1: pass\n    return 3 * x"
    verdict = grading.grade(pack.find("double"), source.encode(), limits=grading.Limits(call_s=1))
    assert verdict.outcome is Outcome.TIMEOUT
    assert [diagnosis.mistake for diagnosis in verdict.diagnoses] == ["tripled"]


def test_modules_and_their_gradients_are_compared(pack):
    source = (
        "import torch\nclass Scale(torch.nn.Module):\n    def __init__(self, size):\n"
        "        super().__init__()\n"
        "        if size < 1: raise ValueError\n        self.factor = torch.nn.Parameter(torch.rand(size))\n"
        "    def forward(self, x): return torch.add(x, self.factor)\n"
    )
    assert named(pack, "scale", source) == ["added"]


def test_functions_that_cases_pass_in_are_called_back(pack):
    assert named(pack, "apply", "def apply(f, x): return f(x)") == ["never_catches"]
    source = "def apply(f, x):\n    try: return f(x)\n    except (ValueError, KeyError): return -1.0"
    assert named(pack, "apply", source) == ["catches_all"]


def test_a_pass_is_not_diagnosed(pack):
    assert grading.grade(pack.find("double"), b"def double(x):\n    return 2 * x").diagnoses == ()
