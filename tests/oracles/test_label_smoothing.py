"""Oracles: torch's cross_entropy with label_smoothing, and the definition in 60 digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch


def pytorch(logits, targets, smoothing):
    indices = torch.from_numpy(targets.astype(np.int64))
    logits = torch.from_numpy(logits)
    return torch.nn.functional.cross_entropy(logits, indices, label_smoothing=smoothing).item()


def by_definition(logits, targets, smoothing):
    with localcontext() as context:
        context.prec = 60
        losses = []
        for row, target in zip(logits.tolist(), targets.tolist(), strict=True):
            exponentials = [Decimal(x).exp() for x in row]
            total, share = sum(exponentials), Decimal(smoothing) / len(row)
            weights = [share + (1 - Decimal(smoothing) if j == target else 0) for j in range(len(row))]
            assert abs(sum(weights) - 1) < Decimal("1e-50")
            losses.append(-sum(w * (e / total).ln() for w, e in zip(weights, exponentials, strict=True)))
        return float(sum(losses) / len(losses))


SHAPES = [(1, 1), (1, 2), (5, 1), (2, 3), (4, 4), (7, 4), (33, 10), (3, 300)]


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-11), (np.float32, 1e-4)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_torch(reference, rng, shape, dtype, rtol):
    for spread in (0.0, 0.1, 3.0, 50.0, 1e4):
        for smoothing in (0.0, 0.1, 0.6, 1.0):
            logits = (spread * rng.uniform(-1, 1, shape)).astype(dtype)
            targets = rng.integers(0, shape[1], shape[0])
            actual = reference.label_smoothing(logits, targets, smoothing)
            assert actual.dtype == dtype
            expected = pytorch(logits, targets, smoothing)
            np.testing.assert_allclose(actual, expected, rtol=rtol, atol=rtol / 100)


def test_a_tenth_is_spread_by_default(reference, rng):
    logits, targets = rng.standard_normal((6, 4)), rng.integers(0, 4, 6)
    actual = reference.label_smoothing(logits, targets)
    np.testing.assert_allclose(actual, pytorch(logits, targets, 0.1), rtol=1e-12)


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32, np.uint64])
def test_agrees_with_the_definition_in_60_digits(reference, rng, kind):
    for shape in SHAPES[:5]:
        for spread, level in ((1.0, 0.0), (1.0, 1e4), (1e4, -1e4)):
            logits = level + spread * rng.uniform(-1, 1, shape)
            targets = rng.integers(0, shape[1], shape[0]).astype(kind)
            for smoothing in (0.0, 0.25, 1.0):
                actual = reference.label_smoothing(logits, targets, smoothing)
                expected = by_definition(logits, targets, smoothing)
                np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-14)
