"""Mutants that no case can tell from the reference, each with the reason, in ``equivalent.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from cvdrill.model import Drill
    from cvdrill.mutation import Mutant


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mutant that does the same as the reference.

    Attributes
    ----------
    line : str
        The line of the reference, stripped.
    mutant : str
        The line of the mutant, stripped.
    reason : str
        Why nothing can tell them apart.
    function : str
        The function it lies in; any when empty.
    """

    line: str
    mutant: str
    reason: str
    function: str = ""

    def fits(self, mutant: Mutant) -> bool:
        """Return whether this is about `mutant`."""
        alike = (self.line, self.mutant) == (mutant.line, mutant.mutant)
        return alike and self.function in ("", mutant.function)


def path(drill: Drill) -> Path:
    """Return where a drill's equivalent mutants are recorded.

    Parameters
    ----------
    drill : Drill
    """
    return drill.solution / "equivalent.toml"


def read(drill: Drill) -> tuple[Equivalent, ...]:
    """Return the recorded mutants of a drill; none when nothing is recorded.

    Parameters
    ----------
    drill : Drill

    Raises
    ------
    ValueError
        When the file cannot be read, or a record lacks a field.
    """
    try:
        text = path(drill).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    tables = tomllib.loads(text)
    if not tables.keys() <= {"equivalent"} or not isinstance(tables.get("equivalent", []), list):
        raise ValueError("it may hold nothing but [[equivalent]] tables")
    return tuple(_record(table) for table in tables.get("equivalent", []))


def _record(table: dict[str, Any]) -> Equivalent:
    try:
        record = Equivalent(**table)
    except TypeError:
        raise ValueError(
            f"a record has the fields line, mutant, reason and perhaps function, not {', '.join(table)}"
        ) from None
    if not record.reason.strip():
        raise ValueError(f"the record of {record.mutant!r} gives no reason")
    return record
