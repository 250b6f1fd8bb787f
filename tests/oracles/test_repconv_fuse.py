"""Oracles: the three branches themselves, convolved, normalised and added up by torch in float64; and
differences for the gradients of the statistics, which torch's batch norm does not give.
"""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

TOLERANCES = {torch.float64: 1e-10, torch.float32: 1e-4}
NORM = ("bn_weight", "bn_bias", "running_mean", "running_var")
LEARNED = ("weight", "bn_weight", "bn_bias")
CHANNELS = [(1, 1), (2, 2), (3, 3), (7, 7), (4, 2), (2, 5), (1, 3), (3, 1)]  # outputs, inputs
SIZES = [(1, 1), (2, 3), (5, 4), (9, 1)]


def random_block(rng, outputs, inputs, has_identity):
    """Return two or three dicts; variances range over eight powers of ten, from branch to branch."""

    def statistics():
        rows = rng.standard_normal((3, outputs))
        var = 10 ** (rng.uniform(-4, 3) + rng.uniform(-0.5, 0.5, outputs))
        return dict(zip(NORM, map(torch.from_numpy, (*rows, var)), strict=True))

    def branch(side):
        weight = torch.from_numpy(rng.standard_normal((outputs, inputs, side, side)))
        return {"weight": weight, **statistics()}

    return [branch(3), branch(1), *([statistics()] if has_identity else [])]


def three_branches(x, branch3x3, branch1x1, identity=None):
    def normalise(y, part):
        gamma, beta, mean, var = (part[name] for name in NORM)
        return F.batch_norm(y, mean, var, gamma, beta, training=False, eps=1e-5)

    parts = [
        normalise(F.conv2d(x, branch3x3["weight"], padding=1), branch3x3),
        normalise(F.conv2d(x, branch1x1["weight"]), branch1x1),
    ]
    if identity is not None:
        parts.append(normalise(x, identity))
    return torch.stack(parts).sum(dim=0)


def converted(block, change):
    return [{name: change(tensor) for name, tensor in part.items()} for part in block]


@pytest.mark.parametrize("dtype", list(TOLERANCES), ids=str)
@pytest.mark.parametrize("has_identity", [True, False])
@pytest.mark.parametrize(("outputs", "inputs"), CHANNELS)
def test_agrees_with_the_branches_in_values_and_gradients(
    reference, rng, outputs, inputs, has_identity, dtype
):
    if has_identity and outputs != inputs:
        return
    for size in SIZES:
        block = random_block(rng, outputs, inputs, has_identity)
        given = converted(block, lambda tensor: tensor.to(dtype))
        wide = converted(given, lambda tensor: tensor.double())
        leaves = [
            [part[name].requires_grad_() for part in group for name in LEARNED if name in part]
            for group in (given, wide)
        ]
        x = torch.from_numpy(rng.standard_normal((2, inputs, *size)))

        weight, bias = reference.repconv_fuse(*given)
        assert weight.dtype == bias.dtype == dtype
        assert weight.shape == (outputs, inputs, 3, 3)
        assert bias.shape == (outputs,)
        result = F.conv2d(x, weight.double(), bias.double(), padding=1)
        expected = three_branches(x, *wide)
        limit = TOLERANCES[dtype] * expected.abs().max().item()
        torch.testing.assert_close(result, expected, rtol=0, atol=limit)

        upstream = torch.from_numpy(rng.standard_normal(expected.shape))
        actual, wanted = (
            torch.autograd.grad(value, group, upstream)
            for value, group in zip((result, expected), leaves, strict=True)
        )
        for mine, theirs in zip(actual, wanted, strict=True):
            limit = 30 * TOLERANCES[dtype] * theirs.abs().max().item() + 1e-12
            torch.testing.assert_close(mine.double(), theirs, rtol=0, atol=limit)


@pytest.mark.parametrize("has_identity", [True, False])
def test_agrees_with_modules_after_some_training(reference, has_identity):
    """The eps is that of nn.BatchNorm2d, and the statistics are those that training collects."""
    torch.manual_seed(20240229)
    wide, narrow = nn.Conv2d(4, 4, 3, padding=1, bias=False), nn.Conv2d(4, 4, 1, bias=False)
    norms = [nn.BatchNorm2d(4) for _ in range(3)]

    def block(x):
        return norms[0](wide(x)) + norms[1](narrow(x)) + (norms[2](x) if has_identity else 0)

    optimizer = torch.optim.SGD(
        [p for m in (wide, narrow, *norms) for p in m.parameters()], lr=0.1, momentum=0.9
    )
    for _ in range(10):
        x = torch.randn(4, 4, 6, 5)
        (block(x) - x.flip(3)).square().mean().backward()
        optimizer.step()
        optimizer.zero_grad()
    parts = [
        dict(zip(NORM, (n.weight, n.bias, n.running_mean, n.running_var), strict=True))
        for n in (norm.eval() for norm in norms)
    ]
    parts[0]["weight"], parts[1]["weight"] = wide.weight, narrow.weight
    weight, bias = reference.repconv_fuse(*parts[: 3 if has_identity else 2])
    x = torch.randn(2, 4, 5, 7)
    torch.testing.assert_close(F.conv2d(x, weight, bias, padding=1), block(x))


@pytest.mark.parametrize(("outputs", "inputs", "has_identity"), [(2, 2, True), (2, 2, False), (3, 2, False)])
def test_all_gradients_agree_with_differences(reference, rng, outputs, inputs, has_identity):
    block = random_block(rng, outputs, inputs, has_identity)
    for part in block:
        part["running_var"] = torch.from_numpy(rng.uniform(0.1, 10, outputs))
    names = [list(part) for part in block]
    tensors = [tensor.requires_grad_() for part in block for tensor in part.values()]

    def fuse(*tensors):
        rest = iter(tensors)
        return reference.repconv_fuse(*({name: next(rest) for name in part} for part in names))

    assert torch.autograd.gradcheck(fuse, tensors)
