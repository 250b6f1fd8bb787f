import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


@pytest.mark.parametrize("smoothing", [0.2, 0.5])
def test_one_sample_of_two_classes(attempt, smoothing):
    """With two classes the target is 1 - s/2 and s/2; here it weighs ln 4 and ln 4/3."""
    logits = np.array([[0.0, np.log(3.0)]])
    yes, no = 1 - smoothing / 2, smoothing / 2
    result = attempt.label_smoothing(logits, np.array([0]), smoothing)
    assert_close(result, yes * np.log(4) + no * np.log(4 / 3))
    result = attempt.label_smoothing(logits, np.array([1]), smoothing)
    assert_close(result, yes * np.log(4 / 3) + no * np.log(4))


def test_one_sample_of_four_classes(attempt):
    """Smoothing 0.4 over four classes makes the target 0.1, 0.1, 0.7, 0.1."""
    logits = np.log(np.array([[1.0, 2, 4, 1]]))  # probabilities 1/8, 1/4, 1/2, 1/8
    expected = (0.1 * 3 + 0.1 * 2 + 0.7 * 1 + 0.1 * 3) * np.log(2)
    assert_close(attempt.label_smoothing(logits, np.array([2]), 0.4), expected)


def test_the_default_is_a_tenth(attempt):
    """Without an argument a tenth is spread: the target is 0.925, 0.025, 0.025, 0.025."""
    logits = np.log(np.array([[1.0, 2, 4, 1]]))
    expected = (0.925 * 3 + 0.025 * 2 + 0.025 * 1 + 0.025 * 3) * np.log(2)
    assert_close(attempt.label_smoothing(logits, np.array([0])), expected)


def test_by_name(attempt):
    """The smoothing may be given by its name."""
    logits = np.log(np.array([[1.0, 2, 4, 1]]))
    expected = (0.4 * 3 + 0.2 * 2 + 0.2 * 1 + 0.2 * 3) * np.log(2)
    assert_close(attempt.label_smoothing(logits, np.array([0]), smoothing=0.8), expected)


def test_no_smoothing(attempt):
    """With smoothing 0 it is plain cross-entropy: the true classes cost ln 8 and ln 2."""
    logits = np.log(np.array([[1.0, 2, 4, 1], [1.0, 2, 4, 1]]))
    assert_close(attempt.label_smoothing(logits, np.array([3, 2]), 0.0), 2 * np.log(2))


def test_all_smoothing(attempt):
    """With smoothing 1 the true class no longer matters; every class counts a quarter."""
    logits = np.log(np.array([[1.0, 2, 4, 1]]))
    expected = (3 + 2 + 1 + 3) * np.log(2) / 4
    assert_close(attempt.label_smoothing(logits, np.array([0]), 1.0), expected)
    assert_close(attempt.label_smoothing(logits, np.array([2]), 1.0), expected)


def test_equal_logits(attempt):
    """A classifier that does not know costs the logarithm of the number of classes, however smoothed."""
    assert_close(attempt.label_smoothing(np.full((3, 8), 0.7), np.array([5, 0, 7]), 0.3), np.log(8))


def test_the_mean_over_samples(attempt):
    """The losses of the samples are averaged, not summed, and each sample has its own true class."""
    logits = np.log(np.array([[1.0, 3], [3, 1], [1, 1], [3, 1]]))
    small, large = np.log(4 / 3), np.log(4)
    wrong, right = 0.75 * large + 0.25 * small, 0.75 * small + 0.25 * large
    expected = (wrong + wrong + np.log(2) + right) / 4
    assert_close(attempt.label_smoothing(logits, np.array([0, 1, 1, 0]), 0.5), expected)


def test_more_classes_than_samples(attempt):
    """The mass is spread over the classes of a sample, however many samples there are."""
    logits = np.log(np.array([[1.0, 2, 3, 2], [5, 1, 1, 1]]))
    first = 0.85 * np.log(8 / 3) + 0.05 * (np.log(8) + 2 * np.log(4))
    second = 0.85 * np.log(8) + 0.05 * (np.log(8 / 5) + 2 * np.log(8))
    assert_close(attempt.label_smoothing(logits, np.array([2, 1]), 0.2), (first + second) / 2)


def test_a_constant_added_to_a_row(attempt):
    """Adding a number to all logits of one sample changes nothing."""
    logits = np.log(np.array([[1.0, 3.0], [2.0, 2.0]])) + np.array([[40.0], [-30.0]])
    expected = (0.95 * np.log(4) + 0.05 * np.log(4 / 3) + np.log(2)) / 2
    assert_close(attempt.label_smoothing(logits, np.array([0, 1])), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("target", "expected"), [(0, 3000.0), (1, 10_000.0), (2, 17_000.0)])
def test_sure_and_finite(attempt, dtype, target, expected):
    """Sure logits cost a lot even where they are right, but not infinitely: 0, 1e4 and 2e4 are weighed."""
    logits = np.array([[1e4, 0, -1e4]], dtype)  # log-probabilities 0, -1e4, -2e4
    assert_close(attempt.label_smoothing(logits, np.array([target]), 0.3), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_sure_without_smoothing(attempt, dtype):
    """With smoothing 0 a sure and right sample costs nothing: no 0 times infinity turns into NaN."""
    logits = np.array([[1e4, 0, -1e4], [-1e4, 0, 1e4]], dtype)
    assert_close(attempt.label_smoothing(logits, np.array([0, 2]), 0.0), 0.0)
    assert_close(attempt.label_smoothing(logits, np.array([1, 2]), 0.0), 5000.0)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_samples_on_different_levels(attempt, dtype):
    """Each sample needs a shift of its own: one at +1e4 must not push another at -1e4 to zero."""
    logits = np.array([[10_001.0, 10_000.0], [-10_000.0, -10_001.0], [0.5, -0.5]], dtype)
    low, high = np.log1p(np.exp(-1.0)), np.log1p(np.exp(1.0))
    right, wrong = 0.9 * low + 0.1 * high, 0.9 * high + 0.1 * low
    result = attempt.label_smoothing(logits, np.array([0, 1, 1]), 0.2)
    assert_close(result, (right + wrong + wrong) / 3, atol=rounding_at_1e4(logits, result))


def test_a_small_chance_is_not_cut_off(attempt):
    """A log-probability of -60 counts as -60, also in the spread part; nothing is clipped or added."""
    logits = np.array([[0.0, -60.0]])
    assert_close(attempt.label_smoothing(logits, np.array([0]), 0.5), 0.25 * 60)
    assert_close(attempt.label_smoothing(logits, np.array([1]), 0.5), 0.75 * 60)


def test_a_single_class(attempt):
    """With one class there is nothing to be wrong about, and nobody to spread to."""
    assert_close(attempt.label_smoothing(np.array([[3.0], [-7.0], [0.0]]), np.array([0, 0, 0])), 0.0)


@pytest.mark.parametrize("dtype", [np.int32, np.int8, np.uint8])
def test_targets_of_any_integer_dtype(attempt, dtype):
    """The true classes may come in any integer dtype."""
    logits = np.log(np.array([[1.0, 2, 1], [2, 1, 1], [1, 1, 2], [1, 1, 2]]))
    expected = (0.7 * (1 + 1 + 2 + 1) / 4 + 0.1 * 5) * np.log(2)
    assert_close(attempt.label_smoothing(logits, np.array([1, 0, 0, 2], dtype), 0.3), expected)


@pytest.mark.parametrize("shape", [(1, 2), (5, 3), (3, 7), (4, 4), (40, 10), (2, 300)])
def test_random_logits(attempt, reference, rng, shape):
    """Agrees with the reference on random logits."""
    logits, targets = random_batch(rng, *shape)
    assert_close(attempt.label_smoothing(logits, targets), reference.label_smoothing(logits, targets))


def test_random_smoothings(attempt, reference, rng):
    """Agrees with the reference for any smoothing between 0 and 1."""
    for smoothing in rng.uniform(0, 1, 5).tolist():
        logits, targets = random_batch(rng, 6, 5)
        expected = reference.label_smoothing(logits, targets, smoothing)
        assert_close(attempt.label_smoothing(logits, targets, smoothing), expected)


def test_random_logits_in_float32(attempt, reference, rng):
    """Agrees with the reference on logits in float32."""
    logits, targets = random_batch(rng, 20, 12)
    logits = logits.astype(np.float32)
    expected = reference.label_smoothing(logits.astype(np.float64), targets, 0.2)
    assert_close(attempt.label_smoothing(logits, targets, 0.2), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_levels(attempt, reference, rng, dtype):
    """Agrees with the reference on samples that lie anywhere between -1e4 and 1e4."""
    logits, targets = random_batch(rng, 20, 6)
    logits = (logits + rng.uniform(-9990, 9990, (20, 1))).astype(dtype)
    expected = reference.label_smoothing(logits.astype(np.float64), targets)
    result = attempt.label_smoothing(logits, targets)
    assert_close(result, expected, atol=rounding_at_1e4(logits, result))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_logits_that_are_extreme(attempt, reference, rng, dtype):
    """Agrees with the reference on logits that are spread from -1e4 to 1e4."""
    logits, targets = rng.uniform(-1e4, 1e4, (20, 6)).astype(dtype), rng.integers(0, 6, 20)
    expected = reference.label_smoothing(logits.astype(np.float64), targets)
    assert_close(attempt.label_smoothing(logits, targets), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as some columns of a larger output."""
    logits, targets = random_batch(rng, 9, 4)
    expected = reference.label_smoothing(logits, targets)
    assert_close(attempt.label_smoothing(strided(logits), strided(targets)), expected)


def random_batch(rng, n, c):
    """Return logits of spread 2, so that no loss is so small that rounding shows in it, and true classes."""
    return 2 * rng.standard_normal((n, c)), rng.integers(0, c, n)


def rounding_at_1e4(logits, result):
    """Return how far off a sum of logits near 1e4 may be: ten units in their last place.

    It is that of single precision if logits or result have it. Whoever subtracts logits from a log-sum-exp
    near 1e4 is right, and rounds to such units; taking the exponentials in one at a time does so once per
    class.
    """
    single = logits.dtype == np.float32 or getattr(result, "dtype", None) == np.float32
    return float(10 * np.spacing(np.float32(1e4) if single else np.float64(1e4)))


def runtime(attempt, rng):
    """Judge 256 samples of 1,000 classes."""
    logits, targets = random_batch(rng, 256, 1000)
    return lambda: attempt.label_smoothing(logits, targets)
