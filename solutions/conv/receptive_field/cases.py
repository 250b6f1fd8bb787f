import pytest

from cvdrill.testing import assert_close


def test_one_layer(attempt):
    """One layer sees as many inputs as its kernel has elements."""
    assert_close(attempt.receptive_field([(3, 1, 1)]), (3, 1))
    assert_close(attempt.receptive_field([(7, 1, 1)]), (7, 1))


def test_layers_of_stride_one(attempt):
    """Each further 3 × 3 layer adds 2: two see 5 inputs, three see 7."""
    assert_close(attempt.receptive_field([(3, 1, 1), (3, 1, 1)]), (5, 1))
    assert_close(attempt.receptive_field([(3, 1, 1), (3, 1, 1), (3, 1, 1)]), (7, 1))


def test_different_kernels(attempt):
    """A kernel of k adds k - 1, in whatever order the kernels come."""
    assert_close(attempt.receptive_field([(5, 1, 1), (2, 1, 1), (4, 1, 1)]), (9, 1))


def test_a_stride_acts_on_later_layers(attempt):
    """A layer's own stride does not enlarge its own field, only that of the layers after it."""
    assert_close(attempt.receptive_field([(3, 2, 1)]), (3, 2))
    assert_close(attempt.receptive_field([(3, 2, 1), (3, 1, 1)]), (7, 2))
    assert_close(attempt.receptive_field([(3, 1, 1), (3, 2, 1)]), (5, 2))


def test_strides_multiply(attempt):
    """Strides of 2, 3 and 2 put neighbouring outputs 12 inputs apart."""
    assert_close(attempt.receptive_field([(3, 2, 1), (3, 3, 1), (3, 2, 1)]), (3 + 2 * 2 + 2 * 6, 12))


def test_a_dilated_layer(attempt):
    """Three elements 4 apart reach over 9 inputs: the gaps between them count."""
    assert_close(attempt.receptive_field([(3, 1, 4)]), (9, 1))
    assert_close(attempt.receptive_field([(2, 1, 5)]), (6, 1))


def test_dilations_that_double(attempt):
    """Kernels of 2 with dilations 1, 2, 4, 8 see 16 inputs, as in WaveNet."""
    assert_close(attempt.receptive_field([(2, 1, 1), (2, 1, 2), (2, 1, 4), (2, 1, 8)]), (16, 1))


def test_dilation_after_stride(attempt):
    """Dilation and earlier strides multiply; a dilation does not move the outputs apart."""
    assert_close(attempt.receptive_field([(3, 2, 1), (3, 1, 3)]), (3 + 2 * 3 * 2, 2))
    assert_close(attempt.receptive_field([(3, 2, 3), (3, 1, 1)]), (7 + 2 * 2, 2))


def test_stride_and_dilation_in_one_layer(attempt):
    """In one layer the dilation widens the kernel and the stride acts later."""
    assert_close(attempt.receptive_field([(4, 3, 2)]), (7, 3))
    assert_close(attempt.receptive_field([(4, 3, 2), (2, 5, 7)]), (7 + 7 * 3, 15))


def test_kernels_of_one(attempt):
    """A kernel of 1 sees no more than its input, whatever its dilation, but its stride counts."""
    assert_close(attempt.receptive_field([(1, 1, 1)]), (1, 1))
    assert_close(attempt.receptive_field([(1, 1, 9), (3, 1, 1), (1, 1, 4)]), (3, 1))
    assert_close(attempt.receptive_field([(1, 2, 1), (3, 1, 1)]), (5, 2))


def test_inputs_that_are_skipped(attempt):
    """The field reaches from the first to the last input that is touched, though some between are skipped."""
    assert_close(attempt.receptive_field([(1, 4, 1), (2, 1, 1)]), (5, 4))  # inputs 0 and 4
    assert_close(attempt.receptive_field([(2, 5, 1), (2, 1, 1)]), (7, 5))  # inputs 0, 1, 5 and 6


def test_no_layers(attempt):
    """Without layers an output is an input."""
    assert_close(attempt.receptive_field([]), (1, 1))


def test_vgg16(attempt):
    """The five blocks of VGG-16 see 212 pixels, 32 apart."""
    conv, pool = (3, 1, 1), (2, 2, 1)
    layers = [layer for depth in (2, 2, 3, 3, 3) for layer in [conv] * depth + [pool]]
    assert_close(attempt.receptive_field(layers), (212, 32))


def test_resnet50(attempt):
    """The longest path through ResNet-50 sees 427 pixels, 32 apart: its fourth stage alone adds 160."""
    layers = [(7, 2, 1), (3, 2, 1)]
    for blocks, stride in ((3, 1), (4, 2), (6, 2), (3, 2)):
        for step in [stride] + [1] * (blocks - 1):
            layers += [(1, 1, 1), (3, step, 1), (1, 1, 1)]
    assert_close(attempt.receptive_field(layers), (427, 32))


@pytest.mark.parametrize("depth", [1, 2, 5, 9])
def test_random_layers(attempt, reference, rng, depth):
    """Agrees with the reference on random layers."""
    for _ in range(5):
        layers = [tuple(layer) for layer in rng.integers(1, [8, 4, 5], (depth, 3)).tolist()]
        assert_close(attempt.receptive_field(layers), reference.receptive_field(layers))
