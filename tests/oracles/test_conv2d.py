"""Oracles: torch's conv2d, and scipy's correlate2d channel by channel."""

import itertools

import numpy as np
import pytest
import torch
from scipy import signal

from cvdrill.testing import strided

TOLERANCES = {np.float64: 1e-12, np.float32: 1e-4}
STRIDES = [1, 2, (1, 3), (3, 2)]
PADDINGS = [0, 1, (2, 0), (1, 4)]
DILATIONS = [1, 2, (1, 2), (3, 1)]
OPTIONS = list(itertools.product(STRIDES, PADDINGS, DILATIONS))


def in_torch(x, weight, bias, *options):
    x, weight, bias = (None if a is None else torch.from_numpy(a) for a in (x, weight, bias))
    return torch.nn.functional.conv2d(x, weight, bias, *options).numpy()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("stride", "padding", "dilation"), OPTIONS, ids=str)
def test_agrees_with_torch(reference, rng, stride, padding, dilation, dtype):
    for groups, inputs, outputs in ((1, 3, 2), (2, 4, 6), (3, 3, 6), (4, 8, 4)):
        size, kernel = rng.integers(7, 12, 2), rng.integers(1, 4, 2)
        x = rng.standard_normal((rng.integers(1, 4), inputs, *size)).astype(dtype)
        weight = rng.standard_normal((outputs, inputs // groups, *kernel)).astype(dtype)
        bias = rng.standard_normal(outputs).astype(dtype) if rng.random() < 0.5 else None
        arguments = x, weight, bias, stride, padding, dilation, groups
        result = reference.conv2d(*arguments)
        assert result.dtype == dtype
        tolerance = TOLERANCES[dtype]
        np.testing.assert_allclose(result, in_torch(*arguments), rtol=tolerance, atol=tolerance)


def test_the_defaults_are_torchs(reference, rng):
    x, weight = rng.standard_normal((2, 3, 5, 6)), rng.standard_normal((4, 3, 2, 3))
    expected = torch.nn.functional.conv2d(torch.from_numpy(x), torch.from_numpy(weight)).numpy()
    np.testing.assert_allclose(reference.conv2d(x, weight), expected, rtol=1e-12, atol=1e-12)


def test_agrees_with_scipy_channel_by_channel(reference, rng):
    x, weight = rng.standard_normal((2, 3, 6, 8)), rng.standard_normal((4, 3, 3, 2))
    expected = [
        [sum(signal.correlate2d(image[c], filters[c], mode="valid") for c in range(3)) for filters in weight]
        for image in x
    ]
    np.testing.assert_allclose(reference.conv2d(x, weight), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("x_shape", "weight_shape", "options"),
    [
        ((1, 1, 1, 1), (1, 1, 1, 1), (1, 0, 1, 1)),
        ((1, 1, 1, 1), (1, 1, 3, 3), (1, 1, 1, 1)),
        ((1, 1, 3, 5), (1, 1, 3, 5), (4, 0, 1, 1)),
        ((1, 2, 5, 7), (2, 1, 3, 3), (1, 0, (2, 3), 2)),
        ((2, 1, 1, 1), (1, 1, 1, 1), (3, 4, 1, 1)),
    ],
)
def test_agrees_with_torch_at_the_edges(reference, rng, x_shape, weight_shape, options):
    x, weight = rng.standard_normal(x_shape), rng.standard_normal(weight_shape)
    bias = rng.standard_normal(weight_shape[0])
    result, expected = reference.conv2d(x, weight, bias, *options), in_torch(x, weight, bias, *options)
    np.testing.assert_allclose(result, expected, rtol=1e-12, atol=1e-12)


def test_agrees_with_torch_on_views(reference, rng):
    x, weight, bias = (rng.standard_normal(shape) for shape in ((2, 4, 7, 6), (6, 2, 3, 2), 6))
    result = reference.conv2d(strided(x), strided(weight), strided(bias), 2, 1, (1, 2), 2)
    np.testing.assert_allclose(result, in_torch(x, weight, bias, 2, 1, (1, 2), 2), rtol=1e-12, atol=1e-12)
