"""What the grader can enforce on this machine."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from cvdrill.grading.sandbox import can_fork


@dataclass(frozen=True, slots=True)
class Capability:
    """One protection.

    Attributes
    ----------
    name : str
        What it does.
    enforced : bool
        Whether this machine can do it.
    note : str
        What it means, or why it is missing.
    """

    name: str
    enforced: bool
    note: str


def capabilities() -> tuple[Capability, ...]:
    """Return what the grader can enforce on this machine."""
    linux = sys.platform == "linux"
    return (
        Capability("time limit", True, "a call that takes too long is killed with its whole process group"),
        Capability(
            "memory limit",
            linux,
            "the address space of the learner's process is bounded"
            if linux
            else "this system does not enforce it; a runaway program can fill the memory",
        ),
        Capability("other limits", True, "large files and endless computing are cut off"),
        Capability(
            "no strays",
            linux,
            "processes that leave their session are found and killed"
            if linux
            else "a process that leaves its session can survive a check",
        ),
        Capability(
            "fork",
            can_fork(),
            "judge and worker are copies of a warm process"
            if can_fork()
            else "judge and worker are started afresh, which is slower",
        ),
    )
