import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_counts_of_one_and_two(attempt):
    """With beta 1/2 counts of 1 and 2 are worth 1 and 3/2; weights of 6/5 and 4/5 average to 1."""
    assert_close(attempt.class_weights(np.array([1, 2]), 0.5), np.array([1.2, 0.8]))


def test_three_classes(attempt):
    """With beta 1/2 counts of 3, 1 and 2 are worth 7/4, 1 and 3/2: weights in the ratio 12 : 21 : 14."""
    expected = np.array([12.0, 21, 14]) * 3 / 47
    assert_close(attempt.class_weights(np.array([3, 1, 2]), 0.5), expected)


def test_equal_counts(attempt):
    """Classes of one size all weigh 1, whatever the size."""
    assert_close(attempt.class_weights(np.full(4, 250)), np.ones(4))


def test_five_orders_of_magnitude(attempt):
    """The weights fall with the counts, ever less, and add up to the number of classes."""
    counts = [1, 10, 100, 1000, 10_000]
    weights = attempt.class_weights(np.array(counts))
    assert_close(weights, np.array([4.4902, 0.4510, 0.0472, 0.0071, 0.0045]), atol=1e-4)
    assert_close(weights, np.array(weights_by_hand(counts, 0.999)))


def test_each_class_counts_once_in_the_average(attempt):
    """The average is over classes, not over samples: a large class has no more say in it."""
    assert_close(attempt.class_weights(np.array([50, 1]), 0.5), np.array([2 / 3, 4 / 3]))


@pytest.mark.parametrize("beta", [0.5, 0.999])
def test_an_absent_class(attempt, beta):
    """A class without samples weighs 0, and the others are what they are without it."""
    present = attempt.class_weights(np.array([1, 2, 3]), beta)
    assert_close(present, np.array(weights_by_hand([1, 2, 3], beta)))
    with_absent = attempt.class_weights(np.array([0, 1, 0, 2, 3]), beta)
    assert_close(with_absent, np.array([0.0, *weights_by_hand([1, 2, 3], beta)]).take([0, 1, 0, 2, 3]))


def test_a_single_present_class(attempt):
    """One present class among absent ones weighs 1."""
    assert_close(attempt.class_weights(np.array([0, 7, 0])), np.array([0.0, 1, 0]))
    assert_close(attempt.class_weights(np.array([7])), np.array([1.0]))


def test_the_default_beta(attempt):
    """Beta is 0.999 if it is not given: counts of 1 and 2 are worth 1 and 1.999."""
    expected = np.array([2 * 1.999, 2]) / 2.999
    assert_close(attempt.class_weights(np.array([1, 2])), expected)


def test_beta_by_name(attempt):
    """Beta may be given by its name."""
    assert_close(attempt.class_weights(np.array([1, 2]), beta=0.25), np.array([10.0, 8]) / 9)


def test_beta_zero(attempt):
    """With beta 0 all samples of a class are worth one, so present classes all weigh 1."""
    assert_close(attempt.class_weights(np.array([5, 0, 1, 300]), 0.0), np.array([1.0, 0, 1, 1]))


def test_beta_near_one(attempt):
    """With beta near 1 every sample is new, and weights go by one over the count, or nearly so."""
    expected = np.array(weights_by_hand([10, 20, 40], 0.9999))
    assert_close(attempt.class_weights(np.array([10, 20, 40]), 0.9999), expected)


def test_large_counts_level_off(attempt):
    """A million samples are hardly worth more than ten thousand; their weights are equal at beta 0.99."""
    expected = np.array([1.0, 1, 2, 0]) * 3 / 4
    weights = attempt.class_weights(np.array([10_000, 1_000_000, 69, 0]), 0.99)
    assert_close(weights, expected, rtol=1e-3)
    assert_close(weights, np.array([*weights_by_hand([10_000, 1_000_000, 69], 0.99), 0]))


@pytest.mark.parametrize("dtype", [np.int32, np.int16, np.uint8])
def test_counts_of_any_integer_dtype(attempt, dtype):
    """The counts may come in any integer dtype; the weights are floats."""
    counts = np.array([100, 0, 1], dtype)
    assert_close(attempt.class_weights(counts, 0.5), np.array([2 / 3, 0, 4 / 3]))


@pytest.mark.parametrize("beta", [0.3, 0.9, 0.99, 0.9999])
@pytest.mark.parametrize("classes", [1, 2, 10])
def test_random_counts(attempt, reference, rng, classes, beta):
    """Agrees with the reference on random counts, which spread over four orders of magnitude."""
    counts = random_counts(rng, classes)
    assert_close(attempt.class_weights(counts, beta), reference.class_weights(counts, beta))


def test_random_counts_with_absent_classes(attempt, reference, rng):
    """Agrees with the reference where several classes are absent."""
    counts = random_counts(rng, 12)
    counts[rng.choice(12, 5, replace=False)] = 0
    assert_close(attempt.class_weights(counts), reference.class_weights(counts))


def test_strided_views(attempt, reference, rng):
    """Works on a view whose memory is not contiguous, such as a column of a table."""
    counts = random_counts(rng, 6)
    assert_close(attempt.class_weights(strided(counts)), reference.class_weights(counts))


def weights_by_hand(counts, beta):
    """Return the weights of present classes, in plain Python, from the formula as it stands."""
    effective = [(1 - beta**n) / (1 - beta) for n in counts]
    inverse = [1 / e for e in effective]
    return [len(counts) * i / sum(inverse) for i in inverse]


def random_counts(rng, classes):
    """Return positive counts from 1 to 10,000, each order of magnitude alike."""
    return (10 ** rng.uniform(0, 4, classes)).astype(np.int64)


def runtime(attempt, rng):
    """Weigh 100,000 classes."""
    counts = random_counts(rng, 100_000) - 1
    return lambda: attempt.class_weights(counts)
