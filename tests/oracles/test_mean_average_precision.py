"""Oracle: pycocotools' COCOeval on random data sets of several images and classes."""

import numpy as np
import pytest
from pycocotools import mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from cvdrill.testing import strided


def corner_and_size(boxes):
    return np.hstack([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]]).astype(np.float64)


def coco(data, classes):
    annotations = []
    for image, entry in enumerate(data):
        scores = entry.get("scores", np.ones(len(entry["boxes"])))
        columns = corner_and_size(entry["boxes"]).tolist(), entry["labels"].tolist(), scores.tolist()
        for box, label, score in zip(*columns, strict=True):
            where = {"id": len(annotations) + 1, "image_id": image, "category_id": label, "iscrowd": 0}
            annotations.append({**where, "bbox": box, "area": box[2] * box[3], "score": score})
    database = COCO()
    images, categories = [{"id": i} for i in range(len(data))], [{"id": label} for label in classes]
    database.dataset = {"images": images, "annotations": annotations, "categories": categories}
    database.createIndex()
    return database


def pycocotools(detections, truths, thresholds=None, max_detections=100):
    """Return COCO's first number, which is the mean over all that is not -1."""
    classes = {label for entry in detections + truths for label in entry["labels"].tolist()}
    evaluation = COCOeval(coco(truths, classes), coco(detections, classes), "bbox")
    if thresholds is not None:
        evaluation.params.iouThrs = np.array(thresholds)
    evaluation.params.maxDets = [1, 10, max_detections]
    evaluation.evaluate()
    evaluation.accumulate()
    precision = evaluation.eval["precision"][:, :, :, 0, -1]  # all areas, the largest number of detections
    result = precision[precision > -1].mean() if (precision > -1).any() else np.nan
    if thresholds is None and max_detections == 100:
        evaluation.summarize()
        assert evaluation.stats[0] == (-1 if np.isnan(result) else result), "the number is COCO's own"
    return result


def random_data(rng, num_images, per_image, dtype=np.float64):
    """Return detections of all sorts in images of 60 × 40, some of which lack objects or detections."""
    detections, truths = [], []
    for _ in range(num_images):
        m, n = rng.integers(0, per_image + 1), rng.integers(0, 4 * per_image + 1)
        corner, wild = rng.uniform(0, [60, 40], (m, 2)), rng.uniform(0, [60, 40], (n, 2))
        objects = np.hstack([corner, corner + rng.uniform(5, 30, (m, 2))])
        boxes = np.hstack([wild, wild + rng.uniform(5, 30, (n, 2))])
        labels, guesses = rng.choice([1, 5, 6, 80], m), rng.choice([1, 3, 5, 6, 80], n)
        if m:
            of, near = rng.integers(0, m, n), (rng.random(n) < 0.7)
            boxes = np.where(near[:, None], objects[of] + rng.normal(0, 1, (n, 4)), boxes)
            guesses = np.where(near & (rng.random(n) < 0.9), labels[of], guesses)
        scores = rng.integers(0, 4 * per_image, n) / (4 * per_image)
        truths.append({"boxes": objects.astype(dtype), "labels": labels})
        detections.append({"boxes": boxes.astype(dtype), "labels": guesses, "scores": scores.astype(dtype)})
    return detections, truths


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("num_images", [1, 2, 5, 12])
def test_agrees_with_pycocotools(reference, rng, num_images, dtype):
    between = 0
    for per_image in (1, 2, 6, 15):
        for _ in range(3):
            detections, truths = random_data(rng, num_images, per_image, dtype)
            for thresholds in (None, [0.5], np.array([0.9, 0.35, 0.6])):
                expected = pycocotools(detections, truths, thresholds)
                actual = reference.mean_average_precision(detections, truths, thresholds)
                np.testing.assert_allclose(actual, expected, rtol=1e-9)
                between += 0 < expected < 1
            views = [
                [{k: strided(v) for k, v in one.items()} for one in data] for data in (detections, truths)
            ]
            np.testing.assert_equal(reference.mean_average_precision(*views, thresholds), actual)
    assert between > 10, "the oracle is only worth its name when some objects are found and some are not"


def test_agrees_with_pycocotools_beyond_a_hundred_detections(reference, rng):
    cut = 0
    for num_detections in (100, 101, 150, 400):
        for _ in range(4):
            detections, truths = random_data(rng, 3, 10)
            corner, of = rng.uniform(0, 500, (60, 2)), rng.integers(0, 60, num_detections)
            objects = np.hstack([corner, corner + 20])
            labels = np.where(np.arange(60) < 45, 5, 6)
            truths[1] = {"boxes": objects, "labels": labels}
            detections[1] = {
                "boxes": objects[of] + rng.normal(0, 2, (num_detections, 4)),
                "labels": np.where(rng.random(num_detections) < 0.9, 5, labels[of]),
                "scores": rng.integers(0, 60, num_detections) / 60,
            }
            expected = pycocotools(detections, truths)
            actual = reference.mean_average_precision(detections, truths)
            np.testing.assert_allclose(actual, expected, rtol=1e-9)
            cut += pycocotools(detections, truths, None, 10_000) != expected
    assert cut > 4, "the oracle is only worth its name when detections beyond the hundred would matter"


def test_agrees_with_pycocotools_where_ious_meet_the_threshold(reference, rng):
    met = 0
    for _ in range(200):
        detections, truths = [], []
        for _ in range(3):
            corner, wild = rng.integers(-2, 3, (2, 2)), rng.integers(-2, 3, (4, 2))
            objects = np.hstack([corner, corner + rng.integers(1, 6, (2, 2))]).astype(float)
            boxes = np.hstack([wild, wild + rng.integers(1, 6, (4, 2))]).astype(float)
            ious = mask.iou(corner_and_size(boxes), corner_and_size(objects), [0] * 2)
            met += np.isin(ious, [0.25, 0.5, 0.75]).any()
            truths.append({"boxes": objects, "labels": np.array([1, 2])})  # so no detection has a choice
            labels, scores = rng.integers(1, 4, 4), rng.integers(0, 4, 4) / 4
            detections.append({"boxes": boxes, "labels": labels, "scores": scores})
        for thresholds in ([0.5], [0.25, 0.75]):
            expected = pycocotools(detections, truths, thresholds)
            actual = reference.mean_average_precision(detections, truths, thresholds)
            np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-12)
    assert met > 100, "the oracle is only worth its name when IoUs meet thresholds"


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_nothing_to_be_found(reference, rng, dtype):
    nothing = {"boxes": np.zeros((0, 4), dtype), "labels": np.zeros(0, int)}
    none = {**nothing, "scores": np.zeros(0, dtype)}
    detections, _ = random_data(rng, 3, 9, dtype)
    for found in (detections, [none] * 3):
        assert np.isnan(pycocotools(found, [nothing] * 3))
        assert np.isnan(reference.mean_average_precision(found, [nothing] * 3))
    assert np.isnan(reference.mean_average_precision([], []))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_detections(reference, rng, dtype):
    none = {"boxes": np.zeros((0, 4), dtype), "labels": np.zeros(0, int), "scores": np.zeros(0, dtype)}
    _, truths = random_data(rng, 3, 9, dtype)
    assert any(len(truth["boxes"]) for truth in truths)
    assert pycocotools([none] * 3, truths) == 0
    assert reference.mean_average_precision([none] * 3, truths) == 0
