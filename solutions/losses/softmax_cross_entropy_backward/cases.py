import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


@pytest.mark.parametrize(("target", "expected"), [(0, [-0.75, 0.75]), (1, [0.25, -0.25])])
def test_one_sample_of_two_classes(attempt, target, expected):
    """Probabilities 1/4 and 3/4: the true class is pushed up by what it lacks, the other down."""
    logits = np.array([[0.0, np.log(3.0)]])
    result = attempt.softmax_cross_entropy_backward(logits, np.array([target]))
    assert_close(result, np.array([expected]))


def test_the_wrong_classes_have_a_gradient_too(attempt):
    """Probabilities 1/10, 2/10, 3/10, 4/10: every wrong class gets its probability."""
    logits = np.log(np.array([[1.0, 2, 3, 4]]))
    result = attempt.softmax_cross_entropy_backward(logits, np.array([2]))
    assert_close(result, np.array([[0.1, 0.2, -0.7, 0.4]]))


def test_the_mean_over_samples(attempt):
    """The loss is a mean over the samples, so each of two samples counts half."""
    logits = np.log(np.array([[1.0, 3.0], [1.0, 1.0]]))
    result = attempt.softmax_cross_entropy_backward(logits, np.array([0, 1]))
    assert_close(result, np.array([[-0.375, 0.375], [0.25, -0.25]]))


def test_more_classes_than_samples(attempt):
    """Only the samples are averaged, not the classes: 1/8, 1/8, 1/8, 5/8; 4/7, 1/7, 1/7, 1/7."""
    logits = np.log(np.array([[1.0, 1, 1, 5], [4, 1, 1, 1]]))
    result = attempt.softmax_cross_entropy_backward(logits, np.array([3, 1]))
    expected = np.array([[1 / 8, 1 / 8, 1 / 8, -3 / 8], [4 / 7, -6 / 7, 1 / 7, 1 / 7]]) / 2
    assert_close(result, expected)


def test_as_many_samples_as_classes(attempt):
    """Softmax runs over the classes of a sample, the mean over samples, also where both are three."""
    logits = np.log(np.array([[1.0, 2, 1], [6, 1, 1], [2, 2, 6]]))
    result = attempt.softmax_cross_entropy_backward(logits, np.array([2, 0, 1]))
    expected = np.array([[0.25, 0.5, -0.75], [-0.25, 0.125, 0.125], [0.2, -0.8, 0.6]]) / 3
    assert_close(result, expected)


def test_samples_of_one_class(attempt):
    """Samples that share their true class leave each other alone."""
    logits = np.log(np.array([[1.0, 1, 2], [2, 1, 1], [1, 2, 1], [1, 1, 2]]))
    result = attempt.softmax_cross_entropy_backward(logits, np.array([0, 0, 0, 0]))
    expected = np.array([[-3.0, 1, 2], [-2, 1, 1], [-3, 2, 1], [-3, 1, 2]]) / 16
    assert_close(result, expected)


def test_a_constant_added_to_a_row(attempt):
    """Adding a number to all logits of one sample changes nothing."""
    logits = np.log(np.array([[1.0, 3.0], [1.0, 1.0]])) + np.array([[40.0], [-30.0]])
    result = attempt.softmax_cross_entropy_backward(logits, np.array([0, 1]))
    assert_close(result, np.array([[-0.375, 0.375], [0.25, -0.25]]))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_sure_and_right(attempt, dtype):
    """A sample whose true class leads by far has no gradient."""
    logits = np.array([[1e4, 0, -1e4], [-1e4, 0, 1e4]], dtype)
    result = attempt.softmax_cross_entropy_backward(logits, np.array([0, 2]))
    assert_close(result, np.zeros((2, 3)))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_sure_and_wrong(attempt, dtype):
    """Where the true class has no chance, its gradient is -1 and that of the favourite 1, both finite."""
    logits = np.array([[1e4, 0, -1e4], [-1e4, 0, 1e4]], dtype)
    result = attempt.softmax_cross_entropy_backward(logits, np.array([2, 1]))
    assert_close(result, np.array([[1.0, 0, -1], [0, -1, 1]]) / 2)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_all_logits_far_below_zero(attempt, dtype):
    """Where all exponentials underflow, equal logits still share the probability evenly."""
    logits = np.full((1, 4), -1e4, dtype)
    result = attempt.softmax_cross_entropy_backward(logits, np.array([3]))
    assert_close(result, np.array([[0.25, 0.25, 0.25, -0.75]]), atol=rounding_at_1e4(logits, result))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_samples_on_different_levels(attempt, dtype):
    """Each sample needs a shift of its own: one at +1e4 must not push another at -1e4 to zero."""
    logits = np.array([[10_001.0, 10_000.0], [-10_000.0, -10_001.0], [0.5, -0.5]], dtype)
    result = attempt.softmax_cross_entropy_backward(logits, np.array([0, 1, 1]))
    low, high = 1 / (1 + np.e), np.e / (1 + np.e)
    expected = np.array([[-low, low], [high, -high], [high, -high]]) / 3
    assert_close(result, expected, atol=rounding_at_1e4(logits, result) / 3)


def test_a_single_class(attempt):
    """With one class there is nothing to learn, whatever its logit."""
    result = attempt.softmax_cross_entropy_backward(np.array([[3.0], [-7.0], [0.0]]), np.array([0, 0, 0]))
    assert_close(result, np.zeros((3, 1)))


@pytest.mark.parametrize("dtype", [np.int32, np.int8, np.uint8])
def test_targets_of_any_integer_dtype(attempt, dtype):
    """The true classes may come in any integer dtype."""
    logits = np.log(np.array([[1.0, 2, 1], [2, 1, 1], [1, 1, 2], [1, 1, 2]]))
    result = attempt.softmax_cross_entropy_backward(logits, np.array([1, 0, 0, 2], dtype))
    assert_close(result, np.array([[1.0, -2, 1], [-2, 1, 1], [-3, 1, 2], [1, 1, -2]]) / 16)


@pytest.mark.parametrize("shape", [(1, 2), (5, 3), (3, 7), (4, 4), (40, 10), (2, 300)])
def test_random_logits(attempt, reference, rng, shape):
    """Agrees with the reference on random logits."""
    logits, targets = random_batch(rng, *shape)
    expected = reference.softmax_cross_entropy_backward(logits, targets)
    assert_close(attempt.softmax_cross_entropy_backward(logits, targets), expected)


def test_random_logits_in_float32(attempt, reference, rng):
    """Agrees with the reference on logits in float32."""
    logits, targets = random_batch(rng, 20, 12)
    logits = logits.astype(np.float32)
    expected = reference.softmax_cross_entropy_backward(logits.astype(np.float64), targets)
    assert_close(attempt.softmax_cross_entropy_backward(logits, targets), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_levels(attempt, reference, rng, dtype):
    """Agrees with the reference on samples that lie anywhere between -1e4 and 1e4."""
    logits, targets = random_batch(rng, 20, 6)
    logits = (logits + rng.uniform(-9990, 9990, (20, 1))).astype(dtype)
    expected = reference.softmax_cross_entropy_backward(logits.astype(np.float64), targets)
    result = attempt.softmax_cross_entropy_backward(logits, targets)
    assert_close(result, expected, atol=rounding_at_1e4(logits, result) / 20)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_logits_that_are_extreme(attempt, reference, rng, dtype):
    """Agrees with the reference on logits that are spread from -1e4 to 1e4."""
    logits, targets = rng.uniform(-1e4, 1e4, (20, 6)).astype(dtype), rng.integers(0, 6, 20)
    expected = reference.softmax_cross_entropy_backward(logits.astype(np.float64), targets)
    result = attempt.softmax_cross_entropy_backward(logits, targets)
    assert_close(result, expected, atol=rounding_at_1e4(logits, result) / 20)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as some columns of a larger output."""
    logits, targets = random_batch(rng, 9, 4)
    expected = reference.softmax_cross_entropy_backward(logits, targets)
    assert_close(attempt.softmax_cross_entropy_backward(strided(logits), strided(targets)), expected)


def random_batch(rng, n, c):
    """Return logits of spread 2 and true classes."""
    return 2 * rng.standard_normal((n, c)), rng.integers(0, c, n)


def rounding_at_1e4(logits, result):
    """Return how far off a probability may be that is the exponential of a rounded log-probability near 1e4.

    It is that of single precision if logits or result have it. Whoever subtracts a log-sum-exp instead of the
    maximum is right, and rounds to units in the last place of 1e4; taking the classes in one at a time does
    so once per class.
    """
    single = logits.dtype == np.float32 or getattr(result, "dtype", None) == np.float32
    return float(10 * np.spacing(np.float32(1e4) if single else np.float64(1e4)))


def runtime(attempt, rng):
    """Differentiate the loss of 256 samples of 1,000 classes."""
    logits, targets = random_batch(rng, 256, 1000)
    return lambda: attempt.softmax_cross_entropy_backward(logits, targets)
