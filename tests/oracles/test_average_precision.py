"""Oracles: pycocotools' COCOeval for the 101 points, and the published definitions in exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

# Of these no recall but 0 meets a grid point unless floats hold both exactly, so fractions and floats agree.
NUMBERS_OF_TRUTHS = (1, 2, 3, 4, 7, 8, 13, 16, 64, 97, 211)


def pycocotools(scores, hits, num_truths):
    """Run COCO's evaluation on one image per detection, whose box lies on the image's object or beside it."""
    on, beside = [0.0, 0.0, 10.0, 10.0], [50.0, 50.0, 10.0, 10.0]
    with_object = [i for i, hit in enumerate(hits) if hit]
    with_object += range(len(hits), len(hits) + num_truths - len(with_object))
    common = {"category_id": 1, "area": 100.0, "iscrowd": 0}
    truths = [{"id": k + 1, "image_id": i, "bbox": on, **common} for k, i in enumerate(with_object)]
    detections = [
        {"id": i + 1, "image_id": i, "bbox": on if hit else beside, "score": float(score), **common}
        for i, (score, hit) in enumerate(zip(scores, hits, strict=True))
    ]
    images = [{"id": i} for i in range(len(hits) + num_truths)] or [{"id": 0}]
    evaluation = COCOeval(_coco(images, truths), _coco(images, detections), "bbox")
    evaluation.params.iouThrs = np.array([0.5])
    evaluation.evaluate()
    evaluation.accumulate()
    precision = evaluation.eval["precision"][0, :, 0, 0, -1]  # (101,), -1 everywhere without objects
    return np.nan if (precision == -1).all() else precision.mean()


def _coco(images, annotations):
    coco = COCO()
    coco.dataset = {"images": images, "annotations": annotations, "categories": [{"id": 1}]}
    coco.createIndex()
    return coco


def by_definition(scores, hits, num_truths, method):
    ranked = [bool(hits[i]) for i in sorted(range(len(hits)), key=lambda i: (-scores[i], i))]
    found = [sum(ranked[: k + 1]) for k in range(len(ranked))]

    def envelope(recall):
        return max((Fraction(h, k + 1) for k, h in enumerate(found) if h >= recall * num_truths), default=0)

    if method == "continuous":  # constant between one multiple of 1 / num_truths and the next
        return float(sum(envelope(Fraction(j, num_truths)) for j in range(1, num_truths + 1)) / num_truths)
    last = {"voc07": 10, "coco": 100}[method]
    return float(sum(envelope(Fraction(j, last)) for j in range(last + 1)) / (last + 1))


def random_detections(rng, n, num_truths, dtype):
    scores = (rng.integers(0, n + 1, n) / (n + 1)).astype(dtype)
    return scores, rng.permutation(np.arange(n) < rng.integers(0, min(n, num_truths) + 1))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("num_truths", [0, 1, 2, 3, 5, 7, 10, 20, 50, 100, 128])
def test_101_points_agree_with_pycocotools(reference, rng, num_truths, dtype):
    for n in (0, 1, 2, 9, 80):
        scores, hits = random_detections(rng, n, num_truths, dtype)
        expected = pycocotools(scores, hits, num_truths)
        actual = reference.average_precision(scores, hits, num_truths, "coco")
        np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("method", ["continuous", "voc07", "coco"])
@pytest.mark.parametrize("num_truths", NUMBERS_OF_TRUTHS)
def test_agrees_with_the_definition_in_fractions(reference, rng, num_truths, method):
    for n in (0, 1, 2, 3, 8, 40):
        for flags in (bool, np.int64, np.uint8):
            scores, hits = random_detections(rng, n, num_truths, np.float64)
            expected = by_definition(scores, hits, num_truths, method)
            actual = reference.average_precision(scores, hits.astype(flags), num_truths, method)
            np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("method", ["continuous", "voc07", "coco"])
def test_every_short_ranking(reference, method):
    for n in range(7):
        scores = np.linspace(1, 0, n)
        for bits in range(2**n):
            hits = np.array([bits >> i & 1 for i in range(n)], dtype=bool)
            for num_truths in (n for n in NUMBERS_OF_TRUTHS if hits.sum() <= n <= 16):
                expected = by_definition(scores, hits, num_truths, method)
                actual = reference.average_precision(scores, hits, num_truths, method)
                assert actual == pytest.approx(expected, rel=1e-12), (hits, num_truths)


@pytest.mark.parametrize("method", ["continuous", "voc07", "coco"])
def test_without_objects_there_is_no_number(reference, method):
    for n in (0, 3):
        assert np.isnan(reference.average_precision(np.linspace(0, 1, n), np.zeros(n, bool), 0, method))
