"""Oracles: torch's cross_entropy, and the definition in 60 digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch


def pytorch(logits, targets):
    indices = torch.from_numpy(targets.astype(np.int64))
    return torch.nn.functional.cross_entropy(torch.from_numpy(logits), indices).item()


def by_definition(logits, targets):
    with localcontext() as context:
        context.prec = 60
        losses = []
        for row, target in zip(logits.tolist(), targets.tolist(), strict=True):
            exponentials = [Decimal(x).exp() for x in row]
            losses.append(-(exponentials[target] / sum(exponentials)).ln())
        return float(sum(losses) / len(losses))


SHAPES = [(1, 1), (1, 2), (5, 1), (2, 3), (7, 4), (33, 10), (3, 500)]


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-11), (np.float32, 1e-4)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_torch(reference, rng, shape, dtype, rtol):
    for spread in (0.0, 0.1, 3.0, 50.0, 1e4):
        logits = (spread * rng.uniform(-1, 1, shape)).astype(dtype)
        targets = rng.integers(0, shape[1], shape[0])
        actual = reference.cross_entropy(logits, targets)
        assert actual.dtype == dtype
        np.testing.assert_allclose(actual, pytorch(logits, targets), rtol=rtol, atol=rtol / 100)


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32, np.uint64])
def test_agrees_with_the_definition_in_60_digits(reference, rng, kind):
    for shape in SHAPES[:-1]:
        for spread, level in ((1.0, 0.0), (30.0, 0.0), (1.0, 1e4), (1e4, 0.0), (1e4, -1e4)):
            logits = level + spread * rng.uniform(-1, 1, shape)
            targets = rng.integers(0, shape[1], shape[0]).astype(kind)
            expected = by_definition(logits, targets)
            np.testing.assert_allclose(
                reference.cross_entropy(logits, targets), expected, rtol=1e-12, atol=1e-14
            )


def test_float32_at_1e4_loses_no_more_than_its_own_rounding(reference, rng):
    logits = (rng.uniform(-1e4, 1e4, (40, 1)) + rng.standard_normal((40, 5))).astype(np.float32)
    targets = rng.integers(0, 5, 40)
    np.testing.assert_allclose(
        reference.cross_entropy(logits, targets), by_definition(logits, targets), rtol=1e-5
    )
