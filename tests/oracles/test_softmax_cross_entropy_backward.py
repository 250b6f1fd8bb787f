"""Oracles: autograd on torch's cross_entropy, and differences of the loss in 60 digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch


def autograd(logits, targets):
    logits = torch.tensor(logits, requires_grad=True)
    torch.nn.functional.cross_entropy(logits, torch.tensor(targets.astype(np.int64))).backward()
    return logits.grad.numpy()


def loss(row, target):
    return sum(x.exp() for x in row).ln() - row[target]


def by_differences(logits, targets):
    """Return central differences of the mean loss, in decimals of 60 digits, accurate to 30 of them."""
    step = Decimal("1e-18")
    gradient = np.empty(logits.shape)
    with localcontext() as context:
        context.prec = 60
        for i, j in np.ndindex(*logits.shape):
            row = [Decimal(x) for x in logits[i].tolist()]
            up, down = ([x + h if k == j else x for k, x in enumerate(row)] for h in (step, -step))
            difference = loss(up, targets[i]) - loss(down, targets[i])
            gradient[i, j] = difference / (2 * step * len(targets))
    return gradient


SHAPES = [(1, 1), (1, 2), (5, 1), (2, 3), (4, 4), (7, 4), (33, 10), (3, 500)]


@pytest.mark.parametrize(("dtype", "atol"), [(np.float64, 1e-14), (np.float32, 1e-6)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_autograd(reference, rng, shape, dtype, atol):
    for spread in (0.0, 0.1, 3.0, 50.0, 1e4):
        logits = (spread * rng.uniform(-1, 1, shape)).astype(dtype)
        targets = rng.integers(0, shape[1], shape[0])
        actual = reference.softmax_cross_entropy_backward(logits, targets)
        assert actual.dtype == dtype
        np.testing.assert_allclose(actual, autograd(logits, targets), rtol=0, atol=atol)


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32, np.uint64])
def test_agrees_with_differences(reference, rng, kind):
    for shape in SHAPES[:5]:
        for spread, level in ((1.0, 0.0), (30.0, 0.0), (1.0, 1e4), (1e4, 0.0), (1e4, -1e4)):
            logits = level + spread * rng.uniform(-1, 1, shape)
            targets = rng.integers(0, shape[1], shape[0]).astype(kind)
            actual = reference.softmax_cross_entropy_backward(logits, targets)
            np.testing.assert_allclose(actual, by_differences(logits, targets), rtol=1e-12, atol=1e-15)
