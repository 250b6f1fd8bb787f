"""Oracles: bounds and moments of torch.nn.init.xavier_uniform_, and scipy's test of the law."""

import math

import numpy as np
import pytest
import scipy.stats
import torch

SHAPES = [(300, 200), (40, 600), (50, 20, 7), (24, 10, 5, 3), (9, 16, 2, 3, 4)]


def torchs(shape, gain):
    generator = torch.Generator().manual_seed(1)
    weights = torch.empty(shape, dtype=torch.float64)
    return torch.nn.init.xavier_uniform_(weights, gain, generator=generator).numpy()


@pytest.mark.parametrize("gain", [1.0, 0.3, 5 / 3])
@pytest.mark.parametrize("shape", SHAPES)
def test_has_torchs_bounds_and_moments(reference, shape, gain):
    mine = np.array([reference.xavier_uniform(shape, seed, gain) for seed in range(4)])
    theirs = torchs(shape, gain)
    n = theirs.size
    assert mine.shape == (4, *shape)
    assert mine.dtype == np.float64
    np.testing.assert_allclose(np.abs(mine).max(), np.abs(theirs).max(), rtol=20 / n)
    np.testing.assert_allclose(mine.std(), theirs.std(), rtol=8 / math.sqrt(n))
    np.testing.assert_allclose(mine.mean(), 0, atol=6 * mine.std() / math.sqrt(n))


@pytest.mark.parametrize("shape", SHAPES)
def test_cannot_be_told_from_torchs_numbers(reference, shape):
    mine, theirs = reference.xavier_uniform(shape, 5, 1.4).ravel(), torchs(shape, 1.4).ravel()
    assert scipy.stats.ks_2samp(mine, theirs).pvalue > 1e-4


def test_without_gain_it_is_1(reference):
    np.testing.assert_array_equal(
        reference.xavier_uniform((4, 3, 3), 8), reference.xavier_uniform((4, 3, 3), 8, 1.0)
    )


def test_the_output_of_a_layer_is_as_wide_as_its_input(reference, rng):
    """With as many outputs as inputs the variance goes through unchanged, which the formula is for."""
    weights = reference.xavier_uniform((400, 400), 2)
    x = rng.standard_normal((400, 300))
    np.testing.assert_allclose((weights @ x).std(), x.std(), rtol=0.02)
    np.testing.assert_allclose((weights.T @ x).std(), x.std(), rtol=0.02)


def test_seeds(reference):
    first, again, other = (reference.xavier_uniform((5, 4), seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.isclose(first, other).any()
