"""Confines the process it is called in, before the learner's code is loaded there.

It stops accidents and shortcuts: runaway memory, files, child processes, a look at the solutions. It is no
wall against somebody who owns the machine.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FILE_BYTES = 16 * 2**20
_OPEN_FILES = 256
_PROCESSES = frozenset({
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "pty.spawn",
    "subprocess.Popen",
})  # fmt: skip

_READS = frozenset({"open", "os.link", "os.rename"})  # a file under another name could be read there


class Forbidden(RuntimeError):  # noqa: N818  read by the learner
    """The learner's code did what no drill needs."""


def can_fork() -> bool:
    """Return whether judge and worker are forked; ``CVDRILL_FORK``, 0 or 1, overrides the default."""
    if chosen := os.environ.get("CVDRILL_FORK"):
        return chosen != "0"
    # On macOS the system's own libraries are not safe in a forked child.
    return sys.platform == "linux"


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends, where the kernel can."""
    _prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def adopt_orphans() -> None:
    """Make orphaned descendants children of this process, where the kernel can, so that they can be found."""
    _prctl(36, 1)  # PR_SET_CHILD_SUBREAPER


def _prctl(option: int, value: int) -> None:
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415  not needed elsewhere

    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def confine(memory_bytes: int, cpu_s: int) -> None:
    """Bound memory, CPU time, files and core dumps of this process.

    Parameters
    ----------
    memory_bytes : int
        On top of what the process has mapped already.
    cpu_s : int
        Seconds of CPU time from now.
    """
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _bound(resource.RLIMIT_NOFILE, _OPEN_FILES)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _bound(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + cpu_s)
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _bound(resource.RLIMIT_AS, pages * resource.getpagesize() + memory_bytes)


def _bound(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def watch(hidden: Sequence[str]) -> None:
    """Refuse, from now on and for good, to start, signal or look into other processes, and the solutions.

    Parameters
    ----------
    hidden : sequence of str
        Folders that may not be read.
    """
    sys.addaudithook(_auditor(tuple(os.path.realpath(folder) + os.sep for folder in hidden)))


def _auditor(hidden: tuple[str, ...]) -> Callable[[str, tuple[Any, ...]], None]:
    # Bound here, so that patching these modules later changes nothing.
    realpath, fsdecode, getpid = os.path.realpath, os.fsdecode, os.getpid
    other_process = re.compile(rf"/proc/(?!{os.getpid()}/)\d+/").match

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _PROCESSES:
            raise Forbidden("A drill starts no other process.")
        if event in {"os.kill", "os.killpg"} and arguments[0] != getpid():
            raise Forbidden("A drill sends no signal to another process.")
        if event in _READS and isinstance(arguments[0], str | bytes | os.PathLike):
            path = realpath(fsdecode(arguments[0])) + os.sep
            if path.startswith(hidden):
                raise Forbidden("The solutions are not to be read from a drill.")
            if other_process(path):
                raise Forbidden("A drill looks into no other process.")

    return audit
