"""Laws are judged with bounds that a right answer misses less than once in 10^10 checks.

Signs are fair coins: by Hoeffding's inequality their count among n is off by more than sqrt(14 n) with a
chance of at most 2 e^-28.
"""

import math

import numpy as np
import pytest

from cvdrill.testing import Mismatch, assert_close

NOT_UNIFORM = "The matrix is not uniform among the orthogonal ones."


@pytest.mark.parametrize("shape", [(3, 3), (2, 5), (5, 2), (1, 1), (4, 3, 2), (2, 3, 2, 2), (8, 2, 1, 2, 3)])
def test_an_array_of_the_given_shape(attempt, shape):
    """The result is an array of floats with the given shape, whatever number of axes it has."""
    assert_is_array(attempt.orthogonal_init(shape, 0), shape)


@pytest.mark.parametrize("n", [2, 3, 16])
def test_square(attempt, n):
    """The rows of a square matrix are orthonormal, and so are its columns."""
    assert_orthogonal(attempt.orthogonal_init((n, n), 1), (n, n))


@pytest.mark.parametrize("shape", [(2, 5), (1, 4), (7, 8)])
def test_wide(attempt, shape):
    """The rows of a wide matrix are orthonormal."""
    assert_orthogonal(attempt.orthogonal_init(shape, 2), shape)


@pytest.mark.parametrize("shape", [(5, 2), (4, 1), (8, 7)])
def test_tall(attempt, shape):
    """The columns of a tall matrix are orthonormal."""
    assert_orthogonal(attempt.orthogonal_init(shape, 3), shape)


@pytest.mark.parametrize("shape", [(16, 2, 2, 2), (3, 4, 3, 3), (8, 2, 2, 2), (6, 2, 2), (2, 2, 1, 3, 2)])
def test_kernels(attempt, shape):
    """A kernel counts as the matrix of its first axis and all the others together, tall, wide or square."""
    assert_orthogonal(attempt.orthogonal_init(shape, 4), shape)


@pytest.mark.parametrize("shape", [(4, 4), (2, 6), (6, 2), (3, 2, 2, 2)])
def test_gain(attempt, shape):
    """Every entry is multiplied by the gain, so the squares of the lengths by its square."""
    assert_orthogonal(attempt.orthogonal_init(shape, 5, gain=3.0), shape, gain=3.0)
    assert_orthogonal(attempt.orthogonal_init(shape, 6, 0.5), shape, gain=0.5)


def test_the_same_seed(attempt):
    """The same seed gives the same weights, however often and whatever was drawn in between."""
    for seed in (0, 7, 123_456_789):
        first = attempt.orthogonal_init((6, 5), seed)
        attempt.orthogonal_init((2, 2), seed + 1)
        again = attempt.orthogonal_init((6, 5), seed)
        assert_is_array(first, (6, 5))
        assert_is_array(again, (6, 5))
        if not np.allclose(first, again, rtol=1e-4, atol=1e-5):
            raise Mismatch(f"Two calls with the seed {seed} gave different weights.", actual=again)


def test_another_seed(attempt):
    """Different seeds give different weights."""
    drawn = [attempt.orthogonal_init((6, 5), seed) for seed in range(5)]
    for seed, weights in enumerate(drawn):
        assert_is_array(weights, (6, 5))
        if any(np.isclose(weights, earlier).mean() > 0.5 for earlier in drawn[:seed]):
            raise Mismatch(f"The seed {seed} gave the weights of another seed.", actual=weights)


def test_default_gain(attempt):
    """To leave the gain out means 1: the same seed gives the same weights."""
    short, full = attempt.orthogonal_init((4, 3), 21), attempt.orthogonal_init((4, 3), 21, gain=1.0)
    assert_is_array(short, (4, 3))
    assert_is_array(full, (4, 3))
    if not np.allclose(short, full, rtol=1e-4, atol=1e-5):
        raise Mismatch("With the gain left out the weights differ from those with a gain of 1.", actual=full)


def test_one_entry_is_1_or_minus_1(attempt):
    """A matrix of one entry is 1 for some seeds and -1 for others."""
    drawn = draw(attempt, (1, 1), range(60))[:, 0, 0]
    if np.unique(np.sign(drawn)).size < 2:
        raise Mismatch(
            f"With 60 seeds the matrix of one entry is always {drawn[0]:.6g}; it should be 1 or -1."
        )


@pytest.mark.parametrize("shape", [(4, 2), (1, 3, 2)])
def test_signs_are_fair(attempt, rng, shape):
    """Over many seeds every entry of a tall or wide matrix is as often positive as negative."""
    assert_fair_signs(draw(attempt, shape, random_seeds(rng, 80)))


@pytest.mark.parametrize("n", [2, 3])
def test_turns_and_reflections(attempt, rng, n):
    """Over many seeds a square matrix has fair signs, and the determinant 1 as often as -1."""
    drawn = draw(attempt, (n, n), random_seeds(rng, 80))
    assert_fair_signs(drawn)
    turns = int((np.linalg.det(drawn) > 0).sum())
    if abs(turns - 40) > math.sqrt(14 * 80):
        message = (
            f"The determinant is 1 for {turns} of 80 seeds; it should be 1 for half of them and else -1."
        )
        raise Mismatch(f"{message} {NOT_UNIFORM}")


@pytest.mark.parametrize("shape", [(10, 100), (100, 10), (100, 100)])
def test_long_vectors_are_nearly_normal(attempt, rng, shape):
    """A random unit vector of 100 entries has some that are far from 0, as normal numbers have.

    An entry times 10 is beyond ±2 with the chance 0.0437, so about 440 of 10,000 are, with a
    standard deviation of 16 or less (simulated). The bounds leave eight of them or more.
    """
    drawn = 10 * draw(attempt, shape, random_seeds(rng, 10_000 // (shape[0] * shape[1])))
    far = int((np.abs(drawn) > 2).sum())
    if not 300 < far < 590:
        message = (
            f"Of 10,000 entries of unit vectors of length 100, {far} are beyond ±0.2; about 440 should be."
        )
        raise Mismatch(f"{message} Not every direction is as likely.")


@pytest.mark.parametrize(
    "shape", [(5, 5), (30, 12), (12, 30), (4, 5, 6), (25, 5, 5), (10, 3, 3, 3), (40, 2, 3, 2)]
)
def test_random_seeds(attempt, rng, shape):
    """For any seed and gain the rows or columns are orthogonal and as long as the gain."""
    for seed in random_seeds(rng, 3):
        gain = rng.uniform(0.3, 3.0)
        assert_orthogonal(attempt.orthogonal_init(shape, seed, gain), shape, gain)


def random_seeds(rng, count):
    """Return different seeds."""
    return rng.choice(2**31, count, replace=False).tolist()


def draw(attempt, shape, seeds):
    """Return a matrix for each seed: (seeds, rows, columns)."""
    drawn = [attempt.orthogonal_init(shape, seed) for seed in seeds]
    for weights in drawn:
        assert_is_array(weights, shape)
    return np.array(drawn, dtype=np.float64).reshape(len(drawn), shape[0], -1)


def assert_fair_signs(drawn):
    """Judge whether every entry is positive for about half of the seeds."""
    positive = (drawn > 0).sum(axis=0)
    unfair = np.argwhere(abs(positive - len(drawn) / 2) > math.sqrt(14 * len(drawn)))
    if unfair.size:
        i, j = map(int, unfair[0])
        message = (
            f"Entry [{i}, {j}] is positive for {positive[i, j]} of {len(drawn)} seeds; it should be for half."
        )
        raise Mismatch(f"{message} {NOT_UNIFORM}")


def assert_is_array(weights, shape):
    """Judge type, kind and shape, and that all values are finite."""
    assert_close(weights, np.zeros(shape), atol=np.inf, what="The weights")


def assert_orthogonal(weights, shape, gain=1.0):
    """Judge whether the rows, or the columns, are orthogonal and have the gain as their length.

    An error of 1e-5 is left for those who work in float32; no constant of this drill hides there.
    """
    assert_is_array(weights, shape)
    matrix = weights.reshape(shape[0], -1).astype(np.float64) / gain
    rows, columns = matrix.shape
    for what, gram in (("rows", matrix @ matrix.T), ("columns", matrix.T @ matrix)):
        if len(gram) != min(rows, columns):
            continue
        off = abs(gram - np.diag(np.diag(gram))).max()
        if off > 1e-5:
            message = f"The {what} of a {rows} × {columns} matrix should be at right angles, but the largest"
            message += f" product of two, each divided by the gain, is {off:.3g}."
            raise Mismatch(message, actual=weights)
        lengths = np.sqrt(np.diag(gram))
        if abs(lengths - 1).max() > 1e-5:
            worst = gain * lengths[abs(lengths - 1).argmax()]
            message = f"The {what} should have the length {gain:.6g}, the gain; one has {worst:.6g}."
            raise Mismatch(message, actual=weights)


def runtime(attempt, rng):
    """Draw the weights of a 3 × 3 convolution of 64 channels."""
    seed = int(rng.integers(2**31))
    return lambda: attempt.orthogonal_init((64, 64, 3, 3), seed)
