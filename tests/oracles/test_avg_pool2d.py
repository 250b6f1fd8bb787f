"""Oracle: torch's avg_pool2d."""

import itertools

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cvdrill.testing import strided

SHAPES = [(1, 1, 4, 4), (2, 3, 7, 5), (1, 2, 5, 12)]


def fits(kernel, padding):
    pairs = (value if isinstance(value, tuple) else (value, value) for value in (kernel, padding))
    return all(2 * p <= k for k, p in zip(*pairs, strict=True))


OPTIONS = [
    (kernel, stride, padding, counted)
    for kernel, stride, padding, counted in itertools.product(
        [1, 3, (2, 3), (4, 1)], [None, (3, 2)], [0, 1, (1, 0), (0, 1)], [True, False]
    )
    if fits(kernel, padding)
]


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-12), (np.float32, 1e-5)])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_agrees_with_torch(reference, rng, shape, dtype, rtol):
    for kernel, stride, padding, counted in OPTIONS:
        x = rng.standard_normal(shape).astype(dtype)
        expected = F.avg_pool2d(
            torch.from_numpy(x), kernel, stride, padding, count_include_pad=counted
        ).numpy()
        for given in (x, strided(x)):
            result = reference.avg_pool2d(given, kernel, stride, padding, counted)
            assert result.dtype == dtype
            np.testing.assert_allclose(result, expected, rtol=rtol, atol=rtol)


def test_defaults_are_those_of_torch(reference, rng):
    x = rng.standard_normal((2, 2, 7, 9))
    expected = F.avg_pool2d(torch.from_numpy(x), (2, 3)).numpy()
    np.testing.assert_allclose(reference.avg_pool2d(x, (2, 3)), expected, rtol=1e-12)
    expected = F.avg_pool2d(torch.from_numpy(x), (2, 3), padding=1).numpy()
    np.testing.assert_allclose(reference.avg_pool2d(x, (2, 3), padding=1), expected, rtol=1e-12)


def test_whole_numbers_become_float64(reference):
    result = reference.avg_pool2d(np.array([[1, 2], [3, 5]], np.uint8)[None, None], 2)
    np.testing.assert_array_equal(result, np.array([[[[2.75]]]]), strict=True)
