"""Oracle: torch's conv2d twice, the first time with as many groups as channels."""

import itertools

import pytest
import torch
from torch.nn import functional as F

TOLERANCES = {torch.float64: 1e-11, torch.float32: 2e-4}
STRIDES = [1, 2, (1, 3), (3, 2)]
PADDINGS = [0, 1, (2, 0), (1, 3)]
OPTIONS = list(itertools.product(STRIDES, PADDINGS))


def twice(x, depthwise, pointwise, stride=1, padding=0):
    return F.conv2d(F.conv2d(x, depthwise, None, stride, padding, groups=x.shape[1]), pointwise)


def random_tensors(rng, dtype):
    (batch, channels, outputs), size, kernel = (
        rng.integers(1, 5, 3),
        rng.integers(5, 9, 2),
        rng.integers(1, 5, 2),
    )
    shapes = (batch, channels, *size), (channels, 1, *kernel), (outputs, channels, 1, 1)
    return [torch.from_numpy(rng.standard_normal(shape)).to(dtype).requires_grad_() for shape in shapes]


@pytest.mark.parametrize("dtype", list(TOLERANCES), ids=str)
@pytest.mark.parametrize(("stride", "padding"), OPTIONS, ids=str)
def test_agrees_with_two_convolutions_in_values_and_gradients(reference, rng, stride, padding, dtype):
    close = {"rtol": TOLERANCES[dtype], "atol": TOLERANCES[dtype]}
    for _ in range(6):
        tensors = random_tensors(rng, dtype)
        result = reference.depthwise_separable_conv(*tensors, stride, padding)
        expected = twice(*tensors, stride, padding)
        torch.testing.assert_close(result, expected, **close)
        upstream = torch.from_numpy(rng.standard_normal(expected.shape)).to(dtype)
        torch.testing.assert_close(
            torch.autograd.grad(result, tensors, upstream),
            torch.autograd.grad(expected, tensors, upstream),
            **close,
        )


def test_the_defaults_are_stride_1_and_no_padding(reference, rng):
    tensors = random_tensors(rng, torch.float64)
    torch.testing.assert_close(reference.depthwise_separable_conv(*tensors), twice(*tensors))


def test_agrees_on_views(reference, rng):
    x, depthwise, pointwise = random_tensors(rng, torch.float64)
    view = x.detach().permute(2, 3, 0, 1).contiguous().permute(2, 3, 0, 1)
    result = reference.depthwise_separable_conv(view, depthwise, pointwise, 2, 1)
    torch.testing.assert_close(result, twice(x, depthwise, pointwise, 2, 1))


def test_gradients_agree_with_differences(reference):
    torch.manual_seed(20240229)
    shapes = (2, 3, 5, 4), (3, 1, 2, 3), (2, 3, 1, 1)
    tensors = [torch.randn(shape, dtype=torch.float64, requires_grad=True) for shape in shapes]
    assert torch.autograd.gradcheck(lambda *t: reference.depthwise_separable_conv(*t, (2, 1), 1), tensors)
