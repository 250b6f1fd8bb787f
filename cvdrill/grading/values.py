"""How values cross between judge and worker: a JSON tree whose arrays point into raw bytes.

What the judge sends keeps strides and writability; what a worker sends is contiguous, so that nothing in it
can point outside its bytes.
"""

from __future__ import annotations

import math
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cvdrill.wire import MAX_BODY, TooLarge, WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import torch

    from cvdrill.wire import Buffer

    Tree = Any

MAX_DEPTH = 60
_FEW = 4096  # so many bytes are copied faster than a view of them is made
_NUMPY_DTYPE = re.compile(r"[<>|=]?(b1|[iu][1248]|f[248]|c8|c16|[US]\d{1,6}|[mM]8(\[\w{1,8}\])?)")
_TORCH_DTYPES = frozenset(
    "bool uint8 int8 int16 int32 int64 float16 bfloat16 float32 float64 complex64 complex128".split()
)


@dataclass(slots=True)
class Encoder:
    """Turns values into trees, and collects their bytes.

    Attributes
    ----------
    other : callable
        Encodes what is no plain data: takes the value, returns a tree or raises TypeError.
    keep_layout : bool
        Whether strides and writability are sent too; if not, arrays become contiguous.
    on_tensor : callable, optional
        Given this encoder and a tensor, returns what else the other side shall know of it.
    buffers : list
        The bytes so far.
    """

    other: Callable[[object], Tree]
    keep_layout: bool = False
    on_tensor: Callable[[Encoder, torch.Tensor], Tree] | None = None
    buffers: list[Buffer] = field(default_factory=list)
    _size: int = 0

    def encode(self, value: object, depth: int = 0) -> Tree:
        """Return the tree of `value`.

        Raises
        ------
        TooLarge
            When it does not fit into a frame.
        """
        if depth > MAX_DEPTH:
            raise TooLarge("it is nested too deeply")
        if value is None or value is True or value is False or type(value) is float:
            return value
        if type(value) is str:
            return str(value)
        if type(value) is int:
            return value if -(2**53) < value < 2**53 else ["int", hex(value)]
        if isinstance(value, np.generic):
            if not _NUMPY_DTYPE.fullmatch(value.dtype.str):
                return self.other(value)
            return ["scalar", value.dtype.str, self._add(np.asarray(value).tobytes())]
        if type(value) is np.ndarray and _NUMPY_DTYPE.fullmatch(value.dtype.str):
            return self._encode_array(value)
        if isinstance(value, tuple | list):
            tag = "tuple" if isinstance(value, tuple) else "list"
            return [tag, [self.encode(member, depth + 1) for member in value]]
        if isinstance(value, dict):
            return [
                "dict",
                [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in value.items()],
            ]
        if isinstance(value, bool | int | float | str):  # an enum, or another subclass
            base = next(base for base in (int, float, str) if isinstance(value, base))
            return self.encode(base(value), depth + 1)
        if type(value) is complex:
            return ["complex", value.real, value.imag]
        if type(value) is bytes:
            return ["bytes", self._add(value)]
        if type(value) is slice:
            return ["slice", [self.encode(part, depth + 1) for part in (value.start, value.stop, value.step)]]
        if value is Ellipsis:
            return ["ellipsis"]
        return self._encode_torch(value)

    def _encode_torch(self, value: Any) -> Tree:
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.dtype):
            return ["torch.dtype", str(value).removeprefix("torch.")]
        if torch is not None and type(value) in {torch.Tensor, torch.nn.Parameter}:
            name = str(value.dtype).removeprefix("torch.")
            if value.layout is torch.strided and value.device.type == "cpu" and name in _TORCH_DTYPES:
                return self._encode_tensor(torch, value, name)
        return self.other(value)

    def _encode_array(self, array: np.ndarray[Any, Any]) -> Tree:
        if not self.keep_layout or array.size == 0 or array.flags.c_contiguous:
            self._claim(array.nbytes)
            where = self._add(_bytes_of(np.ascontiguousarray(array)), claimed=True)
            return ["array", array.dtype.str, list(array.shape), None, 0, array.flags.writeable, where]
        low, high = np.lib.array_utils.byte_bounds(array)
        self._claim(high - low)
        extent = np.ndarray(high - low, np.uint8, _extent(array, low, high))
        offset = array.__array_interface__["data"][0] - low
        where = self._add(extent.tobytes(), claimed=True)
        return [
            "array",
            array.dtype.str,
            list(array.shape),
            list(array.strides),
            offset,
            array.flags.writeable,
            where,
        ]

    def _encode_tensor(self, torch: Any, tensor: torch.Tensor, name: str) -> Tree:
        extra = self.on_tensor(self, tensor) if self.on_tensor else None
        plain = tensor.detach()
        if plain.is_conj() or plain.is_neg():
            plain = plain.resolve_conj().resolve_neg()
        strides = None
        if self.keep_layout and not plain.is_contiguous() and plain.numel():
            span = 1 + sum((n - 1) * step for n, step in zip(plain.shape, plain.stride(), strict=True))
            strides = list(plain.stride())
            plain = plain.as_strided((span,), (1,), plain.storage_offset())
        self._claim(plain.nbytes)
        plain = plain.contiguous()
        if name == "bfloat16":  # which numpy has not
            plain = plain.view(torch.int16)
        where = self._add(_bytes_of(plain.numpy()), claimed=True)
        return ["tensor", name, list(tensor.shape), strides, tensor.requires_grad, where, extra]

    def _claim(self, size: int) -> None:
        """Refuse before anything is allocated: a broadcast view may be far larger than its memory."""
        self._size += size
        if self._size > MAX_BODY:
            raise TooLarge(f"it holds more than {MAX_BODY // 2**20} MiB")

    def _add(self, data: Any, *, claimed: bool = False) -> int:
        if not claimed:
            self._claim(len(data))
        self.buffers.append(data)
        return len(self.buffers) - 1


def _bytes_of(array: np.ndarray[Any, Any]) -> Buffer:
    """Return the bytes of a contiguous array, without a copy if there are many."""
    if array.nbytes < _FEW:
        return array.tobytes()
    return array.reshape(-1).view(np.uint8).data


def _extent(array: np.ndarray[Any, Any], low: int, high: int) -> Any:
    """Return the memory from address `low` to `high`, which `array` spans, as an object with a buffer."""

    class Extent:
        __array_interface__ = {  # noqa: RUF012  numpy's protocol
            "shape": (high - low,),
            "typestr": "|u1",
            "data": (low, True),
            "version": 3,
        }
        owner = array

    return np.asarray(Extent())


@dataclass(frozen=True, slots=True)
class Decoder:
    """Turns trees back into values.

    Attributes
    ----------
    buffers : sequence of bytearray
        Of the frame.
    other : callable
        Decodes the tags that are no plain data: takes the tagged list, returns a value or raises WireError.
    on_tensor : callable, optional
        Given this decoder, a fresh tensor, whether the sender's requires a gradient, and what the sender
        added; returns the tensor to be used.
    trusted : bool
        Whether strides are accepted.
    """

    buffers: Sequence[bytearray]
    other: Callable[[list[Any]], object]
    on_tensor: Callable[[Decoder, torch.Tensor, bool, Tree], torch.Tensor] | None = None
    trusted: bool = False

    def decode(self, tree: Tree) -> Any:
        """Return the value of `tree`.

        Raises
        ------
        WireError
            When the tree is not one that an `Encoder` makes.
        """
        try:
            return self._decode(tree, 0)
        except WireError:
            raise
        except Exception as error:  # noqa: BLE001  whatever is wrong with it, it is the sender's frame
            raise WireError(f"{type(error).__name__}: {error}") from None

    def _decode(self, tree: Tree, depth: int) -> Any:
        if depth > MAX_DEPTH + 1:
            raise WireError("nested too deeply")
        if tree is None or isinstance(tree, bool | int | float | str):
            return tree
        tag, *rest = tree
        match tag:
            case "int":
                return int(rest[0], 16)
            case "tuple":
                return tuple(self._decode(member, depth + 1) for member in rest[0])
            case "list":
                return [self._decode(member, depth + 1) for member in rest[0]]
            case "dict":
                return {self._decode(k, depth + 1): self._decode(v, depth + 1) for k, v in rest[0]}
            case "complex":
                return complex(*rest)
            case "bytes":
                return bytes(self._buffer(rest[0]))
            case "slice":
                return slice(*(self._decode(part, depth + 1) for part in rest[0]))
            case "ellipsis":
                return Ellipsis
            case "scalar":
                return self._array(rest[0], [], None, 0, True, rest[1])[()]
            case "array":
                return self._array(*rest)
            case "tensor":
                return self._tensor(*rest)
            case "torch.dtype":
                return _torch_dtype(rest[0])
            case _:
                return self.other(tree)

    def _buffer(self, index: int) -> bytearray:
        if type(index) is not int or not 0 <= index < len(self.buffers):
            raise WireError("bytes that were not sent")
        return self.buffers[index]

    def _array(
        self,
        dtype: str,
        shape: list[int],
        strides: list[int] | None,
        offset: int,
        writeable: bool,
        where: int,
    ) -> Any:
        if not _NUMPY_DTYPE.fullmatch(dtype):
            raise WireError(f"the dtype {dtype!r}")
        buffer = self._buffer(where)
        kind = np.dtype(dtype)
        _check_shape(shape)
        if strides is None:
            if math.prod(shape) * kind.itemsize != len(buffer):
                raise WireError("an array of another size than its bytes")
            array: np.ndarray[Any, Any] = (
                np.frombuffer(buffer, np.uint8).view(kind) if buffer else np.empty(0, kind)
            )
            array = array.reshape(shape)
        elif self.trusted:
            array = np.ndarray(tuple(shape), kind, buffer, offset, tuple(strides))
        else:
            raise WireError("an array with strides")
        array.flags.writeable = bool(writeable)
        return array

    def _tensor(
        self,
        name: str,
        shape: list[int],
        strides: list[int] | None,
        needs_grad: bool,
        where: int,
        extra: Tree,
    ) -> torch.Tensor:
        import torch  # noqa: PLC0415  a worker for numpy drills has none

        dtype = _torch_dtype(name)
        buffer = self._buffer(where)
        _check_shape(shape)
        if strides is not None and not self.trusted:
            raise WireError("a tensor with strides")
        if strides is None and math.prod(shape) * dtype.itemsize != len(buffer):
            raise WireError("a tensor of another size than its bytes")
        tensor = torch.frombuffer(buffer, dtype=dtype) if buffer else torch.empty(0, dtype=dtype)
        tensor = tensor.reshape(shape) if strides is None else tensor.as_strided(shape, strides)
        if self.on_tensor:
            return self.on_tensor(self, tensor, bool(needs_grad), extra)
        return tensor.requires_grad_(bool(needs_grad))


def _torch_dtype(name: str) -> torch.dtype:
    import torch  # noqa: PLC0415  a worker for numpy drills has none

    if name not in _TORCH_DTYPES:
        raise WireError(f"the dtype {name!r}")
    dtype: torch.dtype = getattr(torch, name)
    return dtype


def _check_shape(shape: list[int]) -> None:
    if len(shape) > 32 or not all(type(n) is int and 0 <= n < 2**40 for n in shape):
        raise WireError(f"the shape {shape!r:.80}")
