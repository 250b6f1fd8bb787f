"""Goes over the statements of a source and says what could be changed in it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeAlias

from cvdrill.mutation.expressions import FAMILIES, SYMBOLS, Expressions
from cvdrill.mutation.text import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvdrill.mutation.text import Text

    Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    Assignment: TypeAlias = ast.Assign | ast.AnnAssign | ast.AugAssign


class Walk:
    """One walk over one source.

    Parameters
    ----------
    tree : ast.Module
        The source, parsed.
    text : Text
        The source.
    """

    def __init__(self, tree: ast.Module, text: Text) -> None:
        self._tree = tree
        self._text = text
        self._expressions = Expressions(tree, text)
        self._function = ""
        self._bound: set[str] = set()

    def changes(self) -> Iterator[Change]:
        """Yield all changes; some may leave no Python, or the same."""
        yield from self._block(self._tree.body)

    def _instead(self, node: ast.AST, *texts: str) -> Iterator[Change]:
        start, end = self._text.span(node)
        for text in texts:
            yield Change(start, end, text, self._function, isinstance(node, ast.expr))

    def _block(self, body: Sequence[ast.stmt], *, ends_function: bool = False) -> Iterator[Change]:
        for statement in body:
            yield from self._statement(statement, last=ends_function and statement is body[-1])

    def _statement(self, node: ast.stmt, *, last: bool = False) -> Iterator[Change]:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield from self._definition(node)
            case ast.Import() | ast.ImportFrom() | ast.Global() | ast.Nonlocal() | ast.Pass():
                pass
            case ast.Expr(value=ast.Constant(value=str())):  # a docstring
                pass
            case ast.Raise():  # what it says is no requirement
                yield from self._instead(node, "pass")
            case ast.Assert():
                yield from self._instead(node, "pass")
                yield from self._expression(node.test)
            case ast.Return() if last:  # nothing overlooks a result that is missing altogether
                yield from self._children(node)
            case ast.Return() | ast.Expr() | ast.Delete():
                yield from self._instead(node, "pass")
                yield from self._children(node)
            case ast.Break():
                yield from self._instead(node, "pass", "continue")
            case ast.Continue():
                yield from self._instead(node, "pass", "break")
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                yield from self._assignment(node)
            case ast.If() | ast.While():
                yield from self._instead(node.test, "True", "False")
                yield from self._children(node)
            case ast.For() | ast.AsyncFor():
                yield from self._instead(node.iter, "()")
                self._bind(node.target)
                yield from self._children(node)
            case _:
                yield from self._children(node)

    def _definition(self, node: Definition) -> Iterator[Change]:
        for decorator in node.decorator_list:
            start, end = self._text.whole_lines(*self._text.span(decorator))
            yield Change(start, end + 1, "", self._function, is_expression=False)
        outer = self._function, self._bound
        self._function = f"{self._function}.{node.name}".lstrip(".")
        if isinstance(node, ast.ClassDef):
            yield from self._block(node.body)
        else:
            self._bound = {one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg)}
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None:
                    yield from self._expression(default)
            yield from self._block(node.body, ends_function=True)
        self._function, self._bound = outer

    def _assignment(self, node: Assignment) -> Iterator[Change]:
        if node.value is None:  # only an annotation
            return
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if all(_names(target) <= self._bound for target in targets):  # else the name would be missing
            yield from self._instead(node, "pass")
        if isinstance(node, ast.AugAssign):
            target, value, own = (
                self._text.of(node.target),
                self._text.alone(node.value),
                SYMBOLS[type(node.op)],
            )
            yield from self._instead(node, *(f"{target} {symbol}= {value}" for symbol in FAMILIES[own]))
            yield from self._instead(node, f"{target} = {value}")
        for one in targets:
            self._bind(one)
            # To exchange both sides of `a, b = c, d` is one change made twice.
            paired = isinstance(one, ast.Tuple) and isinstance(node.value, ast.Tuple)
            yield from self._children(one) if paired else self._expression(one)
        yield from self._expression(node.value)

    def _children(self, node: ast.AST) -> Iterator[Change]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                yield from self._statement(child)
            elif isinstance(child, ast.expr):
                yield from self._expression(child)
            else:
                if isinstance(child, ast.comprehension):
                    for test in child.ifs:
                        yield from self._instead(test, "True", "False")
                yield from self._children(child)

    def _expression(self, node: ast.expr) -> Iterator[Change]:
        if isinstance(node, ast.JoinedStr):  # text for people
            return
        for generator in getattr(node, "generators", ()):
            self._bind(generator.target)
        yield from self._instead(node, *self._expressions.instead_of(node))
        if not _is_negative_number(node):  # else its digits would be changed twice
            yield from self._children(node)

    def _bind(self, target: ast.expr) -> None:
        self._bound |= _names(target)
        self._expressions.learn(target)


def _names(target: ast.expr) -> set[str]:
    return {n.id for n in ast.walk(target) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _is_negative_number(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)
