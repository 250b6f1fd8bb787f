import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_a_rectangle_of_points(attempt):
    """The corners of a 2 × 4 rectangle: the mean is its centre, the variances are 1 and 4, not correlated."""
    x = np.array([[0.0, 0], [2, 0], [0, 4], [2, 4]])
    assert_close(attempt.gaussian_mle(x), (np.array([1.0, 2.0]), np.array([[1.0, 0], [0, 4]])))


def test_the_sum_is_divided_by_n(attempt):
    """Two points 2 apart have variance 1: the likelihood is largest with n in the divisor, not n - 1."""
    assert_close(attempt.gaussian_mle(np.array([[4.0], [6.0]])), (np.array([5.0]), np.array([[1.0]])))


def test_coordinates_that_move_together(attempt):
    """The covariance is a full matrix; off its diagonal stands how two coordinates move together."""
    x = np.array([[1.0, 10], [2, 6], [6, 8]])  # deviations -2, -1, 3 and 2, -2, 0
    covariance = np.array([[14.0, -2], [-2, 8]]) / 3
    assert_close(attempt.gaussian_mle(x), (np.array([3.0, 8.0]), covariance))


def test_more_coordinates_than_points(attempt):
    """With fewer points than coordinates the formula is taken as it stands."""
    x = np.array([[1.0, 5, -2, 0], [3, 1, -2, 1]])  # deviations 1 2 0 1/2, with opposite signs
    deviation = np.array([1.0, -2, 0, 0.5])
    expected = np.array([2.0, 3, -2, 0.5]), np.outer(deviation, deviation)
    assert_close(attempt.gaussian_mle(x), expected)


def test_as_many_points_as_coordinates(attempt):
    """Rows are points and columns are coordinates, also where both are as many."""
    x = np.array([[3.0, 0, 0], [0, 6, 0], [0, 0, 9]])
    covariance = np.array([[2.0, -2, -3], [-2, 8, -6], [-3, -6, 18]])
    assert_close(attempt.gaussian_mle(x), (np.array([1.0, 2, 3]), covariance))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_single_point(attempt, dtype):
    """One point is its own mean, and its covariance is 0, not NaN."""
    x = np.array([[7.0, -3, 0.5]], dtype)
    assert_close(attempt.gaussian_mle(x), (np.array([7, -3, 0.5], dtype), np.zeros((3, 3), dtype)))


def test_a_single_number(attempt):
    """One point of one coordinate keeps the shapes (1,) and (1, 1)."""
    assert_close(attempt.gaussian_mle(np.array([[-4.0]])), (np.array([-4.0]), np.array([[0.0]])))


def test_the_same_point_over_and_over(attempt):
    """Points that are all alike have covariance 0; nothing is added to it."""
    x = np.tile([2.0, -8.0], (5, 1))
    assert_close(attempt.gaussian_mle(x), (np.array([2.0, -8.0]), np.zeros((2, 2))), atol=1e-11)


def test_points_on_a_line(attempt):
    """Where one coordinate decides the other the covariance is singular, and stays so; nothing is added."""
    x = np.array([[0.0, 0], [2e-6, 4e-6]])
    expected = np.array([1e-6, 2e-6]), np.array([[1e-12, 2e-12], [2e-12, 4e-12]])
    assert_close(attempt.gaussian_mle(x), expected)


def test_a_tiny_spread(attempt):
    """Variances of 1e-12 are what they are; nothing is added to keep them away from 0."""
    x = np.array([[0.0, 1e-6], [2e-6, 1e-6], [0, 3e-6], [2e-6, 3e-6]])
    assert_close(attempt.gaussian_mle(x), (np.array([1e-6, 2e-6]), np.array([[1e-12, 0], [0, 1e-12]])))


@pytest.mark.parametrize(("n", "d"), [(2, 1), (5, 3), (3, 5), (4, 4), (60, 2), (200, 6)])
def test_random_points(attempt, reference, rng, n, d):
    """Agrees with the reference on random points."""
    x = random_points(rng, n, d)
    assert_close(attempt.gaussian_mle(x), reference.gaussian_mle(x))


def test_random_points_in_float32(attempt, reference, rng):
    """Agrees with the reference on points in float32."""
    x = random_points(rng, 40, 3).astype(np.float32)
    assert_close(attempt.gaussian_mle(x), reference.gaussian_mle(x.astype(np.float64)))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as some columns of a larger table."""
    x = random_points(rng, 8, 3)
    assert_close(attempt.gaussian_mle(strided(x)), reference.gaussian_mle(x))


def random_points(rng, n, d):
    """Return points whose coordinates are correlated and not centred.

    No coordinate is nearly constant, or far from 0 for its spread, so that the mean of squares less the
    square of the mean, which is right as well, loses no digits to speak of.
    """
    column = np.linspace(-1, 1, n)[:, None] + rng.uniform(-0.4, 0.4, (n, d)) / n
    mixed = np.eye(d) + rng.uniform(-0.4, 0.4, (d, d))
    return rng.permuted(column, axis=0) @ mixed + np.linspace(-1, 1, d + 1)[1:]


def runtime(attempt, rng):
    """Fit a Gaussian to 2,000 points of 120 coordinates."""
    x = random_points(rng, 2000, 120)
    return lambda: attempt.gaussian_mle(x)
