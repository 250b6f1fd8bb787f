"""Oracles: torch's own modules, their parameters and torch's count of FLOPs, on the meta device."""

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode


def by_torch(in_shape, out_channels, kernel_size, stride, padding):
    conv = torch.nn.Conv2d(in_shape[0], out_channels, kernel_size, stride, padding, device="meta")
    image = torch.empty(1, *in_shape, device="meta")
    maps = conv(image)
    dense = torch.nn.Linear(image.numel(), maps.numel(), device="meta")
    return measured(conv, image), measured(dense, image.flatten(1))


def measured(module, x):
    with FlopCounterMode(display=False) as counter:
        module(x)
    return sum(p.numel() for p in module.parameters()), counter.get_total_flops() // 2


@pytest.mark.parametrize("pairs", [False, True])
def test_agrees_with_torch(reference, rng, pairs):
    for _ in range(15):
        in_shape = tuple(rng.integers([1, 6, 6], [9, 30, 30]).tolist())
        kernel, stride, padding = rng.integers([1, 1, 0], [7, 5, 4], (2, 3)).T.tolist()
        options = [tuple(one) if pairs else one[0] for one in (kernel, stride, padding)]
        arguments = in_shape, int(rng.integers(1, 20)), *options
        assert reference.conv_vs_dense(*arguments) == by_torch(*arguments)


def test_agrees_with_torch_on_large_layers(reference):
    for arguments in (
        ((3, 224, 224), 64, 7, 2, 3),
        ((512, 7, 7), 4096, 7, 1, 0),
        ((256, 56, 56), 256, 3, 1, 1),
        ((2, 9, 14), 5, (9, 14), (1, 1), (0, 0)),
    ):
        assert reference.conv_vs_dense(*arguments) == by_torch(*arguments)


def test_the_defaults_are_those_of_torch(reference):
    assert reference.conv_vs_dense((3, 8, 9), 4, (3, 2)) == by_torch((3, 8, 9), 4, (3, 2), 1, 0)


def test_agrees_with_connections_counted_one_by_one(reference, rng):
    """Weights are distinguished by filter, channel and offset; connections by output and input."""
    for _ in range(10):
        (c, h, w), o = rng.integers(1, 4, 3).tolist(), int(rng.integers(1, 4))
        h, w = h + 2, w + 2
        kh, kw, sh, sw, ph, pw = rng.integers([1, 1, 1, 1, 0, 0], [4, 4, 4, 4, 3, 3]).tolist()
        weights, connections, outputs = set(), 0, 0
        for f in range(o):
            for _top in range(-ph, h + ph - kh + 1, sh):
                for _left in range(-pw, w + pw - kw + 1, sw):
                    outputs += 1
                    taps = {(f, k, i, j) for k in range(c) for i in range(kh) for j in range(kw)}
                    connections += len(taps)
                    weights |= taps
        expected = (len(weights) + o, connections), (c * h * w * outputs + outputs, c * h * w * outputs)
        assert reference.conv_vs_dense((c, h, w), o, (kh, kw), (sh, sw), (ph, pw)) == expected


def test_numbers_beyond_64_bits(reference):
    (_, conv_macs), (dense_parameters, dense_macs) = reference.conv_vs_dense((4096, 4096, 4096), 4096, 1)
    assert (conv_macs, dense_parameters, dense_macs) == (2**48, 2**72 + 2**36, 2**72)
