import math

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cvdrill.testing import Mismatch, assert_close, assert_no_graph, gradients, random_tensor, strided

EPS = 1e-5
NORM = ("bn_weight", "bn_bias", "running_mean", "running_var")
BRANCHES = ("branch3x3", "branch1x1", "identity")
RESULTS = ("The fused weight", "The fused bias")

# Output channels, input channels, whether there is an identity.
BLOCKS = {
    "one_channel": (1, 1, True),
    "two_channels": (2, 2, True),
    "as_many_channels_as_rows": (3, 3, True),
    "five_channels": (5, 5, True),
    "square_without_identity": (4, 4, False),
    "more_outputs": (5, 2, False),
    "more_inputs": (2, 4, False),
    "one_output": (1, 3, False),
    "one_input": (3, 1, False),
}
blocks = pytest.mark.parametrize("block", BLOCKS)


def test_the_one_by_one_meets_the_centre(attempt):
    """A 1 × 1 weight touches the pixel itself, which the middle of a 3 × 3 kernel meets."""
    branch3x3, branch1x1 = branch(zeros(1, 1)), branch(float64([10], 1, 1, 1, 1))
    expected = float64([0, 0, 0, 0, 10, 0, 0, 0, 0], 1, 1, 3, 3)
    assert_close(attempt.repconv_fuse(branch3x3, branch1x1), (expected, float64([0])))


def test_the_kernels_add_up(attempt):
    """Branches are added, so their kernels are: 1 to 9, and 10 more in the middle."""
    branch3x3 = branch(float64(range(1, 10), 1, 1, 3, 3))
    expected = float64([1, 2, 3, 4, 15, 6, 7, 8, 9], 1, 1, 3, 3)
    actual = attempt.repconv_fuse(branch3x3, branch(float64([10], 1, 1, 1, 1)))
    assert_close(actual, (expected, float64([0])))


def test_the_identity_gives_each_channel_to_itself(attempt):
    """The identity adds 1 in the middle of the kernels from a channel to itself, and nothing elsewhere."""
    branch3x3, branch1x1 = branch(zeros(2, 2)), branch(zeros(2, 2, 1))
    expected = zeros(2, 2)
    expected[0, 0, 1, 1] = expected[1, 1, 1, 1] = 1
    assert_close(attempt.repconv_fuse(branch3x3, branch1x1, norm(2)), (expected, float64([0, 0])))


def test_without_identity_nothing_is_added(attempt):
    """As many inputs as outputs do not make an identity: without its branch there is none."""
    branch3x3, branch1x1 = branch(zeros(2, 2)), branch(float64([[1, 2], [3, 4]], 2, 2, 1, 1))
    expected = F.pad(float64([[1, 2], [3, 4]], 2, 2, 1, 1), (1, 1, 1, 1))
    assert_close(attempt.repconv_fuse(branch3x3, branch1x1), (expected, float64([0, 0])))
    assert_close(attempt.repconv_fuse(branch3x3, branch1x1, None), (expected, float64([0, 0])))


def test_a_batch_norm_scales_its_branch(attempt):
    """Gamma 6 over a root of 2 makes 3 of each 1 of the 3 × 3 branch; the others have their own scales."""
    branch3x3 = branch(zeros(1, 1) + 1, bn_weight=[6], running_var=[4 - EPS])
    branch1x1 = branch(float64([1], 1, 1, 1, 1), bn_weight=[100], running_var=[25 - EPS])
    identity = norm(1, bn_weight=[2000], running_var=[100 - EPS])
    expected = float64([3, 3, 3, 3, 223, 3, 3, 3, 3], 1, 1, 3, 3)
    assert_close(attempt.repconv_fuse(branch3x3, branch1x1, identity), (expected, float64([0])))


def test_each_output_channel_has_its_own_scale(attempt):
    """In both convolutions the scale belongs to the output channel, the first axis of the weight."""
    branch3x3 = branch(zeros(3, 2) + 1, bn_weight=[1, 10, 100])
    branch1x1 = branch(float64([[1, 2], [3, 4], [5, 6]], 3, 2, 1, 1), bn_weight=[1000, 2000, 3000])
    expected = (zeros(3, 2) + 1) * float64([1, 10, 100], 3, 1, 1, 1)
    expected[:, :, 1, 1] = float64([[1001, 2001], [6010, 8010], [15100, 18100]])
    assert_close(attempt.repconv_fuse(branch3x3, branch1x1), (expected, float64([0, 0, 0])))


def test_each_channel_of_the_identity_has_its_own_scale(attempt):
    """The batch norm of the identity scales each channel by its gamma over its root: 3/1, 8/2 and 15/3."""
    identity = norm(3, bn_weight=[3, 8, 15], running_var=[1 - EPS, 4 - EPS, 9 - EPS])
    actual = attempt.repconv_fuse(branch(zeros(3, 3)), branch(zeros(3, 3, 1)), identity)
    expected = zeros(3, 3)
    expected[:, :, 1, 1] = torch.diag(float64([3, 4, 5]))
    assert_close(actual, (expected, float64([0, 0, 0])))


def test_the_shifts_add_up(attempt):
    """Every branch adds its beta to the bias: 1, 20 and 300 make 321."""
    branch3x3, branch1x1 = branch(zeros(1, 1), bn_bias=[1]), branch(zeros(1, 1, 1), bn_bias=[20])
    assert_close(attempt.repconv_fuse(branch3x3, branch1x1)[1], float64([21]), what="The fused bias")
    actual = attempt.repconv_fuse(branch3x3, branch1x1, norm(1, bn_bias=[300]))
    assert_close(actual[1], float64([321]), what="The fused bias")


@pytest.mark.parametrize("shifted", BRANCHES)
def test_a_mean_is_scaled_and_taken_off(attempt, shifted):
    """The mean of each branch is taken off before scaling: 10 - 3 · 8 / 4 is left of beta 10 and mean 3."""
    shift = {"bn_weight": [8, 1], "bn_bias": [10, 0], "running_mean": [3, 5], "running_var": [16 - EPS] * 2}
    options = {name: shift if name == shifted else {} for name in BRANCHES}
    actual = attempt.repconv_fuse(
        branch(zeros(2, 2), **options["branch3x3"]),
        branch(zeros(2, 2, 1), **options["branch1x1"]),
        norm(2, **options["identity"]),
    )
    assert_close(actual[1], float64([4, -5 / 4]), what="The fused bias")


@pytest.mark.parametrize("still", BRANCHES)
def test_a_channel_that_never_varied(attempt, still):
    """A variance of 0 leaves the root of eps, 1e-5, as divisor, in whichever branch; nothing is infinite."""
    root = math.sqrt(EPS)
    flat = {"running_var": [0], "running_mean": [0.5]}
    options = {name: flat if name == still else {} for name in BRANCHES}
    ones = zeros(1, 1) + 1
    actual = attempt.repconv_fuse(
        branch(ones, **options["branch3x3"]),
        branch(ones[:, :, :1, :1], **options["branch1x1"]),
        norm(1, **options["identity"]),
    )
    expected = ones.clone()
    if still == "branch3x3":
        expected = expected / root
    expected[0, 0, 1, 1] = 2 + 1 / root
    assert_close(actual, (expected, float64([-0.5 / root])))


@pytest.mark.parametrize("small", BRANCHES)
def test_eps_is_added_to_a_small_variance(attempt, small):
    """Eps is added inside the root: in each branch a variance of 3e-5 makes the root of 4e-5 the divisor."""
    options = {name: {"running_var": [3e-5]} if name == small else {} for name in BRANCHES}
    ones = zeros(1, 1) + 1
    actual, _ = attempt.repconv_fuse(
        branch(ones, **options["branch3x3"]),
        branch(ones[:, :, :1, :1], **options["branch1x1"]),
        norm(1, **options["identity"]),
    )
    large = 1 / math.sqrt(4e-5)
    expected = ones * large if small == "branch3x3" else ones.clone()
    expected[0, 0, 1, 1] = 2 + large
    assert_close(actual, expected, what="The fused weight")


def test_negative_scales_and_scales_of_zero(attempt):
    """A negative gamma turns a branch's sign, a gamma of 0 switches the branch off but for its beta."""
    branch3x3 = branch(zeros(2, 2) + 1, bn_weight=[-2, 0], bn_bias=[0, 7], running_mean=[1, 1])
    branch1x1 = branch(zeros(2, 2, 1) + 1, bn_weight=[0, -3], bn_bias=[30, 0], running_mean=[1, 1])
    identity = norm(2, bn_weight=[-10, 0], bn_bias=[0, 500], running_mean=[1, 1])
    expected = zeros(2, 2)
    expected[0] = -2
    expected[:, :, 1, 1] = float64([[-12, -2], [-3, -3]])
    actual = attempt.repconv_fuse(branch3x3, branch1x1, identity)
    assert_close(actual, (expected, float64([2 + 30 + 10, 7 + 3 + 500])))


def test_entries_in_another_order(attempt, reference, rng):
    """The entries of a dict are found by their names, in whatever order they come."""
    given = random_block(rng, "two_channels")
    shuffled = [dict(reversed(part.items())) for part in given]
    shuffled[1] = dict(sorted(given[1].items()))
    assert_close(attempt.repconv_fuse(*shuffled), reference.repconv_fuse(*given))


def test_branches_that_cancel(attempt):
    """Where branches cancel, what is left has all digits of float64: no part is rounded to float32."""
    third = 10 / 3
    straight = torch.eye(2, dtype=torch.float64).reshape(2, 2, 1, 1) * third
    branch3x3 = branch(F.pad(-straight, (1, 1, 1, 1)), bn_bias=[-third, -third])
    actual = attempt.repconv_fuse(branch3x3, branch(zeros(2, 2, 1)), norm(2, [third] * 2, [third] * 2))
    assert_close(actual, (zeros(2, 2), float64([0, 0])), atol=1e-12)
    actual = attempt.repconv_fuse(branch3x3, branch(straight, bn_bias=[third, third]))
    assert_close(actual, (zeros(2, 2), float64([0, 0])), atol=1e-12)


def test_plain_tensors_come_back(attempt):
    """Where no input requires a gradient, neither result does: they are no parameters."""
    results = attempt.repconv_fuse(branch(zeros(2, 2)), branch(zeros(2, 2, 1)), norm(2))
    for result, what in zip(results, RESULTS, strict=True):
        assert_no_graph(result, what=what)


@blocks
def test_one_convolution_does_what_three_branches_did(attempt, rng, block):
    """The fused convolution gives the sum of the three branches, on the border of the image too."""
    given = random_block(rng, block)
    x = random_tensor(rng, 2, given[0]["weight"].shape[1], 4, 6)
    weight, bias = attempt.repconv_fuse(*given)
    assert_close(F.conv2d(x, weight, bias, padding=1), forward(x, *given), what="What it gives")


@blocks
def test_random_blocks(attempt, reference, rng, block):
    """Agrees with the reference with and without identity, for all sorts of channels."""
    given = random_block(rng, block)
    assert_close(attempt.repconv_fuse(*given), reference.repconv_fuse(*given))


@pytest.mark.parametrize("powers", [(-9, 0, 4), (4, -9, 0), (0, 4, -9), (-3, -7, -5)])
def test_variances_of_different_size(attempt, reference, rng, powers):
    """Each branch is normalised by its own variance, though they differ by many powers of ten."""
    given = random_block(rng, "five_channels")
    for part, power in zip(given, powers, strict=True):
        part["running_var"] = part["running_var"] * 10.0**power
    assert_close(attempt.repconv_fuse(*given), reference.repconv_fuse(*given))


@pytest.mark.parametrize("block", ["two_channels", "five_channels", "one_output", "more_outputs"])
def test_gradients(attempt, reference, rng, block):
    """Gradients reach every tensor of every branch through both results."""
    check_gradients(attempt, reference, random_block(rng, block))


@pytest.mark.parametrize("block", ["as_many_channels_as_rows", "five_channels", "more_inputs"])
def test_float32(attempt, reference, rng, block):
    """Float32, torch's own default, comes back as float32; values and gradients agree with the reference."""
    given = [{name: tensor.float() for name, tensor in part.items()} for part in random_block(rng, block)]
    assert_close(attempt.repconv_fuse(*given), reference.repconv_fuse(*given))
    check_gradients(attempt, reference, given)


@pytest.mark.parametrize("block", ["five_channels", "more_outputs"])
def test_views(attempt, reference, rng, block):
    """Works on views whose memory is not contiguous, such as every second channel of a larger block."""
    given = random_block(rng, block)
    views = [
        {name: torch.from_numpy(strided(tensor.numpy())) for name, tensor in part.items()} for part in given
    ]
    assert_close(attempt.repconv_fuse(*views), reference.repconv_fuse(*given))


def float64(values, *shape):
    """Return a tensor of float64."""
    tensor = torch.tensor(values, dtype=torch.float64)
    return tensor.reshape(shape) if shape else tensor


def zeros(outputs, inputs, side=3):
    """Return a weight of zeros."""
    return torch.zeros(outputs, inputs, side, side, dtype=torch.float64)


def norm(channels, bn_weight=None, bn_bias=None, running_mean=None, running_var=None):
    """Return a batch norm that does nothing, except for what is given."""
    given = bn_weight, bn_bias, running_mean, running_var
    default = 1.0, 0.0, 0.0, 1 - EPS
    rows = ([one] * channels if row is None else row for row, one in zip(given, default, strict=True))
    return {name: float64(row) for name, row in zip(NORM, rows, strict=True)}


def branch(weight, **options):
    """Return a convolution with a batch norm that does nothing, except for what is given."""
    return {"weight": weight, **norm(len(weight), **options)}


def random_block(rng, name):
    """Return two or three branches; every channel of each has its own statistics, and gammas either sign."""
    outputs, inputs, has_identity = BLOCKS[name]

    def statistics():
        rows = (
            rng.uniform(0.5, 2, outputs) * rng.choice([-1, 1], outputs),
            rng.standard_normal(outputs),
            rng.standard_normal(outputs),
            np.exp(rng.uniform(-3, 3, outputs)),
        )
        return {name: torch.from_numpy(row) for name, row in zip(NORM, rows, strict=True)}

    sides = [3, 1]
    given = [{"weight": random_tensor(rng, outputs, inputs, k, k), **statistics()} for k in sides]
    return [*given, statistics()] if has_identity else given


def forward(x, branch3x3, branch1x1, identity=None):
    """Return what the branches give in evaluation mode, added up."""

    def normalise(y, part):
        gamma, beta, mean, var = (part[name] for name in NORM)
        return F.batch_norm(y, mean, var, gamma, beta, training=False, eps=EPS)

    total = normalise(F.conv2d(x, branch3x3["weight"], padding=1), branch3x3)
    total = total + normalise(F.conv2d(x, branch1x1["weight"]), branch1x1)
    return total if identity is None else total + normalise(x, identity)


def check_gradients(attempt, reference, given):
    """Compare the gradients of every tensor of every branch through either result."""
    keys = [(place, name) for place, part in enumerate(given) for name in part]

    def through(module, result):
        def call(*leaves):
            parts = [{} for _ in given]
            for (place, name), leaf in zip(keys, leaves, strict=True):
                parts[place][name] = leaf
            return module.repconv_fuse(*parts)[result]

        return gradients(call, *(given[place][name] for place, name in keys), what=RESULTS[result])

    for result, what in enumerate(("the fused weight", "the fused bias")):
        pairs = zip(keys, through(attempt, result), through(reference, result), strict=True)
        for (place, name), mine, theirs in pairs:
            entry = f"{BRANCHES[place]}[{name!r}]"
            if theirs.any() and not mine.any():
                raise Mismatch(f"No gradient flows through {what} to {entry}.")
            assert_close(mine, theirs, what=f"The gradient of {entry} through {what}")


def runtime(attempt, rng):
    """Fuse ten blocks of 128 channels with all three branches."""

    def statistics():
        rows = rng.uniform(0.5, 2, (4, 128)).astype(np.float32)
        return {name: torch.from_numpy(row) for name, row in zip(NORM, rows, strict=True)}

    branch3x3, branch1x1 = (
        {"weight": random_tensor(rng, 128, 128, k, k, dtype=torch.float32), **statistics()} for k in (3, 1)
    )
    identity = statistics()
    return lambda: [attempt.repconv_fuse(branch3x3, branch1x1, identity) for _ in range(10)]
