"""Every drill is complete, and its grading is right: what is right passes, what is wrong does not."""

import doctest
from pathlib import Path

import pytest

from cvdrill import authoring, catalog, grading
from cvdrill.model import Diagnosis, Outcome
from cvdrill.testing import load_module

CATALOG = catalog.load()
DRILLS = CATALOG.drills
RIGHT = sorted((Path(__file__).parent / "right").glob("*/*.py"))
MISTAKES = [(drill, mistake) for drill in DRILLS for mistake in authoring.mistakes(drill)]

by_id = pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.id)


@by_id
def test_the_card_is_complete(drill):
    card = drill.card
    assert card.title
    assert 5 <= card.minutes <= 60
    assert len(card.hints) == 3
    assert all(hint.strip() and len(hint) < 500 for hint in card.hints)
    assert drill.notes.read_text(encoding="utf-8").count("\n") > 20


@by_id
def test_the_statement_says_what_goes_in_what_comes_out_and_where_it_is_from(drill):
    statement = catalog.statement(drill)
    text = statement.doc + "".join(part.doc for part in statement.parts)
    assert statement.parts
    for heading in ("Parameters\n", "Examples\n", "References\n"):
        assert heading in text, heading.strip()
    for part in statement.parts:
        assert "Returns\n" in part.doc
    assert ">>>" in text
    longest = max(len(line) for line in drill.stub.read_text(encoding="utf-8").splitlines())
    assert longest <= 110


@by_id
def test_the_examples_hold_for_the_reference(drill):
    names = vars(load_module(drill.reference))
    runner = doctest.DocTestRunner(verbose=False)
    finder = doctest.DocTestParser()
    statement = catalog.statement(drill)
    text = "\n\n".join([statement.doc, *(part.doc for part in statement.parts)])
    scope = {"np": __import__("numpy"), "torch": __import__("torch"), **names}
    runner.run(finder.get_doctest(text, scope, drill.id, str(drill.stub), 0))
    assert runner.summarize(verbose=False).attempted > 0
    assert runner.failures == 0


@by_id
def test_the_stub_is_not_started(drill):
    assert grading.grade(drill, drill.stub.read_bytes()).outcome is Outcome.NOT_STARTED


@by_id
def test_the_reference_passes(drill):
    verdict = grading.grade(drill, drill.reference.read_bytes())
    assert verdict.outcome is Outcome.PASSED, _reasons(verdict)


@pytest.mark.parametrize(("drill", "mistake"), MISTAKES, ids=[f"{d.id}-{m.id}" for d, m in MISTAKES])
def test_a_mistake_is_refused_and_named(drill, mistake):
    assert mistake.sentence.endswith(".")
    verdict = grading.grade(drill, authoring.mistaken_source(drill, mistake))
    assert verdict.outcome in (Outcome.FAILED, Outcome.ERROR), verdict.outcome
    assert all(case.outcome is not Outcome.BROKEN for case in verdict.cases), _reasons(verdict)
    assert Diagnosis(mistake.id, mistake.sentence) in verdict.diagnoses


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_right_answer_in_another_style_passes(path):
    drill = CATALOG.find(path.parent.name)
    for _ in range(2):  # with different seeds
        verdict = grading.grade(drill, path.read_bytes())
        assert verdict.outcome is Outcome.PASSED, _reasons(verdict)


def test_every_drill_has_right_answers_in_several_styles():
    for drill in DRILLS:
        assert sum(path.parent.name == drill.id for path in RIGHT) >= 3, drill.id


def _reasons(verdict):
    bad = [case for case in verdict.cases if case.outcome is not Outcome.PASSED]
    lines = [verdict.message, verdict.details, f"seed {verdict.seed}"]
    return "\n".join(lines + [f"{c.name}: {c.outcome} {c.message} {c.details} {c.call}" for c in bad])
