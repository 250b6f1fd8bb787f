"""Oracles: scipy's cdist, and exact rational arithmetic for points that nearly coincide."""

from fractions import Fraction
from math import isqrt

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from cvdrill.testing import strided


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-13), (np.float32, 1e-5)])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_agrees_with_cdist(reference, rng, scale, dtype, rtol):
    for n, m, d in ((1, 1, 1), (1, 7, 2), (5, 1, 3), (30, 40, 8), (6, 6, 200)):
        a, b = ((rng.standard_normal((k, d)) * scale).astype(dtype) for k in (n, m))
        b[0] = a[0]
        result = reference.pairwise_distance(a, b)
        np.testing.assert_allclose(result, cdist(a, b), rtol=rtol, atol=0)
        assert result.dtype == dtype
        views = reference.pairwise_distance(strided(a), strided(b))
        np.testing.assert_allclose(views, result, rtol=rtol, atol=0)


def test_agrees_with_fractions_where_points_nearly_coincide(reference, rng):
    for _ in range(200):
        a = rng.standard_normal((1, 3)) * 1000
        b = a + rng.integers(-3, 4, 3) * 2.0**-38
        square = sum((Fraction(x) - Fraction(y)) ** 2 for x, y in zip(a[0], b[0], strict=True))
        exact = isqrt(int(square * 2**200)) / 2**100
        np.testing.assert_allclose(reference.pairwise_distance(a, b), [[exact]], rtol=1e-14, atol=0)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("n", "m"), [(0, 3), (3, 0), (0, 0)])
def test_no_points_keep_two_dimensions(reference, n, m, dtype):
    result = reference.pairwise_distance(np.zeros((n, 4), dtype), np.zeros((m, 4), dtype))
    assert result.shape == (n, m)
    assert result.dtype == dtype


def test_integers_become_float64(reference):
    points = np.array([[0, 0], [3, 4]])
    result = reference.pairwise_distance(points, points)
    np.testing.assert_array_equal(result, [[0.0, 5], [5, 0]])
    assert result.dtype == np.float64
