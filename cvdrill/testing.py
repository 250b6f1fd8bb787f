"""What the authors of cases import: comparison, generators of inputs, `mistake`, and the fixtures.

Under the grader `attempt` is the learner's code in a process of its own. In plain ``pytest solutions/…``
it is the reference, so that cases can be run and debugged as ordinary tests.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pytest

from cvdrill.comparison import Mismatch, assert_close, describe, describe_type, is_tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    import torch
    from numpy.typing import DTypeLike, NDArray

    Array = NDArray[Any]
    AnyCallable = TypeVar("AnyCallable", bound=Callable[..., Any])

__all__ = [
    "Mismatch",
    "assert_close",
    "assert_no_graph",
    "assert_raises",
    "attempt",
    "gradients",
    "load_module",
    "mistake",
    "random_boxes",
    "random_tensor",
    "reference",
    "rng",
    "strided",
    "summed",
]


def assert_no_graph(tensor: torch.Tensor, *, what: str = "The result") -> None:
    """Raise `Mismatch` if a tensor requires a gradient, where it was made of inputs that require none.

    Parameters
    ----------
    tensor : torch.Tensor
        What the learner's code returned.
    what : str, optional
        The subject of the sentence.

    Raises
    ------
    Mismatch
        When it does: it is a parameter, or was made of one.
    """
    if tensor.requires_grad:
        raise Mismatch(
            f"{what} requires a gradient, though no input does. Return the tensor, not nn.Parameter.",
            actual=tensor,
        )


def assert_raises(
    error: type[Exception], function: Callable[..., object], /, *args: object, **kwargs: object
) -> None:
    """Raise `Mismatch` unless ``function(*args, **kwargs)`` raises `error`.

    Parameters
    ----------
    error : type of Exception
        What the statement asks for.
    function : callable
        Usually a member of `attempt`.
    *args, **kwargs : object
        Passed on.

    Raises
    ------
    Mismatch
        When the call returns. Another exception passes through.
    """
    try:
        result = function(*args, **kwargs)
    except error:
        return
    raise Mismatch(
        f"The call should raise {error.__name__}, but it returned {describe(result)}.", actual=result
    )


def gradients(
    function: Callable[..., Any], *inputs: torch.Tensor, what: str = "The result"
) -> tuple[torch.Tensor, ...]:
    """Return the gradients of a weighted sum of ``function(*inputs)`` with respect to every input.

    The weights differ from element to element, so that no two elements of the result can be exchanged unseen.

    Parameters
    ----------
    function : callable
        Takes the inputs and returns one tensor.
    *inputs : torch.Tensor
        Float tensors. They are copied; nothing of them is changed.
    what : str, optional
        The subject of the sentence when the result has no graph.

    Returns
    -------
    tuple of torch.Tensor
        One for each input, zeros where the result does not depend on it.

    Raises
    ------
    Mismatch
        When the result is no tensor, is cut off from the graph, or begins one of its own.
    """
    import torch  # noqa: PLC0415  only drills that use torch pay for it

    leaves = [tensor.detach().clone().requires_grad_(tensor.is_floating_point()) for tensor in inputs]
    result = function(*leaves)
    if not is_tensor(result):
        raise Mismatch(f"{what} should be a torch tensor, not {describe_type(result)}.", actual=result)
    if not result.requires_grad:
        raise Mismatch(
            f"{what} is cut off from the graph, so no gradient can flow back through it. "
            "Stay with torch operations: no .detach(), .item(), .numpy(), torch.tensor(...) or no_grad().",
            actual=result,
        )
    if result.is_leaf and not any(result is leaf for leaf in leaves):
        raise Mismatch(
            f"{what} begins a graph of its own, as nn.Parameter does, so no gradient reaches the inputs "
            "through it. Return the tensor itself.",
            actual=result,
        )
    weights = torch.linspace(0.5, 1.5, result.numel(), dtype=torch.float64).cos().reshape(result.shape)
    # A sum needs no gradient to start from; handing one in makes torch import sympy.
    torch.autograd.backward((result * weights.to(result.dtype)).sum())
    return tuple(
        torch.zeros_like(leaf) if leaf.grad is None else leaf.grad for leaf in leaves if leaf.requires_grad
    )


def mistake(*, replaces: str) -> Callable[[AnyCallable], AnyCallable]:
    """Say which function or class of the drill a known mistake stands in for.

    Only drills that ask for several need it; elsewhere every public name of ``mistakes.py`` replaces the one.

    Parameters
    ----------
    replaces : str
        A name that the stub defines.

    Returns
    -------
    callable
        A decorator that returns what it is given, marked.
    """

    def mark(function: AnyCallable) -> AnyCallable:
        function.replaces = replaces  # type: ignore[attr-defined]
        return function

    return mark


def random_boxes(
    rng: np.random.Generator,
    n: int,
    *,
    size: float = 100.0,
    dtype: DTypeLike = np.float64,
    clear_of: float | None = None,
) -> tuple[Array, Array]:
    """Return boxes that overlap in every degree, with scores that are all different.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of randomness.
    n : int
        How many.
    size : float, optional
        Side of the image, in the unit of the coordinates.
    dtype : dtype, optional
        Of both results.
    clear_of : float, optional
        no two boxes have an IoU within 1e-4 of this threshold, so that rounding decides nothing.

    Returns
    -------
    boxes : ndarray, shape (n, 4)
        Rows of ``x1, y1, x2, y2`` with positive width and height.
    scores : ndarray, shape (n,)
        In (0, 1), in random order, no two alike.
    """
    while True:
        corner = rng.uniform(-0.1, 0.7, (n, 2)) * size
        sides = rng.uniform(0.1, 0.5, (n, 2)) * size
        boxes = np.hstack([corner, corner + sides]).astype(dtype)
        if clear_of is None or not (np.abs(_pairwise_iou(boxes) - clear_of) < 1e-4).any():
            break
    scores = (rng.permutation(n) + rng.uniform(0.1, 0.9, n)) / max(n, 1)
    return boxes, scores.astype(dtype)


def _pairwise_iou(boxes: Array) -> Array:
    x1, y1, x2, y2 = boxes.astype(np.float64).T
    width = np.minimum.outer(x2, x2) - np.maximum.outer(x1, x1)
    height = np.minimum.outer(y2, y2) - np.maximum.outer(y1, y1)
    intersection = width.clip(0) * height.clip(0)
    areas = (x2 - x1) * (y2 - y1)
    iou: Array = intersection / (np.add.outer(areas, areas) - intersection)
    return iou


def strided(array: Array) -> Array:
    """Return a view equal to `array` whose memory is neither contiguous nor in C order.

    Parameters
    ----------
    array : ndarray
        Of one dimension or more.

    Returns
    -------
    ndarray
        Every second element of a larger Fortran-ordered array, along every axis; the gaps hold other values.
    """
    gaps = np.full([2 * length + 1 for length in array.shape], 113, dtype=array.dtype, order="F")
    view = gaps[tuple(slice(1, None, 2) for _ in array.shape)]
    view[...] = array
    return view


def random_tensor(rng: np.random.Generator, *shape: int, dtype: torch.dtype | None = None) -> torch.Tensor:
    """Return a tensor of standard normal numbers.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of randomness.
    *shape : int
        Its shape.
    dtype : torch.dtype, optional
        ``torch.float64`` when left out, where wrong formulas cannot hide behind rounding.

    Returns
    -------
    torch.Tensor
    """
    import torch  # noqa: PLC0415  only drills that use torch pay for it

    return torch.from_numpy(rng.standard_normal(shape)).to(dtype or torch.float64)


def summed(values: Sequence[Any]) -> Any:
    """Return ``sum(values)``, worked out where the values are.

    For objects of the learner's this asks once, where ``sum`` would ask for each of them.

    Parameters
    ----------
    values : sequence
        Numbers, or objects that can be added to each other and to 0; at least one.
    """
    work_out = getattr(type(values[0]), "__summed__", sum)
    return work_out(values)


def load_module(path: Path) -> ModuleType:
    """Import one file of a drill under a name of its own.

    Parameters
    ----------
    path : Path
        ``reference.py`` or ``mistakes.py`` of a drill.

    Returns
    -------
    module
    """
    name = f"cvdrill_{path.parent.name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> ModuleType:
    """Return the reference that lies beside the cases."""
    return load_module(Path(request.path).with_name("reference.py"))


@pytest.fixture
def attempt(reference: ModuleType) -> ModuleType:
    """Return the reference in the learner's place."""
    return reference


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator with a fixed seed."""
    return np.random.default_rng(0)
