"""Answers calls of a module: the learner's in a worker, a known mistake's in the judge."""

from __future__ import annotations

import builtins
import functools
import operator
import sys
import traceback
from time import perf_counter  # bound before a learner's code can replace it
from types import FunctionType
from typing import TYPE_CHECKING, Any

import numpy as np

from cvdrill.grading.values import Decoder, Encoder
from cvdrill.wire import MAX_BODY, TooLarge, WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    import torch

    from cvdrill.grading.values import Tree
    from cvdrill.wire import Buffer, Frame

_FRAMES = 12  # of a traceback
_TEXT = 4000  # characters of an exception's message
OPERATORS: dict[str, Callable[..., Any]] = {
    **{
        name: getattr(operator, name)
        for name in (
            "add sub mul truediv floordiv mod pow matmul neg pos abs lt le gt ge "
            "getitem setitem contains".split()
        )
    },
    "sum": sum,
    "len": len,
    "iter": iter,
    "next": next,
    "float": float,
    "int": int,
    "bool": bool,
}
"""What can be asked of an object that stays here, apart from attributes and calls."""


class Responder:
    """Answers requests about one module; objects that are no plain data stay here, and are known by number.

    Parameters
    ----------
    module : module
        Whose functions and classes are called.
    ask : callable
        Takes a callback's header and buffers to whoever passed the function in; returns the answer.
    """

    def __init__(self, module: ModuleType, ask: Callable[[dict[str, Any], Sequence[Buffer]], Frame]) -> None:
        self.operations: dict[str, Callable[..., Any]] = {
            "call": self._call,
            "getattr": self._getattr,
            "setattr": self._setattr,
            "operator": self._operator,
            "backward": self._run_backward,
        }
        self.banned: list[str] = []
        self.filename = ""
        self._module = module
        self._ask = ask
        self._objects: dict[int, object] = {}
        self._numbers: dict[int, int] = {}  # of the objects, by id
        self._leaves: dict[int, torch.Tensor] = {}
        self._echoes: dict[int, Tree] = {}
        # Bound now, before it is banned or a learner's code replaces it.
        self._backward: Callable[..., None] | None = None
        self._seed: Callable[[int], object] | None = None
        if "torch" in sys.modules:
            import torch  # noqa: PLC0415  loaded already

            self._backward = torch.autograd.backward
            self._seed = torch.default_generator.manual_seed

    def respond(self, frame: Frame) -> tuple[dict[str, Any], list[Buffer]]:
        """Do what a request asks; return what came of it, and what the inputs look like now."""
        if frame.header.get("fresh"):
            self._begin_case()
        self._echoes.clear()
        decoder = Decoder(frame.buffers, self._decode_other, self._decode_tensor, trusted=True)
        inputs = decoder.decode(frame.header.get("inputs", ["tuple", [["tuple", []], ["dict", []]]]))
        header: dict[str, Any] = {"id": frame.header.get("id")}
        reply = self._encoder()
        begun = perf_counter()
        try:
            value = self.operations[frame.header["op"]](frame.header, *inputs)
            header["elapsed_s"] = perf_counter() - begun
            header["value"] = reply.encode(value)
        except BaseException as error:  # noqa: BLE001  whatever the learner raises is reported
            reply = self._encoder()
            header["error"] = self._describe_error(error)
        header["banned"] = self.banned[:1]
        snapshot = Encoder(self._echo, keep_layout=True, on_tensor=self._number_of_leaf)
        try:
            header["inputs"] = snapshot.encode(inputs)
        except BaseException as error:  # noqa: BLE001  an input that cannot be sent any more was changed
            snapshot = self._encoder()
            header["inputs"] = ["changed", type(error).__name__]
        header["split"] = len(reply.buffers)
        buffers = [*reply.buffers, *snapshot.buffers]
        if sum(memoryview(buffer).nbytes for buffer in buffers) > MAX_BODY:
            too_large = TooLarge("the result and the inputs are too large to be sent")
            return {"id": header["id"], "error": self._describe_error(too_large), "split": 0}, []
        return header, buffers

    def _begin_case(self) -> None:
        """Forget the objects of the last case, and let what is random begin as in every case."""
        self._objects.clear()
        self._numbers.clear()
        self._leaves.clear()
        if self._seed is not None:
            self._seed(0)

    def _call(self, header: dict[str, Any], arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        target = header["target"]
        function: Any = getattr(self._module, target) if isinstance(target, str) else self._objects[target]
        if "method" in header:
            function = getattr(function, header["method"])
        return function(*arguments, **keywords)

    def _getattr(self, header: dict[str, Any], *_inputs: object) -> Any:
        return getattr(self._objects[header["target"]], header["name"])

    def _setattr(self, header: dict[str, Any], arguments: tuple[Any, ...], _keywords: object) -> None:
        setattr(self._objects[header["target"]], header["name"], arguments[0])

    @staticmethod
    def _operator(header: dict[str, Any], arguments: tuple[Any, ...], _keywords: object) -> Any:
        return OPERATORS[header["name"]](*arguments)

    def _run_backward(
        self, header: dict[str, Any], arguments: tuple[Any, ...], _keywords: object
    ) -> list[Any]:
        """Send gradients through the graph of earlier results; return those of the call's inputs."""
        if self._backward is None:
            raise WireError("gradients without torch")
        outputs: list[Any] = [self._objects[number] for number in header["outputs"]]
        leaves = [self._leaves[number] for number in header["leaves"]]
        for leaf in leaves:
            leaf.grad = None
        import torch  # noqa: PLC0415  loaded already

        # Their weighted sum needs no gradient to start from; handing one in makes torch import sympy.
        with torch.enable_grad():
            weighted = [(output * grad).sum() for output, grad in zip(outputs, arguments, strict=True)]
        self._backward(weighted, retain_graph=True)
        return [leaf.grad for leaf in leaves]

    def _encoder(self) -> Encoder:
        return Encoder(self._encode_other, on_tensor=self._encode_tensor)

    def _keep(self, value: object) -> int:
        # One object has one number, or else an input that is given back would not be known again.
        number = self._numbers.setdefault(id(value), len(self._objects) + 1)
        self._objects[number] = value
        return number

    def _encode_other(self, value: object) -> Tree:
        """Keep what is no plain data here, and send a number for it."""
        kind: Any = type(value)
        name = kind.__name__ if kind.__module__ != "numpy" else f"numpy.{kind.__name__}"
        if kind is np.ndarray:
            name = f"numpy array of dtype {value.dtype}"  # type: ignore[attr-defined]
        elif kind.__module__ == "torch" and kind.__name__ == "Tensor":
            name = f"{value.layout} tensor on {value.device}".replace("torch.", "")  # type: ignore[attr-defined]
        own = getattr(value, "__dict__", ())  # goes before what the class has
        methods = [method for method in _methods(kind) if method not in own]
        return ["object", self._keep(value), str(name)[:80], methods]

    def _encode_tensor(self, encoder: Encoder, tensor: torch.Tensor) -> Tree:
        """Say where in the graph a tensor is, and what gradient a leaf has gathered."""
        if not tensor.requires_grad:
            return None
        grad = tensor.grad if tensor.is_leaf else None
        return [self._keep(tensor), tensor.is_leaf, None if grad is None else encoder.encode(grad.detach())]

    def _number_of_leaf(self, _encoder: Encoder, tensor: torch.Tensor) -> Tree:
        """Say of an input what the judge said of it."""
        return next((number for number, leaf in self._leaves.items() if leaf is tensor), None)

    def _echo(self, value: object) -> Tree:
        """Encode an input as it arrived."""
        return self._echoes.get(id(value), ["changed"])

    def _decode_other(self, tree: list[Any]) -> object:
        match tree:
            case ["object", int(number)]:
                value = self._objects[number]
            case ["function", int(number)]:
                value = self._callback(number)
            case _:
                raise WireError(f"the tag {tree[0]!r}")
        self._echoes[id(value)] = tree
        return value

    def _decode_tensor(
        self, _decoder: Decoder, tensor: torch.Tensor, needs_grad: bool, extra: Tree
    ) -> torch.Tensor:
        if needs_grad:
            tensor.requires_grad_()
            self._leaves[int(extra)] = tensor
        return tensor

    def _callback(self, number: int) -> Callable[..., Any]:
        """Return a function that has the judge call the one that a case passed in."""

        def call(*arguments: object, **keywords: object) -> Any:
            encoder = self._encoder()
            header = {"callback": number, "inputs": encoder.encode((arguments, keywords))}
            answer = self._ask(header, encoder.buffers)
            if error := answer.header.get("error"):
                raise getattr(builtins, error["type"], RuntimeError)(error["message"])
            return Decoder(answer.buffers, self._decode_other, trusted=True).decode(answer.header["value"])

        return call

    def _describe_error(self, error: BaseException) -> dict[str, Any]:
        """Return an exception as data: its kinds, its text, and where in the learner's file it came from."""
        try:
            message = str(error)[:_TEXT]
        except BaseException as second:  # noqa: BLE001  a hostile __str__
            message = f"<its message cannot be shown: {type(second).__name__}>"
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == self.filename]
        line = frames[-1].lineno if frames else None
        if isinstance(error, SyntaxError) and line is None:
            message, line = str(error.msg), error.lineno
        return {
            "type": str(type(error).__name__)[:80],
            "kinds": [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"],
            "message": message,
            "line": line,
            "traceback": "".join(traceback.format_list(frames[-_FRAMES:])),
        }


@functools.cache
def _methods(kind: type) -> list[str]:
    """Return the names of a class's methods, which the judge calls without asking for them first."""
    members = {name: member for base in reversed(kind.__mro__) for name, member in vars(base).items()}
    return [name for name, member in members.items() if type(member) is FunctionType and name[:1] != "_"]
