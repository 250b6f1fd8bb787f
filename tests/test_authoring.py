"""The author's tools: a drill that was begun is sound, and whatever is wrong with a drill is found."""

import dataclasses
import json
import subprocess
import sys

import pytest
import typer

from cvdrill import authoring, catalog, grading
from cvdrill.authoring import answers, equivalents, reading, screening
from cvdrill.cli import dev
from cvdrill.cli.exits import ExitCode
from cvdrill.cli.session import Session
from cvdrill.errors import CvdrillError
from cvdrill.model import Ban, Case, Outcome, Verdict

JOBS = 2


def begin(root, name="arrays/centre"):
    """Write a new drill; return it."""
    authoring.new(name, root)
    return catalog.load([root]).find(name)


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def messages(findings):
    return [finding.message for finding in findings]


@pytest.fixture
def drill(tmp_path):
    return begin(tmp_path)


class Grader:
    """Stands in for the grader's processes."""

    def __init__(self):
        self.otherwise = Outcome.PASSED
        self.seeds = set()
        self._answers = {}

    def says(self, outcome, *, of, seed=None, cases=()):
        source = of if isinstance(of, bytes) else of.read_bytes()
        self._answers[source, seed] = outcome, cases

    def grade(self, drill, source, *, seed=None, **_options):
        self.seeds |= set() if seed is None else {seed}
        plain = self._answers.get((source, None), (self.otherwise, ()))
        outcome, cases = self._answers.get((source, seed), plain)
        return Verdict(drill.id, outcome, seed or 0, cases)


@pytest.fixture
def grader(monkeypatch):
    stand_in = Grader()
    monkeypatch.setattr(grading, "grade", stand_in.grade)
    return stand_in


@pytest.fixture(scope="module")
def fresh_report(tmp_path_factory):
    return authoring.verify(begin(tmp_path_factory.mktemp("pack")), jobs=JOBS)


def test_a_new_drill_is_sound_as_it_is_written(fresh_report):
    assert messages(fresh_report.findings) == []
    assert fresh_report.survivors == ()


def test_a_report_counts_the_mutants(fresh_report):
    assert fresh_report.mutants == fresh_report.killed > 10
    assert fresh_report.equivalent == 0
    assert fresh_report.score == 1


def test_new_writes_the_six_files_of_a_drill(tmp_path):
    written = {str(path.relative_to(tmp_path)) for path in authoring.new("arrays/centre", tmp_path)}
    assert written == {
        "exercises/arrays/centre.py",
        "exercises/arrays/centre.toml",
        "solutions/arrays/centre/reference.py",
        "solutions/arrays/centre/cases.py",
        "solutions/arrays/centre/mistakes.py",
        "solutions/arrays/centre/notes.md",
        # What a pack of one's own lacks before its first drill.
        "solutions/conftest.py",
        "pytest.ini",
    }
    assert len(authoring.new("arrays/another", tmp_path)) == 6


def test_the_cases_of_a_new_drill_run_as_plain_pytest(drill):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=drill.stub.parents[2], check=False)
    assert result.returncode == 0, result.stdout
    assert "7 passed" in result.stdout


def test_new_touches_nothing_that_is_there(tmp_path):
    notes = tmp_path / "solutions" / "arrays" / "centre" / "notes.md"
    notes.parent.mkdir(parents=True)
    notes.write_text("mine", encoding="utf-8")
    with pytest.raises(CvdrillError, match=r"notes\.md is there already"):
        authoring.new("arrays/centre", tmp_path)
    assert notes.read_text(encoding="utf-8") == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [notes]


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("centre", "names no topic", "TOPIC/centre"),
        ("arrays/", "cannot be a name", "arrays/name"),
        ("/centre", "cannot be a name", "name/centre"),
        ("arrays/Soft-NMS 2", "'Soft-NMS 2' cannot be a name", "arrays/soft_nms_2"),
        ("arrays/2d", "'2d' cannot be a name", "arrays/d"),
        ("lambda/centre", "'lambda' cannot be a name", "lambda_/centre"),
        ("arrays/deep/centre", "'deep/centre' cannot be a name", "arrays/deep_centre"),
        ("../centre", "'..' cannot be a name", "name/centre"),
        ("other/nms", "There is a drill called nms already", "ANOTHER_NAME"),
    ],
)
def test_new_refuses_names_that_will_not_do(tmp_path, name, message, hint):
    with pytest.raises(CvdrillError, match=message) as refused:
        authoring.new(name, tmp_path)
    assert hint in refused.value.hint
    assert "\n" not in refused.value.message
    assert not list(tmp_path.iterdir())


def test_new_says_when_it_cannot_write(tmp_path):
    (tmp_path / "exercises").write_text("no folder", encoding="utf-8")
    with pytest.raises(CvdrillError, match="cannot be written"):
        authoring.new("arrays/centre", tmp_path)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": " "}, "The title is empty."),
        ({"minutes": 0}, "Minutes and seconds have to be positive."),
        ({"hints": ("a", "b")}, "There have to be three hints, from a nudge to nearly the answer."),
        ({"hints": ("a", "b", " ")}, "There have to be three hints, from a nudge to nearly the answer."),
        (
            {"banned": (Ban(("numpy.flip",), "no sentence"),)},
            "A ban names calls, and says in a sentence what is to be written instead.",
        ),
        (
            {"banned": (Ban(("flip",), "Slice."),)},
            "'flip' is banned, but is no dotted name such as numpy.flip.",
        ),
        ({"banned": (Ban(("a.b", "a.c"), "Do."), Ban(("a.b",), "Do."))}, "a.b is banned twice."),
    ],
)
def test_a_card_that_is_not_complete(drill, fields, message):
    assert messages(reading.card(drill)) == []
    changed = dataclasses.replace(drill, card=dataclasses.replace(drill.card, **fields))
    assert messages(reading.card(changed)) == [message]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    Examples\n    --------\n", "", "The section Examples is missing."),
        ("    References\n    ----------\n", "", "The section References is missing."),
        ("    Returns\n    -------\n", "", "centre lacks the section Returns or Yields."),
        ("    x : ndarray", "    y : ndarray", "centre does not describe the parameter x."),
        ("x: np.ndarray)", "x: np.ndarray, k: int = 1)", "centre does not describe the parameter k."),
        ("def centre", "def _centre", "The stub asks for no function and no class."),
    ],
)
def test_a_statement_that_lacks_something(drill, old, new, message):
    assert messages(reading.statement(drill)) == []
    edit(drill.stub, old, new)
    assert message in messages(reading.statement(drill))


def test_a_class_may_describe_its_methods_parameters_in_either_docstring(drill):
    drill.stub.write_text(
        '''\
class Layer:
    """Do.

    Parameters
    ----------
    size, depth : int
        Its size.

    Methods
    -------
    forward(x)
        Applies it.

    Examples
    --------
    >>> Layer

    References
    ----------
    A book.
    """

    def __init__(self, size: int, depth: int) -> None:
        raise NotImplementedError

    def forward(self, x: float) -> float:
        raise NotImplementedError

    def backward(self, grad: float) -> float:
        """Go back.

        Parameters
        ----------
        grad : float
            Of the result.
        """
        raise NotImplementedError

    def reset(self, hard: bool) -> None:
        raise NotImplementedError
''',
        encoding="utf-8",
    )
    assert messages(reading.statement(drill)) == ["Layer does not describe the parameter hard."]


@pytest.mark.parametrize("section", ["How it works", "Cost", "What the interviewer asks next", "Sources"])
def test_notes_that_lack_a_section(drill, section):
    assert messages(reading.notes(drill)) == []
    edit(drill.notes, f"## {section}\n", "## Something else\n")
    assert messages(reading.notes(drill)) == [f"The section {section!r} is missing or empty."]


def test_an_example_that_does_not_hold(drill):
    edit(drill.stub, "array([-2., -1.,  3.])", "array([-2., -1.,  4.])")
    (finding,) = reading.examples(drill)
    assert finding.message == "An example does not hold on the reference."
    assert "array([-2., -1.,  3.])" in finding.details


def test_a_missing_file_is_found_and_the_grading_left_out(drill):
    drill.mistakes.unlink()
    report = authoring.verify(drill, jobs=JOBS)
    assert messages(report.findings) == [f"{drill.mistakes} is missing."]
    assert not report.is_sound


@pytest.mark.parametrize("name", ["stub", "reference", "cases", "mistakes"])
def test_a_file_that_is_no_python(drill, name):
    getattr(drill, name).write_text("def centre(:\n", encoding="utf-8")
    (finding,) = authoring.verify(drill, jobs=JOBS).findings
    assert finding.message.startswith(f"{getattr(drill, name)} is no Python: invalid syntax")


def test_mistakes_that_cannot_be_imported(drill, grader):
    drill.mistakes.write_text("import no_such_library\n", encoding="utf-8")
    report = authoring.verify(drill, jobs=JOBS, mutate=False)
    (message,) = [finding.message for finding in report.findings if finding.check == "mistakes"]
    assert "cannot be imported: ModuleNotFoundError" in message


def test_a_reference_that_does_not_always_pass_is_tried_no_further(drill, grader):
    broken = Case("random_numbers", "Agrees.", Outcome.BROKEN, "This case fails on the reference too.")
    grader.says(Outcome.NOT_STARTED, of=drill.stub)
    grader.says(Outcome.BROKEN, of=drill.reference, seed=7, cases=(broken,))
    report = authoring.verify(drill, jobs=JOBS)
    (finding,) = report.findings
    assert finding.message == "The reference is BROKEN with the seed 7."
    assert "random_numbers: BROKEN This case fails" in finding.details
    assert len(grader.seeds) == 20
    assert report.mutants == 0


def test_a_stub_that_counts_as_started(drill, grader):
    report = authoring.verify(drill, jobs=JOBS, mutate=False)
    assert "The untouched stub should be NOT_STARTED, but is PASSED." in messages(report.findings)


def test_whatever_is_wrong_is_found(drill):
    edit(drill.cases, ".astype(np.float32)", "")
    edit(drill.mistakes, "np.median(x)", "np.mean(x)")
    edit(
        drill.mistakes,
        '    """You divide the sum by n - 1, as for an unbiased variance; a mean divides by n."""\n',
        "",
    )
    with drill.stub.with_suffix(".toml").open("a", encoding="utf-8") as card:
        card.write(
            '[[banned]]\ncalls = ["numpy.fliq", "numpy.flip", "no_such_library.flip"]\ninstead = "Slice."\n'
        )
    told = []
    drill = catalog.load([drill.stub.parents[2]]).find("centre")
    report = authoring.verify(drill, jobs=JOBS, mutate=False, on_finding=told.append)
    assert messages(report.findings) == [
        "No case passes float32 to centre, which takes float of any width.",
        "median_for_mean is not caught: it passes.",
        "divided_by_one_less has no docstring that says what went wrong.",
        "numpy.fliq is banned, but its library has no such thing.",
    ]
    assert tuple(told) == report.findings


def test_survivors_are_shown_unless_they_are_recorded_as_equivalent(drill):
    drill.reference.write_text(
        '"""A spread."""\n\n\ndef centre(x):\n    if len(x) > 0:\n        x = x - x.mean()\n    return x\n',
        encoding="utf-8",
    )
    record = '[[equivalent]]\nline = "if len(x) > 0:"\nmutant = "if {}:"\nreason = "There is one."\n'
    equivalents.path(drill).write_text(record.format("len(x) >= 0"), encoding="utf-8")
    steps = []
    report = authoring.verify(drill, jobs=JOBS, on_step=steps.append)
    survivors = {survivor.mutant: survivor for survivor in report.survivors}
    assert report.equivalent == 1
    assert {"if True:", "if len(x) != 0:", "if len(x) > -1:"} <= survivors.keys()
    assert "if len(x) >= 0:" not in survivors
    shown = survivors["if True:"]
    assert (shown.line, shown.function, shown.number) == ("if len(x) > 0:", "centre", 5)
    assert "-    if len(x) > 0:\n+    if True:\n" in shown.diff
    assert 0 < report.score < 1
    assert not report.is_sound
    assert (steps[-1].check, steps[-1].done) == ("mutants", steps[-1].total)


def test_a_mistake_that_is_not_explained_or_cannot_be_graded(drill, grader):
    one, other = authoring.mistakes(drill)
    case = Case("a", "A.", Outcome.FAILED, "Wrong.")
    grader.says(Outcome.FAILED, of=authoring.mistaken_source(drill, one), cases=(case,))
    grader.says(Outcome.INVALID, of=authoring.mistaken_source(drill, other))
    report = authoring.verify(drill, jobs=JOBS, mutate=False)
    assert [finding.message for finding in report.findings if finding.check == "mistakes"] == [
        "median_for_mean is caught, but not diagnosed.",
        "divided_by_one_less cannot be graded: INVALID.",
    ]


def test_a_ban_that_is_not_enforced(drill, grader):
    ban = Ban(("numpy.flip", "numpy.rot90", "numpy.roll"), "Slice.")
    drill = dataclasses.replace(drill, card=dataclasses.replace(drill.card, banned=(ban,)))
    printed = "refused numpy.flip\nallowed numpy.rot90\n"
    case = Case("a", "A.", Outcome.ERROR, "every banned call was tried", stdout=printed)
    grader.says(Outcome.ERROR, of=answers.calling_source(drill, ban), cases=(case,))
    report = authoring.verify(drill, jobs=JOBS, mutate=False)
    assert [finding.message for finding in report.findings if finding.check == "bans"] == [
        "numpy.rot90 is banned, but is not refused.",
        "The ban of numpy.roll could not be tried: ERROR.",
        "A banned call should be an ERROR that says 'Slice.'.",
    ]


def test_a_probe_tells_what_becomes_of_banned_calls(drill, capsys):
    ban = Ban(("math.sqrt", "math.no_such_thing", "no_such_library.f", "os.path.join"), "join() missing")
    submission = {}
    exec(answers.calling_source(drill, ban), submission)
    with pytest.raises(RuntimeError, match="was tried"):
        submission["centre"]()
    assert capsys.readouterr().out.splitlines() == [
        "allowed math.sqrt",
        "unknown math.no_such_thing",
        "absent no_such_library.f",
        "refused os.path.join",  # what it raises when called so says what the ban says
    ]


def test_a_grader_that_fails_on_a_mutant_catches_nothing(drill, grader, monkeypatch):
    monkeypatch.setattr(screening, "suspects", lambda drill, sources, **_: range(len(sources)))
    grader.otherwise = Outcome.BROKEN
    grader.says(Outcome.PASSED, of=drill.reference)
    grader.says(Outcome.NOT_STARTED, of=drill.stub)
    report = authoring.verify(drill, jobs=JOBS)
    assert report.mutants == 0
    assert messages(report.findings)[-1] == "The grader fails on a mutant."


def test_a_record_that_no_longer_applies_is_stale(drill, grader):
    grader.otherwise = Outcome.FAILED
    grader.says(Outcome.PASSED, of=drill.reference)
    record = '[[equivalent]]\nline = "{}"\nmutant = "{}"\nreason = "They are alike."\n\n'
    gone = record.format("return x", "return y")
    killed = record.format("return x - x.mean()  # (n,)", "return x + x.mean()  # (n,)")
    equivalents.path(drill).write_text(gone + killed, encoding="utf-8")
    report = authoring.verify(drill, jobs=JOBS)
    found = [finding for finding in report.findings if finding.check == "mutants"]
    assert [finding.details for finding in found] == [
        "return x\nreturn y",
        "return x - x.mean()  # (n,)\nreturn x + x.mean()  # (n,)",
    ]
    assert all("stale" in finding.message for finding in found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[equivalent]\n", "Expected"),
        ('[[other]]\nline = "a"\n', "nothing but"),
        ('[[equivalent]]\nline = "a"\nmutant = "b"\n', "line, mutant, reason"),
        ('[[equivalent]]\nline = "a"\nmutant = "b"\nreason = " "\n', "gives no reason"),
    ],
)
def test_records_that_cannot_be_read(drill, text, message):
    equivalents.path(drill).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        equivalents.read(drill)


def run(*words):
    """Type a command; return its exit code."""
    command = typer.main.get_command(dev.app)
    with Session() as session:
        return command.main([str(word) for word in words], "cvdrill dev", standalone_mode=False, obj=session)


def test_the_command_new_says_what_it_wrote_and_what_to_do_next(tmp_path, capsys):
    assert run("new", "arrays/centre", "--root", tmp_path) is ExitCode.DONE
    out = capsys.readouterr().out
    assert str(tmp_path / "exercises" / "arrays" / "centre.py") in out
    assert f"cvdrill dev verify centre --root {tmp_path}" in out


def test_the_command_verify_prints_findings_or_json(drill, tmp_path, capsys):
    drill.notes.unlink()
    drill.stub.with_suffix(".toml").write_text('title = "A"\nlevel = "easy"\nminutes = 1\n', encoding="utf-8")
    assert run("verify", "--root", tmp_path, "--jobs", JOBS) is ExitCode.NOT_PASSED
    out = capsys.readouterr().out
    assert f"{drill.notes} is missing." in out
    assert "✗ centre  2 findings" in out
    assert run("verify", "centre", "--root", tmp_path, "--json") is ExitCode.NOT_PASSED
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    assert (report["drill"], report["sound"], len(report["findings"])) == ("centre", False, 2)


def test_the_command_verify_refuses_a_folder_without_drills(tmp_path):
    with pytest.raises(CvdrillError, match="holds no drills"):
        run("verify", "--root", tmp_path)


# screening


def screened(drill, *sources):
    return list(screening.suspects(drill, sources, jobs=2))


def test_screening_finds_what_no_case_refuses(drill):
    right = drill.reference.read_text()
    name = drill.id
    loop = f"def {name}(x):\n    while True: pass\n"
    leave = f"def {name}(x):\n    import os; os._exit(0)\n"
    assert screened(drill, right, f"def {name}(x): return x + 1\n", loop, "1 / 0", right, "def (") == [0, 4]
    assert screened(drill) == []
    assert screened(drill, leave) == [0]  # the grader itself will see to it


def test_screening_leaves_all_to_the_grader_where_nothing_is_forked(drill, monkeypatch):
    monkeypatch.setenv("CVDRILL_FORK", "0")
    assert screened(drill, "1 / 0", "") == [0, 1]


def test_screening_needs_a_reference_that_passes(drill):
    drill.reference.write_text(f"def {drill.id}(x): return x\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="do not pass on the reference"):
        screened(drill, "")
