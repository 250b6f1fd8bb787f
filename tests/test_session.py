"""A newcomer's first session, typed in a real terminal and graded by the real grader."""

import json
import os
import re
import signal
import sys
import time
from pathlib import Path

import pexpect
import pytest

import cvdrill

from processes import until

# Python warns when a terminal is opened while a library of another test has threads.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

PYTHONPATH = str(Path(cvdrill.__file__).resolve().parents[1])
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")

WRONG = """
import numpy as np

def nms(boxes, scores, iou_threshold):
    print("threshold", iou_threshold)
    order = list(np.argsort(-scores, kind="stable"))
    kept = []
    while order:
        best = order.pop(0)
        kept.append(best)
        order = [i for i in order if iou(boxes[best], boxes[i]) < iou_threshold]
    return np.array(kept, dtype=int)

def iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (areas - width * height)
"""
RIGHT = WRONG.replace("< iou_threshold", "<= iou_threshold")
HANGING = """
def nms(boxes, scores, iou_threshold):
    open({marker!r}, "w").close()
    while True:
        pass
"""


class Terminal:
    """A terminal in which one program runs at a time."""

    def __init__(self, folder, columns):
        self.file = folder / "workspace" / "detection" / "nms.py"
        self._folder = folder
        self._columns = columns
        self._env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
        self._env |= {
            "CVDRILL_HOME": str(folder / "home"),
            "CVDRILL_WORKSPACE": str(folder / "workspace"),
            "PYTHONPATH": PYTHONPATH,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }

    def spawns(self, *words):
        return pexpect.spawn(
            sys.executable,
            ["-m", "cvdrill", *words],
            env=self._env,
            cwd=str(self._folder),
            dimensions=(50, self._columns),
            encoding="utf-8",
            timeout=60,
            # Ctrl-C is ignored by whatever was started in the background.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def types(self, *words, code=0):
        child = self.spawns(*words)
        child.expect(pexpect.EOF)
        child.close()
        shown = ESCAPES.sub("", child.before).replace("\r\n", "\n")
        assert child.exitstatus == code, shown
        assert "Traceback" not in shown
        return shown

    def history(self):
        shown = self.types("progress", "--json")
        return {one["drill"]: one for one in json.loads(shown)["drills"]}


@pytest.fixture(params=[60, 80, 120])
def terminal(request, tmp_path):
    return Terminal(tmp_path, request.param)


def test_a_newcomer_starts_fails_solves_and_sees_progress(terminal):
    shown = terminal.types("start", "nms")
    assert "Non-maximum suppression" in shown
    assert "cvdrill check" in shown

    assert "NOT_STARTED" in terminal.types("check", code=1)

    terminal.file.write_text(WRONG)
    shown = terminal.types("check", code=1)
    assert re.search(r"✗ a_box_exactly_at_the_threshold_stays\S* +FAILED", shown)
    assert "IoU equal to the threshold does not suppress." in shown
    assert "nms(" in shown
    assert re.search(r"expected .*\[0, 1\]", shown)
    assert re.search(r"got .*\[0\]", shown)
    assert "threshold 0.5" in shown

    terminal.file.write_text(RIGHT)
    shown = terminal.types("check")
    assert "PASSED" in shown
    assert re.search(r"Solved in 00:\d\d, (14:\d\d|15:00) under par, with 3\s+checks\.", shown)

    assert re.search(r"✓ nms +00:\d\d +00:\d\d +15:00 +3", terminal.types("progress"))


def test_ctrl_c_ends_a_check_at_once_and_leaves_nothing_behind(tmp_path):
    terminal = Terminal(tmp_path, 80)
    terminal.types("start", "nms")
    marker = tmp_path / "hanging"
    terminal.file.write_text(HANGING.format(marker=str(marker)))
    child = terminal.spawns("check")
    child.expect("grading")
    until(marker.exists)
    begun = time.monotonic()
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert time.monotonic() - begun < 5
    assert child.exitstatus == 130
    assert "Stopped." in child.before
    assert "Traceback" not in child.before
    assert terminal.history()["nms"]["checks"] == 0
    # Whatever was started for this check knows the folder, as an argument or in its environment.
    assert _processes_that_mention(str(tmp_path)) == []


def _processes_that_mention(text):
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            content = process.joinpath("environ").read_bytes() + process.joinpath("cmdline").read_bytes()
        except OSError:
            continue
        if text.encode() in content and process.name != str(os.getpid()):
            found.append(process.name)
    return found
