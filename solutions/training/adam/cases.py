import math

import numpy as np
import pytest

from cvdrill.testing import Mismatch, assert_close, strided

SHAPES = [(3,), (2, 3), (4, 1, 2, 2), (1,)]


def test_the_first_step_has_the_length_of_the_learning_rate(attempt):
    """The first step moves every weight by lr against its gradient, whatever the size of that."""
    params, _ = step(attempt, [np.array([1.0, 2.0, 3.0])], [np.array([100.0, -1.0, 0.25])], None, lr=0.1)
    assert_close(params, [np.array([0.9, 2.1, 2.9])], rtol=1e-6, what="params")


def test_the_default_learning_rate(attempt):
    """Left out, the learning rate is 0.001."""
    params, _ = step(attempt, [np.array([1.0])], [np.array([1e6])], None)
    assert_close(params, [np.array([0.999])], rtol=1e-8, what="params")


def test_a_constant_gradient(attempt):
    """With a constant gradient every step has the length lr: bias correction makes up for means of zero."""
    params, state = [np.array([1.0, -1.0])], None
    for number in range(1, 6):
        params, state = step(attempt, params, [np.array([30.0, -2e4])], state, 0.1)
        expected = np.array([1 - 0.1 * number, -1 + 0.1 * number])
        assert_close(params, [expected], rtol=1e-8, what=f"params after step {number}")


def test_the_second_step_worked_by_hand(attempt):
    """Gradients 1 and 3, betas 1/2 and 3/4: m̂ = (0.25 + 1.5) / 0.75, v̂ = (0.1875 + 2.25) / 0.4375."""
    params, state = step(attempt, [np.array([0.0])], [np.array([1.0])], None, 1.0, (0.5, 0.75), 1e-12)
    assert_close(params, [np.array([-1.0])], what="params after step 1")
    params, state = step(attempt, params, [np.array([3.0])], state, 1.0, (0.5, 0.75), 1e-12)
    expected = -1 - (1.75 / 0.75) / math.sqrt(2.4375 / 0.4375)
    assert_close(params, [np.array([expected])], what="params after step 2")


def test_the_default_betas(attempt):
    """Left out, they are 0.9 and 0.999: gradients 1 and -2 give m̂ = -0.11 / 0.19, v̂ = 4.999 / 1.999."""
    params, state = step(attempt, [np.array([0.0])], [np.array([1e3])], None, 1.0)
    params, state = step(attempt, params, [np.array([-2e3])], state, 1.0)
    expected = -1 + (0.11 / 0.19) / math.sqrt(4.999 / 1.999)
    assert_close(params, [np.array([expected])], rtol=1e-8, what="params after step 2")


def test_eps_is_added_outside_the_root(attempt):
    """With the gradient 1 and eps 1 the first step is lr · 1 / (√1 + 1); with the gradient 3, lr · 3 / 4."""
    params, _ = step(attempt, [np.zeros(3)], [np.array([1.0, 3.0, -3.0])], None, 1.0, eps=1.0)
    assert_close(params, [np.array([-0.5, -0.75, 0.75])], what="params")


def test_the_default_eps(attempt):
    """Left out, eps is 1e-8: a gradient of that size makes a step of half the learning rate."""
    params, _ = step(attempt, [np.zeros(2)], [np.array([1e-8, -3e-8])], None, 1.0)
    assert_close(params, [np.array([-0.5, 0.75])], what="params")


def test_eps_is_added_after_bias_correction(attempt):
    """Also in the second step eps is added to √v̂, not to √v: 1 / (1 + 0.5), twice."""
    params, state = step(attempt, [np.array([0.0])], [np.array([1.0])], None, 1.0, eps=0.5)
    params, state = step(attempt, params, [np.array([1.0])], state, 1.0, eps=0.5)
    assert_close(params, [np.array([-4 / 3])], what="params after step 2")


def test_a_gradient_of_zero(attempt):
    """Without any gradient nothing moves, and nothing is NaN."""
    params, state = step(attempt, [np.array([1.0, -2.0])], [np.zeros(2)], None, 0.1)
    params, state = step(attempt, params, [np.zeros(2)], state, 0.1)
    assert_close(params, [np.array([1.0, -2.0])], what="params")


def test_momentum_goes_on_without_a_gradient(attempt):
    """After one gradient weights move on: m̂ = 0.25 / 0.75, v̂ = 0.1875 / 0.4375."""
    params, state = step(attempt, [np.array([0.0])], [np.array([1.0])], None, 1.0, (0.5, 0.75), 1e-12)
    params, state = step(attempt, params, [np.array([0.0])], state, 1.0, (0.5, 0.75), 1e-12)
    expected = -1 - (0.25 / 0.75) / math.sqrt(0.1875 / 0.4375)
    assert_close(params, [np.array([expected])], what="params after step 2")


def test_betas_of_zero(attempt):
    """With both betas 0 nothing is remembered: every step is lr times the sign of the gradient."""
    params, state = step(attempt, [np.array([0.0])], [np.array([5.0])], None, 1.0, (0.0, 0.0), 1e-12)
    params, state = step(attempt, params, [np.array([-70.0])], state, 0.25, (0.0, 0.0), 1e-12)
    assert_close(params, [np.array([-0.75])], what="params after step 2")


def test_l2_is_added_to_the_gradient(attempt):
    """Not decoupled, weight decay 0.5 of the weight 4 makes 3 of the gradient 1: the step is 3 / (3 + 1)."""
    params, _ = step(attempt, [np.array([4.0])], [np.array([1.0])], None, 1.0, eps=1.0, weight_decay=0.5)
    assert_close(params, [np.array([3.25])], what="params")


def test_decoupled_decay_shrinks_the_weight(attempt):
    """Decoupled, the weight 4 is first multiplied by 1 - 0.1 · 0.5; the step is 1 / (1 + 1), times 0.1."""
    params, _ = step(
        attempt, [np.array([4.0])], [np.array([1.0])], None, 0.1, eps=1.0, weight_decay=0.5, decoupled=True
    )
    assert_close(params, [np.array([3.75])], what="params")


def test_decoupled_decay_without_a_gradient(attempt):
    """Decoupled decay works without a gradient: three times 0.9, and m and v see nothing of it."""
    params, state = [np.array([10.0, -1.0])], None
    for _ in range(3):
        params, state = step(attempt, params, [np.zeros(2)], state, 0.2, (0.9, 0.999), 1e-8, 0.5, True)
    assert_close(params, [np.array([7.29, -0.729])], what="params after step 3")


def test_decoupled_without_decay(attempt, reference, rng):
    """Without weight decay both kinds are the same."""
    params, grads = random_arrays(rng, np.float64), random_arrays(rng, np.float64)
    expected, _ = reference.adam(params, grads, None, 0.1)
    for decoupled in (False, True):
        actual, _ = step(attempt, params, grads, None, 0.1, decoupled=decoupled)
        assert_close(actual, expected, what="params")


def test_every_array_has_its_own_means(attempt):
    """Arrays of different shapes are updated each on its own, in the order of the input."""
    params, state = [np.zeros(1), np.zeros((1, 2)), np.zeros(3)], None
    for lr, sign in ((1.0, 1), (0.5, 0)):
        grads = [np.array([4.0]), np.array([[-1.0, 2.0]]), np.array([0.0, 3.0, -5.0])]
        grads = [sign * grad for grad in grads]
        params, state = step(attempt, params, grads, state, lr, (0.5, 0.0), 1e-3)
    # Step 1 is g / (|g| + eps); in step 2 v is 0 and m̂ = g / 3, so that it is lr · g / (3 · eps).
    first = [np.array([4.0]), np.array([[-1.0, 2.0]]), np.array([0.0, 3.0, -5.0])]
    expected = [-g / (abs(g) + 1e-3) - 0.5 * g / 3e-3 for g in first]
    assert_close(params, expected, what="params after step 2")


def test_a_state_can_be_used_again(attempt):
    """A state that was returned is not changed by using it: two steps from it are alike."""
    params, state = step(attempt, [np.array([1.0])], [np.array([1.0])], None, 0.1, (0.5, 0.75))
    once, _ = step(attempt, params, [np.array([-3.0])], state, 0.1, (0.5, 0.75))
    other, _ = step(attempt, params, [np.array([8.0])], state, 0.1, (0.5, 0.75))
    twice, _ = step(attempt, params, [np.array([-3.0])], state, 0.1, (0.5, 0.75))
    # m̂ = (0.25 - 1.5) / 0.75, v̂ = (0.1875 + 2.25) / 0.4375; with 8 instead, 4.25 / 0.75 and 16.1875 / 0.4375.
    expected = 0.9 + 0.1 * (1.25 / 0.75) / math.sqrt(2.4375 / 0.4375)
    assert_close(once, [np.array([expected])], what="params after step 2")
    assert_close(twice, [np.array([expected])], what="params after step 2 from the same state again")
    expected = 0.9 - 0.1 * (4.25 / 0.75) / math.sqrt(16.1875 / 0.4375)
    assert_close(other, [np.array([expected])], what="params after step 2 with another gradient")


def test_two_trainings_side_by_side(attempt):
    """Whoever starts with None starts afresh, also when another training is under way."""
    one, state = step(attempt, [np.zeros(2)], [np.array([1.0, 2.0])], None, 0.1)
    other, _ = step(attempt, [np.zeros(3)], [np.array([7.0, -7.0, 7.0])], None, 0.1)
    assert_close(other, [np.array([-0.1, 0.1, -0.1])], rtol=1e-6, what="params of the second training")
    one, _ = step(attempt, one, [np.array([1.0, 2.0])], state, 0.1)
    assert_close(one, [np.array([-0.2, -0.2])], rtol=1e-6, what="params of the first training")


def test_no_arrays(attempt):
    """Of no weights nothing comes back, also in the second step."""
    params, state = step(attempt, [], [], None)
    assert_close(params, [], what="params")
    params, _ = step(attempt, [], [], state)
    assert_close(params, [], what="params after step 2")


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("weight_decay", "decoupled"), [(0.0, False), (0.1, False), (0.1, True)])
def test_ten_random_steps(attempt, reference, rng, dtype, weight_decay, decoupled):
    """Agrees with the reference over ten steps in which the learning rate changes."""
    mine = theirs = [5 * array for array in random_arrays(rng, dtype)], None
    for number in range(10):
        grads = [grad * 10 ** rng.uniform(-2, 2) for grad in random_arrays(rng, np.float64)]
        grads = [grad.astype(dtype) for grad in grads]
        options = 0.5 / (1 + number), (0.8, 0.97), 1e-4, weight_decay, decoupled
        mine = step(attempt, mine[0], grads, mine[1], *options)
        theirs = reference.adam(theirs[0], grads, theirs[1], *options)
        assert_close(mine[0], theirs[0], what=f"params after step {number + 1}")


def test_defaults(attempt, reference, rng):
    """Left out, lr is 0.001, the betas 0.9 and 0.999, eps 1e-8, weight decay 0."""
    params, grads = random_arrays(rng, np.float64), random_arrays(rng, np.float64)
    mine, theirs = (params, None), (params, None)
    for _ in range(3):
        mine = step(attempt, mine[0], grads, mine[1])
        theirs = reference.adam(theirs[0], grads, theirs[1], 1e-3, (0.9, 0.999), 1e-8, 0.0, False)
    assert_close(mine[0], theirs[0], what="params after step 3")


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, and leaves them as they are."""
    params, grads = random_arrays(rng, np.float64), random_arrays(rng, np.float64)
    expected, _ = reference.adam(params, grads, None, 0.1, weight_decay=0.3)
    views = [[strided(array) for array in group] for group in (params, grads)]
    actual, _ = step(attempt, *views, None, 0.1, weight_decay=0.3)
    assert_close(actual, expected, what="params")


def step(attempt, *arguments, **options):
    """Return params and state after a step."""
    result = attempt.adam(*arguments, **options)
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Mismatch("The result should be a pair: the new params and the new state.", actual=result)
    return result


def random_arrays(rng, dtype):
    """Return an array of each shape, of either sign and far enough from 0 that no step leads there."""
    signs = [rng.choice([-1.0, 1.0], shape) for shape in SHAPES]
    return [(sign * rng.uniform(1, 2, sign.shape)).astype(dtype) for sign in signs]


def runtime(attempt, rng):
    """Take the first step for 200 arrays of 100 weights each."""
    params, grads = ([rng.standard_normal(100) for _ in range(200)] for _ in range(2))
    return lambda: attempt.adam(params, grads, None)
