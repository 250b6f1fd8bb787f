"""Every file of the table goes through the real grader."""

import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from cvdrill import catalog, grading
from cvdrill.model import Outcome

from processes import with_word
from submissions.table import SUBMISSIONS

PACK = Path(__file__).parent.parent / "pack"
LIMITS = grading.Limits(call_s=1.5, check_s=6.0, memory_bytes=512 * 2**20)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize("submission", SUBMISSIONS, ids=lambda s: s.name.replace(" ", "-"))
def test_submission(submission, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    drill = catalog.load([PACK]).find(submission.drill)
    source = submission.source.encode() if isinstance(submission.source, str) else submission.source
    source = source.replace(b"PACK", repr(str(PACK)).encode())
    before = with_word(os.environ["CVDRILL_TEST"])
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
    left = with_word(os.environ["CVDRILL_TEST"]) - before - {grading.server_status().pid}
    assert not left, "a process was left behind"
    assert not list(tmp_path.iterdir()), "a temporary file was left behind"
    if submission.outcome is Outcome.TIMEOUT and submission.name == "one case hangs":
        assert verdict.passed == verdict.total - 1
