"""Oracles: the definition of the RetinaNet paper in 60 digits, its gradient likewise, and differences."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch

OPTIONS = [{}, {"alpha": 0.5, "gamma": 0.0}, {"alpha": 0.9, "gamma": 0.5}, {"alpha": 0.0}, {"gamma": 5.0}]
SHAPES = [(), (1,), (9,), (4, 3), (2, 3, 2, 4)]


def by_definition(logits, targets, alpha=0.25, gamma=2.0):
    """Return mean loss and gradient: d/dx = ± alpha_t (1 - p_t)^gamma (gamma p_t log p_t + p_t - 1)."""
    with localcontext() as context:
        context.prec = 60
        losses, slopes = [], []
        for x, t in zip(logits.ravel().tolist(), targets.ravel().tolist(), strict=True):
            p = 1 / (1 + (-Decimal(x)).exp())
            p_t = p if t == 1 else 1 - p
            alpha_t = Decimal(alpha) if t == 1 else 1 - Decimal(alpha)
            focus = (1 - p_t) ** Decimal(gamma) if gamma else Decimal(1)
            losses.append(-alpha_t * focus * p_t.ln())
            sign = 1 if t == 1 else -1
            slopes.append(sign * alpha_t * focus * (Decimal(gamma) * p_t * p_t.ln() + p_t - 1))
        n = len(losses)
        return float(sum(losses) / n), np.reshape([float(slope / n) for slope in slopes], logits.shape)


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-11), (np.float32, 1e-5)])
@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_the_definition(reference, rng, shape, options, dtype, rtol):
    for spread in (0.1, 3.0, 40.0):
        logits = np.asarray(spread * rng.standard_normal(shape), dtype)
        targets = np.asarray(rng.integers(0, 2, shape), dtype)
        loss, gradient = by_definition(logits, targets, **options)
        leaf = torch.from_numpy(logits.copy()).requires_grad_()
        result = reference.focal_loss(leaf, torch.from_numpy(targets), **options)
        result.backward()
        assert result.dtype == leaf.dtype
        assert result.shape == ()
        np.testing.assert_allclose(result.item(), loss, rtol=rtol, atol=1e-30)
        np.testing.assert_allclose(leaf.grad, gradient, rtol=10 * rtol, atol=1e-30)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
def test_extreme_logits_are_exact(reference, gamma):
    for dtype in (torch.float64, torch.float32):
        logits = torch.tensor([-1e4, 1e4, 1e4, -1e4], dtype=dtype, requires_grad=True)
        result = reference.focal_loss(logits, torch.tensor([1.0, 0, 1, 0], dtype=dtype), gamma=gamma)
        result.backward()
        assert result.item() == 2500
        assert logits.grad.tolist() == [-0.0625, 0.1875, 0, 0]


def test_gradients_agree_with_differences(reference, rng):
    logits = torch.from_numpy(rng.standard_normal((4, 3))).requires_grad_()
    targets = torch.from_numpy(rng.integers(0, 2, (4, 3)).astype(float))
    for options in OPTIONS:
        assert torch.autograd.gradcheck(lambda x, o=options: reference.focal_loss(x, targets, **o), logits)
