"""Refuses calls that would give a drill's answer away, in the worker.

What is refused is the function, not its name: wherever a library holds the very object, it is replaced by one
that raises when it is called. Importing stays free.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from importlib.machinery import ModuleSpec


class BannedCall(RuntimeError):  # noqa: N818  read by the learner
    """The learner's code called what the drill asks for."""


class Bans:
    """The banned calls of one drill, enforced in this process.

    Parameters
    ----------
    bans : iterable of (sequence of str, str)
        Dotted names, and what is to be written instead.

    Attributes
    ----------
    called : list of str
        One sentence for each banned call that was made, also when the learner's code caught the exception.
    """

    def __init__(self, bans: Iterable[tuple[Sequence[str], str]]) -> None:
        self.called: list[str] = []
        self._instead = {name: instead for names, instead in bans for name in names}
        self._pending = set(self._instead)

    def enforce(self) -> None:
        """Replace what is loaded now, and watch for the rest to be imported."""
        self.replace_loaded()
        if self._pending:
            parents = {name.rpartition(".")[0] for name in self._pending}
            sys.meta_path.insert(0, _Watcher(self, frozenset(_prefixes(parents))))

    def replace_loaded(self) -> None:
        """Replace the banned objects that can be found by now."""
        replacements: dict[int, Any] = {}
        found: list[object] = []  # keeps the originals alive, so that no id is used twice
        for name in [name for name in self._instead if name in self._pending]:
            home, original = _resolve(name)
            if original is None:
                continue
            self._pending.discard(name)
            found.append(original)
            if isinstance(original, type):
                self._disarm(name, original)
            else:
                refusal = replacements.setdefault(id(original), self._refusal(name))
                # A method may be inherited from a class of C; its home is where learners reach it.
                setattr(home, name.rpartition(".")[2], refusal)
        if replacements:
            for owner in _owners({name.partition(".")[0] for name in self._instead}):
                for key, value in list(vars(owner).items()):
                    if id(value) in replacements:
                        setattr(owner, key, replacements[id(value)])

    def _disarm(self, name: str, original: Any) -> None:
        """Let a class be made and stored, but not used: modules refuse their forward, others to be made."""
        setattr(original, "forward" if hasattr(original, "forward") else "__init__", self._refusal(name))

    def _refusal(self, name: str) -> Any:
        sentence = f"{name} is not allowed in this drill. {self._instead[name]}"

        def refuse(*_arguments: object, **_keywords: object) -> None:
            self.called.append(sentence)
            raise BannedCall(sentence)

        return refuse


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
        self._bans.replace_loaded()


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


def _owners(roots: set[str]) -> Iterator[Any]:
    """Yield the loaded modules of some libraries, and the class of tensors with its methods."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in roots and isinstance(module, ModuleType):
            yield module
    torch = sys.modules.get("torch")
    if torch is not None and hasattr(torch, "Tensor"):
        yield torch.Tensor


def _prefixes(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        parts = name.split(".")
        for count in range(1, len(parts) + 1):
            yield ".".join(parts[:count])
