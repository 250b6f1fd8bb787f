import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_a_small_error(attempt):
    """An error of 1/2 is on the quadratic piece and costs 1/8."""
    assert_close(attempt.smooth_l1(np.array([2.5]), np.array([2.0])), 0.125)


def test_a_large_error(attempt):
    """An error of 3 is on the linear piece and costs 3 - 1/2."""
    assert_close(attempt.smooth_l1(np.array([5.0]), np.array([2.0])), 2.5)


def test_errors_of_either_sign(attempt):
    """Only the size of an error counts, not whether the prediction is above or below its target."""
    assert_close(attempt.smooth_l1(np.array([2.0]), np.array([2.5])), 0.125)
    assert_close(attempt.smooth_l1(np.array([2.0]), np.array([5.0])), 2.5)


def test_no_error(attempt):
    """A prediction that is right costs nothing."""
    assert_close(attempt.smooth_l1(np.array([3.0, -1.5]), np.array([3.0, -1.5])), 0.0)


def test_the_mean_over_every_element(attempt):
    """Errors of 0.5, 1, 2 and 0, 4, 0.25 cost 1/8, 1/2, 3/2 and 0, 7/2, 1/32; both axes are averaged."""
    pred = np.array([[0.5, 1, -2], [7, 4, 0.75]])
    target = np.array([[0.0, 2, 0], [7, 8, 1]])
    assert_close(attempt.smooth_l1(pred, target), (1 / 8 + 1 / 2 + 3 / 2 + 7 / 2 + 1 / 32) / 6)


@pytest.mark.parametrize(
    ("beta", "small", "large"), [(0.25, 0.03125, 1.875), (2.0, 0.00390625, 1.0), (0.5, 1 / 64, 1.75)]
)
def test_beta_may_be_given(attempt, beta, small, large):
    """Errors of 1/8 and 2 are judged by the beta that is given, by position or by name."""
    pred, target = np.array([1.125]), np.array([1.0])
    assert_close(attempt.smooth_l1(pred, target, beta), small)
    assert_close(attempt.smooth_l1(pred, target, beta=beta), small)
    assert_close(attempt.smooth_l1(np.array([-1.0]), target, beta), large)


def test_a_large_beta(attempt):
    """With beta 10 an error of 4 is still small: it costs 16/20."""
    assert_close(attempt.smooth_l1(np.array([3.0, -1.0]), np.array([7.0, -5.0]), 10.0), 0.8)


@pytest.mark.parametrize("beta", [0.25, 1.0, 8.0])
def test_an_error_of_exactly_beta(attempt, beta):
    """Where the pieces meet, both say half of beta."""
    target = np.array([2.0, 2.0])
    assert_close(attempt.smooth_l1(target + np.array([beta, -beta]), target, beta), beta / 2)


@pytest.mark.parametrize("beta", [0.25, 4.0])
def test_errors_on_either_side_of_beta(attempt, beta):
    """A hair below beta and a hair above it, the loss is nearly the same: the pieces meet."""
    hair = beta / 1024
    below, above = (beta - hair) ** 2 / (2 * beta), beta / 2 + hair
    zero = np.zeros(1)
    assert_close(attempt.smooth_l1(np.array([beta - hair]), zero, beta), below)
    assert_close(attempt.smooth_l1(np.array([beta + hair]), zero, beta), above)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_beta_zero(attempt, dtype):
    """With beta 0 it is the L1 loss: errors of 0.5, 3 and 0.125 cost just that."""
    pred, target = np.array([0.5, -1, 2], dtype), np.array([0, 2, 2.125], dtype)
    assert_close(attempt.smooth_l1(pred, target, 0.0), 3.625 / 3)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_beta_zero_and_no_error(attempt, dtype):
    """With beta 0 an error of 0 costs 0; nothing is divided by beta, and nothing is NaN."""
    pred, target = np.array([[4.0, 1], [-3, 2]], dtype), np.array([[4.0, 1], [-3, 5]], dtype)
    assert_close(attempt.smooth_l1(pred, target, 0.0), 0.75)
    assert_close(attempt.smooth_l1(pred[:1], target[:1], 0), 0.0)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_an_outlier(attempt, dtype):
    """An error of 1e6 costs 1e6 - 1/2, which its square would exceed by far."""
    pred, target = np.array([1e6, 0.0], dtype), np.array([0.0, 0.5], dtype)
    assert_close(attempt.smooth_l1(pred, target), (1e6 - 0.5 + 0.125) / 2)


@pytest.mark.parametrize("beta", [0.1, 1.0, 1.7])
@pytest.mark.parametrize("shape", [(1,), (7,), (4, 3), (5, 4, 2), (2, 1, 3, 4)])
def test_random_errors(attempt, reference, rng, shape, beta):
    """Agrees with the reference on random predictions of any shape."""
    pred, target = random_batch(rng, shape)
    assert_close(attempt.smooth_l1(pred, target, beta), reference.smooth_l1(pred, target, beta))


@pytest.mark.parametrize("beta", [0.0, 0.3, 1.0])
def test_random_errors_in_float32(attempt, reference, rng, beta):
    """Agrees with the reference in float32."""
    pred, target = (array.astype(np.float32) for array in random_batch(rng, (30, 4)))
    expected = reference.smooth_l1(pred.astype(np.float64), target.astype(np.float64), beta)
    assert_close(attempt.smooth_l1(pred, target, beta), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as the centres among a detector's outputs."""
    pred, target = random_batch(rng, (9, 4))
    expected = reference.smooth_l1(pred, target)
    assert_close(attempt.smooth_l1(strided(pred), strided(target)), expected)


def random_batch(rng, shape):
    """Return predictions and targets whose errors, between 0.05 and 3, fall on both pieces."""
    target = 2 * rng.standard_normal(shape)
    return target + rng.choice([-1, 1], shape) * rng.uniform(0.05, 3, shape), target


def runtime(attempt, rng):
    """Judge the four offsets of 30,000 anchors."""
    pred, target = random_batch(rng, (30_000, 4))
    return lambda: attempt.smooth_l1(pred, target, 0.5)
