"""Oracle: scikit-learn's confusion matrix and its Jaccard score."""

import warnings

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, jaccard_score

from cvdrill.testing import strided


def by_confusion(pred, target, num_classes, ignore_index=None):
    """Ignored pixels have the weight 0, so that their target may be any class."""
    weights = np.ones(target.size) if ignore_index is None else (target.ravel() != ignore_index).astype(float)
    inside = np.where(weights == 1, target.ravel(), 0)
    if not weights.any():
        return np.nan
    with np.errstate(invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it suspects a mistake where there is but one class
        table = confusion_matrix(inside, pred.ravel(), labels=range(num_classes), sample_weight=weights)
        return np.nanmean(np.diag(table) / (table.sum(0) + table.sum(1) - np.diag(table)))


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.int64])
@pytest.mark.parametrize("ignore_index", [None, 0, 2, 100])
def test_agrees_with_the_confusion_matrix(reference, rng, ignore_index, dtype):
    nan = 0
    for _ in range(25):
        num_classes, shape = int(rng.integers(1, 8)), rng.integers(1, 5, 3)
        pred, target = (rng.integers(0, num_classes, shape).astype(dtype) for _ in range(2))
        if ignore_index is not None and (ignore_index >= num_classes or rng.uniform() < 0.2):
            target[rng.uniform(size=shape) < rng.uniform(0, 1.5)] = ignore_index
        result = reference.mean_iou(pred, target, num_classes, ignore_index)
        np.testing.assert_allclose(
            result, by_confusion(pred, target, num_classes, ignore_index), rtol=1e-12, atol=1e-15
        )
        views = reference.mean_iou(strided(pred), strided(target), num_classes, ignore_index)
        np.testing.assert_equal(views, result)
        nan += np.isnan(result)
    assert nan > 1 or ignore_index is None, "the oracle is only worth its name when no pixel is left"


def test_agrees_with_the_jaccard_score(reference, rng):
    for _ in range(25):
        num_classes = int(rng.integers(2, 6))
        pred, target = rng.integers(0, num_classes, (2, 2, 3, 4))
        expected = jaccard_score(target.ravel(), pred.ravel(), average="macro")  # over classes that occur
        np.testing.assert_allclose(reference.mean_iou(pred, target, num_classes), expected, rtol=1e-12)


@pytest.mark.parametrize("shape", [(0, 3, 4), (2, 0, 4), (2, 3, 0)])
def test_no_pixels_give_nan(reference, shape):
    nothing = np.zeros(shape, np.int64)
    assert np.isnan(reference.mean_iou(nothing, nothing, 3))
    assert np.isnan(reference.mean_iou(nothing, nothing, 3, 255))
