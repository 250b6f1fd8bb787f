"""Every file of the table goes through the real grader."""

import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from cvdrill import catalog, grading
from cvdrill.model import Outcome

sys.path.insert(0, str(Path(__file__).parent))
from table import SUBMISSIONS

PACK = Path(__file__).parent.parent / "pack"
LIMITS = grading.Limits(call_s=1.5, check_s=6.0, memory_bytes=512 * 2**20)


def processes(tag):
    """Return the commands of the living processes that inherited an environment with `tag`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and entry.name != str(os.getpid()):
            try:
                if tag in (entry / "environ").read_bytes():
                    found.append((entry / "cmdline").read_bytes())
            except OSError:  # it ended meanwhile
                continue
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize("submission", SUBMISSIONS, ids=lambda s: s.name.replace(" ", "-"))
def test_submission(submission, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("CVDRILL_TEST", str(tmp_path))
    drill = catalog.load([PACK]).find(submission.drill)
    source = submission.source.encode() if isinstance(submission.source, str) else submission.source
    source = source.replace(b"PACK", repr(str(PACK)).encode())
    begun = time.monotonic()
    verdict = grading.grade(drill, source, limits=LIMITS)
    elapsed = time.monotonic() - begun
    bad = next((case for case in verdict.cases if case.outcome is not Outcome.PASSED), None)
    told = [verdict.message, verdict.details, verdict.stdout]
    told += [bad.message, bad.details, bad.stdout] if bad else []
    assert verdict.outcome is submission.outcome, (verdict.outcome, told)
    assert submission.word in "\n".join(told)
    assert not any(character in text for text in told for character in "\x1b\x07\u202e")
    assert all(len(text) < 100_000 for text in told)
    assert elapsed < LIMITS.check_s + 10
    assert not processes(str(tmp_path).encode()), "a process was left behind"
    assert not list(tmp_path.iterdir()), "a temporary file was left behind"
    if submission.outcome is Outcome.TIMEOUT and submission.name == "one case hangs":
        assert verdict.passed == verdict.total - 1
