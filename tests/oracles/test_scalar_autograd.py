"""Oracles: torch's autograd on the same expressions, and differences where no graph is involved."""

import math

import pytest
import torch

UNARY = [
    lambda v: -v,
    lambda v: v**2,
    lambda v: v**3.0,
    lambda v: (v * v + 1) ** -0.5,
    lambda v: (v * v + 1) ** -1,
    lambda v: v**1,
    lambda v: v.relu(),
    lambda v: v.tanh(),
    lambda v: v.tanh().exp(),
    lambda v: 2 + v,
    lambda v: v - 3,
    lambda v: 0.5 - v,
    lambda v: 3 * v,
    lambda v: v * 0.25,
    lambda v: v / 4,
    lambda v: 2 / (v * v + 1),
]
BINARY = [
    lambda v, w: v + w,
    lambda v, w: v - w,
    lambda v, w: v * w,
    lambda v, w: v / (w * w + 1),
    lambda v, w: (v - w) / (v + w).exp().tanh() if abs(number(v + w)) < 3 else v - w,
]


def number(v):
    return v.data if isinstance(v.data, float) else float(v.detach())


def leaf(x):
    return torch.tensor(x, dtype=torch.float64, requires_grad=True)


def grown(leaves, steps):
    values = list(leaves)
    for operation, places in steps:
        value = operation(*(values[place] for place in places))
        values.append(value.tanh() if abs(number(value)) > 10 else value)
    return values


def random_steps(rng, leaves, size):
    steps = []
    for count in range(leaves, leaves + size):
        operations, operands = (UNARY, 1) if rng.random() < 0.5 else (BINARY, 2)
        places = [int(place) for place in rng.integers(max(0, count - 8), count, operands)]
        steps.append((operations[int(rng.integers(len(operations)))], places))
    return steps


def compare(mine, theirs):
    for v, w in zip(mine, theirs, strict=True):
        grad = 0.0 if w.grad is None else w.grad.item()
        assert v.data == pytest.approx(w.item(), rel=1e-12, abs=1e-12)
        assert v.grad == pytest.approx(grad, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("size", [1, 3, 10, 40])
def test_agrees_with_torch(reference, rng, size):
    """Grads of all values after the first call; of the leaves after further ones, from several values."""
    for _ in range(25):
        numbers = rng.uniform(-2, 2, 3).tolist()
        steps = random_steps(rng, 3, size)
        mine = grown([reference.Value(x) for x in numbers], steps)
        theirs = grown([leaf(x) for x in numbers], steps)
        for w in theirs[3:]:
            w.retain_grad()
        mine[-1].backward()
        torch.autograd.backward(theirs[-1], retain_graph=True)
        compare(mine, theirs)
        for place in (len(mine) - 1, len(mine) // 2, 0, 3):
            mine[place].backward()
            torch.autograd.backward(theirs[place], retain_graph=True)
            # Here computed values gather the grads of all calls, as torch's do that retain them.
            compare(mine, theirs)


def test_kinks_and_far_out(reference):
    for x in (0.0, -0.0, 1e-300, -1e-300, 5.0, -5.0):
        check(reference, x, lambda v: v.relu())
        check(reference, x, lambda v: (v * 3).relu() * 2 + v)
    for x in (1000.0, -1000.0, 20.0, -20.0, 1e-8, 0.0):
        check(reference, x, lambda v: v.tanh())
    for x in (-1000.0, -700.0, 0.0, 700.0):
        check(reference, x, lambda v: v.exp())
    for x, k in (
        (0.0, 1),
        (0.0, 2),
        (0.0, 1.5),
        (-3.0, 3),
        (-3.0, -2),
        (2.5, 0),
        (2.5, 0.5),
        (2.5, -1.5),
        (7.0, 1),
    ):
        check(reference, x, lambda v, k=k: v**k)


def check(reference, x, function):
    v, w = reference.Value(x), leaf(x)
    y, z = function(v), function(w)
    y.backward()
    torch.autograd.backward(z)
    assert y.data == pytest.approx(z.item(), rel=1e-13, abs=0)
    assert v.grad == pytest.approx(w.grad.item(), rel=1e-13, abs=1e-17)


def test_agrees_with_torch_on_a_deep_graph(reference):
    def chain(v, w):
        for _ in range(5000):
            v = v * w - 0.001
        return v

    mine, theirs = (reference.Value(0.7), reference.Value(0.9999)), (leaf(0.7), leaf(0.9999))
    for _ in range(2):
        y, z = chain(*mine), chain(*theirs)
        y.backward()
        torch.autograd.backward(z)
        for v, w in zip(mine, theirs, strict=True):
            assert v.grad == pytest.approx(w.grad.item(), rel=1e-10)


def test_agrees_with_differences(reference, rng):
    """Plain floats go through the same formulas, with functions of math in the place of methods."""

    def formula(a, b, c, tanh, exp):
        return tanh(a * b - 1 / c) * exp(b / 3) + (2 - a) ** 2 / (c**0.5 + 1) - -b * a

    step = 1e-6
    for _ in range(50):
        numbers = [*rng.uniform(-2, 2, 2).tolist(), rng.uniform(0.5, 3)]
        values = [reference.Value(x) for x in numbers]
        formula(*values, lambda v: v.tanh(), lambda v: v.exp()).backward()
        for place, value in enumerate(values):
            up, down = list(numbers), list(numbers)
            up[place] += step
            down[place] -= step
            ends = [formula(*end, math.tanh, math.exp) for end in (up, down)]
            assert value.grad == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-6, abs=1e-7)


def test_ints(reference):
    x = reference.Value(3)
    y = (x**-1 + 2 / x - x) * 4
    y.backward()
    assert y.data == pytest.approx(-8)
    assert x.grad == pytest.approx(4 * (-1 / 9 - 2 / 9 - 1))
