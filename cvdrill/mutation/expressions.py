"""What could have been written in an expression's place."""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cvdrill.mutation.text import Text

SYMBOLS: Mapping[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in", ast.And: "and", ast.Or: "or",
}  # fmt: skip
"""How operators are written."""

_GROUPS = ("+ - * / // ** %", "& | ^", "<< >>", "< <= > >= == !=")
FAMILIES: Mapping[str, tuple[str, ...]] = {
    **{one: tuple(s for s in group.split() if s != one) for group in _GROUPS for one in group.split()},
    "@": ("*",),
    "is": ("is not",),
    "is not": ("is",),
    "in": ("not in",),
    "not in": ("in",),
    "and": ("or",),
    "or": ("and",),
}
"""What may be mistaken for an operator."""

_SYMMETRIC_OPERATORS = frozenset("+ * & | ^".split())
_SYMMETRIC_FUNCTIONS = frozenset(
    "maximum minimum max min fmax fmin add multiply logaddexp hypot logical_and logical_or".split()
)
_TWINS = """
    min:max minimum:maximum amin:amax fmin:fmax nanmin:nanmax argmin:argmax cummin:cummax floor:ceil
    round:floor rint:floor zeros:ones zeros_like:ones_like eye:ones sum:mean mean:median prod:sum
    cumsum:cumprod any:all var:std exp:expm1 log:log1p log:log2 log10:log sqrt:square sin:cos tanh:sigmoid
    tril:triu vstack:hstack repeat:tile add:subtract multiply:divide logical_and:logical_or
    greater:greater_equal less:less_equal isnan:isinf inf:nan append:extend
""".split()
_CLIPS = frozenset(("clip", "clamp"))
_AXIS_SWAPS = frozenset(("transpose", "swapaxes", "swapdims"))
_COUNTING = frozenset(("range", "arange"))
_PLAIN = frozenset("range len enumerate zip super isinstance reversed".split())
_AXES = frozenset(("axis", "axes", "dim", "dims"))
_TRANSPOSED = frozenset(("T", "mT", "H"))


def _twins() -> dict[str, tuple[str, ...]]:
    twins: dict[str, tuple[str, ...]] = {}
    for pair in _TWINS:
        one, _, other = pair.partition(":")
        twins[one] = (*twins.get(one, ()), other)
        twins[other] = (*twins.get(other, ()), one)
    return twins


_TWINS_OF = _twins()


class Expressions:
    """The expressions of one source.

    Parameters
    ----------
    tree : ast.Module
        The source, parsed.
    text : Text
        The source.
    """

    def __init__(self, tree: ast.Module, text: Text) -> None:
        nodes = list(ast.walk(tree))
        imports = (node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))
        self._text = text
        self._modules = {(alias.asname or alias.name).partition(".")[0] for i in imports for alias in i.names}
        self._axes = {id(node.value) for node in nodes if isinstance(node, ast.keyword) and node.arg in _AXES}
        self._compared = {id(o) for node in nodes if isinstance(node, ast.Compare) for o in node.comparators}
        self._siblings: dict[str, str] = {}
        self._kinds: dict[type[ast.AST], Callable[[Any], Iterator[str]]] = {
            ast.BinOp: self._binary,
            ast.UnaryOp: self._unary,
            ast.Compare: self._comparison,
            ast.BoolOp: self._boolean,
            ast.IfExp: self._choice,
            ast.Constant: self._constant,
            ast.Call: self._call,
            ast.Attribute: self._attribute,
            ast.Name: self._name,
            ast.Subscript: self._subscript,
            ast.Slice: self._slice,
            ast.Tuple: self._sequence,
            ast.List: self._sequence,
        }

    def instead_of(self, node: ast.expr) -> Iterator[str]:
        """Yield texts that could stand in a node's place, its children left as they are."""
        kind = self._kinds.get(type(node))
        return kind(node) if kind else iter(())

    def learn(self, target: ast.expr) -> None:
        """Take note of names that are unpacked side by side; height and width are easily mixed up."""
        for node in ast.walk(target):
            if isinstance(node, ast.Tuple | ast.List):
                names = [one.id for one in node.elts if isinstance(one, ast.Name)]
                for one, other in itertools.pairwise(names):
                    self._siblings[one] = other
                    self._siblings.setdefault(other, one)

    def _binary(self, node: ast.BinOp) -> Iterator[str]:
        if isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):  # formats a text
            return
        left, right, own = (
            self._text.operand(node.left),
            self._text.operand(node.right),
            SYMBOLS[type(node.op)],
        )
        yield from (f"{left} {symbol} {right}" for symbol in FAMILIES[own])
        yield from (left, right)
        if own not in _SYMMETRIC_OPERATORS:
            yield f"{right} {own} {left}"

    def _unary(self, node: ast.UnaryOp) -> Iterator[str]:
        operand = node.operand
        if isinstance(node.op, ast.USub) and isinstance(operand, ast.Constant) and _is_number(operand):
            yield from _other_numbers(-operand.value)  # type: ignore[arg-type, operator]
        else:
            yield self._text.of(operand)

    def _comparison(self, node: ast.Compare) -> Iterator[str]:
        operands = [self._text.operand(operand) for operand in (node.left, *node.comparators)]
        symbols = [SYMBOLS[type(operator)] for operator in node.ops]
        for place, own in enumerate(symbols):
            for symbol in FAMILIES[own]:
                pairs = zip(_put(symbols, place, symbol), operands[1:], strict=True)
                yield " ".join([operands[0], *itertools.chain.from_iterable(pairs)])

    def _boolean(self, node: ast.BoolOp) -> Iterator[str]:
        operands, own = [self._text.operand(value) for value in node.values], SYMBOLS[type(node.op)]
        yield f" {FAMILIES[own][0]} ".join(operands)
        yield from (f" {own} ".join(_put(operands, place)) for place in range(len(operands)))

    def _choice(self, node: ast.IfExp) -> Iterator[str]:
        yield self._text.of(node.body)
        yield self._text.of(node.orelse)

    def _constant(self, node: ast.Constant) -> Iterator[str]:
        match node.value:
            case bool():
                yield str(not node.value)
            case int() | float():
                yield from _other_numbers(node.value)
            case str():
                yield _quoted(f"XX{node.value}")
            case None if id(node) not in self._compared:
                yield "0"

    def _call(self, node: ast.Call) -> Iterator[str]:
        name, on_value = _last_name(node.func), self._is_method(node.func)
        function = self._text.of(node.func)
        given = [self._text.of(one) for one in (*node.args, *node.keywords)]
        count = len(node.args)

        # An argument is missing; the only one of a function is never missing unseen.
        omissible = range(0 if count > 1 or on_value else count, len(given))
        yield from (f"{function}({', '.join(_put(given, place))})" for place in omissible)
        for one, other in itertools.combinations(range(count), 2):
            if not self._is_symmetric(node, one, other):
                yield f"{function}({', '.join(_exchanged(given, one, other))})"
        if name in _COUNTING:
            for place, argument in enumerate(node.args):
                for step in self._beside(argument):
                    yield f"{function}({', '.join(_put(given, place, step))})"
        if on_value:
            yield self._text.of(node.func.value)  # type: ignore[attr-defined]
        elif count and name not in _PLAIN:
            yield given[0]
        if isinstance(node.func, ast.Name):
            yield from (f"{twin}({', '.join(given)})" for twin in _TWINS_OF.get(name, ()))

    def _attribute(self, node: ast.Attribute) -> Iterator[str]:
        if isinstance(node.ctx, ast.Load):
            value = self._text.operand(node.value)
            yield from (f"{value}.{twin}" for twin in _TWINS_OF.get(node.attr, ()))
            if node.attr in _TRANSPOSED:
                yield value

    def _name(self, node: ast.Name) -> Iterator[str]:
        if isinstance(node.ctx, ast.Load) and node.id in self._siblings:
            yield self._siblings[node.id]

    def _subscript(self, node: ast.Subscript) -> Iterator[str]:
        value, index = self._text.operand(node.value), node.slice
        if isinstance(node.ctx, ast.Load):
            yield value
        if isinstance(index, ast.Name):
            yield from (f"{value}[{step}]" for step in self._beside(index))
        members = index.elts if isinstance(index, ast.Tuple) else [index]
        texts = [self._text.of(member) for member in members]
        for place, member in enumerate(members):
            if isinstance(member, ast.Constant) and member.value is ...:
                yield f"{value}[{', '.join(_put(texts, place, ':'))}]"
            if len(members) > 1:
                yield f"{value}[{', '.join(_put(texts, place))}]"

    def _slice(self, node: ast.Slice) -> Iterator[str]:
        bounds = [node.lower, node.upper, node.step]
        texts = ["" if bound is None else self._text.of(bound) for bound in bounds]
        for place, bound in enumerate(bounds):
            others: list[str] = []
            if bound is not None:
                others = ["", *self._beside(bound)]
            elif place < 2 and not texts[2].startswith("-"):
                others = ["1", "-1"][place : place + 1]
            for other in others:
                lower, upper, step = _put(texts, place, other)
                yield f"{lower}:{upper}" + (f":{step}" if step else "")

    def _sequence(self, node: ast.Tuple | ast.List) -> Iterator[str]:
        texts = [self._text.of(one) for one in node.elts]
        if id(node) in self._axes:  # their order means nothing
            yield from (f"({', '.join(_put(texts, place))},)" for place in range(len(texts)))
            return
        for place in range(len(texts) - 1):
            members = ", ".join(_exchanged(texts, place, place + 1))
            yield f"[{members}]" if isinstance(node, ast.List) else self._text.enclosed(members)

    def _beside(self, node: ast.expr) -> Iterator[str]:
        """Yield the neighbours of an index; those of a literal number come by themselves."""
        if not _is_number(node.operand if isinstance(node, ast.UnaryOp) else node):
            yield f"{self._text.operand(node)} + 1"
            yield f"{self._text.operand(node)} - 1"

    def _is_symmetric(self, node: ast.Call, one: int, other: int) -> bool:
        """Return whether it means nothing to exchange two arguments of a call."""
        name, count = _last_name(node.func), len(node.args)
        if name in _AXIS_SWAPS and "torch" in self._modules:
            return (one, other) == (count - 2, count - 1)
        # clip(x, low, high) is the smaller of `high` and the larger of x and `low`.
        symmetric = name in _SYMMETRIC_FUNCTIONS or (name in _CLIPS and not self._is_method(node.func))
        return symmetric and (one, other) == (0, 1)

    def _is_method(self, function: ast.expr) -> bool:
        """Return whether a function belongs to a value: ``x.sum``, but not ``np.sum`` or ``self.helper``."""
        if not isinstance(function, ast.Attribute):
            return False
        root = function.value
        if isinstance(root, ast.Name) and root.id == "self":
            return False
        while isinstance(root, ast.Attribute):
            root = root.value
        return not (isinstance(root, ast.Name) and root.id in self._modules)


def _put(items: Sequence[str], place: int, *new: str) -> list[str]:
    """Return `items` with others in one place; with nothing there when there are none."""
    return [*items[:place], *new, *items[place + 1 :]]


def _exchanged(items: Sequence[str], one: int, other: int) -> list[str]:
    exchanged = list(items)
    exchanged[one], exchanged[other] = items[other], items[one]
    return exchanged


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _other_numbers(value: float) -> Iterator[str]:
    """Yield numbers of the same type: one more, one less, 0, 1, twice as much, and without its sign."""
    kind = type(value)
    for other in dict.fromkeys((value + 1, value - 1, kind(0), kind(1), 2 * value, abs(value))):
        if other != value:
            yield repr(other)


def _quoted(value: str) -> str:
    written = repr(value)
    return f'"{written[1:-1]}"' if written.startswith("'") and '"' not in value else written


def _last_name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
