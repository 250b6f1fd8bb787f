"""Oracles: torch's cross_entropy on its cosine_similarity, the definition in 60 digits, and differences."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch
import torch.nn.functional as F

SHAPES = [(1, 1), (1, 4), (2, 1), (2, 2), (5, 3), (3, 8), (17, 6), (40, 30)]
TEMPERATURES = [0.001, 0.07, 0.5, 1.0, 20.0]


def pytorch(queries, keys, temperature):
    """Return the loss as torch has it, the positives being the classes 0, 1, 2, …"""
    cosines = F.cosine_similarity(queries[:, None], keys[None], dim=2, eps=1e-30)
    return F.cross_entropy(cosines / temperature, torch.arange(len(queries)))


def by_definition(queries, keys, temperature):
    """Return mean over i of -ln(exp(s_ii / T) / sum_j exp(s_ij / T)), pair by pair."""
    with localcontext() as context:
        context.prec = 60
        rows, columns = ([[Decimal(a) for a in row] for row in x.tolist()] for x in (queries, keys))

        def cosine(a, b):
            dot = sum(x * y for x, y in zip(a, b, strict=True))
            return dot / (sum(x * x for x in a) * sum(y * y for y in b)).sqrt()

        losses = []
        for i, query in enumerate(rows):
            terms = [(cosine(query, key) / Decimal(temperature)).exp() for key in columns]
            losses.append(-(terms[i] / sum(terms)).ln())
        return float(sum(losses) / len(losses))


def batch(rng, shape, dtype):
    lengths = 10 ** rng.uniform(-6, 6, (2, shape[0], 1))
    return torch.from_numpy(rng.standard_normal((2, *shape)) * lengths).to(dtype)


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float64, 1e-10), (torch.float32, 1e-3)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_torch(reference, rng, shape, dtype, tolerance):
    for temperature in TEMPERATURES:
        for _ in range(5):
            queries, keys = batch(rng, shape, dtype)
            result = reference.info_nce(queries, keys, temperature)
            assert result.dtype == dtype
            assert result.shape == ()
            expected = pytorch(queries, keys, temperature)
            torch.testing.assert_close(result, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("shape", SHAPES[:-1])
def test_agrees_with_the_definition_in_60_digits(reference, rng, shape):
    for temperature in TEMPERATURES:
        queries, keys = batch(rng, shape, torch.float64)
        result = reference.info_nce(queries, keys, temperature)
        expected = by_definition(queries, keys, temperature)
        np.testing.assert_allclose(result.item(), expected, rtol=1e-11, atol=1e-12 / temperature)


@pytest.mark.parametrize("shape", SHAPES)
def test_gradients_agree_with_those_of_torch(reference, rng, shape):
    for temperature in TEMPERATURES:
        found = []
        queries, keys = batch(rng, shape, torch.float64)
        for function in (reference.info_nce, pytorch):
            leaves = [x.clone().requires_grad_() for x in (queries, keys)]
            function(*leaves, temperature).backward()
            # The gradient of a row goes with one over its length.
            found.append([leaf.grad * leaf.detach().norm(dim=1, keepdim=True) for leaf in leaves])
        for mine, theirs in zip(*found, strict=True):
            torch.testing.assert_close(mine, theirs, rtol=1e-9, atol=1e-11 / temperature)


def test_gradients_agree_with_differences(reference, rng):
    for shape in SHAPES[1:6]:
        inputs = [torch.from_numpy(rng.standard_normal(shape)).requires_grad_() for _ in range(2)]
        for temperature in (0.1, 1.0):
            assert torch.autograd.gradcheck(lambda q, k, t=temperature: reference.info_nce(q, k, t), inputs)


def test_the_default_temperature_is_that_of_moco(reference, rng):
    queries, keys = batch(rng, (6, 4), torch.float64)
    assert reference.info_nce(queries, keys) == reference.info_nce(queries, keys, temperature=0.07)
