import math

import pytest
import torch

from cvdrill.testing import assert_close, gradients, random_tensor


def test_a_positive(attempt):
    """A positive that is given 3/4 costs 0.25 · (1/4)² · ln 4/3."""
    expected = 0.25 * (1 / 4) ** 2 * math.log(4 / 3)
    assert_close(attempt.focal_loss(float64([math.log(3)]), float64([1])), float64(expected))


def test_a_negative(attempt):
    """A negative that is given 3/4 has p_t = 1/4 and costs 0.75 · (3/4)² · ln 4."""
    expected = 0.75 * (3 / 4) ** 2 * math.log(4)
    assert_close(attempt.focal_loss(float64([math.log(3)]), float64([0])), float64(expected))


def test_alpha_weighs_the_positives(attempt):
    """Positives weigh alpha, negatives 1 - alpha."""
    undecided, both = float64([0]), 0.25 * math.log(2)
    assert_close(attempt.focal_loss(undecided, float64([1]), alpha=0.9), float64(0.9 * both))
    assert_close(attempt.focal_loss(undecided, float64([0]), alpha=0.9), float64(0.1 * both))


@pytest.mark.parametrize("alpha", [0.0, 1.0])
def test_alpha_of_zero_or_one(attempt, alpha):
    """With alpha 1 only positives count, with alpha 0 only negatives."""
    logits, targets = float64([0, math.log(3)]), float64([1, 0])
    expected = {1.0: math.log(2) / 4 / 2, 0.0: math.log(4) * 9 / 16 / 2}[alpha]
    assert_close(attempt.focal_loss(logits, targets, alpha=alpha), float64(expected))


def test_gamma_of_zero_is_weighted_cross_entropy(attempt):
    """With gamma 0 nothing is played down: alpha_t times the cross-entropy is left."""
    logits, targets = float64([math.log(3), math.log(3)]), float64([1, 0])
    expected = (0.25 * math.log(4 / 3) + 0.75 * math.log(4)) / 2
    assert_close(attempt.focal_loss(logits, targets, gamma=0.0), float64(expected))


@pytest.mark.parametrize("gamma", [0.5, 1.0, 3.0, 5])
def test_other_gammas(attempt, gamma):
    """The factor is (1 - p_t) to the power of gamma, whatever gamma is."""
    logits, targets = float64([math.log(3), -math.log(3)]), float64([1, 1])  # p_t = 3/4 and 1/4
    expected = 0.6 * ((1 / 4) ** gamma * math.log(4 / 3) + (3 / 4) ** gamma * math.log(4)) / 2
    assert_close(attempt.focal_loss(logits, targets, 0.6, gamma), float64(expected))


def test_an_easy_element_costs_little(attempt):
    """An element that is sure and right costs far less than one that is sure and wrong."""
    logits = float64([math.log(99), math.log(99)])
    expected = (0.25 * 0.01**2 * math.log(100 / 99) + 0.75 * 0.99**2 * math.log(100)) / 2
    assert_close(attempt.focal_loss(logits, float64([1, 0])), float64(expected))


def test_the_mean_over_all_elements(attempt):
    """The sum is divided by the number of elements, of which there are six here: not rows, not positives."""
    logits, targets = torch.zeros(2, 3, dtype=torch.float64), float64([[1, 0, 0], [0, 0, 0]])
    expected = (0.25 + 5 * 0.75) / 6 * 0.25 * math.log(2)
    assert_close(attempt.focal_loss(logits, targets), float64(expected))


@pytest.mark.parametrize("target", [0, 1])
def test_only_one_kind(attempt, target):
    """Without positives, or without negatives, the mean is over what there is."""
    logits = float64([[0, math.log(3)], [-math.log(3), 0]])
    p_t = [1 / 2, 3 / 4, 1 / 4, 1 / 2]  # of these logits; mirrored for negatives
    expected = sum((1 - p) ** 2 * math.log(1 / p) for p in p_t) / 4 * (0.25 if target else 0.75)
    assert_close(attempt.focal_loss(logits, torch.full_like(logits, target)), float64(expected))


def test_each_element_is_focused_by_its_own_probability(attempt):
    """The factor belongs to the element: a hard one beside an easy one keeps its full weight."""
    logits, targets = float64([math.log(9), -math.log(9)]), float64([1, 1])  # p_t = 9/10 and 1/10
    expected = 0.25 * (0.1**2 * math.log(10 / 9) + 0.9**2 * math.log(10)) / 2
    assert_close(attempt.focal_loss(logits, targets), float64(expected))


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
@pytest.mark.parametrize("gamma", [0.0, 1.0, 2.0])
def test_sure_and_wrong(attempt, dtype, gamma):
    """A logit of ±1e4 on the wrong side costs 1e4 times its alpha_t, not inf, and nothing is cut off."""
    logits = float64([-1e4, 1e4]).to(dtype)
    for targets, expected in (([1, 1], 0.25 * 5e3), ([0, 0], 0.75 * 5e3), ([1, 0], 5e3)):
        result = attempt.focal_loss(logits, torch.tensor(targets, dtype=dtype), gamma=gamma)
        assert_close(result, float64(expected).to(dtype))


def test_a_small_chance_is_not_cut_off(attempt):
    """A probability of e^-60 costs 60 times alpha_t: nothing is clipped or added inside the logarithm."""
    assert_close(attempt.focal_loss(float64([-60, 60]), float64([1, 0])), float64(30))


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_sure_and_right(attempt, dtype):
    """A logit of ±1e4 on the right side costs nothing."""
    logits, targets = float64([1e4, -1e4]).to(dtype), torch.tensor([1, 0], dtype=dtype)
    assert_close(attempt.focal_loss(logits, targets), torch.zeros((), dtype=dtype), atol=1e-12)


def test_the_gradient_by_hand(attempt):
    """The slope is -alpha_t (1 - p_t)² (1 - p_t - 2 p_t ln p_t): the focusing factor has one too."""
    logits, targets = float64([math.log(3), math.log(3)]), float64([1, 0])  # p_t = 3/4 and 1/4
    (actual,) = gradients(lambda x: weighted(attempt.focal_loss(x, targets)), logits)
    positive = -0.25 * (1 / 16) * (1 / 4 + 3 / 2 * math.log(4 / 3))
    negative = 0.75 * (9 / 16) * (3 / 4 + 1 / 2 * math.log(4))
    assert_close(actual, float64([positive / 2, negative / 2]), what="The gradient")


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
@pytest.mark.parametrize("gamma", [0.0, 1.0, 2.0])
def test_the_gradient_of_extreme_logits(attempt, dtype, gamma):
    """Sure and wrong pulls with the full weight, sure and right not at all; neither gives NaN."""
    logits = float64([-1e4, 1e4, 1e4, -1e4]).to(dtype)
    targets = torch.tensor([1, 0, 1, 0], dtype=dtype)
    (actual,) = gradients(lambda x: weighted(attempt.focal_loss(x, targets, gamma=gamma)), logits)
    assert_close(actual, float64([-0.25 / 4, 0.75 / 4, 0, 0]).to(dtype), what="The gradient")


@pytest.mark.parametrize("shape", [(), (1,), (7,), (5, 3), (2, 3, 4, 5)])
def test_random_logits(attempt, reference, rng, shape):
    """Agrees with the reference on logits and targets of any shape, with the default alpha and gamma."""
    logits, targets = random_batch(rng, shape)
    assert_close(attempt.focal_loss(logits, targets), reference.focal_loss(logits, targets))


@pytest.mark.parametrize(("alpha", "gamma"), [(0.25, 2.0), (0.5, 0.0), (0.7, 0.5), (0.4, 1.0), (0.9, 4.5)])
def test_random_gradients(attempt, reference, rng, alpha, gamma):
    """Values and gradients agree with the reference for all sorts of alpha and gamma."""
    logits, targets = random_batch(rng, (6, 5))
    assert_close(
        attempt.focal_loss(logits, targets, alpha, gamma), reference.focal_loss(logits, targets, alpha, gamma)
    )
    check_gradients(attempt, reference, logits, targets, alpha=alpha, gamma=gamma)


def test_float32(attempt, reference, rng):
    """Float32 in, float32 out; values and gradients agree with the reference."""
    logits, targets = (tensor.float() for tensor in random_batch(rng, (9, 4)))
    assert_close(attempt.focal_loss(logits, targets), reference.focal_loss(logits, targets))
    check_gradients(attempt, reference, logits, targets)


def test_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as one class of a channels-first output."""
    logits, targets = (tensor.transpose(1, 2)[:, ::2] for tensor in random_batch(rng, (3, 4, 10)))
    assert_close(attempt.focal_loss(logits, targets), reference.focal_loss(logits, targets))
    check_gradients(attempt, reference, logits, targets)


def float64(values):
    """Return a tensor of float64."""
    return torch.tensor(values, dtype=torch.float64)


def weighted(loss):
    """Undo the weight that `gradients` gives the only element of a result."""
    return loss / math.cos(0.5)


def random_batch(rng, shape):
    """Return logits, with p_t between 0.002 and 0.998, and targets of both kinds.

    Nothing is so easy that 1 - p_t, computed as a difference, loses digits that the mean would show.
    """
    logits = (2 * random_tensor(rng, *shape)).clamp(-6, 6)
    return logits, torch.tensor(rng.integers(0, 2, shape), dtype=torch.float64)


def check_gradients(attempt, reference, logits, targets, **options):
    """Compare the gradients of the logits."""
    (actual,), (expected,) = (
        gradients(lambda x, m=module: m.focal_loss(x, targets, **options), logits)
        for module in (attempt, reference)
    )
    assert_close(actual, expected, what="The gradient")


def runtime(attempt, rng):
    """Average the loss of 150,000 anchors."""
    logits, targets = (
        random_tensor(rng, 150_000).float(),
        torch.from_numpy(rng.random(150_000) < 0.01).float(),
    )
    return lambda: attempt.focal_loss(logits, targets)
