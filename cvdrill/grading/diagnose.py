"""Finds the known mistake that does what the learner's code does.

A mistake is put in the learner's place and the cases are run again, in the judge. If it brings back what the
learner's code brought back, call by call, in the first case that failed and wherever else it is wrong itself,
its sentence is shown. One that does so in every case explains all; only where there is none, such are named
that leave failures of another cause.
"""

from __future__ import annotations

import contextlib
import inspect
import sys
import time
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from cvdrill.comparison import Mismatch, assert_close
from cvdrill.grading.attempt import Attempt, RemoteObject
from cvdrill.grading.responder import Responder
from cvdrill.model import Diagnosis
from cvdrill.testing import load_module
from cvdrill.wire import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import torch

    from cvdrill.wire import Buffer

_PATIENCE_S = 5.0
_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known wrong answer.

    Attributes
    ----------
    id : str
        Its name in ``mistakes.py``.
    replaces : str
        Which function or class of the drill it stands in for.
    sentence : str
        What was done, and what was asked.
    function : callable
        The wrong function or class.
    """

    id: str
    replaces: str
    sentence: str
    function: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Experience:
    """What a case got to see of the learner's code.

    Attributes
    ----------
    run : callable
        Runs the case with an attempt in the learner's place.
    log : list of (str, object)
        What the learner's code brought back.
    passed : bool
        Whether the case passed.
    """

    run: Callable[[Attempt], None]
    log: list[tuple[str, Any]]
    passed: bool


def known_mistakes(path: Path, names: Sequence[str]) -> tuple[Mistake, ...]:
    """Return the mistakes of one drill, in the order of the file.

    Parameters
    ----------
    path : Path
        Its ``mistakes.py``.
    names : sequence of str
        What the drill asks for.
    """
    module = load_module(path)
    return tuple(
        Mistake(
            id=name,
            replaces=getattr(function, "replaces", names[0]),
            sentence=" ".join((inspect.getdoc(function) or "").split("\n\n")[0].split()),
            function=function,
        )
        for name, function in vars(module).items()
        if not name.startswith("_") and getattr(function, "__module__", None) == module.__name__
    )


def diagnose(
    mistakes: Iterable[Mistake],
    reference: ModuleType,
    parameters: dict[str, list[str]],
    experiences: Sequence[Experience],
) -> tuple[Diagnosis, ...]:
    """Return the mistakes that explain what happened, at most three, those that explain most first.

    Parameters
    ----------
    mistakes : iterable of Mistake
        The known ones.
    reference : module
        Stands in for what a mistake does not replace.
    parameters : dict
        What the drill asks for, with the parameters of each.
    experiences : sequence of Experience
        One a case that came to an end.
    """
    # A case that failed tells most mistakes apart at once.
    ordered = sorted(experiences, key=lambda experience: experience.passed)
    if not ordered or ordered[0].passed:
        return ()
    until = time.monotonic() + _PATIENCE_S
    found: list[tuple[int, Diagnosis]] = []
    for mistake in mistakes:
        if time.monotonic() > until:
            break
        module = ModuleType("mistaken")
        vars(module).update({name: getattr(reference, name) for name in parameters})
        setattr(module, mistake.replaces, mistake.function)
        explained = _count_explained(ordered, module, parameters)
        if explained:
            found.append((explained, Diagnosis(mistake.id, mistake.sentence)))
    found.sort(key=lambda pair: -pair[0])
    if found and found[0][0] == len(ordered):
        found = [pair for pair in found if pair[0] == len(ordered)]
    return tuple(diagnosis for _, diagnosis in found[:_AT_MOST])


def _count_explained(
    experiences: Sequence[Experience], module: ModuleType, parameters: dict[str, list[str]]
) -> int:
    """Return in how many cases a module does what the learner's code did; 0 if it cannot be its mistake.

    It is not if it does something else in the first case, which failed, or is wrong in a way of its own
    anywhere. That it is right where the learner's code is not is left to other mistakes.
    """
    explained = 0
    for experience in experiences:
        passed, alike = _compare(experience, module, parameters)
        if alike and passed == experience.passed:
            explained += 1
        elif explained == 0 or not passed:
            return 0
    return explained


def _compare(
    experience: Experience, module: ModuleType, parameters: dict[str, list[str]]
) -> tuple[bool, bool]:
    """Whether a module passes one case, and whether it brings back what the learner's code brought back."""
    process = InPlace(module)
    attempt = process.attempt = Attempt(process, list(parameters), parameters, seconds=_PATIENCE_S)
    try:
        experience.run(attempt)
        passed = True
    except (Exception, pytest.fail.Exception):  # noqa: BLE001  what the case makes of it is compared
        passed = False
    alike = len(attempt.log) == len(experience.log) and all(
        _alike(mine, theirs) for mine, theirs in zip(experience.log, attempt.log, strict=True)
    )
    return passed, alike


def _alike(mine: tuple[str, Any], theirs: tuple[str, Any]) -> bool:
    if mine[0] != theirs[0] or mine[0] != "returned":
        return mine == theirs
    if isinstance(mine[1], RemoteObject) and isinstance(theirs[1], RemoteObject):
        return True  # what they are shows in what comes of them
    try:
        assert_close(mine[1], theirs[1])
    except Mismatch:
        return False
    return True


class InPlace:
    """Answers an attempt's requests from a module in this process.

    Parameters
    ----------
    module : module
        Whose functions are called.

    Attributes
    ----------
    attempt : Attempt or None
        Whose functions that module may call back.
    """

    def __init__(self, module: ModuleType) -> None:
        self.attempt: Attempt | None = None
        self._responder = Responder(module, self._call_back)
        self._random: torch.Tensor | None = None

    def ask(self, header: dict[str, Any], buffers: Sequence[Buffer], seconds: float) -> Frame:  # noqa: ARG002
        """Do what a request asks, however long it takes."""
        with self._random_numbers_of_its_own():
            return _frame(*self._responder.respond(_frame(header, buffers)))

    def answer(self, header: dict[str, Any], buffers: Sequence[Buffer]) -> Frame:
        """Nobody answers a callback here."""
        raise NotImplementedError("callbacks are answered in place")

    @contextlib.contextmanager
    def _random_numbers_of_its_own(self) -> Iterator[None]:
        """Keep torch's generator apart from that of the cases, as it is in two processes."""
        torch = sys.modules.get("torch")
        if torch is None:
            yield
            return
        outside = torch.get_rng_state()
        if self._random is not None:
            torch.set_rng_state(self._random)
        try:
            yield
        finally:
            self._random = torch.get_rng_state()
            torch.set_rng_state(outside)

    def _call_back(self, header: dict[str, Any], buffers: Sequence[Buffer]) -> Frame:
        if self.attempt is None:
            raise RuntimeError("no attempt to call back")
        return _frame(*self.attempt.call_back(_frame(header, buffers)))


def _frame(header: dict[str, Any], buffers: Sequence[Buffer]) -> Frame:
    return Frame(header, tuple(bytearray(buffer) for buffer in buffers))
