"""Oracles: torch's group norm, and the definition in 50 decimal digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cvdrill.testing import strided

SIZES = [
    ((1, 1, 1, 2), 1),
    ((2, 4, 1, 1), 2),
    ((3, 6, 2, 5), 1),
    ((3, 6, 2, 5), 2),
    ((3, 6, 2, 5), 3),
    ((3, 6, 2, 5), 6),
    ((4, 4, 4, 4), 2),
    ((2, 32, 7, 3), 8),
]


def in_torch(x, num_groups, gamma, beta, **eps):
    x, gamma, beta = (torch.tensor(array) for array in (x, gamma, beta))
    return F.group_norm(x, num_groups, gamma, beta, **eps).numpy()


def inputs(rng, shape, dtype=np.float64):
    x = rng.standard_normal(shape) * rng.uniform(0.1, 3, shape[:2])[..., None, None] + rng.uniform(-5, 5)
    return tuple(array.astype(dtype) for array in (x, *rng.standard_normal((2, shape[1]))))


@pytest.mark.parametrize("eps", [{}, {"eps": 1e-3}, {"eps": 2.0}])
@pytest.mark.parametrize(("shape", "num_groups"), SIZES, ids=str)
def test_agrees_with_torch(reference, rng, shape, num_groups, eps):
    for _ in range(5):
        x, gamma, beta = inputs(rng, shape)
        expected = in_torch(x, num_groups, gamma, beta, **eps)
        for given in ((x, gamma, beta), tuple(map(strided, (x, gamma, beta)))):
            result = reference.groupnorm_forward(given[0], num_groups, *given[1:], **eps)
            np.testing.assert_allclose(result, expected, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize(("shape", "num_groups"), SIZES[2:], ids=str)
def test_agrees_with_torch_in_float64_when_given_float32(reference, rng, shape, num_groups):
    x, gamma, beta = inputs(rng, shape, np.float32)
    result = reference.groupnorm_forward(x, num_groups, gamma, beta)
    assert result.dtype == np.float32
    expected = in_torch(x.astype(float), num_groups, gamma.astype(float), beta.astype(float))
    np.testing.assert_allclose(result, expected, rtol=1e-4, atol=5e-5)


def test_constant_groups_become_beta(reference, rng):
    gamma, beta = rng.standard_normal((2, 4))
    x = np.repeat([3.0, -1e6], 2)[None, :, None, None] * np.ones((2, 4, 3, 2))
    expected = np.broadcast_to(beta[:, None, None], x.shape)
    np.testing.assert_array_equal(reference.groupnorm_forward(x, 2, gamma, beta), expected)


@pytest.mark.parametrize(("mean", "spread"), [(0, 1), (1e6, 1), (-3e3, 3e-3), (1e9, 1e3), (0, 1e-3)])
def test_agrees_with_decimals_also_where_the_mean_is_a_million_times_the_spread(reference, rng, mean, spread):
    x = mean + spread * (rng.standard_normal((1, 4, 3, 2)) + 4 * (np.arange(2) % 2))
    result = reference.groupnorm_forward(x, 2, np.ones(4), np.zeros(4))
    eps = 1e-5
    for group in (slice(0, 2), slice(2, 4)):
        with localcontext() as context:
            context.prec = 50
            values = [Decimal(value) for value in x[0, group].ravel().tolist()]
            centre = sum(values) / len(values)
            root = (sum((v - centre) ** 2 for v in values) / len(values) + Decimal(eps)).sqrt()
            expected = [float((value - centre) / root) for value in values]
        np.testing.assert_allclose(result[0, group].ravel(), expected, rtol=0, atol=1e-8)
