"""Oracles: OpenCV's softNMSBoxes on whole coordinates, and the definition with overlaps counted in cells."""

import math

import cv2
import numpy as np
import pytest

from cvdrill.testing import random_boxes, strided


def opencv(boxes, scores, sigma, threshold):
    """Return what OpenCV selects; it takes whole coordinates and computes in float32."""
    corner_and_size = np.hstack([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]]).astype(int)
    decayed, indices = cv2.dnn.softNMSBoxes(
        corner_and_size.tolist(), scores.tolist(), threshold, 0.3, sigma=sigma, method=2
    )
    return np.asarray(indices, int).ravel(), np.asarray(decayed, float).ravel()


def cells(box):
    """Return the unit cells that a box of whole coordinates covers."""
    x1, y1, x2, y2 = box
    return {(x, y) for x in range(x1, x2) for y in range(y1, y2)}


def by_definition(boxes, scores, sigma, threshold):
    """A current score is the given one times one power of e, of the squared IoUs with all selected boxes."""
    covered = [cells(box) for box in boxes]
    selected, decayed = [], []

    def current(i):
        squares = sum((len(covered[i] & covered[j]) / len(covered[i] | covered[j])) ** 2 for j in selected)
        return scores[i] * math.exp(-squares / sigma)

    while len(selected) < len(boxes):
        # Rounded, since a sum of squares and a product of powers break ties each in its own way.
        best = min(set(range(len(boxes))) - {*selected}, key=lambda i: (-round(current(i), 12), i))
        if current(best) < threshold:
            break
        decayed.append(current(best))
        selected.append(best)
    return np.array(selected, int), np.array(decayed, float)


def whole(rng, n):
    boxes, scores = random_boxes(rng, n)
    return np.round(boxes), scores


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("sigma", [0.1, 0.3, 0.5, 1.0])
@pytest.mark.parametrize("threshold", [0.0, 0.001, 0.2])
def test_agrees_with_opencv(reference, rng, sigma, threshold, dtype):
    reordered = 0
    for n in (1, 2, 3, 10, 30) * 4:
        boxes, scores = whole(rng, n)
        boxes, scores = boxes.astype(dtype), scores.astype(dtype)
        before = boxes.copy(), scores.copy()
        indices, decayed = reference.soft_nms(boxes, scores, sigma, threshold)
        expected_indices, expected = opencv(boxes, scores, sigma, threshold)
        np.testing.assert_array_equal(indices, expected_indices)
        np.testing.assert_allclose(decayed, expected, rtol=1e-4, atol=1e-7)
        np.testing.assert_array_equal(boxes, before[0])
        np.testing.assert_array_equal(scores, before[1])
        assert decayed.dtype == dtype
        reordered += (np.diff(scores[indices]) > 0).any()
    assert reordered > 3, "the oracle is only worth its name when boxes fall back"


def test_agrees_with_counting_cells(reference, rng):
    stopped = 0
    for _ in range(300):
        corner = rng.integers(-3, 4, (6, 2))
        boxes = np.hstack([corner, corner + rng.integers(1, 5, (6, 2))])
        scores, sigma = rng.random(6), rng.uniform(0.1, 2)
        for threshold in (0.0, 0.1, 0.4):
            expected_indices, expected = by_definition(boxes.tolist(), scores, sigma, threshold)
            indices, decayed = reference.soft_nms(
                strided(boxes.astype(float)), strided(scores), sigma, threshold
            )
            np.testing.assert_array_equal(indices, expected_indices)
            np.testing.assert_allclose(decayed, expected, rtol=1e-12)
            stopped += 0 < len(indices) < 6
    assert stopped > 100, "the oracle is only worth its name when the threshold ends the selection"


def test_agrees_with_counting_cells_where_scores_tie_and_meet_the_threshold(reference, rng):
    """Boxes of one row overlap nothing, so that their scores stay what they are; others decay."""
    for _ in range(200):
        boxes = np.array([[8 * i, 0, 8 * i + 4, 4] for i in range(6)] + [[0, 0, 4, 2]])
        scores = rng.integers(0, 5, 7) / 4
        for threshold in (0.0, 0.25, 0.5, 1.0):
            expected_indices, expected = by_definition(boxes.tolist(), scores, 0.5, threshold)
            indices, decayed = reference.soft_nms(boxes.astype(float), scores, 0.5, threshold)
            np.testing.assert_array_equal(indices, expected_indices)
            np.testing.assert_allclose(decayed, expected, rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_boxes_select_nothing(reference, dtype):
    indices, decayed = reference.soft_nms(np.zeros((0, 4), dtype), np.zeros(0, dtype))
    assert indices.shape == decayed.shape == (0,)
    assert indices.dtype.kind == "i"
    assert decayed.dtype == dtype


def test_defaults(reference, rng):
    boxes, scores = random_boxes(rng, 60)
    for short, long in zip(
        reference.soft_nms(boxes, scores), reference.soft_nms(boxes, scores, 0.5, 0.001), strict=True
    ):
        np.testing.assert_array_equal(short, long)
