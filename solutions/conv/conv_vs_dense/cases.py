import numbers

import pytest

from cvdrill.testing import Mismatch, assert_close


def test_by_hand(attempt):
    """A 3 × 3 image under a 2 × 2 kernel: 4 + 1 parameters used at 4 places; dense, 9 inputs by 4 outputs."""
    assert_close(attempt.conv_vs_dense((1, 3, 3), 1, 2), ((5, 16), (40, 36)))


def test_filters_span_all_channels(attempt):
    """Each of 4 filters has 3 · 2 · 2 weights and one bias; it has 4 places, each with 12 multiplications."""
    assert_close(attempt.conv_vs_dense((3, 3, 3), 4, 2), ((52, 192), (27 * 16 + 16, 27 * 16)))


def test_a_first_layer_on_small_images(attempt):
    """On 32 × 32 images in colour, 16 filters of 3 × 3 have 448 parameters, and a dense layer 50 million."""
    result = attempt.conv_vs_dense((3, 32, 32), 16, 3, padding=1)
    assert_close(result, ((448, 442_368), (50_348_032, 50_331_648)))


def test_biases(attempt):
    """A convolution has one bias per filter, a dense layer one per output, and neither is multiplied."""
    assert_close(attempt.conv_vs_dense((1, 5, 5), 7, 1), ((14, 175), (25 * 175 + 175, 25 * 175)))


def test_height_and_width(attempt):
    """Height and width need not be equal."""
    assert_close(attempt.conv_vs_dense((2, 4, 9), 1, 3), ((19, 252), (72 * 14 + 14, 72 * 14)))  # 2 × 7 places


def test_stride(attempt):
    """A stride thins out the outputs, not the parameters of the convolution: 3 × 4 places of 7 × 9."""
    assert_close(attempt.conv_vs_dense((1, 7, 9), 1, 3, 2), ((10, 108), (63 * 12 + 12, 63 * 12)))
    assert_close(attempt.conv_vs_dense((1, 7, 9), 1, 3, stride=2), ((10, 108), (63 * 12 + 12, 63 * 12)))


def test_a_stride_that_does_not_meet_the_end(attempt):
    """Places that do not fit are dropped: of 8 columns, a kernel of 3 at stride 2 finds 3 places."""
    assert_close(attempt.conv_vs_dense((1, 8, 8), 1, 3, 2), ((10, 81), (64 * 9 + 9, 64 * 9)))
    assert_close(attempt.conv_vs_dense((1, 6, 8), 1, 2, 4), ((5, 16), (48 * 4 + 4, 48 * 4)))


def test_padding(attempt):
    """Padding adds places at both ends, and no inputs; zeros are multiplied like other numbers."""
    assert_close(attempt.conv_vs_dense((1, 2, 3), 1, 3, 1, 2), ((10, 180), (6 * 20 + 20, 6 * 20)))  # 4 × 5
    result = attempt.conv_vs_dense((1, 2, 3), 1, 3, padding=1)
    assert_close(result, ((10, 54), (6 * 6 + 6, 6 * 6)))


def test_pairs(attempt):
    """Kernel, stride and padding may be pairs of height and width."""
    result = attempt.conv_vs_dense((2, 8, 5), 3, (2, 3), (3, 1), (1, 0))  # 3 × 3 places
    assert_close(result, ((39, 324), (80 * 27 + 27, 80 * 27)))
    result = attempt.conv_vs_dense((2, 5, 8), 3, (3, 1), (1, 2), (0, 3))  # 3 × 7 places
    assert_close(result, ((21, 378), (80 * 63 + 63, 80 * 63)))
    result = attempt.conv_vs_dense((1, 4, 6), 1, 3, (1, 3), 1)  # 4 × 2 places
    assert_close(result, ((10, 72), (24 * 8 + 8, 24 * 8)))


def test_a_kernel_as_large_as_the_image(attempt):
    """A convolution with one place is a dense layer."""
    same = 5 * 24 + 5, 5 * 24
    assert_close(attempt.conv_vs_dense((2, 3, 4), 5, (3, 4)), (same, same))


def test_one_by_one(attempt):
    """A 1 × 1 convolution mixes channels: its parameters do not depend on the size of the image."""
    result = attempt.conv_vs_dense((64, 28, 28), 32, 1)
    expected = (64 * 32 + 32, 64 * 32 * 784), (64 * 784 * 32 * 784 + 32 * 784, 64 * 784 * 32 * 784)
    assert_close(result, expected)


def test_the_first_dense_layer_of_vgg(attempt):
    """VGG's first dense layer, 512 × 7 × 7 to 4096, is a 7 × 7 convolution with 102,764,544 parameters."""
    same = 102_764_544, 102_760_448
    assert_close(attempt.conv_vs_dense((512, 7, 7), 4096, 7), (same, same))


def test_numbers_beyond_64_bits(attempt):
    """The numbers are exact integers, also where they exceed 64 bits."""
    places = 2**24
    conv, dense = (2**24 + 2**12, 2**24 * places), (2**72 + 2**36, 2**72)
    _judge_exactly(attempt.conv_vs_dense((4096, 4096, 4096), 4096, 1), conv, dense)
    inputs, outputs = 1001 * 3001 * 3003, 1003 * 3001 * 3003  # odd numbers, which a float cuts off
    conv, dense = (1002 * 1003, 1001 * outputs), (inputs * outputs + outputs, inputs * outputs)
    _judge_exactly(attempt.conv_vs_dense((1001, 3001, 3003), 1003, 1), conv, dense)


@pytest.mark.parametrize("pairs", [False, True], ids=["ints", "pairs"])
def test_random_layers(attempt, reference, rng, pairs):
    """Agrees with the reference on random layers."""
    for _ in range(8):
        in_shape = tuple(rng.integers([1, 5, 5], [9, 30, 30]).tolist())
        kernel, stride, padding = rng.integers([1, 1, 0], [6, 5, 4], (2, 3)).T.tolist()
        options = [tuple(one) if pairs else one[0] for one in (kernel, stride, padding)]
        arguments = in_shape, int(rng.integers(1, 20)), *options
        assert_close(attempt.conv_vs_dense(*arguments), reference.conv_vs_dense(*arguments))


def _pair(result, place):
    try:
        one, other = result[place]
    except (TypeError, ValueError, IndexError):
        raise Mismatch("The result should be a pair of pairs.", actual=result) from None
    return one, other


def _judge_exactly(result, conv, dense):
    for what, pair, expected in (("conv", _pair(result, 0), conv), ("dense", _pair(result, 1), dense)):
        for name, number, wanted in zip(("parameters", "multiplications"), pair, expected, strict=True):
            _judge(f"The number of {what} {name}", number, wanted)


def _judge(what, number, wanted):
    """Raise `Mismatch` unless a number is the wanted integer, of any size."""
    if isinstance(number, bool) or not isinstance(number, numbers.Integral):
        raise Mismatch(f"{what} should be an integer, not {number!r}.", actual=number)
    if int(number) != wanted:
        raise Mismatch(
            f"{what} should be {wanted}, not {int(number)}. "
            "Integers of numpy have 64 bits and wrap around, floats are exact up to 2**53; "
            "integers of Python, and math.prod, have no end.",
            actual=number,
        )
