"""Oracles: scipy's correlate2d in its full mode, torch's conv_transpose2d, and polynomials."""

import itertools

import numpy as np
import pytest
import torch
from scipy import signal

from cvdrill.testing import strided

TOLERANCES = {np.float64: 1e-12, np.float32: 1e-4}
IMAGES = [(1, 1), (1, 6), (6, 1), (4, 4), (5, 8), (9, 3), (20, 17)]
KERNELS = [(1, 1), (1, 3), (4, 1), (2, 2), (3, 3), (3, 2), (2, 5), (9, 4), (6, 8), (12, 21)]
SIZES = list(itertools.product(IMAGES, KERNELS))


def in_torch(image, kernel):
    """Spread the reversed kernel over the result, once for each pixel."""
    batch, weight = (torch.from_numpy(array.copy())[None, None] for array in (image, kernel[::-1, ::-1]))
    return torch.nn.functional.conv_transpose2d(batch, weight)[0, 0].numpy()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("image_shape", "kernel_shape"), SIZES, ids=str)
def test_agrees_with_scipy_and_torch(reference, rng, image_shape, kernel_shape, dtype):
    for _ in range(3):
        image = rng.standard_normal(image_shape).astype(dtype)
        kernel = rng.standard_normal(kernel_shape).astype(dtype)
        result = reference.conv2d_full(image, kernel)
        assert result.dtype == dtype
        close = {"rtol": TOLERANCES[dtype], "atol": TOLERANCES[dtype]}
        np.testing.assert_allclose(result, signal.correlate2d(image, kernel, mode="full"), **close)
        np.testing.assert_allclose(result, in_torch(image, kernel), **close)


def test_rows_multiply_like_polynomials(reference, rng):
    for n, k in ((1, 1), (5, 3), (3, 7)):
        row, kernel = rng.integers(-9, 10, (1, n)).astype(float), rng.integers(-9, 10, (1, k)).astype(float)
        expected = np.polymul(np.poly1d(row[0]), np.poly1d(kernel[0, ::-1])).coeffs
        result = np.trim_zeros(reference.conv2d_full(row, kernel)[0], "f")
        np.testing.assert_array_equal(result, np.trim_zeros(expected, "f"))


def test_agrees_with_scipy_on_views(reference, rng):
    image, kernel = rng.standard_normal((9, 7)), rng.standard_normal((3, 4))
    expected = signal.correlate2d(image, kernel, mode="full")
    result = reference.conv2d_full(strided(image), strided(kernel))
    np.testing.assert_allclose(result, expected, rtol=1e-12, atol=1e-13)
