"""Oracles: sklearn's Ridge, and torch's own densities, whose sum has no slope at the answer."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import Ridge

SHAPES = [(1, 1), (2, 1), (1, 3), (5, 3), (4, 4), (3, 9), (80, 6)]


def problem(rng, n, d):
    noise_std, prior_std = (float(one) for one in rng.uniform(0.3, 3, 2))
    features = rng.standard_normal((n, d))
    return features, features @ rng.standard_normal(d) + 2, noise_std, prior_std


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-9), (np.float32, 1e-3)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_sklearn(reference, rng, shape, dtype, rtol):
    for _ in range(5):
        features, targets, noise_std, prior_std = problem(rng, *shape)
        ridge = Ridge(alpha=noise_std**2 / prior_std**2, fit_intercept=False, solver="svd")
        expected = ridge.fit(features, targets).coef_
        actual = reference.ridge_map(features.astype(dtype), targets.astype(dtype), noise_std, prior_std)
        assert actual.dtype == dtype
        assert actual.shape == (shape[1],)
        np.testing.assert_allclose(actual, expected, rtol=rtol, atol=rtol * np.abs(expected).max())


@pytest.mark.parametrize("shape", SHAPES)
def test_the_posterior_has_no_slope_at_the_answer_and_falls_around_it(reference, rng, shape):
    features, targets, noise_std, prior_std = problem(rng, *shape)

    def log_posterior(weights):
        predicted = torch.from_numpy(features) @ weights
        likelihood = torch.distributions.Normal(predicted, noise_std).log_prob(torch.from_numpy(targets))
        return likelihood.sum() + torch.distributions.Normal(0 * weights, prior_std).log_prob(weights).sum()

    weights = torch.from_numpy(reference.ridge_map(features, targets, noise_std, prior_std))
    weights.requires_grad_()
    best = log_posterior(weights)
    best.backward()
    assert float(weights.grad.abs().max()) < 1e-9 * (1 + np.abs(features.T @ targets).max() / noise_std**2)
    for _ in range(20):
        step = torch.from_numpy(rng.normal(0, 0.05, shape[1]))
        assert log_posterior((weights + step).detach()) < best
