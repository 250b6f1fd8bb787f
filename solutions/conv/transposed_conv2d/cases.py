import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

# Shapes of x and weight, and the options.
LAYERS = {
    "plain": ((2, 3, 4, 5), (3, 4, 3, 2), {}),
    "pointwise": ((2, 4, 3, 5), (4, 3, 1, 1), {}),
    "one_pixel": ((3, 2, 1, 1), (2, 3, 4, 2), {"stride": 3}),
    "doubling": ((2, 2, 3, 4), (2, 3, 4, 4), {"stride": 2, "padding": 1}),
    "stride": ((2, 2, 3, 4), (2, 3, 3, 2), {"stride": 2}),
    "stride_pair": ((1, 2, 4, 3), (2, 2, 2, 3), {"stride": (3, 2)}),
    "stride_beyond_the_kernel": ((2, 1, 3, 2), (1, 2, 2, 1), {"stride": (4, 3)}),
    "padding": ((2, 2, 4, 5), (2, 3, 3, 3), {"padding": 1}),
    "padding_pair": ((1, 2, 5, 4), (2, 2, 3, 4), {"padding": (0, 2)}),
    "padding_beyond_the_kernel": ((2, 1, 6, 7), (1, 2, 1, 2), {"padding": (2, 3)}),
    "both": ((2, 3, 4, 5), (3, 4, 3, 2), {"stride": (2, 3), "padding": (2, 1)}),
    "more_outputs_than_inputs": ((3, 1, 3, 3), (1, 5, 2, 3), {"stride": (1, 2), "padding": (1, 0)}),
}
layers = pytest.mark.parametrize("layer", LAYERS)


def test_a_single_pixel(attempt):
    """A single pixel paints the kernel times its value, and does not flip it."""
    x, weight = np.array([[[[2.0]]]]), np.array([[[[1.0, 2, 3], [4, 5, 6]]]])
    assert_close(attempt.transposed_conv2d(x, weight), np.array([[[[2.0, 4, 6], [8, 10, 12]]]]))


def test_kernels_overlap(attempt):
    """Where the kernels of neighbouring pixels overlap, what they paint adds up."""
    x, weight = np.array([[[[1.0, 100]]]]), np.array([[[[1.0, 10]]]])
    assert_close(attempt.transposed_conv2d(x, weight), np.array([[[[1.0, 110, 1000]]]]))


def test_kernels_overlap_in_both_directions(attempt):
    """In the middle of 3 × 3 the kernels of four pixels meet."""
    x, weight = np.array([[[[1.0, 10], [100, 1000]]]]), np.array([[[[1.0, 2], [3, 4]]]])
    expected = np.array([[[[1.0, 12, 20], [103, 1234, 2040], [300, 3400, 4000]]]])
    assert_close(attempt.transposed_conv2d(x, weight), expected)


def test_rows_and_columns_have_sizes_of_their_own(attempt):
    """A kernel of 2 × 3 makes an image of 2 × 1 into one of 3 × 3."""
    x, weight = np.array([[[[1.0], [10]]]]), np.array([[[[1.0, 2, 3], [4, 5, 6]]]])
    assert_close(
        attempt.transposed_conv2d(x, weight), np.array([[[[1.0, 2, 3], [14, 25, 36], [40, 50, 60]]]])
    )


def test_input_channels_are_summed(attempt):
    """The first axis of weight belongs to the input: an output adds up what all input channels paint."""
    x = np.array([1.0, 2]).reshape(1, 2, 1, 1)
    weight = np.array([[1.0, 10, 100], [1000, 10000, 100000]]).reshape(2, 3, 1, 1)
    expected = np.array([2001.0, 20010, 200100]).reshape(1, 3, 1, 1)
    assert_close(attempt.transposed_conv2d(x, weight), expected)


def test_as_many_outputs_as_inputs(attempt):
    """With two inputs and two outputs weight[0, 1] still leads from input 0 to output 1."""
    x, weight = np.array([1.0, 2]).reshape(1, 2, 1, 1), np.array([[1.0, 10], [100, 1000]]).reshape(2, 2, 1, 1)
    assert_close(attempt.transposed_conv2d(x, weight), np.array([201.0, 2010]).reshape(1, 2, 1, 1))


def test_every_image_is_on_its_own(attempt):
    """Images of a batch do not mix."""
    x, weight = np.array([1.0, 0, 3]).reshape(3, 1, 1, 1), np.array([[[[1.0, 10]]]])
    assert_close(attempt.transposed_conv2d(x, weight), np.array([[[[1.0, 10]]], [[[0, 0]]], [[[3, 30]]]]))


def test_stride(attempt):
    """With stride 2 the kernel of the next pixel begins two columns further: the image grows."""
    x, weight = np.array([[[[1.0, 2]]]]), np.array([[[[1.0, 10, 100]]]])
    expected = np.array([[[[1.0, 10, 102, 20, 200]]]])
    assert_close(attempt.transposed_conv2d(x, weight, stride=2), expected)


def test_a_stride_larger_than_the_kernel(attempt):
    """Between kernels that do not touch the canvas stays 0; after the last one nothing is added."""
    x, weight = np.array([[[[1.0, 2, 3]]]]), np.array([[[[5.0]]]])
    expected = np.array([[[[5.0, 0, 0, 10, 0, 0, 15]]]])
    assert_close(attempt.transposed_conv2d(x, weight, stride=3), expected)


def test_a_stride_for_each_direction(attempt):
    """The first number of a pair steps down the rows, the second along the columns."""
    x, weight = np.array([[[[1.0, 2], [3, 4]]]]), np.array([[[[1.0]]]])
    expected = np.array([[[[1.0, 0, 0, 2], [0, 0, 0, 0], [3, 0, 0, 4]]]])
    assert_close(attempt.transposed_conv2d(x, weight, stride=(2, 3)), expected)


def test_padding_makes_the_result_smaller(attempt):
    """Padding 1 cuts one row or column off each side of the canvas."""
    x, weight = np.array([[[[1.0, 10], [100, 1000]]]]), np.array([[[[1.0, 2], [3, 4]]]])
    assert_close(attempt.transposed_conv2d(x, weight, padding=1), np.array([[[[1234.0]]]]))


def test_a_padding_for_each_direction(attempt):
    """The first number of a pair counts rows above and below, the second columns left and right."""
    x, weight = np.array([[[[1.0, 10], [100, 1000]]]]), np.array([[[[1.0, 2], [3, 4]]]])
    rows_cut = attempt.transposed_conv2d(x, weight, padding=(1, 0))
    assert_close(rows_cut, np.array([[[[103.0, 1234, 2040]]]]))
    columns_cut = attempt.transposed_conv2d(x, weight, padding=(0, 1))
    assert_close(columns_cut, np.array([[[[12.0], [1234], [3400]]]]))


def test_a_padding_larger_than_the_kernel(attempt):
    """The padding may cut off all that some pixels paint."""
    x, weight = np.array([[[[1.0, 2, 3, 4, 5]]]]), np.array([[[[1.0, 10]]]])
    actual = attempt.transposed_conv2d(x, weight, padding=(0, 2))
    assert_close(actual, np.array([[[[23.0, 34]]]]))


def test_twice_the_size(attempt):
    """A 4 × 4 kernel with stride 2 and padding 1 doubles height and width, the decoder's usual choice."""
    actual = attempt.transposed_conv2d(np.ones((1, 1, 2, 3)), np.ones((1, 1, 4, 4)), stride=2, padding=1)
    expected = np.outer([1.0, 2, 2, 1], [1.0, 2, 2, 2, 2, 1])
    assert_close(actual, expected[np.newaxis, np.newaxis])


def test_arguments_by_position(attempt):
    """The order is x, weight, stride, padding."""
    x, weight = np.array([[[[1.0, 2]]]]), np.array([[[[1.0, 10, 100]]]])
    actual = attempt.transposed_conv2d(x, weight, 2, (0, 1))
    assert_close(actual, np.array([[[[10.0, 102, 20]]]]))


@layers
def test_random_layers(attempt, reference, rng, layer):
    """Agrees with the reference on batches of several channels, with stride, padding and both."""
    x, weight, options = random_layer(rng, layer)
    expected = reference.transposed_conv2d(x, weight, **options)
    assert_close(attempt.transposed_conv2d(x, weight, **options), expected)


@pytest.mark.parametrize("layer", ["plain", "doubling", "both"])
def test_random_layers_in_float32(attempt, reference, rng, layer):
    """Agrees with the reference in float32."""
    x, weight, options = random_layer(rng, layer, np.float32)
    expected = reference.transposed_conv2d(x, weight, **options)
    assert_close(attempt.transposed_conv2d(x, weight, **options), expected)


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_scale(attempt, reference, rng, scale):
    """Very small and very large values are no different."""
    x, weight, options = random_layer(rng, "both")
    expected = reference.transposed_conv2d(x * scale, weight * scale, **options)
    assert_close(attempt.transposed_conv2d(x * scale, weight * scale, **options), expected)


@pytest.mark.parametrize("layer", ["plain", "both"])
def test_strided_views(attempt, reference, rng, layer):
    """Works on views whose memory is not contiguous, such as a batch that is stored channels last."""
    x, weight, options = random_layer(rng, layer)
    expected = reference.transposed_conv2d(x, weight, **options)
    assert_close(attempt.transposed_conv2d(strided(x), strided(weight), **options), expected)


def random_layer(rng, name, dtype=np.float64):
    """Return x and weight of a layer, and its options."""
    x_shape, weight_shape, options = LAYERS[name]
    x, weight = (rng.standard_normal(shape).astype(dtype) for shape in (x_shape, weight_shape))
    return x, weight, options


def runtime(attempt, rng):
    """Double three images of 8 channels and 14 × 14 pixels with 4 × 4 kernels."""
    x, weight = rng.standard_normal((3, 8, 14, 14)), rng.standard_normal((8, 4, 4, 4))
    return lambda: attempt.transposed_conv2d(x, weight, stride=2, padding=1)
