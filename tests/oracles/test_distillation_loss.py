"""Oracles: torch's kl_div with batchmean, its distributions, the definition in 60 digits, and differences."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch.distributions import Categorical, kl_divergence

SHAPES = [(1, 1), (4, 1), (1, 2), (5, 3), (3, 8), (33, 10), (2, 200)]
TEMPERATURES = [0.25, 1.0, 4.0, 15.0]


def by_kl_div(student, teacher, temperature):
    log_q, p = F.log_softmax(student / temperature, dim=1), F.softmax(teacher / temperature, dim=1)
    return F.kl_div(log_q, p, reduction="batchmean") * temperature**2


def by_definition(student, teacher, temperature):
    """Return T² times the mean over samples of sum p ln(p / q), and its gradient, T (q - p) / n."""
    with localcontext() as context:
        context.prec = 60
        t = Decimal(temperature)
        losses, slopes = [], []
        for row, guide in zip(student.tolist(), teacher.tolist(), strict=True):
            q, p = ([(Decimal(x) / t).exp() for x in logits] for logits in (row, guide))
            q, p = ([x / sum(values) for x in values] for values in (q, p))
            losses.append(sum(a * (a / b).ln() for a, b in zip(p, q, strict=True)))
            slopes.append([t * (b - a) for a, b in zip(p, q, strict=True)])
        n = len(losses)
        gradient = np.array([[float(slope / n) for slope in row] for row in slopes])
        return float(t * t * sum(losses) / n), gradient


def batch(rng, shape, spread, dtype=torch.float64):
    return torch.from_numpy(spread * rng.standard_normal((2, *shape))).to(dtype)


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float64, 1e-10), (torch.float32, 1e-4)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_kl_div(reference, rng, shape, dtype, tolerance):
    for temperature in TEMPERATURES:
        for spread in (0.0, 1.0, 20.0, 5e3):
            student, teacher = batch(rng, shape, spread, dtype)
            found = []
            for function in (reference.distillation_loss, by_kl_div):
                leaf = student.clone().requires_grad_()
                loss = function(leaf, teacher, temperature)
                loss.backward()
                found.append((loss.detach(), leaf.grad))
            assert found[0][0].dtype == dtype
            assert found[0][0].shape == ()
            for mine, theirs in zip(*found, strict=True):
                torch.testing.assert_close(mine, theirs, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_the_divergence_of_distributions(reference, rng, shape):
    for temperature in TEMPERATURES:
        student, teacher = batch(rng, shape, 2.0)
        p, q = (Categorical(logits=logits / temperature) for logits in (teacher, student))
        expected = temperature**2 * kl_divergence(p, q).mean()
        result = reference.distillation_loss(student, teacher, temperature)
        torch.testing.assert_close(result, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("shape", SHAPES[:-1])
def test_agrees_with_the_definition_in_60_digits(reference, rng, shape):
    for temperature in TEMPERATURES:
        for spread in (0.1, 3.0, 200.0, 5e3):
            student, teacher = batch(rng, shape, spread)
            leaf = student.clone().requires_grad_()
            result = reference.distillation_loss(leaf, teacher, temperature)
            result.backward()
            loss, gradient = by_definition(student, teacher, temperature)
            np.testing.assert_allclose(result.item(), loss, rtol=1e-10, atol=1e-11)
            np.testing.assert_allclose(leaf.grad, gradient, rtol=1e-10, atol=1e-11)


def test_gradients_agree_with_differences(reference, rng):
    for shape in SHAPES[2:5]:
        student, teacher = batch(rng, shape, 1.0)
        for temperature in TEMPERATURES:
            assert torch.autograd.gradcheck(
                lambda x, y=teacher, t=temperature: reference.distillation_loss(x, y, t),
                student.requires_grad_(),
            )


def test_at_a_high_temperature_it_is_half_the_variance_of_the_difference(reference, rng):
    student, teacher = batch(rng, (6, 5), 1.0)
    difference = student - teacher
    expected = difference.var(dim=1, correction=0).mean() / 2
    torch.testing.assert_close(
        reference.distillation_loss(student, teacher, 1e4), expected, rtol=1e-3, atol=0
    )


def test_the_default_temperature_is_four(reference, rng):
    student, teacher = batch(rng, (3, 4), 2.0)
    result = reference.distillation_loss(student, teacher)
    assert result == reference.distillation_loss(student, teacher, temperature=4.0)
