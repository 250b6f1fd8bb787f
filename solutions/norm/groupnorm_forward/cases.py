import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_two_groups_worked_by_hand(attempt):
    """Four channels in two groups of variance 1 and 13; with eps 3 the roots are 2 and 4."""
    x = images([11.0, 9, 11, 9, -2, -4, 2, -8], 1, 4, 1, 2)
    expected = images([0.5, -0.5, 0.5, -0.5, 0.25, -0.25, 1.25, -1.25], 1, 4, 1, 2)
    assert_close(attempt.groupnorm_forward(x, 2, np.ones(4), np.zeros(4), 3.0), expected)


def test_a_group_is_made_of_neighbouring_channels(attempt):
    """Of four channels the first two are a group and the last two another; 0, 2 and 1, 3 are not."""
    x = images([101.0, 99, -1, 1], 1, 4, 1, 1)
    expected = images([0.5, -0.5, -0.5, 0.5], 1, 4, 1, 1)
    assert_close(attempt.groupnorm_forward(x, 2, np.ones(4), np.zeros(4), 3.0), expected)


def test_gamma_and_beta_belong_to_channels(attempt):
    """Channels of one group share mean and variance, but each has its own gamma and beta."""
    x = images([11.0, 9, 11, 9, -2, -4, 2, -8], 1, 4, 1, 2)
    gamma, beta = np.array([1.0, -2, 4, 0]), np.array([0.0, 1, 2, 3])
    expected = images([0.5, -0.5, 0, 2, 3, 1, 3, 3], 1, 4, 1, 2)
    assert_close(attempt.groupnorm_forward(x, 2, gamma, beta, eps=3.0), expected)


def test_every_image_is_normalised_by_itself(attempt):
    """No image sees another: two images far apart are each normalised by their own groups."""
    x = images([4.0, 6, 106, 104, -1, 1, 52, 50], 2, 2, 2, 1)
    expected = images([-0.5, 0.5, 0.5, -0.5, -0.5, 0.5, 0.5, -0.5], 2, 2, 2, 1)
    assert_close(attempt.groupnorm_forward(x, 2, np.ones(2), np.zeros(2), 3.0), expected)


def test_one_group_takes_all_channels_together(attempt):
    """With one group, an image has a single mean and variance, over channels, rows and columns."""
    x = images([-2.0, -4, 2, -8], 1, 2, 1, 2)
    expected = images([0.25, -0.25, 1.25, -1.25], 1, 2, 1, 2)
    assert_close(attempt.groupnorm_forward(x, 1, np.ones(2), np.zeros(2), 3.0), expected)


def test_as_many_groups_as_channels(attempt):
    """With C groups every channel is normalised alone, over its rows and columns."""
    x = images([11.0, 9, 11, 9, -2, -4, 2, -8, 0, 0, 0, 0], 1, 3, 2, 2)
    expected = images([0.5, -0.5, 0.5, -0.5, 0.25, -0.25, 1.25, -1.25, 1, 1, 1, 1], 1, 3, 2, 2)
    assert_close(attempt.groupnorm_forward(x, 3, np.ones(3), np.array([0.0, 0, 1]), 3.0), expected)


def test_the_number_of_groups_is_not_their_size(attempt):
    """Six channels in two groups are three and three; in three groups, two, two and two."""
    x = images([4.0, 6, 5, 0, 0, 3], 1, 6, 1, 1)
    third = 1 / np.sqrt(2 / 3 + 3)  # variance 2/3, then 2
    expected = images([-third, third, 0, -1 / np.sqrt(5), -1 / np.sqrt(5), 2 / np.sqrt(5)], 1, 6, 1, 1)
    assert_close(attempt.groupnorm_forward(x, 2, np.ones(6), np.zeros(6), 3.0), expected)
    pair = 2.5 / np.sqrt(9.25), 1.5 / np.sqrt(5.25)  # variances 1, 6.25 and 2.25
    expected = images([-0.5, 0.5, pair[0], -pair[0], -pair[1], pair[1]], 1, 6, 1, 1)
    assert_close(attempt.groupnorm_forward(x, 3, np.ones(6), np.zeros(6), 3.0), expected)


def test_eps_counts_where_the_variance_is_tiny(attempt):
    """With a variance of 1e-5, the default eps, the result has variance 1/2: eps goes inside the root."""
    x = images(np.sqrt(1e-5) * np.array([-1.0, 1, 1, -1]), 1, 2, 2, 1)
    expected = images(np.sqrt(0.5) * np.array([-1.0, 1, 1, -1]), 1, 2, 2, 1)
    assert_close(attempt.groupnorm_forward(x, 1, np.ones(2), np.zeros(2)), expected)


@pytest.mark.parametrize("eps", [1e-2, 1e-8])
def test_eps_may_be_given(attempt, reference, eps):
    """Another eps than the default is taken where it is given, by position or by name."""
    x = images([1e-3, -2e-3, 4e-3, 0.5, 0.25, -0.5, 2e-3, 0], 2, 2, 1, 2)
    gamma, beta = np.array([1.5, 0.5]), np.array([0.0, -1])
    expected = reference.groupnorm_forward(x, 2, gamma, beta, eps)
    assert_close(attempt.groupnorm_forward(x, 2, gamma, beta, eps), expected)
    assert_close(attempt.groupnorm_forward(x, num_groups=2, gamma=gamma, beta=beta, eps=eps), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_group_whose_values_are_all_alike(attempt, dtype):
    """A group of variance 0 becomes the betas of its channels, whatever its value; nothing is NaN."""
    x = images([0, 0, 0, 0, 7, 7, 7, 7], 1, 4, 1, 2).astype(dtype)
    gamma, beta = np.array([1, 2, -3, 0], dtype), np.array([5, 0, -1, 2], dtype)
    expected = images([5, 5, 0, 0, -1, -1, 2, 2], 1, 4, 1, 2).astype(dtype)
    assert_close(attempt.groupnorm_forward(x, 2, gamma, beta), expected)


def test_a_group_of_a_single_value(attempt):
    """A group of one channel and one position is its own mean: the result is beta."""
    result = attempt.groupnorm_forward(images([3.0, -8], 1, 2, 1, 1), 2, np.ones(2), np.array([0.25, 4]))
    assert_close(result, images([0.25, 4], 1, 2, 1, 1))


def test_sizes_that_are_all_alike(attempt, reference):
    """With N = C = H = W, statistics over wrong axes have the right shape."""
    x = images((np.arange(256.0) * 37) % 101, 4, 4, 4, 4)
    gamma, beta = np.array([1.0, -2, 3, 0.5]), np.array([0.0, 1, -1, 2])
    for num_groups in (1, 2, 4):
        expected = reference.groupnorm_forward(x, num_groups, gamma, beta)
        assert_close(attempt.groupnorm_forward(x, num_groups, gamma, beta), expected)


def test_a_mean_a_million_times_the_spread(attempt):
    """Subtract the mean before you square: the mean of squares less the squared mean loses its digits."""
    # These deviations sum to 0 and lose no bit when the mean is added, so what is expected is known to every
    # digit. Sums of a few numbers of the mean's size cost up to 1e-9 of the spread. Where the spread is 1,
    # each square lies 4e-5 to 7e-5 above a multiple of 2^-10, to which it is rounded: in whichever order such
    # squares are summed, their mean less the squared mean misses the variance by about 5e-5.
    spread = np.array([[-1.57, 0.417, 1.57, -0.417], [0.583, -1.555, -0.583, 1.555]])
    spread = np.round(spread * 2**20) / 2**20
    mean = np.array([[1e6], [-1e6]])
    gamma = np.array([1.5, 1.5, -0.5, -0.5])
    for scale in (1.0, 2.0**10):
        deviation = spread * scale
        xhat = deviation / np.sqrt((deviation**2).mean(axis=1, keepdims=True) + 1e-5)
        expected = images(xhat * np.array([[1.5], [-0.5]]), 1, 4, 2, 1)
        x = images(deviation + mean * scale, 1, 4, 2, 1)
        assert_close(attempt.groupnorm_forward(x, 2, gamma, np.zeros(4)), expected, rtol=1e-6)


SIZES = [((1, 6, 2, 3), 2), ((3, 4, 1, 5), 2), ((2, 6, 4, 3), 3), ((2, 5, 3, 2), 1), ((3, 4, 2, 3), 4)]


@pytest.mark.parametrize(("shape", "num_groups"), SIZES, ids=lambda value: str(value).replace(", ", "x"))
def test_random_images(attempt, reference, rng, shape, num_groups):
    """Agrees with the reference on random batches of images."""
    x, gamma, beta = random_input(rng, shape, num_groups)
    expected = reference.groupnorm_forward(x, num_groups, gamma, beta)
    assert_close(attempt.groupnorm_forward(x, num_groups, gamma, beta), expected)


def test_random_images_in_float32(attempt, reference, rng):
    """Agrees with the reference in float32."""
    x, gamma, beta = (array.astype(np.float32) for array in random_input(rng, (2, 6, 4, 5), 3))
    expected = reference.groupnorm_forward(x, 3, gamma, beta)
    assert_close(attempt.groupnorm_forward(x, 3, gamma, beta), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous."""
    x, gamma, beta = random_input(rng, (2, 4, 3, 2), 2)
    expected = reference.groupnorm_forward(x, 2, gamma, beta)
    assert_close(attempt.groupnorm_forward(strided(x), 2, strided(gamma), strided(beta)), expected)
    assert_close(attempt.groupnorm_forward(np.asfortranarray(x), 2, gamma, beta), expected)


def images(values, *shape):
    return np.array(values).reshape(shape)


def random_input(rng, shape, num_groups):
    """Return x, gamma and beta; no group of x is nearly constant, or far from 0 for its spread."""
    n, c, height, width = shape
    count = c // num_groups * height * width
    values = np.linspace(-1, 1, count) + rng.uniform(-0.4, 0.4, (n, num_groups, count)) / count
    values = rng.permuted(values, axis=2) * rng.uniform(1, 2, (n, num_groups, 1))
    x = (values + rng.uniform(-3, 3, (n, num_groups, 1))).reshape(shape)
    return x, rng.uniform(0.5, 2, c) * rng.choice([-1, 1], c), rng.standard_normal(c)


def runtime(attempt, rng):
    """Normalise 8 images of 32 channels and 20 x 20 pixels in 8 groups."""
    x, gamma, beta = random_input(rng, (8, 32, 20, 20), 8)
    return lambda: attempt.groupnorm_forward(x, 8, gamma, beta)
