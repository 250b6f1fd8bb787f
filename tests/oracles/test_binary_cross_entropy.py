"""Oracles: torch's binary_cross_entropy_with_logits, and the definition in 60 digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch


def pytorch(logits, targets):
    targets = torch.from_numpy(targets.astype(logits.dtype))
    return torch.nn.functional.binary_cross_entropy_with_logits(torch.from_numpy(logits), targets).item()


def by_definition(logits, targets):
    with localcontext() as context:
        context.prec = 60
        losses = []
        for logit, target in zip(logits.ravel().tolist(), targets.ravel().tolist(), strict=True):
            x, y = Decimal(logit), Decimal(target)
            yes, no = 1 / (1 + (-x).exp()), 1 / (1 + x.exp())
            losses.append(-(y * yes.ln() + (1 - y) * no.ln()))
        return float(sum(losses) / len(losses))


SHAPES = [(1,), (8,), (1, 1), (5, 3), (2, 3, 4), (2, 1, 3, 5)]


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-11), (np.float32, 1e-4)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_torch(reference, rng, shape, dtype, rtol):
    for spread in (0.0, 0.1, 3.0, 50.0, 1e4):
        logits = (spread * rng.uniform(-1, 1, shape)).astype(dtype)
        for targets in (rng.uniform(0, 1, shape), rng.integers(0, 2, shape)):
            targets = targets.astype(dtype)
            actual = reference.binary_cross_entropy(logits, targets)
            assert actual.dtype == dtype
            np.testing.assert_allclose(actual, pytorch(logits, targets), rtol=rtol, atol=rtol / 100)


def test_agrees_with_the_definition_in_60_digits(reference, rng):
    for shape in SHAPES:
        for spread in (0.0, 1.0, 40.0, 1e3, 1e4):
            logits = spread * rng.uniform(-1, 1, shape)
            for targets in (rng.uniform(0, 1, shape), rng.integers(0, 2, shape)):
                actual = reference.binary_cross_entropy(logits, targets)
                expected = by_definition(logits, targets)
                np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-14 * spread)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_sure_decisions_cost_nothing_or_their_logit(reference, dtype):
    logits = np.array([1e4, -1e4], dtype)
    assert reference.binary_cross_entropy(logits, np.array([1, 0], dtype)) == 0
    assert reference.binary_cross_entropy(logits, np.array([0, 1], dtype)) == 1e4
