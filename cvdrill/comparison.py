"""Judges values: type, kind of dtype, shape, finiteness, values, in this order."""

from __future__ import annotations

import contextvars
import dataclasses
import functools
import math
import numbers
import reprlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import torch
    from numpy.typing import NDArray

    Array = NDArray[Any]

TOLERANCES: Mapping[str, tuple[float, float]] = {
    "float64": (1e-7, 1e-9),
    "float32": (1e-4, 2e-5),
    "float16": (1e-2, 2e-3),
    "bfloat16": (4e-2, 1e-2),
}
"""Relative tolerance, and absolute tolerance as a fraction of the largest expected magnitude, per dtype.

They leave room for any order of summation over some thousand terms of one magnitude, and for an answer that
keeps float32 on the way; they are far below the effect of a forgotten epsilon or an off-by-one denominator.
"""

_KINDS = {
    "b": "boolean",
    "i": "integer",
    "u": "integer",
    "f": "float",
    "c": "complex",
    "U": "string",
    "S": "bytes",
}
_WORST = 5  # rows in the table of differences
_SMALL = 24  # arrays up to this many elements are shown whole

_coarsest_input: contextvars.ContextVar[str] = contextvars.ContextVar("coarsest_input", default="float64")


class Mismatch(AssertionError):  # noqa: N818  a wrong answer is no error of the program
    """A value is not what it should be.

    Parameters
    ----------
    message : str
        What is wrong, in one sentence.
    details : str, optional
        Expected and got, over several lines.
    actual : object, optional
        The value that was judged; it tells the grader which call to show.

    Attributes
    ----------
    message, details, actual
        As given.
    """

    def __init__(self, message: str, details: str = "", actual: object = None) -> None:
        super().__init__(f"{message}\n{details}" if details else message)
        self.message = message
        self.details = details
        self.actual = actual


def assert_close(
    actual: object,
    expected: object,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    what: str = "The result",
) -> None:
    """Raise `Mismatch` unless `actual` is what was expected.

    Judged in this order: type, kind of dtype, shape, finiteness, values. Integers, booleans, strings and
    objects must be equal. Floats may differ by ``rtol * |expected| + atol``, where the defaults come from the
    coarsest float dtype among `expected`, the inputs that the current case has passed in, and `actual`, of
    which float16 counts as float32.

    Parameters
    ----------
    actual : object
        What the learner's code returned.
    expected : object
        What the reference returned, or a literal. An array asks for an array of the same kind and shape,
        whatever its width; a tensor asks for a tensor of the same dtype; a scalar asks for a Python number, a
        numpy scalar or a 0-d array; tuples, lists and dicts are compared member by member.
    rtol : float, optional
        Relative tolerance.
    atol : float, optional
        Absolute tolerance; by default a fraction of the largest finite expected magnitude.
    what : str, optional
        The subject of the sentence.

    Raises
    ------
    Mismatch
        With the first difference in the order above.
    """
    _Comparison(what, rtol, atol).judge(actual, expected)


def note_inputs(*values: object) -> None:
    """Remember the coarsest float dtype among `values`, for the tolerances of the current case."""
    _coarsest_input.set(_coarsest(_coarsest_input.get(), values))


def forget_inputs() -> None:
    """Begin a case: nothing was passed in yet."""
    _coarsest_input.set("float64")


def describe(value: object) -> str:
    """Return what `value` is, in a few words: type, dtype, shape, and the value itself where it is short."""
    if type(value) is np.ndarray:
        head = f"{value.dtype} array of shape {value.shape}"
        return f"{head}: {np.array2string(value, separator=', ')}" if 0 < value.size <= _SMALL else head
    if is_tensor(value):
        head = f"{dtype_name(value)} tensor of shape {tuple(value.shape)}"
        if not 0 < value.numel() <= _SMALL:
            return head
        return f"{head}: {np.array2string(to_numpy(value), separator=', ')}"
    if value is None or isinstance(value, bool | str | bytes):
        return reprlib.repr(value)
    if isinstance(value, numbers.Number | np.generic):
        return f"the number {value!r}"
    if isinstance(value, tuple | list | dict):
        return f"{describe_type(value)} of {len(value)}: {reprlib.repr(value)}"
    return describe_type(value)


def describe_type(value: object) -> str:
    """Return the type of `value` with its article: ``a list``, ``an int``, ``None``."""
    if value is None:
        return "None"
    if type(value) is np.ndarray:
        return "a numpy array"
    if is_tensor(value):
        return "a torch tensor"
    name = type(value).__name__
    if isinstance(value, np.generic):
        name = f"numpy.{name}"
    return f"an {name}" if name[:1].lower() in "aeiou" else f"a {name}"


def is_tensor(value: object) -> TypeGuard[torch.Tensor]:
    """Return whether `value` is a tensor, without importing torch."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def to_numpy(tensor: torch.Tensor) -> Array:
    """Return the values of `tensor` as an array; bfloat16, which numpy lacks, becomes float32."""
    tensor = tensor.detach()
    array: Array = (tensor.float() if dtype_name(tensor) == "bfloat16" else tensor).numpy()
    return array


def dtype_name(value: Array | np.generic[Any] | torch.Tensor) -> str:
    """Return the dtype's name, the same for numpy and torch."""
    return _name(value.dtype)


@functools.cache
def _name(dtype: object) -> str:
    return str(dtype).removeprefix("torch.")


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One `assert_close`: the subject of its sentences and the tolerances that were given."""

    what: str
    rtol: float | None
    atol: float | None

    def judge(self, actual: object, expected: object) -> None:
        if isinstance(expected, tuple | list):
            self._judge_members(actual, expected)
        elif isinstance(expected, dict):
            self._judge_entries(actual, expected)
        elif is_tensor(expected):
            self._judge_tensor(actual, expected)
        elif isinstance(expected, np.ndarray) and expected.ndim > 0:
            if type(actual) is not np.ndarray:
                raise self._wrong_type("a numpy array", actual, expected)
            self._judge_array(actual, expected, actual)
        elif isinstance(expected, numbers.Number | np.generic | np.ndarray):
            self._judge_scalar(actual, np.asarray(expected))
        elif type(actual) is not type(expected):
            raise self._wrong_type(describe_type(expected), actual, expected)
        elif actual != expected:
            raise Mismatch(f"{self.what} is wrong.", _both(expected, actual), actual)

    def _judge_members(self, actual: object, expected: tuple[object, ...] | list[object]) -> None:
        if not isinstance(actual, tuple | list):
            raise self._wrong_type(f"a {type(expected).__name__} of {len(expected)}", actual, expected)
        if len(actual) != len(expected):
            message = f"{self.what} should have {len(expected)} members, not {len(actual)}."
            raise Mismatch(message, _both(expected, actual), actual)
        for index, (mine, theirs) in enumerate(zip(actual, expected, strict=True)):
            dataclasses.replace(self, what=f"{self.what}[{index}]").judge(mine, theirs)

    def _judge_entries(self, actual: object, expected: dict[object, object]) -> None:
        if not isinstance(actual, dict):
            raise self._wrong_type("a dict", actual, expected)
        if actual.keys() != expected.keys():
            has, asked = (", ".join(sorted(map(repr, keys))) or "none" for keys in (actual, expected))
            raise Mismatch(f"{self.what} should have the keys {asked}; it has {has}.", actual=actual)
        for key, theirs in expected.items():
            dataclasses.replace(self, what=f"{self.what}[{key!r}]").judge(actual[key], theirs)

    def _judge_tensor(self, actual: object, expected: torch.Tensor) -> None:
        if not is_tensor(actual):
            raise self._wrong_type("a torch tensor", actual, expected)
        if actual.dtype != expected.dtype:
            message = f"{self.what} should be {dtype_name(expected)}, not {dtype_name(actual)}."
            raise Mismatch(message, _both(expected, actual), actual)
        name = dtype_name(expected)
        self._judge_array(to_numpy(actual), to_numpy(expected), actual, name if name in TOLERANCES else None)

    def _judge_scalar(self, actual: object, expected: Array) -> None:
        if not isinstance(actual, numbers.Number | np.generic) and type(actual) is not np.ndarray:
            raise self._wrong_type(f"a {_kind(expected)} scalar", actual, expected.item())
        mine = np.asarray(actual)
        # An integer is a fine float where one number is asked: `return 0` means 0.0.
        if mine.ndim == 0 and expected.dtype.kind == "f" and mine.dtype.kind in "iu":
            mine = mine.astype(np.float64)
        self._judge_array(mine, expected, actual)

    def _judge_array(self, mine: Array, theirs: Array, actual: object, precision: str | None = None) -> None:
        """Judge kind, shape, finiteness and values; `mine` was made of `actual`."""
        if _kind(mine) != _kind(theirs):
            message = f"{self.what} should be of {_kind(theirs)} dtype, not {mine.dtype}."
            raise Mismatch(message, _both(theirs, mine), actual)
        if mine.shape != theirs.shape:
            message = f"{self.what} should have shape {theirs.shape}, not {mine.shape}."
            raise Mismatch(message, _both(theirs, mine), actual)
        if theirs.dtype.kind not in "fc":
            wrong = np.asarray(mine != theirs)
            self._report(
                wrong, _distance(mine, theirs) if theirs.dtype.kind in "iu" else wrong, mine, theirs, actual
            )
            return
        unasked = ~np.isfinite(mine) & np.isfinite(theirs)
        if unasked.any():
            where = f"{unasked.sum()} of {mine.size} values are" if mine.ndim else "the value is"
            message = f"{self.what} should be finite here, but {where} NaN or infinite."
            raise Mismatch(message, _table(unasked, unasked, mine, theirs) if mine.ndim else "", actual)
        rtol, atol = self._tolerances(mine, theirs, precision)
        distance = _distance(mine, theirs)
        alike = (mine == theirs) | (np.isnan(mine) & np.isnan(theirs))
        with np.errstate(invalid="ignore"):
            near = np.isfinite(theirs) & (distance <= atol + rtol * np.abs(theirs))
        note = f"tolerance {rtol:.0e} relative, {atol:.0e} absolute"
        self._report(~alike & ~near, distance, mine, theirs, actual, note)

    def _tolerances(self, mine: Array, theirs: Array, precision: str | None) -> tuple[float, float]:
        # An answer narrower than float32 was asked by nobody, and gets no more room than float32.
        width = "float32" if mine.dtype == np.float16 else dtype_name(mine)
        coarsest = _coarsest(_coarsest_input.get(), (theirs, np.empty(0, width)))
        rtol, fraction = TOLERANCES[precision or coarsest]
        magnitudes = np.abs(theirs[np.isfinite(theirs)])
        largest = float(magnitudes.max()) if magnitudes.size else 0.0
        return (
            rtol if self.rtol is None else self.rtol,
            fraction * (largest or 1.0) if self.atol is None else self.atol,
        )

    def _report(
        self, wrong: Array, distance: Array, mine: Array, theirs: Array, actual: object, note: str = ""
    ) -> None:
        if not wrong.any():
            return
        lines = [_both(theirs, mine)]
        if mine.ndim == 0:
            message = f"{self.what} should be {_number(theirs)}, not {_number(mine)}."
            lines = []
        elif wrong.all() and mine.size > 1:
            message = f"{self.what} is wrong in all {mine.size} values."
        else:
            message = f"{self.what} is wrong in {wrong.sum()} of {mine.size} values."
        if mine.ndim:
            lines += ["", _table(wrong, distance, mine, theirs)]
        raise Mismatch(message, "\n".join([*lines, *([note] if note else [])]), actual)

    def _wrong_type(self, wanted: str, actual: object, expected: object) -> Mismatch:
        return Mismatch(
            f"{self.what} should be {wanted}, not {describe_type(actual)}.", _both(expected, actual), actual
        )


def _table(wrong: Array, distance: Array, mine: Array, theirs: Array) -> str:
    """Return the worst differences, one a line: index, expected, got."""
    flat = np.flatnonzero(wrong.ravel())
    far = np.nan_to_num(distance.ravel()[flat].astype(np.float64), nan=np.inf)
    worst = flat[np.argsort(-far, kind="stable")][:_WORST]
    rows = [("index", "expected", "got")]
    for position in worst:
        index = tuple(int(i) for i in np.unravel_index(position, mine.shape))
        rows.append((str(list(index)), _number(theirs[index]), _number(mine[index])))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    more = len(flat) - len(worst)
    return "\n".join([*(line.rstrip() for line in lines), *([f"… and {more} more"] if more else [])])


def _both(expected: object, actual: object) -> str:
    expected_text, actual_text = (
        describe(value).replace("\n", "\n" + " " * 10) for value in (expected, actual)
    )
    return f"expected  {expected_text}\ngot       {actual_text}"


def _distance(mine: Array, theirs: Array) -> Array:
    wide = np.complex128 if "c" in (mine.dtype.kind, theirs.dtype.kind) else np.float64
    with np.errstate(invalid="ignore", over="ignore"):
        distance: Array = np.abs(mine.astype(wide) - theirs.astype(wide))
    return distance


def _kind(array: Array) -> str:
    return _KINDS.get(array.dtype.kind) or str(array.dtype)


def _number(value: object) -> str:
    item = np.asarray(value).item()
    return f"{item:.10g}" if isinstance(item, float) and math.isfinite(item) else repr(item)


def _coarsest(name: str, values: object) -> str:
    return max((name, *_float_names(values)), key=TOLERANCES.__getitem__)


def _float_names(value: object) -> Iterator[str]:
    """Yield the names of the float dtypes in `value`, containers searched."""
    if isinstance(value, tuple | list):
        for member in value:
            yield from _float_names(member)
    elif isinstance(value, dict):
        yield from _float_names(tuple(value.values()))
    elif isinstance(value, np.ndarray | np.generic) or is_tensor(value):
        name = dtype_name(value)
        if name in TOLERANCES:
            yield name
