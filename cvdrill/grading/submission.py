"""What can be said of a learner's file without running it."""

from __future__ import annotations

import ast
import difflib
import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cvdrill.grading.text import escape
from cvdrill.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_BYTES = 1_000_000


class Rejected(Exception):  # noqa: N818  a wrong answer is no error of the program
    """The file cannot be graded.

    Attributes
    ----------
    outcome : Outcome
        INVALID or NOT_STARTED.
    message : str
        Why, in one sentence.
    """

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message


@dataclass(frozen=True, slots=True)
class Interface:
    """What a stub asks for.

    Attributes
    ----------
    parameters : dict
        Public functions and classes, each with the names of its parameters.
    classes : frozenset of str
        Which of them are classes.
    """

    parameters: Mapping[str, list[str]]
    classes: frozenset[str]


def interface(stub: str) -> Interface:
    """Return what a stub asks for.

    Parameters
    ----------
    stub : str
        Its text.
    """
    nodes = [
        node
        for node in ast.parse(stub).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    return Interface(
        parameters={node.name: _parameters(node) for node in nodes},
        classes=frozenset(node.name for node in nodes if isinstance(node, ast.ClassDef)),
    )


def uses_torch(stub: str) -> bool:
    """Return whether a stub imports torch."""
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(stub))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    return "torch" in imported


def examine(source: bytes, stub: str) -> None:
    """Raise `Rejected` unless the file can be tried.

    Parameters
    ----------
    source : bytes
        The learner's file.
    stub : str
        What the learner was handed.
    """
    if len(source) > _MAX_BYTES:
        raise Rejected(
            Outcome.INVALID, f"The file has {len(source):,} bytes; a solution has less than {_MAX_BYTES:,}."
        )
    if b"\0" in source:
        raise Rejected(Outcome.INVALID, "The file holds NUL bytes; it is no Python source.")
    try:
        text = importlib.util.decode_source(source)
    except (UnicodeDecodeError, SyntaxError):  # the latter for an unknown encoding as well
        raise Rejected(Outcome.INVALID, "The file is not text in UTF-8.") from None
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        where = f" (line {error.lineno})" if error.lineno else ""
        raise Rejected(Outcome.INVALID, f"{type(error).__name__}: {escape(error.msg, 500)}{where}.") from None
    except (RecursionError, MemoryError, ValueError) as error:
        raise Rejected(Outcome.INVALID, f"The file cannot be parsed: {type(error).__name__}.") from None
    try:
        untouched = _skeleton(tree) == _skeleton(ast.parse(stub))
    except RecursionError:  # deeper than any stub
        untouched = False
    if untouched:
        raise Rejected(Outcome.NOT_STARTED, "The file is still the stub as it was handed out.")


def require(wanted: Interface, defined: Mapping[str, str]) -> None:
    """Raise `Rejected` unless a loaded file defines what the drill asks for.

    Parameters
    ----------
    wanted : Interface
        Of the stub.
    defined : mapping of str to str
        Public names, and whether each is a ``"function"``, a ``"class"``, or the name of another type.
    """
    for name in wanted.parameters:
        kind = defined.get(name)
        asked = "class" if name in wanted.classes else "function"
        if kind is None:
            near = difflib.get_close_matches(name, defined, n=1, cutoff=0.4)
            found = f"; is it the {defined[near[0]]} `{near[0]}`?" if near else "."
            raise Rejected(Outcome.INVALID, escape(f"The {asked} `{name}` is missing{found}", 500))
        if kind not in ("function", "class") or (asked == "class" and kind != "class"):
            raise Rejected(
                Outcome.INVALID, escape(f"`{name}` should be a {asked}, but it is of type {kind}.", 500)
            )


def _parameters(node: ast.FunctionDef | ast.ClassDef) -> list[str]:
    if isinstance(node, ast.ClassDef):
        initialisers = (n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__")
        return next((_parameters(initialiser)[1:] for initialiser in initialisers), [])
    arguments = node.args
    return [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _skeleton(tree: ast.Module) -> str:
    """Return the code without docstrings, comments and layout."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:]
    return ast.dump(tree)
