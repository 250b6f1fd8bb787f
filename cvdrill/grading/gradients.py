"""Ties results that came from a worker to the graph there, so that ``backward()`` works across the socket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from cvdrill.grading.attempt import Attempt


class _RemoteGraph(torch.autograd.Function):
    """A node whose backward runs in the worker."""

    @staticmethod
    def forward(
        ctx: Any, attempt: Attempt, numbers: list[int], positions: list[int], outputs: Any, *_leaves: Any
    ) -> Any:
        ctx.attempt, ctx.numbers, ctx.positions = attempt, numbers, positions
        return tuple(output.clone() for output in outputs)

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Any:
        header = {"op": "backward", "outputs": ctx.numbers, "leaves": ctx.positions}
        received = ctx.attempt.request(header, "backward", grads)
        return (None, None, None, None, None, *received)


def tie(
    attempt: Attempt,
    outputs: list[tuple[int, torch.Tensor]],
    positions: list[int],
    leaves: list[torch.Tensor],
) -> tuple[torch.Tensor, ...]:
    """Return the outputs as tensors that have a graph.

    Parameters
    ----------
    attempt : Attempt
        What is asked for the gradients.
    outputs : list of (int, Tensor)
        Each result's number in the worker, and its value.
    positions : list of int
        The leaves' numbers in the worker.
    leaves : list of Tensor
        The tensors that the call was given and that require gradients.

    Returns
    -------
    tuple of Tensor
    """
    # The anchor makes results require gradients that depend on a module's parameters alone.
    anchor = torch.empty(0, requires_grad=True)
    numbers = [number for number, _ in outputs]
    tensors = [tensor for _, tensor in outputs]
    apply: Any = _RemoteGraph.apply
    tied: tuple[torch.Tensor, ...] = apply(attempt, numbers, positions, tensors, anchor, *leaves)
    return tied
