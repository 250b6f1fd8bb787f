"""Oracles: scipy's softmax, and the definition in 60 digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import scipy.special

SHAPES = [(1,), (7,), (1, 1), (3, 1), (2, 5), (4, 4), (2, 3, 4), (3, 1, 2, 5), (2, 400)]


def by_definition(scores):
    with localcontext() as context:
        context.prec = 60
        exponentials = [Decimal(x).exp() for x in scores]
        return [float(one / sum(exponentials)) for one in exponentials]


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-12), (np.float32, 1e-5)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_scipy_along_every_axis(reference, rng, shape, dtype, rtol):
    for spread in (0.0, 0.1, 3.0, 50.0, 1e4):
        x = (spread * rng.uniform(-1, 1, shape)).astype(dtype)
        for axis in range(-len(shape), len(shape)):
            actual = reference.softmax(x, axis)
            assert actual.dtype == dtype
            assert actual.shape == shape
            np.testing.assert_allclose(actual, scipy.special.softmax(x, axis=axis), rtol=rtol, atol=1e-40)


def test_the_default_is_the_last_axis(reference, rng):
    x = rng.standard_normal((2, 3, 4))
    np.testing.assert_allclose(reference.softmax(x), scipy.special.softmax(x, axis=2), rtol=1e-13)


def test_agrees_with_the_definition_in_60_digits(reference, rng):
    for spread, level in ((1.0, 0.0), (30.0, 0.0), (1.0, 1e4), (1.0, -1e4), (300.0, 9e3)):
        x = level + spread * rng.uniform(-1, 1, (6, 7))
        expected = np.array([by_definition(row) for row in x.tolist()])
        np.testing.assert_allclose(reference.softmax(x), expected, rtol=1e-12)


def test_a_strided_view_is_read_and_not_written(reference, rng):
    base = rng.standard_normal((6, 8))
    before = base.copy()
    np.testing.assert_allclose(
        reference.softmax(base[::2, ::-2], 0), scipy.special.softmax(before[::2, ::-2], axis=0), rtol=1e-13
    )
    np.testing.assert_array_equal(base, before)
