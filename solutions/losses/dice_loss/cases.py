import math

import pytest
import torch

from cvdrill.testing import assert_close, gradients, random_tensor


def test_two_pixels_worked_by_hand(attempt):
    """Probabilities 3/4 and 1/4 on a mask of 1 and 0: 1 - (2 · 3/4 + 1) / (1 + 1 + 1) = 1/6."""
    logits = float64([[math.log(3), -math.log(3)]])
    assert_close(attempt.dice_loss(logits, float64([[1, 0]])), float64(1 / 6))


@pytest.mark.parametrize(("eps", "expected"), [(0.0, 1 / 4), (1.0, 1 / 6), (3, 1 / 10), (0.5, 1 / 5)])
def test_eps_is_added_to_both(attempt, eps, expected):
    """Eps stands in the numerator and in the denominator."""
    logits = float64([[math.log(3), -math.log(3)]])
    assert_close(attempt.dice_loss(logits, float64([[1, 0]]), eps=eps), float64(expected))


def test_logits_become_probabilities(attempt):
    """Logits of 0 are probabilities of 1/2: 1 - (2 · 1 + 1) / (2 + 2 + 1) for half of four pixels."""
    logits = torch.zeros(1, 4, dtype=torch.float64)
    assert_close(attempt.dice_loss(logits, float64([[1, 0, 0, 1]])), float64(2 / 5))


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_masks_that_are_sure(attempt, dtype):
    """With sure masks the loss counts pixels: two found of three, one claimed in vain."""
    logits = float64([[1e4, 1e4, -1e4, 1e4, -1e4, -1e4]]).to(dtype)
    targets = float64([[1, 1, 1, 0, 0, 0]]).to(dtype)
    assert_close(attempt.dice_loss(logits, targets), float64(1 - 5 / 7).to(dtype))
    assert_close(attempt.dice_loss(logits, targets, 0.0), float64(1 - 4 / 6).to(dtype))


def test_a_perfect_mask(attempt):
    """A sure mask that is right costs nothing, whatever eps is."""
    targets = float64([[[1, 0, 1], [0, 0, 1]]])
    for eps in (0.0, 1.0, 10.0):
        assert_close(attempt.dice_loss(1e4 * (2 * targets - 1), targets, eps), float64(0))


def test_a_mask_that_misses_everything(attempt):
    """Two masks that do not meet, of two pixels and three: 1 - 1/6, and 1 without eps."""
    logits, targets = float64([[1e4, 1e4, -1e4, -1e4, -1e4]]), float64([[0, 0, 1, 1, 1]])
    assert_close(attempt.dice_loss(logits, targets), float64(5 / 6))
    assert_close(attempt.dice_loss(logits, targets, eps=0.0), float64(1))


def test_empty_masks(attempt):
    """Nothing predicted where nothing is costs nothing; four pixels claimed there cost 1 - 1/5."""
    nothing = torch.zeros(1, 2, 2, dtype=torch.float64)
    assert_close(attempt.dice_loss(nothing - 1e4, nothing), float64(0))
    assert_close(attempt.dice_loss(nothing + 1e4, nothing), float64(4 / 5))


def test_background_does_not_count(attempt):
    """A hundred pixels of sure background more change nothing."""
    logits, targets = float64([[math.log(3), -math.log(3)]]), float64([[1, 0]])
    background = torch.full((1, 100), -1e4, dtype=torch.float64)
    wider = torch.cat([logits, background], dim=1), torch.cat([targets, torch.zeros_like(background)], dim=1)
    assert_close(attempt.dice_loss(*wider), float64(1 / 6))


def test_every_sample_has_its_own_ratio(attempt):
    """A sample of one pixel that is missed weighs as much as a sample of four that are found."""
    targets = float64([[1, 0, 0, 0], [1, 1, 1, 1], [1, 1, 0, 0]])
    logits = 1e4 * float64([[-1, -1, -1, -1], [1, 1, 1, 1], [1, 1, 1, -1]])
    expected = ((1 - 1 / 2) + 0 + (1 - 5 / 6)) / 3
    assert_close(attempt.dice_loss(logits, targets), float64(expected))


def test_channels_belong_to_the_sample(attempt):
    """All axes but the first are summed over: two channels make one ratio, not two."""
    targets = float64([[[[1, 1, 1]], [[0, 0, 1]]]])  # (1, 2, 1, 3)
    logits = 1e4 * float64([[[[1, 1, -1]], [[1, -1, -1]]]])
    assert_close(attempt.dice_loss(logits, targets, eps=0.0), float64(1 - 4 / 7))


def test_soft_targets(attempt):
    """Targets between 0 and 1 enter as they are: nothing is rounded or squared, neither here nor there."""
    logits, targets = float64([[0, math.log(3)]]), float64([[1 / 4, 1 / 2]])  # p = 1/2 and 3/4
    expected = 1 - (2 * (1 / 8 + 3 / 8) + 1) / (5 / 4 + 3 / 4 + 1)
    assert_close(attempt.dice_loss(logits, targets), float64(expected))


@pytest.mark.parametrize(("eps", "expected"), [(0.0, 3 / 4), (0.25, 1 / 2)])
def test_a_total_below_one(attempt, eps, expected):
    """Nothing bounds the denominator from below: p = t = 1/4 make 1 - (2/16 + eps) / (1/2 + eps)."""
    result = attempt.dice_loss(float64([[-math.log(3)]]), float64([[1 / 4]]), eps)
    assert_close(result, float64(expected))


def test_the_gradient_by_hand(attempt):
    """One pixel that is asked for, p = 3/4: the loss is 1 - (2p + 1)/(p + 2), its slope -3/(p + 2)² · p(1 -
    p).
    """
    (actual,) = gradients(lambda x: weighted(attempt.dice_loss(x, float64([[1]]))), float64([[math.log(3)]]))
    assert_close(actual, float64([[-3 / (11 / 4) ** 2 * 3 / 16]]), what="The gradient")


@pytest.mark.parametrize("shape", [(1, 1), (5, 1), (4, 7), (3, 2, 5), (3, 2, 4, 5), (2, 1, 2, 3, 4)])
def test_random_masks(attempt, reference, rng, shape):
    """Values and gradients agree with the reference on masks of any number of axes."""
    check(attempt, reference, *random_batch(rng, shape))


@pytest.mark.parametrize("eps", [0.0, 1e-6, 0.3, 20.0])
def test_random_masks_with_other_eps(attempt, reference, rng, eps):
    """Values and gradients agree with the reference for all sorts of eps."""
    check(attempt, reference, *random_batch(rng, (3, 1, 4, 5)), eps=eps)


def test_float32(attempt, reference, rng):
    """Float32 in, float32 out; values and gradients agree with the reference."""
    check(attempt, reference, *(tensor.float() for tensor in random_batch(rng, (4, 1, 6, 5))))


def test_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as every second pixel of channels-last masks."""
    check(attempt, reference, *(x[:, ::2].permute(0, 3, 1, 2) for x in random_batch(rng, (3, 6, 5, 2))))


def float64(values):
    """Return a tensor of float64."""
    return torch.tensor(values, dtype=torch.float64)


def weighted(loss):
    """Undo the weight that `gradients` gives the only element of a result."""
    return loss / math.cos(0.5)


def random_batch(rng, shape):
    """Return logits and masks; samples cover different shares, so that their ratios differ."""
    share = torch.linspace(0.2, 0.8, shape[0]).reshape(-1, *[1] * (len(shape) - 1))
    targets = (torch.from_numpy(rng.random(shape)) < share).double()
    return 2 * random_tensor(rng, *shape) + targets, targets


def check(attempt, reference, logits, targets, **options):
    """Compare values and the gradients of the logits."""
    modules = attempt, reference
    assert_close(*(module.dice_loss(logits, targets, **options) for module in modules))
    (actual,), (expected,) = (
        gradients(lambda x, m=module: m.dice_loss(x, targets, **options), logits) for module in modules
    )
    assert_close(actual, expected, what="The gradient")


def runtime(attempt, rng):
    """Compare four masks of 500 by 600 pixels."""
    logits, targets = (tensor.float() for tensor in random_batch(rng, (4, 1, 500, 600)))
    return lambda: attempt.dice_loss(logits, targets)
