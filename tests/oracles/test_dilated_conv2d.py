"""Oracles: torch's conv2d with dilation, and scipy's correlate2d with a kernel full of zeros."""

import itertools

import numpy as np
import pytest
import torch
from scipy import signal

from cvdrill.testing import strided

TOLERANCES = {np.float64: 1e-12, np.float32: 1e-4}
SIZES = [
    (image, kernel, dilation)
    for image, kernel, dilation in itertools.product(
        [(1, 1), (1, 9), (9, 1), (7, 7), (9, 14), (16, 9)],
        [(1, 1), (1, 3), (4, 1), (2, 2), (3, 3), (3, 2), (2, 5)],
        [1, 2, 3, 4, 6],
    )
    if all(dilation * (k - 1) < n for n, k in zip(image, kernel, strict=True))
]


def in_torch(image, kernel, dilation):
    batch, weight = (torch.from_numpy(array)[None, None] for array in (image, kernel))
    return torch.nn.functional.conv2d(batch, weight, dilation=dilation)[0, 0].numpy()


def spread(kernel, dilation):
    """Put zeros between the elements of the kernel."""
    one = np.zeros((dilation, dilation), kernel.dtype)
    one[0, 0] = 1
    return np.kron(kernel, one)[: 1 - dilation or None, : 1 - dilation or None]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("image_shape", "kernel_shape", "dilation"), SIZES, ids=str)
def test_agrees_with_torch_and_scipy(reference, rng, image_shape, kernel_shape, dilation, dtype):
    image = rng.standard_normal(image_shape).astype(dtype)
    kernel = rng.standard_normal(kernel_shape).astype(dtype)
    result = reference.dilated_conv2d(image, kernel, dilation)
    assert result.dtype == dtype
    close = {"rtol": TOLERANCES[dtype], "atol": TOLERANCES[dtype]}
    np.testing.assert_allclose(result, in_torch(image, kernel, dilation), **close)
    expected = signal.correlate2d(image, spread(kernel, dilation), mode="valid")
    np.testing.assert_allclose(result, expected, **close)


def test_agrees_with_torch_on_views(reference, rng):
    image, kernel = rng.standard_normal((9, 8)), rng.standard_normal((3, 4))
    result = reference.dilated_conv2d(strided(image), strided(kernel), 2)
    np.testing.assert_allclose(result, in_torch(image, kernel, 2), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize(
    ("image_shape", "kernel_shape", "dilation"),
    [((3, 5), (4, 1), 1), ((3, 5), (2, 1), 3), ((3, 5), (1, 2), 5), ((3, 5), (1, 6), 1), ((4, 4), (3, 3), 2)],
    ids=str,
)
def test_a_kernel_that_does_not_fit_is_refused_as_torch_refuses_it(
    reference, image_shape, kernel_shape, dilation
):
    image, kernel = np.ones(image_shape), np.ones(kernel_shape)
    with pytest.raises(RuntimeError, match="Kernel size"):
        in_torch(image, kernel, dilation)
    with pytest.raises(ValueError, match="larger than"):
        reference.dilated_conv2d(image, kernel, dilation)
