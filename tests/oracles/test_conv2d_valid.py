"""Oracles: scipy's correlate2d and torch's conv2d."""

import itertools

import numpy as np
import pytest
import torch
from scipy import signal

from cvdrill.testing import strided

TOLERANCES = {np.float64: 1e-12, np.float32: 1e-4}
SIZES = [
    (image, kernel)
    for image, kernel in itertools.product(
        [(1, 1), (1, 6), (6, 1), (4, 4), (5, 8), (9, 3), (20, 17)],
        [(1, 1), (1, 3), (4, 1), (2, 2), (3, 3), (3, 2), (2, 5), (9, 3), (5, 8)],
    )
    if kernel[0] <= image[0] and kernel[1] <= image[1]
]


def in_torch(image, kernel):
    batch, weight = (torch.from_numpy(array)[None, None] for array in (image, kernel))
    return torch.nn.functional.conv2d(batch, weight)[0, 0].numpy()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("image_shape", "kernel_shape"), SIZES, ids=str)
def test_agrees_with_scipy_and_torch(reference, rng, image_shape, kernel_shape, dtype):
    for _ in range(5):
        image = rng.standard_normal(image_shape).astype(dtype)
        kernel = rng.standard_normal(kernel_shape).astype(dtype)
        result = reference.conv2d_valid(image, kernel)
        assert result.dtype == dtype
        close = {"rtol": TOLERANCES[dtype], "atol": TOLERANCES[dtype]}
        np.testing.assert_allclose(result, signal.correlate2d(image, kernel, mode="valid"), **close)
        np.testing.assert_allclose(result, in_torch(image, kernel), **close)


def test_agrees_with_scipy_on_views(reference, rng):
    image, kernel = rng.standard_normal((9, 7)), rng.standard_normal((3, 4))
    expected = signal.correlate2d(image, kernel, mode="valid")
    np.testing.assert_allclose(reference.conv2d_valid(strided(image), strided(kernel)), expected, rtol=1e-12)


@pytest.mark.parametrize("kernel_shape", [(4, 1), (1, 6), (4, 6), (5, 5), (30, 30)], ids=str)
def test_a_kernel_that_does_not_fit_is_refused_as_torch_refuses_it(reference, kernel_shape):
    image, kernel = np.ones((3, 5)), np.ones(kernel_shape)
    with pytest.raises(RuntimeError, match="Kernel size"):
        in_torch(image, kernel)
    with pytest.raises(ValueError, match="does not fit"):
        reference.conv2d_valid(image, kernel)
