"""A source that can be asked for its parts and changed in one place, so that the rest stays as written."""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass

_MAYBE_OPEN, _MAYBE_CLOSE = "\1", "\2"
_BARE = str.maketrans("", "", _MAYBE_OPEN + _MAYBE_CLOSE)
_ENCLOSED = str.maketrans(_MAYBE_OPEN + _MAYBE_CLOSE, "()")
_CLOSED = (
    ast.Name, ast.Constant, ast.Attribute, ast.Call, ast.Subscript, ast.List, ast.Dict, ast.Set, ast.ListComp,
    ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.JoinedStr,
)  # fmt: skip


class Text:
    """A source whose parts can be asked for by node.

    Parameters
    ----------
    source : str
        Python that was parsed.

    Attributes
    ----------
    data : bytes
        It in UTF-8; the parser counts columns in bytes.
    """

    def __init__(self, source: str) -> None:
        self.data = source.encode()
        lines = self.data.splitlines(keepends=True)
        self._starts = list(itertools.accumulate(map(len, lines), initial=0))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node begins and ends."""
        start = self._starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        return start, self._starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

    def of(self, node: ast.AST) -> str:
        """Return a node as it is written, without parentheses around it."""
        start, end = self.span(node)
        return self.data[start:end].decode()

    def operand(self, node: ast.AST) -> str:
        """Return a node such that any operator can stand beside it, for a `Change`."""
        return self.of(node) if isinstance(node, _CLOSED) else self.enclosed(self.of(node))

    @staticmethod
    def enclosed(written: str) -> str:
        """Return a text in parentheses that stay only where a `Change` needs them."""
        return f"{_MAYBE_OPEN}{written}{_MAYBE_CLOSE}"

    def alone(self, node: ast.AST) -> str:
        """Return a node such that it can end a statement."""
        return f"({self.of(node)})" if "\n" in self.of(node) else self.of(node)

    def whole_lines(self, start: int, end: int) -> tuple[int, int]:
        """Widen a span to full lines, without the end of the last."""
        after = self.data.find(b"\n", end)
        return self.data.rfind(b"\n", 0, start) + 1, len(self.data) if after < 0 else after

    def line_number(self, position: int) -> int:
        """Return the number of a line, from 1."""
        return self.data.count(b"\n", 0, position) + 1


@dataclass(frozen=True, slots=True)
class Change:
    """Other text for a span of a source.

    Attributes
    ----------
    start, end : int
        The span.
    text : str
        What stands there then.
    function : str
        The function it lies in.
    is_expression : bool
        Whether it is one, and may need parentheses to mean in its place what it means alone.
    """

    start: int
    end: int
    text: str
    function: str
    is_expression: bool

    def apply(self, text: Text) -> tuple[str, str]:
        """Return the changed source and the dump of its tree, which is empty when it is no Python."""
        bare, enclosed = self.text.translate(_BARE), self.text.translate(_ENCLOSED)
        if not self.is_expression:
            return self._parsed(text, bare)
        # The last is what is meant, unless parentheses are not allowed here, as around a slice.
        texts = dict.fromkeys((bare, enclosed, f"({enclosed})"))
        bare_source, *others = (self._parsed(text, one) for one in texts)
        meant = others[-1][1]
        return next((one for one in (bare_source, *others) if meant in ("", one[1])), bare_source)

    def _parsed(self, text: Text, new: str) -> tuple[str, str]:
        source = (text.data[: self.start] + new.encode() + text.data[self.end :]).decode()
        try:
            return source, ast.dump(ast.parse(source))
        except SyntaxError:
            return source, ""
