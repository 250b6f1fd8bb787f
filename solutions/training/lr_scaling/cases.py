import math

import pytest

from cvdrill.testing import assert_close


def test_linear(attempt):
    """By the linear rule four times the batch takes four times the rate; it is the default."""
    assert_close(attempt.lr_scaling(0.1, 256, 1024), 0.4)
    assert_close(attempt.lr_scaling(0.1, 256, 1024, rule="linear"), 0.4)
    assert_close(attempt.lr_scaling(0.1, 256, 8192, "linear"), 3.2)


def test_sqrt(attempt):
    """By the square-root rule four times the batch takes twice the rate."""
    assert_close(attempt.lr_scaling(0.1, 256, 1024, rule="sqrt"), 0.2)
    assert_close(attempt.lr_scaling(0.002, 100, 2500, "sqrt"), 0.01)


def test_a_smaller_batch(attempt):
    """A quarter of the batch takes a quarter of the rate, or half of it."""
    assert_close(attempt.lr_scaling(0.1, 256, 64), 0.025)
    assert_close(attempt.lr_scaling(0.1, 256, 64, "sqrt"), 0.05)


def test_the_same_batch(attempt):
    """The same batch takes the same rate, with and without warm-up."""
    for rule in ("linear", "sqrt"):
        assert_close(attempt.lr_scaling(0.3, 128, 128, rule), 0.3)
        assert_close(attempt.lr_scaling(0.3, 128, 128, rule, warmup_steps=10, step=4), 0.3)


def test_the_ratio_is_not_rounded(attempt):
    """The ratio of the batch sizes is a fraction: 384 / 256 = 1.5, 100 / 300 = 1/3."""
    assert_close(attempt.lr_scaling(0.1, 256, 384), 0.15)
    assert_close(attempt.lr_scaling(0.1, 256, 384, "sqrt"), 0.1 * math.sqrt(1.5))
    assert_close(attempt.lr_scaling(0.9, 300, 100), 0.3)


def test_the_ramp_starts_at_the_base_rate(attempt):
    """At step 0 of a warm-up the rate is base_lr, not 0."""
    assert_close(attempt.lr_scaling(0.1, 256, 1024, warmup_steps=5, step=0), 0.1)
    assert_close(attempt.lr_scaling(0.1, 256, 1024, "sqrt", 5, 0), 0.1)


@pytest.mark.parametrize(("step", "rate"), [(1, 0.2), (2, 0.3), (3, 0.4), (4, 0.5)])
def test_the_ramp_is_straight(attempt, step, rate):
    """From 0.1 to 0.6 in five steps the rate grows by 0.1 each."""
    assert_close(attempt.lr_scaling(0.1, 256, 1536, warmup_steps=5, step=step), rate)


@pytest.mark.parametrize("step", [5, 6, 7, 1000])
def test_the_ramp_ends_at_the_scaled_rate(attempt, step):
    """From step warmup_steps on the rate is the scaled one, and grows no further."""
    assert_close(attempt.lr_scaling(0.1, 256, 1536, warmup_steps=5, step=step), 0.6)


def test_the_ramp_of_the_square_root_rule(attempt):
    """With "sqrt" the ramp leads to that rule's rate: from 0.1 to 0.2."""
    rates = [attempt.lr_scaling(0.1, 256, 1024, "sqrt", warmup_steps=4, step=step) for step in range(6)]
    assert_close(rates, [0.1, 0.125, 0.15, 0.175, 0.2, 0.2], what="The rates at steps 0 to 5")


def test_the_ramp_falls_for_a_smaller_batch(attempt):
    """With a smaller batch the rate goes down from base_lr to the scaled one."""
    rates = [attempt.lr_scaling(0.8, 256, 64, warmup_steps=3, step=step) for step in range(5)]
    assert_close(rates, [0.8, 0.6, 0.4, 0.2, 0.2], what="The rates at steps 0 to 4")


def test_without_a_step_the_scaled_rate_is_asked(attempt):
    """Without a step the result is the scaled rate, however long the warm-up."""
    assert_close(attempt.lr_scaling(0.1, 256, 1024, warmup_steps=500), 0.4)
    assert_close(attempt.lr_scaling(0.1, 256, 1024, "sqrt", warmup_steps=500, step=None), 0.2)


def test_without_warmup_every_step_has_the_scaled_rate(attempt):
    """Without warm-up even step 0 has the scaled rate."""
    for step in (0, 1, 2, 99):
        assert_close(attempt.lr_scaling(0.1, 256, 1024, step=step), 0.4)
        assert_close(attempt.lr_scaling(0.1, 256, 1024, warmup_steps=0, step=step), 0.4)


def test_a_warmup_of_one_step(attempt):
    """A warm-up of one step: base_lr at step 0, the scaled rate at step 1."""
    rates = [attempt.lr_scaling(0.1, 256, 1024, warmup_steps=1, step=step) for step in range(3)]
    assert_close(rates, [0.1, 0.4, 0.4], what="The rates at steps 0 to 2")


@pytest.mark.parametrize("rule", ["linear", "sqrt"])
def test_random_settings(attempt, reference, rng, rule):
    """Agrees with the reference for rates, batch sizes and steps of all sorts."""
    for _ in range(12):
        base_lr = 10 ** rng.uniform(-5, 0)
        base_batch, batch = (int(2 ** rng.uniform(0, 14)) for _ in range(2))
        warmup_steps = int(rng.integers(1, 2000))
        step = int(rng.integers(0, 3 * warmup_steps)) if rng.random() < 0.5 else warmup_steps // 3
        setting = base_lr, base_batch, batch, rule, warmup_steps, step
        assert_close(attempt.lr_scaling(*setting), reference.lr_scaling(*setting), what="The rate")
