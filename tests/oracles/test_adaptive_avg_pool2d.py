"""Oracle: torch's adaptive_avg_pool2d."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cvdrill.testing import strided

SHAPES = [(1, 1, 1, 1), (2, 3, 7, 5), (1, 2, 4, 11), (1, 1, 30, 29)]
SIZES = [1, 2, 3, (1, 4), (7, 2), (6, 9), (22, 13)]


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-12), (np.float32, 1e-4)])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_agrees_with_torch(reference, rng, shape, dtype, rtol):
    for size in SIZES:
        x = rng.uniform(0.5, 2, shape).astype(dtype)
        expected = F.adaptive_avg_pool2d(torch.from_numpy(x), size).numpy()
        for given in (x, strided(x)):
            result = reference.adaptive_avg_pool2d(given, size)
            assert result.dtype == dtype
            np.testing.assert_allclose(result, expected, rtol=rtol)


def test_agrees_with_torch_on_many_pairs_of_sizes(reference, rng):
    row = rng.standard_normal(33)
    for length in (1, 2, 3, 5, 7, 8, 12, 15, 27, 29, 30, 31, 33):
        x = row[None, None, None, :length]
        for count in (1, 2, 3, 4, 5, 7, 11, 22, 25, 29):
            expected = F.adaptive_avg_pool2d(torch.from_numpy(x.copy()), (1, count)).numpy()
            result = reference.adaptive_avg_pool2d(x, (1, count))
            np.testing.assert_allclose(result, expected, rtol=1e-10, atol=1e-12)


def test_whole_numbers_become_float64(reference):
    result = reference.adaptive_avg_pool2d(np.array([[1, 2], [3, 5]], np.uint8)[None, None], 1)
    np.testing.assert_array_equal(result, np.array([[[[2.75]]]]), strict=True)
