"""Runs a drill's cases on many sources at once, each in a fork of a session that stands ready.

An author's tool: nothing is kept apart here, so a source that passes has still to be graded. One that fails
here fails in the grader as well, which runs the same cases, and takes ten times as long.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import zlib
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
import pytest

from cvdrill import launch
from cvdrill.grading import judge, sandbox
from cvdrill.testing import load_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvdrill.model import Drill

_MEMORY_BYTES = 2 * 2**30
_UNNAMED = 255
_REFERENCE_S = 60.0
_PATIENCE, _PATIENCE_S = 4, 0.2


def suspects(drill: Drill, sources: Sequence[str], *, jobs: int) -> Iterator[int]:
    """Yield the positions of the sources that no case refuses.

    A source that takes many times as long as the reference is refused as well: it does not come to an end.

    Parameters
    ----------
    drill : Drill
        Whose cases are run.
    sources : sequence of str
        What stands in the learner's place.
    jobs : int
        How many are run at a time.

    Yields
    ------
    int
        All of them where processes are not forked.

    Raises
    ------
    RuntimeError
        When the cases cannot be run at all.
    """
    if not sandbox.can_fork():
        yield from range(len(sources))
        return
    request = {
        "reference": str(drill.reference),
        "cases": str(drill.cases),
        "sources": list(sources),
        "jobs": jobs,
    }
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "cvdrill.authoring.screening"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=launch.environment(),
        text=True,
    ) as process:
        out, error = process.communicate(json.dumps(request))
    if process.returncode:
        raise RuntimeError(error)
    yield from json.loads(out)


class _Plugin:
    """Gives cases a module in the learner's place, and ends the process with the first that fails."""

    def __init__(self, reference: ModuleType) -> None:
        self._reference = reference
        self.module: Any = reference
        self.names: list[str] = []

    @pytest.fixture
    def attempt(self) -> Any:
        """Return what stands in the learner's place."""
        return self.module

    @pytest.fixture
    def reference(self) -> ModuleType:
        """Return the reference."""
        return self._reference

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """Return a generator that depends on the case alone."""
        return np.random.default_rng(zlib.crc32(request.node.name.encode()))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """End the process with the first case that does not pass, and tell which it was."""
        if not report.passed:
            os._exit(min(1 + self.names.index(report.nodeid), _UNNAMED))


def _screen(request: dict[str, Any], session: pytest.Session) -> list[int]:
    """Return the positions of the sources that pass."""
    plugin = _Plugin(load_module(Path(request["reference"])))
    judge.collect(session, plugin, Path(request["cases"]), load_module(Path(request["cases"])))
    gc.collect()
    gc.freeze()  # else the first collection in a fork copies every page
    plugin.names = [item.nodeid for item in session.items]
    refused = dict.fromkeys(plugin.names, 0)
    limit_s = _PATIENCE * _time_of_reference(request, plugin, session) + _PATIENCE_S
    running: dict[int, int] = {}
    found: list[int] = []

    def wait() -> None:
        pid, status = os.wait()
        position, code = running.pop(pid), os.waitstatus_to_exitcode(status)
        if code == 0:
            found.append(position)
        elif 0 < code <= len(plugin.names):
            refused[plugin.names[code - 1]] += 1

    for position, source in enumerate(request["sources"]):
        if len(running) >= request["jobs"]:
            wait()
        # What has refused many is likely to refuse the next one as well.
        session.items.sort(key=lambda item: -refused[item.nodeid])
        pid = os.fork()
        if pid == 0:
            _try(source, plugin, session, limit_s)
        running[pid] = position
    while running:
        wait()
    return sorted(found)


def _time_of_reference(request: dict[str, Any], plugin: _Plugin, session: pytest.Session) -> float:
    """Return the seconds of processor time that all cases take on the reference."""
    pid = os.fork()
    if pid == 0:
        _try(Path(request["reference"]).read_text(encoding="utf-8"), plugin, session, _REFERENCE_S)
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise RuntimeError("The cases do not pass on the reference.")
    return usage.ru_utime + usage.ru_stime


def _try(source: str, plugin: _Plugin, session: pytest.Session, seconds: float) -> NoReturn:
    """Run the cases on one source; end with 0 if all of them pass."""
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in range(3):
            os.dup2(nothing, descriptor)
        signal.setitimer(signal.ITIMER_PROF, seconds)  # its signal ends the process
        sandbox.confine(_MEMORY_BYTES, int(seconds) + 2)
        scope: dict[str, Any] = {"__name__": "submission"}
        exec(compile(source, "submission.py", "exec", dont_inherit=True), scope)  # noqa: S102  a mutant of ours
        plugin.module = SimpleNamespace(**scope)
        session.config.hook.pytest_runtestloop(session=session)
        os._exit(0)
    finally:
        os._exit(_UNNAMED)


def main() -> None:
    """Read a request from standard input, and write what was found to standard output."""
    request = json.load(sys.stdin)
    found: list[list[int]] = []
    judge.with_session(lambda session: found.append(_screen(request, session)))
    sys.stdout.write(json.dumps(found[0]))


if __name__ == "__main__":
    main()
