"""Grades a learner's source in processes of their own: ``grade(drill, source) -> Verdict``.

The command line starts a server; the server starts a judge, which holds the cases and the reference, and
workers, which hold the learner's code. A worker reports values, the judge decides.
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from cvdrill import launch
from cvdrill.errors import CvdrillError
from cvdrill.model import Case, Diagnosis, Drill, Outcome, Runtime, Verdict
from cvdrill.wire import Connection, WireError

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path


_ANSWER_S = 5.0
_begun: list[tuple[dict[str, Any], bytes]] = []


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What the warm server says of itself.

    Attributes
    ----------
    pid : int
        Its process id.
    age_s : float
        Seconds since it was started.
    graded : int
        Checks that it has served.
    torch : bool
        Whether it has loaded torch.
    peak_bytes : int
        The most memory that it has held.
    """

    pid: int
    age_s: float
    graded: int
    torch: bool
    peak_bytes: int


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


def begin(drill: Drill, source: bytes, path: Path) -> None:
    """Begin a grading on the line that `launch.prepare` has opened.

    The next call of `grade` goes on with it if it asks for the same.

    Parameters
    ----------
    drill, source, path
        As for `grade`; cases and seed are left to the grader.
    """
    request = _request(drill, path, None, _draw_seed(), Limits())
    line = launch.prepared()
    if line is None:
        return
    with contextlib.suppress(WireError):  # whoever asks for the verdict will meet it again
        Connection(line.sock).send({"request": request}, [source])
        _begun.append((request, source))


def warm_up(drill: Drill) -> None:
    """Have a warm server load what grading a drill needs, and do not wait for it.

    Parameters
    ----------
    drill : Drill
        What will be graded soon.
    """
    from cvdrill.grading import submission  # noqa: PLC0415  only needed here

    torch = submission.uses_torch(drill.stub.read_text(encoding="utf-8"))
    if launch.warm_address() is None:
        return
    line = launch.open_line()
    with line.sock, contextlib.suppress(WireError):  # a server that is going away is as good as none
        Connection(line.sock).send({"warm": torch})
    if line.process is not None:  # it has left the server behind, which loads on its own
        line.process.wait()


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
    number = _draw_seed() if seed is None else seed
    request = _request(drill, path, case, number, limits or Limits(), stop_early=stop_early)
    begun = _take_begun(request | {"seed": seed}, source)
    for fresh in (False, True):
        with launch.line(fresh=fresh) as line:
            try:
                return _ask(line.sock, begun or request, source, drill, on_case, sent=begun is not None)
            except WireError:
                begun = None
                if line.process is not None:
                    break
                # The warm server was about to go, or is broken; a new one takes its place.
    return Verdict(drill.id, Outcome.BROKEN, number, message="The grader ended without a verdict.")


def _take_begun(request: dict[str, Any], source: bytes) -> dict[str, Any] | None:
    """Return the request of the grading that was begun if it is the one that is asked for, else drop it."""
    if not _begun:
        return None
    sent, sent_source = _begun.pop()
    if sent_source == source and sent | {"seed": None} == request:
        return sent
    launch.discard()
    return None


def server_status() -> ServerStatus | None:
    """Return what the warm server says of itself, or None if there is none."""
    header = _tell({"status": True})
    return None if header is None else ServerStatus(**header["status"])


def stop_server() -> bool:
    """End the warm server once its checks are done; return whether there was one."""
    return _tell({"stop": True}) is not None


def _tell(header: dict[str, Any]) -> dict[str, Any] | None:
    """Say something to the warm server; return its answer, or None if there is no server."""
    sock = launch.connect_warm()
    if sock is None:
        return None
    with sock:
        connection = Connection(sock)
        try:
            connection.send(header)
            return connection.receive(deadline=time.monotonic() + _ANSWER_S).header
        except (WireError, TimeoutError):
            return {} if "stop" in header else None


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


def _draw_seed() -> int:
    return int.from_bytes(os.urandom(4))


def _request(
    drill: Drill, path: Path | None, case: str | None, seed: int, limits: Limits, *, stop_early: bool = False
) -> dict[str, Any]:
    from cvdrill.grading import submission  # noqa: PLC0415  parses stubs

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
        "stop_early": stop_early,
        "torch": submission.uses_torch(drill.stub.read_text(encoding="utf-8")),
        "call_s": drill.card.seconds if limits.call_s is None else limits.call_s,
        "check_s": limits.check_s,
        "folder": os.environ.get("TMPDIR"),
        "memory_bytes": limits.memory_bytes,
        "output_bytes": limits.output_bytes,
    }


def _ask(
    sock: socket.socket,
    request: dict[str, Any],
    source: bytes,
    drill: Drill,
    on_case: Callable[[Case], None] | None,
    *,
    sent: bool,
) -> Verdict:
    """Send a request unless it was sent already, and receive cases until the verdict comes."""
    connection = Connection(sock)
    if not sent:
        connection.send({"request": request}, [source])
    while True:
        header = connection.receive().header
        if "case" in header:
            if on_case:
                on_case(_case(header["case"]))
        elif "verdict" in header:
            fields = header["verdict"]
            fields["outcome"] = Outcome(fields["outcome"])
            fields["cases"] = tuple(_case(case) for case in fields["cases"])
            fields["runtime"] = fields["runtime"] and Runtime(**fields["runtime"])
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
