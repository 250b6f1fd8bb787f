"""Oracles: torch's layer norm under autograd, and differences of the definition in 60 decimal digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cvdrill.testing import strided

SHAPES = [(2,), (5,), (3, 1), (1, 4), (4, 3), (6, 64), (2, 3, 4), (3, 1, 2, 5)]


def autograd(dout, x, gamma, **eps):
    x, gamma = (torch.tensor(array, requires_grad=True) for array in (x, gamma))
    beta = torch.zeros_like(gamma, requires_grad=True)
    F.layer_norm(x, gamma.shape, gamma, beta, **eps).backward(torch.tensor(dout))
    return x.grad.numpy(), gamma.grad.numpy(), beta.grad.numpy()


def loss(row, upstream, gamma, eps):
    mean = sum(row) / len(row)
    root = (sum((value - mean) ** 2 for value in row) / len(row) + eps).sqrt()
    return sum(g * s * (v - mean) / root for g, s, v in zip(upstream, gamma, row, strict=True))


def by_differences(dout, x, gamma, eps):
    """Return dx of one vector from central differences in decimals of 60 digits, accurate to 30 of them."""
    step = Decimal("1e-20")
    with localcontext() as context:
        context.prec = 60
        row, upstream, scale = ([Decimal(v) for v in array.tolist()] for array in (x, dout, gamma))
        dx = []
        for j in range(len(row)):
            ends = []
            for h in (step, -step):
                moved = [v + h if k == j else v for k, v in enumerate(row)]
                ends.append(loss(moved, upstream, scale, Decimal(eps)))
            dx.append(float((ends[0] - ends[1]) / (2 * step)))
    return np.array(dx)


def inputs(rng, shape, dtype=np.float64):
    x = rng.standard_normal(shape) * rng.uniform(0.1, 5, (*shape[:-1], 1)) + rng.uniform(-5, 5)
    return tuple(a.astype(dtype) for a in (rng.standard_normal(shape), x, rng.standard_normal(shape[-1])))


@pytest.mark.parametrize("eps", [{}, {"eps": 1e-3}, {"eps": 2.0}])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_agrees_with_autograd(reference, rng, shape, eps):
    for _ in range(5):
        arguments = inputs(rng, shape)
        expected = autograd(*arguments, **eps)
        for given in (arguments, map(strided, arguments)):
            for mine, theirs in zip(reference.layernorm_backward(*given, **eps), expected, strict=True):
                assert mine.shape == theirs.shape
                np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("shape", [(16,), (4, 60), (3, 5, 32)], ids=str)
def test_agrees_with_autograd_in_float64_when_given_float32(reference, rng, shape):
    for _ in range(5):
        arguments = inputs(rng, shape, np.float32)
        expected = autograd(*(array.astype(np.float64) for array in arguments))
        for mine, theirs in zip(reference.layernorm_backward(*arguments), expected, strict=True):
            assert mine.dtype == np.float32
            np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=2e-5 * np.abs(theirs).max())


def test_agrees_with_autograd_on_constant_vectors_and_a_gamma_of_zero(reference, rng):
    dout, x, gamma = inputs(rng, (4, 5))
    x[1], x[2], gamma[3] = 0.0, -7.0, 0.0
    result = reference.layernorm_backward(dout, x, gamma)
    for mine, theirs in zip(result, autograd(dout, x, gamma), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize(
    ("mean", "spread"), [(0, 1), (1e6, 1), (-3e3, 3e-3), (1e9, 1e3), (0, 1e-3), (0, 1e4)]
)
def test_agrees_with_differences_also_where_the_mean_is_a_million_times_the_spread(
    reference, rng, mean, spread
):
    for d in (2, 5, 9):
        dout, gamma = rng.standard_normal(d), rng.uniform(0.5, 2, d)
        x = mean + spread * (rng.standard_normal(d) + 4 * (np.arange(d) % 2))  # nearly constant by no chance
        dx, _, _ = reference.layernorm_backward(dout, x, gamma)
        # Two features cancel down to what eps leaves, so the error is measured against the terms.
        scale = np.abs(gamma * dout).max() / np.sqrt(x.var() + 1e-5)
        expected = by_differences(dout, x, gamma, 1e-5)
        np.testing.assert_allclose(dx, expected, rtol=1e-9, atol=1e-8 * scale)
