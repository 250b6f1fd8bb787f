"""Oracles: a program in numpy whose gradients are complex steps, and the stub with its six faults mended.

With some of its faults mended, the stub also shows whether each case tells of its own fault alone.
"""

import itertools
from types import ModuleType

import numpy as np
import pytest
import torch

from cvdrill import catalog
from cvdrill.testing import load_module

DRILL = catalog.load().find("fix_training_loop")

# What to replace in the stub to mend each of its faults.
MENDS = {
    "held_out_in_statistics": [("= x.mean(", "= x[:-held_out].mean("), ("= x.std(", "= x[:-held_out].std(")],
    "labels_not_shuffled": [("y_train[batch]", "y_train[order][batch]")],
    "double_softmax": [(".softmax(dim=1)", "")],
    "gradients_not_zeroed": [(" loss.backward()", " optimizer.zero_grad(); loss.backward()")],
    "rate_halved_every_batch": [
        ("    scheduler.step()\n", "    pass\n"),
        ("losses.append", "scheduler.step(); losses.append"),
    ],
    "evaluated_in_training_mode": [
        ("    with torch.no_grad()", "    model.eval()\n    with torch.no_grad()")
    ],
}

# The case that belongs to each of them.
CASES = {
    "held_out_in_statistics": "test_training_does_not_see_the_held_out_images",
    "labels_not_shuffled": "test_every_image_keeps_its_label",
    "double_softmax": "test_a_sure_and_right_network_costs_nothing",
    "gradients_not_zeroed": "test_a_step_follows_its_own_gradient",
    "rate_halved_every_batch": "test_the_rate_lasts_for_a_whole_epoch",
    "evaluated_in_training_mode": "test_held_out_images_are_judged_by_what_was_learnt",
}

SUBSETS = [subset for size in range(7) for subset in itertools.combinations(MENDS, size)]


@pytest.fixture(autouse=True)
def one_thread():
    """Tiny networks only wait for more of them."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def stub_with(faults):
    """Return the stub, but with no faults left other than these."""
    source = DRILL.stub.read_text(encoding="utf-8")
    for fault, changes in MENDS.items():
        for wrong, right in changes if fault not in faults else ():
            assert source.count(wrong) == 1
            source = source.replace(wrong, right)
    module = ModuleType("mended")
    exec(source, vars(module))
    return module


def in_complex_steps(x, y, seed, epochs, lr):
    """Return what the right program returns: each slope is the imaginary part after a step of i * 1e-30."""
    n, k = len(x) - len(x) // 4, int(y.max()) + 1
    torch.manual_seed(seed)
    conv, linear = torch.nn.Conv2d(x.shape[1], 8, 3, bias=False), torch.nn.Linear(8, k)
    start = (conv.weight, torch.ones(8), torch.zeros(8), linear.weight, linear.bias)
    weights = [tensor.detach().double().numpy().astype(complex) for tensor in start]
    y, images = y.numpy(), x.double().numpy()
    seen = np.moveaxis(images[:n], 1, 0).reshape(x.shape[1], -1)
    mean, std = seen.mean(1)[:, None, None], seen.std(1, ddof=1)[:, None, None]
    images = np.pad((images - mean) / std, ((0, 0), (0, 0), (1, 1), (1, 1)))

    def convolved(batch):
        height, width = batch.shape[2] - 2, batch.shape[3] - 2
        shifts = itertools.product(range(3), range(3))
        return sum(
            np.tensordot(weights[0][:, :, i, j], batch[:, :, i : i + height, j : j + width], (1, 1))
            for i, j in shifts
        )  # (8, b, h, w)

    def scores(z, mean, var):
        gamma, beta = (weight[:, None, None, None] for weight in weights[1:3])
        z = gamma * (z - mean) / np.sqrt(var + 1e-5) + beta
        return weights[3] @ np.where(z.real > 0, z, 0).mean((2, 3)) + weights[4][:, None]  # (k, b)

    def loss(rows):
        z = convolved(images[rows])
        mean = z.mean((1, 2, 3), keepdims=True)
        out = scores(z, mean, ((z - mean) ** 2).mean((1, 2, 3), keepdims=True))
        out = out - out.real.max(0)
        return (np.log(np.exp(out).sum(0)) - out[y[rows], np.arange(len(rows))]).mean()

    losses, running = [], [np.zeros((8, 1, 1, 1)), np.ones((8, 1, 1, 1))]
    for epoch in range(epochs):
        order = torch.randperm(n, generator=torch.Generator().manual_seed(seed + epoch)).numpy()
        total = 0.0
        for rows in np.split(order, range(8, n, 8)):
            z = convolved(images[rows]).real
            axes = {"axis": (1, 2, 3), "keepdims": True}
            running = [
                0.9 * running[0] + 0.1 * z.mean(**axes),
                0.9 * running[1] + 0.1 * z.var(**axes, ddof=1),
            ]
            total += len(rows) * loss(rows).real
            slopes = [np.empty(weight.shape) for weight in weights]
            for weight, slope in zip(weights, slopes, strict=True):
                for index in np.ndindex(weight.shape):
                    weight[index] += 1e-30j
                    slope[index] = loss(rows).imag / 1e-30
                    weight[index] -= 1e-30j
            for weight, slope in zip(weights, slopes, strict=True):
                weight -= lr / 2**epoch * slope
        losses.append(total / n)
    right = scores(convolved(images[n:]), *running).real.argmax(0) == y[n:]
    return {"losses": losses, "accuracy": right.mean()}


def random_run(rng, n, shape, classes, dtype=torch.float64):
    scale, offset = rng.uniform(0.2, 5, (2, shape[0], 1, 1))
    x = torch.from_numpy(scale * rng.standard_normal((n, *shape)) + offset)
    y = torch.from_numpy(rng.permutation(np.arange(n) % classes))
    return x.to(dtype), y, int(rng.integers(10_000))


@pytest.mark.parametrize(("dtype", "rtol"), [(torch.float64, 1e-9), (torch.float32, 1e-5)])
@pytest.mark.parametrize(
    ("n", "shape", "classes", "epochs", "lr"),
    [
        (4, (1, 2, 2), 2, 3, 0.5),
        (11, (2, 3, 5), 3, 2, 0.3),
        (12, (1, 6, 2), 2, 2, 1.0),
        (27, (2, 4, 3), 5, 1, 0.1),
        (33, (1, 1, 7), 3, 1, 0.0),
    ],
)
def test_agrees_with_complex_steps(reference, rng, n, shape, classes, epochs, lr, dtype, rtol):
    x, y, seed = random_run(rng, n, shape, classes, dtype)
    before = x.clone()
    result, expected = (run(x, y, seed, epochs, lr) for run in (reference.train, in_complex_steps))
    assert result.keys() == expected.keys()
    np.testing.assert_allclose(result["losses"], expected["losses"], rtol=rtol)
    assert result["accuracy"] == expected["accuracy"]
    assert torch.equal(x, before)


def test_agrees_with_the_mended_stub(reference, rng):
    mended = stub_with(())
    for n, shape, classes in [(4, (1, 2, 2), 2), (43, (3, 5, 4), 4), (88, (2, 7, 3), 10)]:
        x, y, seed = random_run(rng, n, shape, classes)
        result, expected = (module.train(x, y, seed, 5, 0.5) for module in (reference, mended))
        np.testing.assert_allclose(result["losses"], expected["losses"], rtol=1e-9)
        assert result["accuracy"] == expected["accuracy"]


@pytest.mark.parametrize("faults", SUBSETS, ids=lambda faults: "-".join(faults) or "none")
def test_the_cases_tell_which_faults_are_left(reference, faults):
    program, cases = stub_with(faults), load_module(DRILL.cases)
    cases.test_a_loss_for_every_epoch_and_one_accuracy(program)
    failing = []
    for fault, case in CASES.items():
        options = {"reference": reference, "seed": 0, "label": 1} if "evaluated" in fault else {}
        try:
            getattr(cases, case)(program, **options)
        except AssertionError:
            failing.append(fault)
    assert failing == list(faults)
