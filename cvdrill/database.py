"""Opens the history's SQLite file: its tables, their migrations, and a sentence for all that can go wrong.

A file that cannot be trusted is named and left where it is. What the rows mean is known to `store`, not here.
"""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
import shlex
import sqlite3
import stat
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cvdrill.errors import CvdrillError

if TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION_ID: Final = 0x6376_6472
"""``cvdr``; tells a history from other programs' databases."""

BUSY_TIMEOUT_S: Final = 5.0
"""How long to wait, in seconds, for another terminal that writes."""

SMALLEST_BYTES: Final = 512
"""SQLite's smallest page: no database that holds anything is shorter."""

# Times are UTC ISO text of one width, so that text order is time order. A seed is text, as it may be larger
# than SQLite's integers. What an attempt says about its checks spares every list from reading all of them.
# What is kept later (hints taken, reviews, mock interviews, packs) gets tables of its own that point here.
MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        f"PRAGMA application_id = {APPLICATION_ID}",
        """
        CREATE TABLE attempts (
            id INTEGER PRIMARY KEY,
            drill TEXT NOT NULL,
            started_at TEXT NOT NULL CHECK (length(started_at) = 32),
            passed_at TEXT CHECK (length(passed_at) = 32 AND passed_at >= started_at),
            abandoned_at TEXT CHECK (length(abandoned_at) = 32 AND abandoned_at >= started_at),
            checks INTEGER NOT NULL DEFAULT 0,
            passing_check INTEGER REFERENCES checks (id),
            checks_to_pass INTEGER,
            elapsed_s REAL CHECK (elapsed_s >= 0),
            CHECK ((passed_at IS NULL) = (passing_check IS NULL)),
            CHECK ((passed_at IS NULL) = (checks_to_pass IS NULL)),
            CHECK ((passed_at IS NULL) = (elapsed_s IS NULL))
        )
        """,
        "CREATE INDEX attempts_of_drill ON attempts (drill)",
        "CREATE UNIQUE INDEX attempt_of_pass ON attempts (passing_check) WHERE passing_check IS NOT NULL",
        """
        CREATE UNIQUE INDEX one_open_attempt ON attempts (drill)
        WHERE passed_at IS NULL AND abandoned_at IS NULL
        """,
        """
        CREATE TABLE pauses (
            id INTEGER PRIMARY KEY,
            attempt_id INTEGER NOT NULL REFERENCES attempts (id),
            started_at TEXT NOT NULL CHECK (length(started_at) = 32),
            ended_at TEXT CHECK (length(ended_at) = 32 AND ended_at >= started_at)
        )
        """,
        "CREATE INDEX pauses_of_attempt ON pauses (attempt_id)",
        "CREATE UNIQUE INDEX one_open_pause ON pauses (attempt_id) WHERE ended_at IS NULL",
        """
        CREATE TABLE sources (
            id INTEGER PRIMARY KEY,
            sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
            body BLOB NOT NULL
        )
        """,
        """
        CREATE TABLE checks (
            id INTEGER PRIMARY KEY,
            attempt_id INTEGER NOT NULL REFERENCES attempts (id),
            checked_at TEXT NOT NULL CHECK (length(checked_at) = 32),
            outcome TEXT NOT NULL,
            passed INTEGER NOT NULL CHECK (passed >= 0),
            total INTEGER NOT NULL CHECK (total >= passed),
            seed TEXT NOT NULL,
            elapsed_s REAL NOT NULL CHECK (elapsed_s >= 0),
            source_id INTEGER REFERENCES sources (id)
        )
        """,
        "CREATE INDEX checks_of_attempt ON checks (attempt_id)",
        "CREATE INDEX checks_by_time ON checks (checked_at) WHERE outcome <> 'BROKEN'",
        """
        CREATE TABLE focus (
            only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
            attempt_id INTEGER NOT NULL REFERENCES attempts (id),
            since TEXT NOT NULL CHECK (length(since) = 32)
        )
        """,
    ),
    (
        "ALTER TABLE checks ADD COLUMN runtime REAL CHECK (runtime > 0)",
        "ALTER TABLE checks ADD COLUMN runtime_at_least INTEGER CHECK (runtime_at_least IN (0, 1))",
        "ALTER TABLE attempts ADD COLUMN runtime REAL CHECK (runtime > 0)",
        "ALTER TABLE attempts ADD COLUMN runtime_at_least INTEGER CHECK (runtime_at_least IN (0, 1))",
    ),
)


def connect(path: Path, timeout_s: float = BUSY_TIMEOUT_S) -> sqlite3.Connection:
    """Open a history, make it if there is none, and bring it to the present version.

    Parameters
    ----------
    path : Path
        The file; its folder is made when it is missing.
    timeout_s : float, optional
        How long to wait, in seconds, for another program that holds the file.

    Returns
    -------
    sqlite3.Connection
        In autocommit mode; `transaction` begins what belongs together.

    Raises
    ------
    CvdrillError
        When the file is damaged, made by a newer cvdrill, no history, or out of reach. It stays as it is.
    """
    with explained(path):
        if not _is_there(path):
            _create(path)
        connection = _open(path, "rw", timeout_s)
        try:
            _migrate(connection, path)
            # Only now: a migration may have to rebuild a table that others point to.
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    """Keep all that is done inside, or nothing if it raises.

    Parameters
    ----------
    connection : sqlite3.Connection
    begin : str
        ``BEGIN`` to read one state throughout, ``BEGIN IMMEDIATE`` to write upon what was read.
    """
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After some failures, such as a full disk, SQLite has rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system raise inside into a `CvdrillError` about the history at `path`."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake of ours, not the file's
    except sqlite3.Error as error:
        raise _explain_sqlite(path, error) from error
    except OSError as error:
        raise _explain_os(path, error) from error


def fault(connection: sqlite3.Connection) -> str:
    """Read every page and return the first thing that is wrong, in a few words; empty when nothing is.

    Parameters
    ----------
    connection : sqlite3.Connection
        Inside a transaction.

    Returns
    -------
    str
    """
    run = connection.execute
    if (version := run("PRAGMA user_version").fetchone()[0]) != len(MIGRATIONS):
        return f"its version is {version}, not {len(MIGRATIONS)}"
    if (word := str(run("PRAGMA integrity_check(1)").fetchone()[0])) != "ok":
        return word
    if (row := run("PRAGMA foreign_key_check").fetchone()) is not None:
        return f"row {row[1]} of {row[0]} points to nothing"
    for number, sha256, body in run("SELECT id, sha256, CAST(body AS BLOB) FROM sources"):
        if hashlib.sha256(body).digest() != sha256:
            return f"source {number} is not what was stored"
    return ""


def damaged(path: Path, what: str) -> CvdrillError:
    """Return the error that names a damaged history and says how to keep it and begin anew.

    Parameters
    ----------
    path : Path
    what : str
        What is wrong with it, in a few words.

    Returns
    -------
    CvdrillError
    """
    # The -wal beside it may hold the latest checks; left there, SQLite would play it into the next history.
    folders = (path.with_name(f"damaged-{number}") for number in itertools.count(1))
    aside = shlex.quote(str(next(folder for folder in folders if not folder.exists())))
    return CvdrillError(
        f"The history {path} is damaged: {' '.join(what.split())}. It stays where it is.",
        f"To begin anew, put it aside: mkdir {aside} && mv {shlex.quote(str(path))}* {aside}",
        exit_code=3,
    )


def _is_there(path: Path) -> bool:
    """Tell whether there is a file to open; refuse what SQLite would misunderstand."""
    # Looked at before the file itself: a terminal that is just making a history makes the file first.
    halves = [half for end in ("-wal", "-journal") if _size(half := path.with_name(path.name + end))]
    try:
        status = path.stat()
    except FileNotFoundError:
        if path.is_symlink():
            message = f"The history {path} is a link to {path.readlink()}, which is not there."
            raise CvdrillError(message, "Bring back what it leads to, or remove it.", exit_code=3) from None
        if halves:
            raise damaged(path, f"it is gone, but its other half {halves[0].name} is there") from None
        return False
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
        raise _misplaced(f"The history {path} is {kind}.")
    if status.st_size < SMALLEST_BYTES:
        # SQLite would begin anew in it, but _create leaves no such file: something else has cut it short.
        raise damaged(path, f"it has {status.st_size} bytes" if status.st_size else "it is empty")
    _refuse_strange(path)
    return True


def _refuse_strange(path: Path) -> None:
    """Refuse what is no database at all before SQLite merges its other half into it and removes that."""
    with closing(_open(path, "ro&immutable=1", 0)) as connection:
        try:
            connection.execute("PRAGMA schema_version")
        except sqlite3.DatabaseError as error:
            # The rest is left to the opening proper: without locks this may see a change half written.
            if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
                raise


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _create(path: Path) -> None:
    """Put a complete, empty history at `path`, unless another terminal has put one there meanwhile."""
    import tempfile  # noqa: PLC0415  only the very first open needs it

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".history-", dir=path.parent) as folder:
        made = Path(folder, path.name)
        with closing(_open(made, "rwc", BUSY_TIMEOUT_S)) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # nobody sees it before the fsync below
            _migrate(connection, path)
            # A file system without shared memory answers with another mode: all works, only slower.
            connection.execute("PRAGMA journal_mode = WAL")
        with made.open("rb") as file:
            os.fsync(file.fileno())
        try:
            path.hardlink_to(made)
        except OSError:
            # Either another terminal was first, or there are no hard links here; then this is two steps.
            if not path.exists():
                made.rename(path)


def _open(path: Path, mode: str, timeout_s: float) -> sqlite3.Connection:
    # "rw" and not "rwc" for a history: if it goes in this very moment, that is an error and not a new one.
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, timeout=timeout_s, isolation_level=None, uri=True)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    while (version := _version(connection, path)) < len(MIGRATIONS):
        with transaction(connection, "BEGIN IMMEDIATE"):
            # Asked again under the lock: another terminal may have migrated while this one waited.
            if _version(connection, path) == version:
                for statement in MIGRATIONS[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """Return how many migrations the file has had; refuse what is no history, or one from the future."""
    # One statement, so that a migration in another terminal is seen whole or not at all.
    version, application, tables = connection.execute(
        "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master)"
        " FROM pragma_user_version, pragma_application_id"
    ).fetchone()
    if application != APPLICATION_ID and (tables or version):
        raise _misplaced(f"The file {path} is a database of another program, not a history of cvdrill.")
    if version > len(MIGRATIONS):
        raise CvdrillError(
            f"The history {path} was made by a newer cvdrill: it has version {version},"
            f" this one knows {len(MIGRATIONS)}.",
            "pip install --upgrade cvdrill",
            exit_code=3,
        )
    return int(version)


def _explain_sqlite(path: Path, error: sqlite3.Error) -> CvdrillError:
    # No code means that a value could not be decoded: the bytes in the file are not those that were stored.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT):
        return damaged(path, str(error).partition(" with text ")[0])
    if code == sqlite3.SQLITE_FULL:
        return _full(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        message = f"Another program keeps the history {path} locked."
        return CvdrillError(message, "Close the other cvdrill, then type it again.", exit_code=3)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return _refused(path, str(error))
    message = f"The history {path} could not be read or written: {error}."
    return CvdrillError(message, "See whether the disk is full (df -h) or failing.", exit_code=3)


def _explain_os(path: Path, error: OSError) -> CvdrillError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(path)
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        blocks = (folder for folder in path.parents if folder.is_symlink() or folder.exists())
        return _misplaced(f"There is no room for the history {path}: {next(blocks)} is not a folder.")
    return _refused(path, (error.strerror or str(error)).lower())


def _misplaced(message: str) -> CvdrillError:
    return CvdrillError(message, "Move it away, or set CVDRILL_HOME to another folder.", exit_code=3)


def _full(path: Path) -> CvdrillError:
    message = f"The disk is full, so nothing was added to the history {path}."
    return CvdrillError(message, "Make room, then type it again.", exit_code=3)


def _refused(path: Path, why: str) -> CvdrillError:
    return CvdrillError(
        f"The history {path} cannot be opened for writing: {why}.",
        f"Make {path.parent} and what is in it writable for you, or set CVDRILL_HOME to another folder.",
        exit_code=3,
    )
