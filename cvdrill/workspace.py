"""The folder that learners write in. Whatever is found there is moved aside, never overwritten."""

from __future__ import annotations

import errno
import itertools
import os
import shlex
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cvdrill.errors import CvdrillError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cvdrill.model import Drill

LIMIT_BYTES: Final = 1_000_000
"""The largest file that is read; solutions have a few thousand bytes."""

KINDS: Final = (
    (stat.S_ISDIR, "directory"),
    (stat.S_ISFIFO, "named pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


class Unreadable(ValueError):  # noqa: N818  it says what the file is, and ends in a verdict
    """A learner's file that cannot be graded; its text is a message to the learner."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The learner's copies of the stubs.

    Attributes
    ----------
    root : Path
        The folder; made when the first stub is handed out.
    """

    root: Path

    def path(self, drill: Drill) -> Path:
        """Return where the learner's file of a drill is, or would be."""
        return self.root / drill.topic / f"{drill.id}.py"

    def hand_out(self, drill: Drill) -> bool:
        """Copy a drill's stub to its place, unless anything at all is there.

        Parameters
        ----------
        drill : Drill

        Returns
        -------
        bool
            Whether it was copied.

        Raises
        ------
        CvdrillError
            When the workspace cannot be made or written.
        """
        path = self.path(drill)
        with _explained(path):
            if _is_taken(path):
                return False
            with _prepared(path, _stub(drill)) as copy:
                return _put(copy, path)

    def back_up(self, drill: Drill, now: datetime) -> Path | None:
        """Move whatever is in a drill's place beside it, under a name with the date.

        Parameters
        ----------
        drill : Drill
        now : datetime
            The time that the name tells, in the zone it has.

        Returns
        -------
        Path or None
            Where it is now; None when there was nothing.

        Raises
        ------
        CvdrillError
            When it cannot be moved; it is then where it was.
        """
        path = self.path(drill)
        with _explained(path):
            return _move_aside(path, now) if _is_taken(path) else None

    def renew(self, drill: Drill, now: datetime) -> Path | None:
        """Hand out a fresh stub, and back up what is in its place if it differs.

        Parameters
        ----------
        drill : Drill
        now : datetime
            The time that the backup's name tells.

        Returns
        -------
        Path or None
            The backup; None when nothing had to be moved.

        Raises
        ------
        CvdrillError
            When a step fails. What the learner wrote is then in its place or in its backup.
        """
        path, stub = self.path(drill), _stub(drill)
        if self._holds(drill, stub):
            return None
        # The copy is complete on the disk before anything is moved, so a full disk stops this at once.
        with _explained(path), _prepared(path, stub) as copy:
            backup = _move_aside(path, now) if _is_taken(path) else None
            if not _put(copy, path) and not self._holds(drill, stub):
                raise CvdrillError(
                    f"{_shown(path)} was written again while it was moved to {_shown(backup or path)}.",
                    f"Close it in the editor, then: cvdrill reset {drill.id}",
                )
            return backup

    def read(self, drill: Drill) -> bytes:
        """Return what the learner wrote, and wait for nothing that is not a file.

        Parameters
        ----------
        drill : Drill

        Returns
        -------
        bytes

        Raises
        ------
        Unreadable
            When there is no file, or something that cannot be one; its text says what to type.
        """
        path = self.path(drill)
        try:
            # A pipe would block without O_NONBLOCK, and a terminal would become ours without O_NOCTTY.
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
            try:
                mode = os.fstat(descriptor).st_mode
                if not stat.S_ISREG(mode):
                    raise Unreadable(_wrong_kind(path, mode, drill))
                with os.fdopen(descriptor, "rb", closefd=False) as file:
                    source = file.read(LIMIT_BYTES + 1)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise Unreadable(_unopened(path, error, drill)) from error
        if len(source) > LIMIT_BYTES:
            raise Unreadable(f"{_shown(path)} is larger than 1 MB; a solution has a few thousand bytes.")
        return source

    def _holds(self, drill: Drill, stub: bytes) -> bool:
        try:
            return self.read(drill) == stub
        except Unreadable:
            return False


def _stub(drill: Drill) -> bytes:
    try:
        return drill.stub.read_bytes()
    except OSError as error:
        message = f"The stub {drill.stub} cannot be read: {_why(error)}."
        raise CvdrillError(message, "pip install --force-reinstall cvdrill", exit_code=3) from error


def _is_taken(path: Path) -> bool:
    """Tell whether anything is at `path`, be it a link to nowhere."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


@contextmanager
def _prepared(path: Path, content: bytes) -> Iterator[Path]:
    """Write a file that is to go to `path` beside it, safe on the disk; remove that copy in the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    copy = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
    try:
        _write_new(copy, content)
        yield copy
    finally:
        with suppress(OSError):
            copy.unlink()


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put(copy: Path, path: Path) -> bool:
    """Give a finished file the name `path` unless that is taken; return whether it was done."""
    with suppress(OSError):
        path.hardlink_to(copy)
        return True
    # Either it is taken, or there are no hard links here, and an empty file has to keep the name free.
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    try:
        copy.replace(path)
    except OSError:
        path.unlink()
        raise
    return True


def _move_aside(path: Path, now: datetime) -> Path | None:
    """Rename what is at `path` to a dated name that is free; return it, or None if nothing was there now."""
    is_folder = path.is_dir() and not path.is_symlink()
    backup = _reserved(path, f"{now:%Y-%m-%dT%H-%M-%S}", is_folder)
    try:
        # Replaces the empty thing that was put there a moment ago, and so never anybody else's.
        path.rename(backup)
    except OSError as error:
        backup.rmdir() if is_folder else backup.unlink()
        if isinstance(error, FileNotFoundError):
            return None
        raise
    return backup


def _reserved(path: Path, date: str, is_folder: bool) -> Path:
    """Make an empty file or folder beside `path` under a dated name that nothing had."""
    for number in itertools.count(1):
        backup = path.with_name(f"{path.stem}.{date}{f'-{number}' if number > 1 else ''}{path.suffix}")
        with suppress(FileExistsError):
            backup.mkdir() if is_folder else backup.touch(exist_ok=False)
            break
    return backup


def _wrong_kind(path: Path, mode: int, drill: Drill) -> str:
    kind = next((name for is_kind, name in KINDS if is_kind(mode)), "special file")
    return f"{_shown(path)} is a {kind}, not a file. {_way_out(drill)}"


def _unopened(path: Path, error: OSError, drill: Drill) -> str:
    """Say why a learner's file could not be opened or read."""
    if error.errno == errno.ENXIO:
        return f"{_shown(path)} is a socket or a device, not a file. {_way_out(drill)}"
    if error.errno == errno.ELOOP:
        return f"{_shown(path)} is a link that leads back to itself. {_way_out(drill)}"
    if error.errno == errno.ENOENT and path.is_symlink():
        return f"{_shown(path)} is a link to {path.readlink()}, which is not there. {_way_out(drill)}"
    if error.errno == errno.ENOENT:
        return f"{_shown(path)} is not there. To get it, type: cvdrill reset {drill.id}"
    allow = f" To allow it, type: chmod u+r {shlex.quote(str(path))}" if error.errno == errno.EACCES else ""
    return f"{_shown(path)} cannot be read: {_why(error)}.{allow}"


def _way_out(drill: Drill) -> str:
    return f"To move it aside and get a fresh stub, type: cvdrill reset {drill.id}"


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the system raises while it writes at `path` into a `CvdrillError`."""
    try:
        yield
    except OSError as error:
        folder = _shown(path.parent)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            message = f"The disk is full: nothing could be written in {folder}."
            hint = "Make room, then type it again."
        elif error.errno in (errno.EEXIST, errno.ENOTDIR):
            blocks = next(above for above in path.parents if above.is_symlink() or above.exists())
            message = f"No drill can be handed out in {folder}: {_shown(blocks)} is not a folder."
            hint = "Move it away, or set CVDRILL_WORKSPACE to another folder."
        else:
            message = f"{folder} cannot be written: {_why(error)}."
            hint = "Make it writable for you, or set CVDRILL_WORKSPACE to another folder."
        raise CvdrillError(message, hint, exit_code=3) from error


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _shown(path: Path) -> str:
    """Return a path as the learner would type it."""
    try:
        return str("~" / path.relative_to(Path("~").expanduser()))
    except (ValueError, RuntimeError):
        return str(path)
