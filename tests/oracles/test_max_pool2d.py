"""Oracle: torch's max_pool2d."""

import itertools

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cvdrill.testing import strided

SHAPES = [(1, 1, 4, 4), (2, 3, 7, 5), (1, 2, 5, 12), (3, 1, 11, 6)]
OPTIONS = [
    (kernel, stride, padding)
    for kernel, stride, padding in itertools.product(
        [1, 2, (2, 3), (4, 1)], [None, 1, (3, 1), (1, 4)], [0, 1, (1, 0), (0, 1), (1, 2)]
    )
    if all(2 * p <= k for p, k in zip(*(v if isinstance(v, tuple) else (v, v) for v in (padding, kernel))))  # noqa: B905
]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_agrees_with_torch(reference, rng, shape, dtype):
    for kernel, stride, padding in OPTIONS:
        x = (rng.standard_normal(shape) - 1).astype(dtype)
        expected = F.max_pool2d(torch.from_numpy(x), kernel, stride, padding).numpy()
        for given in (x, strided(x)):
            result = reference.max_pool2d(given, kernel, stride, padding)
            np.testing.assert_array_equal(result, expected, strict=True)


def test_agrees_with_torch_on_extreme_values(reference):
    x = np.array([[-1.7e308, -1e300], [-0.0, -5e-324]])[None, None]
    expected = F.max_pool2d(torch.from_numpy(x), 2, 1, 1).numpy()
    np.testing.assert_array_equal(reference.max_pool2d(x, 2, 1, 1), expected)


def test_defaults_are_those_of_torch(reference, rng):
    x = rng.standard_normal((2, 2, 7, 9))
    np.testing.assert_array_equal(
        reference.max_pool2d(x, (2, 3)), F.max_pool2d(torch.from_numpy(x), (2, 3)).numpy(), strict=True
    )
