import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_vector_worked_by_hand(attempt):
    """Two features, variance 1, eps 3: the standard deviation is 2 and xhat is -1/2 and 1/2."""
    x, dout = np.array([[4.0, 6.0]]), np.array([[0.0, 1.0]])
    # mean(dout) = 1/2, mean(dout * xhat) = 1/4: dx = 1/2 * ([0, 1] - 1/2 - [-1/2, 1/2] * 1/4)
    expected = np.array([[-0.1875, 0.1875]]), np.array([0.0, 0.5]), np.array([0.0, 1.0])
    assert_close(attempt.layernorm_backward(dout, x, np.ones(2), 3.0), expected)


def test_gamma_differs_within_the_mean(attempt):
    """What arrives at xhat is gamma * dout, feature by feature; its mean is taken after that product."""
    x, dout = np.array([[4.0, 6.0]]), np.array([[1.0, 1.0]])
    # g = [1, 3], mean(g) = 2, mean(g * xhat) = 1/2: dx = 1/2 * ([1, 3] - 2 - [-1/2, 1/2] * 1/2)
    expected = np.array([[-0.375, 0.375]]), np.array([-0.5, 0.5]), np.array([1.0, 1.0])
    assert_close(attempt.layernorm_backward(dout, x, np.array([1.0, 3.0]), 3.0), expected)


def test_two_vectors_worked_by_hand(attempt):
    """dx is of each vector by itself; dgamma and dbeta, returned in this order, are sums over the vectors."""
    x = np.array([[11.0, 9, 11, 9], [-2, -4, 2, -8]])  # variances 1 and 13, roots with eps 2 and 4
    dout = np.array([[4.0, 0, 0, 0], [2, 0, 8, 0]])
    dx = np.array([[2.75, -0.75, -1.25, -0.75], [1.390625, 0.109375, -1.046875, -0.453125]])
    expected = dx, np.array([2.5, 0, 10, 0]), np.array([6.0, 0, 8, 0])
    assert_close(attempt.layernorm_backward(dout, x, np.array([2.0, 1, -1, 1]), eps=3.0), expected)


def test_a_single_vector_without_leading_axes(attempt):
    """Shapes (D,) are taken too: there is nothing to sum, so dgamma is dout * xhat and dbeta is dout."""
    x, dout = np.array([11.0, 9, 11, 9]), np.array([4.0, 0, 0, -6])
    expected = np.array([3.3125, 0.1875, -0.6875, -2.8125]), np.array([2.0, 0, 0, 3]), dout.copy()
    assert_close(attempt.layernorm_backward(dout, x, np.array([2.0, 1, -1, 1]), eps=3.0), expected)


def test_every_leading_axis_is_summed(attempt):
    """In a batch of sequences dgamma and dbeta are sums over batch and positions, of shape (D,)."""
    x = np.array(
        [[[4.0, 6], [106, 104]], [[4, 6], [-1, 1]]]
    )  # variance 1 each, xhat with eps 3 is -1/2 or 1/2
    dout = np.array([[[0.0, 1], [0, 2]], [[4, 0], [8, 8]]])
    dx = np.array([[[-3.0, 3], [-6, 6]], [[12, -12], [0, 0]]]) / 16
    expected = dx, np.array([-6.0, 3.5]), np.array([12.0, 11])
    assert_close(attempt.layernorm_backward(dout, x, np.ones(2), 3.0), expected)


def test_the_same_gradient_in_every_feature_moves_nothing(attempt):
    """Shifting all features of a vector alike is what normalisation undoes: with gamma 1, dx is 0."""
    x = np.array([[11.0, 9, 11, 9], [-2, -4, 2, -8]])
    dout = np.array([[3.0, 3, 3, 3], [-2, -2, -2, -2]])
    expected = np.zeros((2, 4)), np.array([1.0, -1, -1, 1]), np.ones(4)
    assert_close(attempt.layernorm_backward(dout, x, np.ones(4), 3.0), expected)


def test_a_gradient_along_xhat_leaves_only_what_eps_lets_through(attempt):
    """Stretching a vector is undone, too: with a tiny eps, hardly anything of such a gradient is left."""
    x, dout = np.array([[-1.0, 1.0]]), np.array([[-1.0, 1.0]])
    dx, dgamma = 1e-5 * 1.00001**-1.5, 1.00001**-0.5
    expected = np.array([[-dx, dx]]), np.array([dgamma, dgamma]), np.array([-1.0, 1.0])
    assert_close(attempt.layernorm_backward(dout, x, np.ones(2)), expected)


def test_eps_counts_where_the_variance_is_tiny(attempt):
    """With a variance of 1e-5, the default eps, xhat has variance 1/2: eps goes inside the root."""
    x = np.sqrt(1e-5) * np.array([[-1.0, 1.0, -1.0, 1.0]])
    dout = np.array([[2.0, 0.0, 0.0, 0.0]])
    # xhat is -h or h with h = root of 1/2; mean(dout) is 1/2, mean(dout * xhat) is -h/2.
    dx = np.array([[1.25, -0.25, -0.75, -0.25]]) / np.sqrt(2e-5)
    expected = dx, np.array([-2 * np.sqrt(0.5), 0, 0, 0]), dout[0]
    assert_close(attempt.layernorm_backward(dout, x, np.ones(4)), expected)


@pytest.mark.parametrize("eps", [1e-2, 1e-8])
def test_eps_may_be_given(attempt, reference, eps):
    """Another eps than the default is taken where it is given, by position or by name."""
    x = np.array([[1e-3, -2e-3, 4e-3], [0.5, 0.25, -0.5]])
    dout = np.array([[1.0, -3, 0.5], [2, 0, 1]])
    gamma = np.array([1.5, 0.5, -1])
    expected = reference.layernorm_backward(dout, x, gamma, eps)
    assert_close(attempt.layernorm_backward(dout, x, gamma, eps), expected)
    assert_close(attempt.layernorm_backward(dout, x, gamma, eps=eps), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_features_that_are_all_alike(attempt, dtype):
    """A vector of variance 0 has xhat 0; dx is g less its mean, over the root of eps. Nothing is NaN."""
    x = np.array([[0, 0, 0, 0], [3, 3, 3, 3]], dtype)
    dout = np.array([[1, 2, -3, 6], [-8, 0, -4, 0]], dtype)
    dx = np.array([[-2, -1, 0, 3], [-7, 1, 5, 1]], dtype) / np.sqrt(dtype(1e-5))
    expected = dx, np.zeros(4, dtype), np.array([-7, 2, -7, 6], dtype)
    assert_close(attempt.layernorm_backward(dout, x, np.array([1, 1, -1, 1], dtype)), expected)


def test_a_single_feature(attempt):
    """One feature is its own mean: nothing flows back to x or gamma, and beta gets the sum."""
    x, dout = np.array([[3.0], [-8.0]]), np.array([[2.0], [0.5]])
    expected = np.zeros((2, 1)), np.zeros(1), np.array([2.5])
    assert_close(attempt.layernorm_backward(dout, x, np.array([2.0])), expected)


def test_a_gamma_of_zero_does_not_stop_dx(attempt):
    """A feature whose gamma is 0 still moves the mean and the variance of the others: its dx is not 0."""
    x, dout = np.array([[4.0, 6.0]]), np.array([[-1.0, 4.0]])
    expected = np.array([[-1.5, 1.5]]), np.array([0.5, 2.0]), np.array([-1.0, 4.0])
    assert_close(attempt.layernorm_backward(dout, x, np.array([0.0, 2.0]), 3.0), expected)


def test_as_many_vectors_as_features(attempt, reference):
    """With as many vectors as features, means and sums over the wrong axis have the right shape."""
    x = np.array([[1.0, 20, 3], [4, -5, 60], [70, 8, 9]])
    dout = np.array([[0.5, 1, -2], [3, 0, 1], [-1, 2, 0.25]])
    gamma = np.array([1.0, -2, 3])
    assert_close(attempt.layernorm_backward(dout, x, gamma), reference.layernorm_backward(dout, x, gamma))


def test_a_mean_a_million_times_the_spread(attempt):
    """Subtract the mean before you square: the mean of squares less the squared mean loses its digits."""
    # These deviations sum to 0 and lose no bit when the mean is added, so what is expected is known to every
    # digit. Sums of a few numbers of the mean's size cost up to 1e-9 of the spread. Where the spread is 1,
    # each square lies 4e-5 to 7e-5 above a multiple of 2^-10, to which it is rounded: in whichever order such
    # squares are summed, their mean less the squared mean misses the variance by about 5e-5.
    spread = np.array([[-1.57, 0.417, 1.57, -0.417], [0.583, -1.555, -0.583, 1.555]])
    spread = np.round(spread * 2**20) / 2**20
    mean = np.array([[1e6], [-1e6]])
    dout = np.array([[1.0, 0.5, -2, 3], [-2, 1, 0, 0.25]])
    gamma = np.array([1.5, -0.5, 1, 2])
    for scale in (1.0, 2.0**10):
        deviation = spread * scale
        std = np.sqrt((deviation**2).mean(axis=1, keepdims=True) + 1e-5)
        xhat, g = deviation / std, gamma * dout
        dx = (g - g.mean(axis=1, keepdims=True) - xhat * (g * xhat).mean(axis=1, keepdims=True)) / std
        expected = dx, (dout * xhat).sum(axis=0), dout.sum(axis=0)
        actual = attempt.layernorm_backward(dout, deviation + mean * scale, gamma)
        assert_close(actual, expected, rtol=1e-6)


SHAPES = [(5,), (1, 3), (3, 2), (7, 7), (2, 5, 4), (4, 1, 6), (2, 3, 3, 5), (12, 40)]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: "x".join(map(str, shape)))
def test_random_inputs(attempt, reference, rng, shape):
    """Agrees with the reference on random inputs, with any number of leading axes."""
    dout, x, gamma = random_input(rng, shape)
    assert_close(attempt.layernorm_backward(dout, x, gamma), reference.layernorm_backward(dout, x, gamma))


def test_random_inputs_in_float32(attempt, reference, rng):
    """Agrees with the reference in float32."""
    dout, x, gamma = (array.astype(np.float32) for array in random_input(rng, (4, 3, 24)))
    assert_close(attempt.layernorm_backward(dout, x, gamma), reference.layernorm_backward(dout, x, gamma))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous."""
    dout, x, gamma = random_input(rng, (3, 2, 5))
    expected = reference.layernorm_backward(dout, x, gamma)
    assert_close(attempt.layernorm_backward(strided(dout), strided(x), strided(gamma)), expected)


def random_input(rng, shape):
    """Return dout, x and gamma; no vector of x is nearly constant, or far from 0 for its spread."""
    *leading, d = shape
    row = np.linspace(-1, 1, d) + rng.uniform(-0.4, 0.4, shape) / d
    x = rng.permuted(row, axis=-1) * rng.uniform(1, 2, (*leading, 1)) + rng.uniform(-3, 3, (*leading, 1))
    dout = rng.standard_normal(shape) + rng.standard_normal((*leading, 1))
    return dout, x, rng.uniform(0.5, 2, d) * rng.choice([-1, 1], d)


def runtime(attempt, rng):
    """Send a gradient back through 200 vectors of 500 features."""
    dout, x, gamma = random_input(rng, (200, 500))
    return lambda: attempt.layernorm_backward(dout, x, gamma)
