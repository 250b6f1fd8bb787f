import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_decision(attempt):
    """A probability of 3/4 costs ln 4/3 if the answer is yes, and ln 4 if it is no."""
    logits = np.array([np.log(3.0)])
    assert_close(attempt.binary_cross_entropy(logits, np.array([1.0])), np.log(4 / 3))
    assert_close(attempt.binary_cross_entropy(logits, np.array([0.0])), np.log(4))


def test_a_negative_logit(attempt):
    """A probability of 1/4 costs ln 4 if the answer is yes, and ln 4/3 if it is no."""
    logits = np.array([-np.log(3.0)])
    assert_close(attempt.binary_cross_entropy(logits, np.array([1.0])), np.log(4))
    assert_close(attempt.binary_cross_entropy(logits, np.array([0.0])), np.log(4 / 3))


@pytest.mark.parametrize("target", [0.0, 0.3, 1.0])
def test_a_logit_of_zero(attempt, target):
    """A network that does not know costs ln 2, whatever the target."""
    assert_close(attempt.binary_cross_entropy(np.zeros(3), np.full(3, target)), np.log(2))


@pytest.mark.parametrize(("for_yes", "for_no"), [(0.25, 0.75), (0.75, 0.25)])
def test_a_soft_target(attempt, for_yes, for_no):
    """A target between 0 and 1 weighs both terms: y ln 4/3 + (1 - y) ln 4 at a probability of 3/4."""
    expected = for_yes * np.log(4 / 3) + for_no * np.log(4)
    assert_close(attempt.binary_cross_entropy(np.array([np.log(3.0)]), np.array([for_yes])), expected)


def test_the_mean_over_every_element(attempt):
    """The losses of all elements, here ln 2, ln 4, ln 4; ln 4/3, ln 2, ln 8, are averaged over both axes."""
    logits = np.log(np.array([[1.0, 3, 1 / 3], [3, 1, 7]]))
    targets = np.array([[1.0, 0, 1], [1, 0, 0]])
    assert_close(attempt.binary_cross_entropy(logits, targets), np.log(2 * 4 * 4 * (4 / 3) * 2 * 8) / 6)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_sure_and_right(attempt, dtype):
    """A decision that is right by far costs nothing."""
    logits, targets = np.array([1e4, -1e4, 1e4], dtype), np.array([1, 0, 1], dtype)
    assert_close(attempt.binary_cross_entropy(logits, targets), 0.0)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("size", [1e4, 800.0, 720.0, 95.0])
def test_sure_and_wrong(attempt, dtype, size):
    """A decision that is wrong by far costs the size of its logit, which is large but finite."""
    for logit, target in ((size, 0), (-size, 1)):
        logits, targets = np.array([logit], dtype), np.array([target], dtype)
        assert_close(attempt.binary_cross_entropy(logits, targets), size)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("logit", "expected"), [(1e4, 7500.0), (-1e4, 2500.0)])
def test_sure_of_a_soft_target(attempt, dtype, logit, expected):
    """With the target 1/4, three quarters of a large logit count as wrong above 0, one quarter below."""
    logits, targets = np.array([logit, logit], dtype), np.array([0.25, 0.25], dtype)
    assert_close(attempt.binary_cross_entropy(logits, targets), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_decisions_on_different_levels(attempt, dtype):
    """Sure and unsure decisions in one batch leave each other alone: 0, 10000, 10000; ln 2, ln 4, 0."""
    logits = np.array([[1e4, 1e4, -1e4], [0, np.log(3.0), -1e4]], dtype)
    targets = np.array([[1, 0, 1], [1, 0, 0]], dtype)
    assert_close(attempt.binary_cross_entropy(logits, targets), (20_000 + np.log(8)) / 6)


@pytest.mark.parametrize(("logit", "target"), [(-39.0, 1.0), (39.0, 0.0), (-30.0, 1.0), (30.0, 0.0)])
def test_a_small_chance_is_not_cut_off(attempt, logit, target):
    """A probability of 1e-17 costs what it costs, 39; nothing is clipped, added, or lost in 1 - p."""
    assert_close(attempt.binary_cross_entropy(np.array([logit]), np.array([target])), abs(logit))


@pytest.mark.parametrize(("logit", "target"), [(-20.0, 1.0), (20.0, 0.0)])
def test_a_small_chance_in_float32(attempt, logit, target):
    """A probability of 2e-9 costs 20 in float32, too, though 1 - p is exactly 0 or 1 there."""
    logits, targets = np.array([logit], np.float32), np.array([target], np.float32)
    assert_close(attempt.binary_cross_entropy(logits, targets), 20.0)


@pytest.mark.parametrize("dtype", [np.int64, np.int32])
def test_integer_targets(attempt, dtype):
    """Hard targets may come as integers."""
    logits = np.log(np.array([3.0, 1 / 3, 7, 1]))
    targets = np.array([1, 1, 0, 0], dtype)
    assert_close(attempt.binary_cross_entropy(logits, targets), np.log((4 / 3) * 4 * 8 * 2) / 4)


@pytest.mark.parametrize("shape", [(1,), (7,), (3, 1), (4, 5), (2, 3, 4), (2, 1, 6, 5)])
def test_random_decisions(attempt, reference, rng, shape):
    """Agrees with the reference on random logits and soft targets of any shape."""
    logits, targets = random_batch(rng, shape)
    expected = reference.binary_cross_entropy(logits, targets)
    assert_close(attempt.binary_cross_entropy(logits, targets), expected)


def test_random_decisions_with_hard_targets(attempt, reference, rng):
    """Agrees with the reference on targets that are 0 or 1."""
    logits, targets = random_batch(rng, (9, 8))
    targets = (targets > 0.5).astype(np.float64)
    expected = reference.binary_cross_entropy(logits, targets)
    assert_close(attempt.binary_cross_entropy(logits, targets), expected)


def test_random_decisions_in_float32(attempt, reference, rng):
    """Agrees with the reference in float32."""
    logits, targets = (array.astype(np.float32) for array in random_batch(rng, (20, 6)))
    expected = reference.binary_cross_entropy(logits.astype(np.float64), targets.astype(np.float64))
    assert_close(attempt.binary_cross_entropy(logits, targets), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_logits_that_are_extreme(attempt, reference, rng, dtype):
    """Agrees with the reference on logits anywhere between -1e4 and 1e4."""
    _, targets = random_batch(rng, (10, 6))
    logits, targets = rng.uniform(-1e4, 1e4, (10, 6)).astype(dtype), targets.astype(dtype)
    expected = reference.binary_cross_entropy(logits.astype(np.float64), targets.astype(np.float64))
    assert_close(attempt.binary_cross_entropy(logits, targets), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as one channel of a network's output."""
    logits, targets = random_batch(rng, (5, 3, 4))
    expected = reference.binary_cross_entropy(logits, targets)
    assert_close(attempt.binary_cross_entropy(strided(logits), strided(targets)), expected)


def random_batch(rng, shape):
    """Return logits and soft targets; no loss is so small that rounding shows in it."""
    return 2 * rng.standard_normal(shape), rng.uniform(0.05, 0.95, shape)


def runtime(attempt, rng):
    """Judge the 160,000 pixels of a mask."""
    logits, targets = random_batch(rng, (400, 400))
    return lambda: attempt.binary_cross_entropy(logits, targets)
