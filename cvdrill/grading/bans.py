"""Refuses calls that would give a drill's answer away, in the worker.

What is refused is the function, not its name: wherever a library holds the very object, it is replaced by one
that raises when it is called, and so are the names under which torch offers the same operation. Importing
stays free, and a learner's own function of that name is none of this module's business.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from types import GetSetDescriptorType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from importlib.machinery import ModuleSpec

_LIBRARIES = frozenset({"numpy", "torch", "torchvision", "scipy", "sklearn", "skimage", "cv2", "pycocotools"})
_TORCH_HOMES = (
    "torch",
    "torch.Tensor",
    "torch.nn.functional",
    "torch.special",
    "torch._C.TensorBase",
    "torch._C._nn",
    "torch._C._VariableFunctions",
    "torch._refs",
    "torch._refs.nn.functional",
    "torch._decomp.decompositions",
    "torch.ops.aten",
)
"""Where torch keeps one operation under one name, in different objects."""

_FAMILIES = {
    "torch.autograd": (
        "torch.autograd.grad",
        "torch.autograd.backward",
        "torch.autograd.graph._engine_run_backward",
        "torch.autograd.functional.vjp",
        "torch.autograd.functional.jvp",
        "torch.autograd.functional.jacobian",
        "torch.autograd.functional.hessian",
        "torch.autograd.functional.vhp",
        "torch.autograd.functional.hvp",
        "torch.autograd.forward_ad.make_dual",
        "torch.func.grad",
        "torch.func.grad_and_value",
        "torch.func.vjp",
        "torch.func.jvp",
        "torch.func.jacrev",
        "torch.func.jacfwd",
        "torch.func.hessian",
        "torch.func.linearize",
        "torch.Tensor.backward",
        "torch._make_dual",
        "torch.ops.aten._backward",
        "torch._C._ImperativeEngine.run_backward",
        "torch._C.TensorBase.grad_fn",
    ),
}
"""What a ban of a whole library stands for: the ways into it."""

_places: dict[int, list[tuple[Any, str]]] = {}
_indexed: set[str] = set()


class BannedCall(RuntimeError):  # noqa: N818  read by the learner
    """The learner's code called what the drill asks for."""


def index_libraries() -> None:
    """Note where the loaded libraries hold what; a server does it once for all the workers that it forks."""
    for name, owner in _owners():
        if name not in _indexed:
            _indexed.add(name)
            for key, value in vars(owner).items():
                if callable(value):
                    _places.setdefault(id(value), []).append((owner, key))


def ways(names: Iterable[str]) -> list[str]:
    """Return banned names, where each that bans a whole library is replaced by the ways into it.

    Parameters
    ----------
    names : iterable of str
        As a card has them.
    """
    return [way for name in names for way in _FAMILIES.get(name, (name,))]


class Bans:
    """The banned calls of one drill, enforced in this process.

    Parameters
    ----------
    bans : iterable of (sequence of str, str)
        Dotted names, and what is to be written instead. ``torch.autograd`` bans all that computes gradients.

    Attributes
    ----------
    called : list of str
        One sentence for each banned call that was made, also when the learner's code caught the exception.
    """

    def __init__(self, bans: Iterable[tuple[Sequence[str], str]]) -> None:
        self.called: list[str] = []
        self._instead = {name: instead for names, instead in bans for name in ways(names)}
        self._pending = set(self._instead)

    def enforce(self) -> None:
        """Replace what is loaded now, and watch for the rest to be imported."""
        self.replace_loaded()
        if self._pending:
            parents = {name.rpartition(".")[0] for name in self._pending}
            sys.meta_path.insert(0, _Watcher(self, frozenset(_prefixes(parents))))

    def replace_loaded(self) -> None:
        """Replace the banned objects that can be found by now."""
        replaced: list[tuple[Any, _Refusal]] = []  # keeps the originals alive, so that no id is used twice
        for name in [name for name in self._instead if name in self._pending]:
            home, original = _resolve(name)
            if original is None:
                continue
            self._pending.discard(name)
            if isinstance(original, GetSetDescriptorType):
                _set(home, name.rpartition(".")[2], _Guard(original, self._refusal(name, name, original)))
                continue
            if isinstance(original, type):
                # It may be made and stored, but not used: modules refuse their forward, others to be made.
                how = "forward" if hasattr(original, "forward") else "__init__"
                setattr(original, how, self._refusal(name, name, original))
                continue
            for place, path, twin in ((home, name, original), *_twins(name)):
                refusal = self._refusal(path, name, twin)
                _set(place, path.rpartition(".")[2], refusal)
                replaced.append((twin, refusal))
        if replaced:
            index_libraries()
            for original, refusal in replaced:
                for owner, key in _places.get(id(original), ()):
                    if vars(owner).get(key) is original:
                        _set(owner, key, refusal)

    def _refusal(self, path: str, name: str, original: Any) -> _Refusal:
        """Return what stands at `path` in the place of an original that does what the banned `name` does."""
        sentence = f"{path} is not allowed in this drill. {self._instead[name]}"
        return _Refusal(sentence, self.called, original)


class _Refusal:
    """Stands where a banned function was; it can be passed around, but not used."""

    def __init__(self, sentence: str, called: list[str], original: Any) -> None:
        self._sentence = sentence
        self._called = called
        for name in ("__module__", "__name__", "__qualname__", "__doc__"):  # libraries ask while they load
            if isinstance(value := getattr(original, name, None), str):
                setattr(self, name, value)

    def __call__(self, *_arguments: object, **_keywords: object) -> None:
        self._called.append(self._sentence)
        raise BannedCall(self._sentence)

    def __getitem__(self, _key: object) -> None:
        """Be no way round either: nodes of a graph hold others in tuples."""
        self()

    def __getattr__(self, name: str) -> Any:
        """Be one's own overload, as in ``torch.ops.aten.add.default``, or method, as in ``np.add.reduce``."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class _Guard(property):
    """Stands where a banned attribute was: None where that is None, else what refuses to be called."""

    def __init__(self, original: GetSetDescriptorType, refusal: _Refusal) -> None:
        super().__init__(lambda owner: None if original.__get__(owner) is None else refusal)


class _Watcher:
    """A meta path finder that lets the others find, and replaces banned objects once a module is loaded."""

    def __init__(self, bans: Bans, modules: frozenset[str]) -> None:
        self._bans = bans
        self._modules = modules

    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in self._modules:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _Loader(spec.loader, self._bans)  # type: ignore[assignment]
                return spec
        return None


class _Loader:
    """Loads as the loader that it wraps, then replaces what is banned."""

    def __init__(self, inner: Any, bans: Bans) -> None:
        self._inner = inner
        self._bans = bans

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def exec_module(self, module: ModuleType) -> None:
        self._inner.exec_module(module)
        # A library may still be at work on its own functions while its parts are loaded.
        root = module.__name__.partition(".")[0]
        if module.__name__ == root or not _is_loading(root):
            self._bans.replace_loaded()


def _is_loading(name: str) -> bool:
    return bool(getattr(getattr(sys.modules.get(name), "__spec__", None), "_initializing", False))


def _twins(name: str) -> Iterator[tuple[Any, str, Any]]:
    """Yield where else torch offers what a torch function does: the home, the dotted name, the object."""
    root, _, leaf = name.rpartition(".")
    if root.partition(".")[0] != "torch":
        return
    for path in (f"{home}.{leaf}" for home in _TORCH_HOMES):
        home, twin = _resolve(path)
        if path != name and callable(twin) and not isinstance(twin, type | _Refusal):
            yield home, path, twin


def _resolve(name: str) -> tuple[Any, Any]:
    """Return where a dotted name lives and what it names, if that is loaded; else None twice."""
    parts = name.split(".")
    for split in range(len(parts) - 1, 0, -1):
        named: Any = sys.modules.get(".".join(parts[:split]))
        if named is not None:
            home = None
            for part in parts[split:]:
                home, named = named, getattr(named, part, None)
            return home, named
    return None, None


def _set(owner: Any, key: str, value: object) -> None:
    """Set an attribute, also of a class that is written in C, or of an object of such a class."""
    try:
        setattr(owner, key, value)
    except (TypeError, AttributeError):
        kind = owner if isinstance(owner, type) else type(owner)
        gc.get_referents(vars(kind))[0][key] = value  # the dict behind the read-only view
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))


def _owners() -> Iterator[tuple[str, Any]]:
    """Yield the loaded modules of the libraries, and the class of tensors with its methods."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _LIBRARIES and isinstance(module, ModuleType):
            yield name, module
    torch = sys.modules.get("torch")
    if torch is not None and hasattr(torch, "Tensor"):
        yield "torch.Tensor", torch.Tensor


def _prefixes(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        parts = name.split(".")
        for count in range(1, len(parts) + 1):
            yield ".".join(parts[:count])
