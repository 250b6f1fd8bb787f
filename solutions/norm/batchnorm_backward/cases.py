import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_feature_worked_by_hand(attempt):
    """Two rows, one feature: variance 1, eps 3, so the standard deviation is 2 and xhat is -1/2 and 1/2."""
    x, dout = np.array([[4.0], [6.0]]), np.array([[0.0], [1.0]])
    # mean(dout) = 1/2, mean(dout * xhat) = 1/4: dx = 1/2 * ([0, 1] - 1/2 - [-1/2, 1/2] * 1/4)
    expected = np.array([[-0.1875], [0.1875]]), np.array([0.5]), np.array([1.0])
    assert_close(attempt.batchnorm_backward(dout, x, np.array([1.0]), 3.0), expected)


def test_two_features_worked_by_hand(attempt):
    """Each feature has a mean, a variance and a gamma of its own; the results are dx, dgamma, dbeta."""
    x = np.array([[11.0, -2], [9, -4], [11, 2], [9, -8]])  # variances 1 and 13, roots with eps 2 and 4
    dout = np.array([[4.0, 0], [0, 0], [0, 4], [0, 0]])
    dx = np.array([[2.75, 1.3125], [-0.75, 0.6875], [-1.25, -1.4375], [-0.75, -0.5625]])
    expected = dx, np.array([2.0, 5.0]), np.array([4.0, 4.0])
    assert_close(attempt.batchnorm_backward(dout, x, np.array([2.0, -4.0]), eps=3.0), expected)


def test_the_same_gradient_in_every_row_moves_nothing(attempt):
    """Shifting all outputs alike is what normalisation undoes: dx and dgamma are 0, dbeta is the sum."""
    x = np.array([[1.0, 5], [2, -1], [6, 2]])
    dout = np.array([[3.0, -2], [3, -2], [3, -2]])
    expected = np.zeros((3, 2)), np.zeros(2), np.array([9.0, -6.0])
    assert_close(attempt.batchnorm_backward(dout, x, np.array([1.0, 2.0])), expected, atol=1e-9)


def test_a_gradient_along_xhat_leaves_only_what_eps_lets_through(attempt):
    """Stretching the outputs is undone, too: with a tiny eps, hardly anything of such a gradient is left."""
    x, dout = np.array([[-1.0], [1.0]]), np.array([[-1.0], [1.0]])
    dx, dgamma = 1e-5 * 1.00001**-1.5, 2 * 1.00001**-0.5
    expected = np.array([[-dx], [dx]]), np.array([dgamma]), np.array([0.0])
    assert_close(attempt.batchnorm_backward(dout, x, np.array([1.0])), expected)


def test_eps_counts_where_the_variance_is_tiny(attempt):
    """With a variance of eps, xhat has variance 1/2: eps is added to the variance, inside the root."""
    x = np.sqrt(1e-5) * np.array([[-1.0], [1.0], [-1.0], [1.0]])  # variance 1e-5, the default eps
    dout = np.array([[2.0], [0.0], [0.0], [0.0]])
    # xhat is -h or h with h = root of 1/2; mean(dout) is 1/2, mean(dout * xhat) is -h/2.
    dx = np.array([[1.25], [-0.25], [-0.75], [-0.25]]) / np.sqrt(2e-5)
    expected = dx, np.array([-2 * np.sqrt(0.5)]), np.array([2.0])
    assert_close(attempt.batchnorm_backward(dout, x, np.array([1.0])), expected)


@pytest.mark.parametrize("eps", [1e-2, 1e-8])
def test_eps_may_be_given(attempt, reference, eps):
    """Another eps than the default is taken where it is given, by position or by name."""
    x = np.array([[1e-3, 0.5], [-2e-3, 0.25], [4e-3, -0.5]])
    dout = np.array([[1.0, 2], [-3, 0], [0.5, 1]])
    gamma = np.array([1.5, 0.5])
    expected = reference.batchnorm_backward(dout, x, gamma, eps)
    assert_close(attempt.batchnorm_backward(dout, x, gamma, eps), expected)
    assert_close(attempt.batchnorm_backward(dout, x, gamma, eps=eps), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_constant_feature(attempt, dtype):
    """A feature of variance 0 has xhat 0; dx is dout less its mean, over the root of eps. Nothing is NaN."""
    x = np.array([[0.0, 3], [0, 3], [0, 3], [0, 3]], dtype)
    dout = np.array([[1.0, -8], [2, 0], [3, 4], [6, 0]], dtype)
    dx = np.array([[-2.0, -7], [-1, 1], [0, 5], [3, 1]], dtype) / np.sqrt(dtype(1e-5))
    expected = dx, np.zeros(2, dtype), np.array([12.0, -4.0], dtype)
    assert_close(attempt.batchnorm_backward(dout, x, np.array([1.0, 1.0], dtype)), expected)


def test_gamma_zero_stops_dx_only(attempt):
    """Where gamma is 0, x gets no gradient, but gamma itself does."""
    x = np.array([[3.0], [5.0]])  # variance 1; with eps 3 xhat is -1/2, 1/2
    expected = np.zeros((2, 1)), np.array([2.5]), np.array([3.0])
    assert_close(
        attempt.batchnorm_backward(np.array([[-1.0], [4.0]]), x, np.array([0.0]), 3.0), expected, atol=1e-9
    )


def test_as_many_rows_as_features(attempt, reference):
    """With N = D, sums over the wrong axis have the right shape; they run over the batch, axis 0."""
    x = np.array([[1.0, 20, 3], [4, -5, 60], [70, 8, 9]])
    dout = np.array([[0.5, 1, -2], [3, 0, 1], [-1, 2, 0.25]])
    gamma = np.array([1.0, -2, 3])
    assert_close(attempt.batchnorm_backward(dout, x, gamma), reference.batchnorm_backward(dout, x, gamma))


def test_a_mean_a_million_times_the_spread(attempt):
    """Subtract the mean before you square: the mean of squares less the squared mean loses its digits."""
    # These deviations sum to 0 and lose no bit when the mean is added, so what is expected is known to every
    # digit. Sums of a few numbers of the mean's size cost up to 1e-9 of the spread. Where the spread is 1,
    # each square lies 4e-5 to 7e-5 above a multiple of 2^-10, to which it is rounded: in whichever order such
    # squares are summed, their mean less the squared mean misses the variance by about 5e-5.
    spread = np.array([[-1.57, 0.583], [0.417, -1.555], [1.57, -0.583], [-0.417, 1.555]])
    spread = np.round(spread * 2**20) / 2**20
    mean = np.array([1e6, -1e6])
    dout = np.array([[1.0, -2], [0.5, 1], [-2, 0], [3, 0.25]])
    gamma = np.array([1.5, -0.5])
    for scale in (2.0**-10, 1.0, 2.0**10):
        deviation = spread * scale
        std = np.sqrt((deviation**2).mean(axis=0) + 1e-5)
        xhat = deviation / std
        dx = gamma / std * (dout - dout.mean(axis=0) - xhat * (dout * xhat).mean(axis=0))
        expected = dx, (dout * xhat).sum(axis=0), dout.sum(axis=0)
        actual = attempt.batchnorm_backward(dout, deviation + mean * scale, gamma)
        assert_close(actual, expected, rtol=1e-6)


@pytest.mark.parametrize(("n", "d"), [(2, 3), (3, 1), (7, 1), (5, 4), (4, 4), (3, 8), (60, 10)])
def test_random_batches(attempt, reference, rng, n, d):
    """Agrees with the reference on random batches."""
    x, dout, gamma = random_batch(rng, n, d)
    assert_close(attempt.batchnorm_backward(dout, x, gamma), reference.batchnorm_backward(dout, x, gamma))


def test_random_batches_in_float32(attempt, reference, rng):
    """Agrees with the reference in float32."""
    x, dout, gamma = (array.astype(np.float32) for array in random_batch(rng, 32, 5))
    assert_close(attempt.batchnorm_backward(dout, x, gamma), reference.batchnorm_backward(dout, x, gamma))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous."""
    x, dout, gamma = random_batch(rng, 6, 3)
    expected = reference.batchnorm_backward(dout, x, gamma)
    assert_close(attempt.batchnorm_backward(strided(dout), strided(x), strided(gamma)), expected)


def random_batch(rng, n, d):
    """Return x, dout and gamma; no column of x is nearly constant, or far from 0 for its spread."""
    column = np.linspace(-1, 1, n)[:, None] + rng.uniform(-0.4, 0.4, (n, d)) / n
    x = rng.permuted(column, axis=0) * rng.uniform(1, 2, d) + rng.uniform(-3, 3, d)
    dout = rng.standard_normal((n, d)) + rng.standard_normal(d)
    return x, dout, rng.uniform(0.5, 2, d) * rng.choice([-1, 1], d)


def runtime(attempt, rng):
    """Go back through a batch of 500 with 100 features."""
    dout, x = rng.standard_normal((2, 500, 100))
    gamma = rng.standard_normal(100)
    return lambda: attempt.batchnorm_backward(dout, x, gamma)
