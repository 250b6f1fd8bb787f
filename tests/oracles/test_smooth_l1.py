"""Oracles: torch's smooth_l1_loss, and exact fractions of the loss as the integral of its clipped slope."""

from fractions import Fraction

import numpy as np
import pytest
import torch


def pytorch(pred, target, beta):
    pred, target = torch.from_numpy(pred), torch.from_numpy(target)
    return torch.nn.functional.smooth_l1_loss(pred, target, beta=beta).item()


def by_integration(pred, target, beta):
    """The slope grows from 0 to 1 over [0, beta] and stays 1: a triangle or a part of it, and a rectangle."""
    total, beta = Fraction(0), Fraction(beta)
    for p, t in zip(pred.ravel().tolist(), target.ravel().tolist(), strict=True):
        error = abs(Fraction(p) - Fraction(t))
        ramp = min(error, beta)
        height = ramp / beta if beta else Fraction(1)
        total += ramp * height / 2 + (error - ramp)
    return float(total / pred.size)


SHAPES = [(1,), (8,), (1, 1), (5, 3), (2, 3, 4), (2, 1, 3, 5)]


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-12), (np.float32, 1e-5)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_torch(reference, rng, shape, dtype, rtol):
    for spread in (0.0, 0.1, 1.0, 50.0, 1e6):
        for beta in (0.0, 0.25, 1 / 9, 1.0, 7.0):
            pred = (spread * rng.standard_normal(shape)).astype(dtype)
            target = (spread * rng.standard_normal(shape)).astype(dtype)
            actual = reference.smooth_l1(pred, target, beta)
            assert actual.dtype == dtype
            np.testing.assert_allclose(actual, pytorch(pred, target, beta), rtol=rtol)


def test_beta_is_one_by_default(reference, rng):
    pred, target = rng.standard_normal((2, 6, 4))
    np.testing.assert_allclose(reference.smooth_l1(pred, target), pytorch(pred, target, 1.0), rtol=1e-12)


def test_agrees_with_the_integral_of_its_slope(reference, rng):
    for shape in SHAPES:
        for beta in (0.0, 0.5, 1.0, 3.0):
            pred, target = rng.standard_normal((2, *shape)) * 2
            actual = reference.smooth_l1(pred, target, beta)
            np.testing.assert_allclose(actual, by_integration(pred, target, beta), rtol=1e-13)


def test_agrees_where_errors_are_zero_or_meet_beta(reference, rng):
    for _ in range(50):
        pred, target = rng.integers(-3, 4, (2, 4, 5)) / 2
        for beta in (0.0, 0.5, 1.0):
            actual = reference.smooth_l1(pred, target, beta)
            assert actual == pytest.approx(by_integration(pred, target, beta), rel=1e-14, abs=0)
            assert actual == pytest.approx(pytorch(pred, target, beta), rel=1e-14, abs=0)
