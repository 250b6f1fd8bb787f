"""Oracle: the extent of autograd's gradient through a stack of convolutions that add up what they see."""

import itertools

import pytest
import torch


def by_gradient(layers, room):
    """Return the size of the field of one output, and the distance to that of its neighbour."""
    x = torch.zeros(1, 1, room, dtype=torch.float64, requires_grad=True)
    y = x
    for kernel, stride, dilation in layers:
        weight = torch.ones(1, 1, kernel, dtype=torch.float64)
        y = torch.nn.functional.conv1d(y, weight, stride=stride, dilation=dilation)
    fields = []
    for place in (0, 1):
        (gradient,) = torch.autograd.grad(y[0, 0, place], x, retain_graph=True)
        fields.append(gradient[0, 0].nonzero().ravel().tolist())
    return fields[0][-1] - fields[0][0] + 1, fields[1][0] - fields[0][0]


def test_agrees_with_autograd_on_random_stacks(reference, rng):
    for depth in (1, 2, 3, 4, 5) * 12:
        layers = [tuple(layer) for layer in rng.integers(1, [6, 4, 4], (depth, 3)).tolist()]
        size, stride = reference.receptive_field(layers)
        assert (size, stride) == by_gradient(layers, size + stride), layers


def test_agrees_with_autograd_on_every_small_stack(reference):
    options = list(itertools.product((1, 2, 3), (1, 2), (1, 2)))
    for layers in itertools.product(options, repeat=2):
        size, stride = reference.receptive_field(list(layers))
        assert (size, stride) == by_gradient(layers, size + stride), layers


@pytest.mark.parametrize("room", [0, 1])
def test_the_field_is_what_an_input_must_have_for_one_output(reference, rng, room):
    """An input as long as the field gives one output, one that is shorter by one gives none."""
    for _ in range(30):
        layers = [tuple(layer) for layer in rng.integers(1, [6, 4, 4], (3, 3)).tolist()]
        length = reference.receptive_field(layers)[0] - room
        for kernel, stride, dilation in layers:
            span = (kernel - 1) * dilation + 1
            length = len(range(0, length - span + 1, stride))
        assert length == 1 - room, layers


def test_no_layers(reference):
    assert reference.receptive_field([]) == by_gradient([], 2) == (1, 1)


def test_published_networks(reference):
    """Araujo et al. give 212 for VGG-16 and 195 for AlexNet's last pooling, both with a stride of 32."""
    conv, pool = (3, 1, 1), (2, 2, 1)
    vgg16 = [layer for depth in (2, 2, 3, 3, 3) for layer in [conv] * depth + [pool]]
    assert reference.receptive_field(vgg16) == (212, 32)
    alexnet = [(11, 4, 1), (3, 2, 1), (5, 1, 1), (3, 2, 1), *[(3, 1, 1)] * 3, (3, 2, 1)]
    assert reference.receptive_field(alexnet) == (195, 32)
