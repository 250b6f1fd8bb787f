"""Oracles: OpenCV's NMSBoxes, which removes overlaps greater than the threshold, and the definition."""

import cv2
import numpy as np
import pytest

from cvdrill.testing import random_boxes


def opencv(boxes, scores, threshold):
    corner_and_size = np.hstack([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]])
    return np.array(cv2.dnn.NMSBoxes(corner_and_size.tolist(), scores.tolist(), 0.0, threshold), dtype=int)


def cells(box):
    """Return the unit cells that a box of whole coordinates covers."""
    x1, y1, x2, y2 = box
    return {(x, y) for x in range(x1, x2) for y in range(y1, y2)}


def by_definition(boxes, scores, threshold):
    """A box is kept unless a kept box that comes before it shares too large a part of the cells of both."""
    order = sorted(range(len(boxes)), key=lambda i: (-scores[i], i))
    covered = [cells(box) for box in boxes]
    kept = []
    for i in order:
        overlaps = (len(covered[i] & covered[j]) / len(covered[i] | covered[j]) for j in kept)
        if not any(overlap > threshold for overlap in overlaps):
            kept.append(i)
    return kept


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("threshold", [0.05, 0.3, 0.5, 0.7, 0.95])
def test_agrees_with_opencv(reference, rng, threshold, dtype):
    for n in (1, 2, 3, 10, 50, 200):
        boxes, scores = random_boxes(rng, n, dtype=dtype)
        np.testing.assert_array_equal(
            reference.nms(boxes, scores, threshold), opencv(boxes, scores, threshold)
        )


def test_agrees_with_counting_cells_where_ious_meet_thresholds_and_scores_tie(reference, rng):
    met = 0
    for _ in range(300):
        corner = rng.integers(-3, 4, (6, 2))
        boxes = np.hstack([corner, corner + rng.integers(1, 5, (6, 2))])
        scores = rng.integers(0, 4, 6) / 4
        for threshold in (0.0, 0.25, 0.5, 1.0):
            expected = by_definition(boxes.tolist(), scores, threshold)
            np.testing.assert_array_equal(reference.nms(boxes.astype(float), scores, threshold), expected)
        covered = [cells(box) for box in boxes.tolist()]
        met += any(2 * len(a & b) == len(a | b) for i, a in enumerate(covered) for b in covered[:i])
    assert met > 20, "the oracle is only worth its name when IoUs of exactly 1/2 occur"


def test_no_boxes_give_no_indices(reference):
    result = reference.nms(np.zeros((0, 4)), np.zeros(0), 0.5)
    assert result.shape == (0,)
    assert result.dtype.kind == "i"
