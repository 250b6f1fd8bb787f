import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_channel_worked_by_hand(attempt):
    """Mean 5 and biased variance 1, so with eps 3 the root is 2; the averages move a tenth of the way."""
    x = np.array([[4.0], [6.0]])
    # running_mean: 0.9 * 1 + 0.1 * 5; running_var: 0.9 * 3 + 0.1 * 2, as the unbiased variance is 2
    expected = np.array([[-0.5], [0.5]]), np.array([1.4]), np.array([2.9])
    one, zero = np.ones(1), np.zeros(1)
    assert_close(attempt.batchnorm_forward(x, one, zero, one, 3 * one, True, eps=3.0), expected)


def test_evaluation_uses_the_running_averages(attempt):
    """In evaluation the stored mean and variance normalise the batch, and are returned as they came."""
    x = np.array([[4.0, 0], [6, 10], [1, -2]])
    mean, var = np.array([2.0, 4.0]), np.array([1.0, 6.0])  # with eps 3 the roots are 2 and 3
    gamma, beta = np.array([1.0, 3.0]), np.array([0.0, 1.0])
    expected = np.array([[1.0, -3], [2, 7], [-0.5, -5]]), mean.copy(), var.copy()
    assert_close(attempt.batchnorm_forward(x, gamma, beta, mean, var, False, eps=3.0), expected)


def test_every_channel_has_its_own_statistics_and_scale(attempt):
    """Mean, variance, gamma, beta and both averages belong to a channel, the second axis of x."""
    x = np.array([[111.0, -2], [109, -4], [111, 2], [109, -8]])  # biased variances 1 and 13
    gamma, beta = np.array([2.0, -4.0]), np.array([0.0, 1.0])
    mean, var = np.array([10.0, 1.0]), np.array([2.0, 4.0])
    out = np.array([[1.0, 0], [-1, 2], [1, -4], [-1, 6]])
    expected = out, np.array([20.0, 0.6]), np.array([1.8 + 4 / 30, 3.6 + 52 / 30])
    assert_close(attempt.batchnorm_forward(x, gamma, beta, mean, var, True, eps=3.0), expected)


def test_a_channel_is_averaged_over_the_batch_and_all_positions(attempt):
    """Of images, a channel has one mean and one variance, over the batch, the rows and the columns."""
    x = np.array([[[[11.0, 9]], [[-2, -4]]], [[[11, 9]], [[2, -8]]]])  # (2, 2, 1, 2), variances 1 and 13
    out = np.array([[[[0.5, -0.5]], [[0.25, -0.25]]], [[[0.5, -0.5]], [[1.25, -1.25]]]])
    expected = out, np.array([1.0, -0.3]), np.array([0.9 + 4 / 30, 0.9 + 52 / 30])
    one, zero = np.ones(2), np.zeros(2)
    assert_close(attempt.batchnorm_forward(x, one, zero, zero, one, True, eps=3.0), expected)


def test_a_batch_of_one_image(attempt):
    """One image is enough in training, as long as a channel has several positions."""
    x = np.array([[[11.0, 9, 11, 9], [-2, -4, 2, -8], [0, 0, 0, 0]]])  # (1, 3, 4)
    out = np.array([[[0.5, -0.5, 0.5, -0.5], [0.25, -0.25, 1.25, -1.25], [0, 0, 0, 0]]])
    expected = out, np.array([1.0, -0.3, 0]), np.array([4 / 30, 52 / 30, 0])
    one, zero = np.ones(3), np.zeros(3)
    assert_close(attempt.batchnorm_forward(x, one, zero, zero, zero, True, eps=3.0), expected)


@pytest.mark.parametrize("momentum", [0.0, 0.25, 1.0])
def test_momentum_weighs_the_batch(attempt, momentum):
    """With momentum 1 the averages are those of the batch, with momentum 0 they stay; out is the same."""
    x = np.array([[4.0], [6.0]])
    mean, var = np.array([1.0]), np.array([10.0])
    out, new = np.array([[0.5], [2.5]]), (np.array([1 + 4 * momentum]), np.array([10 - 8 * momentum]))
    gamma, beta = np.array([2.0]), np.array([1.5])
    assert_close(attempt.batchnorm_forward(x, gamma, beta, mean, var, True, momentum, 3.0), (out, *new))
    assert_close(
        attempt.batchnorm_forward(x, gamma, beta, mean, var, training=True, momentum=momentum, eps=3.0),
        (out, *new),
    )


def test_an_example_is_evaluated_by_itself(attempt):
    """In evaluation an example's result does not depend on the batch; it may come alone."""
    mean, var = np.array([1.0, -3.0]), np.array([1.0, 13.0])
    one, zero = np.ones(2), np.zeros(2)
    result = attempt.batchnorm_forward(np.array([[4.0, 1.0]]), one, zero, mean, var, False, 0.5, 3.0)
    assert_close(result, (np.array([[1.5, 1.0]]), mean.copy(), var.copy()))


def test_images_are_evaluated_channel_by_channel(attempt):
    """In evaluation, too, every position of a channel shares its statistics."""
    x = np.array([[[[4.0, 0], [2, 2]], [[0, 10], [4, 1]]]])  # (1, 2, 2, 2)
    mean, var = np.array([2.0, 4.0]), np.array([1.0, 6.0])
    out = np.array([[[[2.0, 0], [1, 1]], [[-8, 12], [0, -6]]]])
    gamma, beta = np.array([1.0, 6.0]), np.array([1.0, 0.0])
    result = attempt.batchnorm_forward(x, gamma, beta, mean, var, False, eps=3.0)
    assert_close(result, (out, mean.copy(), var.copy()))


@pytest.mark.parametrize("training", [True, False])
def test_eps_counts_where_the_variance_is_tiny(attempt, training):
    """With a variance of 1e-5, the default eps, the result has variance 1/2: eps goes inside the root."""
    x = np.sqrt(1e-5) * np.array([[-1.0], [1.0], [-1.0], [1.0]])
    one, var = np.ones(1), np.array([1e-5])
    new_var = 0.9e-5 + 4e-6 / 3 if training else 1e-5
    expected = np.sqrt(0.5) * np.array([[-1.0], [1.0], [-1.0], [1.0]]), np.zeros(1), np.array([new_var])
    assert_close(attempt.batchnorm_forward(x, one, 0 * one, 0 * one, var, training), expected)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("eps", [1e-2, 1e-8])
def test_eps_may_be_given(attempt, reference, eps, training):
    """Another eps than the default is taken where it is given, by position or by name."""
    x = np.array([[1e-3, 0.5], [-2e-3, 0.25], [4e-3, -0.5]])
    arguments = x, *np.array([[1.5, -0.5], [0.0, 2.0], [1e-3, 0.1], [1e-5, 0.2]]), training
    expected = reference.batchnorm_forward(*arguments, 0.1, eps)
    assert_close(attempt.batchnorm_forward(*arguments, 0.1, eps), expected)
    assert_close(attempt.batchnorm_forward(*arguments, eps=eps), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_constant_channel(attempt, dtype):
    """A channel of variance 0 becomes beta, whatever its value; nothing is NaN."""
    x = np.array([[0, 3, 8], [0, 3, 8]], dtype)
    gamma, beta = np.array([1, -2, 0], dtype), np.array([5, -1, 2], dtype)
    mean, var = np.array([0, 1, 2], dtype), np.array([0, 1, 2], dtype)
    result = attempt.batchnorm_forward(x, gamma, beta, mean, var, True, 0.5)
    assert_close(result, (np.tile(beta, (2, 1)), np.array([0, 2, 5], dtype), np.array([0, 0.5, 1], dtype)))


def test_a_running_variance_of_zero(attempt):
    """In evaluation a stored variance of 0 leaves the root of eps to divide by."""
    zero = np.zeros(1)
    expected = np.array([[1.0], [-2.0]]), zero, zero
    x = np.array([[1.0], [-2.0]])
    assert_close(attempt.batchnorm_forward(x, np.array([2.0]), zero, zero, zero, False, eps=4.0), expected)


def test_as_many_positions_as_channels(attempt):
    """The channels are the second axis, also where the last one is as long: (1, 2, 2) has two of them."""
    x = np.array([[[11.0, 9], [-7, -3]]])
    gamma, beta = np.array([2.0, 5.0]), np.array([0.0, 1.0])
    mean, var = np.array([10.0, -5.0]), np.array([1.0, 6.0])
    out = np.array([[[1.0, -1], [1 - 10 / np.sqrt(7), 1 + 10 / np.sqrt(7)]]])
    expected = out, mean.copy(), np.array([1.5, 7.0])
    assert_close(attempt.batchnorm_forward(x, gamma, beta, mean, var, True, 0.5, 3.0), expected)
    out = np.array([[[1.0, -1], [1 - 10 / 3, 1 + 10 / 3]]])
    expected = out, mean.copy(), var.copy()
    assert_close(attempt.batchnorm_forward(x, gamma, beta, mean, var, False, 0.5, 3.0), expected)


def test_as_many_examples_as_channels(attempt, reference):
    """With N = C, statistics over the wrong axis have the right shape; they run over the batch."""
    x = np.array([[1.0, 20, 3], [4, -5, 60], [70, 8, 9]])
    rest = np.array([[1.0, -2, 3], [0.5, 0, 1], [2, 3, 5], [1, 4, 9]])
    for training in (True, False):
        expected = reference.batchnorm_forward(x, *rest, training)
        assert_close(attempt.batchnorm_forward(x, *rest, training), expected)


def test_a_mean_a_million_times_the_spread(attempt):
    """Subtract the mean before you square: the mean of squares less the squared mean loses its digits."""
    # These deviations sum to 0 and lose no bit when the mean is added, so what is expected is known to every
    # digit. Sums of a few numbers of the mean's size cost up to 1e-9 of the spread. Where the spread is 1,
    # each square lies 4e-5 to 7e-5 above a multiple of 2^-10, to which it is rounded: in whichever order such
    # squares are summed, their mean less the squared mean misses the variance by about 5e-5.
    spread = np.array([[-1.57, 0.583], [0.417, -1.555], [1.57, -0.583], [-0.417, 1.555]])
    spread = np.round(spread * 2**20) / 2**20
    mean = np.array([1e6, -1e6])
    gamma, beta = np.array([1.5, -0.5]), np.array([0.0, 10.0])
    for scale in (1.0, 2.0**10):
        deviation = spread * scale
        squares = (deviation**2).sum(axis=0)
        out = gamma * deviation / np.sqrt(squares / 4 + 1e-5) + beta
        x = deviation + mean * scale
        result = attempt.batchnorm_forward(x, gamma, beta, np.zeros(2), np.zeros(2), True, 0.25)
        assert_close(result, (out, 0.25 * mean * scale, 0.25 * squares / 3), rtol=1e-6)


SHAPES = [(2, 3), (5, 1), (6, 6), (7, 4), (3, 2, 5), (1, 3, 6), (2, 3, 4, 5), (4, 4, 4, 4), (2, 3, 2, 2, 3)]


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: "x".join(map(str, shape)))
def test_random_batches(attempt, reference, rng, shape, training):
    """Agrees with the reference on random batches, with any number of axes of positions."""
    arguments = random_batch(rng, shape)
    expected = reference.batchnorm_forward(*arguments, training)
    assert_close(attempt.batchnorm_forward(*arguments, training), expected)


@pytest.mark.parametrize("training", [True, False])
def test_random_batches_in_float32(attempt, reference, rng, training):
    """Agrees with the reference in float32."""
    arguments = [array.astype(np.float32) for array in random_batch(rng, (4, 3, 5, 6))]
    expected = reference.batchnorm_forward(*arguments, training, 0.3)
    assert_close(attempt.batchnorm_forward(*arguments, training, 0.3), expected)


@pytest.mark.parametrize("training", [True, False])
def test_strided_views(attempt, reference, rng, training):
    """Works on views whose memory is not contiguous."""
    arguments = random_batch(rng, (3, 2, 3, 2))
    expected = reference.batchnorm_forward(*arguments, training)
    assert_close(attempt.batchnorm_forward(*map(strided, arguments), training), expected)


def random_batch(rng, shape):
    """Return x, gamma, beta and the averages; no channel is nearly constant, or far from 0 for its spread."""
    n, c, *positions = shape
    count = n * int(np.prod(positions))
    values = np.linspace(-1, 1, count) + rng.uniform(-0.4, 0.4, (c, count)) / count
    values = rng.permuted(values, axis=1) * rng.uniform(1, 2, (c, 1)) + rng.uniform(-3, 3, (c, 1))
    x = np.ascontiguousarray(np.swapaxes(values.reshape(c, n, *positions), 0, 1))
    gamma = rng.uniform(0.5, 2, c) * rng.choice([-1, 1], c)
    return x, gamma, rng.standard_normal(c), rng.uniform(-3, 3, c), rng.uniform(0.5, 2, c)


def runtime(attempt, rng):
    """Normalise a batch of 16 images of 32 channels and 20 x 20 pixels, in training."""
    arguments = random_batch(rng, (16, 32, 20, 20))
    return lambda: attempt.batchnorm_forward(*arguments, True)
