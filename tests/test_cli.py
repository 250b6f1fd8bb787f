"""The command line as a learner meets it: what is shown, what is kept, and with which code it ends."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

import cvdrill
from cvdrill import catalog, cli, grading, paths
from cvdrill.errors import CvdrillError
from cvdrill.model import Case, Diagnosis, Outcome, Runtime, Verdict
from cvdrill.store import open_store

PYTHONPATH = str(Path(cvdrill.__file__).resolve().parents[1])
RANDOM = Case(
    "random_boxes[60]", "Agrees with the reference on random boxes.", Outcome.PASSED, elapsed_s=0.012
)
EMPTY = Case("no_boxes", "No boxes give an empty integer array.", Outcome.PASSED, elapsed_s=0.001)
WRONG = replace(
    RANDOM,
    outcome=Outcome.FAILED,
    message="The shapes differ.",
    details="expected  (2,)\n\ngot       (1,)",
    call="nms(boxes, scores, 0.5)",
    stdout="kept [0]\n[bold]no markup[/bold]\n",
)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("CVDRILL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CVDRILL_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("VISUAL", "EDITOR", "FORCE_COLOR", "CVDRILL_DEBUG"):
        monkeypatch.delenv(name, raising=False)


class Learner:
    """Types commands, in this process, and lets time pass between them."""

    def __init__(self, capsys, tmp_path):
        self._capsys = capsys
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        self.file = tmp_path / "workspace" / "detection" / "nms.py"
        self.error = ""

    def wait(self, **span):
        self.now += timedelta(**span)

    def types(self, *words, code=0):
        self._capsys.readouterr()
        found = cli.run(words, now=lambda: self.now)
        out, self.error = self._capsys.readouterr()
        assert found == code, out + self.error
        return out

    def writes(self, text):
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(text, encoding="utf-8")

    @property
    def backups(self):
        return sorted(path for path in self.file.parent.glob("nms.*.py"))

    @property
    def history(self):
        return open_store(paths.database())


@pytest.fixture
def learner(capsys, tmp_path):
    return Learner(capsys, tmp_path)


@pytest.fixture
def grades(monkeypatch):
    """Put a verdict in the place of the grader's processes."""

    def answer(*cases, outcome=None, **fields):
        worst = outcome or max((case.outcome for case in cases), key=lambda one: one.rank)
        verdict = Verdict("nms", worst, seed=123, cases=cases, **fields)

        def grade(drill, source, *, path=None, case=None, seed=None, limits=None, on_case=None):
            for one in cases:
                if on_case is not None:
                    on_case(one)
            return replace(verdict, drill=drill.id)

        monkeypatch.setattr(grading, "grade", grade)

    return answer


def shell(*words, cwd, timeout=60, **variables):
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "cvdrill", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": PYTHONPATH, **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


# start


def test_start_hands_out_the_stub_and_says_where_it_is_and_what_to_type(learner):
    shown = learner.types("start", "nms")
    assert learner.file.read_bytes() == catalog.load().find("nms").stub.read_bytes()
    assert str(learner.file) in shown
    assert "Non-maximum suppression" in shown
    assert "medium" in shown
    assert "par 15:00" in shown
    assert "def nms(" in shown
    assert shown.rstrip().endswith("cvdrill check")


def test_start_without_a_name_takes_the_first_drill_and_then_goes_on_with_it(learner):
    first = catalog.load().drills[0].id
    learner.types("start")
    assert learner.history.current().drill == first
    learner.wait(minutes=3)
    assert "03:00 of" in learner.types("start")
    assert len(learner.history.attempts()) == 1


def test_start_without_a_name_says_so_when_all_is_solved(learner, grades):
    grades(EMPTY)
    for _ in catalog.load().drills:
        learner.types("start")
        learner.types("check")
    assert "drills are solved" in learner.types("start")


def test_starting_again_resumes_with_the_clock_and_leaves_the_file(learner):
    learner.types("start", "nms")
    learner.writes("mine = 1\n")
    learner.wait(minutes=4, seconds=12)
    assert "04:12 of 15:00" in learner.types("start", "nms")
    assert learner.file.read_text() == "mine = 1\n"
    assert learner.backups == []


def test_starting_a_paused_drill_lets_its_clock_run_on(learner):
    learner.types("start", "nms")
    learner.wait(minutes=1)
    learner.types("pause")
    learner.wait(hours=8)
    assert "was paused, and goes on at 01:00 of 15:00" in learner.types("start", "nms")
    learner.wait(minutes=1)
    assert "02:00 of 15:00" in learner.types("start", "nms")


def test_start_hands_the_stub_out_again_when_the_file_is_gone(learner):
    learner.types("start", "nms")
    learner.file.unlink()
    assert "the file was gone" in learner.types("start", "nms")
    assert learner.file.is_file()


def test_start_keeps_a_file_that_was_there_before_any_attempt(learner):
    learner.writes("from before\n")
    assert "left as it is" in learner.types("start", "nms")
    assert learner.file.read_text() == "from before\n"


def test_a_fresh_start_keeps_the_old_file_and_says_where(learner):
    learner.types("start", "nms")
    learner.writes("mine = 1\n")
    learner.wait(minutes=20)
    shown = learner.types("start", "nms", "--fresh")
    [backup] = learner.backups
    assert str(backup) in shown
    assert backup.read_text() == "mine = 1\n"
    assert learner.file.read_bytes() == catalog.load().find("nms").stub.read_bytes()
    learner.wait(minutes=1)
    assert "01:00 of 15:00" in learner.types("start", "nms")


def test_a_solved_drill_is_not_started_anew_unless_asked(learner, grades):
    grades(EMPTY)
    learner.types("start", "nms")
    learner.writes("right = 1\n")
    learner.wait(minutes=12, seconds=34)
    learner.types("check")
    learner.wait(days=1)
    shown = learner.types("start", "nms")
    assert "Solved already" in shown
    assert "12:34, 02:26 under par" in shown
    assert "--fresh" in shown
    assert learner.file.read_text() == "right = 1\n"
    assert len(learner.history.attempts()) == 1


def test_a_damaged_history_stops_a_fresh_start_before_the_file_is_touched(learner):
    learner.types("start", "nms")
    learner.writes("mine = 1\n")
    paths.database().write_bytes(b"no database" * 1000)
    learner.types("start", "nms", "--fresh", code=3)
    assert "damaged" in learner.error
    assert learner.file.read_text() == "mine = 1\n"


def test_open_gives_the_file_to_an_editor_that_has_arguments(learner, tmp_path, monkeypatch):
    seen = tmp_path / "seen"
    editor = tmp_path / "my editor"
    editor.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {seen}\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.setenv("VISUAL", f"'{editor}' --wait")
    learner.types("start", "nms", "--open")
    assert seen.read_text().splitlines() == ["--wait", str(learner.file)]


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("", "names an editor"),
        ("false", "status 1"),
        ("no-such-editor", "could not be started"),
        ("vi '", "understood"),
    ],
)
def test_an_editor_that_is_missing_or_fails_is_said_in_one_line(learner, monkeypatch, editor, words):
    monkeypatch.setenv("EDITOR", editor)
    learner.types("start", "nms", "--open", code=2)
    assert words in learner.error
    assert len(learner.error.splitlines()) == 2


def test_without_an_editor_no_clock_is_started(learner):
    learner.types("start", "nms", "--open", code=2)
    assert not learner.file.exists()
    assert not paths.database().exists()


def test_the_workspace_option_goes_before_the_variable(learner, tmp_path, grades):
    grades(WRONG)
    elsewhere = tmp_path / "else where"
    learner.types("start", "nms", "--workspace", str(elsewhere))
    assert (elsewhere / "detection" / "nms.py").is_file()
    assert not learner.file.exists()
    shown = learner.types("--workspace", str(elsewhere), "check", code=1)
    assert f"cvdrill check nms --workspace '{elsewhere}'" in shown


# check


def test_the_first_pass_stops_the_clock_and_names_the_next_drill(learner, grades):
    learner.types("start", "nms")
    grades(WRONG)
    learner.types("check", code=1)
    learner.wait(minutes=12, seconds=34)
    grades(EMPTY, RANDOM)
    shown = learner.types("check")
    assert "Solved in 12:34, 02:26 under par, with 2 checks." in shown
    assert "cvdrill start " in shown
    learner.wait(hours=1)
    assert "stopped at 12:34" in learner.types("check")


def test_a_pass_over_par_says_by_how_much(learner, grades):
    grades(EMPTY)
    learner.types("start", "nms")
    learner.wait(hours=1, minutes=1, seconds=1)
    assert "Solved in 1:01:01, 46:01 over par, with the first check." in learner.types("check")


def test_every_case_has_a_line_and_the_first_failing_one_is_explained(learner, grades):
    learner.types("start", "nms")
    grades(EMPTY, WRONG, replace(WRONG, name="touching", title="Touching boxes.", outcome=Outcome.TIMEOUT))
    shown = learner.types("check", code=1)
    lines = shown.splitlines()
    [passed] = [line for line in lines if "✓ no_boxes" in line]
    assert passed.split()[-2:] == ["1", "ms"]
    [slow] = [line for line in lines if "✗ touching" in line]
    assert "TIMEOUT" in slow
    assert "TIMEOUT  1 of 3 cases passed" in shown
    assert "Agrees with the reference on random boxes." in shown
    assert "nms(boxes, scores, 0.5)" in shown
    assert "The shapes differ." in shown
    assert "got       (1,)" in shown
    assert "Touching boxes." not in shown
    assert "cvdrill check nms --case 'random_boxes[60]' --seed 123" in shown


def test_a_long_call_is_broken_after_each_argument(learner, grades):
    learner.types("start", "nms")
    boxes = "np.array([[0.0, 0.0, 2.0, 1.0], [0.0, 0.0, 1.0, 1.0]])"
    grades(replace(WRONG, call=f"nms({boxes}, np.array([0.9, 0.8]), 0.5)"))
    shown = learner.types("check", code=1)
    assert f"    nms(\n        {boxes},\n        np.array([0.9, 0.8]),\n        0.5,\n    )\n" in shown


def test_what_the_code_printed_is_shown_as_it_is(learner, grades):
    learner.types("start", "nms")
    grades(replace(WRONG, message="[red]a[/red]", details=":smile:"))
    shown = learner.types("check", code=1)
    for text in ("[bold]no markup[/bold]", "[red]a[/red]", ":smile:"):
        assert text in shown


def test_a_flood_of_prints_does_not_push_the_verdict_away(learner, grades):
    learner.types("start", "nms")
    grades(replace(WRONG, stdout="".join(f"line {n}\n" for n in range(1000))))
    shown = learner.types("check", code=1)
    assert "line 0" in shown
    assert "line 999" not in shown
    assert "960 more lines" in shown


def test_a_known_mistake_is_told_before_the_numbers(learner, grades):
    learner.types("start", "nms")
    grades(WRONG, diagnoses=(Diagnosis("plus_one", "You add one to the width."),))
    shown = learner.types("check", code=1)
    assert shown.index("You add one to the width.") < shown.index("The shapes differ.")


def test_a_drill_that_was_never_started_is_not_checked(learner):
    learner.types("check", "nms", code=2)
    assert learner.error == "error: nms is not started.\n  next: cvdrill start nms\n"
    assert not paths.database().exists()


def test_check_without_a_name_and_without_a_drill_says_what_to_type(learner):
    learner.types("check", code=2)
    assert "cvdrill start" in learner.error


def test_check_without_a_name_takes_the_drill_last_touched(learner, grades):
    grades(EMPTY)
    learner.types("start", "slicing")
    learner.types("start", "nms")
    learner.types("start", "slicing")
    learner.types("check")
    assert [check.drill for check in learner.history.checks()] == ["slicing"]


def test_a_file_without_an_attempt_is_graded_and_starts_one(learner, grades):
    grades(WRONG)
    learner.writes("mine = 1\n")
    learner.types("check", "nms", code=1)
    [check] = learner.history.checks("nms")
    assert learner.history.source(check.id) == b"mine = 1\n"


def test_a_check_ends_a_pause_and_says_so(learner, grades):
    grades(WRONG)
    learner.types("start", "nms")
    learner.wait(minutes=1)
    learner.types("pause")
    learner.wait(hours=3)
    assert "was paused, and goes on at 01:00 of 15:00" in learner.types("check", code=1)
    learner.wait(minutes=1)
    assert "02:00 of 15:00" in learner.types("check", code=1)


@pytest.mark.parametrize("paused", [False, True])
def test_a_check_of_some_cases_stops_no_clock_and_is_not_recorded(learner, grades, paused):
    grades(RANDOM)
    learner.types("start", "nms")
    if paused:
        learner.types("pause")
    learner.wait(minutes=1)
    assert "nothing was recorded" in learner.types("check", "--case", "random_boxes")
    assert learner.history.checks() == ()
    attempt = learner.history.attempt("nms")
    assert attempt.passed_at is None
    assert not attempt.paused


def test_a_fault_of_the_grader_does_not_count_against_the_learner(learner, grades):
    grades(outcome=Outcome.BROKEN, message="The judge ended without a verdict.")
    learner.types("start", "nms")
    shown = learner.types("check", code=3)
    assert "BROKEN" in shown
    assert "The judge ended without a verdict." in shown
    assert "not of your code" in shown
    grades(EMPTY)
    assert "with the first check" in learner.types("check")


def test_a_file_that_is_none_is_invalid_in_one_line(learner, monkeypatch):
    monkeypatch.setattr(
        grading, "invalid", lambda drill, message: Verdict(drill.id, Outcome.INVALID, 0, message=message)
    )
    learner.types("start", "nms")
    learner.file.unlink()
    learner.file.mkdir()
    shown = learner.types("check", code=1)
    assert "INVALID" in shown
    assert "directory" in shown
    assert "Traceback" not in shown
    assert learner.history.checks("nms")[0].outcome is Outcome.INVALID


@pytest.mark.parametrize("words", [("check",), ("check", "nms")])
def test_the_verdict_is_shown_although_the_history_cannot_keep_it(learner, grades, words):
    learner.types("start", "slicing")
    learner.types("start", "nms")
    os.utime(learner.file, (2e9, 2e9))
    paths.database().write_bytes(b"no database" * 1000)
    grades(EMPTY)
    shown = learner.types(*words, code=3)
    assert "Non-maximum suppression" in shown
    assert "PASSED" in shown
    assert "Solved" not in shown
    assert learner.error.startswith("warning: This check was not recorded.")


def test_an_unknown_case_is_a_mistake_in_the_command(learner, monkeypatch):
    def grade(*_, **__):
        raise CvdrillError("There is no case 'randm'. Did you mean random_boxes?", "cvdrill check nms")

    monkeypatch.setattr(grading, "grade", grade)
    learner.types("start", "nms")
    learner.types("check", "--case", "randm", code=2)
    assert "Did you mean random_boxes?" in learner.error


def test_json_of_a_check_holds_all_there_is_and_nothing_else_is_printed(learner, grades):
    learner.types("start", "nms")
    learner.wait(seconds=90)
    grades(EMPTY, WRONG, diagnoses=(Diagnosis("plus_one", "You add one."),), stdout="loading\n")
    found = json.loads(learner.types("check", "--json", code=1))
    assert found == {
        "version": 1,
        "command": "check",
        "drill": "nms",
        "outcome": "FAILED",
        "passed": 1,
        "total": 2,
        "elapsed_s": 90.0,
        "par_s": 900,
        "seed": 123,
        "runtime": None,
        "message": "",
        "details": "",
        "stdout": "loading\n",
        "cases": [
            {
                "name": case.name,
                "title": case.title,
                "outcome": case.outcome.value,
                "message": case.message,
                "details": case.details,
                "call": case.call,
                "stdout": case.stdout,
                "elapsed_s": case.elapsed_s,
            }
            for case in (EMPTY, WRONG)
        ],
        "diagnoses": [{"mistake": "plus_one", "sentence": "You add one."}],
        "partial": False,
        "recorded": True,
    }
    assert learner.error == ""


@pytest.mark.parametrize(
    "words", [("check", "nms", "--json"), ("check", "nsm", "--json"), ("check", "--jsn", "--json")]
)
def test_errors_are_json_too_when_json_is_asked_for(learner, words):
    found = json.loads(learner.types(*words, code=2))
    assert found["version"] == 1
    assert found["error"]["message"]
    assert found["error"]["hint"].startswith("cvdrill ")
    assert learner.error == ""


# pause, resume, reset, show


def test_a_pause_keeps_time_off_the_clock(learner):
    learner.types("start", "nms")
    learner.wait(minutes=2)
    assert "paused at 02:00" in learner.types("pause")
    learner.wait(hours=9)
    assert "goes on at 02:00" in learner.types("resume")
    learner.types("resume", code=2)
    learner.types("pause", "nms")
    learner.types("pause", "nms", code=2)
    assert "cvdrill resume nms" in learner.error


def test_reset_puts_the_stub_back_keeps_the_file_and_lets_the_clock_run(learner):
    learner.types("start", "nms")
    learner.writes("mine = 1\n")
    learner.wait(minutes=5)
    shown = learner.types("reset", "nms")
    [backup] = learner.backups
    assert str(backup) in shown
    assert backup.read_text() == "mine = 1\n"
    assert "goes on at 05:00" in shown
    assert len(learner.history.attempts()) == 1


def test_reset_of_the_untouched_stub_makes_no_backup(learner):
    learner.types("start", "nms")
    learner.types("reset", "nms")
    assert learner.backups == []


def test_reset_of_a_drill_that_was_never_started_makes_nothing(learner):
    learner.types("reset", "nms", code=2)
    assert not learner.file.exists()


def test_show_needs_no_attempt_and_leaves_no_trace(learner, tmp_path):
    assert "def nms(" in learner.types("show", "nms")
    files = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert files == ["cards.json"]  # which can be made again


@pytest.mark.parametrize("name", [drill.id for drill in catalog.load().drills])
def test_a_statement_fits_sixty_columns_and_loses_no_word(learner, monkeypatch, name):
    monkeypatch.setenv("COLUMNS", "60")
    shown = learner.types("show", name)
    assert max(map(cell_len, shown.splitlines())) <= 60
    statement = catalog.statement(catalog.load().find(name))
    wanted = " ".join([statement.doc, *(part.doc for part in statement.parts)])
    letters = [char for char in wanted if char.isalnum()]
    left = iter(shown)
    assert all(char in left for char in letters)


# list, progress


def test_list_filters_and_searches(learner, grades):
    def listed(*words):
        return [one["drill"] for one in json.loads(learner.types("list", "--json", *words))["drills"]]

    everything = [drill.id for drill in catalog.load().drills]
    assert listed() == everything
    assert listed("--topic", "detection") == [
        one.id for one in catalog.load().drills if one.topic == "detection"
    ]
    assert sorted(listed("suppression")) == ["batched_nms", "nms", "soft_nms"]
    assert listed("DETECTION", "non-maximum", "class") == ["batched_nms"]
    assert "batchnorm_backward" in listed("batchnorm-back")
    assert "nms" in listed("--level", "medium")
    assert "nms" not in listed("--level", "easy")
    learner.types("start", "nms")
    assert listed("--status", "started") == ["nms"]
    grades(EMPTY)
    learner.types("check")
    assert listed("--status", "solved") == ["nms"]
    assert listed("--status", "new") == [name for name in everything if name != "nms"]


def test_list_says_when_nothing_matches(learner):
    assert "No drill matches" in learner.types("list", "no-such-thing")


def test_an_unknown_topic_is_answered_with_the_closest(learner):
    learner.types("list", "--topic", "detecton", code=2)
    assert "Did you mean detection?" in learner.error


def test_progress_of_somebody_new_says_what_to_type_and_makes_no_history(learner, tmp_path):
    shown = learner.types("progress")
    assert f"cvdrill start {catalog.load().drills[0].id}" in shown
    assert not (tmp_path / "home" / "history.sqlite3").exists()


def test_progress_shows_times_against_par_checks_and_streak(learner, grades):
    learner.types("start", "nms")
    grades(WRONG)
    learner.types("check", code=1)
    learner.wait(days=1)
    grades(EMPTY, runtime=Runtime(1.84))
    learner.types("start", "nms", "--fresh")
    learner.wait(minutes=9)
    learner.types("check")
    learner.types("start", "nms", "--fresh")
    learner.wait(minutes=11)
    grades(EMPTY, runtime=Runtime(24.3, at_least=True))
    assert "more than 24× the reference's time" in learner.types("check")
    shown = learner.types("progress")
    [row] = [line.split() for line in shown.splitlines() if "✓ nms" in line]
    assert row == ["✓", "nms", "09:00", "11:00", "15:00", "1", ">24×"]
    assert "2 days in a row" in shown
    found = json.loads(learner.types("progress", "--json"))
    assert found["version"] == 1
    assert found["solved"] == 1
    assert found["streak_days"] == 2
    assert found["drills"][0]["best_s"] == 540.0
    assert found["drills"][0]["runtime"] == {"ratio": 24.3, "at_least": True}


@pytest.mark.parametrize("command", ["progress", "list", "start", "check"])
def test_every_screen_fits_sixty_columns(learner, grades, monkeypatch, tmp_path, command):
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("CVDRILL_WORKSPACE", "/tmp/w")  # only the path itself may be longer
    grades(
        EMPTY, replace(RANDOM, name="a_very_long_name_of_a_case_that_says_all_that_it_wants_to_say[1-2-3]")
    )
    learner.types("start", "batchnorm_backward", "--workspace", str(tmp_path))
    shown = learner.types(command, *(["--workspace", str(tmp_path)] if command in {"start", "check"} else []))
    for line in shown.replace(str(tmp_path), "~").splitlines():
        assert len(line) <= 60, line


# the program as a whole


@pytest.mark.parametrize(
    "command", ["start", "check", "progress", "list", "show", "reset", "pause", "resume", "doctor"]
)
def test_the_help_of_every_command_has_an_example(learner, command):
    shown = learner.types(command, "-h")
    assert "Examples:" in shown
    assert f"  cvdrill {command}" in shown
    assert learner.types(command, "--help") == shown


def test_without_a_command_there_is_help(learner):
    assert "cvdrill start nms" in learner.types()
    assert learner.types() == learner.types("--help")


def test_the_version_is_told(learner):
    assert learner.types("--version") == f"cvdrill {cvdrill.__version__}\n"


def test_names_are_taken_in_every_spelling_and_a_wrong_one_is_answered_with_the_closest(learner):
    for name in ("box-iou", "box_iou", "detection/box_iou"):
        assert "def box_iou(" in learner.types("show", name)
    learner.types("show", "box_iuo", code=2)
    assert learner.error.splitlines() == [
        "error: There is no drill called 'box_iuo'. Did you mean box_iou?",
        "  next: cvdrill show box_iou",
    ]


@pytest.mark.parametrize(
    "words", [("strat",), ("start", "--frsh"), ("list", "--level", "tough"), ("show", "a", "b")]
)
def test_a_mistyped_command_is_one_line_and_a_way_out(learner, words):
    learner.types(*words, code=2)
    problem, way_out = learner.error.splitlines()
    assert problem.startswith("error: ")
    assert way_out.startswith("  next: cvdrill")


def test_a_fault_of_ours_is_one_line_and_its_traceback_can_be_had(learner, grades, monkeypatch):
    learner.types("start", "nms")
    monkeypatch.setattr(grading, "grade", lambda *_, **__: 1 / 0)
    learner.types("check", code=3)
    assert learner.error.splitlines() == [
        "error: cvdrill has a fault: ZeroDivisionError: division by zero",
        "  next: CVDRILL_DEBUG=1 cvdrill check",
    ]
    monkeypatch.setenv("CVDRILL_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.run(["check"])


def test_doctor_names_versions_places_and_a_sound_history(learner):
    assert "begins with the first drill" in learner.types("doctor")
    learner.types("start", "nms")
    shown = learner.types("doctor")
    for text in ("numpy", "torch", "pytest", str(paths.database()), "sound"):
        assert text in shown


def test_doctor_reports_a_damaged_history_and_everything_else_too(learner):
    learner.types("start", "nms")
    paths.database().write_bytes(b"no database" * 1000)
    shown = learner.types("doctor", code=3)
    assert "damaged" in shown
    assert "numpy" in shown


HEAVY = ("torch", "numpy", "pytest", "rich.markdown", "rich.traceback", "rich.syntax")


@pytest.mark.parametrize(
    "words", [["--help"], ["list"], ["progress"], ["show", "nms"], ["start", "nms"], ["doctor"]]
)
def test_only_a_check_loads_what_grading_needs(tmp_path, words):
    program = (
        "import sys; from cvdrill.__main__ import main; code = main();"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env={**os.environ, "PYTHONPATH": PYTHONPATH},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == "[]\n"


def test_the_pipes_reader_may_leave(tmp_path):
    command = f"{sys.executable} -m cvdrill list; echo $? >&2"
    done = subprocess.run(
        ["bash", "-c", f"({command}) | true"],
        env={**os.environ, "PYTHONPATH": PYTHONPATH},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "0\n"


def test_a_terminal_that_knows_only_ascii_gets_ascii(tmp_path):
    done = shell("progress", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "...." in done.stdout


def test_a_pipe_gets_no_colours(tmp_path):
    assert "\x1b" not in shell("progress", cwd=tmp_path).stdout


def test_files_in_the_current_folder_do_not_stand_in_for_modules(tmp_path):
    for name in ("random", "numpy", "typer", "json", "enum", "signal"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('shadowed')")
    done = shell("list", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_shell_completes_drill_names(tmp_path):
    done = shell(
        cwd=tmp_path, _CVDRILL_COMPLETE="complete_bash", COMP_WORDS="cvdrill start nm", COMP_CWORD="2"
    )
    assert done.stdout.split() == ["nms"]
