"""Oracles: scipy's fit of a multivariate normal, and the likelihood itself, largest at the answer."""

import numpy as np
import pytest
import scipy.stats
import torch

SHAPES = [(2, 1), (3, 2), (5, 5), (9, 4), (4, 7), (150, 3)]


def log_likelihood(x, mean, factor):
    """Return the log-likelihood under the covariance ``factor @ factor.T``, by torch's own density."""
    return torch.distributions.MultivariateNormal(mean, scale_tril=factor).log_prob(x).sum()


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 1e-4)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_scipy(reference, rng, shape, dtype, tolerance):
    for level in (0.0, 10.0):
        x = (level + rng.standard_normal(shape) @ rng.uniform(-1, 1, (shape[1],) * 2)).astype(dtype)
        mean, covariance = reference.gaussian_mle(x)
        expected_mean, expected = scipy.stats.multivariate_normal.fit(x.astype(np.float64))
        assert mean.dtype == covariance.dtype == dtype
        np.testing.assert_allclose(mean, expected_mean, rtol=tolerance, atol=tolerance)
        np.testing.assert_allclose(covariance, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("shape", [(3, 1), (6, 2), (20, 4)])
def test_the_likelihood_has_no_slope_at_the_answer_and_falls_around_it(reference, rng, shape):
    x = rng.standard_normal(shape) @ rng.uniform(0.5, 1.5, (shape[1],) * 2) + 3
    points = torch.from_numpy(x)
    mean, covariance = (torch.from_numpy(one) for one in reference.gaussian_mle(x))
    factor = torch.linalg.cholesky(covariance)
    mean.requires_grad_()
    factor.requires_grad_()
    best = log_likelihood(points, mean, factor)
    best.backward()
    scale = shape[0] / float(factor.detach().diagonal().min())
    assert float(mean.grad.abs().max()) < 1e-9 * scale
    assert float(factor.grad.tril().abs().max()) < 1e-9 * scale
    for _ in range(50):
        step = torch.from_numpy(rng.normal(0, 0.02, shape[1]))
        turn = torch.from_numpy(np.tril(rng.normal(0, 0.02, (shape[1],) * 2)))
        nearby = (factor + turn * factor.diagonal()).detach()
        assert log_likelihood(points, (mean + step).detach(), nearby) < best


@pytest.mark.parametrize("d", [1, 3])
def test_one_point(reference, d):
    mean, covariance = reference.gaussian_mle(np.full((1, d), 2.5))
    np.testing.assert_array_equal(mean, np.full(d, 2.5))
    np.testing.assert_array_equal(covariance, np.zeros((d, d)))
