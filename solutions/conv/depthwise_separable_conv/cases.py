import pytest
import torch

from cvdrill.testing import assert_close, gradients, random_tensor, strided

# Shapes of x and of the kernels, output channels, and the options.
LAYERS = {
    "plain": ((2, 3, 6, 5), (3, 2), 4, {}),
    "as_many_outputs_as_inputs": ((2, 3, 5, 5), (3, 3), 3, {}),
    "one_channel": ((3, 1, 4, 5), (2, 3), 2, {}),
    "one_output": ((2, 4, 5, 4), (2, 2), 1, {}),
    "pointwise_alone": ((2, 3, 3, 4), (1, 1), 5, {}),
    "row": ((2, 2, 3, 6), (1, 4), 3, {}),
    "column": ((2, 2, 6, 3), (4, 1), 3, {}),
    "stride": ((2, 3, 7, 8), (3, 3), 2, {"stride": 2}),
    "stride_pair": ((1, 2, 9, 8), (2, 3), 3, {"stride": (3, 2)}),
    "padding": ((2, 3, 4, 5), (3, 3), 4, {"padding": 1}),
    "padding_pair": ((1, 2, 5, 4), (3, 4), 2, {"padding": (0, 2)}),
    "padding_beyond_the_kernel": ((2, 2, 3, 2), (1, 2), 3, {"padding": (2, 3)}),
    "both": ((2, 4, 8, 7), (3, 2), 3, {"stride": (2, 3), "padding": (2, 1)}),
    "mobilenet": ((3, 4, 6, 8), (3, 3), 8, {"stride": 2, "padding": 1}),
}
layers = pytest.mark.parametrize("layer", LAYERS)


def test_a_single_channel(attempt):
    """With one channel and a pointwise weight of 1 it is a plain convolution, without a flip."""
    x = float64([[1, 2, 3], [4, 5, 6]], 1, 1, 2, 3)
    depthwise, pointwise = float64([[1, 10], [100, 1000]], 1, 1, 2, 2), float64([1], 1, 1, 1, 1)
    actual = attempt.depthwise_separable_conv(x, depthwise, pointwise)
    assert_close(actual, float64([5421, 6532], 1, 1, 1, 2))


def test_channels_are_filtered_apart(attempt):
    """The first half filters each channel by its own kernel; where pointwise is the identity, that is all."""
    x = float64([[1, 2, 4], [10, 20, 40]], 1, 2, 1, 3)
    depthwise, pointwise = float64([[1, 1], [-1, 1]], 2, 1, 1, 2), float64(torch.eye(2).tolist(), 2, 2, 1, 1)
    actual = attempt.depthwise_separable_conv(x, depthwise, pointwise)
    assert_close(actual, float64([[3, 6], [10, 20]], 1, 2, 1, 2))


def test_channels_are_mixed_at_each_place(attempt):
    """The second half gives each output channel a weighted sum of the channels, pixel by pixel."""
    x = float64([[1, 2], [3, 4]], 1, 2, 1, 2)
    depthwise, pointwise = float64([1, 1], 2, 1, 1, 1), float64([[1, 10], [100, 1000], [0, 1]], 3, 2, 1, 1)
    actual = attempt.depthwise_separable_conv(x, depthwise, pointwise)
    assert_close(actual, float64([[31, 42], [3100, 4200], [3, 4]], 1, 3, 1, 2))


def test_filter_first_then_mix(attempt):
    """Each channel meets its own kernel before the channels are mixed."""
    x = float64([[1, 2], [3, 5]], 1, 2, 1, 2)
    depthwise, pointwise = float64([[1, 1], [10, 100]], 2, 1, 1, 2), float64([[1, 1], [1, -1]], 2, 2, 1, 1)
    actual = attempt.depthwise_separable_conv(x, depthwise, pointwise)
    assert_close(actual, float64([533, -527], 1, 2, 1, 1))  # 3 and 530 between the halves


def test_nothing_comes_between_the_halves(attempt):
    """Negative values pass from the first half to the second as they are: there is no activation."""
    x, depthwise = float64([1, 2], 1, 2, 1, 1), float64([-3, 5], 2, 1, 1, 1)
    actual = attempt.depthwise_separable_conv(x, depthwise, float64([10, 1], 1, 2, 1, 1))
    assert_close(actual, float64([-20], 1, 1, 1, 1))


def test_the_input_is_not_added(attempt):
    """Where the result has the shape of x, it is still the filtered x alone: there is no shortcut."""
    x, depthwise = float64([[1, 2], [3, 4]], 1, 2, 1, 2), float64([[0, 10, 1], [0, 1, 0]], 2, 1, 1, 3)
    pointwise = float64([[1, 0], [0, 2]], 2, 2, 1, 1)
    actual = attempt.depthwise_separable_conv(x, depthwise, pointwise, padding=(0, 1))
    assert_close(actual, float64([[12, 20], [6, 8]], 1, 2, 1, 2))


def test_every_image_is_on_its_own(attempt):
    """Images of a batch do not mix."""
    x = float64([[1, 2], [0, 0], [30, 50]], 3, 1, 1, 2)
    actual = attempt.depthwise_separable_conv(x, float64([1, 10], 1, 1, 1, 2), float64([2], 1, 1, 1, 1))
    assert_close(actual, float64([42, 0, 1060], 3, 1, 1, 1))


def test_stride(attempt):
    """The stride thins out the windows of the first half, and is used once; a remainder is left out."""
    x = float64([1, 2, 4, 8, 16, 32, 64, 128], 1, 1, 1, 8)
    depthwise, pointwise = float64([1, 1], 1, 1, 1, 2), float64([1, 10], 2, 1, 1, 1)
    actual = attempt.depthwise_separable_conv(x, depthwise, pointwise, stride=2)
    assert_close(actual, float64([[3, 12, 48, 192], [30, 120, 480, 1920]], 1, 2, 1, 4))
    actual = attempt.depthwise_separable_conv(x, depthwise, pointwise, stride=3)
    assert_close(actual, float64([[3, 24, 192], [30, 240, 1920]], 1, 2, 1, 3))
    actual = attempt.depthwise_separable_conv(x, depthwise, pointwise, stride=5)
    assert_close(actual, float64([[3, 96], [30, 960]], 1, 2, 1, 2))


def test_a_stride_for_each_direction(attempt):
    """The first number of a pair steps down the rows, the second along the columns."""
    x = torch.arange(30, dtype=torch.float64).reshape(1, 1, 5, 6)
    one = float64([1], 1, 1, 1, 1)
    actual = attempt.depthwise_separable_conv(x, one, one, stride=(2, 3))
    assert_close(actual, float64([[0, 3], [12, 15], [24, 27]], 1, 1, 3, 2))


def test_padding(attempt):
    """Padding puts zeros around x for the first half; the second half adds no rim of its own."""
    x, depthwise = float64([[1, 2], [3, 4]], 1, 1, 2, 2), float64([[1, 1], [1, 1]], 1, 1, 2, 2)
    actual = attempt.depthwise_separable_conv(x, depthwise, float64([1], 1, 1, 1, 1), padding=1)
    assert_close(actual, float64([[1, 3, 2], [4, 10, 6], [3, 7, 4]], 1, 1, 3, 3))


def test_a_padding_for_each_direction(attempt):
    """The first number of a pair counts rows above and below, the second columns left and right."""
    x, one = float64([1, 2], 1, 1, 1, 2), float64([1], 1, 1, 1, 1)
    actual = attempt.depthwise_separable_conv(x, one, one, padding=(1, 0))
    assert_close(actual, float64([[0, 0], [1, 2], [0, 0]], 1, 1, 3, 2))
    actual = attempt.depthwise_separable_conv(x, one, one, padding=(0, 2))
    assert_close(actual, float64([0, 0, 1, 2, 0, 0], 1, 1, 1, 6))


def test_arguments_by_position(attempt):
    """The order is x, depthwise, pointwise, stride, padding."""
    x, depthwise = float64([1, 2, 3, 4], 1, 1, 1, 4), float64([1, 10], 1, 1, 1, 2)
    actual = attempt.depthwise_separable_conv(x, depthwise, float64([1, 2], 2, 1, 1, 1), (1, 2), (0, 1))
    assert_close(actual, float64([[10, 32, 4], [20, 64, 8]], 1, 2, 1, 3))


@layers
def test_random_layers(attempt, reference, rng, layer):
    """Agrees with the reference on batches of several channels, with stride, padding and both."""
    tensors, options = random_layer(rng, layer)
    expected = reference.depthwise_separable_conv(*tensors, **options)
    assert_close(attempt.depthwise_separable_conv(*tensors, **options), expected)


@pytest.mark.parametrize("layer", ["plain", "as_many_outputs_as_inputs", "stride", "both", "mobilenet"])
def test_gradients(attempt, reference, rng, layer):
    """Gradients reach x, depthwise and pointwise."""
    check_gradients(attempt, reference, *random_layer(rng, layer))


@pytest.mark.parametrize("layer", ["plain", "both"])
def test_float32(attempt, reference, rng, layer):
    """Float32, torch's own default, comes back as float32; values and gradients agree with the reference."""
    tensors, options = random_layer(rng, layer, torch.float32)
    expected = reference.depthwise_separable_conv(*tensors, **options)
    assert_close(attempt.depthwise_separable_conv(*tensors, **options), expected)
    check_gradients(attempt, reference, tensors, options)


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_scale(attempt, reference, rng, scale):
    """Very small and very large values are no different."""
    tensors, options = random_layer(rng, "both")
    tensors = [tensor * scale for tensor in tensors]
    expected = reference.depthwise_separable_conv(*tensors, **options)
    assert_close(attempt.depthwise_separable_conv(*tensors, **options), expected)


@pytest.mark.parametrize("layer", ["plain", "both"])
def test_views(attempt, reference, rng, layer):
    """Works on views whose memory is not contiguous, such as a batch that is stored channels last."""
    tensors, options = random_layer(rng, layer)
    expected = reference.depthwise_separable_conv(*tensors, **options)
    views = [torch.from_numpy(strided(tensor.numpy())) for tensor in tensors]
    assert_close(attempt.depthwise_separable_conv(*views, **options), expected)


def float64(values, *shape):
    """Return a tensor of float64."""
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def random_layer(rng, name, dtype=torch.float64):
    """Return x, depthwise and pointwise of a layer, and its options."""
    x_shape, kernel_shape, outputs, options = LAYERS[name]
    channels = x_shape[1]
    shapes = x_shape, (channels, 1, *kernel_shape), (outputs, channels, 1, 1)
    return [random_tensor(rng, *shape, dtype=dtype) for shape in shapes], options


def check_gradients(attempt, reference, tensors, options):
    """Compare the gradients of x, depthwise and pointwise."""
    actual, expected = (
        gradients(lambda *inputs, m=module: m.depthwise_separable_conv(*inputs, **options), *tensors)
        for module in (attempt, reference)
    )
    for name, mine, theirs in zip(("x", "depthwise", "pointwise"), actual, expected, strict=True):
        assert_close(mine, theirs, what=f"The gradient of {name}")


def runtime(attempt, rng):
    """Filter two images of 16 channels and 48 × 48 pixels by 3 × 3 kernels, and mix them into 32 channels."""
    x, depthwise = random_tensor(rng, 2, 16, 48, 48), random_tensor(rng, 16, 1, 3, 3)
    pointwise = random_tensor(rng, 32, 16, 1, 1)
    return lambda: attempt.depthwise_separable_conv(x, depthwise, pointwise, padding=1)
