"""Oracles: autograd on a network of torch's layers, and differences of the loss in 50 digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch

NAMES = ("w1", "b1", "w2", "b2")
SIZES = [(1, 1, 1, 1), (1, 3, 2, 4), (5, 1, 1, 2), (2, 4, 6, 3), (4, 4, 4, 4), (33, 7, 12, 10), (3, 2, 50, 1)]


def autograd(x, targets, w1, b1, w2, b2):
    leaves = dict(
        zip(NAMES, (torch.tensor(one, requires_grad=True) for one in (w1, b1, w2, b2)), strict=True)
    )
    first = torch.nn.functional.linear(torch.tensor(x), leaves["w1"].T, leaves["b1"])
    logits = torch.nn.functional.linear(torch.relu(first), leaves["w2"].T, leaves["b2"])
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(targets.astype(np.int64)))
    loss.backward()
    return loss.item(), {name: leaf.grad.numpy() for name, leaf in leaves.items()}


def decimals(array):
    return np.vectorize(lambda number: Decimal(float(number)), otypes=[object])(array)


def loss_in_decimals(x, targets, w1, b1, w2, b2):
    hidden = np.maximum(x.dot(w1) + b1, Decimal(0))
    logits = hidden.dot(w2) + b2
    losses = [sum(z.exp() for z in row).ln() - row[t] for row, t in zip(logits, targets, strict=True)]
    return sum(losses) / len(losses)


def network(rng, n, inputs, hidden, classes, dtype=np.float64, spread=1.0):
    x, w1, b1 = (rng.standard_normal(shape) for shape in ((n, inputs), (inputs, hidden), hidden))
    w2, b2 = (spread * rng.standard_normal(shape) for shape in ((hidden, classes), classes))
    x, w1, b1, w2, b2 = (one.astype(dtype) for one in (x, w1, b1, w2, b2))
    return x, rng.integers(0, classes, n), w1, b1, w2, b2


def assert_alike(actual, expected, tolerance):
    loss, gradients = actual
    np.testing.assert_allclose(loss, expected[0], rtol=tolerance, atol=tolerance)
    assert gradients.keys() == set(NAMES)
    for name in NAMES:
        largest = max(1.0, np.abs(expected[1][name]).max())
        assert gradients[name].shape == expected[1][name].shape
        np.testing.assert_allclose(gradients[name], expected[1][name], rtol=0, atol=tolerance * largest)


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 2e-5)])
@pytest.mark.parametrize("sizes", SIZES)
def test_agrees_with_autograd(reference, rng, sizes, dtype, tolerance):
    for _ in range(10):
        arguments = network(rng, *sizes, dtype)
        actual = reference.mlp_backward(*arguments)
        assert_alike(actual, autograd(*arguments), tolerance)
        assert all(gradient.dtype == dtype for gradient in actual[1].values())


@pytest.mark.parametrize("spread", [100.0, 3000.0])
def test_agrees_with_autograd_for_large_logits(reference, rng, spread):
    for sizes in SIZES:
        arguments = network(rng, *sizes, spread=spread)
        assert_alike(reference.mlp_backward(*arguments), autograd(*arguments), 1e-11)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_agrees_with_autograd_at_kinks(reference, rng, dtype):
    """Small integers put many pre-activations at exactly 0."""
    kinks = 0
    for sizes in SIZES:
        for _ in range(10):
            x, targets, *parameters = network(rng, *sizes)
            x, *parameters = (np.round(one).astype(dtype) for one in (x, *parameters))
            kinks += (x @ parameters[0] + parameters[1] == 0).sum()
            arguments = x, targets, *parameters
            assert_alike(reference.mlp_backward(*arguments), autograd(*arguments), 1e-5)
    assert kinks > 100


def test_agrees_with_differences(reference, rng):
    step = Decimal("1e-16")
    for sizes in ((1, 2, 3, 2), (3, 2, 2, 3)):
        x, targets, *parameters = network(rng, *sizes)
        with localcontext() as context:
            context.prec = 50
            exact = [decimals(one) for one in parameters]
            loss = float(loss_in_decimals(decimals(x), targets, *exact))
            gradients = {}
            for name, one in zip(NAMES, exact, strict=True):
                gradients[name] = np.empty(one.shape)
                for place in np.ndindex(one.shape):
                    old, ends = one[place], []
                    for sign in (1, -1):
                        one[place] = old + sign * step
                        ends.append(loss_in_decimals(decimals(x), targets, *exact))
                    one[place] = old
                    gradients[name][place] = (ends[0] - ends[1]) / (2 * step)
        assert_alike(reference.mlp_backward(x, targets, *parameters), (loss, gradients), 1e-12)
