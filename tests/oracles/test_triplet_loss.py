"""Oracles: torch's triplet_margin_loss with eps=0, and the definition in 50 digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch


def pytorch(triplets, margin):
    tensors = (torch.from_numpy(array) for array in triplets)
    return torch.nn.functional.triplet_margin_loss(*tensors, margin=margin, eps=0).item()


def by_definition(triplets, margin):
    with localcontext() as context:
        context.prec = 50
        losses = []
        for rows in zip(*(array.tolist() for array in triplets), strict=True):
            a, p, n = ([Decimal(x) for x in row] for row in rows)
            near, far = (sum((x - y) ** 2 for x, y in zip(a, b, strict=True)).sqrt() for b in (p, n))
            losses.append(max(Decimal(0), near - far + Decimal(margin)))
        return float(sum(losses) / len(losses))


SHAPES = [(1, 1), (1, 5), (6, 1), (4, 4), (3, 8), (40, 16), (2, 200)]


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-12), (np.float32, 1e-4)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_torch(reference, rng, shape, dtype, rtol):
    for spread in (0.0, 0.1, 1.0, 1e4):
        for margin in (0.2, 1.0, 3.0):
            triplets = (spread * rng.standard_normal((3, *shape))).astype(dtype)
            actual = reference.triplet_loss(*triplets, margin)
            assert actual.dtype == dtype
            expected = pytorch(triplets, margin)
            np.testing.assert_allclose(actual, expected, rtol=rtol, atol=rtol * max(spread, 1))


def test_the_margin_is_one_by_default(reference, rng):
    triplets = rng.standard_normal((3, 6, 4))
    np.testing.assert_allclose(reference.triplet_loss(*triplets), pytorch(triplets, 1.0), rtol=1e-12)


def test_agrees_with_the_definition_in_50_digits(reference, rng):
    for shape in SHAPES[:-1]:
        for spread, level in ((1.0, 0.0), (1e4, 0.0), (1.0, 1e6)):
            triplets = level + spread * rng.standard_normal((3, *shape))
            for margin in (0.5, 1.0):
                actual, expected = reference.triplet_loss(*triplets, margin), by_definition(triplets, margin)
                np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-12 * spread)


def test_agrees_with_the_definition_where_points_coincide_and_losses_are_zero(reference, rng):
    for _ in range(40):
        triplets = rng.integers(-1, 2, (3, 5, 2)).astype(float)
        actual, expected = reference.triplet_loss(*triplets, 1.0), by_definition(triplets, 1.0)
        np.testing.assert_allclose(actual, expected, rtol=1e-14)
