"""Oracles: torch's autograd through conv2d, and central differences."""

import itertools

import numpy as np
import pytest
import torch

from cvdrill.testing import strided

TOLERANCES = {np.float64: 1e-11, np.float32: 2e-4}
STRIDES = [1, 2, (1, 3), (3, 2), 5]
PADDINGS = [0, 1, (2, 0), (1, 4)]
OPTIONS = list(itertools.product(STRIDES, PADDINGS))


def forward(x, weight, bias, stride, padding):
    return torch.nn.functional.conv2d(x, weight, bias, stride, padding)


def random_layer(rng, stride, padding, dtype=np.float64):
    size, kernel = rng.integers(4, 9, 2), rng.integers(1, 5, 2)
    batch, inputs, outputs = rng.integers(1, 4, 3)
    x = rng.standard_normal((batch, inputs, *size)).astype(dtype)
    weight = rng.standard_normal((outputs, inputs, *kernel)).astype(dtype)
    bias = np.zeros(outputs, dtype)
    leaves = [torch.from_numpy(array).requires_grad_() for array in (x, weight, bias)]
    out = forward(*leaves, stride, padding)
    dout = rng.standard_normal(out.shape).astype(dtype)
    expected = torch.autograd.grad(out, leaves, torch.from_numpy(dout))
    return dout, x, weight, [gradient.numpy() for gradient in expected]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("stride", "padding"), OPTIONS, ids=str)
def test_agrees_with_autograd(reference, rng, stride, padding, dtype):
    for _ in range(6):
        dout, x, weight, expected = random_layer(rng, stride, padding, dtype)
        results = reference.conv2d_backward(dout, x, weight, stride, padding)
        assert isinstance(results, tuple)
        for result, gradient in zip(results, expected, strict=True):
            assert result.dtype == dtype
            tolerance = TOLERANCES[dtype]
            np.testing.assert_allclose(result, gradient, rtol=tolerance, atol=tolerance)


def test_the_defaults_are_stride_1_and_no_padding(reference, rng):
    dout, x, weight, expected = random_layer(rng, 1, 0)
    for result, gradient in zip(reference.conv2d_backward(dout, x, weight), expected, strict=True):
        np.testing.assert_allclose(result, gradient, rtol=1e-11, atol=1e-11)


def test_agrees_with_differences(reference, rng):
    x, weight = rng.standard_normal((2, 2, 5, 4)), rng.standard_normal((3, 2, 2, 3))
    bias = rng.standard_normal(3)
    inputs = [x, weight, bias]
    shape = forward(*map(torch.from_numpy, inputs), (2, 1), (1, 2)).shape
    dout = rng.standard_normal(shape)
    results = reference.conv2d_backward(dout, x, weight, (2, 1), (1, 2))
    for place, result in enumerate(results):
        for index in np.ndindex(result.shape):
            losses = []
            for step in (0.5, -0.5):  # the layer is linear in each, so that the step need not be small
                moved = [array.copy() for array in inputs]
                moved[place][index] += step
                out = forward(*map(torch.from_numpy, moved), (2, 1), (1, 2)).numpy()
                losses.append((out * dout).sum())
            np.testing.assert_allclose(result[index], losses[0] - losses[1], rtol=1e-9, atol=1e-9)


def test_agrees_with_autograd_on_views(reference, rng):
    dout, x, weight, expected = random_layer(rng, 2, 1)
    results = reference.conv2d_backward(strided(dout), strided(x), strided(weight), 2, 1)
    for result, gradient in zip(results, expected, strict=True):
        np.testing.assert_allclose(result, gradient, rtol=1e-11, atol=1e-11)
