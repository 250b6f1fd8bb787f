import numpy as np
import pytest

from cvdrill.testing import Mismatch, assert_close, strided

# Shapes of x and weight, and the options.
LAYERS = {
    "plain": ((2, 3, 5, 6), (4, 3, 3, 2), {}),
    "pointwise": ((2, 4, 3, 5), (3, 4, 1, 1), {}),
    "one_window": ((2, 2, 3, 4), (3, 2, 3, 4), {}),
    "stride": ((2, 2, 7, 6), (3, 2, 3, 2), {"stride": 2}),
    "stride_pair": ((1, 2, 8, 7), (2, 2, 2, 3), {"stride": (3, 2)}),
    "remainder": ((2, 2, 8, 9), (3, 2, 3, 3), {"stride": (2, 4)}),
    "stride_beyond_the_kernel": ((2, 1, 9, 7), (2, 1, 2, 1), {"stride": (4, 3)}),
    "padding": ((2, 2, 4, 5), (3, 2, 3, 3), {"padding": 1}),
    "padding_pair": ((1, 2, 5, 4), (2, 2, 3, 4), {"padding": (0, 2)}),
    "padding_beyond_the_kernel": ((2, 1, 3, 2), (2, 1, 1, 2), {"padding": (2, 3)}),
    "both": ((2, 3, 6, 7), (4, 3, 3, 2), {"stride": (2, 3), "padding": (2, 1)}),
    "both_in_ints": ((3, 2, 6, 5), (2, 2, 2, 3), {"stride": 2, "padding": 1}),
}
layers = pytest.mark.parametrize("layer", LAYERS)
GRADIENTS = ("dx", "dweight", "dbias")


def test_three_gradients_come_back(attempt):
    """The result is dx, dweight and dbias, in this order and with the shapes of x, weight and bias."""
    result = attempt.conv2d_backward(np.zeros((2, 5, 3, 2)), np.ones((2, 3, 4, 4)), np.ones((5, 3, 2, 3)))
    assert_close(result, (np.zeros((2, 3, 4, 4)), np.zeros((5, 3, 2, 3)), np.zeros(5)))


def test_a_single_window(attempt):
    """Where the kernel fits once, dx is the kernel and dweight is the window, each times the one gradient."""
    x, weight = np.array([[[[1.0, 2], [3, 4]]]]), np.array([[[[5.0, 6], [7, 8]]]])
    result = attempt.conv2d_backward(np.array([[[[2.0]]]]), x, weight)
    check(result, ([[[[10.0, 12], [14, 16]]]], [[[[2.0, 4], [6, 8]]]], [2.0]))


def test_windows_overlap(attempt):
    """A pixel that took part in several outputs collects the gradients of all of them."""
    x, weight = np.array([[[[1.0, 2, 3]]]]), np.array([[[[1.0, 10]]]])
    result = attempt.conv2d_backward(np.array([[[[1.0, 100]]]]), x, weight)
    check(result, ([[[[1.0, 110, 1000]]]], [[[[201.0, 302]]]], [101.0]))


def test_windows_overlap_in_both_directions(attempt):
    """The middle of a 3 × 3 image took part in all four windows, each time by another weight."""
    x = np.array([[[[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]]])
    weight = np.array([[[[1.0, 2], [3, 4]]]])
    dout = np.array([[[[1.0, 10], [100, 1000]]]])
    dx = [[[[1.0, 12, 20], [103, 1234, 2040], [300, 3400, 4000]]]]
    check(attempt.conv2d_backward(dout, x, weight), (dx, [[[[5421.0, 6532], [8754, 9865]]]], [1111.0]))


def test_the_bias(attempt):
    """A bias was added everywhere and in every image, so its gradient is the sum over batch and places."""
    dout = np.array([[[[1.0, 2], [3, 4]], [[10, 20], [30, 40]]], [[[5, 6], [7, 8]], [[50, 60], [70, 80]]]])
    result = attempt.conv2d_backward(dout, np.ones((2, 3, 2, 2)), np.ones((2, 3, 1, 1)))
    assert_close(three(result)[2], np.array([36.0, 360]), what="dbias")


def test_images_add_up_in_the_weights(attempt):
    """Every image used the same weights: their gradients add up, while each image has a dx of its own."""
    x, weight = np.array([1.0, 2, 3]).reshape(3, 1, 1, 1), np.array([[[[7.0]]]])
    dout = np.array([1.0, 10, 100]).reshape(3, 1, 1, 1)
    result = attempt.conv2d_backward(dout, x, weight)
    check(result, (np.array([7.0, 70, 700]).reshape(3, 1, 1, 1), [[[[321.0]]]], [111.0]))


def test_channels(attempt):
    """An input channel collects from all output channels; a weight belongs to one pair of channels."""
    x, weight = np.array([1.0, 2]).reshape(1, 2, 1, 1), np.array([[1.0, 2], [3, 4], [5, 6]])
    dout = np.array([1.0, 10, 100]).reshape(1, 3, 1, 1)
    result = attempt.conv2d_backward(dout, x, weight.reshape(3, 2, 1, 1))
    dweight = np.array([[1.0, 2], [10, 20], [100, 200]]).reshape(3, 2, 1, 1)
    check(result, (np.array([531.0, 642]).reshape(1, 2, 1, 1), dweight, [1.0, 10, 100]))
    result = attempt.conv2d_backward(dout[:, :2], x, weight[:2].reshape(2, 2, 1, 1))
    check(result, (np.array([31.0, 42]).reshape(1, 2, 1, 1), dweight[:2], [1.0, 10]))


def test_stride(attempt):
    """With stride 2 windows begin at every second pixel; a pixel that no window reached has gradient 0."""
    x, weight = np.array([[[[1.0, 2, 3, 4, 5]]]]), np.array([[[[1.0, 10]]]])
    result = attempt.conv2d_backward(np.array([[[[1.0, 100]]]]), x, weight, stride=2)
    check(result, ([[[[1.0, 10, 100, 1000, 0]]]], [[[[301.0, 402]]]], [101.0]))


def test_a_stride_for_each_direction(attempt):
    """The first number of a pair steps down the rows, the second along the columns."""
    x, weight = np.arange(1.0, 17).reshape(1, 1, 4, 4), np.array([[[[5.0]]]])  # (3, 2) would fit as well
    result = attempt.conv2d_backward(np.array([[[[1.0, 10], [100, 1000]]]]), x, weight, stride=(2, 3))
    dx = [[[[5.0, 0, 0, 50], [0, 0, 0, 0], [500, 0, 0, 5000], [0, 0, 0, 0]]]]
    check(result, (dx, [[[[12941.0]]]], [1111.0]))


def test_padding(attempt):
    """What falls on the padding is cut off: dx has the shape of x, and weights on zeros have gradient 0."""
    x, weight = np.array([[[[5.0]]]]), np.arange(1.0, 10).reshape(1, 1, 3, 3)
    result = attempt.conv2d_backward(np.array([[[[2.0]]]]), x, weight, padding=1)
    check(result, ([[[[10.0]]]], [[[[0.0, 0, 0], [0, 10, 0], [0, 0, 0]]]], [2.0]))


def test_a_padding_for_each_direction(attempt):
    """The first number of a pair counts rows above and below, the second columns left and right."""
    x, weight = np.array([[[[1.0, 2]]]]), np.array([[[[1.0], [10]]]])
    dout = np.array([[[[1.0, 2], [3, 4]]]])
    result = attempt.conv2d_backward(dout, x, weight, padding=(1, 0))
    check(result, ([[[[13.0, 24]]]], [[[[11.0], [5]]]], [10.0]))
    result = attempt.conv2d_backward(dout.reshape(1, 1, 1, 4), x, weight[:, :, :1], padding=(0, 1))
    check(result, ([[[[2.0, 3]]]], [[[[8.0]]]], [10.0]))
    x, dout = np.arange(1.0, 26).reshape(1, 1, 5, 5), np.array([[[[1.0, 10], [100, 1000]]]])
    dx = np.zeros((1, 1, 5, 5))
    dx[0, 0, 3, ::4] = 200, 2000  # (0, 1) would fit as well
    result = attempt.conv2d_backward(dout, x, np.array([[[[2.0]]]]), stride=4, padding=(1, 0))
    check(result, (dx, [[[[21600.0]]]], [1111.0]))


def test_arguments_by_position(attempt):
    """The order is dout, x, weight, stride, padding."""
    x, weight = np.array([[[[1.0, 2, 3]]]]), np.array([[[[1.0, 10]]]])
    result = attempt.conv2d_backward(np.array([[[[1.0, 100]]]]), x, weight, 2, (0, 1))
    check(result, ([[[[10.0, 100, 1000]]]], [[[[200.0, 301]]]], [101.0]))


@layers
def test_random_layers(attempt, reference, rng, layer):
    """Agrees with the reference on batches of several channels, with stride, padding and both."""
    arguments, options = random_layer(rng, layer)
    check(attempt.conv2d_backward(*arguments, **options), reference.conv2d_backward(*arguments, **options))


@pytest.mark.parametrize("layer", ["plain", "remainder", "both"])
def test_random_layers_in_float32(attempt, reference, rng, layer):
    """Agrees with the reference in float32."""
    arguments, options = random_layer(rng, layer, np.float32)
    expected = reference.conv2d_backward(*arguments, **options)
    # A sum of normal numbers may be small by chance; what float32 loses goes by the size of its terms.
    check(attempt.conv2d_backward(*arguments, **options), expected, atol=1e-4)


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_scale(attempt, reference, rng, scale):
    """Very small and very large values are no different."""
    (dout, x, weight), options = random_layer(rng, "both")
    arguments = np.abs(dout) * scale, np.abs(x) * scale, np.abs(weight) * scale
    check(attempt.conv2d_backward(*arguments, **options), reference.conv2d_backward(*arguments, **options))


@pytest.mark.parametrize("layer", ["plain", "both"])
def test_strided_views(attempt, reference, rng, layer):
    """Works on views whose memory is not contiguous, such as a batch that is stored channels last."""
    arguments, options = random_layer(rng, layer)
    views = [strided(array) for array in arguments]
    check(attempt.conv2d_backward(*views, **options), reference.conv2d_backward(*arguments, **options))


def random_layer(rng, name, dtype=np.float64):
    """Return dout, x and weight of a layer, and its options."""
    x_shape, weight_shape, options = LAYERS[name]
    steps, zeros = (np.broadcast_to(options.get(key, n), 2) for key, n in (("stride", 1), ("padding", 0)))
    places = (np.array(x_shape[2:]) + 2 * zeros - weight_shape[2:]) // steps + 1
    shapes = (x_shape[0], weight_shape[0], *places), x_shape, weight_shape
    return [rng.standard_normal(shape).astype(dtype) for shape in shapes], options


def three(result):
    """Return dx, dweight and dbias."""
    if not isinstance(result, tuple | list) or len(result) != 3:
        raise Mismatch("The result should be a tuple of dx, dweight and dbias.", actual=result)
    return result


def check(actual, expected, **tolerances):
    """Compare the three gradients, each under its name."""
    for name, mine, theirs in zip(GRADIENTS, three(actual), expected, strict=True):
        assert_close(mine, np.asarray(theirs), what=name, **tolerances)


def runtime(attempt, rng):
    """Pass a gradient back through 8 filters of 3 × 3 on two images of 4 channels and 12 × 12 pixels."""
    x, weight = rng.standard_normal((2, 4, 12, 12)), rng.standard_normal((8, 4, 3, 3))
    dout = rng.standard_normal((2, 8, 12, 12))
    return lambda: attempt.conv2d_backward(dout, x, weight, padding=1)
