"""Laws are judged with bounds that a right answer misses less than once in 10^10 checks.

Of n numbers from U(-a, a) none is beyond a; the largest magnitude is below a (1 - 30/n) with a chance under
e^-30; and by the inequality of Dvoretzky, Kiefer and Wolfowitz (with Massart's constant) the share of numbers
below a point is off by more than sqrt(14/n) somewhere with a chance of at most 2 e^-28.
"""

import math

import numpy as np
import pytest

from cvdrill.testing import Mismatch, assert_close


@pytest.mark.parametrize("shape", [(3, 5), (1, 1), (4, 3, 2), (8, 3, 3, 5), (2, 3, 1, 2, 3)])
def test_an_array_of_the_given_shape(attempt, shape):
    """The result is an array of floats with the given shape, for dense layers and for kernels of any rank."""
    assert_is_array(attempt.xavier_uniform(shape, 0), shape)


def test_a_dense_layer(attempt):
    """From 50 to 100 features the weights fill [-0.2, 0.2], evenly: sqrt(6 / 150) = 0.2."""
    assert_law([attempt.xavier_uniform((100, 50), seed) for seed in (0, 1)], bound=0.2)


def test_both_fans_count(attempt):
    """Swapping input and output features leaves the interval as it is: [-0.1, 0.1] for 540 and 60."""
    assert_law([attempt.xavier_uniform((540, 60), 3)], bound=0.1)
    assert_law([attempt.xavier_uniform((60, 540), 4)], bound=0.1)


def test_the_positions_of_a_kernel_count(attempt):
    """A kernel of 5 × 10 has 50 positions: fans 4 · 50 and 8 · 50, so the weights fill [-0.1, 0.1]."""
    assert_law([attempt.xavier_uniform((8, 4, 5, 10), seed) for seed in range(8)], bound=0.1)


def test_gain(attempt):
    """The gain stretches the interval: 5/3, that of tanh, makes [-1/3, 1/3] of [-0.2, 0.2]."""
    assert_law([attempt.xavier_uniform((100, 50), 5, gain=5 / 3)], bound=1 / 3)
    assert_law([attempt.xavier_uniform((50, 100), 6, 0.5)], bound=0.1)


def test_the_same_seed(attempt):
    """The same seed gives the same weights, however often and whatever was drawn in between."""
    for seed in (0, 7, 123_456_789):
        first = attempt.xavier_uniform((6, 5), seed)
        attempt.xavier_uniform((2, 2), seed + 1)
        again = attempt.xavier_uniform((6, 5), seed)
        assert_is_array(first, (6, 5))
        assert_is_array(again, (6, 5))
        if not np.array_equal(first, again):
            raise Mismatch(f"Two calls with the seed {seed} gave different weights.", actual=again)


def test_another_seed(attempt):
    """Different seeds give different weights."""
    drawn = [attempt.xavier_uniform((6, 5), seed) for seed in range(5)]
    for seed, weights in enumerate(drawn):
        assert_is_array(weights, (6, 5))
        if any(np.isclose(weights, earlier).mean() > 0.5 for earlier in drawn[:seed]):
            raise Mismatch(f"The seed {seed} gave the weights of another seed.", actual=weights)


def test_defaults(attempt):
    """To leave the options out means a gain of 1: the same seed gives the same weights."""
    short, full = attempt.xavier_uniform((4, 3), 21), attempt.xavier_uniform((4, 3), 21, gain=1.0)
    assert_is_array(short, (4, 3))
    assert_is_array(full, (4, 3))
    if not np.allclose(short, full, rtol=1e-6, atol=0):
        raise Mismatch(
            "With the options left out the weights differ from those with a gain of 1.", actual=full
        )


@pytest.mark.parametrize("shape", [(30, 40), (6, 5, 4, 10)])
def test_every_weight_is_drawn(attempt, shape):
    """No weight is a copy of another: nothing is drawn once and repeated along an axis."""
    weights = attempt.xavier_uniform(shape, 11)
    assert_is_array(weights, shape)
    if np.unique(weights).size < 0.9 * weights.size:
        raise Mismatch(
            f"Of {weights.size} weights only {np.unique(weights).size} differ; draw each on its own.",
            actual=weights,
        )


@pytest.mark.parametrize(
    ("shape", "count"), [((12, 29), 8), ((37, 11, 3), 3), ((13, 15, 4, 2), 3), ((7, 8, 1, 3, 5), 4)]
)
def test_random_seeds(attempt, rng, shape, count):
    """For small layers of every rank and for any seeds and gain the weights follow the law."""
    gain = rng.uniform(0.5, 2.0)
    connections = (shape[0] + shape[1]) * math.prod(shape[2:])
    seeds = rng.choice(2**31, count, replace=False).tolist()
    drawn = [attempt.xavier_uniform(shape, seed, gain) for seed in seeds]
    assert_law(drawn, bound=gain * math.sqrt(6 / connections), shape=shape)


def assert_is_array(weights, shape):
    """Judge type, kind and shape, and that all values are finite."""
    assert_close(weights, np.zeros(shape), atol=np.inf, what="The weights")


def assert_law(drawn, bound, shape=None):
    """Judge whether arrays that were drawn alike hold numbers from U(-bound, bound)."""
    for weights in drawn:
        assert_is_array(weights, np.shape(drawn[0]) if shape is None else shape)
    values = np.sort(np.concatenate([weights.ravel() for weights in drawn]).astype(np.float64))
    n, largest = values.size, np.abs(values).max()
    interval = f"[{-bound:.6g}, {bound:.6g}]"
    if largest > bound * (1 + 1e-6):
        raise Mismatch(
            f"All weights should lie in {interval}; one of {largest:.6g} does not.", actual=drawn[0]
        )
    if largest < bound * (1 - 30 / n):
        message = f"The weights should fill {interval}; none of {n} is larger than {largest:.6g}."
        raise Mismatch(message, actual=drawn[0])
    below = (values / bound + 1) / 2  # the share that should lie below each value
    gap = max((np.arange(1, n + 1) / n - below).max(), (below - np.arange(n) / n).max())
    if gap > math.sqrt(14 / n):
        message = f"The weights should be spread evenly over {interval}; {n} of them are not."
        raise Mismatch(message, actual=drawn[0])


def runtime(attempt, rng):
    """Draw the weights of a 3 × 3 convolution from 128 to 256 channels."""
    seed = int(rng.integers(2**31))
    return lambda: attempt.xavier_uniform((256, 128, 3, 3), seed)
