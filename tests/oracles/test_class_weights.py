"""Oracles: the paper's induction over samples in exact fractions, and its closed form in 60 digits."""

from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest


def by_recursion(counts, beta):
    """Take the samples of a class one by one: the n-th adds what is left uncovered, beta^(n-1)."""
    effective = []
    for n in counts.tolist():
        volume, new = Fraction(0), Fraction(1)
        for _ in range(n):
            volume += new
            new *= Fraction(beta)
        effective.append(volume)
    return normalised([1 / e if e else Fraction(0) for e in effective])


def in_decimals(counts, beta):
    with localcontext() as context:
        context.prec = 60
        one, beta = Decimal(1), Decimal(beta)
        inverse = [(one - beta) / (one - beta ** Decimal(n)) if n else Decimal(0) for n in counts.tolist()]
        return normalised(inverse)


def normalised(inverse):
    present = [i for i in inverse if i]
    average = sum(present) / len(present)
    return np.array([float(i / average) for i in inverse])


def random_counts(rng, classes, digits):
    counts = (10 ** rng.uniform(0, digits, classes)).astype(np.int64)
    counts[1:][rng.random(classes - 1) < 0.3] = 0
    return counts


@pytest.mark.parametrize("beta", [0.0, 0.25, 0.5, 0.9375])
def test_agrees_with_the_recursion(reference, rng, beta):
    for classes in (1, 2, 5, 20):
        counts = random_counts(rng, classes, 1.7)
        np.testing.assert_allclose(
            reference.class_weights(counts, beta), by_recursion(counts, beta), rtol=1e-12
        )


@pytest.mark.parametrize("beta", [0.1, 0.9, 0.99, 0.999, 0.9999, 0.99999])
def test_agrees_with_the_closed_form_in_60_digits(reference, rng, beta):
    for classes in (1, 2, 5, 40):
        for kind in (np.int64, np.int32, np.uint64):
            counts = random_counts(rng, classes, 7).astype(kind)
            weights = reference.class_weights(counts, beta)
            assert weights.dtype == np.float64
            assert weights.shape == (classes,)
            np.testing.assert_allclose(weights, in_decimals(counts, beta), rtol=1e-10)


def test_beta_is_0_999_by_default(reference, rng):
    counts = random_counts(rng, 10, 4)
    np.testing.assert_allclose(reference.class_weights(counts), in_decimals(counts, 0.999), rtol=1e-11)


def test_counts_may_be_of_small_integer_dtypes(reference, rng):
    for kind in (np.uint8, np.int8, np.int16):
        counts = random_counts(rng, 10, 2).astype(kind)
        weights = reference.class_weights(counts, 0.99)
        np.testing.assert_allclose(weights, in_decimals(counts, 0.99), rtol=1e-12)
