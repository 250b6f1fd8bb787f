"""Oracles: torch's scaled_dot_product_attention, and the definition one number at a time."""

import itertools
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F

LEADING = [(), (1,), (3,), (2, 4), (2, 1, 3)]
SIZES = [(1, 1, 1, 1), (1, 7, 5, 2), (6, 1, 3, 3), (4, 4, 8, 8), (5, 9, 16, 6)]
MASKS = ["none", "full", "shared", "per key", "causal"]


def random_inputs(leading, queries, keys, features, gathered, dtype=torch.float64, scale=1.0):
    query = scale * torch.randn(*leading, queries, features, dtype=dtype)
    key = torch.randn(*leading, keys, features, dtype=dtype)
    return query, key, torch.randn(*leading, keys, gathered, dtype=dtype)


def random_mask(kind, leading, queries, keys):
    if kind == "none":
        return None
    shape = {"full": (*leading, queries, keys), "per key": (1, keys)}.get(kind, (queries, keys))
    mask = torch.ones(shape, dtype=torch.bool).tril() if kind == "causal" else torch.rand(shape) < 0.4
    mask[..., 0] = True
    return mask


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(20240229)


@pytest.mark.parametrize("kind", MASKS)
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("leading", LEADING)
def test_agrees_with_torch_in_values_and_gradients(reference, leading, sizes, kind):
    mask = random_mask(kind, leading, *sizes[:2])
    for scale in (0.1, 1.0, 30.0):
        inputs = random_inputs(leading, *sizes, scale=scale)
        upstream = torch.randn(*leading, sizes[0], sizes[3], dtype=torch.float64)
        results, gradients = [], []
        for function in (reference.attention, F.scaled_dot_product_attention):
            leaves = [tensor.clone().requires_grad_() for tensor in inputs]
            results.append(function(*leaves, mask))
            results[-1].backward(upstream)
            gradients.append([leaf.grad for leaf in leaves])
        torch.testing.assert_close(*results, rtol=1e-9, atol=1e-11)
        torch.testing.assert_close(*gradients, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("kind", MASKS)
def test_agrees_with_torch_in_float32_and_on_views(reference, kind):
    inputs = [
        tensor.transpose(1, 2) for tensor in random_inputs((2, 8), 3, 3, 16, 10, torch.float32, scale=2.0)
    ]
    query, key, value = inputs  # (2, 3, 8, 16)
    mask = random_mask(kind, (2, 3), 8, 8)
    result = reference.attention(query, key, value, mask)
    assert result.dtype == torch.float32
    assert result.shape == (2, 3, 8, 10)
    torch.testing.assert_close(result, F.scaled_dot_product_attention(query, key, value, mask))


@pytest.mark.parametrize("scale", [1.0, 1e4])
def test_agrees_with_the_definition(reference, rng, scale):
    """Every number of the result from sums of products in plain Python, with powers relative to each key's
    own.
    """
    query, key, value = (rng.standard_normal((2, 3, n, e)) for n, e in ((4, 5), (6, 5), (6, 7)))
    query *= scale
    mask = rng.random((2, 1, 4, 6)) < 0.6
    mask[..., 2] = True
    expected = np.empty((2, 3, 4, 7))
    for b, h, i in np.ndindex(2, 3, 4):
        seen = [j for j in range(6) if mask[b, 0, i, j]]
        scores = {j: math.fsum(query[b, h, i] * key[b, h, j]) / 5**0.5 for j in seen}
        # weight_j = 1 / sum_k exp(score_k - score_j); what overflows stands for a weight of 0
        weights = {j: 1 / sum(math.exp(min(scores[k] - scores[j], 700.0)) for k in seen) for j in seen}
        for v in range(7):
            expected[b, h, i, v] = math.fsum(weights[j] * value[b, h, j, v] for j in seen)
    tensors = (torch.from_numpy(array) for array in (query, key, value, mask))
    np.testing.assert_allclose(reference.attention(*tensors).numpy(), expected, rtol=1e-9, atol=1e-11)


def test_gradients_agree_with_differences(reference):
    for leading, kind in itertools.product(((), (2,)), ("none", "full")):
        inputs = [tensor.requires_grad_() for tensor in random_inputs(leading, 3, 4, 2, 3)]
        mask = random_mask(kind, leading, 3, 4)
        assert torch.autograd.gradcheck(lambda q, k, v, mask=mask: reference.attention(q, k, v, mask), inputs)
