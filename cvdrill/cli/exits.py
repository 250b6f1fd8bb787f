"""What the exit codes of ``cvdrill`` mean."""

from __future__ import annotations

import enum


class ExitCode(enum.IntEnum):
    """How a command ended, for scripts."""

    DONE = 0
    """All went well; for `check`, every case passed."""
    NOT_PASSED = 1
    """The drill was graded, and is not solved."""
    USAGE = 2
    """Something has to be typed differently."""
    FAULT = 3
    """A fault of cvdrill or of the machine; it never counts against the learner."""
    INTERRUPTED = 130
    """Ctrl-C, as shells number it."""
