"""Laws are judged with bounds that a right answer misses less than once in 10^10 checks.

Of n > 10,000 numbers from N(0, 1): the mean is beyond 7 / sqrt(n) with a chance of 3e-12; the mean square is
below 1 - 10 / sqrt(n) or above 1 + 10 / sqrt(n) + 50 / n with a chance of at most e^-25 each (Laurent and
Massart 2000, lemma 1); none is beyond 3 with a chance of 0.9973^n, below 2e-12, and one beyond 9 with n ·
2e-19; by the inequality of Dvoretzky, Kiefer and Wolfowitz the share of numbers below a point is off by more
than sqrt(14/n) somewhere with a chance of at most 2 e^-28.
"""

import math

import numpy as np
import pytest

from cvdrill.testing import Mismatch, assert_close


@pytest.mark.parametrize("shape", [(3, 5), (1, 1), (4, 3, 2), (8, 3, 3, 5), (2, 3, 1, 2, 3)])
def test_an_array_of_the_given_shape(attempt, shape):
    """The result is an array of floats with the given shape, for dense layers and for kernels of any rank."""
    assert_is_array(attempt.kaiming_normal(shape, 0), shape)
    assert_is_array(attempt.kaiming_normal(shape, 0, "fan_out", 0.2), shape)


def test_a_dense_layer(attempt):
    """From 50 features the variance is 2 / 50 and the standard deviation 0.2, however many go out."""
    assert_law([attempt.kaiming_normal((300, 50), 0)], deviation=0.2)


def test_fan_in_counts_the_inputs(attempt):
    """With "fan_in", which is the default, 3 inputs give the variance 2 / 3, with 4,000 outputs."""
    assert_law([attempt.kaiming_normal((4000, 3), 1)], deviation=math.sqrt(2 / 3))
    assert_law([attempt.kaiming_normal((4000, 3), 2, mode="fan_in")], deviation=math.sqrt(2 / 3))


def test_fan_out_counts_the_outputs(attempt):
    """With "fan_out" 3 outputs give the variance 2 / 3, with 4,000 inputs."""
    assert_law([attempt.kaiming_normal((3, 4000), 3, mode="fan_out")], deviation=math.sqrt(2 / 3))


def test_the_positions_of_a_kernel_count(attempt):
    """A kernel of 5 × 2 has 10 positions: fan_in is 2 · 10, fan_out 600 · 10."""
    shape = (600, 2, 5, 2)
    assert_law([attempt.kaiming_normal(shape, 4, "fan_in")], deviation=math.sqrt(2 / 20))
    assert_law([attempt.kaiming_normal(shape, 5, "fan_out")], deviation=math.sqrt(2 / 6000))


@pytest.mark.parametrize(
    ("slope", "variance"), [(0.0, 2 / 3), (0.5, 1.6 / 3), (1.0, 1 / 3), (2.0, 0.4 / 3), (3.0, 0.2 / 3)]
)
def test_negative_slope(attempt, slope, variance):
    """The larger the slope for negative inputs, the smaller the variance: 2 / ((1 + slope²) · fan)."""
    weights = attempt.kaiming_normal((4000, 3), 6, negative_slope=slope)
    assert_law([weights], deviation=math.sqrt(variance))
    weights = attempt.kaiming_normal((3, 4000), 7, "fan_out", slope)
    assert_law([weights], deviation=math.sqrt(variance))


def test_negative_slope_of_a_kernel(attempt):
    """The slope counts for a kernel as for a dense layer: 2 / ((1 + 3²) · 20) is 0.1², with 20 inputs."""
    weights = attempt.kaiming_normal((600, 2, 5, 2), 8, negative_slope=3.0)
    assert_law([weights], deviation=0.1)
    weights = attempt.kaiming_normal((2, 600, 5, 2), 9, "fan_out", 3.0)
    assert_law([weights], deviation=0.1)


def test_the_same_seed(attempt):
    """The same seed gives the same weights, however often and whatever was drawn in between."""
    for seed in (0, 7, 123_456_789):
        first = attempt.kaiming_normal((6, 5), seed)
        attempt.kaiming_normal((2, 2), seed + 1)
        again = attempt.kaiming_normal((6, 5), seed)
        assert_is_array(first, (6, 5))
        assert_is_array(again, (6, 5))
        if not np.array_equal(first, again):
            raise Mismatch(f"Two calls with the seed {seed} gave different weights.", actual=again)


def test_another_seed(attempt):
    """Different seeds give different weights."""
    drawn = [attempt.kaiming_normal((6, 5), seed) for seed in range(5)]
    for seed, weights in enumerate(drawn):
        assert_is_array(weights, (6, 5))
        if any(np.isclose(weights, earlier).mean() > 0.5 for earlier in drawn[:seed]):
            raise Mismatch(f"The seed {seed} gave the weights of another seed.", actual=weights)


def test_defaults(attempt):
    """To leave the options out means mode "fan_in" and slope 0: the same seed gives the same weights."""
    short, full = (
        attempt.kaiming_normal((4, 3), 21),
        attempt.kaiming_normal((4, 3), 21, mode="fan_in", negative_slope=0.0),
    )
    assert_is_array(short, (4, 3))
    assert_is_array(full, (4, 3))
    if not np.allclose(short, full, rtol=1e-6, atol=0):
        raise Mismatch(
            'With the options left out the weights differ from those with mode "fan_in" and slope 0.',
            actual=full,
        )


@pytest.mark.parametrize("shape", [(30, 40), (6, 5, 4, 10)])
def test_every_weight_is_drawn(attempt, shape):
    """No weight is a copy of another: nothing is drawn once and repeated along an axis."""
    weights = attempt.kaiming_normal(shape, 11)
    assert_is_array(weights, shape)
    if np.unique(weights).size < 0.9 * weights.size:
        raise Mismatch(
            f"Of {weights.size} weights only {np.unique(weights).size} differ; draw each on its own.",
            actual=weights,
        )


@pytest.mark.parametrize("mode", ["fan_in", "fan_out"])
@pytest.mark.parametrize(
    ("shape", "count"), [((60, 40), 5), ((18, 9, 15), 5), ((21, 8, 4, 5), 4), ((8, 9, 3, 2, 7), 4)]
)
def test_random_seeds(attempt, rng, mode, shape, count):
    """For layers of every rank and for any seeds and slope the weights follow the law."""
    slope = rng.uniform(0, 1)
    fan = shape[mode == "fan_in"] * math.prod(shape[2:])
    seeds = rng.choice(2**31, count, replace=False).tolist()
    drawn = [attempt.kaiming_normal(shape, seed, mode, slope) for seed in seeds]
    assert_law(drawn, deviation=math.sqrt(2 / (1 + slope**2) / fan), shape=shape)


def assert_is_array(weights, shape):
    """Judge type, kind and shape, and that all values are finite."""
    assert_close(weights, np.zeros(shape), atol=np.inf, what="The weights")


def assert_law(drawn, deviation, shape=None):
    """Judge whether arrays that were drawn alike hold numbers from N(0, deviation²)."""
    for weights in drawn:
        assert_is_array(weights, np.shape(drawn[0]) if shape is None else shape)
    values = np.concatenate([weights.ravel() for weights in drawn]).astype(np.float64)
    n, standard = values.size, values / deviation
    if abs(standard.mean()) > 7 / math.sqrt(n):
        message = f"The mean should be 0; that of {n} weights is {values.mean():.6g}."
        raise Mismatch(message, actual=drawn[0])
    mean_square = np.mean(standard**2)
    if not 1 - 10 / math.sqrt(n) < mean_square < 1 + 10 / math.sqrt(n) + 50 / n:
        message = (
            f"The standard deviation should be {deviation:.6g}; that of {n} weights is {values.std():.6g}."
        )
        raise Mismatch(message, actual=drawn[0])
    if not 3 < np.abs(standard).max() < 9:
        message = (
            "The weights should be normal, without an end to their tails; the largest of "
            f"{n} is {np.abs(standard).max():.3g} standard deviations from 0."
        )
        raise Mismatch(message, actual=drawn[0])
    points = np.linspace(-3, 3, 121)
    below = np.array([(1 + math.erf(point / math.sqrt(2))) / 2 for point in points])
    share = np.searchsorted(np.sort(standard), points, side="right") / n
    if np.abs(share - below).max() > math.sqrt(14 / n):
        raise Mismatch(f"The weights should be normal; {n} of them are not.", actual=drawn[0])


def runtime(attempt, rng):
    """Draw the weights of a 3 × 3 convolution from 128 to 256 channels."""
    seed = int(rng.integers(2**31))
    return lambda: attempt.kaiming_normal((256, 128, 3, 3), seed)
