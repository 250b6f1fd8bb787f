"""Oracles: sklearn's F1 score on sure masks, the closed form in plain Python, and differences."""

import math

import numpy as np
import pytest
import torch
from sklearn.metrics import f1_score

SHAPES = [(1, 1), (6, 1), (3, 7), (2, 3, 4), (4, 2, 3, 5), (2, 1, 2, 2, 3)]


def closed_form(logits, targets, eps):
    losses = []
    for x, t in zip(logits.reshape(len(logits), -1), targets.reshape(len(targets), -1), strict=True):
        p = [1 / (1 + math.exp(-a)) if a > 0 else math.exp(a) / (1 + math.exp(a)) for a in x.tolist()]
        inter = math.fsum(a * b for a, b in zip(p, t.tolist(), strict=True))
        losses.append(1 - (2 * inter + eps) / (math.fsum(p) + math.fsum(t.tolist()) + eps))
    return math.fsum(losses) / len(losses)


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-11), (np.float32, 1e-5)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_the_closed_form(reference, rng, shape, dtype, rtol):
    for spread in (0.0, 1.0, 30.0):
        for eps in (1e-3, 1.0, 7.5):
            logits = (spread * rng.standard_normal(shape)).astype(dtype)
            for targets in (rng.integers(0, 2, shape).astype(dtype), rng.random(shape).astype(dtype)):
                result = reference.dice_loss(torch.from_numpy(logits), torch.from_numpy(targets), eps)
                assert result.dtype == torch.from_numpy(logits).dtype
                np.testing.assert_allclose(
                    result.item(), closed_form(logits, targets, eps), rtol=rtol, atol=rtol
                )


@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_the_f1_score_of_sure_masks(reference, rng, shape):
    for _ in range(20):
        predicted, targets = rng.integers(0, 2, (2, *shape))
        predicted[:, :1] = targets[:, :1] = 1  # no sum is 0
        scores = [f1_score(t.ravel(), p.ravel()) for t, p in zip(targets, predicted, strict=True)]
        logits = torch.from_numpy(1e4 * (2.0 * predicted - 1))
        result = reference.dice_loss(logits, torch.from_numpy(targets.astype(float)), 0.0)
        np.testing.assert_allclose(result.item(), 1 - np.mean(scores), rtol=1e-12, atol=1e-12)


def test_gradients_agree_with_differences(reference, rng):
    for shape in SHAPES:
        logits = torch.from_numpy(rng.standard_normal(shape)).requires_grad_()
        targets = torch.from_numpy(rng.integers(0, 2, shape).astype(float))
        assert torch.autograd.gradcheck(lambda x, t=targets: reference.dice_loss(x, t), logits)


def test_the_default_of_eps_is_one(reference, rng):
    logits, targets = torch.from_numpy(rng.standard_normal((2, 5))), torch.ones(2, 5, dtype=torch.float64)
    assert reference.dice_loss(logits, targets) == reference.dice_loss(logits, targets, eps=1.0)
