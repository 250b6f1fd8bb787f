"""Oracles: torch's conv_transpose2d, and the definition as the transpose of a convolution."""

import itertools

import numpy as np
import pytest
import torch

from cvdrill.testing import strided

TOLERANCES = {np.float64: 1e-12, np.float32: 1e-4}
STRIDES = [1, 2, (1, 3), (3, 2), 5]
PADDINGS = [0, 1, (2, 0), (1, 3)]
OPTIONS = list(itertools.product(STRIDES, PADDINGS))


def in_torch(x, weight, stride, padding):
    x, weight = torch.from_numpy(x), torch.from_numpy(weight)
    return torch.nn.functional.conv_transpose2d(x, weight, None, stride, padding).numpy()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("stride", "padding"), OPTIONS, ids=str)
def test_agrees_with_torch(reference, rng, stride, padding, dtype):
    for _ in range(6):
        size, kernel = rng.integers(7, 9, 2), rng.integers(1, 5, 2)
        batch, inputs, outputs = rng.integers(1, 5, 3)
        x = rng.standard_normal((batch, inputs, *size)).astype(dtype)
        weight = rng.standard_normal((inputs, outputs, *kernel)).astype(dtype)
        result = reference.transposed_conv2d(x, weight, stride, padding)
        assert result.dtype == dtype
        tolerance = TOLERANCES[dtype]
        expected = in_torch(x, weight, stride, padding)
        np.testing.assert_allclose(result, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize(
    ("x_shape", "weight_shape", "stride", "padding"),
    [
        ((1, 1, 1, 1), (1, 1, 1, 1), 1, 0),
        ((1, 2, 1, 1), (2, 3, 4, 5), 7, 0),
        ((2, 1, 1, 1), (1, 1, 3, 3), 2, 1),
        ((1, 1, 2, 3), (1, 2, 1, 1), (4, 1), (0, 1)),
        ((2, 3, 5, 1), (3, 1, 2, 6), (1, 3), (2, 2)),
    ],
)
def test_agrees_with_torch_at_the_edges(reference, rng, x_shape, weight_shape, stride, padding):
    x, weight = rng.standard_normal(x_shape), rng.standard_normal(weight_shape)
    expected = in_torch(x, weight, stride, padding)
    np.testing.assert_allclose(
        reference.transposed_conv2d(x, weight, stride, padding), expected, rtol=1e-12, atol=1e-12
    )


def test_the_defaults_are_torchs(reference, rng):
    x, weight = rng.standard_normal((2, 3, 4, 5)), rng.standard_normal((3, 2, 2, 3))
    expected = torch.nn.functional.conv_transpose2d(torch.from_numpy(x), torch.from_numpy(weight)).numpy()
    np.testing.assert_allclose(reference.transposed_conv2d(x, weight), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), ((2, 3), (1, 2)), (3, 1)], ids=str)
def test_it_is_the_transpose_of_the_convolution(reference, rng, stride, padding):
    """<conv(y), x> equals <y, transposed(x)> for all x and y, where the convolution leaves no remainder."""
    x, weight = rng.standard_normal((2, 3, 4, 3)), rng.standard_normal((3, 2, 3, 5))
    canvas = reference.transposed_conv2d(x, weight, stride, padding)
    y = rng.standard_normal(canvas.shape)
    seen = torch.nn.functional.conv2d(torch.from_numpy(y), torch.from_numpy(weight), None, stride, padding)
    np.testing.assert_allclose((seen.numpy() * x).sum(), (y * canvas).sum(), rtol=1e-10)


def test_agrees_with_torch_on_views(reference, rng):
    x, weight = rng.standard_normal((2, 3, 4, 5)), rng.standard_normal((3, 2, 3, 4))
    result = reference.transposed_conv2d(strided(x), strided(weight), 2, (1, 0))
    np.testing.assert_allclose(result, in_torch(x, weight, 2, (1, 0)), rtol=1e-12, atol=1e-12)
