"""Oracles: the closed forms in fractions, the numbers of the papers, and torch's own ramp."""

import math
from fractions import Fraction

import pytest
import torch


def by_definition(base_lr, base_batch, batch, rule, warmup_steps, step):
    """Exact but for the root: a weighted mean of both ends of the ramp."""
    ratio = Fraction(batch, base_batch)
    if rule == "sqrt":
        digits = 10**40
        root = math.isqrt(ratio.numerator * ratio.denominator * digits**2)
        ratio = Fraction(root, ratio.denominator * digits)
    start, end = Fraction(base_lr), Fraction(base_lr) * ratio
    if step is None or warmup_steps == 0:
        return float(end)
    done = min(Fraction(step, warmup_steps), Fraction(1))
    return float(start * (1 - done) + end * done)


@pytest.mark.parametrize("rule", ["linear", "sqrt"])
def test_agrees_with_the_definition(reference, rng, rule):
    for _ in range(300):
        base_batch, batch = (int(2 ** rng.uniform(0, 15)) for _ in range(2))
        warmup_steps = int(rng.integers(0, 50))
        step = None if rng.random() < 0.1 else int(rng.integers(0, 70))
        setting = 10 ** rng.uniform(-6, 1), base_batch, batch, rule, warmup_steps, step
        assert reference.lr_scaling(*setting) == pytest.approx(by_definition(*setting), rel=1e-12)


def test_has_the_numbers_of_goyal_et_al(reference):
    """0.1 · kn / 256: the rates of their table for kn = 256 to 8192 images."""
    for k in range(6):
        assert reference.lr_scaling(0.1, 256, 256 * 2**k) == pytest.approx(0.1 * 2**k)


def test_ramps_as_torchs_linear_schedule(reference):
    """LinearLR goes from start_factor to 1 times the optimiser's rate in total_iters steps."""
    scaled = 0.1 * 1024 / 256
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=scaled)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, start_factor=256 / 1024, total_iters=7)
    for step in range(12):
        expected = optimiser.param_groups[0]["lr"]
        assert reference.lr_scaling(0.1, 256, 1024, "linear", 7, step) == pytest.approx(expected, rel=1e-12)
        optimiser.step()
        schedule.step()


def test_defaults(reference):
    assert reference.lr_scaling(0.1, 100, 300) == reference.lr_scaling(0.1, 100, 300, "linear", 0, None)
