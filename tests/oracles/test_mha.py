"""Oracles: torch.nn.MultiheadAttention with the same weights, and the definition one number at a time."""

import math

import numpy as np
import pytest
import torch
from torch import nn

SHAPES = [
    (1, 1, 1, 2, 1),
    (1, 3, 3, 4, 4),
    (2, 5, 7, 12, 3),
    (3, 8, 2, 10, 1),
    (5, 1, 9, 16, 8),
    (2, 6, 1, 6, 2),
]
MASKS = ["none", "shared", "per batch element", "causal"]


def pair(reference, embed_dim, num_heads, dtype=torch.float64):
    """Return an attention of the reference's and torch's, with the same random weights."""
    mine = reference.MultiHeadAttention(embed_dim, num_heads).to(dtype)
    theirs = nn.MultiheadAttention(embed_dim, num_heads, batch_first=True, dtype=dtype)
    projections = mine.q_proj, mine.k_proj, mine.v_proj
    with torch.no_grad():
        for parameter in mine.parameters():
            parameter.normal_()
        theirs.in_proj_weight.copy_(torch.cat([projection.weight for projection in projections]))
        theirs.in_proj_bias.copy_(torch.cat([projection.bias for projection in projections]))
        theirs.out_proj.load_state_dict(mine.out_proj.state_dict())
    return mine, theirs


def random_mask(kind, batch, queries, keys):
    if kind == "none":
        return None
    shape = (batch, queries, keys) if kind == "per batch element" else (queries, keys)
    if kind == "causal":
        return torch.ones(shape, dtype=torch.bool).tril()
    mask = torch.rand(shape) < 0.4
    mask[..., torch.arange(queries), torch.randint(keys, (queries,))] = True
    return mask


def torchs_result(attention, query, key, value, mask):
    """In torch's layer True hides a key, and there is a matrix for each batch element and head."""
    hidden = None if mask is None else ~mask
    if mask is not None and mask.dim() == 3:
        hidden = hidden.repeat_interleave(attention.num_heads, dim=0)
    return attention(query, key, value, attn_mask=hidden, need_weights=False)[0]


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(20240229)


@pytest.mark.parametrize("kind", MASKS)
@pytest.mark.parametrize(("batch", "queries", "keys", "features", "num_heads"), SHAPES)
def test_agrees_with_torchs_layer_in_values_and_gradients(
    reference, kind, batch, queries, keys, features, num_heads
):
    mine, theirs = pair(reference, features, num_heads)
    inputs = [torch.randn(batch, length, features).double() for length in (queries, keys, keys)]
    mask = random_mask(kind, batch, queries, keys)
    upstream = torch.randn(batch, queries, features).double()
    gradients = []
    results = []
    for attention, call in ((mine, mine), (theirs, lambda *inputs: torchs_result(theirs, *inputs))):
        leaves = [tensor.clone().requires_grad_() for tensor in inputs]
        results.append(call(*leaves, mask))
        results[-1].backward(upstream)
        gradients.append([leaf.grad for leaf in leaves] + [attention.out_proj.weight.grad])
    torch.testing.assert_close(results[0], results[1], rtol=1e-10, atol=1e-11)
    torch.testing.assert_close(gradients[0], gradients[1], rtol=1e-9, atol=1e-10)
    for kind_of_parameter in ("weight", "bias"):
        parts = [
            getattr(projection, kind_of_parameter).grad
            for projection in (mine.q_proj, mine.k_proj, mine.v_proj)
        ]
        theirs_together = getattr(theirs, f"in_proj_{kind_of_parameter}").grad
        torch.testing.assert_close(torch.cat(parts), theirs_together, rtol=1e-9, atol=1e-9)


def test_agrees_with_torchs_layer_in_float32(reference):
    mine, theirs = pair(reference, 24, 4, torch.float32)
    inputs = torch.randn(3, 10, 24), torch.randn(3, 15, 24), torch.randn(3, 15, 24)
    mask = random_mask("per batch element", 3, 10, 15)
    result = mine(*inputs, mask)
    assert result.dtype == torch.float32
    torch.testing.assert_close(result, torchs_result(theirs, *inputs, mask), rtol=1e-4, atol=1e-3)


def test_agrees_with_the_definition(reference, rng):
    """Every number of the result from sums of products in plain Python."""
    batch, queries, keys, features, num_heads = 2, 3, 4, 6, 2
    mine, _ = pair(reference, features, num_heads)
    query, key, value = (rng.standard_normal((batch, length, features)) for length in (queries, keys, keys))
    mask = rng.random((batch, queries, keys)) < 0.6
    mask[:, :, 2] = True
    state = {name: tensor.numpy() for name, tensor in mine.state_dict().items()}

    def linear(name, row):
        weight, bias = state[f"{name}.weight"], state[f"{name}.bias"]
        return [sum(w * x for w, x in zip(weight[o], row, strict=True)) + bias[o] for o in range(features)]

    expected = np.empty((batch, queries, features))
    size = features // num_heads
    for b, i in np.ndindex(batch, queries):
        attended = []
        for feature in range(features):
            head = range(feature // size * size, feature // size * size + size)
            q = linear("q_proj", query[b, i])
            seen = [j for j in range(keys) if mask[b, i, j]]
            powers = []
            for j in seen:
                k = linear("k_proj", key[b, j])
                powers.append(math.exp(sum(q[f] * k[f] for f in head) / math.sqrt(size)))
            values = [linear("v_proj", value[b, j])[feature] for j in seen]
            attended.append(sum(p * v for p, v in zip(powers, values, strict=True)) / sum(powers))
        expected[b, i] = linear("out_proj", attended)
    tensors = (torch.from_numpy(array) for array in (query, key, value, mask))
    np.testing.assert_allclose(mine(*tensors).detach().numpy(), expected, rtol=1e-10)


def test_gradients_agree_with_differences(reference):
    mine, _ = pair(reference, 4, 2)
    inputs = [torch.randn(2, length, 4).double().requires_grad_() for length in (3, 2, 2)]
    mask = random_mask("per batch element", 2, 3, 2)
    assert torch.autograd.gradcheck(lambda *inputs: mine(*inputs, mask), inputs)


def test_heads_that_do_not_divide_the_features_are_refused(reference):
    for embed_dim, num_heads in ((8, 3), (8, 16), (1, 2), (7, 5)):
        with pytest.raises(ValueError, match="not divisible"):
            reference.MultiHeadAttention(embed_dim, num_heads)


def test_fresh_weights_are_those_of_four_linear_layers(reference):
    state = reference.MultiHeadAttention(6, 2).state_dict()
    projections = nn.ModuleDict({f"{x}_proj": nn.Linear(6, 6) for x in ("q", "k", "v", "out")})
    assert {name: tensor.shape for name, tensor in state.items()} == {
        name: tensor.shape for name, tensor in projections.state_dict().items()
    }
