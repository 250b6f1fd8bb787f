"""Oracles: scipy maximises the posterior density; a fine grid of Fractions does so without any rounding."""

from fractions import Fraction

import numpy as np
import pytest
import scipy.optimize
import scipy.stats


def by_optimisation(successes, trials, alpha, beta):
    def negative_log_posterior(p):
        likelihood = scipy.stats.binom.logpmf(successes, trials, p)
        return -(likelihood + scipy.stats.beta.logpdf(p, alpha, beta))

    found = scipy.optimize.minimize_scalar(
        negative_log_posterior, bounds=(0, 1), method="bounded", options={"xatol": 1e-9}
    )
    return found.x


@pytest.mark.parametrize("most", [1, 5, 40, 1000])
def test_agrees_with_an_optimiser(reference, rng, most):
    for _ in range(20):
        trials = int(rng.integers(0, most + 1))
        successes = int(rng.integers(0, trials + 1))
        alpha, beta = rng.uniform(1.2, 6, 2)
        actual = reference.bernoulli_map(successes, trials, alpha, beta)
        np.testing.assert_allclose(actual, by_optimisation(successes, trials, alpha, beta), atol=2e-6)


def test_no_fraction_near_by_is_more_probable(reference):
    """Whole parameters make the density a polynomial, which Fractions evaluate exactly, edges included."""
    for trials in range(5):
        for successes in range(trials + 1):
            for alpha, beta in [(1, 1), (1, 2), (2, 1), (3, 2), (4, 4)]:
                if trials == 0 and alpha == beta == 1:
                    continue

                def density(p, a=successes + alpha - 1, b=trials - successes + beta - 1):
                    return p**a * (1 - p) ** b

                actual = reference.bernoulli_map(successes, trials, alpha, beta)
                mode = Fraction(actual).limit_denominator(100)
                assert abs(float(mode) - actual) < 1e-12
                others = [Fraction(i, 840) for i in range(841)]
                assert all(density(p) < density(mode) for p in others if p != mode)


def test_a_flat_prior_without_trials_raises(reference):
    with pytest.raises(ValueError, match="mode"):
        reference.bernoulli_map(0, 0, 1.0, 1)
