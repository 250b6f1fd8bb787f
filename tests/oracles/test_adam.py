"""Oracles: torch.optim.Adam and AdamW over 20 steps, and the weighted means that the recursion stands for."""

import numpy as np
import pytest
import torch

SHAPES = [(4,), (3, 2), (2, 1, 3, 3), ()]


def torchs(params, all_grads, rates, *, decoupled, **options):
    leaves = [torch.from_numpy(p.copy()).requires_grad_() for p in params]
    kind = torch.optim.AdamW if decoupled else torch.optim.Adam
    optimiser = kind(leaves, lr=1.0, **options)
    for grads, lr in zip(all_grads, rates, strict=True):
        optimiser.param_groups[0]["lr"] = lr
        for leaf, grad in zip(leaves, grads, strict=True):
            leaf.grad = torch.from_numpy(grad)
        optimiser.step()
        yield [leaf.detach().numpy().copy() for leaf in leaves]


def draw(rng, dtype):
    return [np.asarray(rng.standard_normal(shape), dtype) for shape in SHAPES]


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-11), (np.float32, 2e-5)])
@pytest.mark.parametrize("decoupled", [False, True])
@pytest.mark.parametrize("weight_decay", [0.0, 0.3])
@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.5, 0.7), (0.0, 0.9)])
@pytest.mark.parametrize("eps", [1e-8, 0.1])
def test_agrees_with_torch_over_20_steps(
    reference, rng, dtype, tolerance, decoupled, weight_decay, betas, eps
):
    params, state = draw(rng, dtype), None
    grads, rates = [draw(rng, dtype) for _ in range(20)], rng.uniform(0.001, 0.1, 20).tolist()
    options = {"betas": betas, "eps": eps, "weight_decay": weight_decay, "decoupled": decoupled}
    for number, expected in enumerate(torchs(params, grads, rates, **options)):
        params, state = reference.adam(params, grads[number], state, rates[number], **options)
        for mine, theirs in zip(params, expected, strict=True):
            assert mine.dtype == dtype
            np.testing.assert_allclose(mine, theirs, rtol=tolerance, atol=tolerance)


def test_has_the_defaults_of_torch(reference, rng):
    """But for AdamW's weight decay, which is 0.01 there and 0 here."""
    for decoupled in (False, True):
        params, state = draw(rng, np.float64), None
        grads = [draw(rng, np.float64) for _ in range(5)]
        for number, expected in enumerate(torchs(params, grads, [1e-3] * 5, decoupled=decoupled)):
            options = {"weight_decay": 0.01, "decoupled": True} if decoupled else {}
            params, state = reference.adam(params, grads[number], state, **options)
            for mine, theirs in zip(params, expected, strict=True):
                np.testing.assert_allclose(mine, theirs, rtol=1e-12)


def test_steps_are_quotients_of_weighted_means(reference, rng):
    """The step divides the weighted mean of all gradients by the root of that of their squares."""
    grads = rng.standard_normal((20, 5))
    params, state, way = [np.zeros(5)], None, np.zeros(5)
    for t in range(1, 21):
        params, state = reference.adam(params, [grads[t - 1]], state, 0.1, (0.8, 0.95), 1e-3)
        age = np.arange(t)[::-1]
        mean = np.average(grads[:t], axis=0, weights=0.8**age)
        square = np.average(grads[:t] ** 2, axis=0, weights=0.95**age)
        way -= 0.1 * mean / (np.sqrt(square) + 1e-3)
        np.testing.assert_allclose(params[0], way, rtol=1e-11, atol=1e-13)


def test_nothing_that_was_passed_in_changes(reference, rng):
    params, state = draw(rng, np.float64), None
    for _ in range(3):
        before = [p.copy() for p in params]
        grads = draw(rng, np.float64)
        new, new_state = reference.adam(params, grads, state, 0.1, weight_decay=0.1)
        again, _ = reference.adam(params, grads, state, 0.1, weight_decay=0.1)
        for one, other, old, kept in zip(new, again, before, params, strict=True):
            np.testing.assert_array_equal(one, other)
            np.testing.assert_array_equal(old, kept)
        params, state = new, new_state
    assert reference.adam([], [], None)[0] == []
