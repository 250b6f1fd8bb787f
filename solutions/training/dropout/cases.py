"""Laws are judged with bounds that a right answer misses less than once in 10^10 checks.

By Hoeffding's inequality the number of dropped elements among n is off by more than sqrt(14 n) with a chance
of at most 2 e^-28.
"""

import math

import numpy as np
import pytest

from cvdrill.testing import Mismatch, assert_close, strided


@pytest.mark.parametrize("p", [0.0, 0.3, 1.0])
def test_outside_training_nothing_happens(attempt, p):
    """With training=False the result is x, whatever p and whatever the seed."""
    x = np.array([[1.0, -2, 3], [0.5, 0, -8]])
    assert_close(attempt.dropout(x, p, False, 1), x)
    assert_close(attempt.dropout(x, p=p, training=False, seed=2), x)


def test_what_stays_is_divided_by_the_chance_to_stay(attempt):
    """With p = 0.2 what is not dropped becomes 1 / 0.8 = 1.25 times as large."""
    x = np.linspace(-4.0, 5.0, 200).reshape(10, 20)
    assert_dropped(attempt.dropout(x, 0.2, True, 3), x, 0.2)


@pytest.mark.parametrize("p", [0.1, 0.3, 0.5, 0.75, 0.95])
def test_p_is_the_chance_to_drop(attempt, p):
    """The share of elements that become 0 is p, in 10,000 of them."""
    x = ramp(100, 100)
    assert_dropped(attempt.dropout(x, p, True, 4), x, p)


def test_on_average_nothing_is_lost(attempt):
    """The mean over 20,000 ones is still 1, give or take 0.04: what stays makes up for what goes."""
    out = attempt.dropout(np.ones((200, 100)), 0.4, True, 5)
    assert_dropped(out, np.ones((200, 100)), 0.4)
    if abs(out.mean() - 1) > math.sqrt(14 * out.size) / 0.6 / out.size:
        raise Mismatch(f"The mean of ones after dropout should be near 1, not {out.mean():.4g}.", actual=out)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", [(5,), (3, 4), (2, 3, 4, 5)])
def test_p_zero_keeps_everything(attempt, shape, dtype):
    """With p = 0 the result is x."""
    x = ramp(*shape).astype(dtype)
    assert_close(attempt.dropout(x, 0.0, True, 6), x)


@pytest.mark.parametrize("p", [1.0, 1])
@pytest.mark.parametrize("shape", [(5,), (3, 4), (2, 3, 4, 5)])
def test_p_one_drops_everything(attempt, shape, p):
    """With p = 1 the result is all zeros, not NaN or inf."""
    assert_close(attempt.dropout(ramp(*shape), p, True, 7), np.zeros(shape))


def test_the_same_seed_drops_the_same_elements(attempt):
    """The same seed drops the same elements, however often and whatever was drawn in between."""
    x = ramp(20, 30)
    for seed in (0, 7, 123_456_789):
        first = attempt.dropout(x, 0.5, True, seed)
        attempt.dropout(x[:3], 0.5, True, seed + 1)
        again = attempt.dropout(x, 0.5, True, seed)
        assert_dropped(first, x, 0.5)
        assert_dropped(again, x, 0.5)
        if not np.array_equal(first, again):
            raise Mismatch(f"Two calls with the seed {seed} dropped different elements.", actual=again)


def test_another_seed_drops_others(attempt):
    """Different seeds drop different elements: of 600, two seeds agree about half, not about all."""
    x = ramp(20, 30)
    masks = []
    for seed in range(5):
        out = attempt.dropout(x, 0.5, True, seed)
        assert_dropped(out, x, 0.5)
        if any(abs((mask == (out == 0)).sum() - 300) > math.sqrt(14 * 600) for mask in masks):
            raise Mismatch(f"The seed {seed} drops nearly what another seed drops.", actual=out)
        masks.append(out == 0)


@pytest.mark.parametrize(
    "shape", [(100, 150), (150, 100), (5, 60, 60), (60, 5, 60), (60, 60, 5), (10, 9, 12, 14)]
)
def test_elements_are_dropped_one_by_one(attempt, shape):
    """No row, column or channel is dropped or kept as a whole, and neighbours do not share their fate."""
    x = ramp(*shape)
    out = attempt.dropout(x, 0.5, True, 8)
    assert_dropped(out, x, 0.5)
    dropped = out == 0
    for axis in range(dropped.ndim):
        ahead, behind = np.delete(dropped, 0, axis), np.delete(dropped, -1, axis)
        if abs((ahead == behind).sum() - ahead.size / 2) > math.sqrt(14 * ahead.size):
            share = (ahead == behind).mean()
            message = f"Along axis {axis} {share:.0%} of all neighbours are dropped or kept together; with"
            raise Mismatch(f"{message} p = 0.5 half of them should be.", actual=out)


def test_the_value_does_not_matter(attempt):
    """Large and small, negative and positive elements are dropped with the same chance; a 0 stays 0."""
    x = np.zeros((4, 10_000))
    x[0], x[1], x[2] = 1e6, -1e-6, -3.0
    out = attempt.dropout(x, 0.3, True, 9)
    assert_dropped(out[:3], x[:3], 0.3)
    assert_close(out[3], x[3], what="What becomes of zeros")
    for row in range(3):
        if abs((out[row] == 0).sum() - 3000) > math.sqrt(14 * 10_000):
            message = f"Elements of {x[row, 0]:g} are dropped with a chance of {(out[row] == 0).mean():.2f}"
            raise Mismatch(f"{message}; p is 0.3.", actual=out)


def test_float32(attempt):
    """Works on float32."""
    x = ramp(60, 70).astype(np.float32)
    assert_dropped(attempt.dropout(x, 0.3, True, 10), x, 0.3)
    assert_close(attempt.dropout(x, 0.3, False, 10), x)
    assert_close(attempt.dropout(x, 1.0, True, 10), np.zeros((60, 70)))


def test_strided_views(attempt):
    """Works on views whose memory is not contiguous, and leaves them as they are."""
    x = ramp(40, 50)
    assert_dropped(attempt.dropout(strided(x), 0.3, True, 11), x, 0.3)
    assert_close(attempt.dropout(strided(x), 0.3, False, 11), x)


@pytest.mark.parametrize("shape", [(3000,), (30, 200), (6, 5, 10, 20)])
def test_random_inputs(attempt, rng, shape):
    """For any p, seed and shape what stays is scaled, and the share that goes is p."""
    for _ in range(3):
        x, p = rng.choice([-1, 1], shape) * rng.uniform(0.5, 2, shape), rng.uniform(0.05, 0.95)
        assert_dropped(attempt.dropout(x, p, True, int(rng.integers(2**31))), x, p)


def ramp(*shape):
    """Return different numbers of both signs, none near 0."""
    n = math.prod(shape)
    signs = np.where(np.arange(n) % 3 == 1, -1.0, 1.0)
    return (signs * np.linspace(0.5, 2.5, n)).reshape(shape)


def assert_dropped(out, x, p):
    """Judge a result for an input without zeros: which elements are 0, how many, and what became of
    others.
    """
    assert_close(out, np.zeros(x.shape), atol=np.inf)
    dropped = out == 0
    expected = np.where(dropped, 0, x.astype(np.float64) / (1 - p))
    assert_close(out, expected)
    off = abs(dropped.sum() - p * x.size)
    if off > math.sqrt(14 * x.size):
        message = f"With p = {p:.4g} a share of {dropped.mean():.4g} of {x.size} elements is dropped."
        raise Mismatch(message, actual=out)


def runtime(attempt, rng):
    """Drop half of 200,000 activations."""
    x = rng.standard_normal((200, 1000))
    seed = int(rng.integers(2**31))
    return lambda: attempt.dropout(x, 0.5, True, seed)
