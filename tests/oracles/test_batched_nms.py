"""Oracles: OpenCV's NMSBoxes class by class, and the definition on a grid of unit cells."""

import itertools

import cv2
import numpy as np
import pytest

from cvdrill.testing import random_boxes


def opencv_by_class(boxes, scores, labels, threshold):
    """Run OpenCV, which knows no classes here, on each of them, and merge by score, then by index."""
    corner_and_size = np.hstack([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]])
    kept = []
    for label in set(labels.tolist()):
        members = [i for i in range(len(boxes)) if labels[i] == label]
        chosen = cv2.dnn.NMSBoxes(corner_and_size[members].tolist(), scores[members].tolist(), 0.0, threshold)
        kept += [members[place] for place in chosen]
    return sorted(kept, key=lambda i: (-scores[i], i))


def cells(box):
    """Return the unit cells that a box of whole coordinates covers."""
    x1, y1, x2, y2 = box
    return {(x, y) for x in range(x1, x2) for y in range(y1, y2)}


def by_definition(boxes, scores, labels, threshold):
    """Unit cells carry the class with them, so that boxes of two classes have none in common."""
    covered = [{(label, *cell) for cell in cells(box)} for label, box in zip(labels, boxes, strict=True)]
    kept = []
    for i in sorted(range(len(boxes)), key=lambda i: (-scores[i], i)):
        if not any(len(covered[i] & covered[j]) > threshold * len(covered[i] | covered[j]) for j in kept):
            kept.append(i)
    return kept


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("threshold", [0.05, 0.3, 0.5, 0.7, 0.95])
def test_agrees_with_opencv_on_each_class(reference, rng, threshold, dtype):
    for n, classes in ((1, 1), (2, 2), (10, 1), (10, 4), (50, 3), (200, 80)):
        boxes, scores = random_boxes(rng, n, dtype=dtype, clear_of=threshold)
        boxes -= dtype(60)
        for labels in (rng.integers(0, classes, n), rng.integers(0, classes, n).astype(np.int32) * 13):
            result = reference.batched_nms(boxes, scores, labels, threshold)
            np.testing.assert_array_equal(result, opencv_by_class(boxes, scores, labels, threshold))


def test_agrees_with_counting_cells_where_ious_meet_thresholds_and_scores_tie(reference, rng):
    ties_across_classes = 0
    for _ in range(300):
        corner = rng.integers(-3, 4, (8, 2))
        boxes = np.hstack([corner, corner + rng.integers(1, 5, (8, 2))])
        scores, labels = rng.integers(0, 4, 8) / 4, rng.integers(0, 3, 8)
        for threshold in (0.0, 0.25, 0.5, 1.0):
            expected = by_definition(boxes.tolist(), scores, labels.tolist(), threshold)
            result = reference.batched_nms(boxes.astype(float), scores, labels, threshold)
            np.testing.assert_array_equal(result, expected)
            kept = itertools.pairwise(expected)
            ties_across_classes += any(scores[i] == scores[j] and labels[i] > labels[j] for i, j in kept)
    assert ties_across_classes > 100, "the oracle is only worth its name when classes tie"


def test_no_boxes_give_no_indices(reference):
    result = reference.batched_nms(np.zeros((0, 4)), np.zeros(0), np.zeros(0, int), 0.5)
    assert result.shape == (0,)
    assert result.dtype.kind == "i"
