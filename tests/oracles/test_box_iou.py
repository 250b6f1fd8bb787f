"""Oracles: COCO's own boxes-to-boxes IoU, written in C, and unit cells counted on a grid."""

import numpy as np
import pytest
from pycocotools import mask

from cvdrill.testing import random_boxes, strided


def coco(a, b):
    """Return COCO's IoU; it wants corner and size, and for every box of `b` whether it is a crowd."""
    a, b = (np.hstack([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]]).astype(np.float64) for boxes in (a, b))
    return mask.iou(a, b, [0] * len(b))


def by_counting(a, b):
    """Return the IoU of boxes of whole coordinates: unit cells of both over unit cells of either, or 0."""
    cells = [
        [{(x, y) for x in range(x1, x2) for y in range(y1, y2)} for x1, y1, x2, y2 in boxes.tolist()]
        for boxes in (a, b)
    ]
    return np.array([[len(p & q) / len(p | q) if p | q else 0.0 for q in cells[1]] for p in cells[0]])


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-12), (np.float32, 1e-4)])
@pytest.mark.parametrize("size", [1.0, 100.0, 10000.0])
def test_agrees_with_coco(reference, rng, size, dtype, rtol):
    for n, m in ((1, 1), (1, 7), (5, 1), (3, 4), (40, 60)):
        a, b = (random_boxes(rng, count, size=size, dtype=dtype)[0] for count in (n, m))
        result = reference.box_iou(a, b)
        np.testing.assert_allclose(result, coco(a, b), rtol=rtol, atol=rtol / 10)
        assert result.dtype == dtype


def test_agrees_with_coco_on_views(reference, rng):
    a, b = (random_boxes(rng, count)[0] for count in (6, 9))
    np.testing.assert_allclose(reference.box_iou(strided(a), strided(b)), coco(a, b), rtol=1e-12)


def test_agrees_with_counting_cells_where_boxes_touch_nest_and_have_no_area(reference, rng):
    degenerate = met = 0
    for _ in range(300):
        a, b = (
            np.hstack([corner, corner + rng.integers(0, 4, corner.shape)])
            for corner in (rng.integers(-1, 2, (5, 2)), rng.integers(-1, 2, (6, 2)))
        )
        expected = by_counting(a, b)
        for dtype in (np.int32, np.int64, np.float64):
            result = reference.box_iou(a.astype(dtype), b.astype(dtype))
            np.testing.assert_allclose(result, expected, rtol=1e-12)
            assert result.dtype == np.float64
        np.testing.assert_allclose(coco(a, b), expected, rtol=1e-12)
        empty_a, empty_b = (((boxes[:, 2:] - boxes[:, :2]).prod(axis=1) == 0) for boxes in (a, b))
        degenerate += (empty_a[:, None] & empty_b).sum()
        met += (expected == 1).sum()
    assert degenerate > 100, "the oracle is only worth its name when pairs of boxes without area occur"
    assert met > 20, "and when equal boxes occur"


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("n", "m"), [(0, 3), (3, 0), (0, 0)])
def test_no_boxes_keep_two_dimensions(reference, n, m, dtype):
    result = reference.box_iou(np.zeros((n, 4), dtype), np.zeros((m, 4), dtype))
    assert result.shape == (n, m)
    assert result.dtype == dtype
