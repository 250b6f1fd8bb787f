"""Right answers pass, however they are written; that drills are sound is for `cvdrill dev verify` to tell."""

from pathlib import Path

import pytest

from cvdrill import catalog, grading
from cvdrill.model import Outcome

CATALOG = catalog.load()
DRILLS = CATALOG.drills
RIGHT = sorted((Path(__file__).parent / "right").glob("*/*.py"))


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_right_answer_in_another_style_passes(path):
    verdict = grading.grade(CATALOG.find(path.parent.name), path.read_bytes())
    assert verdict.outcome is Outcome.PASSED, _reasons(verdict)


def test_every_drill_has_right_answers_in_several_styles():
    for drill in DRILLS:
        assert sum(path.parent.name == drill.id for path in RIGHT) >= 3, drill.id


def _reasons(verdict):
    bad = [case for case in verdict.cases if case.outcome is not Outcome.PASSED]
    lines = [verdict.message, verdict.details, f"seed {verdict.seed}"]
    return "\n".join(lines + [f"{c.name}: {c.outcome} {c.message} {c.details} {c.call}" for c in bad])
