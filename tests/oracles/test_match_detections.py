"""Oracle: pycocotools, on random boxes and on whole numbers, where IoUs meet thresholds and scores tie."""

import numpy as np
import pytest
from pycocotools import mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from cvdrill.testing import random_boxes, strided


def corner_and_size(boxes):
    return np.hstack([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]]).astype(np.float64)


def annotations(boxes, **more):
    for i, box in enumerate(corner_and_size(boxes).tolist()):
        extra = {key: value[i] for key, value in more.items()}
        common = {"image_id": 1, "category_id": 1, "area": box[2] * box[3], "iscrowd": 0}
        yield {"id": i + 1, "bbox": box, **common, **extra}


def coco(items):
    database = COCO()
    database.dataset = {"images": [{"id": 1}], "annotations": list(items), "categories": [{"id": 1}]}
    database.createIndex()
    return database


def pycocotools(boxes, scores, truths, threshold):
    """Return which detections COCO's evaluation matches; it lists them by score, with their ids."""
    flags = np.zeros(len(boxes), bool)
    evaluation = COCOeval(coco(annotations(truths)), coco(annotations(boxes, score=scores.tolist())), "bbox")
    evaluation.params.iouThrs = np.array([threshold])
    evaluation.params.maxDets = [max(len(boxes), 1)]
    evaluation.params.areaRng, evaluation.params.areaRngLbl = [[0, 1e10]], ["all"]
    evaluation.evaluate()
    (image,) = evaluation.evalImgs
    if image is not None:
        for detection, match in zip(image["dtIds"], image["dtMatches"][0], strict=True):
            flags[detection - 1] = match > 0
    return flags


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("threshold", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_agrees_with_pycocotools(reference, rng, threshold, dtype):
    hits = 0
    for n, m in ((1, 1), (5, 2), (3, 9), (60, 20), (200, 50)):
        truths, _ = random_boxes(rng, m, dtype=dtype)
        boxes, scores = random_boxes(rng, n, dtype=dtype)
        boxes[::2] = truths[rng.integers(0, m, len(boxes[::2]))] + rng.normal(0, 1.5, boxes[::2].shape)
        result = reference.match_detections(strided(boxes), strided(scores), strided(truths), threshold)
        np.testing.assert_array_equal(result, pycocotools(boxes, scores, truths, threshold))
        assert result.dtype == bool
        hits += result.sum()
    assert hits > 20, "the oracle is only worth its name when detections hit"


def test_agrees_with_pycocotools_where_ious_meet_thresholds_and_scores_tie(reference, rng):
    met = compared = 0
    while compared < 400:
        corner_a, corner_b = rng.integers(-2, 3, (5, 2)), rng.integers(-2, 3, (3, 2))
        boxes = np.hstack([corner_a, corner_a + rng.integers(1, 6, (5, 2))]).astype(float)
        truths = np.hstack([corner_b, corner_b + rng.integers(1, 6, (3, 2))]).astype(float)
        scores, threshold = rng.integers(0, 3, 5) / 4, rng.choice([0.25, 0.5])
        ious = mask.iou(corner_and_size(boxes), corner_and_size(truths), [0] * 3)
        if any(len({*row[row > 0]}) < (row > 0).sum() for row in ious):
            continue  # the statement leaves open which of two objects with equal IoUs is taken
        compared += 1
        met += (ious == threshold).any()
        result = reference.match_detections(boxes, scores, truths, threshold)
        np.testing.assert_array_equal(result, pycocotools(boxes, scores, truths, threshold))
    assert met > 40, "the oracle is only worth its name when IoUs meet the threshold"


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 3), (4, 0)])
def test_nothing_to_match(reference, rng, n, m, dtype):
    boxes, scores = random_boxes(rng, n, dtype=dtype)
    truths, _ = random_boxes(rng, m, dtype=dtype)
    result = reference.match_detections(boxes, scores, truths, 0.5)
    np.testing.assert_array_equal(result, pycocotools(boxes, scores, truths, 0.5))
    assert result.dtype == bool
