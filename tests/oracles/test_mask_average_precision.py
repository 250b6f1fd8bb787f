"""Oracle: pycocotools' COCOeval on one image, with run-length encoded masks."""

import numpy as np
import pytest
from pycocotools import mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from cvdrill.testing import strided


def pycocotools(masks, scores, truth_masks, threshold):
    height, width = masks.shape[1:]

    def coco(objects, scores):
        common = {"image_id": 0, "category_id": 1, "iscrowd": 0}
        annotations = []
        for i, (one, score) in enumerate(zip(objects, scores, strict=True)):
            runs = mask.encode(np.asfortranarray(one.astype(np.uint8)))
            more = {"id": i + 1, "segmentation": runs, "area": int(one.sum()), "score": float(score)}
            annotations.append({**common, **more})
        result = COCO()
        result.dataset = {
            "images": [{"id": 0, "height": height, "width": width}],
            "categories": [{"id": 1}],
            "annotations": annotations,
        }
        result.createIndex()
        return result

    evaluation = COCOeval(coco(truth_masks, np.ones(len(truth_masks))), coco(masks, scores), "segm")
    evaluation.params.iouThrs = np.array([threshold])
    evaluation.params.maxDets = [10_000]
    evaluation.evaluate()
    evaluation.accumulate()
    precision = evaluation.eval["precision"][0, :, 0, 0, 0]  # (101,), -1 everywhere without objects
    return np.nan if (precision == -1).all() else precision.mean()


def random_instances(rng, n, k):
    """Return masks of a noisy kind, no two of which have the same IoU with a third, save for IoU 0."""
    truths = np.zeros((k, 12, 15), bool)
    for one in truths:
        top, left = rng.integers(0, 8, 2)
        one[top : top + rng.integers(2, 9), left : left + rng.integers(2, 9)] = True
    found = np.zeros((n, 12, 15), bool)
    for one in found:
        if k:
            one |= np.roll(truths[rng.integers(k)], rng.integers(-1, 2, 2), axis=(0, 1))
        one ^= rng.uniform(size=one.shape) < rng.choice([0, 0.05, 0.3])
    return found, (rng.integers(0, n + 1, n) / (n + 1)), truths


def is_ambiguous(masks, truths, threshold):
    both = (masks[:, None] & truths).sum((2, 3))
    ious = np.sort(both / np.maximum((masks[:, None] | truths).sum((2, 3)), 1), axis=1)
    ties = np.diff(ious, axis=1)[ious[:, 1:] >= threshold] if truths.shape[0] else np.zeros(0)
    return (ties == 0).any()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("threshold", [0.1, 0.5, 0.65, 0.95])
def test_agrees_with_pycocotools(reference, rng, threshold, dtype):
    between = 0
    for n in (0, 1, 2, 5, 15, 40):
        for k in (0, 1, 2, 3, 5, 10, 16):
            masks, scores, truths = random_instances(rng, n, k)
            if is_ambiguous(masks, truths, threshold):
                continue
            expected = pycocotools(masks, scores.astype(dtype), truths, threshold)
            actual = reference.mask_average_precision(masks, scores.astype(dtype), truths, threshold)
            np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-15)
            between += 0 < expected < 1
            views = strided(masks), strided(scores.astype(dtype)), strided(truths)
            np.testing.assert_equal(reference.mask_average_precision(*views, threshold), actual)
    assert between > 5, "the oracle is only worth its name when some objects are found and some are not"


def test_agrees_with_pycocotools_where_ious_meet_the_threshold(reference, rng):
    met = 0
    for _ in range(60):
        masks, truths = rng.uniform(size=(6, 2, 4)) < 0.6, rng.uniform(size=(3, 2, 4)) < 0.6
        masks[:, 0, 0] |= ~masks.any((1, 2))  # COCO calls the IoU of two empty masks NaN
        scores = rng.permutation(6) / 6
        if is_ambiguous(masks, truths, 0.5):
            continue
        both, either = ((op(masks[:, None], truths)).sum((2, 3)) for op in (np.logical_and, np.logical_or))
        met += (2 * both == either).any()
        expected = pycocotools(masks, scores, truths, 0.5)
        actual = reference.mask_average_precision(masks, scores, truths)
        np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-15)
    assert met > 5, "the oracle is only worth its name when IoUs of exactly 1/2 occur"


def test_without_objects_there_is_no_number(reference):
    for n in (0, 3):
        scores = np.linspace(0, 1, n)
        nothing = np.zeros((0, 4, 5), bool)
        assert np.isnan(reference.mask_average_precision(np.ones((n, 4, 5), bool), scores, nothing))
