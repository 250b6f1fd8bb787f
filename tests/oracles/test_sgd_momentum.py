"""Oracles: torch.optim.SGD over 20 steps, and the sum over all gradients that the recursion stands for."""

import numpy as np
import pytest
import torch

SHAPES = [(4,), (3, 2), (2, 1, 3, 3), ()]


def torchs(params, all_grads, rates, **options):
    leaves = [torch.from_numpy(p.copy()).requires_grad_() for p in params]
    optimiser = torch.optim.SGD(leaves, lr=1.0, **options)
    for grads, lr in zip(all_grads, rates, strict=True):
        optimiser.param_groups[0]["lr"] = lr
        for leaf, grad in zip(leaves, grads, strict=True):
            leaf.grad = torch.from_numpy(grad)
        optimiser.step()
        yield [leaf.detach().numpy().copy() for leaf in leaves]


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-12), (np.float32, 2e-4)])
@pytest.mark.parametrize("weight_decay", [0.0, 0.05])
@pytest.mark.parametrize(("momentum", "nesterov"), [(0.0, False), (0.9, False), (0.9, True), (0.5, True)])
def test_agrees_with_torch_over_20_steps(reference, rng, dtype, rtol, weight_decay, momentum, nesterov):
    def draw():
        return [np.asarray(rng.standard_normal(shape), dtype) for shape in SHAPES]

    params, velocity = draw(), [np.zeros(shape, dtype) for shape in SHAPES]
    grads, rates = [draw() for _ in range(20)], rng.uniform(0.01, 0.3, 20).tolist()
    options = {"momentum": momentum, "weight_decay": weight_decay, "nesterov": nesterov}
    for number, expected in enumerate(torchs(params, grads, rates, **options)):
        params, velocity = reference.sgd_momentum(params, grads[number], velocity, rates[number], **options)
        for mine, theirs in zip(params, expected, strict=True):
            assert mine.dtype == dtype
            np.testing.assert_allclose(mine, theirs, rtol=rtol, atol=rtol)


def test_velocity_is_a_sum_over_the_past(reference, rng):
    """Without decay v_t is the sum of g_s momentum^(t - s), and the way is the sum of lr_t v_t."""
    grads, rates = rng.standard_normal((20, 5)), rng.uniform(0.1, 1, 20)
    params, velocity = [np.zeros(5)], [np.zeros(5)]
    way = np.zeros(5)
    for t in range(20):
        params, velocity = reference.sgd_momentum(params, [grads[t]], velocity, rates[t], 0.8)
        expected = sum(grads[s] * 0.8 ** (t - s) for s in range(t + 1))
        way -= rates[t] * expected
        np.testing.assert_allclose(velocity[0], expected, rtol=1e-11, atol=1e-12)
        np.testing.assert_allclose(params[0], way, rtol=1e-11, atol=1e-12)


def test_defaults_and_inputs(reference, rng):
    params, grads, velocity = ([rng.standard_normal(3)] for _ in range(3))
    before = [array[0].copy() for array in (params, grads, velocity)]
    short = reference.sgd_momentum(params, grads, velocity, 0.1)
    long = reference.sgd_momentum(params, grads, velocity, 0.1, 0.9, 0.0, False)
    np.testing.assert_array_equal(short, long)
    np.testing.assert_array_equal([params[0], grads[0], velocity[0]], before)
    assert reference.sgd_momentum([], [], [], 0.1) == ([], [])
