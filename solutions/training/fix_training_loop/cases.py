"""The first case looks at the form, each of the next six at one fault, whatever else is still wrong.

Three things keep the six apart. With a rate of 0 no weight ever changes, so what is wrong with the steps does
not show. Where all images hold the same pixel values in another order, or all labels are alike, it does not
matter which images the statistics are of, or which label goes with which image. And where the rate is tiny
the loss falls in proportion to it, whatever the loss: ratios of its falls tell of the steps alone.
The cases that follow look at the whole program, and need all of it to be right.

Losses are compared to 3e-5, which float32 keeps with room to spare over these few steps.
"""

import math

import numpy as np
import pytest
import torch

from cvdrill.testing import Mismatch, assert_close, random_tensor

RTOL, ATOL = 3e-5, 3e-6
TINY = 1e-3  # a learning rate at which the loss falls in proportion to it


def test_a_loss_for_every_epoch_and_one_accuracy(attempt):
    """The result holds one float for each epoch and one accuracy between 0 and 1, no tensors."""
    x = shuffled_pixels(12)
    result = train(attempt, x, torch.arange(12) % 2, seed=0, epochs=3, lr=0.1)
    if not 0 <= result["accuracy"] <= 1:
        message = f"The accuracy is a share of the held-out images; {result['accuracy']:g} is none."
        raise Mismatch(message, actual=result)


def test_training_does_not_see_the_held_out_images(attempt):
    """Whatever the held-out images look like, training goes on in the same way: its losses stay the same."""
    x, y = shuffled_pixels(16), torch.arange(16) % 2
    first = train(attempt, x, y, seed=1, epochs=2, lr=0.1)["losses"]
    brighter, flatter = x.clone(), x.clone()
    brighter[-4:] += torch.tensor([30.0, -10.0])[:, None, None]
    flatter[-4:] *= torch.tensor([0.0, 50.0])[:, None, None]
    for what, other in (("brighter and darker", brighter), ("of another contrast", flatter)):
        second = train(attempt, other, y, seed=1, epochs=2, lr=0.1)["losses"]
        assert_close(second, first, rtol=1e-6, what=f"With held-out images that are {what}, losses")


def test_every_image_keeps_its_label(attempt):
    """With a rate of 0 and all images in one batch, no order of the images changes the loss."""
    x, y = shuffled_pixels(10), torch.tensor([0, 1, 1, 0, 0, 1, 0, 1, 0, 1])
    losses = train(attempt, x, y, seed=0, epochs=5, lr=0.0)["losses"]
    if max(losses) - min(losses) > RTOL * max(losses):
        shown = ", ".join(f"{loss:.4f}" for loss in losses)
        message = (
            f"Nothing is learnt at this rate and each epoch is one batch, but the loss changes: {shown}."
        )
        raise Mismatch(message, actual=losses)


def test_a_sure_and_right_network_costs_nothing(attempt):
    """Where all labels are alike the network is soon sure of them, and the loss comes close to 0."""
    x, y = shuffled_pixels(10), torch.zeros(10, dtype=torch.int64)
    y[-1] = 1  # the second class exists, but is never trained
    loss = train(attempt, x, y, seed=0, epochs=4, lr=10.0)["losses"][-1]
    if loss > 0.1:
        message = f"The loss stays at {loss:.4f}, as if no network could be sure; what is it computed from?"
        raise Mismatch(message, actual=loss)


def test_a_step_follows_its_own_gradient(attempt):
    """Half the rate makes half the step, for each step follows the gradient of its own batch and no other."""
    x, y = shuffled_pixels(10), torch.zeros(10, dtype=torch.int64)
    y[-1] = 1
    ratio = ratio_of_falls(train(attempt, x, y, seed=0, epochs=3, lr=TINY))
    if not 0.25 < ratio < 0.75:
        message = (
            "With one batch an epoch the second step should lower the loss half as much as the first, not"
        )
        raise Mismatch(f"{message} {ratio:.2f} times as much.")


def test_the_rate_lasts_for_a_whole_epoch(attempt):
    """The rate is halved once an epoch, however many batches that has, and so the loss goes on falling."""
    x = shuffled_pixels(1).expand(85, -1, -1, -1)  # eight batches, all alike
    y = torch.zeros(85, dtype=torch.int64)
    y[-1] = 1
    ratio = ratio_of_falls(train(attempt, x, y, seed=0, epochs=3, lr=TINY))
    if ratio < 0.25:
        message = "With eight batches an epoch the loss should next fall about half as much as before, not"
        raise Mismatch(f"{message} {ratio:.4f} times as much: it has all but stopped.")


@pytest.mark.parametrize(("seed", "label"), [(0, 1), (3, 0), (5, 2)])
def test_held_out_images_are_judged_by_what_was_learnt(attempt, reference, seed, label):
    """An image is judged by what training has gathered, not by the images that are evaluated with it."""
    x = shuffled_pixels(32, height=4)
    x[:24] = (
        x[:24].flatten(2).sort().values.reshape(x[:24].shape)
    )  # trained on smooth ones, held out are rough ones
    y = torch.arange(32) % 3
    y[24:] = label  # which the network takes all of them for, as it happens to be initialised
    actual, expected = (train(module, x, y, seed, 20, 0.0)["accuracy"] for module in (attempt, reference))
    assert_close(actual, expected, atol=ATOL, what="With a rate of 0, the accuracy")


def test_a_last_batch_of_one_image(attempt, reference):
    """The mean is over images: a last batch of one counts for one image, and is not left out."""
    x, y = shuffled_pixels(12), torch.arange(12) % 3
    assert_same_run(attempt, reference, x, y, seed=2, epochs=3, lr=0.0)
    assert_same_run(attempt, reference, x, y, seed=2, epochs=3, lr=0.3)


@pytest.mark.parametrize("n", [4, 5, 7, 10])
def test_fewer_images_than_a_batch_holds(attempt, reference, n):
    """Of n images n // 4 are held out, the last ones; the others may be fewer than a batch."""
    x, y = shuffled_pixels(n), torch.arange(n) % 2
    assert_same_run(attempt, reference, x, y, seed=3, epochs=2, lr=0.2)


def test_every_epoch_has_an_order_of_its_own(attempt, reference):
    """Epoch e takes its order from seed + e: at a rate of 0 the batches alone make the losses differ."""
    x, y = shuffled_pixels(32), torch.arange(32) % 4
    assert_same_run(attempt, reference, x, y, seed=4, epochs=5, lr=0.0)


def test_many_epochs(attempt, reference):
    """The rate is lr in the first epoch and halved after each: lr, lr / 2, lr / 4 and so on."""
    x, y = shuffled_pixels(20), torch.arange(20) % 2
    assert_same_run(attempt, reference, x, y, seed=5, epochs=8, lr=1.0)


def test_a_network_that_is_sure_and_wrong(attempt, reference):
    """After a step far too long the network is sure and often wrong: a loss of dozens is not cut off."""
    x, y = shuffled_pixels(10), torch.tensor([0, 1, 0, 0, 1, 0, 0, 0, 1, 1])
    assert_same_run(attempt, reference, x, y, seed=0, epochs=2, lr=60.0)


def test_an_accuracy_that_falls(attempt, reference):
    """The accuracy is that after the last epoch, not the best of all: here it falls from 1 to 0."""
    x, y = shuffled_pixels(32), torch.zeros(32, dtype=torch.int64)
    y[-8:] = 1  # which the network takes all for at first, until it has learnt that all are of class 0
    assert_same_run(attempt, reference, x, y, seed=3, epochs=8, lr=0.05)


def test_a_class_that_is_only_held_out(attempt, reference):
    """The number of classes comes from all labels; a class may be missing among the training images."""
    x, y = shuffled_pixels(16), torch.arange(16) % 2
    y[-3:] = 4
    assert_same_run(attempt, reference, x, y, seed=6, epochs=2, lr=0.2)


def test_channels_of_different_scales(attempt, reference):
    """Each channel has a mean and a standard deviation of its own."""
    scale, offset = torch.tensor([[1.0, 500, 0.02], [0, 3000, -1]]).double()[..., None, None]
    x, y = scale * shuffled_pixels(24, channels=3) + offset, torch.arange(24) % 3
    assert_same_run(attempt, reference, x, y, seed=7, epochs=3, lr=0.3)


@pytest.mark.parametrize("held_out", [0, 1])
@pytest.mark.parametrize("kind", ["pale and vivid", "dark and bright"])
def test_one_kind_of_image_held_out(attempt, kind, held_out):
    """Held-out images that are all dark stay dark: they are normalised with the training images' numbers."""
    y = torch.arange(64) % 2
    y[-16:] = held_out
    second = y.double()[:, None, None, None]
    x = shuffled_pixels(64)
    x = x * (0.25 + 0.75 * second) if kind == "pale and vivid" else x + 2 * second
    result = train(attempt, x, y, seed=1, epochs=5, lr=1.0)
    assert_close(result["accuracy"], 1.0, atol=ATOL, what=f"Where {kind} are easily told apart, the accuracy")


def test_stripes_are_told_apart(attempt):
    """Upright and lying stripes are easy: the loss falls below 0.1, and every held-out image is right."""
    x, y = stripes(64)
    result = train(attempt, x, y, seed=0, epochs=6, lr=1.0)
    if not result["losses"][-1] < 0.1:
        message = f"After six epochs the loss is still {result['losses'][-1]:.3f}."
        raise Mismatch(message, actual=result)
    assert_close(result["accuracy"], 1.0, atol=ATOL, what="The accuracy")


def test_the_seed_decides(attempt):
    """The same seed gives the same run, whatever ran in between; another seed gives another one."""
    x, y = shuffled_pixels(24), torch.arange(24) % 2
    first, other, again = (train(attempt, x, y, seed, epochs=2, lr=0.1) for seed in (8, 9, 8))
    assert_close(again, first, what="The second run with the seed 8")
    if other["losses"] == first["losses"]:
        raise Mismatch("The seeds 8 and 9 give the same losses.", actual=other)


def test_a_run_knows_nothing_of_earlier_ones(attempt, reference):
    """Two runs that differ in their images or labels alone have nothing to do with each other."""
    x, y = shuffled_pixels(24), torch.arange(24) % 2
    for images, labels in ((x, y), (x[:, :1], y), (x, y.roll(5).flip(0)), (x, y + 1)):
        assert_same_run(attempt, reference, images, labels, seed=12, epochs=2, lr=0.1)


@pytest.mark.parametrize(
    ("n", "shape", "classes", "epochs"),
    [(8, (1, 2, 2), 2, 1), (21, (3, 4, 7), 3, 2), (43, (1, 7, 3), 2, 4), (85, (2, 5, 5), 10, 3)],
)
def test_random_images(attempt, reference, rng, n, shape, classes, epochs):
    """Agrees with a right program on random images and labels, of any size and number."""
    x, y = random_tensor(rng, n, *shape), random_labels(rng, n, classes)
    seed, lr = int(rng.integers(1000)), float(rng.uniform(0.05, 0.5))
    assert_same_run(attempt, reference, x, y, seed, epochs, lr)


def test_float32(attempt, reference):
    """Works on float32."""
    x, y = shuffled_pixels(37, channels=3).float(), torch.arange(37) % 2
    assert_same_run(attempt, reference, x, y, seed=10, epochs=3, lr=0.2)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as channels-last images, and leaves them alone."""
    x, y = random_tensor(rng, 46, 6, 10, 3)[::2, :, ::2].permute(0, 3, 1, 2), random_labels(rng, 46, 3)[::2]
    assert_same_run(attempt, reference, x, y, seed=11, epochs=2, lr=0.2)


def train(module, x, y, seed, epochs, lr):
    """Return the result of a run after a look at its form."""
    result = module.train(x, y, seed, epochs, lr)
    assert_close(result, {"losses": [0.0] * epochs, "accuracy": 0.0}, atol=math.inf)
    return result


def assert_same_run(attempt, reference, x, y, seed, epochs, lr):
    """Compare a run with that of the reference."""
    actual = attempt.train(x, y, seed, epochs, lr)
    assert_close(actual, reference.train(x, y, seed, epochs, lr), rtol=RTOL, atol=ATOL)


def ratio_of_falls(result):
    """Return how much the loss falls from the second epoch to the third, compared with the fall before."""
    first, second, third = result["losses"]
    if not second < first:
        message = (
            "Where all labels are alike the loss should fall at any rate, but after the first epoch it goes"
        )
        raise Mismatch(f"{message} from {first:.7f} to {second:.7f}.", actual=result)
    return (second - third) / (first - second)


def shuffled_pixels(n, channels=2, height=5, width=6):
    """Return images in which every channel holds the same values, each time in another order."""
    rng = np.random.default_rng(0)
    values = np.tile(np.linspace(-1, 1, height * width), (n, channels, 1))
    return torch.from_numpy(rng.permuted(values, axis=2).reshape(n, channels, height, width))


def stripes(n):
    """Return upright and lying stripes in turn, of either phase and all sorts of contrast, and labels."""
    rng = np.random.default_rng(0)
    upright = (np.arange(6) + rng.integers(2, size=(n, 1, 1, 1))) % 2 * np.ones((6, 1))
    images = np.where(np.arange(n).reshape(n, 1, 1, 1) % 2 == 0, upright, upright.swapaxes(2, 3))
    images = images * rng.uniform(0.5, 1.5, (n, 1, 1, 1)) + rng.normal(0, 0.05, images.shape)
    return torch.from_numpy(images), torch.arange(n) % 2


def random_labels(rng, n, classes):
    """Return labels of which the first is the largest, so that the number of classes is as asked."""
    labels = rng.integers(0, classes, n)
    labels[0] = classes - 1
    return torch.from_numpy(labels)
