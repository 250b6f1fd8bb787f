"""Oracle: the paper's figure read once more, as functions of a state dict, convolutions as sums over
shifts.
"""

import numpy as np
import pytest
import torch

CASES = [((3, 2, 5), (2, 4, 6)), ((4, 4, 4), (3, 5, 5)), ((1, 3, 2), (5, 1, 1)), ((6, 5, 1), (2, 7, 3))]


def convolve(x, weight):
    """Sum shifted copies of a map with a frame of zeros, one for each position of the kernel."""
    side = weight.shape[2]
    frame = side // 2
    n, _, height, width = x.shape
    framed = x.new_zeros(n, x.shape[1], height + 2 * frame, width + 2 * frame)
    framed[:, :, frame : frame + height, frame : frame + width] = x
    return sum(
        torch.einsum("oc,nchw->nohw", weight[:, :, i, j], framed[:, :, i : i + height, j : j + width])
        for i in range(side)
        for j in range(side)
    )


def unit(x, state, name, training):
    """Convolve, normalise and activate by the formulas; return the result and the statistics of the batch."""
    y = convolve(x, state[f"{name}.0.weight"])
    mean, variance = state[f"{name}.1.running_mean"], state[f"{name}.1.running_var"]
    if training:
        mean, variance = y.mean((0, 2, 3)), y.var((0, 2, 3), unbiased=False)
    column = (slice(None), None, None)
    y = (y - mean[column]) / torch.sqrt(variance + 1e-5)[column]
    y = y * state[f"{name}.1.weight"][column] + state[f"{name}.1.bias"][column]
    return y / (1 + torch.exp(-y)), mean, variance


def forward(x, state, training):
    """Follow yolov7.yaml: layers 0 and 1 see the input, 2 to 5 their predecessor; then Concat [-1, -3, -5,
    -6].
    """
    layers, statistics = [], []
    for number in range(1, 7):
        before = x if number <= 2 else layers[-1]
        result, *gained = unit(before, state, f"cv{number}", training)
        layers.append(result)
        statistics.append(gained)
    joined = torch.cat([layers[place] for place in (-1, -3, -5, -6)], dim=1)
    result, *gained = unit(joined, state, "cv7", training)
    return result, [*statistics, gained]


def randomised(reference, channels, dtype=torch.float64):
    block = reference.Elan(*channels).to(dtype)
    with torch.no_grad():
        for name, tensor in block.state_dict().items():
            if name.endswith("running_var"):
                tensor.uniform_(0.5, 2)
            elif tensor.is_floating_point():
                tensor.normal_(0, 0.7)
    return block


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(20240229)


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize(("channels", "shape"), CASES)
def test_agrees_with_the_figure_in_values_and_gradients(reference, channels, shape, training):
    block = randomised(reference, channels).train(training)
    n, height, width = shape
    x = torch.randn(n, channels[0], height, width, dtype=torch.float64)
    state = {name: tensor.detach().clone() for name, tensor in block.state_dict().items()}
    results = []
    for way in (block, lambda x: forward(x, state, training)[0]):
        leaf = x.clone().requires_grad_()
        result = way(leaf)
        weights = torch.linspace(-1, 1, result.numel(), dtype=torch.float64).reshape(result.shape)
        (result * weights).sum().backward()
        results.append((result.detach(), leaf.grad))
    torch.testing.assert_close(results[0], results[1], rtol=1e-8, atol=1e-8)


def test_parameters_get_the_gradients_of_the_figure(reference):
    block = randomised(reference, (3, 2, 4)).train()
    x = torch.randn(3, 3, 4, 5, dtype=torch.float64)
    state = {name: tensor.detach().clone() for name, tensor in block.state_dict().items()}
    names = [name for name, _ in block.named_parameters()]
    for name in names:
        state[name].requires_grad_()
    block(x).square().sum().backward()
    forward(x, state, True)[0].square().sum().backward()
    for name, parameter in block.named_parameters():
        torch.testing.assert_close(parameter.grad, state[name].grad, rtol=1e-7, atol=1e-8)


def test_training_updates_running_statistics(reference):
    block = randomised(reference, (3, 2, 5)).train()
    before = {name: tensor.detach().clone() for name, tensor in block.state_dict().items()}
    x = torch.randn(2, 3, 4, 6, dtype=torch.float64)
    _, statistics = forward(x, before, True)
    block(x)
    after = block.state_dict()
    count = 2 * 4 * 6
    for number, (mean, variance) in enumerate(statistics, 1):
        name = f"cv{number}.1"
        expected = 0.9 * before[f"{name}.running_mean"] + 0.1 * mean
        torch.testing.assert_close(after[f"{name}.running_mean"], expected, rtol=1e-9, atol=1e-10)
        expected = 0.9 * before[f"{name}.running_var"] + 0.1 * variance * count / (count - 1)
        torch.testing.assert_close(after[f"{name}.running_var"], expected, rtol=1e-9, atol=1e-10)
        assert after[f"{name}.num_batches_tracked"] == 1


def test_float32_and_its_own_weights(reference):
    """A block as it is made agrees with the figure, in torch's default dtype."""
    block = reference.Elan(3, 8, 6).eval()
    x = torch.randn(2, 3, 9, 7)
    expected, _ = forward(x, block.state_dict(), False)
    assert block(x).dtype == torch.float32
    np.testing.assert_allclose(block(x).detach(), expected.detach(), rtol=1e-4, atol=1e-6)
    assert sum(p.numel() for p in block.parameters()) == 2 * 24 + 4 * 9 * 64 + 32 * 6 + 2 * (6 * 8 + 6)
