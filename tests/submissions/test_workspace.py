"""What lies in the learner's folder, or is no file at all, meets the whole command."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cvdrill.store import open_store

from processes import until

COMMAND = Path(sys.executable).with_name("cvdrill")  # `python -m` would look into the current folder first
RIGHT = """
import numpy as np

def one_hot(labels, num_classes):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("a label is out of range")
    return np.eye(num_classes)[labels]
"""
WRONG = RIGHT.replace("np.eye(num_classes)", "2 * np.eye(num_classes)")


class Learner:
    """Works in a folder of their own, from the folder of the topic."""

    def __init__(self, folder):
        self.folder = folder / "workspace" / "arrays"
        self.folder.mkdir(parents=True)
        self.file = self.folder / "one_hot.py"
        self._env = {
            **os.environ,
            "CVDRILL_HOME": str(folder / "home"),
            "CVDRILL_WORKSPACE": str(folder / "workspace"),
        }

    def types(self, *words):
        return subprocess.Popen(
            [COMMAND, *words, "--json"],
            cwd=self.folder,
            env=self._env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def checks(self):
        return self.reads(self.types("check", "one_hot"))

    def reads(self, child):
        """Return the exit code of a command, and what it says."""
        out, err = child.communicate(timeout=120)
        assert b"Traceback" not in err
        return child.returncode, json.loads(out)

    def status(self):
        _, listing = self.reads(self.types("list"))
        return next(drill["status"] for drill in listing["drills"] if drill["drill"] == "one_hot")


@pytest.fixture
def learner(tmp_path):
    return Learner(tmp_path)


def trap(path, marker):
    """Write a file that betrays that somebody has run it."""
    path.write_text(f"open({str(marker)!r}, 'a').write(__file__)\nraise SystemExit(0)\n")


@pytest.mark.parametrize(("source", "code", "status"), [(RIGHT, 0, "solved"), (WRONG, 1, "started")])
def test_files_beside_the_answer_change_nothing(learner, tmp_path, source, code, status):
    marker = tmp_path / "somebody ran it"
    for folder in (learner.folder, learner.folder.parent):
        for name in (
            "conftest",
            "sitecustomize",
            "usercustomize",
            "numpy",
            "torch",
            "random",
            "pytest",
            "cvdrill",
        ):
            trap(folder / f"{name}.py", marker)
        for name in ("pytest.ini", "tox.ini", "setup.cfg"):
            (folder / name).write_text(
                "[pytest]\naddopts = --co -p no:python\n[tool:pytest]\naddopts = --co\n"
            )
        (folder / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = "--co"\n')
    learner.file.write_text(source)
    assert learner.checks()[0] == code
    assert learner.status() == status
    assert not marker.exists()


def test_an_import_of_a_neighbour_finds_the_library(learner, tmp_path):
    trap(learner.folder / "numpy.py", tmp_path / "marker")
    learner.file.write_text(RIGHT + "\nimport numpy\nassert numpy.__version__\n")
    assert learner.checks()[0] == 0


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda path: None, "is not there"),
        (lambda path: path.mkdir(), "is a directory"),
        (os.mkfifo, "is a named pipe"),
        (lambda path: path.symlink_to("nowhere.py"), "nowhere.py"),
        (lambda path: path.symlink_to("/dev/zero"), "is a device"),
        (lambda path: path.symlink_to(path.name), "leads back to itself"),
    ],
    ids=["nothing", "directory", "pipe", "dangling link", "device", "circular link"],
)
def test_what_is_no_file_is_invalid_at_once(learner, make, word):
    learner.file.write_text(RIGHT)
    assert learner.checks()[0] == 0
    learner.file.unlink()
    make(learner.file)
    code, result = learner.checks()
    assert (code, result["outcome"]) == (1, "INVALID")
    assert word in result["message"]


def test_a_link_to_a_file_is_a_file(learner, tmp_path):
    (tmp_path / "mine.py").write_text(RIGHT)
    learner.file.symlink_to(tmp_path / "mine.py")
    assert learner.checks()[0] == 0


def test_a_file_that_is_saved_during_a_check_is_graded_as_the_history_keeps_it(learner, tmp_path):
    begun, saved = tmp_path / "begun", tmp_path / "saved"
    waits = f"open({str(begun)!r}, 'w').close()\nwhile not os.path.exists({str(saved)!r}): pass\n"
    before = f"{WRONG}\nimport os\n{waits}"
    learner.file.write_text(before)
    child = learner.types("check", "one_hot")
    until(begun.exists)
    learner.file.write_text(RIGHT)
    saved.touch()
    _, result = learner.reads(child)
    with open_store(tmp_path / "home" / "history.sqlite3") as store:
        (check,) = store.checks("one_hot")
        kept = store.source(check.id)
    assert (result["outcome"], kept) in [("FAILED", before.encode()), ("PASSED", RIGHT.encode())]
    assert check.outcome == result["outcome"]
