"""Loads the learner's file and answers calls. It knows no case, no reference and no verdict."""

from __future__ import annotations

import builtins
import contextlib
import importlib.util
import io
import linecache
import operator
import os
import socket
import sys
import traceback
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from cvdrill.grading import sandbox
from cvdrill.grading.bans import Bans
from cvdrill.grading.values import Decoder, Encoder
from cvdrill.grading.wire import Connection, TooLarge, WireError

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch

    from cvdrill.grading.values import Tree
    from cvdrill.grading.wire import Frame

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
    "len": len,
    "iter": iter,
    "next": next,
    "float": float,
    "int": int,
    "bool": bool,
}
"""What can be asked of an object that stays here, apart from attributes and calls."""


class Worker:
    """Answers the requests that arrive over one connection, until it is closed.

    Parameters
    ----------
    connection : Connection
        To the judge.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._module = ModuleType("submission")
        self._bans = Bans(())
        self._objects: dict[int, object] = {}
        self._leaves: dict[int, torch.Tensor] = {}
        self._echoes: dict[int, Tree] = {}
        self._filename = ""
        # Bound before the learner's code can replace them.
        self._backward: Callable[..., None] | None = None

    def serve(self) -> None:
        """Answer until the judge is gone."""
        operations: dict[str, Callable[..., Any]] = {
            "prepare": self._prepare,
            "load": self._load,
            "call": self._call,
            "getattr": self._getattr,
            "setattr": self._setattr,
            "operator": self._operator,
            "backward": self._run_backward,
        }
        while True:
            frame = self._connection.receive()
            if frame.header.get("fresh"):
                self._objects.clear()
                self._leaves.clear()
            self._echoes.clear()
            decoder = Decoder(frame.buffers, self._decode_other, self._decode_tensor, trusted=True)
            inputs = decoder.decode(frame.header.get("inputs", ["tuple", [["tuple", []], ["dict", []]]]))
            self._answer(operations[frame.header["op"]], frame, inputs)

    def _answer(self, operation: Callable[..., Any], frame: Frame, inputs: tuple[Any, Any]) -> None:
        """Run one operation and send what came of it, and what the inputs look like now."""
        header: dict[str, Any] = {"id": frame.header["id"]}
        reply = self._encoder()
        try:
            header["value"] = reply.encode(operation(frame.header, *inputs))
        except BaseException as error:  # noqa: BLE001  whatever the learner raises is reported
            reply = self._encoder()
            header["error"] = self._describe_error(error)
        _flush()
        header["banned"] = self._bans.called[:1]
        snapshot = Encoder(self._echo, keep_layout=True, on_tensor=self._number_of_leaf)
        try:
            header["inputs"] = snapshot.encode(inputs)
        except BaseException as error:  # noqa: BLE001  an input that cannot be sent any more was changed
            snapshot = self._encoder()
            header["inputs"] = ["changed", type(error).__name__]
        header["split"] = len(reply.buffers)
        try:
            self._connection.send(header, [*reply.buffers, *snapshot.buffers])
        except TooLarge as error:
            self._connection.send({"id": header["id"], "error": self._describe_error(error), "split": 0})

    def _prepare(self, header: dict[str, Any], *_inputs: object) -> None:
        """Ban what the drill bans; what goes wrong here is no fault of the learner's."""
        if "torch" in sys.modules:
            import torch  # noqa: PLC0415  only drills that use it

            self._backward = torch.autograd.backward
        self._bans = Bans((ban["calls"], ban["instead"]) for ban in header["bans"])
        self._bans.enforce()
        sandbox.watch(header["hidden"])

    def _load(self, header: dict[str, Any], _arguments: object, keywords: dict[str, Any]) -> dict[str, str]:
        """Run the learner's file; return what kind of thing each public name is."""
        source, self._filename = keywords["source"], header["filename"]
        text = importlib.util.decode_source(source)
        linecache.cache[self._filename] = (len(text), None, text.splitlines(keepends=True), self._filename)
        self._module.__file__ = self._filename
        sys.modules[self._module.__name__] = self._module
        exec(compile(source, self._filename, "exec", dont_inherit=True), self._module.__dict__)  # noqa: S102
        return {
            name: "class"
            if isinstance(value, type)
            else "function"
            if callable(value)
            else type(value).__name__
            for name, value in list(vars(self._module).items())
            if isinstance(name, str) and not name.startswith("_")
        }

    def _call(self, header: dict[str, Any], arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        target = header["target"]
        function: Any = getattr(self._module, target) if isinstance(target, str) else self._objects[target]
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
        # Their weighted sum needs no gradient to start from; handing one in makes torch import sympy.
        weighted = [(output * grad).sum() for output, grad in zip(outputs, arguments, strict=True)]
        self._backward(weighted, retain_graph=True)
        return [leaf.grad for leaf in leaves]

    def _encoder(self) -> Encoder:
        return Encoder(self._encode_other, on_tensor=self._encode_tensor)

    def _keep(self, value: object) -> int:
        number = len(self._objects) + 1
        self._objects[number] = value
        return number

    def _encode_other(self, value: object) -> Tree:
        """Keep what is no plain data here, and send a number for it."""
        kind = type(value)
        name = kind.__name__ if kind.__module__ != "numpy" else f"numpy.{kind.__name__}"
        if kind is np.ndarray:
            name = f"numpy array of dtype {value.dtype}"  # type: ignore[attr-defined]
        elif kind.__module__ == "torch" and kind.__name__ == "Tensor":
            name = f"{value.layout} tensor on {value.device}".replace("torch.", "")  # type: ignore[attr-defined]
        return ["object", self._keep(value), str(name)[:80], callable(value)]

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
            self._connection.send(
                {"callback": number, "inputs": encoder.encode((arguments, keywords))}, encoder.buffers
            )
            answer = self._connection.receive()
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
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == self._filename]
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


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):  # the learner may have closed or replaced it
            stream.flush()


def run(channel: int, memory_bytes: int, cpu_s: int) -> None:
    """Be a worker: confine this process, then serve until the judge is gone.

    Parameters
    ----------
    channel : int
        File descriptor of the socket to the judge.
    memory_bytes, cpu_s : int
        What the learner's code may use.
    """
    output = open(1, "wb", closefd=False)  # noqa: SIM115  lives as long as the process
    sys.stdout = sys.stderr = io.TextIOWrapper(output, "utf-8", "backslashreplace", line_buffering=True)
    sandbox.confine(memory_bytes, cpu_s)
    try:
        Worker(Connection(socket.socket(fileno=channel))).serve()
    finally:
        os._exit(0)
