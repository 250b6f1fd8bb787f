"""Finds a warm server, or starts one, and hands out a line to it.

One server per user, interpreter, cvdrill and set of packages listens on a socket in the user's runtime
folder. Whatever is wrong with that socket, a fresh server of one's own does as well, only later.

A check imports this before anything else, and waits for it: it loads as little as can be.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import socket
import stat
import struct
import sys
import sysconfig

from cvdrill import __version__
from cvdrill.errors import CvdrillError
from cvdrill.wire import Connection, WireError

TYPE_CHECKING = False  # typing itself takes a while to load
if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

_GOODBYE_S = 10.0
_SHAPES_SERVER = ("CVDRILL_FORK", "CVDRILL_DEBUG", "PYTHONPATH", "LD_LIBRARY_PATH", "LD_PRELOAD")


class Line:
    """A connection to a server.

    Parameters
    ----------
    sock : socket.socket
        Connected; no request was sent yet.
    process : subprocess.Popen or None
        What was started for it; None when a warm server answered.

    Attributes
    ----------
    expects : bool
        Whether the server was told to get ready for a check.
    """

    __slots__ = ("expects", "process", "sock")

    def __init__(self, sock: socket.socket, process: subprocess.Popen[bytes] | None) -> None:
        self.sock = sock
        self.process = process
        self.expects = False


_open: list[Line] = []
_left: list[Line] = []


def prepare() -> None:
    """Open a line ahead of its use, so that a server that has to be started loads meanwhile.

    In the end `leave` has to be called.
    """
    _open.append(open_line())


def expect(drill: str | None) -> None:
    """Tell the server on that line what will be checked, so that it gets ready if it knows the drill.

    Parameters
    ----------
    drill : str or None
        Its id; None for the one that was checked last.
    """
    opened = _open[-1]
    opened.expects = True
    with contextlib.suppress(WireError):  # whoever uses the line will meet it
        Connection(opened.sock).send({"expect": drill})


def prepared() -> Line | None:
    """Return the line that was opened ahead of its use, if it was not used yet."""
    return _open[-1] if _open else None


def discard() -> None:
    """Close the line that was opened ahead of its use, and end what was begun on it."""
    given = _open.pop()
    _hang_up(given)
    _wait(given)


def leave() -> None:
    """Close the line that was opened ahead of its use, and wait until all that was begun on it has ended."""
    while _open:
        if _open[-1].expects and _open[-1].process is None:
            discard()
        else:  # nothing was started yet
            _open.pop().sock.close()
    while _left:
        _wait(_left.pop())


@contextlib.contextmanager
def line(*, fresh: bool = False) -> Iterator[Line]:
    """Give a line to a server; in the end, however it comes, nothing that it had started is left.

    If the line was opened ahead, `leave` waits for that, and not this.

    Parameters
    ----------
    fresh : bool
        Whether to start a server even if a warm one seems to be there.
    """
    ahead = bool(_open) and not fresh
    given = _open.pop() if ahead else open_line(fresh=fresh)
    try:
        yield given
    finally:
        _hang_up(given)
        if ahead:
            _left.append(given)
        else:
            _wait(given)


def open_line(*, fresh: bool = False) -> Line:
    """Return a line to the warm server, or to a new one.

    Parameters
    ----------
    fresh : bool
        Whether not to look for a warm one.
    """
    if os.name != "posix":
        raise CvdrillError("cvdrill grades on Linux and macOS; on Windows, use it in WSL.", "wsl --install")
    address = warm_address()
    if address is not None and not fresh:
        sock = _connect(address)
        if sock is not None:
            return Line(sock, None)
    return _launch(address)


def connect_warm() -> socket.socket | None:
    """Return a connection to the warm server if there is one; start none."""
    address = warm_address()
    return None if address is None else _connect(address)


def warm_address() -> str | None:
    """Return the path at which the warm server listens, or None if there is to be none.

    ``CVDRILL_WARM=0`` turns it off, and so does a runtime folder that is not ours alone.
    """
    if os.environ.get("CVDRILL_WARM") == "0":
        return None
    folder = _runtime_folder()
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        status = os.lstat(folder)
    except OSError:
        return None
    ours = stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077
    address = os.path.join(folder, f"{_key()}.sock")
    # The kernel takes 104 to 108 bytes for a socket's path.
    return address if ours and len(os.fsencode(address)) < 100 else None


def peer_is_us(sock: socket.socket) -> bool:
    """Return whether the other end of a Unix socket belongs to the same user, where the system tells."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # the folder's mode has to do
    _, uid, _ = struct.unpack(
        "3i", sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    )
    return bool(uid == os.getuid())


def _runtime_folder() -> str:
    if base := os.environ.get("XDG_RUNTIME_DIR"):
        return os.path.join(base, "cvdrill")
    import tempfile  # noqa: PLC0415  most systems have a runtime folder

    return os.path.join(tempfile.gettempdir(), f"cvdrill-runtime-{os.getuid()}")


def _key() -> str:
    """Name what a server is made of: another interpreter or set of packages asks for another server."""
    parts = [sys.prefix, sys.version, __version__]
    parts += [f"{name}={os.environ.get(name)}" for name in _SHAPES_SERVER]
    package = os.path.dirname(os.path.realpath(__file__))
    watched = [
        entry.path
        for folder in (package, os.path.join(package, "grading"))
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name)
        if entry.name.endswith(".py")
    ]
    watched += [sysconfig.get_path(name) for name in ("purelib", "platlib")]
    for path in watched:
        with contextlib.suppress(FileNotFoundError):  # a missing folder is a fact like another
            parts.append(f"{path}@{os.stat(path).st_mtime_ns}")
    return importlib.util.source_hash("\0".join(parts).encode()).hex()


def _connect(address: str) -> socket.socket | None:
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        sock.connect(address)
    except OSError:  # none there, or one that died
        sock.close()
        return None
    if not peer_is_us(sock):
        sock.close()
        return None
    return sock


def _launch(address: str | None) -> Line:
    """Start a server that has our line already, and listens at `address` if there is one."""
    import subprocess  # noqa: PLC0415  a warm server is reached without it

    ours, theirs = socket.socketpair()
    arguments = [] if address is None else [address]
    with theirs:
        process = subprocess.Popen(  # noqa: S603  our own module
            [sys.executable, "-P", "-m", "cvdrill.grading.server", "serve", str(theirs.fileno()), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=None if os.environ.get("CVDRILL_DEBUG") else subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env=environment(),
            start_new_session=True,  # Ctrl-C is for the command line, which then hangs up
        )
    return Line(ours, process)


def environment() -> dict[str, str]:
    """Return our environment without what would change pytest, and with one thread for each library."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env |= {
        f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM", "NUMEXPR")
    }
    return env | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def _hang_up(given: Line) -> None:
    """Tell the server to end what it has started for a line."""
    with contextlib.suppress(OSError):  # the server may be gone, which is as good
        given.sock.settimeout(_GOODBYE_S)
        given.sock.shutdown(socket.SHUT_WR)


def _wait(given: Line) -> None:
    """Wait until the server has done so, and close the line."""
    with given.sock, contextlib.suppress(OSError):
        while given.sock.recv(65536):
            pass
    if given.process is None:
        return
    import subprocess  # noqa: PLC0415  loaded already, since there is a process

    try:  # a server that stays has left a process that is gone at once
        given.process.wait(_GOODBYE_S)
    except subprocess.TimeoutExpired:
        given.process.kill()
        given.process.wait()
