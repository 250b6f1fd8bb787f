"""Loads the learner's file and answers calls. It knows no case, no reference and no verdict."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import linecache
import os
import socket
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from cvdrill.grading import sandbox
from cvdrill.grading.bans import Bans
from cvdrill.grading.responder import Responder
from cvdrill.wire import Connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvdrill.wire import Buffer, Frame


class Worker(Responder):
    """Answers the requests that arrive over one connection, until it is closed.

    Parameters
    ----------
    connection : Connection
        To the judge.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(ModuleType("submission"), self._ask_judge)
        self.operations |= {"prepare": self._prepare, "load": self._load}
        self._connection = connection

    def serve(self) -> None:
        """Answer until the judge is gone."""
        while True:
            header, buffers = self.respond(self._connection.receive())
            _flush()
            self._connection.send(header, buffers)

    def _ask_judge(self, header: dict[str, Any], buffers: Sequence[Buffer]) -> Frame:
        self._connection.send(header, buffers)
        return self._connection.receive()

    def _prepare(self, header: dict[str, Any], *_inputs: object) -> None:
        """Ban what the drill bans; what goes wrong here is no fault of the learner's."""
        bans = Bans((ban["calls"], ban["instead"]) for ban in header["bans"])
        bans.enforce()
        self.banned = bans.called
        sandbox.watch(header["hidden"])

    def _load(self, header: dict[str, Any], _arguments: object, keywords: dict[str, Any]) -> dict[str, str]:
        """Run the learner's file; return what kind of thing each public name is."""
        source, self.filename = keywords["source"], header["filename"]
        text = importlib.util.decode_source(source)
        linecache.cache[self.filename] = (len(text), None, text.splitlines(keepends=True), self.filename)
        self._module.__file__ = self.filename
        sys.modules[self._module.__name__] = self._module
        exec(compile(source, self.filename, "exec", dont_inherit=True), self._module.__dict__)  # noqa: S102
        return {
            name: "class"
            if isinstance(value, type)
            else "function"
            if callable(value)
            else type(value).__name__
            for name, value in list(vars(self._module).items())
            if isinstance(name, str) and not name.startswith("_")
        }


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):  # the learner may have closed or replaced it
            stream.flush()


def run(channel: int, memory_bytes: int, cpu_s: int) -> None:
    """Be a worker: confine this process, then serve until the judge is gone.

    Parameters
    ----------
    channel : int
        File descriptor of the socket to the judge.
    memory_bytes, cpu_s : int
        What the learner's code may use.
    """
    output = open(1, "wb", closefd=False)  # noqa: SIM115  lives as long as the process
    sys.stdout = sys.stderr = io.TextIOWrapper(output, "utf-8", "backslashreplace", line_buffering=True)
    sandbox.confine(memory_bytes, cpu_s)
    try:
        Worker(Connection(socket.socket(fileno=channel))).serve()
    finally:
        os._exit(0)
