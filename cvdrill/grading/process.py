"""The judge's side of a worker: starts it, talks to it, gathers what it prints, ends it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from cvdrill.grading.text import escape
from cvdrill.model import Outcome
from cvdrill.wire import Closed, Connection, TooLarge, WireError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvdrill.wire import Buffer, Frame

_START_S = 60.0  # a fresh interpreter has to import torch, on whatever machine it is
_KEPT_OUTPUT = 64 * 1024  # bytes of a case's output that are shown


class Stopped(BaseException):
    """The worker did not answer as it should; no case may catch this.

    Attributes
    ----------
    outcome : Outcome
        TIMEOUT, CRASHED, MEMORY or OUTPUT.
    message : str
        What happened, in one sentence.
    """

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message


class NotStarted(RuntimeError):  # noqa: N818  a state of the machine, not a fault
    """No worker could be started, on a full disk for instance."""


def nonsense(what: str) -> Stopped:
    """Return the end of a worker whose answer is none."""
    return Stopped(
        Outcome.CRASHED,
        f"The process that ran your code sent something that is no answer ({escape(what, 200)}).",
    )


@dataclass(slots=True)
class Question:
    """A request to the server, and its answer once it was read.

    Attributes
    ----------
    descriptors : int
        How many file descriptors come with the answer.
    answer : tuple or None
        The answer and the descriptors.
    """

    descriptors: int
    answer: tuple[dict[str, Any], list[int]] | None = None


class Control:
    """The judge's line to the server, which starts and ends workers on its behalf.

    Parameters
    ----------
    sock : socket.socket
        A connected Unix stream socket.
    """

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(True)
        self._sock = sock
        self._open: Question | None = None

    def ask(self, request: dict[str, Any], descriptors: int = 0) -> tuple[dict[str, Any], list[int]]:
        """Send a request; return the answer and the file descriptors that came along."""
        return self.answer(self.send(request, descriptors))

    def send(self, request: dict[str, Any], descriptors: int = 0) -> Question:
        """Send a request, and do not wait for the answer."""
        if self._open is not None:  # answers would run into each other
            self.answer(self._open)
        self._sock.sendall(json.dumps(request).encode() + b"\n")
        self._open = Question(descriptors)
        return self._open

    def answer(self, question: Question) -> tuple[dict[str, Any], list[int]]:
        """Return the answer to an earlier request, and the file descriptors that came along."""
        if question.answer is None:
            self._open = None
            text, received, _, _ = socket.recv_fds(self._sock, 65536, question.descriptors)
            while text and not text.endswith(b"\n"):
                text += self._sock.recv(65536)
            if not text:
                raise Closed("the server is gone")
            question.answer = json.loads(text), received
        return question.answer


class Process(Protocol):
    """What answers an attempt's requests."""

    def ask(self, header: dict[str, Any], buffers: Sequence[Buffer], seconds: float) -> Frame:
        """Send a request; return the reply, or a callback that comes before it."""

    def answer(self, header: dict[str, Any], buffers: Sequence[Buffer]) -> Frame:
        """Answer a callback; return what comes next."""


@dataclass(slots=True)
class WorkerProcess:
    """A worker, replaced by a fresh one after it had to be ended.

    Parameters
    ----------
    control : Control
        Starts and ends it.
    load : dict
        The request that makes a worker load the learner's file.
    source : bytes
        That file.
    seconds : float
        Time limit of loading.
    deadline : float
        When the whole check must be over, a time of `time.monotonic`.
    output_bytes : int
        How much may be printed during one call.
    """

    control: Control
    load: dict[str, Any]
    source: bytes
    seconds: float
    deadline: float
    output_bytes: int
    _begun: Question | None = None
    _prepares: bool = False
    _connection: Connection | None = None
    _pid: int = 0
    _pipe: int = -1
    _until: float = 0.0
    _number: int = 0
    _printed: bytearray = field(default_factory=bytearray)
    _flood: int = 0

    def begin(self) -> Question:
        """Have a worker started, and do not wait for it."""
        self._begun = self.control.send({"op": "start"}, 2)
        return self._begun

    @property
    def is_prepared(self) -> bool:
        """Whether there is a worker, ready or about to be."""
        return self._connection is not None

    def prepare(self) -> None:
        """Have a worker get ready for the learner's file, start it unless that was begun, and do not wait.

        Raises
        ------
        NotStarted
            When the server could not start it.
        """
        answer, descriptors = self.control.answer(self._begun or self.begin())
        self._begun = None
        if "error" in answer:
            raise NotStarted(f"the worker cannot be started: {answer['error']}")
        channel, self._pipe = descriptors
        self._pid = answer["pid"]
        self._connection = Connection(socket.socket(fileno=channel))
        os.set_blocking(self._pipe, False)
        self._expect(_START_S)
        self._prepares = True
        with contextlib.suppress(WireError, TimeoutError):  # whoever waits for the reply will learn of it
            header = {**self.load, "op": "prepare", "id": self._number}
            self._connection.send(header, deadline=self._until)

    def start(self) -> Frame:
        """Have a worker load the learner's file, and return its reply.

        Raises
        ------
        Stopped
            When loading does not come to an end.
        NotStarted
            When the server could not start it.
        """
        if self._connection is None:
            self.prepare()
        prepared = self._exchange()
        self._prepares = False
        if prepared.header.get("error") is not None:
            raise RuntimeError(f"the worker cannot be prepared: {prepared.header['error']}")
        inputs = ["tuple", [["tuple", []], ["dict", [["source", ["bytes", 0]]]]]]
        return self._ask({**self.load, "op": "load", "inputs": inputs}, [self.source], self.seconds)

    def ask(self, header: dict[str, Any], buffers: Sequence[Buffer], seconds: float) -> Frame:
        """Send a request; return the reply, or a callback that comes before it.

        Raises
        ------
        Stopped
            When there is none; the worker was ended.
        """
        if self._connection is None or self._prepares:
            reply = self.start()
            if reply.header.get("error") is not None:
                raise nonsense("it cannot load your file a second time")
        return self._ask(header, buffers, seconds)

    def answer(self, header: dict[str, Any], buffers: Sequence[Buffer]) -> Frame:
        """Answer a callback; return what comes next."""
        return self._exchange(header, buffers)

    def take_output(self) -> str:
        """Return what was printed since the last time, escaped, and forget it."""
        if self._connection is not None:
            self._drain()
        text = bytes(self._printed).decode("utf-8", "backslashreplace")
        self._printed.clear()
        return escape(text, _KEPT_OUTPUT)

    def end(self, *, by_itself: bool = False) -> dict[str, Any]:
        """Kill the worker and all that it started; return how it had ended before, if it had."""
        if self._connection is None:
            return {}
        self._drain()
        self._connection.close()
        os.close(self._pipe)
        self._connection = None
        self._prepares = False
        status, _ = self.control.ask({"op": "end", "pid": self._pid, "by_itself": by_itself})
        return status

    def _ask(self, header: dict[str, Any], buffers: Sequence[Buffer], seconds: float) -> Frame:
        self._expect(seconds)
        frame = self._exchange({**header, "id": self._number}, buffers)
        if "callback" not in frame.header and frame.header.get("id") != self._number:
            raise self._stop(nonsense("an answer to another question"))
        return frame

    def _expect(self, seconds: float) -> None:
        """Begin to wait for a reply."""
        self._until = min(time.monotonic() + seconds, self.deadline)
        self._number += 1
        self._flood = 0

    def _exchange(self, header: dict[str, Any] | None = None, buffers: Sequence[Buffer] = ()) -> Frame:
        """Send something, unless that was done, and return what comes."""
        connection = self._connection
        if connection is None:
            raise nonsense("nothing")
        try:
            if header is not None:
                connection.send(header, buffers, deadline=self._until)
            return connection.receive(deadline=self._until, also=self._pipe, on_also=self._drain)
        except TimeoutError:
            raise self._stop(_too_late(self._until >= self.deadline)) from None
        except Closed:
            raise self._died() from None
        except TooLarge:
            raise
        except WireError as error:
            raise self._stop(nonsense(str(error))) from None

    def _drain(self) -> bool:
        """Read what was printed; return whether more can come."""
        while True:
            try:
                data = os.read(self._pipe, 65536)
            except BlockingIOError:
                return True
            if not data:
                return False
            self._flood += len(data)
            room = 2 * _KEPT_OUTPUT - len(self._printed)
            self._printed += data[: max(room, 0)]
            if self._flood > self.output_bytes:
                raise self._stop(
                    Stopped(
                        Outcome.OUTPUT,
                        f"Your code printed more than {self.output_bytes // 2**20} MiB in one call.",
                    )
                )

    def _stop(self, reason: Stopped) -> Stopped:
        self._flood = -(2**62)  # what is still in the pipe is no second flood
        self.end()
        return reason

    def _died(self) -> Stopped:
        """Return why the worker is gone."""
        status = self.end(by_itself=True)
        number = status.get("signal", 0)
        if number == signal.SIGXCPU:
            return _too_late(whole=False)
        if number:
            name = signal.Signals(number).name
            text = signal.strsignal(number) or name
            return Stopped(Outcome.CRASHED, f"Your code crashed the process that ran it: {text} ({name}).")
        if "exit" not in status:
            return nonsense("a closed connection")
        return Stopped(
            Outcome.CRASHED,
            f"Your code ended the process that ran it, with exit code {status['exit']}; it should return.",
        )


def _too_late(whole: bool) -> Stopped:
    if whole:
        return Stopped(Outcome.TIMEOUT, "The time limit of the whole check was reached in this case.")
    return Stopped(
        Outcome.TIMEOUT, "Your code did not return within the time limit; is there an endless loop?"
    )
