"""Oracles: all subsets of the negatives, of which the one with the largest sum wins; torch.topk."""

import itertools

import numpy as np
import pytest
import torch

from cvdrill.testing import strided


def best_subset(losses, is_positive, ratio):
    """Try every subset of the right size; of equal sums the first wins, whose anchors come earlier."""
    keep = is_positive.copy()
    for image, row in enumerate(losses.astype(np.float64)):
        negatives = [anchor for anchor in range(len(row)) if not is_positive[image, anchor]]
        size = min(ratio * (len(row) - len(negatives)), len(negatives))
        subsets = itertools.combinations(negatives, size)  # in lexicographic order
        keep[image, list(max(subsets, key=lambda subset: row[list(subset)].sum()))] = True
    return keep


def topk(losses, is_positive, ratio):
    keep = is_positive.copy()
    for image in range(len(losses)):
        (negatives,) = np.nonzero(~is_positive[image])
        k = min(ratio * int(is_positive[image].sum()), len(negatives))
        keep[image, negatives[torch.topk(torch.from_numpy(losses[image, negatives]), k).indices]] = True
    return keep


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("levels", [3, 1000])
@pytest.mark.parametrize("ratio", [0, 1, 2, 3, 5])
def test_agrees_with_all_subsets(reference, rng, ratio, levels, dtype):
    none = cut = tied = 0
    for anchors in (1, 2, 3, 5, 8, 10) * 5:
        # Sums of eighths are exact, so that equal sums compare equal.
        losses = (rng.integers(0, levels, (8, anchors)) / 8).astype(dtype)
        is_positive = rng.random((8, anchors)) < rng.choice([0.1, 0.3, 0.9])
        before = losses.copy(), is_positive.copy()
        result = reference.hard_negative_mining(strided(losses), strided(is_positive), ratio)
        np.testing.assert_array_equal(result, best_subset(losses, is_positive, ratio))
        np.testing.assert_array_equal(losses, before[0])
        np.testing.assert_array_equal(is_positive, before[1])
        assert result.dtype == bool
        none += (~is_positive.any(axis=1)).sum()
        cut += (~result & is_positive.any(axis=1, keepdims=True)).any(axis=1).sum()
        for row, kept, positive in zip(losses, result, is_positive, strict=True):
            tied += bool({*row[kept & ~positive]} & {*row[~kept]})
    assert none > 10
    assert cut > 10
    assert tied > 5 or levels > 3 or ratio == 0, "the oracle is only worth its name when losses tie"


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", [(1, 5000), (3, 200), (50, 7), (16, 1)])
def test_agrees_with_topk_where_losses_differ(reference, rng, shape, dtype):
    losses = (rng.permutation(np.prod(shape)) / 4).reshape(shape).astype(dtype)
    for share in (0.0, 0.02, 0.2, 1.0):
        is_positive = rng.random(shape) < share
        for ratio in (0, 1, 3, 20):
            result = reference.hard_negative_mining(losses, is_positive, ratio)
            np.testing.assert_array_equal(result, topk(losses, is_positive, ratio))


@pytest.mark.parametrize("shape", [(0, 4), (3, 0), (0, 0)])
def test_nothing_to_choose_from(reference, shape):
    result = reference.hard_negative_mining(np.zeros(shape), np.zeros(shape, bool))
    assert result.shape == shape
    assert result.dtype == bool


def test_the_default_ratio(reference, rng):
    losses, is_positive = rng.random((6, 40)), rng.random((6, 40)) < 0.1
    np.testing.assert_array_equal(
        reference.hard_negative_mining(losses, is_positive),
        reference.hard_negative_mining(losses, is_positive, 3),
    )
