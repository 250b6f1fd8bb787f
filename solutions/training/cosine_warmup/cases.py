import math

import pytest

from cvdrill.testing import assert_close


def test_the_warmup_is_a_straight_line_from_zero(attempt):
    """In a warm-up of 4 steps to 0.8 the rates are 0, 0.2, 0.4, 0.6, and 0.8 at step 4."""
    assert_close(curve(attempt, range(5), 10, 4, 0.8), [0.0, 0.2, 0.4, 0.6, 0.8], what="The rates")


def test_the_decay_is_half_a_cosine(attempt):
    """From 1 at step 2 to 0 at step 8: a quarter is lost after a third, half after a half."""
    expected = [1.0, (2 + math.sqrt(3)) / 4, 0.75, 0.5, 0.25, (2 - math.sqrt(3)) / 4, 0.0]
    assert_close(curve(attempt, range(2, 9), 8, 2, 1.0), expected, what="The rates at steps 2 to 8")


def test_the_three_corners(attempt):
    """0 at step 0, max_lr at step warmup_steps, min_lr at step total_steps."""
    for total_steps, warmup_steps in ((10, 3), (100, 1), (7, 6), (1000, 500)):
        corners = curve(attempt, (0, warmup_steps, total_steps), total_steps, warmup_steps, 0.3, 0.01)
        assert_close(corners, [0.0, 0.3, 0.01], what="The rates at the corners")


def test_min_lr_lifts_the_end(attempt):
    """With rates from 1 down to 0.2 the middle of the decay is at 0.6, two thirds of it at 0.4."""
    assert_close(curve(attempt, (3, 5, 6, 7, 9), 9, 3, 1.0, 0.2), [1.0, 0.8, 0.6, 0.4, 0.2], what="The rates")


def test_the_warmup_starts_at_zero_whatever_min_lr(attempt):
    """The warm-up starts at 0, not at min_lr."""
    assert_close(curve(attempt, range(4), 9, 4, 1.0, 0.2), [0.0, 0.25, 0.5, 0.75], what="The rates")


def test_without_warmup(attempt):
    """Without warm-up step 0 has max_lr, and the decay takes all steps."""
    expected = [2.0, 1 + math.sqrt(0.5), 1.0, 1 - math.sqrt(0.5), 0.0]
    assert_close(curve(attempt, range(5), 4, 0, 2.0), expected, what="The rates at steps 0 to 4")


@pytest.mark.parametrize("min_lr", [0.0, 0.05])
def test_after_the_end(attempt, min_lr):
    """From step total_steps on the rate stays at min_lr; the cosine does not come up again."""
    late = curve(attempt, (10, 11, 13, 17, 24, 1000), 10, 3, 0.5, min_lr)
    assert_close(late, [min_lr] * 6, what="The rates after the end")


def test_a_warmup_up_to_the_last_step_but_one(attempt):
    """A decay of a single step goes from max_lr to min_lr at once."""
    assert_close(curve(attempt, range(6), 4, 3, 0.3, 0.1), [0.0, 0.1, 0.2, 0.3, 0.1, 0.1], what="The rates")


def test_a_single_step_in_all(attempt):
    """With one step in all and no warm-up step 0 has max_lr, step 1 min_lr."""
    assert_close(curve(attempt, range(3), 1, 0, 0.7, 0.2), [0.7, 0.2, 0.2], what="The rates")


def test_equal_limits(attempt):
    """Where min_lr equals max_lr the rate is constant after the warm-up."""
    assert_close(curve(attempt, range(6), 5, 2, 0.4, 0.4), [0.0, 0.2, 0.4, 0.4, 0.4, 0.4], what="The rates")


def test_min_lr_is_zero_by_default(attempt):
    """Without min_lr the rate goes down to 0: at three quarters of a decay from 4 it is 2 - √2."""
    assert_close(attempt.cosine_warmup(6, 8, 0, 4.0), 2 - math.sqrt(2), what="The rate")
    assert_close(attempt.cosine_warmup(8, 8, 0, 4.0), 0.0, what="The rate")


def test_a_long_training(attempt):
    """Also with 90,000 steps and rates of 1e-5 the curve is right: 0.85, 0.5 and 0.15 of the rate, nearly."""
    share = (2 + math.sqrt(2)) / 4
    expected = [5e-6, 1e-5, 1e-5 * share, 5e-6, 1e-5 * (1 - share), 0.0]
    steps = 5_000, 10_000, 30_000, 50_000, 70_000, 90_000
    for step, rate in zip(steps, expected, strict=True):
        assert_close(attempt.cosine_warmup(step, 90_000, 10_000, 1e-5), rate, atol=1e-14, what="The rate")


def test_named_arguments(attempt):
    """All arguments can be given by name."""
    rate = attempt.cosine_warmup(step=5, total_steps=8, warmup_steps=2, max_lr=1.0, min_lr=0.5)
    assert_close(rate, 0.75, what="The rate")


def test_random_settings(attempt, reference, rng):
    """Agrees with the reference in the warm-up, in the decay and after it."""
    for _ in range(10):
        total_steps = int(rng.integers(5, 3000))
        warmup_steps = int(rng.integers(1, total_steps))
        max_lr = 10 ** rng.uniform(-5, 1)
        rates = total_steps, warmup_steps, max_lr, max_lr * rng.uniform(0.01, 1)
        for step in (
            int(rng.integers(0, warmup_steps)),
            int(rng.integers(warmup_steps, total_steps)),
            int(rng.integers(total_steps, 3 * total_steps)),
        ):
            expected = reference.cosine_warmup(step, *rates)
            assert_close(attempt.cosine_warmup(step, *rates), expected, what="The rate")


def curve(attempt, steps, *rates):
    """Return the rates at some steps."""
    return [attempt.cosine_warmup(step, *rates) for step in steps]
