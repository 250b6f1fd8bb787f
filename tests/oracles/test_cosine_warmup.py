"""Oracles: the closed form in 40 digits by the series of the cosine, and torch's schedules one after the
other.
"""

import math
from decimal import Decimal, localcontext

import pytest
import torch
from torch.optim import lr_scheduler

PI = Decimal("3.1415926535897932384626433832795028841971694")


def cosine(x):
    term = total = Decimal(1)
    for k in range(1, 60):
        term *= -x * x / (2 * k * (2 * k - 1))
        total += term
    return total


def by_definition(step, total_steps, warmup_steps, max_lr, min_lr):
    """Return the height of the curve, as a weighted mean of its crest and its trough."""
    with localcontext() as context:
        context.prec = 50
        high, low = Decimal(max_lr), Decimal(min_lr)
        if step < warmup_steps:
            return float(high * step / warmup_steps)
        steps = min(step, total_steps) - warmup_steps
        crest = (1 + cosine(PI * steps / (total_steps - warmup_steps))) / 2
        return float(crest * high + (1 - crest) * low)


def test_agrees_with_the_definition(reference, rng):
    for _ in range(200):
        total_steps = int(rng.integers(1, 60))
        warmup_steps = int(rng.integers(0, total_steps))
        max_lr = 10 ** rng.uniform(-6, 1)
        setting = total_steps, warmup_steps, max_lr, max_lr * rng.choice([0.0, 1e-3, 0.5, 1.0])
        for step in (0, warmup_steps, total_steps, total_steps + 1, int(rng.integers(0, 70))):
            expected = by_definition(step, *setting)
            actual = reference.cosine_warmup(step, *setting)
            assert actual == pytest.approx(expected, rel=1e-11, abs=1e-15 * max_lr)


@pytest.mark.parametrize(("total_steps", "warmup_steps"), [(20, 0), (20, 5), (9, 8), (33, 1)])
@pytest.mark.parametrize("min_lr", [0.0, 0.02])
def test_agrees_with_torchs_schedules(reference, total_steps, warmup_steps, min_lr):
    """Where the warm-up ends torch's cosine takes over; torch's ramp cannot start at 0, so a ratio is
    used.
    """
    max_lr = 0.3
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=max_lr)
    decay = lr_scheduler.CosineAnnealingLR(optimiser, total_steps - warmup_steps, eta_min=min_lr)
    for step in range(warmup_steps, total_steps + 1):
        expected = optimiser.param_groups[0]["lr"]
        actual = reference.cosine_warmup(step, total_steps, warmup_steps, max_lr, min_lr)
        assert actual == pytest.approx(expected, rel=1e-9, abs=1e-12)
        optimiser.step()
        decay.step()
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=max_lr)
    ramp = lr_scheduler.LambdaLR(optimiser, lambda step: step / max(warmup_steps, 1))
    for step in range(warmup_steps):
        expected = optimiser.param_groups[0]["lr"]
        actual = reference.cosine_warmup(step, total_steps, warmup_steps, max_lr, min_lr)
        assert actual == pytest.approx(expected, rel=1e-12)
        optimiser.step()
        ramp.step()


def test_without_min_lr_it_ends_at_0(reference):
    assert reference.cosine_warmup(10, 10, 2, 0.5) == 0.0
    assert reference.cosine_warmup(99, 10, 2, 0.5) == 0.0
    assert math.isclose(reference.cosine_warmup(6, 10, 2, 0.5), 0.25)
