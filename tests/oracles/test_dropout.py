"""Oracles: exactness outside training and at both ends, exact moments and laws, torch's own scale."""

import math
import warnings

import numpy as np
import pytest
import scipy.stats
import torch

SHAPES = [(1,), (40_000,), (200, 150), (10, 3, 40, 25), (0, 4)]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", SHAPES)
def test_is_exact_outside_training_and_at_both_ends(reference, rng, shape, dtype):
    x = rng.standard_normal(shape).astype(dtype)
    before = x.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for p in (0.0, 0.25, 1.0):
            np.testing.assert_array_equal(reference.dropout(x, p, False, 1), before)
        np.testing.assert_array_equal(reference.dropout(x, 0.0, True, 1), before)
        np.testing.assert_array_equal(reference.dropout(x, 1.0, True, 1), np.zeros(shape))
    for p in (0.0, 0.4, 1.0):
        for training in (False, True):
            assert reference.dropout(x, p, training, 2).dtype == dtype
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("p", [0.05, 0.5, 0.9])
@pytest.mark.parametrize("shape", SHAPES[1:4])
def test_has_the_moments_of_a_scaled_mask(reference, rng, shape, p):
    """The mean is x and the variance x² p / (1 - p)."""
    x = rng.uniform(0.5, 2.0, shape)
    drawn = np.array([reference.dropout(x, p, True, seed) for seed in range(40)]) / x
    n = drawn.size
    np.testing.assert_allclose(drawn.mean(), 1, atol=5 * math.sqrt(p / (1 - p) / n))
    np.testing.assert_allclose(drawn.var(), p / (1 - p), rtol=0.05)
    dropped = (drawn == 0).sum()
    assert scipy.stats.binomtest(int(dropped), n, p).pvalue > 1e-5


def test_scales_as_torch_does(reference, rng):
    for p in (0.1, 0.3, 0.8):
        x = rng.uniform(1, 2, 500)
        theirs = torch.nn.functional.dropout(torch.from_numpy(x), p, training=True).numpy()
        mine = reference.dropout(x, p, True, 3)
        both = (mine != 0) & (theirs != 0)
        assert both.any()
        np.testing.assert_allclose(mine[both], theirs[both], rtol=1e-12)


def test_masks_are_independent(reference):
    """Pairs of neighbours, of elements far apart and of two seeds are dropped as by tosses of two coins."""
    one, other = (reference.dropout(np.ones((300, 300)), 0.3, True, seed) == 0 for seed in (4, 5))
    for a, b in ((one[:, 1:], one[:, :-1]), (one[1:], one[:-1]), (one[:150], one[150:]), (one, other)):
        table = [[(a & b).sum(), (a & ~b).sum()], [(~a & b).sum(), (~a & ~b).sum()]]
        assert scipy.stats.chi2_contingency(table).pvalue > 1e-4


def test_seeds(reference):
    x = np.ones(100)
    first, again, other = (reference.dropout(x, 0.5, True, seed) for seed in (6, 6, 7))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
