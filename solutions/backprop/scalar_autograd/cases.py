import math

import pytest

from cvdrill.testing import assert_close, summed


def test_a_new_value(attempt):
    """A Value holds its number, and its grad is 0."""
    for number in (3.5, -2.0, 0.0):
        x = attempt.Value(number)
        check("x", x, data=number, grad=0.0)


def test_the_derivative_of_a_value_by_itself(attempt):
    """x.backward() on a leaf gives it the grad 1 and leaves its data alone."""
    x = attempt.Value(3.0)
    x.backward()
    check("x", x, data=3.0, grad=1.0)


@pytest.mark.parametrize(
    ("operation", "data", "dx", "dw"),
    [
        ("x + w", -1.0, 1.0, 1.0),
        ("x - w", 7.0, 1.0, -1.0),
        ("x * w", -12.0, -4.0, 3.0),
        ("x / w", -0.75, -0.25, -0.1875),
    ],
)
def test_two_values(attempt, operation, data, dx, dw):
    """Sum, difference, product and quotient of x = 3 and w = -4: both operands get their derivative."""
    x, w = attempt.Value(3.0), attempt.Value(-4.0)
    y = OPERATIONS[operation](x, w)
    check(f"y = {operation}", y, data=data, grad=0.0)
    y.backward()
    check(f"y = {operation}", y, data=data, grad=1.0)
    check("x", x, data=3.0, grad=dx)
    check("w", w, data=-4.0, grad=dw)


@pytest.mark.parametrize(
    ("operation", "data", "dx"),
    [
        ("x + 2", 6.0, 1.0),
        ("2 + x", 6.0, 1.0),
        ("x - 2", 2.0, 1.0),
        ("2 - x", -2.0, -1.0),
        ("x * 2", 8.0, 2.0),
        ("2 * x", 8.0, 2.0),
        ("x / 2", 2.0, 0.5),
        ("2 / x", 0.5, -0.125),
        ("0.5 - x", -3.5, -1.0),
        ("0.5 / x", 0.125, -0.03125),
        ("-x", -4.0, -1.0),
    ],
)
def test_plain_numbers_on_either_side(attempt, operation, data, dx):
    """An int or a float may stand on either side of + - * and /; here x = 4."""
    x = attempt.Value(4.0)
    y = OPERATIONS[operation](x)
    y.backward()
    check(f"y = {operation}", y, data=data, grad=1.0)
    check("x", x, data=4.0, grad=dx)


@pytest.mark.parametrize(
    ("base", "exponent", "data", "slope"),
    [
        (2.0, 3, 8.0, 12.0),
        (5.0, 2, 25.0, 10.0),
        (4.0, 0.5, 2.0, 0.25),
        (2.0, -1, 0.5, -0.25),
        (4.0, -1.5, 0.125, -0.046875),
        (5.0, 1, 5.0, 1.0),
        (5.0, 0, 1.0, 0.0),
        (-2.0, 3, -8.0, 12.0),
        (-2.0, 2, 4.0, -4.0),
        (-2.0, 2.0, 4.0, -4.0),
        (-2.0, -1, -0.5, -0.25),
        (0.0, 1, 0.0, 1.0),
        (0.0, 2, 0.0, 0.0),
        (0.0, 1.5, 0.0, 0.0),
    ],
)
def test_powers(attempt, base, exponent, data, slope):
    """x ** k for whole, broken and negative exponents; whole ones take negative bases as well."""
    x = attempt.Value(base)
    y = x**exponent
    y.backward()
    check(f"y = x ** {exponent}", y, data=data, grad=1.0)
    check("x", x, data=base, grad=slope)


@pytest.mark.parametrize(
    ("number", "data", "slope"), [(2.5, 2.5, 1.0), (-2.5, 0.0, 0.0), (1e-9, 1e-9, 1.0), (-1e-9, 0.0, 0.0)]
)
def test_relu(attempt, number, data, slope):
    """ReLU lets pass what is above 0."""
    x = attempt.Value(number)
    y = x.relu()
    y.backward()
    check("y = x.relu()", y, data=data)
    check("x", x, data=number, grad=slope)


def test_relu_at_zero(attempt):
    """At exactly 0 the derivative of ReLU is 0, whether the 0 was given or computed."""
    x, w = attempt.Value(0.0), attempt.Value(3.0)
    y = x.relu()
    y.backward()
    check("y = x.relu()", y, data=0.0)
    check("x", x, grad=0.0)
    z = (w - 3).relu()
    z.backward()
    check("z = (w - 3).relu()", z, data=0.0)
    check("w", w, grad=0.0)


@pytest.mark.parametrize(
    ("number", "data", "slope"), [(0.0, 0.0, 1.0), (math.log(2), 0.6, 0.64), (-math.log(3), -0.8, 0.36)]
)
def test_tanh(attempt, number, data, slope):
    """The derivative of tanh is 1 - tanh²: at log 2 tanh is 3/5, and its slope 16/25."""
    x = attempt.Value(number)
    y = x.tanh()
    y.backward()
    check("y = x.tanh()", y, data=data)
    check("x", x, grad=slope)


@pytest.mark.parametrize("number", [1000.0, -1000.0, 400.0, -400.0, 30.0, -30.0])
def test_tanh_far_out(attempt, number):
    """Far from 0 tanh is 1 or -1 with derivative 0; no exponential overflows."""
    x = attempt.Value(number)
    y = x.tanh()
    y.backward()
    check("y = x.tanh()", y, data=math.copysign(1.0, number))
    check("x", x, grad=0.0)


@pytest.mark.parametrize(
    ("number", "data"), [(0.0, 1.0), (math.log(5), 5.0), (-math.log(4), 0.25), (-1000.0, 0.0)]
)
def test_exp(attempt, number, data):
    """exp is its own derivative, also where it is too small for a float."""
    x = attempt.Value(number)
    y = x.exp()
    y.backward()
    check("y = x.exp()", y, data=data)
    check("x", x, grad=data)


def test_values_of_ints(attempt):
    """Values may hold ints; division and negative exponents give fractions all the same."""
    x, w = attempt.Value(3), attempt.Value(2)
    y = x * x / w + w**-1 - 1  # 9/2 + 1/2 - 1
    y.backward()
    check("y = x * x / w + w ** -1 - 1", y, data=4.0)
    check("x", x, data=3.0, grad=3.0)
    check("w", w, data=2.0, grad=-2.5)


def test_the_chain_rule(attempt):
    """y = (3x - 1)² at x = 2: the outer slope 10 times the inner slope 3; computed Values have grads, too."""
    x = attempt.Value(2.0)
    a = 3 * x
    b = a - 1
    y = b**2
    y.backward()
    check("y = b ** 2", y, data=25.0, grad=1.0)
    check("b = a - 1", b, data=5.0, grad=10.0)
    check("a = 3 * x", a, data=6.0, grad=10.0)
    check("x", x, data=2.0, grad=30.0)


def test_a_neuron(attempt):
    """tanh(w1 · x1 + w2 · x2 + b) with a sum of log 2: the slope 0.64 times what each is multiplied by."""
    x1, x2, w1, w2, b = (attempt.Value(number) for number in (2.0, 0.5, -3.0, 4.0, 4 + math.log(2)))
    y = (w1 * x1 + w2 * x2 + b).tanh()
    y.backward()
    check("y", y, data=0.6)
    for name, value, slope in (
        ("x1", x1, -3.0),
        ("w1", w1, 2.0),
        ("x2", x2, 4.0),
        ("w2", w2, 0.5),
        ("b", b, 1.0),
    ):
        check(name, value, grad=0.64 * slope)


@pytest.mark.parametrize(
    ("operation", "data", "dx"),
    [
        ("x + x", 6.0, 2.0),
        ("x - x", 0.0, 0.0),
        ("x * x", 9.0, 6.0),
        ("x / x", 1.0, 0.0),
        ("x * x * x", 27.0, 27.0),
        ("x * x + x", 12.0, 7.0),
        ("(x + 1) * (x - 1)", 8.0, 6.0),
        ("x.exp() / x.exp()", 1.0, 0.0),
    ],
)
def test_a_value_that_is_used_twice(attempt, operation, data, dx):
    """All uses of a Value add up, also where both operands are the same one; here x = 3."""
    x = attempt.Value(3.0)
    y = OPERATIONS[operation](x)
    y.backward()
    check(f"y = {operation}", y, data=data)
    check("x", x, data=3.0, grad=dx)


def test_python_s_sum(attempt):
    """sum() begins with the number 0, so it works if 0 + v does."""
    values = [attempt.Value(float(number)) for number in (1, 2, 4)]
    y = sum(values) ** 2
    y.backward()
    check("y = sum(values) ** 2", y, data=49.0)
    for value in values:
        check("values[i]", value, grad=14.0)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_short_way_and_a_long_way(attempt, swapped):
    """b reaches y directly and through c. It passes its grad on once, when both ways have come in: 1 + 3."""
    x = attempt.Value(1.0)
    b = 2 * x
    c = 3 * b
    y = c + b if swapped else b + c
    y.backward()
    check("y", y, data=8.0)
    check("c = 3 * b", c, grad=1.0)
    check("b = 2 * x", b, grad=4.0)
    check("x", x, grad=8.0)


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_ways_of_three_lengths(attempt, order):
    """d = 5c, c = 3b, b = 2x, y = b + c + d: whatever the order of the sum, dy/dx is 2 (1 + 3 (1 + 5))."""
    x = attempt.Value(1.0)
    b = 2 * x
    c = b * 3
    d = 5 * c
    first, second, third = ((b, c, d)[place] for place in order)
    y = first + second + third
    y.backward()
    check("y", y, data=38.0)
    for name, value, grad in (("d", d, 1.0), ("c", c, 6.0), ("b", b, 19.0), ("x", x, 38.0)):
        check(name, value, grad=grad)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_square_and_a_long_way(attempt, swapped):
    """y = b · b + 5 · 3b with b = 2x: both uses in the square count, and b still waits for the long way."""
    x = attempt.Value(1.0)
    b = 2 * x
    square, long = b * b, 5 * (3 * b)
    y = long + square if swapped else square + long
    y.backward()
    check("y", y, data=34.0)
    check("b = 2 * x", b, grad=19.0)
    check("x", x, grad=38.0)


def test_diamonds_on_top_of_each_other(attempt):
    """d = b + 3b with b = 2x, y = d · 2d: y is 128x², and d gets a part from each factor."""
    x = attempt.Value(1.0)
    b = x * 2
    d = b + b * 3
    e = d * 2
    y = d * e
    y.backward()
    check("y = d * e", y, data=128.0)
    check("e = d * 2", e, grad=8.0)
    check("d = b + b * 3", d, grad=32.0)
    check("b = x * 2", b, grad=128.0)
    check("x", x, grad=256.0)


def test_more_paths_than_one_can_walk(attempt):
    """v = v + v, 50 times over: 2**50 paths lead to x, but there are only 51 Values to visit."""
    x = v = attempt.Value(1.0)
    for _ in range(50):
        v = v + v
    v.backward()
    check("v", v, data=2.0**50)
    check("x", x, grad=2.0**50)


def test_more_paths_through_different_values(attempt):
    """v = v / 4 + 3v / 4, 50 times over: 2**50 paths, and no Value is both operands of one step."""
    x = v = attempt.Value(8.0)
    for _ in range(50):
        v = v * 0.25 + v * 0.75
    v.backward()
    check("v", v, data=8.0)
    check("x", x, grad=1.0)


def test_only_what_y_was_made_of(attempt):
    """Values that were made of y, or of x beside y, wait in vain; they keep grad 0 and change nothing."""
    x, w = attempt.Value(3.0), attempt.Value(5.0)
    beside = x * 100
    y = x * 2
    after = y * y * w
    y.backward()
    check("x", x, grad=2.0)
    check("y = x * 2", y, grad=1.0)
    for name, value in (("x * 100", beside), ("y * y * w", after), ("w", w)):
        check(name, value, grad=0.0)


def test_from_the_middle(attempt):
    """backward() may be called on any Value; the derivative is that of this Value."""
    x = attempt.Value(3.0)
    b = x * x
    y = b * 10
    b.backward()
    check("x", x, grad=6.0)
    check("b = x * x", b, grad=1.0)
    check("y = b * 10", y, data=90.0, grad=0.0)


def test_backward_twice(attempt):
    """Three calls of y.backward(), y = 2x², x = 3: the leaf has 12, 24, 36. Old grads are not sent again."""
    x = attempt.Value(3.0)
    b = x * x
    y = b * 2
    for expected in (12.0, 24.0, 36.0):
        y.backward()
        check("x", x, data=3.0, grad=expected)
    check("y = x * x * 2", y, data=18.0)


def test_a_leaf_called_again(attempt):
    """A leaf's own backward() adds 1 to what it has gathered so far."""
    x = attempt.Value(3.0)
    y = x * x
    y.backward()
    x.backward()
    check("x", x, grad=7.0)
    x.backward()
    check("x", x, grad=8.0)


def test_two_results_of_the_same_leaves(attempt):
    """y = x · w, then z = x - w: each leaf has the sum of both derivatives."""
    x, w = attempt.Value(3.0), attempt.Value(5.0)
    y, z = x * w, x - w
    y.backward()
    check("x", x, grad=5.0)
    check("w", w, grad=3.0)
    z.backward()
    check("x", x, grad=6.0)
    check("w", w, grad=2.0)
    check("y = x * w, which z was not made of", y, data=15.0, grad=1.0)


def test_two_results_that_share_a_computed_value(attempt):
    """y = b + 1 and z = 2b, b = x² at x = 3: the leaf has 6, then 6 + 12. Each call starts afresh at b."""
    x = attempt.Value(3.0)
    b = x * x
    y, z = b + 1, b * 2
    y.backward()
    check("x", x, grad=6.0)
    z.backward()
    check("x", x, grad=18.0)
    b.backward()
    check("x", x, grad=24.0)


def test_going_on_after_backward(attempt):
    """A Value may be used again after backward(): y = b², then z = y + x with the same b = 2x, x = 3."""
    x = attempt.Value(3.0)
    b = 2 * x
    y = b**2
    y.backward()
    check("x", x, grad=24.0)
    z = y + x
    z.backward()
    check("z = y + x", z, data=39.0, grad=1.0)
    check("x", x, grad=24.0 + 25.0)


def test_the_losses_of_several_samples(attempt):
    """One call for each sample's loss (w · x + b - t)² adds up to the gradient of their sum."""
    w, b = attempt.Value(2.0), attempt.Value(-1.0)
    for x, t in ((1.0, 3.0), (2.0, 2.0), (-1.0, 1.0)):  # w · x + b - t = -2, 1, -4
        loss = (w * x + b - t) ** 2
        loss.backward()
    check("w", w, data=2.0, grad=8.0)
    check("b", b, data=-1.0, grad=-10.0)


def test_a_recurrent_network(attempt):
    """h = h · w + x, 600 times over, from 0, w = 1, x = 2: dh/dx is 600, and dh/dw 2 · (0 + … + 599)."""
    h, w, x = attempt.Value(0.0), attempt.Value(1.0), attempt.Value(2.0)
    for _ in range(600):
        h = h * w + x
    h.backward()
    check("h", h, data=1200.0, grad=1.0)
    check("x", x, grad=600.0)
    check("w", w, grad=359_400.0)


def test_a_deep_graph(attempt):
    """y = 1 - (x + x + ... + x), one addition on top of the other, 10,000 of them."""
    x = attempt.Value(0.5)
    y = 1 - summed([x] * 10_000)
    y.backward()
    check("y", y, data=-4999.0)
    check("x", x, grad=-10_000.0)
    y.backward()
    check("x", x, grad=-20_000.0)


@pytest.mark.parametrize("size", [5, 20, 60])
def test_random_graphs(attempt, reference, rng, size):
    """Agrees with the reference on random graphs: all data and grads, and the leaves after more calls."""
    leaves, steps = random_graph(reference, rng, size)
    mine, theirs = (grown(module, leaves, steps) for module in (attempt, reference))
    for values in (mine, theirs):
        values[-1].backward()
    assert_close([v.data for v in mine], [v.data for v in theirs], what="The list of all data")
    check_grads(mine, theirs)
    for place in (-1, -2, len(leaves)):
        for values in (mine, theirs):
            values[place].backward()
        check_grads(mine[: len(leaves)], theirs[: len(leaves)])


OPERATIONS = {
    "x + w": lambda x, w: x + w,
    "x - w": lambda x, w: x - w,
    "x * w": lambda x, w: x * w,
    "x / w": lambda x, w: x / w,
    "x + 2": lambda x: x + 2,
    "2 + x": lambda x: 2 + x,
    "x - 2": lambda x: x - 2,
    "2 - x": lambda x: 2 - x,
    "x * 2": lambda x: x * 2,
    "2 * x": lambda x: 2 * x,
    "x / 2": lambda x: x / 2,
    "2 / x": lambda x: 2 / x,
    "0.5 - x": lambda x: 0.5 - x,
    "0.5 / x": lambda x: 0.5 / x,
    "-x": lambda x: -x,
    "x + x": lambda x: x + x,
    "x - x": lambda x: x - x,
    "x * x": lambda x: x * x,
    "x / x": lambda x: x / x,
    "x * x * x": lambda x: x * x * x,
    "x * x + x": lambda x: x * x + x,
    "(x + 1) * (x - 1)": lambda x: (x + 1) * (x - 1),
    "x.exp() / x.exp()": lambda x: x.exp() / x.exp(),
}
"""Each under what is shown when it fails."""

STEPS = (
    lambda v, w, _: v + w,
    lambda v, w, _: v - w,
    lambda v, w, _: v * w,
    lambda v, w, _: v / w,
    lambda v, _, number: number + v,
    lambda v, _, number: v - number,
    lambda v, _, number: number - v,
    lambda v, _, number: number * v,
    lambda v, _, number: v / number,
    lambda v, _, number: number / v,
    lambda v, _w, _: -v,
    lambda v, _w, _: v**2,
    lambda v, _w, _: v**-1,
    lambda v, _, number: (v * v) ** number,
    lambda v, w, number: (v - number).relu() + w,
    lambda v, _w, _: v.tanh(),
    lambda v, _w, _: v.exp(),
)


def random_graph(reference, rng, size):
    """Return the numbers of four leaves, and steps: an operation, the places of its operands, a number.

    No number comes close to 0 or grows large, so that slopes stay moderate.
    """
    leaves = [float(sign * rng.uniform(0.5, 2)) for sign in (1, -1, 1, -1)]
    values, steps = [reference.Value(number) for number in leaves], []
    while len(steps) < size:
        step = (
            int(rng.integers(len(STEPS))),
            *map(int, rng.integers(len(values), size=2)),
            float(rng.uniform(0.5, 2)),
        )
        value = take(values, step)
        if 0.3 < abs(value.data) < 3:
            values.append(value)
            steps.append(step)
    return leaves, steps


def grown(module, leaves, steps):
    """Return all Values of a graph, the last of which is the sum of those before it that are computed."""
    values = [module.Value(number) for number in leaves]
    for step in steps:
        values.append(take(values, step))
    return [*values, sum(values[len(leaves) :])]


def take(values, step):
    """Return what a step makes of the values so far."""
    operation, first, second, number = step
    return STEPS[operation](values[first], values[second], number)


def check(name, value, data=None, grad=None):
    """Judge a Value's data and grad, where they are given."""
    if data is not None:
        assert_close(value.data, data, what=f"The data of {name}")
    if grad is not None:
        assert_close(value.grad, grad, what=f"The grad of {name}")


def check_grads(mine, theirs):
    """Compare grads with room for what is left of terms that cancel."""
    expected = [value.grad for value in theirs]
    room = 1e-9 * max(map(abs, expected))
    assert_close([value.grad for value in mine], expected, atol=room, what="The list of all grads")


def runtime(attempt, rng):
    """Go back through a graph of 600 operations."""
    h, w, x = (attempt.Value(float(number)) for number in rng.uniform(0.5, 0.9, 3))
    for _ in range(300):
        h = h * w + x
    return h.backward
