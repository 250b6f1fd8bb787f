"""Oracles: torch's batch norm, and the definition in 50 decimal digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cvdrill.testing import strided

SHAPES = [(2, 1), (2, 3), (7, 4), (5, 5), (1, 3, 2), (3, 2, 5), (2, 3, 4, 5), (1, 2, 6, 1), (2, 2, 3, 2, 3)]


def in_torch(x, gamma, beta, mean, var, training, momentum=0.1, eps=1e-5):
    x, gamma, beta, mean, var = (torch.tensor(array) for array in (x, gamma, beta, mean, var))
    out = F.batch_norm(x, mean, var, gamma, beta, training, momentum, eps)  # changes mean and var
    return out.numpy(), mean.numpy(), var.numpy()


def in_decimals(channel, gamma, beta, eps):
    """Return a normalised channel, its mean and its unbiased variance, with 50 digits from the doubles."""
    with localcontext() as context:
        context.prec = 50
        values = [Decimal(value) for value in channel.tolist()]
        mean = sum(values) / len(values)
        squares = sum((value - mean) ** 2 for value in values)
        root = (squares / len(values) + Decimal(eps)).sqrt()
        out = [float(Decimal(gamma) * (value - mean) / root + Decimal(beta)) for value in values]
        return out, float(mean), float(squares / (len(values) - 1))


def batch(rng, shape, dtype=np.float64):
    c = shape[1]
    x = np.swapaxes(rng.standard_normal(shape), 1, -1) * rng.uniform(0.1, 5, c) + rng.uniform(-5, 5, c)
    rest = (*rng.standard_normal((3, c)), rng.uniform(0.1, 3, c))
    return tuple(array.astype(dtype) for array in (np.swapaxes(x, 1, -1), *rest))


@pytest.mark.parametrize(
    "options", [{}, {"momentum": 0.7, "eps": 1e-3}, {"momentum": 0.0}, {"momentum": 1.0}]
)
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_agrees_with_torch(reference, rng, shape, training, options):
    for _ in range(4):
        arguments = batch(rng, shape)
        expected = in_torch(*arguments, training, **options)
        for given in (arguments, map(strided, arguments)):
            for mine, theirs in zip(
                reference.batchnorm_forward(*given, training, **options), expected, strict=True
            ):
                assert mine.shape == theirs.shape
                np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("training", [True, False])
def test_agrees_with_torch_in_float64_when_given_float32(reference, rng, training):
    for shape in ((16, 4), (4, 3, 6, 5)):
        arguments = batch(rng, shape, np.float32)
        expected = in_torch(*(array.astype(np.float64) for array in arguments), training)
        for mine, theirs in zip(reference.batchnorm_forward(*arguments, training), expected, strict=True):
            assert mine.dtype == np.float32
            np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=2e-5)


def test_agrees_with_torch_on_constant_channels(reference, rng):
    arguments = batch(rng, (4, 3, 2))
    arguments[0][:, 1] = -7.0
    for mine, theirs in zip(
        reference.batchnorm_forward(*arguments, True), in_torch(*arguments, True), strict=True
    ):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("positions", [(), (7,), (3, 2)], ids=str)
def test_one_example_is_evaluated_by_itself(reference, rng, positions):
    arguments = batch(rng, (1, 4, *positions))
    result = reference.batchnorm_forward(*arguments, False)
    for mine, theirs in zip(result, in_torch(*arguments, False), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize(
    ("mean", "spread"), [(0, 1), (1e6, 1), (-3e3, 3e-3), (1e9, 1e3), (0, 1e-3), (0, 1e4)]
)
def test_agrees_with_decimals_also_where_the_mean_is_a_million_times_the_spread(reference, rng, mean, spread):
    for n in (2, 5, 30):
        gamma, beta = rng.standard_normal((2, 1))
        x = mean + spread * (rng.standard_normal(n) + 4 * (np.arange(n) % 2))
        out, new_mean, new_var = in_decimals(x, gamma.item(), beta.item(), 1e-5)
        zero = np.zeros(1)
        result = reference.batchnorm_forward(x[:, None], gamma, beta, zero, zero, True, 1.0)
        np.testing.assert_allclose(result[0][:, 0], out, rtol=0, atol=1e-8)
        np.testing.assert_allclose(result[1:], [[new_mean], [new_var]], rtol=1e-8, atol=1e-15)
