"""Oracles: scipy maximises the posterior density, and sums over a fine grid give its mean and spread."""

import numpy as np
import pytest
import scipy.optimize
import scipy.stats


def log_posterior(theta, x, noise_std, prior_mean, prior_std):
    likelihood = scipy.stats.norm.logpdf(x[:, None], theta, noise_std).sum(axis=0)
    return likelihood + scipy.stats.norm.logpdf(theta, prior_mean, prior_std)


def problem(rng, n):
    noise_std, prior_std = rng.uniform(0.2, 4, 2)
    prior_mean = rng.normal(0, 5)
    return rng.normal(prior_mean + rng.normal(0, prior_std), noise_std, n), noise_std, prior_mean, prior_std


@pytest.mark.parametrize("n", [0, 1, 2, 5, 30])
def test_the_mode_agrees_with_an_optimiser(reference, rng, n):
    for _ in range(10):
        x, *others = problem(rng, n)
        found = scipy.optimize.minimize_scalar(
            lambda t, x=x, o=others: -log_posterior(np.array([t]), x, *o)[0]
        )
        mode, std = reference.gaussian_map(x, *others)
        np.testing.assert_allclose(mode, found.x, atol=1e-5 * max(std, abs(mode)))


@pytest.mark.parametrize("n", [0, 1, 2, 5, 30])
def test_mean_and_spread_agree_with_a_fine_grid(reference, rng, n):
    for _ in range(5):
        x, noise_std, prior_mean, prior_std = problem(rng, n)
        mode, std = reference.gaussian_map(x, noise_std, prior_mean, prior_std)
        # The mode lies between the two ends, and the posterior is narrower than the prior.
        ends = [prior_mean, x.mean() if n else prior_mean]
        grid = np.linspace(min(ends) - 10 * prior_std, max(ends) + 10 * prior_std, 40_001)
        log = log_posterior(grid, x, noise_std, prior_mean, prior_std)
        weights = np.exp(log - log.max())
        mean = np.average(grid, weights=weights)
        spread = np.sqrt(np.average((grid - mean) ** 2, weights=weights))
        np.testing.assert_allclose([mode, std], [mean, spread], rtol=1e-8, atol=1e-8)


def test_one_measurement_at_a_time_gives_the_same_as_all_at_once(reference, rng):
    x, noise_std, prior_mean, prior_std = problem(rng, 20)
    mode, std = prior_mean, prior_std
    for one in x:
        mode, std = reference.gaussian_map(np.array([one]), noise_std, mode, std)
    np.testing.assert_allclose(
        reference.gaussian_map(x, noise_std, prior_mean, prior_std), (mode, std), rtol=1e-12
    )


def test_float32_measurements(reference, rng):
    x, *others = problem(rng, 200)
    np.testing.assert_allclose(
        reference.gaussian_map(x.astype(np.float32), *map(float, others)),
        reference.gaussian_map(x, *others),
        rtol=1e-4,
    )
