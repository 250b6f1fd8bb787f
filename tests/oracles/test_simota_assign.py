"""Oracles: YOLOX's published matrix form in torch, and a search through all assignments of small tables."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
import torch

from cvdrill.testing import strided


def yolox(cost, ious, top_k):
    """Follow YOLOX's simota_matching: a matrix of matches, whose columns with several ones are cleaned up."""
    cost, ious = torch.tensor(cost), torch.tensor(ious)
    matching = torch.zeros(cost.shape, dtype=torch.uint8)
    best, _ = torch.topk(ious, min(top_k, ious.size(1)), dim=1)
    dynamic_ks = torch.clamp(best.sum(1).int(), min=1)
    for truth in range(len(cost)):
        _, positions = torch.topk(cost[truth], k=int(dynamic_ks[truth]), largest=False)
        matching[truth][positions] = 1
    several = matching.sum(0) > 1
    cheapest = torch.min(cost[:, several], dim=0).indices
    matching[:, several] = 0
    matching[cheapest, several.nonzero().ravel()] = 1
    return torch.where(matching.sum(0) > 0, matching.argmax(0), -1).numpy()


def by_search(cost, ious, top_k):
    """Try every set of k anchors for each object and keep the cheapest; then all claimants of each anchor."""
    num_truths, num_anchors = cost.shape
    sets = []
    for truth in range(num_truths):
        most = max(
            sum(Fraction(float(ious[truth, a])) for a in group)
            for group in itertools.combinations(range(num_anchors), min(top_k, num_anchors))
        )
        k = 1
        while k + 1 <= most:
            k += 1
        groups = itertools.combinations(range(num_anchors), k)
        sets.append(
            min(groups, key=lambda group: (sum(Fraction(float(cost[truth, a])) for a in group), group))
        )
    return [
        min((t for t in range(num_truths) if a in sets[t]), key=lambda t: cost[t, a], default=-1)
        for a in range(num_anchors)
    ]


def claims(cost, ious, top_k):
    ks = [max(1, int(sum(sorted(row)[-top_k:]))) for row in ious.astype(np.float64)]
    return np.array(
        [np.isin(np.arange(len(row)), row.argsort()[:k]) for row, k in zip(cost, ks, strict=True)]
    )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("top_k", [1, 3, 10, 20])
def test_agrees_with_yolox(reference, rng, top_k, dtype):
    conflicts = 0
    for num_truths, num_anchors in ((1, 1), (1, 20), (3, 4), (6, 30), (20, 200)):
        cost = rng.uniform(-1, 5, (num_truths, num_anchors)) + rng.uniform(0, 20, num_anchors)
        ious = (rng.random(cost.shape) * rng.random((num_truths, 1))).astype(dtype)
        cost = cost.astype(dtype)
        disputed = claims(cost, ious, top_k).sum(axis=0) > 1
        # Where an object without a claim would be cheaper still, YOLOX gives the anchor to it.
        cost[~claims(cost, ious, top_k) & disputed] += 1000
        conflicts += disputed.sum()
        result = reference.simota_assign(strided(cost), strided(ious), top_k)
        np.testing.assert_array_equal(result, yolox(cost, ious, top_k))
    assert conflicts, "the oracle is only worth its name when objects dispute anchors"


def test_agrees_with_a_search_through_all_assignments(reference, rng):
    for _ in range(150):
        num_truths, num_anchors = rng.integers(1, 5), rng.integers(1, 7)
        cost = rng.uniform(0, 9, (num_truths, num_anchors))
        ious = rng.random(cost.shape)
        top_k = int(rng.integers(1, 8))
        np.testing.assert_array_equal(
            reference.simota_assign(cost, ious, top_k), by_search(cost, ious, top_k)
        )


def test_equal_costs_go_to_the_earlier_anchor(reference, rng):
    for _ in range(50):
        cost = rng.integers(0, 4, (1, 8)).astype(float)
        ious = rng.random((1, 8))
        np.testing.assert_array_equal(reference.simota_assign(cost, ious), by_search(cost, ious, 10))


def test_ten_ious_by_default_and_no_objects(reference, rng):
    cost, ious = rng.random((3, 30)), rng.random((3, 30))
    np.testing.assert_array_equal(
        reference.simota_assign(cost, ious), reference.simota_assign(cost, ious, 10)
    )
    assert (reference.simota_assign(cost, ious) != reference.simota_assign(cost, ious, 11)).any()
    result = reference.simota_assign(cost[:0], ious[:0])
    np.testing.assert_array_equal(result, np.full(30, -1))
    assert result.dtype.kind == "i"
