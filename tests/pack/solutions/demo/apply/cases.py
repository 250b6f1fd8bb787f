import numpy as np

from cvdrill.testing import assert_close, assert_raises


def root(x):
    if (x < 0).any():
        raise ValueError("negative")
    if not x.size:
        raise KeyError("empty")
    return float(np.sqrt(x).sum())


def test_calls_back(attempt):
    """The function is called with the array."""
    assert_close(attempt.apply(root, np.array([4.0, 9.0])), 5.0)
    assert_close(attempt.apply(lambda x: float(x[::-1][0]), np.arange(3.0)), 2.0)


def test_exceptions_cross(attempt):
    """What the function raises arrives, and passes on."""
    assert_close(attempt.apply(root, np.array([-1.0])), -1.0)
    assert_raises(KeyError, attempt.apply, root, np.zeros(0))
