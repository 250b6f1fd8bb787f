"""For the authors of drills: known mistakes as files that can be graded."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cvdrill.testing import load_module

if TYPE_CHECKING:
    from cvdrill.model import Drill

_TEMPLATE = """\
import types


def _module(name, source):
    module = types.ModuleType(name)
    exec(compile(source, name + ".py", "exec"), module.__dict__)
    return module


_reference = _module("reference", {reference!r})
_mistakes = _module("mistakes", {mistakes!r})
globals().update({{name: getattr(_reference, name) for name in {names!r}}})
{replaces} = _mistakes.{mistake}
"""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known wrong answer.

    Attributes
    ----------
    id : str
        Its name in ``mistakes.py``.
    replaces : str
        Which function or class of the drill it stands in for.
    sentence : str
        What was done, and what was asked.
    """

    id: str
    replaces: str
    sentence: str


def names(drill: Drill) -> tuple[str, ...]:
    """Return the functions and classes that a drill asks for.

    Parameters
    ----------
    drill : Drill
    """
    return _public(drill.stub.read_text(encoding="utf-8"))


def mistakes(drill: Drill) -> tuple[Mistake, ...]:
    """Return the known mistakes of a drill, in the order of its file.

    Parameters
    ----------
    drill : Drill
    """
    module = load_module(drill.mistakes)
    asked = names(drill)
    return tuple(
        Mistake(
            id=name,
            replaces=getattr(getattr(module, name), "replaces", asked[0]),
            sentence=" ".join((inspect.getdoc(getattr(module, name)) or "").split("\n\n")[0].split()),
        )
        for name in _public(drill.mistakes.read_text(encoding="utf-8"))
    )


def mistaken_source(drill: Drill, mistake: Mistake) -> bytes:
    """Return a file in which one function of the reference is replaced by a mistake.

    Parameters
    ----------
    drill : Drill
    mistake : Mistake
        One of `mistakes`.
    """
    return _TEMPLATE.format(
        reference=drill.reference.read_text(encoding="utf-8"),
        mistakes=drill.mistakes.read_text(encoding="utf-8"),
        names=names(drill),
        replaces=mistake.replaces,
        mistake=mistake.id,
    ).encode()


def _public(source: str) -> tuple[str, ...]:
    return tuple(
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    )
