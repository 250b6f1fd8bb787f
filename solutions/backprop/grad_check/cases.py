import numpy as np
import pytest

from cvdrill.testing import assert_close, assert_raises, strided


def test_a_sum_of_squares(attempt):
    """The gradient of a sum of squares is twice the input."""
    x = np.array([1.0, -2.0, 0.0, 3.5])
    assert_close(attempt.grad_check(lambda x: float((x**2).sum()), x), np.array([2.0, -4, 0, 7]))


def test_every_element_is_moved_alone(attempt):
    """In a product each factor's slope is the product of the others, which stand still."""
    x = np.array([2.0, -3.0, 5.0])
    assert_close(attempt.grad_check(lambda x: x[0] * x[1] * x[2], x), np.array([-15.0, 10, -6]))


def test_a_matrix(attempt):
    """The gradient has the shape of the input, and f is given that shape, too."""
    left, right = np.array([1.0, -2.0]), np.array([3.0, 0.5, -1.0])
    actual = attempt.grad_check(lambda x: left @ x @ right, np.arange(6.0).reshape(2, 3))
    assert_close(actual, np.array([[3.0, 0.5, -1], [-6, -1, 2]]))


def test_any_number_of_axes(attempt):
    """Three axes, a column, a single number without any axis: the shape is kept."""
    weights = np.arange(1.0, 13).reshape(2, 3, 2)
    assert_close(attempt.grad_check(lambda x: np.sum(weights * x), np.ones((2, 3, 2))), weights)
    column = np.array([[1.0], [-2.0]])
    assert_close(attempt.grad_check(lambda x: np.sum(x * x[::-1] * x), column), np.array([[0.0], [-3.0]]))
    assert_close(attempt.grad_check(lambda x: float(x) ** 2, np.array(3.0)), np.array(6.0))


def test_differences_are_central(attempt):
    """The cube moved by 1 around 2 is 27 above and 1 below, so the difference is 26 / 2 = 13."""

    def cube(x):
        return float((x**3).sum())

    assert_close(attempt.grad_check(cube, np.array([2.0]), 1.0), np.array([13.0]))
    assert_close(attempt.grad_check(cube, np.array([2.0, -1.0]), eps=0.5), np.array([12.25, 3.25]))


def test_a_kink_is_looked_at_from_both_sides(attempt):
    """At its kink a ReLU has the central difference 1/2, and the absolute value 0."""
    x = np.zeros(2)
    assert_close(attempt.grad_check(lambda x: float(np.maximum(x, 0).sum()), x), np.array([0.5, 0.5]))
    assert_close(attempt.grad_check(lambda x: float(np.abs(x).sum()), x), np.zeros(2), atol=1e-7)


def test_the_default_step(attempt):
    """Without eps the step is 1e-5: for 1e10 times the cube, it shows at 0 as eps squared, times 1e10."""
    assert_close(attempt.grad_check(lambda x: 1e10 * float((x**3).sum()), np.zeros(2)), np.ones(2))


def test_the_step_does_not_grow_with_the_element(attempt):
    """Large and small elements are moved by the same eps."""
    x = np.array([64.0, 0.25])
    assert_close(attempt.grad_check(lambda x: float((x**3).sum()), x, 0.5), 3 * x**2 + 0.25)


def test_a_coarse_step(attempt):
    """However large eps is, it is added above and subtracted below."""
    actual = attempt.grad_check(lambda x: x[0] * x[1] ** 3, np.array([2.0, 1.0]), eps=4.0)
    assert_close(actual, np.array([1.0, 2 * (3 + 16)]))


def test_the_input_is_put_back_bit_for_bit(attempt):
    """After the call x is what it was: 1e-30 is lost when 1e-5 is added to it, and -0.0 loses its sign."""
    x = np.array([1e-30, -0.0, 0.1, 0.7, -1 / 3])
    weights = np.array([1.0, 2, 3, -4, 5])
    assert_close(attempt.grad_check(lambda x: weights @ x, x), weights)


@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize("index", [0, 1, 2])
def test_the_input_is_put_back_when_f_raises(attempt, index, direction):
    """Whichever call of f raises, x is what it was, and the exception reaches the caller."""
    x = np.array([0.1, -0.0, 1e-30])
    start = x.copy()

    def f(moved):
        if (moved[index] - start[index]) * direction > 0:
            raise ValueError("f cannot be computed here")
        return float(moved.sum())

    assert_raises(ValueError, attempt.grad_check, f, x)


def test_other_exceptions_pass_through(attempt):
    """An exception of f keeps its kind."""

    def f(_moved):
        raise KeyError("nothing here")

    assert_raises(KeyError, attempt.grad_check, f, np.ones((2, 2)))


@pytest.mark.parametrize("shape", [(1,), (5,), (3, 4), (2, 1, 3)])
def test_random_functions(attempt, reference, rng, shape):
    """Agrees with the reference on smooth functions of random inputs."""
    f, x = random_function(rng, shape), rng.uniform(-1, 1, shape)
    assert_close(attempt.grad_check(f, x), reference.grad_check(f, x), rtol=1e-6, atol=1e-7)
    assert_close(attempt.grad_check(f, x, eps=0.25), reference.grad_check(f, x, 0.25), atol=1e-8)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, whose reshape(-1) is a copy that f would never see."""
    x = rng.uniform(-1, 1, (3, 2))
    f = random_function(rng, x.shape)
    assert_close(attempt.grad_check(f, strided(x)), reference.grad_check(f, x), rtol=1e-6, atol=1e-7)


def random_function(rng, shape):
    """Return a smooth function of values and slopes around 1, so that rounding costs 1e-10 or so."""
    inner, outer = rng.uniform(0.5, 1.5, shape), rng.uniform(1, 2, shape)

    def f(x):
        return float(np.sum(outer * np.exp(inner * x / 2)) / 2 + np.sum(x) ** 2 / (4 * x.size))

    return f
