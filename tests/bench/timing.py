"""Times things in turn, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; without a goal it only informs."""

    what: str
    measured: str
    goal: str = ""
    met: bool | None = None


def in_turn(rounds: int, things: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """Do all things, then all of them again, and so on; return what each gave, round by round.

    A first round is not counted: it fills caches, writes bytecode and starts the server.
    """
    for thing in things.values():
        thing()
    measured: dict[str, list[T]] = {name: [] for name in things}
    for _ in range(rounds):
        for name, thing in things.items():
            measured[name].append(thing())
    return measured


def command(
    arguments: Sequence[str], folder: Path, extra: Mapping[str, str] | None = None
) -> Callable[[], float]:
    """Return a function that runs a command and returns the seconds it took; it has to succeed.

    `extra` goes on top of the environment as it is when the command is run.
    """

    def run() -> float:
        environment = {**os.environ, **(extra or {})}
        begin = time.perf_counter()
        done = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, check=False)
        seconds = time.perf_counter() - begin
        if done.returncode:
            shown = (done.stdout + done.stderr).decode(errors="replace")
            raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}:\n{shown}")
        return seconds

    return run


def span(seconds: float) -> str:
    """Return a time as it is read best: ``87.4 ms``, ``1.74 s``."""
    return f"{seconds:.2f} s" if seconds >= 0.9995 else f"{seconds * 1000:.1f} ms"


def ratio(
    what: str, ours: Sequence[float], theirs: Sequence[float], goal: str = "", limit: float | None = None
) -> Row:
    """Return the row of how one time compares with another, and whether it is within its limit."""
    mine, other = median(ours), median(theirs)
    measured = mine / other
    met = None if limit is None else measured <= limit
    return Row(what, f"{measured:.3f}  ({span(mine)} : {span(other)})", goal, met)


def at_most(what: str, seconds: float, limit: float) -> Row:
    """Return the row of a time that has a limit."""
    return Row(what, span(seconds), f"≤ {limit * 1000:.0f} ms", seconds <= limit)
