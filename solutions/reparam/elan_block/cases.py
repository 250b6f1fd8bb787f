import math

import pytest
import torch

from cvdrill.testing import assert_close, gradients, random_tensor

UNITS = ("cv1", "cv2", "cv3", "cv4", "cv5", "cv6", "cv7")
EPS = 1e-5  # of nn.BatchNorm2d


def test_seven_units_with_these_names(attempt):
    """The state dict holds weight and batch norm of cv1 to cv7, in the asked shapes, and nothing else."""
    state = attempt.Elan(5, 3, 7).state_dict()
    shapes = {name: tuple(tensor.shape) for name, tensor in state.items()}
    assert_close(shapes, expected_shapes(5, 3, 7), what="The state dict (names and shapes)")


@pytest.mark.parametrize("shape", [(1, 2, 1, 1), (2, 2, 4, 7), (3, 2, 5, 2)])
def test_height_and_width_stay(attempt, shape):
    """Every unit keeps height and width: the result has the shape (N, O, H, W)."""
    block = with_identities(attempt, 2, 2, 3)
    n, _, height, width = shape
    result = block(torch.ones(shape, dtype=torch.float64))
    assert_close(tuple(result.shape), (n, 3, height, width), what="The shape of the result")


@pytest.mark.parametrize(("place", "times"), [(0, 5), (1, 3), (2, 1)])
def test_the_chain_behind_cv2_is_tapped(attempt, place, times):
    """Where units only activate, cv6, cv4 and cv2 have done so 5, 3 and 1 times; they come in this order."""
    pick = torch.zeros(1, 4, 1, 1, dtype=torch.float64)
    pick[0, place] = 1
    block = with_identities(attempt, 1, 1, 1, {"cv7.0.weight": pick, "cv1.0.weight": -4})
    expected = 2.0
    for _ in range(times + 1):  # and once more in cv7
        expected = silu(expected)
    assert_close(block(float64([[[[2.0]]]])), float64([[[[expected]]]]))


def test_cv1_comes_last(attempt):
    """The last part of the concatenation is cv1, which stands aside of the chain and sees x."""
    pick = float64([0, 0, 0, 1]).reshape(1, 4, 1, 1)
    block = with_identities(attempt, 1, 1, 1, {"cv7.0.weight": pick, "cv1.0.weight": -4})
    assert_close(block(float64([[[[2.0]]]])), float64([[[[silu(silu(-8.0))]]]]))


@pytest.mark.parametrize("unit", ["cv3", "cv4", "cv5", "cv6"])
def test_a_cut_chain(attempt, unit):
    """Where one link of the chain gives 0, so do all after it, and those before it are as they were."""
    block = with_identities(attempt, 1, 1, 3, {f"{unit}.0.weight": 0})
    level = [2.0]
    for name in UNITS[1:6]:
        level.append(0.0 if name == unit else silu(level[-1]))
    parts = [
        level[5],
        level[3],
        level[1],
        silu(2.0),
    ]  # cv6, cv4, cv2, cv1; cv7 makes channels 1, 10, 100 of them
    expected = [silu(factor * sum(parts)) for factor in (1, 10, 100)]
    assert_close(block(float64([[[[2.0]]]])), float64(expected).reshape(1, 3, 1, 1))


def test_the_border_is_padded_with_zeros(attempt):
    """A 3 × 3 kernel of ones counts its neighbours: 4 in a corner, 6 at an edge, 9 inside."""
    pick = float64([0, 1, 0, 0]).reshape(1, 4, 1, 1)
    ones = torch.ones(1, 1, 3, 3, dtype=torch.float64)
    block = with_identities(attempt, 1, 1, 1, {"cv7.0.weight": pick, "cv3.0.weight": ones})
    one = silu(1.0)
    row, edge = (
        [silu(silu(silu(one * count))) for count in counts] for counts in ((6, 9, 9, 6), (4, 6, 6, 4))
    )
    assert_close(block(torch.ones(1, 1, 3, 4, dtype=torch.float64)), float64([[[edge, row, edge]]]))


def test_a_channel_that_never_varied(attempt):
    """Batch norm has torch's eps of 1e-5: with a running variance of 0 it divides by the root of that."""
    pick = float64([0, 0, 0, 1]).reshape(1, 4, 1, 1)
    still = {"cv7.0.weight": pick, "cv1.1.running_var": 0, "cv1.1.running_mean": 0.5}
    block = with_identities(attempt, 1, 1, 1, still)
    expected = silu(silu((0.51 - 0.5) / math.sqrt(EPS)))
    assert_close(block(float64([[[[0.51]]]])), float64([[[[expected]]]]))


def test_running_statistics_in_training(attempt):
    """In training mode a tenth of the batch's mean and unbiased variance enters the running ones."""
    block = with_identities(attempt, 1, 1, 1)
    block.train()
    block(float64([1.0, 2.0, 3.0, 6.0]).reshape(2, 1, 1, 2))  # mean 3, variance 14/3
    state = block.state_dict()
    for name in ("cv1", "cv2"):
        mean, variance = state[f"{name}.1.running_mean"], state[f"{name}.1.running_var"]
        assert_close(mean, float64([0.3]), what=f"The running mean of {name}")
        assert_close(variance, float64([0.9 * (1 - EPS) + 1.4 / 3]), what=f"The running variance of {name}")


@pytest.mark.parametrize(
    ("channels", "shape"), [((3, 2, 5), (2, 4, 6)), ((4, 4, 4), (3, 5, 5)), ((1, 3, 2), (1, 3, 2))]
)
def test_evaluation(attempt, reference, rng, channels, shape):
    """Agrees with the reference in evaluation mode, for all sorts of channels and sizes."""
    mine, theirs = same_weights(attempt, reference, rng, channels)
    for block in (mine, theirs):
        block.eval()
    x = random_input(rng, channels, shape)
    assert_close(mine(x), theirs(x))
    check_state(mine, theirs)


@pytest.mark.parametrize(("channels", "shape"), [((3, 2, 5), (4, 4, 6)), ((2, 4, 3), (3, 5, 5))])
def test_training(attempt, reference, rng, channels, shape):
    """Agrees with the reference in training mode, and in evaluation mode with the statistics gained in it."""
    mine, theirs = same_weights(attempt, reference, rng, channels)
    for block in (mine, theirs):
        block.train()
    for _ in range(2):
        x = random_input(rng, channels, shape)
        assert_close(mine(x), theirs(x))
    check_state(mine, theirs)
    for block in (mine, theirs):
        block.eval()
    assert_close(mine(x), theirs(x))


@pytest.mark.parametrize("training", [False, True])
def test_gradients_of_input_and_parameters(attempt, reference, rng, training):
    """Gradients reach the input, and weight and batch norm of every unit, in either mode."""
    mine, theirs = same_weights(attempt, reference, rng, (3, 2, 4))
    for block in (mine, theirs):
        block.train(training)
    check_gradients(mine, theirs, random_input(rng, (3, 2, 4), (3, 4, 5)))


def test_float32(attempt, reference, rng):
    """Float32, torch's own default, comes back as float32."""
    mine, theirs = same_weights(attempt, reference, rng, (3, 4, 5), torch.float32)
    for block in (mine, theirs):
        block.eval()
    x = random_input(rng, (3, 4, 5), (2, 6, 5)).float()
    expected = theirs(x)
    assert_close(mine(x), expected, atol=1e-4 * expected.abs().max().item())


def test_views(attempt, reference, rng):
    """Works on a view whose memory is not contiguous, such as channels-last images, and leaves it alone."""
    mine, theirs = same_weights(attempt, reference, rng, (3, 2, 4))
    for block in (mine, theirs):
        block.eval()
    x = random_tensor(rng, 2, 10, 6, 3).permute(0, 3, 1, 2)[:, :, ::2]
    assert_close(mine(x), theirs(x))


def float64(values):
    """Return a tensor of float64."""
    return torch.tensor(values, dtype=torch.float64)


def silu(x):
    """Return x times its sigmoid."""
    return x / (1 + math.exp(-x))


def expected_shapes(in_channels, hidden, out_channels):
    """Return the shape of every entry of the state dict."""
    sizes = {"cv1": (hidden, in_channels, 1, 1), "cv2": (hidden, in_channels, 1, 1)}
    sizes |= dict.fromkeys(("cv3", "cv4", "cv5", "cv6"), (hidden, hidden, 3, 3))
    sizes["cv7"] = (out_channels, 4 * hidden, 1, 1)
    shapes = {}
    for name, size in sizes.items():
        shapes[f"{name}.0.weight"] = size
        for entry in ("weight", "bias", "running_mean", "running_var"):
            shapes[f"{name}.1.{entry}"] = size[:1]
        shapes[f"{name}.1.num_batches_tracked"] = ()
    return shapes


def with_identities(module, in_channels, hidden, out_channels, others=None):
    """Return a block in evaluation mode and float64 in which every unit only applies SiLU.

    Convolutions copy the channel of the same number, except that cv7 adds up all its inputs and gives its
    i-th channel 10^i times that; batch norm does nothing. `others` says which entries differ, as tensors or
    numbers.
    """
    state = {}
    for name, shape in expected_shapes(in_channels, hidden, out_channels).items():
        if name.endswith("tracked"):
            state[name] = torch.tensor(0)
        elif name == "cv7.0.weight":
            state[name] = float64([10.0**i for i in range(out_channels)]).reshape(-1, 1, 1, 1).expand(shape)
        elif name.endswith("0.weight"):
            state[name] = torch.zeros(shape, dtype=torch.float64)
            state[name][:, :, shape[2] // 2, shape[3] // 2] = torch.eye(*shape[:2], dtype=torch.float64)
        else:
            value = {"weight": 1.0, "bias": 0.0, "running_mean": 0.0, "running_var": 1 - EPS}
            state[name] = torch.full(shape, value[name.split(".")[-1]], dtype=torch.float64)
        if name in (others or {}):
            other = others[name]
            state[name] = other if torch.is_tensor(other) else torch.full_like(state[name], other)
    block = module.Elan(in_channels, hidden, out_channels)
    block.double()
    block.load_state_dict({name: tensor.contiguous() for name, tensor in state.items()})
    block.eval()
    return block


def same_weights(attempt, reference, rng, channels, dtype=torch.float64):
    """Return a block of the learner's and one of the reference's, with the same random weights."""
    state = {}
    for name, shape in expected_shapes(*channels).items():
        if name.endswith("tracked"):
            state[name] = torch.tensor(int(rng.integers(1, 100)))
        elif name.endswith("0.weight"):
            state[name] = random_tensor(rng, *shape, dtype=dtype) / math.prod(shape[1:]) ** 0.5
        elif name.endswith(("1.weight", "running_var")):
            state[name] = torch.from_numpy(rng.uniform(0.5, 1.5, shape)).to(dtype)
        else:
            state[name] = 0.5 * random_tensor(rng, *shape, dtype=dtype)
    pair = [module.Elan(*channels) for module in (attempt, reference)]
    for block in pair:
        if dtype == torch.float64:
            block.double()
        block.load_state_dict(state)
    return pair


def random_input(rng, channels, shape):
    """Return a batch: (N, C, H, W)."""
    batch, height, width = shape
    return 2 * random_tensor(rng, batch, channels[0], height, width)


def check_state(mine, theirs):
    """Compare weights, running statistics and counters."""
    actual, expected = mine.state_dict(), theirs.state_dict()
    for name, tensor in expected.items():
        if name.endswith("tracked"):
            assert_close(actual[name].item(), tensor.item(), what=f"The entry {name}")
        else:
            assert_close(actual[name], tensor, what=f"The entry {name}")


def check_gradients(mine, theirs, x):
    """Compare the gradients of the input and of all parameters, with room for cancelled terms in training."""
    (actual,), (expected,) = (gradients(lambda x, m=m: m(x), x) for m in (mine, theirs))
    assert_close(actual, expected, what="The gradient of x")
    for name in UNITS:
        for place, entry in ((0, "weight"), (1, "weight"), (1, "bias")):
            actual, expected = (getattr(getattr(m, name)[place], entry).grad for m in (mine, theirs))
            assert_close(actual, expected, atol=1e-9, what=f"The gradient of {name}.{place}.{entry}")


def runtime(attempt, rng):
    """Apply a block with 32 inner channels to 20 × 20 pixels."""
    block = attempt.Elan(64, 32, 64)
    block.eval()
    x = random_tensor(rng, 1, 64, 20, 20, dtype=torch.float32)
    return lambda: block(x)
