"""Oracles: COCO's IoU of run-length encoded masks, written in C, and sets of pixels."""

import numpy as np
import pytest
from pycocotools import mask

from cvdrill.testing import strided


def coco(a, b):
    runs = [mask.encode(np.asfortranarray(masks.transpose(1, 2, 0).astype(np.uint8))) for masks in (a, b)]
    return np.asarray(mask.iou(*runs, [0] * len(b)))


def by_sets(a, b):
    pixels = [[set(np.flatnonzero(one).tolist()) for one in masks] for masks in (a, b)]
    return np.array([[len(p & q) / len(p | q) if p | q else 0.0 for q in pixels[1]] for p in pixels[0]])


def random_masks(rng, n, height, width):
    return rng.uniform(size=(n, height, width)) < rng.uniform(0, 1, (n, 1, 1)) ** 2


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 9), (8, 3), (40, 50), (300, 260)])
def test_agrees_with_coco(reference, rng, height, width):
    for n, m in ((1, 1), (1, 4), (5, 1), (6, 7)):
        a, b = (random_masks(rng, k, height, width) for k in (n, m))
        a[0, 0, 0] = b[0, 0, 0] = True
        a[-1] |= ~a[-1].any()  # COCO calls two empty masks NaN, so one of them is full
        result = reference.mask_iou(a, b)
        if (a.any((1, 2))[:, None] | b.any((1, 2))).all():
            np.testing.assert_allclose(result, coco(a, b), rtol=1e-12)
        np.testing.assert_array_equal(reference.mask_iou(strided(a), strided(b)), result)
        assert result.dtype == np.float64


def test_agrees_with_sets_of_pixels_where_masks_are_tiny_equal_and_empty(reference, rng):
    empty = equal = 0
    for _ in range(200):
        a, b = (random_masks(rng, 4, 2, 3) for _ in range(2))
        expected = by_sets(a, b)
        np.testing.assert_allclose(reference.mask_iou(a, b), expected, rtol=1e-12)
        empty += (~a.any((1, 2))[:, None] & ~b.any((1, 2))).sum()
        equal += (expected == 1).sum()
    assert empty > 50, "the oracle is only worth its name when pairs of empty masks occur"
    assert equal > 20, "and when equal masks occur"


@pytest.mark.parametrize(("n", "m"), [(0, 3), (3, 0), (0, 0)])
def test_no_masks_keep_two_dimensions(reference, n, m):
    result = reference.mask_iou(np.zeros((n, 4, 5), bool), np.zeros((m, 4, 5), bool))
    assert result.shape == (n, m)
    assert result.dtype.kind == "f"
