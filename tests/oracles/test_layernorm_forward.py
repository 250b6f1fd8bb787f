"""Oracles: torch's layer norm, and the definition in 50 decimal digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cvdrill.testing import strided

SHAPES = [(1,), (6,), (3, 1), (1, 4), (2, 2), (4, 3), (5, 64), (2, 3, 4), (3, 1, 2, 5), (0, 3)]


def in_torch(x, gamma, beta, **eps):
    x, gamma, beta = (torch.from_numpy(np.ascontiguousarray(array)) for array in (x, gamma, beta))
    return F.layer_norm(x, gamma.shape, gamma, beta, **eps).numpy()


def in_decimals(row, gamma, beta, eps):
    """Return one normalised vector, computed with 50 digits from the doubles as they are."""
    with localcontext() as context:
        context.prec = 50
        row, gamma, beta = ([Decimal(v) for v in array.tolist()] for array in (row, gamma, beta))
        mean = sum(row) / len(row)
        root = (sum((v - mean) ** 2 for v in row) / len(row) + Decimal(eps)).sqrt()
        return [float(g * (v - mean) / root + b) for v, g, b in zip(row, gamma, beta, strict=True)]


def inputs(rng, shape, dtype=np.float64):
    x = rng.standard_normal(shape) * rng.uniform(0.01, 5, (*shape[:-1], 1)) + rng.uniform(-5, 5)
    return tuple(a.astype(dtype) for a in (x, *rng.standard_normal((2, shape[-1]))))


@pytest.mark.parametrize("eps", [{}, {"eps": 1e-3}, {"eps": 2.0}])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_agrees_with_torch(reference, rng, shape, eps):
    for _ in range(10):
        arguments = inputs(rng, shape)
        expected = in_torch(*arguments, **eps)
        np.testing.assert_allclose(
            reference.layernorm_forward(*arguments, **eps), expected, rtol=1e-9, atol=1e-12
        )
        views = map(strided, arguments)
        np.testing.assert_allclose(
            reference.layernorm_forward(*views, **eps), expected, rtol=1e-9, atol=1e-12
        )


@pytest.mark.parametrize("shape", [(4, 16), (2, 3, 48), (512,)], ids=str)
def test_agrees_with_torch_in_float64_when_given_float32(reference, rng, shape):
    for _ in range(10):
        arguments = inputs(rng, shape, np.float32)
        result = reference.layernorm_forward(*arguments)
        assert result.dtype == np.float32
        expected = in_torch(*(array.astype(np.float64) for array in arguments))
        np.testing.assert_allclose(result, expected, rtol=1e-4, atol=2e-5)


def test_vectors_of_variance_0_become_beta(reference, rng):
    gamma, beta = rng.standard_normal((2, 5))
    x = np.tile(np.array([[0.0], [3.0], [-1e6]]), 5)
    np.testing.assert_array_equal(reference.layernorm_forward(x, gamma, beta), np.tile(beta, (3, 1)))


def test_whole_numbers_become_float64(reference):
    result = reference.layernorm_forward(np.array([[4, 6]]), np.array([1, 2]), np.array([0, 1]), 3)
    np.testing.assert_array_equal(result, np.array([[-0.5, 2.0]]), strict=True)


@pytest.mark.parametrize(
    ("mean", "spread"), [(0, 1), (1e6, 1), (-3e3, 3e-3), (1e9, 1e3), (0, 1e-3), (0, 1e4)]
)
def test_agrees_with_decimals_also_where_the_mean_is_a_million_times_the_spread(reference, rng, mean, spread):
    for d in (2, 5, 30):
        gamma, beta = rng.standard_normal((2, d))
        x = mean + spread * (rng.standard_normal(d) + 2 * (np.arange(d) % 2))
        expected = in_decimals(x, gamma, beta, 1e-5)
        np.testing.assert_allclose(reference.layernorm_forward(x, gamma, beta), expected, rtol=0, atol=1e-8)
