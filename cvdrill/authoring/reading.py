"""What can be said of a drill without grading anything: its files, card, statement, examples and notes."""

from __future__ import annotations

import ast
import doctest
import re
from typing import TYPE_CHECKING

import numpy as np

from cvdrill import catalog
from cvdrill.authoring.answers import definitions
from cvdrill.authoring.report import Finding
from cvdrill.testing import load_module

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvdrill.model import Drill

_HINTS = 3
_SECTIONS = ("How it works", "Cost", "What the interviewer asks next", "Sources")
_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")
_ENTRY = re.compile(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*) *(?::|$)", re.MULTILINE)


def files(drill: Drill) -> Iterator[Finding]:
    """Yield a finding for each file that is missing or no Python."""
    for path in (drill.stub, drill.reference, drill.cases, drill.mistakes, drill.notes):
        if not path.is_file():
            yield Finding("files", f"{path} is missing.")
        elif path.suffix == ".py":
            try:
                ast.parse(path.read_text(encoding="utf-8"))
            except (SyntaxError, ValueError) as error:
                yield Finding("files", f"{path} is no Python: {error}.")


def card(drill: Drill) -> Iterator[Finding]:
    """Yield what the card lacks; level and `after` were judged when the catalog was read."""
    known = drill.card
    if not known.title.strip():
        yield Finding("card", "The title is empty.")
    if known.minutes < 1 or known.seconds <= 0:
        yield Finding("card", "Minutes and seconds have to be positive.")
    if len(known.hints) != _HINTS or not all(hint.strip() for hint in known.hints):
        yield Finding("card", "There have to be three hints, from a nudge to nearly the answer.")
    for ban in known.banned:
        if not ban.calls or not ban.instead.strip().endswith("."):
            yield Finding("card", "A ban names calls, and says in a sentence what is to be written instead.")
        for name in ban.calls:
            if not _DOTTED.fullmatch(name):
                yield Finding("card", f"{name!r} is banned, but is no dotted name such as numpy.flip.")
    names = [name for ban in known.banned for name in ban.calls]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Finding("card", f"{name} is banned twice.")


def statement(drill: Drill) -> Iterator[Finding]:
    """Yield what the stub's docstrings lack: the sections of numpydoc, and a word on every parameter."""
    source = drill.stub.read_text(encoding="utf-8")
    nodes = definitions(source)
    if not nodes:
        yield Finding("statement", "The stub asks for no function and no class.")
    docs = [ast.get_docstring(node) or "" for node in nodes]
    whole = "\n".join([ast.get_docstring(ast.parse(source)) or "", *docs])
    for heading in ("Examples", "References"):
        if not _section(whole, heading):
            yield Finding("statement", f"The section {heading} is missing.")
    for node, doc in zip(nodes, docs, strict=True):
        yield from _sections_of(node, doc)


def _sections_of(node: ast.FunctionDef | ast.ClassDef, doc: str) -> Iterator[Finding]:
    result = ("Returns", "Yields") if isinstance(node, ast.FunctionDef) else ("Returns", "Methods")
    functions = _functions(node)
    docs = "\n".join([doc, *(ast.get_docstring(function) or "" for function in functions)])
    if not any(_section(docs, heading) for heading in result):
        yield Finding("statement", f"{node.name} lacks the section {' or '.join(result)}.")
    described = {name for line in _ENTRY.findall(parameters(node)) for name in re.findall(r"\w+", line)}
    described |= set(re.findall(r"\w+", _section(docs, "Methods")))
    for argument in dict.fromkeys(argument for function in functions for argument in _arguments(function)):
        if argument not in described:
            yield Finding("statement", f"{node.name} does not describe the parameter {argument}.")


def parameters(node: ast.FunctionDef | ast.ClassDef) -> str:
    """Return what a function, or a class and its methods, say of their parameters.

    Parameters
    ----------
    node : ast.FunctionDef or ast.ClassDef
        Of a stub.
    """
    documented = dict.fromkeys([node, *_functions(node)])
    return "\n".join(_section(ast.get_docstring(one) or "", "Parameters") for one in documented)


def _functions(node: ast.FunctionDef | ast.ClassDef) -> list[ast.FunctionDef]:
    """Return the function itself, or the methods that a class shows."""
    if isinstance(node, ast.FunctionDef):
        return [node]
    methods = [method for method in node.body if isinstance(method, ast.FunctionDef)]
    return [method for method in methods if method.name == "__init__" or not method.name.startswith("_")]


def _arguments(node: ast.FunctionDef) -> list[str]:
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [one.arg for one in every if one.arg != "self"]


def _section(doc: str, heading: str) -> str:
    """Return a section of a numpydoc docstring, up to the next heading."""
    match = re.search(rf"^{heading}\n-+\n(.*?)(?=^[A-Z][^\n]*\n-+\n|\Z)", doc, re.MULTILINE | re.DOTALL)
    return match[1] if match else ""


def examples(drill: Drill) -> Iterator[Finding]:
    """Yield the docstrings' examples that the reference does not bear out."""
    asked = catalog.statement(drill)
    text = "\n\n".join([asked.doc, *(part.doc for part in asked.parts)])
    runner = doctest.DocTestRunner(verbose=False)
    parsed = doctest.DocTestParser().get_doctest(text, _scope(drill), drill.id, str(drill.stub), 0)
    if not parsed.examples:
        yield Finding("examples", "The docstrings hold no example that can be run.")
    said: list[str] = []
    runner.run(parsed, out=said.append)
    if runner.failures:
        yield Finding("examples", "An example does not hold on the reference.", "".join(said).strip())


def _scope(drill: Drill) -> dict[str, object]:
    """Return what a learner has at hand who runs the examples: the stub's imports, and a right answer."""
    tree = ast.parse(drill.stub.read_text(encoding="utf-8"))
    imports: list[ast.stmt] = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
    scope: dict[str, object] = dict(vars(load_module(drill.reference)))
    exec(compile(ast.Module(imports, []), str(drill.stub), "exec"), scope)  # noqa: S102  the author's own file
    return scope


def runtime(drill: Drill) -> Iterator[Finding]:
    """Yield why the reference cannot work on the larger input that the cases may provide."""
    prepare = getattr(load_module(drill.cases), "runtime", None)
    if prepare is None:
        return
    try:
        prepare(load_module(drill.reference), np.random.default_rng(0))()
    except Exception as error:  # noqa: BLE001  whatever the author's files raise
        yield Finding("runtime", f"The reference cannot do what `runtime` prepares: {error!r}.")


def notes(drill: Drill) -> Iterator[Finding]:
    """Yield the sections that the notes lack."""
    text = drill.notes.read_text(encoding="utf-8")
    if not text.startswith("# "):
        yield Finding("notes", "The notes do not begin with a title.")
    for section in _SECTIONS:
        match = re.search(rf"^## {section}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        if not (match and match[1].strip()):
            yield Finding("notes", f"The section {section!r} is missing or empty.")
