"""The warm parent: loads numpy, pytest and torch once, runs nothing of theirs, starts judges and workers.

A client sends a request; a judge, which inherits the client's socket, answers it. The server itself only
watches: when the client hangs up, when the judge is done, or when it takes too long, it ends what it started.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import gc
import importlib
import json
import os
import resource
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cvdrill import launch
from cvdrill.grading import bans, sandbox
from cvdrill.wire import Connection, WireError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pytest

    from cvdrill.wire import Frame

_CONTROL, _CLIENT, _REQUESTS = 100, 101, 102  # file descriptors of the processes that are started
_IDLE_S = 600.0
_LOOK_S = 5.0  # how often an idle server looks whether it can still be found
_GRACE_S = 15.0  # a judge that is later than its own limit by this much is stuck
_LAST_WORDS_S = 0.5  # a worker that closed its socket has this long to end by itself
_NUMPY = (
    "numpy.linalg",
    "numpy.random",
    "cvdrill.grading.worker",
)  # numpy itself loads some when they are used
_TORCH = ("torch", "torch.nn.functional", "cvdrill.grading.gradients")


@dataclass(slots=True)
class _Worker:
    """A worker.

    Attributes
    ----------
    pid : int
        Its process.
    folder : Path
        Its temporary folder.
    ends : list of int
        File descriptors for the judge: of the socket to it, and of the pipe with what it prints.
    """

    pid: int
    folder: Path
    ends: list[int]

    def close(self) -> None:
        """Close what is for the judge, who has got it or does not want it."""
        for end in self.ends:
            os.close(end)
        self.ends.clear()


@dataclass(slots=True)
class _Check:
    """One grading, under way or to come.

    Attributes
    ----------
    client : socket.socket
        To whoever asks.
    control : socket.socket
        On which the judge asks for workers.
    requests : Connection
        On which the judge is told what to grade.
    judge : int
        Its process.
    request : dict
        What the judge gets ready for.
    deadline : float
        When it is given up, a time of `time.monotonic`.
    workers : dict
        By process id.
    ahead : _Worker or None
        The one of them that the judge has not asked for yet.
    """

    client: socket.socket
    control: socket.socket
    requests: Connection
    judge: int
    request: dict[str, Any]
    deadline: float
    workers: dict[int, _Worker] = field(default_factory=dict)
    ahead: _Worker | None = None


@dataclass(slots=True)
class _Guest:
    """A client that has not said yet what it wants.

    Attributes
    ----------
    connection : Connection
        To it.
    until : float
        How long it may take, a time of `time.monotonic`.
    check : _Check or None
        A judge and a worker that are there already, since it said that it would want a check.
    """

    connection: Connection
    until: float
    check: _Check | None = None


class Server:
    """Starts judges and workers for the clients that come.

    Parameters
    ----------
    session : pytest.Session or None
        What forked judges run their cases in; without one, judges and workers are started as fresh
        interpreters.
    listener : socket.socket, optional
        Where further clients come in. Without one, the server ends with its last client; with one, it ends
        when nobody has come for ten minutes, when its socket is removed, or when it is told to.
    """

    def __init__(self, session: pytest.Session | None, listener: socket.socket | None = None) -> None:
        self._session = session
        self._listener = listener
        self._selector = selectors.DefaultSelector()
        self._checks: list[_Check] = []
        self._guests: dict[socket.socket, _Guest] = {}
        self._earlier: dict[str, dict[str, Any]] = {}  # the last request of each drill, the latest at the end
        self._started = self._last_seen = time.monotonic()
        self._graded = 0
        self._stopped = False

    def serve(self, client: socket.socket) -> None:
        """Serve a first client, and those that follow."""
        self._greet(client)
        if self._listener is not None:
            self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        try:
            while self._checks or self._guests or self._stays():
                for key, _ in self._selector.select(self._patience()):
                    # An event of the same round may have closed it, and given its number to another.
                    if self._selector.get_map().get(key.fd) is key:
                        key.data()
                self._give_up_the_late()
        finally:
            for guest in list(self._guests):
                self._dismiss(guest)
            for check in list(self._checks):
                self._finish(check)

    def _stays(self) -> bool:
        """Whether somebody may still come: a server whose socket was removed cannot be found any more."""
        if self._listener is None or self._stopped or time.monotonic() > self._last_seen + _IDLE_S:
            return False
        return Path(self._listener.getsockname()).exists()

    def _patience(self) -> float:
        """Return the seconds until something is due."""
        now = time.monotonic()
        due = [check.deadline for check in self._checks] + [guest.until for guest in self._guests.values()]
        due += [now + _LOOK_S, self._last_seen + _IDLE_S] if self._listener is not None else []
        return max(min(due) - now, 0)

    def _give_up_the_late(self) -> None:
        now = time.monotonic()
        for check in [check for check in self._checks if check.deadline < now]:
            self._finish(check)
        for client in [client for client, guest in self._guests.items() if guest.until < now]:
            self._dismiss(client)

    def _accept(self) -> None:
        if self._listener is None:
            return
        client, _ = self._listener.accept()
        if launch.peer_is_us(client):
            self._greet(client)
        else:
            client.close()

    def _greet(self, client: socket.socket) -> None:
        """Wait for what a client will ask, without letting others wait."""
        self._last_seen = time.monotonic()
        self._guests[client] = _Guest(Connection(client), time.monotonic() + _GRACE_S)
        self._selector.register(client, selectors.EVENT_READ, functools.partial(self._welcome, client))

    def _dismiss(self, client: socket.socket) -> None:
        check = self._guests.pop(client).check
        self._selector.unregister(client)
        if check is not None:
            self._end(check)
        client.close()

    def _welcome(self, client: socket.socket) -> None:
        """Do what a client asks."""
        guest = self._guests[client]
        try:
            frame = guest.connection.receive(deadline=time.monotonic() + _GRACE_S)
            while "expect" in frame.header:  # it has yet to find out what exactly
                likely = self._likely(frame.header["expect"])
                if guest.check is None and likely is not None:
                    guest.check = self._prepare(client, likely)
                if not guest.connection.has_more:
                    return
                frame = guest.connection.receive(deadline=time.monotonic() + _GRACE_S)
            match frame.header:
                case {"request": request}:
                    self._selector.unregister(client)
                    self._start_check(self._guests.pop(client), client, request, frame)
                    return
                case {"warm": torch}:
                    if torch and self._session is not None:
                        _preload(_TORCH)
                case {"status": _}:
                    guest.connection.send({"status": self._status()})
                case {"stop": _}:
                    self._stopped = True
        except (WireError, TimeoutError):  # gone before it asked, or none of ours
            pass
        self._dismiss(client)

    def _status(self) -> dict[str, Any]:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "pid": os.getpid(),
            "age_s": time.monotonic() - self._started,
            "graded": self._graded,
            "torch": "torch" in sys.modules,
            "peak_bytes": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        }

    def _likely(self, drill: object) -> dict[str, Any] | None:
        """Return what somebody will ask who is about to have a drill checked, or the one in hand."""
        if drill is None:
            return next(reversed(self._earlier.values()), None)
        return self._earlier.get(drill) if isinstance(drill, str) else None

    def _start_check(
        self, guest: _Guest, client: socket.socket, request: dict[str, Any], frame: Frame
    ) -> None:
        """Hand a request to a judge."""
        if self._session is not None:  # a fresh interpreter is not started ahead
            self._earlier.pop(request["drill"], None)
            self._earlier[request["drill"]] = request
        check = guest.check
        if check is not None and {**check.request, "seed": request["seed"]} != request:
            self._end(check)
            check = None
        if check is None:
            if request["torch"] and self._session is not None:
                _preload(_TORCH)
            check = self._prepare(client, request, frame.buffers)
        else:
            self._tell(check, request, frame.buffers)
        check.deadline = time.monotonic() + request["check_s"] + _GRACE_S
        self._graded += 1
        self._selector.register(client, selectors.EVENT_READ, functools.partial(self._finish, check))

    def _obey(self, check: _Check) -> None:
        """Do what the judge asks for."""
        try:
            text = check.control.recv(65536)
        except ConnectionError:
            text = b""
        if not text:  # the judge is done, or dead
            self._finish(check)
            return
        request = json.loads(text)
        if request["op"] == "start":
            self._hand_out_worker(check)
        else:
            status = self._end_worker(check.workers.pop(request["pid"]), by_itself=request["by_itself"])
            check.control.sendall(json.dumps(status).encode() + b"\n")

    def _hand_out_worker(self, check: _Check) -> None:
        """Give the judge the worker that was started ahead, or a new one."""
        worker, check.ahead = check.ahead, None
        try:
            worker = worker or self._start_worker(check)
        except OSError as error:  # a full disk, say; the next check may find room
            check.control.sendall(json.dumps({"error": str(error)}).encode() + b"\n")
            return
        answer = json.dumps({"pid": worker.pid}).encode() + b"\n"
        socket.send_fds(check.control, [answer], worker.ends)
        worker.close()

    @staticmethod
    def _tell(check: _Check, request: dict[str, Any], source: Sequence[bytearray]) -> None:
        """Pass a request on to a judge; the source is yet to come while it is only likely."""
        with contextlib.suppress(WireError):  # a judge that died already is noticed on its other socket
            check.requests.send({"request": request}, source)

    def _prepare(
        self, client: socket.socket, request: dict[str, Any], source: Sequence[bytearray] = ()
    ) -> _Check:
        """Start a judge, tell it what to grade, and start the first worker that it will ask for."""
        control, its_control = socket.socketpair()
        requests, its_requests = socket.socketpair()
        with its_control, its_requests:
            descriptors = {
                _CONTROL: its_control.fileno(),
                _CLIENT: client.fileno(),
                _REQUESTS: its_requests.fileno(),
            }
            judge = self._start("judge", [], descriptors)
        check = _Check(client, control, Connection(requests), judge, request, time.monotonic() + _GRACE_S)
        self._checks.append(check)
        self._selector.register(control, selectors.EVENT_READ, functools.partial(self._obey, check))
        self._tell(check, request, source)
        with contextlib.suppress(OSError):  # no room for its folder, say; the judge is told when it asks
            check.ahead = self._start_worker(check)
        return check

    def _start_worker(self, check: _Check) -> _Worker:
        """Start a worker.

        Raises
        ------
        OSError
            When it can get no folder or no process.
        """
        request = check.request
        place = request["folder"] if _is_writable(request["folder"]) else None
        folder = Path(tempfile.mkdtemp(prefix="cvdrill-", dir=place))
        ours, theirs = socket.socketpair()
        read_end, write_end = os.pipe()
        limits = [str(request[name]) for name in ("memory_bytes", "check_s", "torch")]
        try:
            with theirs, Path(os.devnull).open("rb") as nothing:
                descriptors = {0: nothing.fileno(), 1: write_end, 2: write_end, _CONTROL: theirs.fileno()}
                pid = self._start("worker", [str(folder), *limits], descriptors)
        except OSError:  # too many processes, say
            ours.close()
            os.close(read_end)
            _remove(folder)
            raise
        finally:
            os.close(write_end)
        worker = check.workers[pid] = _Worker(pid, folder, [ours.detach(), read_end])
        return worker

    def _end_worker(self, worker: _Worker, *, by_itself: bool) -> dict[str, int]:
        """Kill a worker and its descendants; return how it had ended, if it had."""
        ended, status = _wait(worker.pid, _LAST_WORDS_S) if by_itself else (False, 0)
        _kill_group(worker.pid)
        if not ended:
            _kill(worker.pid)
            os.waitpid(worker.pid, 0)
        self._sweep()
        _remove(worker.folder)
        if not ended:
            return {}
        return {"signal": os.WTERMSIG(status)} if os.WIFSIGNALED(status) else {"exit": os.WEXITSTATUS(status)}

    def _finish(self, check: _Check) -> None:
        """End what was started for a check, and hang up."""
        self._last_seen = time.monotonic()
        self._end(check)
        if check.client in self._guests:  # it has not asked yet, and will get another judge
            self._guests[check.client].check = None
            return
        self._selector.unregister(check.client)
        check.client.close()

    def _end(self, check: _Check) -> None:
        """End what was started for a check."""
        self._checks.remove(check)
        self._selector.unregister(check.control)
        for pid in (check.judge, *check.workers):  # all at once, since each takes a while to end
            _kill_group(pid)
            _kill(pid)
        for pid in (check.judge, *check.workers):
            os.waitpid(pid, 0)
        self._sweep()
        for worker in check.workers.values():
            worker.close()
            _remove(worker.folder)
        check.control.close()
        check.requests.close()

    def _sweep(self) -> None:
        """Kill what workers left behind; descendants that left their group are children of this process."""
        known = {check.judge for check in self._checks}
        known |= {pid for check in self._checks for pid in check.workers}
        while strays := [pid for pid in _children() if pid not in known]:
            for pid in strays:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            for pid in strays:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)

    def _start(self, role: str, arguments: list[str], descriptors: dict[int, int]) -> int:
        """Start a judge or a worker; return its process id.

        `descriptors` says which of our file descriptors it gets under which number; it gets no other.
        """
        if self._session is None:
            actions = [(os.POSIX_SPAWN_DUP2, source, target) for target, source in descriptors.items()]
            command = [sys.executable, "-P", "-m", "cvdrill.grading.server", role, *arguments]
            return os.posix_spawn(sys.executable, command, os.environ, file_actions=actions)
        pid = os.fork()
        if pid == 0:
            _become(role, arguments, descriptors, self._session)
        return pid


def _become(
    role: str, arguments: list[str], descriptors: dict[int, int], session: pytest.Session
) -> NoReturn:
    """Go on as a judge or a worker, in a forked child that has no other open files."""
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for target, source in descriptors.items():
            os.dup2(source, target)
        for name in os.listdir("/dev/fd"):  # noqa: PTH208  names are what is wanted
            if int(name) > 2 and int(name) not in descriptors:
                with contextlib.suppress(OSError):  # the listing's own descriptor is closed already
                    os.close(int(name))
        _play(role, arguments, session)
    finally:
        os._exit(70)


def _play(role: str, arguments: list[str], session: pytest.Session | None = None) -> None:
    """Be a judge or a worker; a judge that was not forked has no session yet."""
    sandbox.die_with_parent()
    if role == "judge":
        from cvdrill.grading import judge  # noqa: PLC0415  loaded before a fork

        if session is None:
            judge.with_session(functools.partial(judge.run, _CONTROL, _CLIENT, _REQUESTS))
        else:
            judge.run(_CONTROL, _CLIENT, _REQUESTS, session)
        return
    from cvdrill.grading import worker  # noqa: PLC0415  loaded before a fork

    folder, memory_bytes, check_s, torch = arguments
    if torch == "True" and session is None:
        _load(_TORCH)
    os.setsid()
    os.chdir(folder)
    worker.run(_CONTROL, int(memory_bytes), int(float(check_s)) + 5)


def _load(modules: Iterable[str]) -> None:
    for module in modules:
        importlib.import_module(module)


def _preload(modules: Iterable[str]) -> None:
    """Import what every judge and worker needs, unless it is there, so that a fork has it."""
    if all(module in sys.modules for module in modules):
        return
    _load(modules)
    from cvdrill.grading import rehearsal  # noqa: PLC0415  loads numpy

    if "torch" in sys.modules:
        rehearsal.with_torch()
    else:
        rehearsal.with_numpy()
    bans.index_libraries()
    gc.collect()
    gc.freeze()  # else the first collection in a child copies every page


def _kill_group(leader: int) -> None:
    """Kill the process group that a child leads, if it does."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _kill(pid: int) -> None:
    """Kill a child that was not waited for yet; it may not have a process group of its own, or not yet."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _wait(pid: int, seconds: float) -> tuple[bool, int]:
    """Wait for a child for a bounded time; return whether it ended, and its status."""
    until = time.monotonic() + seconds
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended or time.monotonic() > until:
            return bool(ended), status
        time.sleep(0.001)


def _children() -> Iterator[int]:
    """Yield the children of this process, where the system tells."""
    if sys.platform != "linux":
        return
    listing = Path(f"/proc/self/task/{os.getpid()}/children")
    if listing.exists():
        yield from map(int, listing.read_text(encoding="ascii").split())
        return
    me = str(os.getpid())
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with contextlib.suppress(OSError):  # it ended meanwhile
                stat = Path(entry.path, "stat").read_text(encoding="utf-8", errors="replace")
                if stat.rpartition(")")[2].split()[1] == me:
                    yield int(entry.name)


def _is_writable(folder: str | None) -> bool:
    return folder is not None and Path(folder).is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _remove(folder: Path) -> None:
    """Remove a worker's folder, whatever rights its content was given."""

    def allow(function: Any, path: str, _error: object) -> None:
        for part in (os.path.dirname(path), path):  # noqa: PTH120
            if not os.path.islink(part):  # noqa: PTH114
                os.chmod(part, 0o700)  # noqa: PTH101
        function(path)

    if sys.version_info >= (3, 12):
        shutil.rmtree(folder, onexc=allow)
    else:
        shutil.rmtree(folder, onerror=allow)


@contextlib.contextmanager
def _listening(address: Path) -> Iterator[socket.socket | None]:
    """Listen at `address` unless another server does; the lock, not the socket, says who is there."""
    with address.with_suffix(".lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        address.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(os.fspath(address))
            address.chmod(0o600)
            listener.listen()
            try:
                yield listener
            finally:
                address.unlink(missing_ok=True)


def _serve(client: socket.socket, address: Path | None) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with contextlib.nullcontext() if address is None else _listening(address) as listener:
        sandbox.adopt_orphans()
        if not sandbox.can_fork():
            Server(None, listener).serve(client)
            return
        from cvdrill.grading import judge  # noqa: PLC0415  a server that does not fork never needs it

        def serve(session: pytest.Session) -> None:
            _preload(_NUMPY)
            Server(session, listener).serve(client)

        judge.with_session(serve)


def main() -> None:
    """Be what the first argument says: a judge, a worker, or a server.

    A server is given the file descriptor of its first client and, if it is to stay, where to listen.
    """
    role, *arguments = sys.argv[1:]
    if role != "serve":
        _play(role, arguments)
        return
    descriptor, *addresses = arguments
    if addresses:
        if os.fork():  # whoever started a server that stays need not wait for it
            os._exit(0)
        os.chdir("/")
    _serve(socket.socket(fileno=int(descriptor)), Path(addresses[0]) if addresses else None)
    os._exit(0)  # tearing down torch takes longer than a check


if __name__ == "__main__":
    main()
