"""Oracles: torch's convolution followed by its batch norm in evaluation mode, in float64; and differences for
the gradients of the statistics, which torch's batch norm does not give.
"""

import itertools

import pytest
import torch
from torch import nn
from torch.nn import functional as F

TOLERANCES = {torch.float64: 1e-10, torch.float32: 1e-4}
KERNELS = [(1, 1), (3, 3), (3, 5), (2, 1), (4, 4)]
GROUPS = ["one", "some", "depthwise", "depthwise with multiplier"]


def random_layer(rng, kernel, kind, has_bias):
    """Return the six tensors of a layer, and its groups."""
    groups = {"one": 1, "some": 2}.get(kind, int(rng.integers(2, 5)))
    inputs = groups * (1 if kind.startswith("depthwise") else int(rng.integers(1, 4)))
    outputs = groups * (1 if kind == "depthwise" else int(rng.integers(1, 4)))
    weight = rng.standard_normal((outputs, inputs // groups, *kernel))
    bias, gamma, beta, mean = rng.standard_normal((4, outputs))
    var = 10 ** rng.uniform(-3, 3, outputs)
    tensors = [torch.from_numpy(array) for array in (weight, bias, gamma, beta, mean, var)]
    return [tensors[0], tensors[1] if has_bias else None, *tensors[2:]], groups


def both_layers(x, tensors, eps, **options):
    weight, bias, gamma, beta, mean, var = tensors
    y = F.conv2d(x, weight, bias, **options)
    return F.batch_norm(y, mean, var, gamma, beta, training=False, eps=eps)


@pytest.mark.parametrize("dtype", list(TOLERANCES), ids=str)
@pytest.mark.parametrize("has_bias", [True, False])
@pytest.mark.parametrize(("kernel", "kind"), list(itertools.product(KERNELS, GROUPS)), ids=str)
def test_agrees_with_both_layers_in_values_and_gradients(reference, rng, kernel, kind, has_bias, dtype):
    for _ in range(4):
        tensors, groups = random_layer(rng, kernel, kind, has_bias)
        eps = float(10 ** rng.uniform(-6, -1))
        options = {
            "stride": tuple(rng.integers(1, 3, 2).tolist()),
            "padding": tuple(rng.integers(0, 3, 2).tolist()),
            "dilation": tuple(rng.integers(1, 3, 2).tolist()),
            "groups": groups,
        }
        x = torch.from_numpy(rng.standard_normal((2, tensors[0].shape[1] * groups, 9, 10)))
        given = [None if tensor is None else tensor.to(dtype) for tensor in tensors]
        wide = [None if tensor is None else tensor.double() for tensor in given]
        leaves = [[t.requires_grad_() for t in group[:4] if t is not None] for group in (given, wide)]

        weight, bias = reference.fuse_conv_bn(*given, eps)
        assert weight.dtype == bias.dtype == dtype
        assert weight.shape == given[0].shape
        assert bias.shape == given[2].shape
        result = F.conv2d(x, weight.double(), bias.double(), **options)
        expected = both_layers(x, wide, eps, **options)
        limit = TOLERANCES[dtype] * expected.abs().max().item()
        torch.testing.assert_close(result, expected, rtol=0, atol=limit)

        upstream = torch.from_numpy(rng.standard_normal(expected.shape))
        actual, wanted = (
            torch.autograd.grad(value, group, upstream)
            for value, group in zip((result, expected), leaves, strict=True)
        )
        for mine, theirs in zip(actual, wanted, strict=True):
            limit = 30 * TOLERANCES[dtype] * theirs.abs().max().item()
            torch.testing.assert_close(mine.double(), theirs, rtol=0, atol=limit)


def test_agrees_with_modules_as_they_are_made(reference):
    """The default eps is that of nn.BatchNorm2d, and statistics come from training."""
    torch.manual_seed(20240229)
    conv, norm = nn.Conv2d(3, 5, 3, padding=1, bias=False), nn.BatchNorm2d(5)
    for _ in range(5):
        norm(conv(torch.randn(4, 3, 6, 6)))
    norm.eval()
    x = torch.randn(2, 3, 7, 5)
    weight, bias = reference.fuse_conv_bn(
        conv.weight, conv.bias, norm.weight, norm.bias, norm.running_mean, norm.running_var
    )
    torch.testing.assert_close(F.conv2d(x, weight, bias, padding=1), norm(conv(x)))
    assert not isinstance(weight, nn.Parameter)
    assert weight.grad_fn is not None


@pytest.mark.parametrize("eps", [1e-5, 1e-3])
def test_a_channel_that_never_varied(reference, eps):
    tensors = [torch.ones(2, 1, 1, 1, dtype=torch.float64), None, *torch.ones(3, 2, dtype=torch.float64)]
    tensors.append(torch.zeros(2, dtype=torch.float64))
    x = torch.tensor([[[[1.0, 1.001, 0.5]]]], dtype=torch.float64)
    weight, bias = reference.fuse_conv_bn(*tensors, eps)
    torch.testing.assert_close(F.conv2d(x, weight, bias), both_layers(x, tensors, eps))


@pytest.mark.parametrize("has_bias", [True, False])
def test_all_gradients_agree_with_differences(reference, rng, has_bias):
    tensors, _ = random_layer(rng, (2, 3), "some", has_bias)
    tensors[5] = tensors[5].clamp(0.1, 10)
    leaves = [tensor.requires_grad_() for tensor in tensors if tensor is not None]

    def fuse(weight, *rest):
        return reference.fuse_conv_bn(weight, *(rest if has_bias else (None, *rest)), 0.01)

    assert torch.autograd.gradcheck(fuse, leaves)
