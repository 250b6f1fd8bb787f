"""The `attempt` fixture: the learner's functions and classes, called in a worker."""

from __future__ import annotations

import builtins
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cvdrill.comparison import is_tensor, note_inputs
from cvdrill.grading.process import Stopped, nonsense
from cvdrill.grading.text import escape
from cvdrill.grading.values import Decoder, Encoder
from cvdrill.model import Outcome
from cvdrill.wire import WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import torch

    from cvdrill.grading.process import Process
    from cvdrill.grading.values import Tree
    from cvdrill.wire import Frame

_WHOLE = 64  # arrays up to this many elements are written out in a call
_OUT_OF_MEMORY = ("can't allocate memory", "not enough memory", "DefaultCPUAllocator", "std::bad_alloc")


class LearnerError(Exception):
    """The learner's code raised. It is raised here as the built-in exception that it is there.

    Attributes
    ----------
    type : str
        The exception's name.
    message : str
        Its text.
    line : int or None
        Where in the learner's file.
    traceback : str
        The learner's frames.
    """

    def __init__(self, error: dict[str, Any]) -> None:
        self.type = escape(str(error["type"]))
        self.message = escape(str(error["message"]))
        self.line = error["line"] if type(error["line"]) is int else None
        self.traceback = escape(str(error["traceback"]))
        super().__init__(f"{self.type}: {self.message}")


class BannedCall(BaseException):
    """The learner's code called what the drill bans; no case may catch this."""


class InputChanged(AssertionError):  # noqa: N818  a wrong answer is no error of the program
    """The learner's code changed what was passed in."""


@dataclass(slots=True)
class Call:
    """One call that a case made.

    Attributes
    ----------
    function : str
        What was called, as Python.
    arguments, keywords
        What was passed.
    result : object
        What came back; None until it did.
    """

    function: str
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]
    result: object = None

    def __str__(self) -> str:
        shown = [_write(value) for value in self.arguments]
        shown += [f"{name}={_write(value)}" for name, value in self.keywords.items()]
        return f"{self.function}({', '.join(shown)})"

    def returned(self, value: object) -> bool:
        """Whether `value` is what this call returned, or a member of it."""
        members = self.result if isinstance(self.result, tuple | list) else ()
        return value is not None and (value is self.result or any(value is member for member in members))


@dataclass(slots=True)
class Attempt:
    """What cases see of the learner's file: ``attempt.nms(boxes, scores, 0.5)``.

    Parameters
    ----------
    process : Process
        The worker that answers, or what stands in for it.
    names : sequence of str
        What the drill asks for.
    parameters : dict
        The parameters of each, by which a changed input is named.
    seconds : float
        Time limit of one call.

    Attributes
    ----------
    calls : list of Call
        The calls so far.
    log : list of (str, object)
        What came of every request: it ``returned`` a value, ``raised`` an exception of some name, or
        ``changed`` an input.
    elapsed_s : float
        Seconds that requests took over there.
    """

    process: Process
    names: Sequence[str]
    parameters: dict[str, list[str]]
    seconds: float
    calls: list[Call] = field(default_factory=list)
    log: list[tuple[str, Any]] = field(default_factory=list)
    elapsed_s: float = 0.0
    _fresh: bool = True
    _functions: list[Callable[..., Any]] = field(default_factory=list)
    _leaves: list[torch.Tensor] = field(default_factory=list)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_") or name not in self.names:
            raise AttributeError(f"the drill does not ask for {name!r}")

        def call(*arguments: Any, **keywords: Any) -> Any:
            return self.request({"op": "call", "target": name}, name, arguments, keywords)

        return call

    def request(
        self,
        header: dict[str, Any],
        function: str,
        arguments: tuple[Any, ...] = (),
        keywords: dict[str, Any] | None = None,
    ) -> Any:
        """Have the worker do something; return what came of it.

        Raises
        ------
        LearnerError
            When the learner's code raised.
        InputChanged
            When an argument is no longer what it was.
        BannedCall
            When a banned function was called.
        Stopped
            When no answer came.
        """
        keywords = keywords or {}
        note_inputs(arguments, keywords)
        call = Call(function, arguments, keywords)
        if header["op"] == "call":
            self.calls.append(call)
        first_leaf = len(self._leaves)
        encoder = Encoder(self._encode_other, keep_layout=True, on_tensor=self._number_leaf)
        inputs = encoder.encode((arguments, keywords))
        header = {**header, "inputs": inputs, "fresh": self._fresh}
        self._fresh = False
        reply = self._exchange(header, encoder.buffers)
        split = reply.header.get("split")
        if type(split) is not int or not 0 <= split <= len(reply.buffers):
            raise nonsense("a reply without its split")
        if banned := reply.header.get("banned"):
            raise BannedCall(escape(str(banned[0])))
        error = reply.header.get("error")
        if error is not None and _is_memory(error):
            raise Stopped(Outcome.MEMORY, "Your code asked for more memory than it may have.")
        self.log.append(("changed", None))
        self._judge_inputs(call, inputs, encoder.buffers, reply.header.get("inputs"), reply.buffers[split:])
        if error is not None:
            exception = as_exception(error)
            self.log[-1] = ("raised", exception.type)
            raise exception
        elapsed_s = reply.header.get("elapsed_s")
        if type(elapsed_s) is not float or not 0 <= elapsed_s < math.inf:
            raise nonsense("a reply without its time")
        self.elapsed_s += elapsed_s
        leaves = self._leaves[first_leaf:]
        call.result = self._decode(reply.header.get("value"), reply.buffers[:split], first_leaf, leaves)
        self.log[-1] = ("returned", call.result)
        return call.result

    def _exchange(self, header: dict[str, Any], buffers: list[Any]) -> Frame:
        """Send a request, serve the callbacks that it causes, and return the reply."""
        frame = self.process.ask(header, buffers, self.seconds)
        while "callback" in frame.header:
            frame = self.process.answer(*self.call_back(frame))
        return frame

    def call_back(self, frame: Frame) -> tuple[dict[str, Any], list[Any]]:
        """Call a function that the case passed in, with what the learner's code gave it."""
        number = frame.header["callback"]
        if type(number) is not int or not 0 <= number < len(self._functions):
            raise nonsense("a callback that was not passed")
        arguments, keywords = self._decode(frame.header.get("inputs"), frame.buffers, 0, [])
        encoder = Encoder(self._encode_other)
        try:
            result = self._functions[number](*arguments, **keywords)
        except Exception as error:  # noqa: BLE001  cases pass in functions that raise; the learner's code gets to see it
            return {"error": {"type": type(error).__name__, "message": str(error)}}, []
        return {"value": encoder.encode(result)}, encoder.buffers

    def _judge_inputs(
        self, call: Call, before: Tree, sent: Sequence[Any], after: Tree, received: Sequence[bytearray]
    ) -> None:
        """Raise `InputChanged` unless what the worker holds is what it was given."""
        if before == after and [bytes(data) for data in sent] == list(received):
            return
        names = self.parameters.get(call.function, [])
        changed = _changed(before, after, sent, received)
        name = names[changed] if changed is not None and changed < len(names) else None
        what = f"`{name}`, which was passed in" if name else "what was passed in"
        raise InputChanged(f"Your code changed {what}; work on a copy and leave the inputs as they are.")

    def _encode_other(self, value: object) -> Tree:
        if isinstance(value, _RemoteMethod):
            value = value.looked_up()
        if isinstance(value, RemoteObject):
            return ["object", value.__dict__["_number"]]
        if callable(value):
            self._functions.append(value)
            return ["function", len(self._functions) - 1]
        raise TypeError(f"a case cannot pass {type(value).__name__} to the learner's code")

    def _number_leaf(self, _encoder: Encoder, tensor: torch.Tensor) -> Tree:
        if not tensor.requires_grad:
            return None
        self._leaves.append(tensor)
        return len(self._leaves) - 1

    def _decode(
        self, tree: Tree, buffers: Sequence[bytearray], first_leaf: int, leaves: list[torch.Tensor]
    ) -> Any:
        """Return a reply's value; its tensors that have a graph there are tied to the leaves here."""
        outputs: list[tuple[int, torch.Tensor]] = []

        def on_tensor(decoder: Decoder, tensor: torch.Tensor, needs_grad: bool, extra: Tree) -> torch.Tensor:
            if not needs_grad:
                return tensor
            number, is_leaf, grad = extra
            if is_leaf:
                tensor.requires_grad_()
                tensor.grad = decoder.decode(grad)
            else:
                outputs.append((int(number), tensor))
            return tensor

        decoder = Decoder(buffers, self._decode_other, on_tensor)
        try:
            value = decoder.decode(tree)
        except WireError as error:
            raise nonsense(str(error)) from None
        if not outputs:
            return value
        from cvdrill.grading.gradients import tie  # noqa: PLC0415  imports torch

        tied = tie(self, outputs, list(range(first_leaf, first_leaf + len(leaves))), leaves)
        return _replace(value, {id(old): new for (_, old), new in zip(outputs, tied, strict=True)})

    def _decode_other(self, tree: list[Any]) -> object:
        match tree:
            case ["object", int(number), str(name), list(methods)]:
                return _remote(self, number, name, frozenset(methods))
        raise WireError(f"the tag {tree[0]!r}")


class RemoteObject:
    """An object of the learner's that stays in the worker; attributes, calls and operators reach it there."""

    def __init__(self, attempt: Attempt, number: int, name: str, methods: frozenset[str]) -> None:
        self.__dict__.update(_attempt=attempt, _number=number, _name=name, _label=name, _methods=methods)

    def __repr__(self) -> str:
        return f"<{self.__dict__['_name']}>"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # protocols such as __array__ are not for the learner's object to answer
            raise AttributeError(name)
        if name in self.__dict__["_methods"]:
            return _RemoteMethod(self, name)
        return _look_up(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        self.__dict__["_attempt"].request(
            {"op": "setattr", "target": self.__dict__["_number"], "name": name},
            f"{self!r}.{name} = ",
            (value,),
        )

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the object in the worker."""
        return self.__dict__["_attempt"].request(
            {"op": "call", "target": self.__dict__["_number"]}, self.__dict__["_label"], arguments, keywords
        )

    @staticmethod
    def __summed__(values: Sequence[RemoteObject]) -> Any:
        attempt: Attempt = values[0].__dict__["_attempt"]
        return attempt.request({"op": "operator", "name": "sum"}, "sum", (values,))

    def __iter__(self) -> Iterator[Any]:
        iterator = _operate("iter", self)
        while True:
            try:
                yield _operate("next", iterator)
            except StopIteration:
                return


def _label(remote: RemoteObject, name: str) -> str:
    return f"{remote.__dict__['_label']}.{name}"


def _look_up(remote: RemoteObject, name: str) -> Any:
    """Return an attribute of the learner's object."""
    header = {"op": "getattr", "target": remote.__dict__["_number"], "name": name}
    attempt: Attempt = remote.__dict__["_attempt"]
    value = attempt.request(header, _label(remote, name))
    if isinstance(value, RemoteObject):  # shown in calls as the path by which it was reached
        value.__dict__["_label"] = _label(remote, name)
        attempt.log.pop()  # whether that is a method, which nobody looks up, is a matter of style
    return value


@dataclass(frozen=True, slots=True)
class _RemoteMethod:
    """A method of an object of the learner's, looked up in the worker as it is called."""

    owner: RemoteObject
    name: str

    def __repr__(self) -> str:
        return f"<{_label(self.owner, self.name)}>"

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the method in the worker."""
        header = {"op": "call", "target": self.owner.__dict__["_number"], "method": self.name}
        return self.owner.__dict__["_attempt"].request(
            header, _label(self.owner, self.name), arguments, keywords
        )

    def looked_up(self) -> Any:
        """Return the method as an object of its own."""
        return _look_up(self.owner, self.name)


def _operate(name: str, *operands: Any) -> Any:
    attempt = next(o.__dict__["_attempt"] for o in operands if isinstance(o, RemoteObject))
    return attempt.request({"op": "operator", "name": name}, name, operands)


def _define_operators() -> None:
    """Give remote objects the operators that Python looks up on the class."""

    def forward(name: str) -> Callable[..., Any]:
        return lambda self, *operands: _operate(name, self, *operands)

    def reflected(name: str) -> Callable[..., Any]:
        return lambda self, other: _operate(name, other, self)

    for name in "add sub mul truediv floordiv mod pow matmul".split():
        setattr(RemoteObject, f"__{name}__", forward(name))
        setattr(RemoteObject, f"__r{name}__", reflected(name))
    for name in "neg pos abs lt le gt ge getitem setitem contains len float int bool".split():
        setattr(RemoteObject, f"__{name}__", forward(name))


_define_operators()


def _remote(attempt: Attempt, number: int, name: str, methods: frozenset[str]) -> RemoteObject:
    """Return a remote object whose class is called as the learner's, so that messages read well."""
    remote: RemoteObject = type(escape(name), (RemoteObject,), {})(attempt, number, name, methods)
    return remote


def _replace(value: Any, new: dict[int, Any]) -> Any:
    """Return `value` with some of its tensors exchanged."""
    if isinstance(value, tuple | list):
        return type(value)(_replace(member, new) for member in value)
    if isinstance(value, dict):
        return {key: _replace(member, new) for key, member in value.items()}
    return new.get(id(value), value)


def _changed(before: Tree, after: Tree, sent: Sequence[Any], received: Sequence[bytearray]) -> int | None:
    """Return the position of the first argument that differs, or None where that cannot be told."""
    try:
        first, second = before[1][0][1], after[1][0][1]
        return next(
            position
            for position, (mine, theirs) in enumerate(zip(first, second, strict=True))
            if mine != theirs or _bytes_of(mine, sent) != _bytes_of(theirs, received)
        )
    except (StopIteration, ValueError, TypeError, IndexError, KeyError):
        return None


def _bytes_of(tree: Tree, buffers: Sequence[Any]) -> list[bytes]:
    """Return the bytes that a tree points to."""
    if not isinstance(tree, list):
        return []
    if tree and tree[0] == "array":
        return [bytes(buffers[tree[6]])]
    if tree and tree[0] == "tensor":
        return [bytes(buffers[tree[5]])]
    return [data for member in tree for data in _bytes_of(member, buffers)]


def as_exception(error: dict[str, Any]) -> LearnerError:
    """Return the learner's exception as one that is both a `LearnerError` and of its built-in kind."""
    try:
        for name in error["kinds"]:
            kind = getattr(builtins, str(name), None)
            if isinstance(kind, type) and issubclass(kind, Exception) and kind is not Exception:
                try:
                    mixed = type(str(error["type"]), (LearnerError, kind), {})
                    return mixed(error)  # type: ignore[no-any-return]
                except TypeError:  # two exceptions of C whose layouts do not mix
                    continue
        return LearnerError(error)
    except (KeyError, TypeError) as problem:
        raise nonsense(f"an error without {problem}") from None


def _is_memory(error: object) -> bool:
    if not isinstance(error, dict):
        raise nonsense("an error that is none")
    kinds, message = error.get("kinds") or (), str(error.get("message"))
    return "MemoryError" in kinds or (
        "RuntimeError" in kinds and any(sign in message for sign in _OUT_OF_MEMORY)
    )


def _write(value: object) -> str:
    """Return `value` as Python that can be pasted, where it is small."""
    if isinstance(value, np.ndarray):
        if value.size > _WHOLE:
            return f"<{value.dtype} array of shape {value.shape}>"
        dtype = (
            ""
            if value.dtype in (np.float64, np.int64, np.bool_) and value.size
            else f", dtype={value.dtype.name!r}"
        )
        return f"np.array({value.tolist()!r}{dtype})"
    if is_tensor(value):
        name = str(value.dtype)
        if value.numel() > _WHOLE:
            return f"<{name.removeprefix('torch.')} tensor of shape {tuple(value.shape)}>"
        return f"torch.tensor({value.detach().tolist()!r}, dtype={name})"
    if isinstance(value, tuple | list):
        inner = ", ".join(_write(member) for member in value)
        comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
        return f"({inner}{comma})" if isinstance(value, tuple) else f"[{inner}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_write(member)}" for key, member in value.items()) + "}"
    if isinstance(value, np.generic):
        return f"np.{value!r}".replace("np.np.", "np.")
    if callable(value) and not isinstance(value, RemoteObject | _RemoteMethod):
        return f"<function {getattr(value, '__name__', type(value).__name__)}>"
    return repr(value)
