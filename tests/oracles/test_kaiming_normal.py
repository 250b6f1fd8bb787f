"""Oracles: moments of torch.nn.init.kaiming_normal_, and scipy's tests of the law."""

import math

import numpy as np
import pytest
import scipy.stats
import torch
from torch.nn import functional as F

SHAPES = [(300, 200), (40, 600), (50, 20, 7), (24, 10, 5, 3), (9, 16, 2, 3, 4)]


def torchs(shape, mode, slope):
    generator = torch.Generator().manual_seed(1)
    weights = torch.empty(shape, dtype=torch.float64)
    return torch.nn.init.kaiming_normal_(weights, a=slope, mode=mode, generator=generator).numpy()


@pytest.mark.parametrize("slope", [0.0, 0.3, 1.0, 5**0.5])
@pytest.mark.parametrize("mode", ["fan_in", "fan_out"])
@pytest.mark.parametrize("shape", SHAPES)
def test_has_torchs_moments(reference, shape, mode, slope):
    mine = np.array([reference.kaiming_normal(shape, seed, mode, slope) for seed in range(4)])
    theirs = torchs(shape, mode, slope)
    assert mine.shape == (4, *shape)
    assert mine.dtype == np.float64
    np.testing.assert_allclose(mine.std(), theirs.std(), rtol=6 / math.sqrt(theirs.size))
    np.testing.assert_allclose(mine.mean(), 0, atol=6 * mine.std() / math.sqrt(theirs.size))


@pytest.mark.parametrize("shape", SHAPES)
def test_cannot_be_told_from_torchs_numbers(reference, shape):
    mine, theirs = reference.kaiming_normal(shape, 5, "fan_out", 0.4), torchs(shape, "fan_out", 0.4)
    assert scipy.stats.ks_2samp(mine.ravel(), theirs.ravel()).pvalue > 1e-4
    assert scipy.stats.normaltest(mine.ravel()).pvalue > 1e-4


def test_defaults_are_fan_in_and_relu(reference):
    np.testing.assert_array_equal(
        reference.kaiming_normal((4, 3, 3), 8), reference.kaiming_normal((4, 3, 3), 8, "fan_in", 0.0)
    )


@pytest.mark.parametrize("slope", [0.0, 0.2])
def test_the_signal_survives_thirty_layers(reference, slope):
    """With 300 units a layer's mean square is off by a tenth or so; without the factor 2 it would be
    2^-30.
    """
    x = torch.randn(300, 200, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    before = x.square().mean()
    for layer in range(30):
        weights = reference.kaiming_normal((300, 300), layer, negative_slope=slope)
        x = torch.from_numpy(weights) @ (x if layer == 0 else F.leaky_relu(x, slope))
    # The first layer sees no rectified input and doubles the mean square, or less with a slope.
    assert 0.3 < (x.square().mean() / before).item() * (1 + slope**2) / 2 < 3


def test_seeds(reference):
    first, again, other = (reference.kaiming_normal((5, 4), seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.isclose(first, other).any()
