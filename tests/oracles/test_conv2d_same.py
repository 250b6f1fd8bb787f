"""Oracles: torch's conv2d with padding="same", and scipy's correlate for odd kernels."""

import itertools

import numpy as np
import pytest
import torch
from scipy import ndimage

from cvdrill.testing import strided

TOLERANCES = {np.float64: 1e-12, np.float32: 1e-4}
IMAGES = [(1, 1), (1, 6), (6, 1), (4, 4), (5, 8), (9, 3), (20, 17)]
KERNELS = [(1, 1), (1, 3), (4, 1), (2, 2), (3, 3), (3, 2), (2, 5), (9, 4), (6, 8), (12, 21)]
SIZES = list(itertools.product(IMAGES, KERNELS))


def in_torch(image, kernel):
    batch, weight = (torch.from_numpy(array)[None, None] for array in (image, kernel))
    return torch.nn.functional.conv2d(batch, weight, padding="same")[0, 0].numpy()


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("image_shape", "kernel_shape"), SIZES, ids=str)
def test_agrees_with_torch(reference, rng, image_shape, kernel_shape, dtype):
    for _ in range(3):
        image = rng.standard_normal(image_shape).astype(dtype)
        kernel = rng.standard_normal(kernel_shape).astype(dtype)
        result = reference.conv2d_same(image, kernel)
        assert result.dtype == dtype
        assert result.shape == image_shape
        tolerance = TOLERANCES[dtype]
        np.testing.assert_allclose(result, in_torch(image, kernel), rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("kernel_shape", [(1, 1), (3, 3), (5, 1), (1, 7), (3, 9)], ids=str)
def test_agrees_with_scipy_where_the_kernel_has_a_middle(reference, rng, kernel_shape):
    image, kernel = rng.standard_normal((6, 5)), rng.standard_normal(kernel_shape)
    expected = ndimage.correlate(image, kernel, mode="constant")
    np.testing.assert_allclose(reference.conv2d_same(image, kernel), expected, rtol=1e-12, atol=1e-13)


def test_agrees_with_scipy_on_views(reference, rng):
    image, kernel = rng.standard_normal((9, 7)), rng.standard_normal((3, 5))
    expected = ndimage.correlate(image, kernel, mode="constant")
    result = reference.conv2d_same(strided(image), strided(kernel))
    np.testing.assert_allclose(result, expected, rtol=1e-12, atol=1e-13)
