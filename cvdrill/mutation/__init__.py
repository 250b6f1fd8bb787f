"""Makes mutants: copies of a source that differ in one place, as by a slip of the hand or of the mind.

How many mutants of a reference the cases refuse says how good the cases are. General tools such as mutmut
and cosmic-ray make mutants and run them as well, by pytest in a project's own folder; here each mutant has to
be graded as a learner's file, out of reach of cases and reference, and the slips that matter are those of
array code: axes, bounds of slices, exchanged arguments, ``minimum`` for ``maximum``. What would be used of
such a tool is a walk over a syntax tree, for which the standard library suffices.

Nothing here reads a file or runs code: text in, texts out.
"""

from __future__ import annotations

import ast
import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cvdrill.mutation.text import Text
from cvdrill.mutation.walk import Walk

if TYPE_CHECKING:
    from cvdrill.mutation.text import Change

__all__ = ["Mutant", "diff", "mutants"]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A source that differs from the original in one place.

    Attributes
    ----------
    source : str
        All of it.
    line : str
        The line that was changed, stripped; several are joined by a space.
    mutant : str
        What has become of it, stripped.
    function : str
        The function it lies in, such as ``nms`` or ``Attention.forward``; empty outside of any.
    number : int
        The number of the line, from 1.
    """

    source: str
    line: str
    mutant: str
    function: str
    number: int


def mutants(source: str) -> tuple[Mutant, ...]:
    """Return the mutants of a source, in the order of its lines.

    Docstrings, comments, annotations, imports and the texts of errors stay as they are.

    Parameters
    ----------
    source : str
        Python that can be parsed.

    Returns
    -------
    tuple of Mutant
        No two have the same syntax tree, and none has that of `source`.
    """
    tree, text = ast.parse(source), Text(source)
    seen = {ast.dump(tree)}
    found = []
    for change in Walk(tree, text).changes():
        mutated, dump = change.apply(text)
        if dump and dump not in seen:
            seen.add(dump)
            found.append(_describe(change, text, mutated))
    return tuple(sorted(found, key=lambda mutant: mutant.number))


def diff(mutant: Mutant, source: str, name: str = "reference.py") -> str:
    """Return what a mutant changes as a unified diff of one hunk.

    Parameters
    ----------
    mutant : Mutant
        One of ``mutants(source)``.
    source : str
        The original.
    name : str, optional
        How the original is called.
    """
    before, after = source.splitlines(), mutant.source.splitlines()
    return "\n".join(difflib.unified_diff(before, after, name, "mutant", n=1, lineterm=""))


def _describe(change: Change, text: Text, mutated: str) -> Mutant:
    start, end = text.whole_lines(change.start, change.end)
    data = mutated.encode()
    before, after = text.data[start:end], data[start : end + len(data) - len(text.data)]
    line, mutant = (" ".join(map(str.strip, part.decode().splitlines())).strip() for part in (before, after))
    return Mutant(mutated, line, mutant, change.function, text.line_number(change.start))
