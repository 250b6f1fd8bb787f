import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_sample_of_two_classes(attempt):
    """Probabilities 1/4 and 3/4: the first class costs ln 4, the second ln 4/3."""
    logits = np.array([[0.0, np.log(3.0)]])
    assert_close(attempt.cross_entropy(logits, np.array([0])), np.log(4))
    assert_close(attempt.cross_entropy(logits, np.array([1])), np.log(4 / 3))


def test_equal_logits(attempt):
    """A classifier that does not know costs the natural logarithm of the number of classes."""
    assert_close(attempt.cross_entropy(np.full((3, 8), 0.7), np.array([5, 0, 7])), np.log(8))


def test_the_mean_over_samples(attempt):
    """The losses of the samples are averaged, not summed, and each sample has its own true class."""
    logits = np.log(np.array([[1.0, 3.0], [3.0, 1.0], [1.0, 1.0]]))
    expected = (np.log(4) + np.log(4) + np.log(2)) / 3
    assert_close(attempt.cross_entropy(logits, np.array([0, 1, 1])), expected)


def test_more_classes_than_samples(attempt):
    """Softmax runs over the classes of a sample: here 1/10, 2/10, 3/10, 4/10, and then 4/7, 1/7, 1/7, 1/7."""
    logits = np.log(np.array([[1.0, 2, 3, 4], [4, 1, 1, 1]]))
    assert_close(attempt.cross_entropy(logits, np.array([2, 0])), (np.log(10 / 3) + np.log(7 / 4)) / 2)


def test_a_constant_added_to_a_row(attempt):
    """Adding a number to all logits of one sample changes nothing."""
    logits = np.log(np.array([[1.0, 3.0], [2.0, 2.0]])) + np.array([[40.0], [-30.0]])
    assert_close(attempt.cross_entropy(logits, np.array([0, 1])), (np.log(4) + np.log(2)) / 2)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_sure_and_right(attempt, dtype):
    """A sample whose true class leads by far costs nothing."""
    logits = np.array([[1e4, 0, -1e4], [-1e4, 0, 1e4]], dtype)
    assert_close(attempt.cross_entropy(logits, np.array([0, 2])), 0.0)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("target", "expected"), [(1, 10_000.0), (2, 20_000.0)])
def test_sure_and_wrong(attempt, dtype, target, expected):
    """A sample whose true class trails by far costs the distance of the logits, which is large but finite."""
    logits = np.array([[1e4, 0, -1e4]], dtype)
    assert_close(attempt.cross_entropy(logits, np.array([target])), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_all_logits_far_below_zero(attempt, dtype):
    """Where all exponentials underflow, equal logits still cost ln 4."""
    logits = np.full((2, 4), -1e4, dtype)
    result = attempt.cross_entropy(logits, np.array([3, 0]))
    assert_close(result, np.log(4), atol=rounding_at_1e4(logits, result))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_samples_on_different_levels(attempt, dtype):
    """Each sample needs a shift of its own: one at +1e4 must not push another at -1e4 to zero."""
    logits = np.array([[10_001.0, 10_000.0], [-10_000.0, -10_001.0], [0.5, -0.5]], dtype)
    right, wrong = np.log1p(np.exp(-1.0)), np.log1p(np.exp(1.0))
    expected = (right + wrong + wrong) / 3
    result = attempt.cross_entropy(logits, np.array([0, 1, 1]))
    assert_close(result, expected, atol=rounding_at_1e4(logits, result))


def test_a_small_chance_is_not_cut_off(attempt):
    """A probability of 1e-17 costs what it costs, 39; nothing is clipped or added inside the logarithm."""
    assert_close(attempt.cross_entropy(np.array([[0.0, -39.0]]), np.array([1])), 39.0)


def test_a_single_class(attempt):
    """With one class there is nothing to be wrong about, whatever its logit."""
    assert_close(attempt.cross_entropy(np.array([[3.0], [-7.0], [0.0]]), np.array([0, 0, 0])), 0.0)


@pytest.mark.parametrize("dtype", [np.int32, np.int8, np.uint8])
def test_targets_of_any_integer_dtype(attempt, dtype):
    """The true classes may come in any integer dtype."""
    logits = np.log(np.array([[1.0, 2, 1], [2, 1, 1], [1, 1, 2], [1, 1, 2]]))
    assert_close(attempt.cross_entropy(logits, np.array([1, 0, 0, 2], dtype)), np.log([2, 2, 4, 2]).mean())


@pytest.mark.parametrize("shape", [(1, 2), (5, 3), (3, 7), (64, 10), (4, 1000)])
def test_random_logits(attempt, reference, rng, shape):
    """Agrees with the reference on random logits."""
    logits, targets = random_batch(rng, *shape)
    assert_close(attempt.cross_entropy(logits, targets), reference.cross_entropy(logits, targets))


def test_random_logits_in_float32(attempt, reference, rng):
    """Agrees with the reference on logits in float32."""
    logits, targets = random_batch(rng, 50, 12)
    logits = logits.astype(np.float32)
    expected = reference.cross_entropy(logits.astype(np.float64), targets)
    assert_close(attempt.cross_entropy(logits, targets), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_levels(attempt, reference, rng, dtype):
    """Agrees with the reference on samples that lie anywhere between -1e4 and 1e4."""
    logits, targets = random_batch(rng, 20, 6)
    logits = (logits + rng.uniform(-1e4, 1e4, (20, 1))).astype(dtype)
    expected = reference.cross_entropy(logits.astype(np.float64), targets)
    result = attempt.cross_entropy(logits, targets)
    assert_close(result, expected, atol=rounding_at_1e4(logits, result))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_logits_that_are_extreme(attempt, reference, rng, dtype):
    """Agrees with the reference on logits that are spread from -1e4 to 1e4."""
    logits, targets = rng.uniform(-1e4, 1e4, (20, 6)).astype(dtype), rng.integers(0, 6, 20)
    expected = reference.cross_entropy(logits.astype(np.float64), targets)
    assert_close(attempt.cross_entropy(logits, targets), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as some columns of a larger output."""
    logits, targets = random_batch(rng, 9, 4)
    expected = reference.cross_entropy(logits, targets)
    assert_close(attempt.cross_entropy(strided(logits), strided(targets)), expected)


def random_batch(rng, n, c):
    """Return logits of spread 2, so that no loss is so small that rounding shows in it, and true classes."""
    return 2 * rng.standard_normal((n, c)), rng.integers(0, c, n)


def rounding_at_1e4(logits, result):
    """Return how far off a sum of logits near 1e4 may be: ten units in their last place.

    It is that of single precision if logits or result have it. Whoever adds the maximum back before
    subtracting the true logit is right, and rounds to such units; taking the exponentials in one at a time
    does so once per class.
    """
    single = logits.dtype == np.float32 or getattr(result, "dtype", None) == np.float32
    return float(10 * np.spacing(np.float32(1e4) if single else np.float64(1e4)))


def runtime(attempt, rng):
    """Take the loss of 1,000 samples over 200 classes."""
    logits, targets = rng.standard_normal((1000, 200)), rng.integers(0, 200, 1000)
    return lambda: attempt.cross_entropy(logits, targets)
