"""Oracles: torch.nn.init.orthogonal_ for shapes and gain, scipy.stats.ortho_group and exact moments for the
law.
"""

import math

import numpy as np
import pytest
import scipy.stats
import torch

SHAPES = [(1, 1), (6, 6), (3, 9), (9, 3), (4, 2, 3), (16, 2, 2, 3), (3, 2, 3, 3), (5, 1, 1, 1, 5)]


@pytest.mark.parametrize("gain", [1.0, 0.2, 2**0.5])
@pytest.mark.parametrize("shape", SHAPES)
def test_has_the_singular_values_of_torchs_matrix(reference, shape, gain):
    theirs = torch.nn.init.orthogonal_(torch.empty(shape, dtype=torch.float64), gain).flatten(1)
    for seed in range(5):
        mine = reference.orthogonal_init(shape, seed, gain)
        assert mine.shape == shape
        assert mine.dtype == np.float64
        values = np.linalg.svd(mine.reshape(shape[0], -1), compute_uv=False)
        np.testing.assert_allclose(values, torch.linalg.svdvals(theirs).numpy(), rtol=1e-12)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_cannot_be_told_from_scipys_matrices(reference, n):
    mine = np.array([reference.orthogonal_init((n, n), seed) for seed in range(1500)])
    theirs = scipy.stats.ortho_group.rvs(n, size=1500, random_state=1)
    for i, j in np.ndindex(n, n):
        assert scipy.stats.ks_2samp(mine[:, i, j], theirs[:, i, j]).pvalue > 1e-4
    for statistic in (np.linalg.det, lambda q: q.trace(axis1=1, axis2=2), lambda q: q[:, 0, 0] * q[:, 1, 1]):
        # Determinants are 1 and -1 but for rounding, which the comparison must not see.
        pair = np.round(statistic(mine), 9), np.round(statistic(theirs), 9)
        assert scipy.stats.ks_2samp(*pair).pvalue > 1e-4


@pytest.mark.parametrize("shape", [(5, 2), (2, 5), (3, 3)])
def test_has_the_moments_of_the_haar_measure(reference, shape):
    """E q² = 1/n and E q⁴ = 3 / (n (n + 2)), n the length of the orthonormal vectors; odd moments are 0."""
    n, count = max(shape), 3000
    drawn = np.array([reference.orthogonal_init(shape, seed) for seed in range(count)])
    for power, expected in ((1, 0), (2, 1 / n), (3, 0), (4, 3 / (n * (n + 2)))):
        mean = (drawn**power).mean(axis=0)
        np.testing.assert_allclose(mean, expected, atol=5 * (drawn**power).std() / math.sqrt(count))


def test_seeds(reference):
    first, again, other = (reference.orthogonal_init((5, 4), seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.isclose(first, other).any()
    np.testing.assert_array_equal(first, reference.orthogonal_init((5, 4), 3, 1.0))
