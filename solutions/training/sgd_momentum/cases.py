import numpy as np
import pytest

from cvdrill.testing import Mismatch, assert_close, strided

SHAPES = [(3,), (2, 3), (4, 1, 2, 2), (1,)]


def test_the_first_step_goes_along_the_gradient(attempt):
    """From zero velocity the weights move by lr times the gradient, and the velocity is the gradient."""
    params, velocity = step(attempt, [np.array([1.0, 2.0])], [np.array([0.5, -1.0])], [np.zeros(2)], 0.1)
    assert_close(params, [np.array([0.95, 2.1])], what="params")
    assert_close(velocity, [np.array([0.5, -1.0])], what="velocity")


def test_the_second_step_keeps_momentum(attempt):
    """Of the velocity 0.9 is left by default, and the new gradient is added in full: 0.9 · 1 + 1 = 1.9."""
    params, velocity = step(attempt, [np.array([1.0])], [np.array([1.0])], [np.array([1.0])], 0.1)
    assert_close(velocity, [np.array([1.9])], what="velocity")
    assert_close(params, [np.array([0.81])], what="params")


def test_momentum_can_be_chosen(attempt):
    """With momentum 0.5 the velocity 2 and the gradient 3 give 4."""
    params, velocity = step(
        attempt, [np.array([1.0])], [np.array([3.0])], [np.array([2.0])], 0.1, momentum=0.5
    )
    assert_close(velocity, [np.array([4.0])], what="velocity")
    assert_close(params, [np.array([0.6])], what="params")


def test_without_momentum(attempt):
    """With momentum 0 nothing of the velocity is left, and the velocity is the gradient."""
    params, velocity = step(
        attempt, [np.array([1.0])], [np.array([3.0])], [np.array([7.0])], 0.1, momentum=0.0
    )
    assert_close(params, [np.array([0.7])], what="params")
    assert_close(velocity, [np.array([3.0])], what="velocity")


def test_the_learning_rate_is_no_part_of_the_velocity(attempt):
    """When the rate drops to a tenth, the whole step does, what the velocity remembers included."""
    params, velocity = [np.array([0.0])], [np.array([0.0])]
    for lr, place, speed in ((1.0, -1.0, 1.0), (0.1, -1.15, 1.5), (0.1, -1.325, 1.75)):
        params, velocity = step(attempt, params, [np.array([1.0])], velocity, lr, 0.5)
        assert_close(params, [np.array([place])], what="params")
        assert_close(velocity, [np.array([speed])], what="velocity")
        params, velocity = [np.array([place])], [np.array([speed])]


def test_weight_decay_is_added_to_the_gradient(attempt):
    """Weight decay 0.5 of the weight 4 adds 2 to the gradient, and so enters the velocity."""
    params, velocity = step(
        attempt, [np.array([4.0])], [np.array([1.0])], [np.array([10.0])], 0.1, 0.5, weight_decay=0.5
    )
    assert_close(velocity, [np.array([8.0])], what="velocity")
    assert_close(params, [np.array([3.2])], what="params")


def test_weight_decay_alone(attempt):
    """Without gradient weight decay pulls weights of either sign towards 0."""
    params, velocity = step(attempt, [np.array([4.0, -2.0])], [np.zeros(2)], [np.zeros(2)], 0.1, 0.9, 0.5)
    assert_close(velocity, [np.array([2.0, -1.0])], what="velocity")
    assert_close(params, [np.array([3.8, -1.9])], what="params")


def test_nesterov_looks_ahead(attempt):
    """With Nesterov the step is the gradient plus momentum times the new velocity: 3 + 0.5 · 4 = 5."""
    params, velocity = step(
        attempt, [np.array([1.0])], [np.array([3.0])], [np.array([2.0])], 0.1, 0.5, nesterov=True
    )
    assert_close(velocity, [np.array([4.0])], what="velocity")
    assert_close(params, [np.array([0.5])], what="params")


def test_nesterov_with_weight_decay(attempt):
    """The gradient of Nesterov's step contains the weight decay: 1 + 2, and the velocity is 0.5 · 2 + 3."""
    params, velocity = step(
        attempt, [np.array([4.0])], [np.array([1.0])], [np.array([2.0])], 0.1, 0.5, 0.5, True
    )
    assert_close(velocity, [np.array([4.0])], what="velocity")
    assert_close(params, [np.array([3.5])], what="params")


def test_every_array_has_its_own_velocity(attempt):
    """Arrays of different shapes are updated each on its own, in the order of the input."""
    params = [np.array([1.0]), np.array([[2.0, 3.0]]), np.array([4.0, 5.0, 6.0])]
    grads = [np.array([1.0]), np.array([[0.0, 1.0]]), np.array([-1.0, 0.0, 2.0])]
    velocity = [np.array([0.0]), np.array([[2.0, 0.0]]), np.array([4.0, 0.0, -4.0])]
    params, velocity = step(attempt, params, grads, velocity, 1.0, 0.5)
    assert_close(
        velocity, [np.array([1.0]), np.array([[1.0, 1.0]]), np.array([1.0, 0.0, 0.0])], what="velocity"
    )
    assert_close(params, [np.array([0.0]), np.array([[1.0, 2.0]]), np.array([3.0, 5.0, 6.0])], what="params")


def test_no_arrays(attempt):
    """Of no weights nothing comes back: two empty lists."""
    assert_close(step(attempt, [], [], [], 0.1), ([], []))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("nesterov", [False, True])
@pytest.mark.parametrize("weight_decay", [0.0, 0.01])
def test_ten_random_steps(attempt, reference, rng, dtype, nesterov, weight_decay):
    """Agrees with the reference over ten steps in which the learning rate changes."""
    mine = theirs = random_arrays(rng, dtype, 4, 6), [np.zeros(shape, dtype) for shape in SHAPES]
    for number in range(10):
        grads = random_arrays(rng, dtype, 0.2, 2)
        options = 0.05 / (1 + number), 0.8, weight_decay, nesterov
        mine = step(attempt, mine[0], grads, mine[1], *options)
        theirs = reference.sgd_momentum(theirs[0], grads, theirs[1], *options)
        assert_close(mine[1], theirs[1], what=f"velocity after step {number + 1}")
        assert_close(mine[0], theirs[0], what=f"params after step {number + 1}")


def test_defaults(attempt, reference, rng):
    """Left out, momentum is 0.9, weight decay 0, and Nesterov off."""
    arrays = [random_arrays(rng, np.float64, *ends) for ends in ((4, 6), (0.2, 2), (0.2, 2))]
    assert_close(step(attempt, *arrays, 0.3), reference.sgd_momentum(*arrays, 0.3, 0.9, 0.0, False))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, and leaves them as they are."""
    arrays = [random_arrays(rng, np.float64, *ends) for ends in ((4, 6), (0.2, 2), (0.2, 2))]
    expected = reference.sgd_momentum(*arrays, 0.2, 0.7, 0.1, True)
    views = [[strided(array) for array in group] for group in arrays]
    assert_close(step(attempt, *views, 0.2, 0.7, 0.1, True), expected)


def step(attempt, *arguments, **options):
    """Return params and velocity after a step."""
    result = attempt.sgd_momentum(*arguments, **options)
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Mismatch("The result should be a pair: the new params and the new velocity.", actual=result)
    return result


def random_arrays(rng, dtype, low, high):
    """Return an array of each shape; magnitudes lie between low and high, and signs alternate.

    The signs are those of all arrays of the same shape, and weights are larger than the way that they go in a
    test, so that nothing cancels and rounding shows nowhere.
    """
    signs = [np.where(np.arange(np.prod(shape)) % 2, -1.0, 1.0).reshape(shape) for shape in SHAPES]
    return [(sign * rng.uniform(low, high, sign.shape)).astype(dtype) for sign in signs]


def runtime(attempt, rng):
    """Update 400 arrays of 100 weights each."""
    params, grads, velocity = ([rng.standard_normal(100) for _ in range(400)] for _ in range(3))
    return lambda: attempt.sgd_momentum(params, grads, velocity, 0.1)
