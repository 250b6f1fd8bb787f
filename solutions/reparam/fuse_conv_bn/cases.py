import math

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cvdrill.testing import Mismatch, assert_close, assert_no_graph, gradients, random_tensor, strided

NAMES = ("weight", "bias", "bn_weight", "bn_bias", "running_mean", "running_var")
RESULTS = ("The fused weight", "The fused bias")

# Shape of the weight, groups, whether there is a bias, and the options of the convolution.
LAYERS = {
    "plain": ((4, 3, 3, 3), 1, True, {}),
    "without_bias": ((4, 3, 3, 3), 1, False, {"padding": 1}),
    "as_many_outputs_as_inputs": ((3, 3, 3, 3), 1, True, {}),
    "one_output": ((1, 4, 2, 2), 1, True, {}),
    "one_input": ((5, 1, 2, 3), 1, False, {}),
    "pointwise": ((5, 3, 1, 1), 1, False, {}),
    "oblong": ((2, 3, 3, 5), 1, True, {"padding": (0, 2), "stride": (2, 1)}),
    "grouped": ((6, 2, 3, 2), 3, True, {"padding": 1, "dilation": 2}),
    "depthwise": ((4, 1, 3, 3), 4, False, {"padding": 1, "stride": 2}),
    "depthwise_with_multiplier": ((6, 1, 1, 4), 3, True, {}),
}
layers = pytest.mark.parametrize("layer", LAYERS)


def test_a_single_weight(attempt):
    """With weight 6, gamma 2, beta 1, mean 3 and a root of 4, a value x becomes 2 · (6x - 3) / 4 + 1."""
    actual = attempt.fuse_conv_bn(float64([6], 1, 1, 1, 1), None, *channels([2], [1], [3], [15]), eps=1.0)
    assert_close(actual, (float64([3], 1, 1, 1, 1), float64([-0.5])))


def test_the_bias_of_the_convolution(attempt):
    """With a bias of 5 as well, a value x becomes 2 · (6x + 5 - 3) / 4 + 1: the bias is scaled too."""
    weight, bias = float64([6], 1, 1, 1, 1), float64([5])
    actual = attempt.fuse_conv_bn(weight, bias, *channels([2], [1], [3], [15]), eps=1.0)
    assert_close(actual, (float64([3], 1, 1, 1, 1), float64([2])))


def test_each_output_channel_has_its_own_scale(attempt):
    """The scale belongs to the output channel, the first axis of the weight; both inputs here share it."""
    weight, bias = float64([[1, 2], [3, 4]], 2, 2, 1, 1), float64([1, 2])
    norm = channels([10, 100], [5, 7], [0, 1], [0.75, 0.75])
    actual = attempt.fuse_conv_bn(weight, bias, *norm, eps=0.25)
    assert_close(actual, (float64([[10, 20], [300, 400]], 2, 2, 1, 1), float64([15, 107])))


def test_every_place_of_a_kernel_is_scaled_alike(attempt):
    """Within an output channel the scale is the same for each place of the kernel, in either direction."""
    norm = channels([10, 100], [0, 0], [0, 0], [0.75, 0.75])
    for size in ((1, 2), (2, 1)):
        weight = float64([[1, 2], [3, 4]], 2, 1, *size)
        expected = float64([[10, 20], [300, 400]], 2, 1, *size)
        assert_close(attempt.fuse_conv_bn(weight, None, *norm, eps=0.25), (expected, float64([0, 0])))


def test_each_channel_has_its_own_statistics(attempt):
    """Gamma, beta, mean and variance are each taken from the channel that they belong to."""
    weight, bias = float64([1, 1, 1], 3, 1, 1, 1), float64([1, 2, 4])
    norm = channels([6, 6, 30], [100, 200, 300], [3, 1, 2], [3, 8, 24])  # roots 2, 3 and 5 with eps 1
    actual = attempt.fuse_conv_bn(weight, bias, *norm, eps=1.0)
    assert_close(actual, (float64([3, 2, 6], 3, 1, 1, 1), float64([94, 202, 312])))


def test_eps_is_added_inside_the_root(attempt):
    """With variance 3 and eps 6 the divisor is the root of 9."""
    actual = attempt.fuse_conv_bn(float64([6], 1, 1, 1, 1), None, *channels([1], [0], [3], [3]), eps=6.0)
    assert_close(actual, (float64([2], 1, 1, 1, 1), float64([-1])))


def test_the_default_of_eps(attempt):
    """Left out, eps is 1e-5: with a variance of 3e-5 the divisor is the root of 4e-5."""
    actual = attempt.fuse_conv_bn(float64([1], 1, 1, 1, 1), None, *channels([1], [0], [1], [3e-5]))
    expected = 1 / math.sqrt(4e-5)
    assert_close(actual, (float64([expected], 1, 1, 1, 1), float64([-expected])))


@pytest.mark.parametrize("eps", [1e-5, 1e-3])
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_a_channel_that_never_varied(attempt, eps, dtype):
    """A variance of 0 leaves the root of eps as divisor, and everything is finite."""
    norm = [tensor.to(dtype) for tensor in channels([1, 2], [0, 0.5], [0.25, 0], [0, 0])]
    actual = attempt.fuse_conv_bn(torch.ones(2, 1, 1, 1, dtype=dtype), None, *norm, eps)
    root = math.sqrt(eps)
    expected = float64([1 / root, 2 / root], 2, 1, 1, 1).to(dtype), float64([-0.25 / root, 0.5]).to(dtype)
    assert_close(actual, expected)


def test_a_negative_gamma(attempt):
    """A negative gamma turns the sign of the channel."""
    weight, bias = float64([6], 1, 1, 1, 1), float64([5])
    actual = attempt.fuse_conv_bn(weight, bias, *channels([-2], [1], [3], [15]), eps=1.0)
    assert_close(actual, (float64([-3], 1, 1, 1, 1), float64([0])))


def test_a_gamma_of_zero(attempt):
    """Where gamma is 0 the channel is switched off: weights of 0, and beta is left."""
    weight, bias = float64([[6, 7], [1, 2]], 2, 2, 1, 1), float64([5, 3])
    actual = attempt.fuse_conv_bn(weight, bias, *channels([0, 1], [4, 0], [3, 1], [15, 0.75]), eps=0.25)
    assert_close(actual, (float64([[0, 0], [1, 2]], 2, 2, 1, 1), float64([4, 2])))


def test_a_shift_that_cancels(attempt):
    """Where beta cancels the rest of the bias, all digits of float64 are right: nothing is rounded before."""
    third = 10 / 3
    norm = channels([third, 1], [-third, 1], [-1, 0], [0.75, 0.75])
    actual = attempt.fuse_conv_bn(float64([1, 1], 2, 1, 1, 1), None, *norm, eps=0.25)
    assert_close(actual[1], float64([0, 1]), what="The fused bias")


def test_plain_tensors_come_back(attempt):
    """Where no input requires a gradient, neither result does: they are no parameters."""
    results = attempt.fuse_conv_bn(float64([6], 1, 1, 1, 1), float64([5]), *channels([2], [1], [3], [15]))
    for result, what in zip(results, RESULTS, strict=True):
        assert_no_graph(result, what=what)


@layers
def test_one_layer_does_what_two_did(attempt, rng, layer):
    """The fused convolution gives what the convolution and then the batch norm give, whatever its options."""
    tensors, groups, options = random_layer(rng, layer)
    weight, bias, gamma, beta, mean, var = tensors
    x = random_tensor(rng, 2, weight.shape[1] * groups, 9, 8)
    convolved = F.conv2d(x, weight, bias, groups=groups, **options)
    expected = F.batch_norm(convolved, mean, var, gamma, beta, training=False, eps=0.01)
    fused_weight, fused_bias = attempt.fuse_conv_bn(*tensors, eps=0.01)
    actual = F.conv2d(x, fused_weight, fused_bias, groups=groups, **options)
    assert_close(actual, expected, what="What the fused convolution gives")


@layers
def test_random_layers(attempt, reference, rng, layer):
    """Agrees with the reference on all sorts of kernels and groups, with the default eps and another one."""
    tensors, _, _ = random_layer(rng, layer)
    assert_close(attempt.fuse_conv_bn(*tensors), reference.fuse_conv_bn(*tensors))
    assert_close(attempt.fuse_conv_bn(*tensors, 0.3), reference.fuse_conv_bn(*tensors, 0.3))


def test_small_and_large_variances(attempt, reference, rng):
    """Agrees with the reference on variances from far below eps up to millions, side by side."""
    weight, _, gamma, beta, mean, _ = random_layer(rng, "plain")[0]
    for powers in ([-12, -6, -4, 0], [6, 2, -1, -8]):
        var = float64([10.0**power for power in powers])
        tensors = weight, None, gamma, beta, mean, var
        assert_close(attempt.fuse_conv_bn(*tensors), reference.fuse_conv_bn(*tensors))


def test_the_gradient_by_hand(attempt):
    """The fused bias beta + gamma · (bias - mean) / √(variance + eps) has a slope in each of the five."""
    weight, norm = float64([6, 5], 2, 1, 1, 1), channels([2, 6], [1, 4], [3, 2], [15, 8])
    tensors = [weight, float64([7, 3]), *norm]
    actual = gradients(lambda *t: attempt.fuse_conv_bn(*t, eps=1.0)[1], *tensors, what="The fused bias")
    slopes = {
        "bias": [2 / 4, 6 / 3],
        "bn_weight": [(7 - 3) / 4, (3 - 2) / 3],
        "bn_bias": [1, 1],
        "running_mean": [-2 / 4, -6 / 3],
        "running_var": [-2 * (7 - 3) / (2 * 4**3), -6 * (3 - 2) / (2 * 3**3)],
    }
    for name, mine in zip(NAMES, actual, strict=True):
        what = f"The slope of the fused bias in {name}"
        if name in slopes:
            assert_close(unweighted(mine), float64(slopes[name]), what=what)
        else:
            assert_close(mine, torch.zeros_like(weight), what=what)


@pytest.mark.parametrize("layer", ["plain", "without_bias", "oblong", "grouped", "depthwise"])
def test_gradients(attempt, reference, rng, layer):
    """Gradients reach the weight, the bias, gamma, beta, mean and variance through both results."""
    check_gradients(attempt, reference, random_layer(rng, layer)[0], eps=0.01)


def test_gradients_where_numbers_are_zero(attempt, reference, rng):
    """A bias, beta or mean of 0, as in a new layer, and a gamma of 0 still get their gradients."""
    weight, bias, gamma, beta, mean, var = random_layer(rng, "plain")[0]
    gamma = gamma * (torch.arange(len(gamma)) > 0)
    check_gradients(attempt, reference, [weight, 0 * bias, gamma, 0 * beta, 0 * mean, var])


def test_statistics_that_are_no_part_of_the_graph(attempt, reference, rng):
    """As in a real layer, mean and variance may require no gradient; the rest gets its own all the same."""
    tensors, _, _ = random_layer(rng, "plain")
    check_gradients(attempt, reference, tensors, fixed=2)


@pytest.mark.parametrize("layer", ["plain", "without_bias", "depthwise"])
def test_float32(attempt, reference, rng, layer):
    """Float32, torch's own default, comes back as float32; values and gradients agree with the reference."""
    tensors = [tensor if tensor is None else tensor.float() for tensor in random_layer(rng, layer)[0]]
    assert_close(attempt.fuse_conv_bn(*tensors), reference.fuse_conv_bn(*tensors))
    check_gradients(attempt, reference, tensors)


@pytest.mark.parametrize("layer", ["plain", "grouped", "depthwise"])
def test_views(attempt, reference, rng, layer):
    """Works on views whose memory is not contiguous, such as a weight stored channels last."""
    tensors, _, _ = random_layer(rng, layer)
    expected = reference.fuse_conv_bn(*tensors)
    views = [None if tensor is None else torch.from_numpy(strided(tensor.numpy())) for tensor in tensors]
    assert_close(attempt.fuse_conv_bn(*views), expected)
    last = tensors[0].permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)
    assert_close(attempt.fuse_conv_bn(last, *tensors[1:]), expected)


def float64(values, *shape):
    """Return a tensor of float64."""
    tensor = torch.tensor(values, dtype=torch.float64)
    return tensor.reshape(shape) if shape else tensor


def channels(*rows):
    """Return gamma, beta, mean and variance."""
    return [float64(row) for row in rows]


def random_layer(rng, name):
    """Return the six tensors of a layer, its groups and its options; gammas have either sign."""
    shape, groups, has_bias, options = LAYERS[name]
    outputs = shape[0]
    weight, bias, beta, mean = (random_tensor(rng, *size) for size in (shape, *[(outputs,)] * 3))
    gamma = torch.from_numpy(rng.uniform(0.5, 2, outputs) * rng.choice([-1, 1], outputs))
    var = torch.from_numpy(np.exp(rng.uniform(-4, 4, outputs)))
    return [weight, bias if has_bias else None, gamma, beta, mean, var], groups, options


def unweighted(slopes):
    """Undo the weights that `gradients` gives the elements of a result, each of which has one slope."""
    return slopes / torch.linspace(0.5, 1.5, len(slopes), dtype=torch.float64).cos()


def check_gradients(attempt, reference, tensors, fixed=0, **options):
    """Compare the gradients of every tensor through either result, save those of the last `fixed` ones."""
    free = len(tensors) - fixed
    places = [place for place in range(free) if tensors[place] is not None]

    def through(module, result):
        def call(*leaves):
            given = list(tensors)
            for place, leaf in zip(places, leaves, strict=True):
                given[place] = leaf
            return module.fuse_conv_bn(*given, **options)[result]

        return gradients(call, *(tensors[place] for place in places), what=RESULTS[result])

    for result, what in enumerate(("the fused weight", "the fused bias")):
        pairs = zip(places, through(attempt, result), through(reference, result), strict=True)
        for place, mine, theirs in pairs:
            if theirs.any() and not mine.any():
                raise Mismatch(f"No gradient flows through {what} to {NAMES[place]}.")
            assert_close(mine, theirs, what=f"The gradient of {NAMES[place]} through {what}")


def runtime(attempt, rng):
    """Fold the batch norms of ten convolutions of 256 channels."""
    weight = random_tensor(rng, 256, 256, 3, 3, dtype=torch.float32)
    bias, gamma, beta, mean = (random_tensor(rng, 256, dtype=torch.float32) for _ in range(4))
    var = torch.from_numpy(rng.uniform(0.5, 2, 256)).float()
    return lambda: [attempt.fuse_conv_bn(weight, bias, gamma, beta, mean, var) for _ in range(10)]
