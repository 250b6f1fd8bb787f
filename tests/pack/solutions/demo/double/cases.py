import numpy as np
import pytest

from cvdrill.testing import assert_close


def test_three_numbers(attempt):
    """Every number is doubled."""
    assert_close(attempt.double(np.array([1.0, 2.0, 3.0])), np.array([2.0, 4.0, 6.0]))


def test_a_single_number(attempt):
    """An array of one element stays an array."""
    assert_close(attempt.double(np.array([7.0])), np.array([14.0]))


@pytest.mark.parametrize("shape", [(4, 3), (0,)])
def test_random(attempt, reference, rng, shape):
    """Agrees with the reference on random numbers."""
    x = rng.normal(size=shape)
    assert_close(attempt.double(x), reference.double(x))


def runtime(attempt, rng):
    """Double 300,000 numbers."""
    x = rng.random(300_000)
    return lambda: attempt.double(x)
