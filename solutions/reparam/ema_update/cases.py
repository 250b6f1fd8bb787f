import math

import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

NAME = "The new average"
LATE = 10_000_000  # so late that the effective decay is the decay


def test_a_weighted_mean(attempt):
    """Late in training, with decay 0.75, three quarters are the average and one quarter is the model."""
    ema, state = {"w": np.array([1.0, 0.0, -2.0])}, {"w": np.array([5.0, 4.0, 2.0])}
    assert_new(attempt.ema_update(ema, state, LATE, decay=0.75), {"w": np.array([2.0, 1.0, -1.0])})


def test_decay_belongs_to_the_average(attempt):
    """With decay 0 the result is the model, with decay 1 the average, once the ramp is over."""
    ema, state = {"w": np.array([1.0, 2.0])}, {"w": np.array([10.0, 20.0])}
    assert_new(attempt.ema_update(ema, state, LATE, decay=0.0), state)
    assert_new(attempt.ema_update(ema, state, LATE, decay=1.0), ema)


def test_at_step_0_the_average_is_the_model(attempt):
    """At step 0 the effective decay is 0, whatever the decay."""
    ema, state = {"w": np.array([1.0, 2.0])}, {"w": np.array([10.0, 20.0])}
    assert_new(attempt.ema_update(ema, state, 0), state)
    assert_new(attempt.ema_update(ema, state, 0, decay=1.0, tau=1.0), state)


@pytest.mark.parametrize(("step", "left"), [(1, 2), (2, 4), (3, 8), (10, 1024)])
def test_the_ramp(attempt, step, left):
    """With tau = 1 / ln 2 the effective decay is 1/2, 3/4, 7/8, … of the decay."""
    ema, state = {"w": np.array([1.0])}, {"w": np.array([0.0])}
    expected = {"w": np.array([0.8 * (1 - 1 / left)])}
    assert_new(attempt.ema_update(ema, state, step, decay=0.8, tau=1 / math.log(2)), expected)


def test_the_defaults(attempt):
    """Left out, the decay is 0.9999 and tau 2000: at step 2000 the effective decay is 0.9999 · (1 - 1/e)."""
    ema, state = {"w": np.array([1.0])}, {"w": np.array([0.0])}
    assert_new(attempt.ema_update(ema, state, 2000), {"w": np.array([0.9999 * (1 - math.exp(-1))])})
    assert_new(attempt.ema_update(ema, state, LATE), {"w": np.array([0.9999])})
    # In float32 1 - 0.9999 keeps four digits, and whoever computes so is right.
    assert_close(attempt.ema_update(state, ema, LATE), {"w": np.array([0.0001])}, atol=1e-7, what=NAME)
    assert_new(attempt.ema_update(ema, state, 1), {"w": np.array([0.9999 * -math.expm1(-1 / 2000)])})


def test_tau_stretches_the_ramp(attempt):
    """Twice as large a tau takes twice as many steps to the same effective decay."""
    ema, state = {"w": np.array([1.0])}, {"w": np.array([0.0])}
    expected = {"w": np.array([0.5 * (1 - math.exp(-1.5))])}
    assert_new(attempt.ema_update(ema, state, 150, 0.5, 100), expected)
    assert_new(attempt.ema_update(ema, state, 300, 0.5, 200), expected)


def test_integers_are_copied(attempt):
    """A counter is the model's, exactly and as an integer, while the weights beside it are averaged."""
    ema = {"w": np.array([4.0]), "batches": np.array(100), "shape": np.array([1, 2], np.int32)}
    state = {"w": np.array([8.0]), "batches": np.array(201), "shape": np.array([7, 9], np.int32)}
    expected = {"w": np.array([5.0]), "batches": np.array(201), "shape": np.array([7, 9], np.int32)}
    assert_new(attempt.ema_update(ema, state, LATE, decay=0.75), expected)


def test_large_integers_are_copied_exactly(attempt):
    """An integer beyond 2^53, which no float can hold, comes through as it is."""
    ema, state = {"id": np.array([0, 1])}, {"id": np.array([2**53 + 1, -(2**60) - 1])}
    assert_new(attempt.ema_update(ema, state, 5), state)


def test_booleans_are_copied(attempt):
    """A flag is the model's, and stays boolean."""
    ema = {"done": np.array(False), "mask": np.array([True, False, True])}
    state = {"done": np.array(True), "mask": np.array([False, False, True])}
    assert_new(attempt.ema_update(ema, state, LATE, decay=1.0), state)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.bool_])
def test_what_is_no_float_is_the_models_at_any_step(attempt, dtype):
    """Integers and booleans are the model's at the first step as at the last."""
    ema, state = {"n": np.array([0, 1, 1], dtype)}, {"n": np.array([1, 0, 1], dtype)}
    for step in (0, 1, LATE):
        assert_new(attempt.ema_update(ema, state, step), state)


def test_no_entries(attempt):
    """An empty state dict gives an empty one."""
    assert_close(attempt.ema_update({}, {}, 3), {})


def test_weights_without_an_axis(attempt):
    """A weight of a single number, without any axis, is averaged like any other."""
    ema, state = {"scale": np.array(1.0)}, {"scale": np.array(5.0)}
    assert_new(attempt.ema_update(ema, state, LATE, 0.75), {"scale": np.array(2.0)})


def test_ten_updates_of_a_model_at_rest(attempt):
    """Repeated at a constant decay, the average comes closer to a resting model by the decay each time."""
    ema, state = {"w": np.array([1.0, -3.0])}, {"w": np.array([0.0, 0.0])}
    for number in range(1, 11):
        assert_new(attempt.ema_update(ema, state, LATE, 0.5), {"w": np.array([1.0, -3.0]) / 2**number})
        ema = {"w": np.array([1.0, -3.0]) / 2**number}


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("step", [1, 700, 5000])
def test_random_state_dicts(attempt, reference, rng, dtype, step):
    """Agrees with the reference on state dicts of a convolution with batch norm."""
    ema, state = random_state(rng, dtype), random_state(rng, dtype)
    assert_new(attempt.ema_update(ema, state, step), reference.ema_update(ema, state, step))
    options = float(rng.uniform(0.1, 0.999)), float(rng.uniform(10, 3000))
    expected = reference.ema_update(ema, state, step, *options)
    assert_new(attempt.ema_update(ema, state, step, *options), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, and leaves them as they are."""
    ema, state = random_state(rng, np.float64), random_state(rng, np.float64)
    expected = reference.ema_update(ema, state, 1500)
    views = [{key: strided(value) if value.ndim else value for key, value in d.items()} for d in (ema, state)]
    assert_new(attempt.ema_update(*views, 1500), expected)


def assert_new(actual, expected):
    """Judge a state dict."""
    assert_close(actual, expected, what=NAME)


def random_state(rng, dtype):
    """Return a state dict of a convolution with batch norm and a table of integers."""
    floats = {
        "conv.weight": (4, 3, 2, 1),
        "bn.weight": (4,),
        "bn.bias": (4,),
        "bn.running_mean": (4,),
        "bn.running_var": (4,),
        "scale": (),
    }
    # Of one sign, so that nothing cancels and rounding shows nowhere.
    state = {key: np.asarray(rng.uniform(0.5, 2, shape), dtype) for key, shape in floats.items()}
    state["bn.num_batches_tracked"] = np.asarray(rng.integers(0, 10**6))
    state["index"] = rng.integers(0, 100, (3, 2)).astype(np.int32)
    state["mask"] = rng.random((2, 3)) < 0.5
    return state


def runtime(attempt, rng):
    """Average 200 arrays of 400 weights."""
    ema, state = ({str(k): rng.standard_normal(400) for k in range(200)} for _ in range(2))
    return lambda: attempt.ema_update(ema, state, 1000)
