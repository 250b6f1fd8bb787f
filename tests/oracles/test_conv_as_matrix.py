"""Oracles: scipy's correlate2d on random images and on single pixels, and scipy's Toeplitz matrices."""

import itertools

import numpy as np
import pytest
from scipy import linalg, signal

from cvdrill.testing import strided

SIZES = [
    (kernel, image)
    for image, kernel in itertools.product(
        [(1, 1), (1, 6), (6, 1), (4, 4), (5, 7), (8, 3)],
        [(1, 1), (1, 3), (4, 1), (2, 2), (3, 3), (3, 2), (2, 5), (5, 7)],
    )
    if kernel[0] <= image[0] and kernel[1] <= image[1]
]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("kernel_shape", "image_shape"), SIZES, ids=str)
def test_agrees_with_scipy(reference, rng, kernel_shape, image_shape, dtype):
    kernel = rng.standard_normal(kernel_shape).astype(dtype)
    matrix = reference.conv_as_matrix(kernel, image_shape)
    assert matrix.dtype == dtype
    for _ in range(3):
        image = rng.standard_normal(image_shape).astype(dtype)
        expected = signal.correlate2d(image, kernel, mode="valid").ravel()
        tolerance = 1e-12 if dtype == np.float64 else 1e-4
        np.testing.assert_allclose(matrix @ image.ravel(), expected, rtol=tolerance, atol=tolerance)
    for place in range(matrix.shape[1]):  # a column is the answer to a single bright pixel
        image = np.zeros(image_shape, dtype)
        image.flat[place] = 1
        expected = signal.correlate2d(image, kernel, mode="valid").ravel()
        np.testing.assert_array_equal(matrix[:, place], expected)


def test_a_row_gives_a_toeplitz_matrix(reference, rng):
    kernel = rng.standard_normal((1, 3))
    first_row, first_column = np.r_[kernel[0], np.zeros(4)], np.r_[kernel[0, 0], np.zeros(4)]
    np.testing.assert_array_equal(
        reference.conv_as_matrix(kernel, (1, 7)), linalg.toeplitz(first_column, first_row)
    )


def test_the_transpose_is_the_full_convolution(reference, rng):
    kernel, dout = rng.standard_normal((3, 2)), rng.standard_normal((4, 6))
    expected = signal.convolve2d(dout, kernel, mode="full")
    result = reference.conv_as_matrix(kernel, expected.shape).T @ dout.ravel()
    np.testing.assert_allclose(result.reshape(expected.shape), expected, rtol=1e-12, atol=1e-13)


def test_a_view_is_no_different(reference, rng):
    kernel = rng.standard_normal((3, 2))
    np.testing.assert_array_equal(
        reference.conv_as_matrix(strided(kernel), (5, 4)), reference.conv_as_matrix(kernel, (5, 4))
    )


@pytest.mark.parametrize("kernel_shape", [(4, 1), (1, 6), (4, 6), (5, 5), (30, 30)], ids=str)
def test_a_kernel_that_does_not_fit_is_refused(reference, kernel_shape):
    with pytest.raises(ValueError, match="does not fit"):
        reference.conv_as_matrix(np.ones(kernel_shape), (3, 5))
