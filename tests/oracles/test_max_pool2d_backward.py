"""Oracle: torch's max_pool2d under autograd."""

import itertools

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cvdrill.testing import strided

SHAPES = [(1, 1, 4, 4), (2, 3, 7, 5), (1, 2, 5, 11)]
OPTIONS = list(itertools.product([1, 3, (2, 3), (4, 1)], [None, 1, (3, 1), (1, 4)]))


def autograd(rng, x, kernel, stride):
    """Return a random gradient of the outputs and what becomes of it."""
    leaf = torch.tensor(x, requires_grad=True)
    out = F.max_pool2d(leaf, kernel, stride)
    dout = rng.standard_normal(out.shape).astype(x.dtype)
    out.backward(torch.from_numpy(dout))
    return dout, leaf.grad.numpy()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_agrees_with_autograd(reference, rng, shape, dtype):
    for kernel, stride in OPTIONS:
        x = rng.standard_normal(shape).astype(dtype)
        dout, expected = autograd(rng, x, kernel, stride)
        for given in ((dout, x), (strided(dout), strided(x))):
            result = reference.max_pool2d_backward(*given, kernel, stride)
            assert result.dtype == dtype
            np.testing.assert_allclose(result, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_agrees_with_autograd_where_ties_are_everywhere(reference, rng, shape):
    for kernel, stride in OPTIONS:
        x = rng.integers(0, 2, shape).astype(float)
        dout, expected = autograd(rng, x, kernel, stride)
        result = reference.max_pool2d_backward(dout, x, kernel, stride)
        np.testing.assert_allclose(result, expected, rtol=1e-12, atol=1e-12)


def test_defaults_are_those_of_torch(reference, rng):
    x = rng.standard_normal((2, 2, 7, 9))
    dout, expected = autograd(rng, x, (2, 3), None)
    np.testing.assert_array_equal(reference.max_pool2d_backward(dout, x, (2, 3)), expected, strict=True)
