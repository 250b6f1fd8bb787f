"""Grades a learner's source in processes of their own: ``grade(drill, source) -> Verdict``.

The command line starts a server; the server starts a judge, which holds the cases and the reference, and
workers, which hold the learner's code. A worker reports values, the judge decides.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from cvdrill.errors import CvdrillError
from cvdrill.model import Case, Diagnosis, Drill, Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cvdrill.grading.wire import Connection

_GOODBYE_S = 10.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a learner's code may use.

    Attributes
    ----------
    call_s : float or None
        Seconds of one call; the card's when None.
    check_s : float
        Seconds of all cases together.
    memory_bytes : int
        On top of what Python and the libraries take.
    output_bytes : int
        What may be printed during one call.
    """

    call_s: float | None = None
    check_s: float = 60.0
    memory_bytes: int = 2 * 2**30
    output_bytes: int = 2**20


@dataclass(slots=True)
class _ServerProcess:
    process: subprocess.Popen[bytes]
    socket: socket.socket


_launched: list[_ServerProcess] = []


def prelaunch() -> None:
    """Start a server now, so that it loads its libraries while the command line loads its own."""
    _launched.append(_launch())


def grade(
    drill: Drill,
    source: bytes,
    *,
    path: Path | None = None,
    case: str | None = None,
    seed: int | None = None,
    limits: Limits | None = None,
    on_case: Callable[[Case], None] | None = None,
    stop_early: bool = False,
) -> Verdict:
    """Grade one source.

    Parameters
    ----------
    drill : Drill
        What it claims to solve.
    source : bytes
        The file as it was read.
    path : Path, optional
        Where it was read; its name is shown in tracebacks.
    case : str, optional
        The only case to run, with or without its parameters.
    seed : int, optional
        For the random cases; a fresh one when left out.
    limits : Limits, optional
        What the code may use.
    on_case : callable, optional
        Told of each case as it ends.
    stop_early : bool, optional
        Whether to run no further case once one has not passed.

    Returns
    -------
    Verdict
        Its outcome is BROKEN when the grader itself failed.

    Raises
    ------
    CvdrillError
        When no case has the name that was given.
    """
    from cvdrill.grading.wire import Connection, WireError  # noqa: PLC0415  imports numpy

    seed = secrets.randbits(32) if seed is None else seed
    request = _request(drill, path, case, seed, limits or Limits()) | {"stop_early": stop_early}
    with _server() as sock:
        connection = Connection(sock)
        try:
            connection.send({"request": request}, [source])
            return _follow(connection, drill, on_case)
        except WireError:
            return Verdict(drill.id, Outcome.BROKEN, seed, message="The grader ended without a verdict.")


def invalid(drill: Drill, message: str) -> Verdict:
    """Return the verdict on a file that could not be read.

    Parameters
    ----------
    drill : Drill
        What it was to solve.
    message : str
        Why not.
    """
    return Verdict(drill.id, Outcome.INVALID, 0, message=message)


def _request(drill: Drill, path: Path | None, case: str | None, seed: int, limits: Limits) -> dict[str, Any]:
    from cvdrill.grading import submission  # noqa: PLC0415  a prelaunch needs none of it

    return {
        "drill": drill.id,
        "stub": str(drill.stub),
        "reference": str(drill.reference),
        "cases": str(drill.cases),
        "bans": [asdict(ban) for ban in drill.card.banned],
        "hidden": [str(drill.solution.parent.parent)],
        "filename": path.name if path else drill.stub.name,
        "case": case,
        "seed": seed,
        "torch": submission.uses_torch(drill.stub.read_text(encoding="utf-8")),
        "call_s": drill.card.seconds if limits.call_s is None else limits.call_s,
        "check_s": limits.check_s,
        "memory_bytes": limits.memory_bytes,
        "output_bytes": limits.output_bytes,
    }


def _follow(connection: Connection, drill: Drill, on_case: Callable[[Case], None] | None) -> Verdict:
    """Receive cases until the verdict comes."""
    while True:
        header = connection.receive().header
        if "case" in header:
            if on_case:
                on_case(_case(header["case"]))
        elif "verdict" in header:
            fields = header["verdict"]
            fields["outcome"] = Outcome(fields["outcome"])
            fields["cases"] = tuple(_case(case) for case in fields["cases"])
            fields["diagnoses"] = tuple(Diagnosis(**diagnosis) for diagnosis in fields["diagnoses"])
            return Verdict(**fields)
        elif "unknown_case" in header:
            names = header["unknown_case"].splitlines()
            raise CvdrillError(
                f"{drill.id} has no case of that name. Did you mean {names[0]}?",
                f"cvdrill check {drill.id} --case '{names[0]}'",
            )
        else:
            return Verdict(
                drill.id,
                Outcome.BROKEN,
                header["seed"],
                message="The grader failed; this does not count against you.",
                details=header["broken"],
            )


def _case(fields: dict[str, Any]) -> Case:
    return Case(**{**fields, "outcome": Outcome(fields["outcome"])})


@contextlib.contextmanager
def _server() -> Iterator[socket.socket]:
    """Give a socket to a server; in the end, the server and all that it started are gone."""
    server = _launched.pop() if _launched else _launch()
    try:
        yield server.socket
    finally:
        server.socket.close()
        try:
            server.process.wait(_GOODBYE_S)
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait()


def _launch() -> _ServerProcess:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603  our own module
            [sys.executable, "-P", "-m", "cvdrill.grading.server", "serve", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=None if os.environ.get("CVDRILL_DEBUG") else subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the command line, which then hangs up
        )
    return _ServerProcess(process, ours)


def _environment() -> dict[str, str]:
    """Return our environment without what would change pytest, and with one thread for each library."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env |= {
        f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM", "NUMEXPR")
    }
    return env | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
