"""Answers to a drill that are made, not written: a known mistake in place of the reference, and probes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cvdrill.grading.bans import ways
from cvdrill.grading.diagnose import Mistake, known_mistakes

if TYPE_CHECKING:
    from cvdrill.model import Ban, Drill

__all__ = [
    "Mistake",
    "banned_calls",
    "calling_source",
    "definitions",
    "mistaken_source",
    "mistakes",
    "names",
    "refusing_source",
]

_REFERENCE = """\
import types


def _module(name, source):
    module = types.ModuleType(name)
    exec(compile(source, name + ".py", "exec"), module.__dict__)
    return module


_reference = _module("reference", {reference!r})
globals().update({{name: getattr(_reference, name) for name in {names!r}}})
"""

_MISTAKEN = """\
_mistakes = _module("mistakes", {mistakes!r})
{replaces} = _mistakes.{mistake}
"""

_REFUSING = """\
import functools
import inspect


def _holds(value):
    if isinstance(value, (tuple, list)):
        return any(map(_holds, value))
    return getattr(value, "ndim", 0) > 0 and str(value.dtype).removeprefix("torch.") == {dtype!r}


def _refusing(function):
    @functools.wraps(function)
    def refuse(*arguments, **keywords):
        if _holds([*arguments, *keywords.values()]):
            raise TypeError("{dtype} is not taken")
        return function(*arguments, **keywords)

    return refuse


if isinstance({name}, type):
    for _key, _value in list(vars({name}).items()):
        if inspect.isfunction(_value):
            setattr({name}, _key, _refusing(_value))
else:
    {name} = _refusing({name})
"""

_CALLING = """\
import importlib


def _resolve(name):
    parts = name.split(".")
    for split in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:split]))
        except ImportError:
            continue
        for part in parts[split:]:
            found = getattr(found, part)
        return found
    raise ImportError(name)


def _fate(name):
    try:
        found = _resolve(name)
    except ImportError:
        return "absent"
    except AttributeError:
        return "unknown"
    if isinstance(found, type):  # a layer may be made, but not used
        found = getattr(found, "forward", found)
    try:
        found()
    except BaseException as error:
        if {instead!r} in str(error):
            return "refused"
    return "allowed"


def _probe(*_arguments, **_keywords):
    for name in {calls!r}:
        print(_fate(name), name)
    raise RuntimeError("every banned call was tried")


class _Probe:
    __init__ = _probe


globals().update({{name: _Probe if name in {classes!r} else _probe for name in {names!r}}})
"""


def names(drill: Drill) -> tuple[str, ...]:
    """Return the functions and classes that a drill asks for.

    Parameters
    ----------
    drill : Drill
    """
    return tuple(node.name for node in definitions(drill.stub.read_text(encoding="utf-8")))


def definitions(source: str) -> tuple[ast.FunctionDef | ast.ClassDef, ...]:
    """Return the public functions and classes of a source, in order.

    Parameters
    ----------
    source : str
        Python.
    """
    return tuple(
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    )


def mistakes(drill: Drill) -> tuple[Mistake, ...]:
    """Return the known mistakes of a drill, in the order of its file.

    Parameters
    ----------
    drill : Drill
    """
    return known_mistakes(drill.mistakes, names(drill))


def mistaken_source(drill: Drill, mistake: Mistake) -> bytes:
    """Return a file in which one function of the reference is replaced by a mistake.

    Parameters
    ----------
    drill : Drill
    mistake : Mistake
        One of `mistakes`.
    """
    source = _MISTAKEN.format(
        mistakes=drill.mistakes.read_text(encoding="utf-8"), replaces=mistake.replaces, mistake=mistake.id
    )
    return (_reference(drill) + source).encode()


def refusing_source(drill: Drill, name: str, dtype: str) -> bytes:
    """Return the reference, but one of its functions or classes raises when it is given arrays of one dtype.

    Cases that such a file passes never pass in that dtype.

    Parameters
    ----------
    drill : Drill
    name : str
        One of `names`.
    dtype : str
        Such as ``float32``.
    """
    return (_reference(drill) + _REFUSING.format(name=name, dtype=dtype)).encode()


def banned_calls(ban: Ban) -> list[str]:
    """Return the names of what can be called of all that is banned.

    Parameters
    ----------
    ban : Ban
        One of a card's.
    """
    return [way for way in ways(ban.calls) if not way.endswith(".grad_fn")]


def calling_source(drill: Drill, ban: Ban) -> bytes:
    """Return a file that tries everything that is banned as soon as any part of it is called.

    It prints one line for each name: ``refused``, ``allowed``, ``unknown`` when the library has no such
    thing, or ``absent`` when the library is not installed.

    Parameters
    ----------
    drill : Drill
    ban : Ban
        One of the card's.
    """
    nodes = definitions(drill.stub.read_text(encoding="utf-8"))
    return _CALLING.format(
        calls=banned_calls(ban),
        instead=ban.instead,
        classes=[node.name for node in nodes if isinstance(node, ast.ClassDef)],
        names=[node.name for node in nodes],
    ).encode()


def _reference(drill: Drill) -> str:
    return _REFERENCE.format(reference=drill.reference.read_text(encoding="utf-8"), names=names(drill))
