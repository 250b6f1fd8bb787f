import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_two_scores(attempt):
    """Scores 0 and ln 3 stand for odds of 1 to 3: probabilities 1/4 and 3/4."""
    assert_close(attempt.softmax(np.array([0.0, np.log(3.0)])), np.array([0.25, 0.75]))


def test_rows_are_apart(attempt):
    """Without an axis every row of a matrix is a softmax of its own."""
    x = np.log(np.array([[1.0, 2, 3, 4], [5, 1, 1, 1]]))
    assert_close(attempt.softmax(x), np.array([[0.1, 0.2, 0.3, 0.4], [0.625, 0.125, 0.125, 0.125]]))


def test_columns(attempt):
    """With axis=0 the probabilities add up to 1 down every column."""
    x = np.log(np.array([[1.0, 3, 2], [3, 5, 2]]))
    expected = np.array([[0.25, 0.375, 0.5], [0.75, 0.625, 0.5]])
    assert_close(attempt.softmax(x, axis=0), expected)
    assert_close(attempt.softmax(x, -2), expected)


def test_the_last_axis_is_the_default(attempt):
    """Of a batch of matrices, too, the last axis is taken unless another is named."""
    x = np.log(np.array([[[1.0, 3], [1, 1], [4, 1]], [[3, 1], [1, 4], [3, 2]]]))
    expected = np.array([[[0.25, 0.75], [0.5, 0.5], [0.8, 0.2]], [[0.75, 0.25], [0.2, 0.8], [0.6, 0.4]]])
    assert_close(attempt.softmax(x), expected)
    assert_close(attempt.softmax(x, axis=2), expected)


def test_an_axis_in_the_middle(attempt):
    """With axis=1 of three the others are a batch."""
    x = np.log(np.array([[[1.0, 3, 1], [1, 1, 4]], [[3, 1, 2], [1, 4, 3]]]))
    expected = np.array([[[0.5, 0.75, 0.2], [0.5, 0.25, 0.8]], [[0.75, 0.2, 0.4], [0.25, 0.8, 0.6]]])
    assert_close(attempt.softmax(x, axis=1), expected)


def test_equal_scores(attempt):
    """Equal scores share the probability evenly, whatever they are."""
    assert_close(attempt.softmax(np.full((2, 5), -7.3)), np.full((2, 5), 0.2))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("level", [1e4, -1e4])
def test_large_scores(attempt, dtype, level):
    """Only differences count: scores near 1e4 or -1e4 give what the same scores near 0 give."""
    x = np.array([[0.0, 1.0, -2.0], [3.0, 0.0, 3.0]]) + level
    powers = np.array([[1.0, np.e, np.exp(-2)], [1, np.exp(-3), 1]])
    expected = powers / powers.sum(axis=1, keepdims=True)
    result = attempt.softmax(x.astype(dtype))
    assert_close(result, expected.astype(dtype), rtol=rounding_at_1e4(dtype, result))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_spread_from_one_end_to_the_other(attempt, dtype):
    """A score that leads by thousands takes everything; the rest underflow to 0, and nothing is NaN."""
    x = np.array([[1e4, 0, -1e4], [-1e4, -1e4, 1e4], [1e4, -1e4, 1e4]], dtype)
    expected = np.array([[1, 0, 0], [0, 0, 1], [0.5, 0, 0.5]], dtype)
    result = attempt.softmax(x)
    assert_close(result, expected, rtol=rounding_at_1e4(dtype, result))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("axis", [0, 1])
def test_rows_on_different_levels(attempt, dtype, axis):
    """Each softmax needs a shift of its own: one at 1e4 must not push another at -1e4 to 0 / 0."""
    x = np.array([[1e4, 1e4 - 1], [-1e4, -1e4 + 1], [0.5, 0.5]], dtype)
    low = 1 / (1 + np.e)
    expected = np.array([[1 - low, low], [low, 1 - low], [0.5, 0.5]], dtype)
    if axis == 0:
        x, expected = x.T, expected.T
    result = attempt.softmax(x, axis)
    assert_close(result, expected, rtol=rounding_at_1e4(dtype, result))


def test_a_small_probability_is_not_cut_off(attempt):
    """A score that trails by 50 gets e**-50, about 2e-22; nothing is clipped or added."""
    actual = attempt.softmax(np.array([[0.0, -50.0], [-1050.0, -1000.0]]))
    assert_close(actual, np.array([[1, np.exp(-50)], [np.exp(-50), 1]]), rtol=1e-4, atol=0)


def test_an_axis_of_length_one(attempt):
    """What stands alone gets probability 1."""
    x = np.array([[3.0], [-700.0], [0.0]])
    assert_close(attempt.softmax(x), np.ones((3, 1)))
    assert_close(attempt.softmax(x, 0), np.array([[1 / (1 + np.exp(-3))], [0], [1 / (1 + np.exp(3))]]))


@pytest.mark.parametrize("axis", [0, 1, 2, 3, -1, -2, -3, -4])
def test_every_axis(attempt, reference, rng, axis):
    """Agrees with the reference along every axis of four, counted from either end."""
    x = 3 * rng.standard_normal((2, 3, 5, 4))
    assert_close(attempt.softmax(x, axis=axis), reference.softmax(x, axis=axis))


@pytest.mark.parametrize("shape", [(1,), (9,), (4, 4), (1, 6), (30, 11)])
def test_random_scores(attempt, reference, rng, shape):
    """Agrees with the reference on random scores."""
    x = 3 * rng.standard_normal(shape)
    assert_close(attempt.softmax(x), reference.softmax(x))


@pytest.mark.parametrize("axis", [0, -1])
def test_random_scores_in_float32(attempt, reference, rng, axis):
    """Agrees with the reference on scores in float32."""
    x = (3 * rng.standard_normal((12, 20))).astype(np.float32)
    assert_close(attempt.softmax(x, axis), reference.softmax(x, axis))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_scores_that_are_extreme(attempt, reference, rng, dtype):
    """Agrees with the reference on rows that lie anywhere between -1e4 and 1e4."""
    x = (rng.standard_normal((10, 6)) + rng.uniform(-9990, 9990, (10, 1))).astype(dtype)
    expected = reference.softmax(x.astype(np.float64)).astype(dtype)
    result = attempt.softmax(x)
    assert_close(result, expected, rtol=rounding_at_1e4(dtype, result))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as some channels of a larger output."""
    x = 3 * rng.standard_normal((3, 4, 5))
    assert_close(attempt.softmax(strided(x), 1), reference.softmax(x, 1))
    assert_close(attempt.softmax(strided(x)), reference.softmax(x))


def rounding_at_1e4(dtype, result):
    """Return the relative error that scores near 1e4 may cause: ten units in their last place.

    It is that of single precision if scores or result have it. Whoever takes exp(x - log_sum_exp) is right,
    and rounds the logarithm to such units, which an exponential turns from absolute into relative error;
    taking the scores in one at a time does so once per score.
    """
    single = np.float32 in (dtype, getattr(result, "dtype", None))
    return float(10 * np.spacing(np.float32(1e4))) if single else 1e-7


def runtime(attempt, rng):
    """Turn 500 rows of 400 scores into probabilities."""
    x = 3 * rng.standard_normal((500, 400))
    return lambda: attempt.softmax(x)
