import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_vector_worked_by_hand(attempt):
    """Mean 5 and variance 1; with eps 3 the root is 2, so the features become -1/2 and 1/2."""
    result = attempt.layernorm_forward(np.array([[4.0, 6.0]]), np.ones(2), np.zeros(2), 3.0)
    assert_close(result, np.array([[-0.5, 0.5]]))


def test_every_vector_has_its_own_mean_and_variance(attempt):
    """Two vectors far apart, of variance 1 and 13, are normalised one by one."""
    x = np.array([[111.0, 109, 111, 109], [-2, -4, 2, -8]])
    expected = np.array([[0.5, -0.5, 0.5, -0.5], [0.25, -0.25, 1.25, -1.25]])
    assert_close(attempt.layernorm_forward(x, np.ones(4), np.zeros(4), eps=3.0), expected)


def test_gamma_scales_and_beta_shifts_each_feature(attempt):
    """After normalising, every feature is multiplied by its own gamma, then its own beta is added."""
    x = np.array([[11.0, 9, 11, 9], [-2, -4, 2, -8]])
    gamma, beta = np.array([1.0, -2, 4, 0]), np.array([0.0, 1, -3, 10])
    expected = np.array([[0.5, 2, -1, 10], [0.25, 1.5, 2, 10]])
    assert_close(attempt.layernorm_forward(x, gamma, beta, eps=3.0), expected)


def test_as_many_vectors_as_features(attempt):
    """With as many vectors as features, statistics over the wrong axis have the right shape."""
    x = np.array([[1.0, -1, 3, -3], [0, 20, 10, 10], [-16, -16, -20, -12], [2, 8, 8, 2]])
    std = np.array([[3.0], [np.sqrt(54)], [np.sqrt(12)], [np.sqrt(13)]])  # variances 5, 50, 8, 9, and eps 4
    centred = np.array([[1.0, -1, 3, -3], [-10, 10, 0, 0], [0, 0, -4, 4], [-3, 3, 3, -3]])
    gamma, beta = np.array([1.0, 2, 3, 4]), np.array([0.5, -1, 2, 0])
    assert_close(attempt.layernorm_forward(x, gamma, beta, eps=4.0), centred / std * gamma + beta)


def test_a_single_vector_without_leading_axes(attempt):
    """A vector of shape (D,) is normalised, too, and keeps its shape."""
    gamma, beta = np.array([1.0, 1, 2, 4]), np.array([0.0, 0, 0, 5])
    result = attempt.layernorm_forward(np.array([-2.0, -4, 2, -8]), gamma, beta, eps=3.0)
    assert_close(result, np.array([0.25, -0.25, 2.5, 0]))


def test_only_the_last_axis_is_averaged(attempt):
    """In a batch of sequences every position is normalised by itself, over its features alone."""
    x = np.array([[[4.0, 6], [104, 106]], [[-3, 3], [50, 50]]])  # variances 1, 1, 9, 0
    big = 3 / np.sqrt(12)
    expected = np.array([[[-0.5, 0.5], [-0.5, 0.5]], [[-big, big], [0, 0]]])
    assert_close(attempt.layernorm_forward(x, np.ones(2), np.zeros(2), eps=3.0), expected)


def test_eps_counts_where_the_variance_is_tiny(attempt):
    """With a variance of 1e-5, the default eps, the result has variance 1/2: eps goes inside the root."""
    x = np.sqrt(1e-5) * np.array([[-1.0, 1], [1, -1]])
    expected = np.sqrt(0.5) * np.array([[-1.0, 1], [1, -1]])
    assert_close(attempt.layernorm_forward(x, np.ones(2), np.zeros(2)), expected)


@pytest.mark.parametrize("eps", [1e-2, 1e-8])
def test_eps_may_be_given(attempt, reference, eps):
    """Another eps than the default is taken where it is given, by position or by name."""
    x = np.array([[1e-3, -2e-3, 4e-3], [0.5, 0.25, -0.5]])
    gamma, beta = np.array([1.5, 0.5, -1]), np.array([0.0, 1, 2])
    expected = reference.layernorm_forward(x, gamma, beta, eps)
    assert_close(attempt.layernorm_forward(x, gamma, beta, eps), expected)
    assert_close(attempt.layernorm_forward(x, gamma, beta, eps=eps), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_features_that_are_all_alike(attempt, dtype):
    """A vector of variance 0 becomes beta, whatever its value; nothing is NaN."""
    x = np.array([[0, 0, 0, 0], [7, 7, 7, 7], [-3, -3, -3, -3]], dtype)
    gamma, beta = np.array([1, 2, -3, 0], dtype), np.array([5, 0, -1, 2], dtype)
    assert_close(attempt.layernorm_forward(x, gamma, beta), np.tile(beta, (3, 1)))


def test_a_single_feature(attempt):
    """One feature is its own mean: the result is beta."""
    result = attempt.layernorm_forward(np.array([[3.0], [-8.0]]), np.array([2.0]), np.array([0.25]))
    assert_close(result, np.array([[0.25], [0.25]]))


def test_a_mean_a_million_times_the_spread(attempt):
    """Subtract the mean before you square: the mean of squares less the squared mean loses its digits."""
    # These deviations sum to 0 and lose no bit when the mean is added, so what is expected is known to every
    # digit. Sums of a few numbers of the mean's size cost up to 1e-9 of the spread. Where the spread is 1,
    # each square lies 4e-5 to 7e-5 above a multiple of 2^-10, to which it is rounded: in whichever order such
    # squares are summed, their mean less the squared mean misses the variance by about 5e-5.
    spread = np.array([[-1.57, 0.417, 1.57, -0.417], [0.583, -1.555, -0.583, 1.555]])
    spread = np.round(spread * 2**20) / 2**20
    mean = np.array([[1e6], [-1e6]])
    gamma, beta = np.array([1.5, -0.5, 1, 2]), np.array([10.0, 20, 30, 40])
    for scale in (1.0, 2.0**10):
        deviation = spread * scale
        std = np.sqrt((deviation**2).mean(axis=1, keepdims=True) + 1e-5)
        result = attempt.layernorm_forward(deviation + mean * scale, gamma, 0 * beta)
        assert_close(result, gamma * deviation / std, rtol=1e-6)
        result = attempt.layernorm_forward(deviation - mean * scale, gamma, beta)
        assert_close(result, gamma * deviation / std + beta, rtol=1e-7)


SHAPES = [(5,), (1, 3), (3, 2), (7, 7), (2, 5, 4), (4, 1, 6), (2, 3, 3, 5), (12, 40)]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: "x".join(map(str, shape)))
def test_random_inputs(attempt, reference, rng, shape):
    """Agrees with the reference on random inputs, with any number of leading axes."""
    x, gamma, beta = random_input(rng, shape)
    expected = reference.layernorm_forward(x, gamma, beta)
    assert_close(attempt.layernorm_forward(x, gamma, beta), expected)


def test_random_inputs_in_float32(attempt, reference, rng):
    """Agrees with the reference in float32."""
    x, gamma, beta = (array.astype(np.float32) for array in random_input(rng, (4, 3, 24)))
    expected = reference.layernorm_forward(x, gamma, beta)
    assert_close(attempt.layernorm_forward(x, gamma, beta), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous."""
    x, gamma, beta = random_input(rng, (3, 2, 5))
    expected = reference.layernorm_forward(x, gamma, beta)
    assert_close(attempt.layernorm_forward(strided(x), strided(gamma), strided(beta)), expected)


def random_input(rng, shape):
    """Return x, gamma and beta; no vector of x is nearly constant, or far from 0 for its spread."""
    *leading, d = shape
    row = np.linspace(-1, 1, d) + rng.uniform(-0.4, 0.4, shape) / d
    x = rng.permuted(row, axis=-1) * rng.uniform(1, 2, (*leading, 1)) + rng.uniform(-3, 3, (*leading, 1))
    return x, rng.uniform(0.5, 2, d) * rng.choice([-1, 1], d), rng.standard_normal(d)


def runtime(attempt, rng):
    """Normalise 200 vectors of 600 features."""
    x, gamma, beta = random_input(rng, (200, 600))
    return lambda: attempt.layernorm_forward(x, gamma, beta)
