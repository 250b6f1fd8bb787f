"""Oracles: torch's batch norm under autograd, and differences of the definition in 60 decimal digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch
from torch.nn import functional as F


def autograd(dout, x, gamma, **eps):
    x, gamma = (torch.tensor(array, requires_grad=True) for array in (x, gamma))
    beta = torch.zeros_like(gamma, requires_grad=True)
    out = F.batch_norm(x, None, None, gamma, beta, training=True, **eps)
    out.backward(torch.tensor(dout))
    return x.grad.numpy(), gamma.grad.numpy(), beta.grad.numpy()


def loss(column, upstream, gamma, eps):
    mean = sum(column) / len(column)
    variance = sum((value - mean) ** 2 for value in column) / len(column)
    root = (variance + eps).sqrt()
    return sum(g * gamma * (value - mean) / root for g, value in zip(upstream, column, strict=True))


def by_differences(dout, x, gamma, eps):
    """Return dx from central differences of the loss, in decimals of 60 digits, accurate to 30 of them."""
    step = Decimal("1e-20")
    dx = np.empty(x.shape)
    with localcontext() as context:
        context.prec = 60
        for i, j in np.ndindex(*x.shape):
            column, upstream = ([Decimal(v) for v in a[:, j].tolist()] for a in (x, dout))
            ends = []
            for h in (step, -step):
                moved = [v + h if k == i else v for k, v in enumerate(column)]
                ends.append(loss(moved, upstream, Decimal(gamma[j].item()), Decimal(eps)))
            dx[i, j] = (ends[0] - ends[1]) / (2 * step)
    return dx


def batch(rng, n, d, dtype=np.float64):
    x = rng.standard_normal((n, d)) * rng.uniform(0.1, 5, d) + rng.uniform(-5, 5, d)
    return tuple(a.astype(dtype) for a in (rng.standard_normal((n, d)), x, rng.standard_normal(d)))


@pytest.mark.parametrize("eps", [{}, {"eps": 1e-3}, {"eps": 2.0}])
def test_agrees_with_autograd(reference, rng, eps):
    for n in (2, 3, 4, 7, 30, 200):
        for d in (1, 3, 8):
            arguments = batch(rng, n, d)
            result, expected = reference.batchnorm_backward(*arguments, **eps), autograd(*arguments, **eps)
            for mine, theirs in zip(result, expected, strict=True):
                np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-12)


def test_agrees_with_autograd_in_float64_when_given_float32(reference, rng):
    for n in (16, 60, 500):
        arguments = batch(rng, n, 6, np.float32)
        expected = autograd(*(array.astype(np.float64) for array in arguments))
        for mine, theirs in zip(reference.batchnorm_backward(*arguments), expected, strict=True):
            assert mine.dtype == np.float32
            np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=1e-5 * np.abs(theirs).max())


def test_agrees_with_autograd_on_constant_features_and_a_gamma_of_zero(reference, rng):
    dout, x, gamma = batch(rng, 5, 4)
    x[:, 1], x[:, 2], gamma[3] = 0.0, -7.0, 0.0
    result = reference.batchnorm_backward(dout, x, gamma)
    for mine, theirs in zip(result, autograd(dout, x, gamma), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("mean", "spread"), [(0, 1), (1e6, 1), (-3e3, 3e-3), (1e9, 1e3), (0, 1e-3), (0, 1e4)]
)
def test_agrees_with_differences_also_where_the_mean_is_a_million_times_the_spread(
    reference, rng, mean, spread
):
    for n in (2, 5, 9):
        dout, x, gamma = rng.standard_normal((n, 2)), rng.standard_normal((n, 2)), rng.uniform(0.5, 2, 2)
        x = mean + spread * (x + 2 * (np.arange(n) % 2)[:, None])  # no column is nearly constant by chance
        expected = by_differences(dout, x, gamma, 1e-5)
        dx, _, _ = reference.batchnorm_backward(dout, x, gamma)
        # Two rows cancel down to what eps leaves, so the error is measured against the terms, not their sum.
        scale = np.abs(gamma * dout).max() / np.sqrt(x.var(axis=0) + 1e-5).min()
        np.testing.assert_allclose(dx, expected, rtol=1e-9, atol=1e-8 * scale)
