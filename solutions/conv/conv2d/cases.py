import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

# Shapes of x and weight, and the options.
LAYERS = {
    "plain": ((2, 3, 6, 7), (4, 3, 3, 2), {}),
    "pointwise": ((2, 4, 3, 5), (3, 4, 1, 1), {}),
    "bias": ((2, 2, 5, 4), (3, 2, 2, 3), {"bias": True}),
    "stride": ((2, 2, 8, 9), (3, 2, 3, 2), {"stride": 2}),
    "stride_pair": ((1, 2, 9, 8), (2, 2, 2, 3), {"stride": (3, 2)}),
    "stride_beyond_the_kernel": ((2, 1, 9, 7), (2, 1, 2, 1), {"stride": (4, 3)}),
    "padding": ((2, 2, 4, 5), (3, 2, 3, 3), {"padding": 1}),
    "padding_pair": ((1, 2, 5, 4), (2, 2, 3, 4), {"padding": (0, 2)}),
    "padding_beyond_the_kernel": ((2, 1, 3, 2), (2, 1, 1, 2), {"padding": (2, 3)}),
    "dilation": ((2, 2, 7, 8), (3, 2, 3, 2), {"dilation": 2}),
    "dilation_pair": ((1, 2, 8, 7), (2, 2, 2, 3), {"dilation": (4, 2)}),
    "groups": ((2, 4, 4, 5), (6, 2, 2, 3), {"groups": 2}),
    "depthwise": ((2, 3, 5, 4), (6, 1, 3, 2), {"groups": 3}),
    "stride_and_padding": ((2, 2, 7, 6), (3, 2, 3, 4), {"stride": (2, 3), "padding": (1, 2)}),
    "stride_and_dilation": ((1, 2, 9, 8), (2, 2, 3, 2), {"stride": (2, 1), "dilation": (1, 3)}),
    "everything": (
        (2, 4, 9, 8),
        (6, 2, 3, 2),
        {"bias": True, "stride": (2, 3), "padding": (3, 1), "dilation": (2, 3), "groups": 2},
    ),
    "everything_in_ints": (
        (2, 6, 8, 7),
        (3, 2, 2, 3),
        {"bias": True, "stride": 2, "padding": 2, "dilation": 3, "groups": 3},
    ),
}
layers = pytest.mark.parametrize("layer", LAYERS)


def test_a_single_channel(attempt):
    """With one image and one channel it is the plain sum of a window times the kernel, without a flip."""
    x = np.array([[[[1.0, 2, 3], [4, 5, 6]]]])
    weight = np.array([[[[1.0, 10], [100, 1000]]]])
    assert_close(attempt.conv2d(x, weight), np.array([[[[5421.0, 6532]]]]))


def test_input_channels_are_summed(attempt):
    """An output channel adds up what its kernels say about all input channels."""
    x = np.array([[[[1.0, 2]], [[3, 4]], [[5, 6]]]])  # three channels of 1 × 2
    weight = np.array([[[[1.0]], [[10]], [[100]]]])
    assert_close(attempt.conv2d(x, weight), np.array([[[[531.0, 642]]]]))


def test_every_output_channel_has_its_own_kernels(attempt):
    """Two output channels look at the same input through different kernels."""
    x = np.array([[[[1.0, 2, 4]], [[10, 20, 40]]]])
    weight = np.array(
        [[[[1.0, 1]], [[0, 0]]], [[[0, 0]], [[-1, 1]]]]
    )  # sums of the first, steps of the second
    assert_close(attempt.conv2d(x, weight), np.array([[[[3.0, 6]], [[10, 20]]]]))


def test_every_image_is_on_its_own(attempt):
    """Images of a batch do not mix."""
    x = np.array([[[[1.0, 2], [3, 4]]], [[[0, 0], [0, 7]]], [[[5, 0], [0, 0]]]])
    weight = np.array([[[[1.0, 2], [3, 4]]]])
    assert_close(attempt.conv2d(x, weight), np.array([[[[30.0]]], [[[28]]], [[[5]]]]))


def test_the_bias_belongs_to_output_channels(attempt):
    """Each output channel gets its own bias, everywhere and in every image."""
    x = np.array([[[[1.0, 2], [3, 4]]], [[[5, 6], [7, 8]]]])
    weight = np.array([[[[1.0]]], [[[0]]]])
    expected = np.array(
        [[[[11.0, 12], [13, 14]], [[20, 20], [20, 20]]], [[[15, 16], [17, 18]], [[20, 20], [20, 20]]]]
    )
    assert_close(attempt.conv2d(x, weight, np.array([10.0, 20])), expected)
    assert_close(attempt.conv2d(x, weight, bias=np.array([10.0, 20])), expected)


def test_without_a_bias_nothing_is_added(attempt):
    """None means no bias, and so does leaving it out."""
    x, weight = np.array([[[[1.0, 2, 3]]]]), np.array([[[[1.0, 1]]]])
    assert_close(attempt.conv2d(x, weight), np.array([[[[3.0, 5]]]]))
    assert_close(attempt.conv2d(x, weight, None), np.array([[[[3.0, 5]]]]))
    assert_close(attempt.conv2d(x, weight, bias=None, stride=2), np.array([[[[3.0]]]]))


def test_stride(attempt):
    """Stride 2 keeps every second window, beginning with the first."""
    x, weight = np.arange(20.0).reshape(1, 1, 4, 5), np.array([[[[1.0, 0], [0, 0]]]])
    assert_close(attempt.conv2d(x, weight, stride=2), np.array([[[[0.0, 2], [10, 12]]]]))


def test_a_stride_for_each_direction(attempt):
    """The first number of a pair steps down the rows, the second along the columns."""
    x, weight = np.arange(30.0).reshape(1, 1, 5, 6), np.array([[[[1.0]]]])
    assert_close(attempt.conv2d(x, weight, stride=(2, 3)), np.array([[[[0.0, 3], [12, 15], [24, 27]]]]))
    assert_close(
        attempt.conv2d(x, weight, stride=(4, 1)), np.array([[[np.arange(6.0), np.arange(24.0, 30)]]])
    )


def test_a_remainder_is_left_out(attempt):
    """Where the stride does not come out even, what the last window does not reach is left out."""
    x, weight = np.array([[[[1.0, 2, 4, 8, 16, 32]]]]), np.array([[[[1.0, 1, 1]]]])
    assert_close(attempt.conv2d(x, weight, stride=2), np.array([[[[7.0, 28]]]]))
    assert_close(attempt.conv2d(x, weight, stride=4), np.array([[[[7.0]]]]))
    assert_close(attempt.conv2d(x, weight, stride=3), np.array([[[[7.0, 56]]]]))


def test_padding(attempt):
    """Padding 1 puts a rim of zeros around each channel."""
    x, weight = np.array([[[[1.0, 2], [3, 4]]]]), np.ones((1, 1, 2, 2))
    assert_close(attempt.conv2d(x, weight, padding=1), np.array([[[[1.0, 3, 2], [4, 10, 6], [3, 7, 4]]]]))


def test_a_padding_for_each_direction(attempt):
    """The first number of a pair counts rows above and below, the second columns left and right."""
    x, weight = np.array([[[[1.0, 2]]]]), np.array([[[[1.0]]]])
    assert_close(attempt.conv2d(x, weight, padding=(1, 0)), np.array([[[[0.0, 0], [1, 2], [0, 0]]]]))
    assert_close(attempt.conv2d(x, weight, padding=(0, 2)), np.array([[[[0.0, 0, 1, 2, 0, 0]]]]))


def test_the_first_window_begins_on_the_padding(attempt):
    """Windows step over the padded image: the first one begins on its first zero."""
    x, weight = np.array([[[[1.0, 2, 3, 4, 5]]]]), np.array([[[[1.0]]]])
    expected = np.array([[[[0.0, 0, 0, 0], [0, 2, 4, 0], [0, 0, 0, 0]]]])
    assert_close(attempt.conv2d(x, weight, stride=(1, 2), padding=1), expected)


def test_padding_comes_before_the_bias(attempt):
    """A window of nothing but padding gives the bias."""
    x, weight = np.array([[[[3.0]]]]), np.array([[[[2.0]]]])
    expected = np.array([[[[1.0, 1, 1], [1, 7, 1], [1, 1, 1]]]])
    assert_close(attempt.conv2d(x, weight, np.array([1.0]), padding=1), expected)


def test_dilation(attempt):
    """With dilation 2 the kernel looks at every second pixel, and reaches over 2 (k - 1) + 1 of them."""
    x, weight = np.array([[[[1.0, 2, 4, 8, 16, 32]]]]), np.array([[[[1.0, 10, 100]]]])
    assert_close(attempt.conv2d(x, weight, dilation=2), np.array([[[[1641.0, 3282]]]]))


def test_a_dilation_for_each_direction(attempt):
    """The first number of a pair spreads the kernel's rows, the second its columns."""
    x, weight = np.arange(20.0).reshape(1, 1, 4, 5), np.array([[[[1.0, 0], [0, 100]]]])
    assert_close(attempt.conv2d(x, weight, dilation=(3, 2)), np.array([[[[1700.0, 1801, 1902]]]]))
    assert_close(attempt.conv2d(x, weight, dilation=(1, 4)), np.array([[[[900.0], [1405], [1910]]]]))


def test_stride_and_dilation_are_not_the_same(attempt):
    """Stride moves the window, dilation spreads the kernel inside it."""
    x, weight = np.array([[[[1.0, 2, 3, 4, 5, 6, 7]]]]), np.array([[[[1.0, 10]]]])
    assert_close(attempt.conv2d(x, weight, stride=3, dilation=2), np.array([[[[31.0, 64]]]]))
    assert_close(attempt.conv2d(x, weight, stride=2, dilation=3), np.array([[[[41.0, 63]]]]))


def test_groups(attempt):
    """Groups are blocks of neighbouring channels: the first outputs see the first inputs only."""
    x = np.array([1.0, 2, 3, 4]).reshape(1, 4, 1, 1)
    weight = np.array([[1.0, 10], [100, 1000], [1, 10], [100, 1000]]).reshape(4, 2, 1, 1)
    expected = np.array([21.0, 2100, 43, 4300]).reshape(1, 4, 1, 1)
    assert_close(attempt.conv2d(x, weight, groups=2), expected)


def test_groups_of_unequal_numbers(attempt):
    """A group may have more outputs than inputs, or fewer."""
    x = np.array([1.0, 2]).reshape(1, 2, 1, 1)
    weight = np.array([1.0, 10, 100, 1, 10, 100]).reshape(6, 1, 1, 1)
    expected = np.array([1.0, 10, 100, 2, 20, 200]).reshape(1, 6, 1, 1)
    assert_close(attempt.conv2d(x, weight, groups=2), expected)
    x = np.array([1.0, 2, 3, 4, 5, 6]).reshape(1, 6, 1, 1)
    weight = np.array([[1.0, 10, 100], [1, 10, 100]]).reshape(2, 3, 1, 1)
    assert_close(attempt.conv2d(x, weight, groups=2), np.array([321.0, 654]).reshape(1, 2, 1, 1))


def test_the_kernel_as_large_as_the_padded_image(attempt):
    """Where the kernel fits once, the result has shape (N, O, 1, 1)."""
    x, weight = np.array([[[[1.0, 2], [3, 4]]]]), np.arange(16.0).reshape(1, 1, 4, 4)
    assert_close(attempt.conv2d(x, weight, padding=1), np.array([[[[84.0]]]]))
    assert_close(
        attempt.conv2d(x, np.array([[[[1.0, 10], [100, 1000]]]]), stride=5), np.array([[[[4321.0]]]])
    )


def test_arguments_by_position(attempt):
    """The order is x, weight, bias, stride, padding, dilation, groups."""
    x = np.array([[[[1.0, 2, 3, 4, 5]], [[10, 20, 30, 40, 50]]]])
    weight = np.array([[[[1.0, 2]]], [[[1, 3]]]])
    actual = attempt.conv2d(x, weight, np.array([0.5, 0]), (1, 2), (0, 1), (1, 3), 2)
    assert_close(actual, np.array([[[[6.5, 12.5]], [[90, 170]]]]))


@layers
def test_random_layers(attempt, reference, rng, layer):
    """Agrees with the reference on batches of several channels, with options alone and together."""
    arguments, options = random_layer(rng, layer)
    assert_close(attempt.conv2d(*arguments, **options), reference.conv2d(*arguments, **options))


@pytest.mark.parametrize("layer", ["plain", "stride_and_padding", "everything"])
def test_random_layers_in_float32(attempt, reference, rng, layer):
    """Agrees with the reference in float32."""
    arguments, options = random_layer(rng, layer, np.float32)
    assert_close(attempt.conv2d(*arguments, **options), reference.conv2d(*arguments, **options))


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_scale(attempt, reference, rng, scale):
    """Very small and very large values are no different."""
    (x, weight, bias), options = random_layer(rng, "everything")
    arguments = x * scale, weight * scale, bias * scale**2
    assert_close(attempt.conv2d(*arguments, **options), reference.conv2d(*arguments, **options))


@pytest.mark.parametrize("layer", ["plain", "everything"])
def test_strided_views(attempt, reference, rng, layer):
    """Works on views whose memory is not contiguous, such as a batch that is stored channels last."""
    (x, weight, bias), options = random_layer(rng, layer)
    views = strided(x), strided(weight), None if bias is None else strided(bias)
    assert_close(attempt.conv2d(*views, **options), reference.conv2d(x, weight, bias, **options))


def random_layer(rng, name, dtype=np.float64):
    """Return x, weight and bias of a layer, and its other options."""
    x_shape, weight_shape, options = LAYERS[name]
    x, weight = (rng.standard_normal(shape).astype(dtype) for shape in (x_shape, weight_shape))
    bias = rng.standard_normal(weight_shape[0]).astype(dtype) if "bias" in options else None
    return (x, weight, bias), {key: value for key, value in options.items() if key != "bias"}


def runtime(attempt, rng):
    """Apply 8 filters of 3 × 3 to three images of 4 channels and 24 × 24 pixels."""
    x, weight = rng.standard_normal((3, 4, 24, 24)), rng.standard_normal((8, 4, 3, 3))
    bias = rng.standard_normal(8)
    return lambda: attempt.conv2d(x, weight, bias, stride=2, padding=1)
