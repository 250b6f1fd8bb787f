"""Frames between judge, worker and server: a length, a JSON header, raw bytes. No pickle, no eval.

How a value becomes JSON and bytes is said in `grading.values`; this module loads as little as can be, because
a check speaks it before it has loaded anything else.
"""

from __future__ import annotations

import json
import select
import struct
import time

TYPE_CHECKING = False  # typing itself takes a while to load
if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Sequence
    from typing import Any

    Buffer = bytes | bytearray | memoryview

MAX_HEADER = 16 * 2**20
MAX_BODY = 512 * 2**20
_PREFIX = struct.Struct("!IQ")
_CHUNK = 64 * 1024


class WireError(Exception):
    """A frame that breaks the rules above; whoever sent it is not to be trusted any further."""


class Closed(WireError):  # noqa: N818  a state, not a fault
    """The other side is gone."""


class TooLarge(WireError):  # noqa: N818  a property of a value
    """A value does not fit into a frame."""


class Frame:
    """One message.

    Parameters
    ----------
    header : dict
        JSON.
    buffers : tuple of bytearray
        Raw bytes that the header's trees point into.
    """

    __slots__ = ("buffers", "header")

    def __init__(self, header: dict[str, Any], buffers: tuple[bytearray, ...] = ()) -> None:
        self.header = header
        self.buffers = buffers


class Connection:
    """Sends and receives frames over a stream socket, within a deadline.

    Parameters
    ----------
    sock : socket.socket
        A connected stream socket; it is owned from now on.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._ahead = b""  # came with what was read before
        sock.setblocking(False)

    @property
    def has_more(self) -> bool:
        """Whether something came along with the last frame."""
        return bool(self._ahead)

    def close(self) -> None:
        """Close the socket."""
        self.sock.close()

    def send(
        self, header: dict[str, Any], buffers: Sequence[Buffer] = (), *, deadline: float | None = None
    ) -> None:
        """Send one frame.

        Raises
        ------
        Closed
            When the other side is gone.
        TooLarge
            When the frame breaks a limit; nothing was sent.
        TimeoutError
            When `deadline`, a time of `time.monotonic`, passes first.
        """
        sizes = [memoryview(buffer).nbytes for buffer in buffers]
        text = json.dumps({**header, "sizes": sizes}, separators=(",", ":")).encode("ascii")
        if len(text) > MAX_HEADER or sum(sizes) > MAX_BODY:
            raise TooLarge(f"a frame of {len(text) + sum(sizes)} bytes")
        pending = [_PREFIX.pack(len(text), sum(sizes)) + text, *buffers]
        if sum(sizes) < _CHUNK:  # in one piece, so that the other side wakes up once
            pending = [b"".join(pending)]
        for data in pending:
            view = memoryview(data).cast("B")
            sent = 0
            while sent < len(view):
                try:
                    sent += self.sock.send(view[sent:])
                except BlockingIOError:
                    self._wait([], [self.sock], deadline)
                except OSError as error:
                    raise Closed(str(error)) from None

    def receive(
        self,
        *,
        deadline: float | None = None,
        also: int | None = None,
        on_also: Callable[[], bool] | None = None,
    ) -> Frame:
        """Receive one frame.

        Parameters
        ----------
        deadline : float, optional
            A time of `time.monotonic`.
        also : int, optional
            Another file descriptor to watch meanwhile.
        on_also : callable, optional
            Called when it can be read; returns False once it is at its end.

        Raises
        ------
        Closed
            When the other side is gone.
        WireError
            When the frame breaks the rules.
        TimeoutError
            When the deadline passes first.
        """

        def wait() -> None:
            nonlocal also
            ready = self._wait([self.sock] if also is None else [self.sock, also], [], deadline)
            if also in ready and on_also is not None and not on_also():
                also = None

        header_size, body_size = _PREFIX.unpack(self._read(_PREFIX.size, wait))
        if header_size > MAX_HEADER or body_size > MAX_BODY:
            raise WireError(f"a frame of {header_size + body_size} bytes")
        header, sizes = _parse_header(self._read(header_size, wait), body_size)
        return Frame(header, tuple(self._read(size, wait) for size in sizes))

    def _read(self, count: int, wait: Callable[[], None]) -> bytearray:
        """Read so many bytes; `wait` is called when there are none for now."""
        data = bytearray(count)
        view = memoryview(data)
        got = 0
        while got < count:
            if not self._ahead:
                try:
                    if count - got >= _CHUNK:
                        got += self._expect(self.sock.recv_into(view[got:]))
                        continue
                    self._ahead = self.sock.recv(_CHUNK)
                except BlockingIOError:
                    wait()
                    continue
                except OSError as error:
                    raise Closed(str(error)) from None
                self._expect(len(self._ahead))
            taken = self._ahead[: count - got]
            view[got : got + len(taken)] = taken
            got += len(taken)
            self._ahead = self._ahead[len(taken) :]
        return data

    @staticmethod
    def _expect(count: int) -> int:
        """Return how much was read, if anything was."""
        if count == 0:
            raise Closed("end of stream")
        return count

    @staticmethod
    def _wait(reads: list[Any], writes: list[Any], deadline: float | None) -> list[Any]:
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            raise TimeoutError
        readable, writable, _ = select.select(reads, writes, [], left)
        if not readable and not writable:
            raise TimeoutError
        return readable + writable


def _parse_header(data: bytearray, body_size: int) -> tuple[dict[str, Any], list[int]]:
    try:
        header = json.loads(data.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"no JSON: {error}") from None
    sizes = header.pop("sizes", None) if isinstance(header, dict) else None
    if not isinstance(sizes, list) or not all(type(size) is int and size >= 0 for size in sizes):
        raise WireError("a header without sizes")
    if sum(sizes) != body_size:
        raise WireError("sizes that do not add up")
    return header, sizes
