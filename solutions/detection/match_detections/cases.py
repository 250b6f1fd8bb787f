import numpy as np
import pytest

from cvdrill.testing import assert_close, random_boxes, strided

# Two objects side by side that overlap: most cases below slide boxes of the same size along them.
TWO = np.array([[0.0, 0, 10, 10], [4, 0, 14, 10]])


def sliding(*lefts):
    """Return boxes of 10 × 10 that begin at these x."""
    return np.array([[left, 0.0, left + 10, 10] for left in lefts])


def test_hits_and_a_false_alarm(attempt):
    """A box close enough to an object is right, a box that is not close enough is wrong."""
    truths = np.array([[0.0, 0, 10, 10], [20, 0, 30, 10]])
    boxes = np.array([[0.0, 0, 10, 8], [20, 0, 30, 4], [21, 0, 31, 10]])  # IoU 0.8, 0.4, 0.82
    flags = attempt.match_detections(boxes, np.array([0.9, 0.8, 0.7]), truths, 0.5)
    assert_close(flags, np.array([True, False, True]))


def test_an_object_is_found_once(attempt):
    """The second box on one object is wrong, however well it fits."""
    boxes = np.array([[0.0, 0, 10, 8], [0, 0, 10, 10]])
    flags = attempt.match_detections(boxes, np.array([0.9, 0.8]), TWO[:1], 0.5)
    assert_close(flags, np.array([True, False]))


def test_the_best_score_chooses_first(attempt):
    """Of two boxes on one object the one with the better score is right, wherever it stands in the input."""
    boxes = np.array([[0.0, 0, 10, 10], [0, 0, 10, 8]])
    flags = attempt.match_detections(boxes, np.array([0.6, 0.7]), TWO[:1], 0.5)
    assert_close(flags, np.array([False, True]))


def test_flags_come_in_the_order_of_the_input(attempt):
    """Flag i belongs to detection i, not to the i-th best score."""
    truths = np.array([[0.0, 0, 10, 10], [20, 0, 30, 10], [40, 0, 50, 10]])
    boxes = np.array([[60.0, 0, 70, 10], [40, 0, 50, 10], [0, 0, 10, 10], [20, 0, 30, 9]])
    flags = attempt.match_detections(boxes, np.array([0.8, 0.2, 0.9, 0.5]), truths, 0.5)
    assert_close(flags, np.array([False, True, True, True]))


def test_a_detection_takes_the_best_object(attempt):
    """Of two objects that are close enough the closer one is taken, and the other stays free."""
    boxes = sliding(3, -1)  # IoU 0.54 and 0.82; 0.82 and 0.33
    flags = attempt.match_detections(boxes, np.array([0.9, 0.8]), TWO, 0.5)
    assert_close(flags, np.array([True, True]))
    boxes = sliding(1, 5)  # IoU 0.82 and 0.54; 0.33 and 0.82
    flags = attempt.match_detections(boxes, np.array([0.9, 0.8]), TWO, 0.5)
    assert_close(flags, np.array([True, True]))


def test_the_best_object_is_taken_already(attempt):
    """A detection whose best object is taken may have another one that is free and close enough."""
    boxes = sliding(4.5, 2.5)  # IoU 0.38 and 0.90; 0.60 and 0.74
    flags = attempt.match_detections(boxes, np.array([0.9, 0.8]), TWO, 0.5)
    assert_close(flags, np.array([True, True]))
    flags = attempt.match_detections(boxes, np.array([0.9, 0.8]), TWO, 0.65)
    assert_close(flags, np.array([True, False]))


def test_greedy_is_not_optimal(attempt):
    """The better score takes its best object, even where another choice would have made both right."""
    boxes = sliding(3, 5)  # IoU 0.54 and 0.82; 0.33 and 0.82
    flags = attempt.match_detections(boxes, np.array([0.9, 0.8]), TWO, 0.5)
    assert_close(flags, np.array([True, False]))


def test_a_false_alarm_takes_nothing(attempt):
    """A box that is not close enough leaves the object free for a later one."""
    boxes = sliding(5, 1)  # IoU 0.33 and 0.82
    flags = attempt.match_detections(boxes, np.array([0.9, 0.8]), TWO[:1], 0.5)
    assert_close(flags, np.array([False, True]))


def test_an_iou_equal_to_the_threshold(attempt):
    """An IoU equal to the threshold is close enough, a little less is not."""
    # Large areas, on which a tiny epsilon in the denominator is lost in rounding.
    truths = np.array([[0.0, 0, 1e6, 1e6]])
    half, quarter = np.array([[0.0, 0, 5e5, 1e6]]), np.array([[5e5, 5e5, 1e6, 1e6]])
    less = np.array([[0.0, 0, 4.99e5, 1e6]])
    score = np.array([0.5])
    assert_close(attempt.match_detections(half, score, truths, 0.5), np.array([True]))
    assert_close(attempt.match_detections(quarter, score, truths, 0.25), np.array([True]))
    assert_close(attempt.match_detections(less, score, truths, 0.5), np.array([False]))


def test_the_threshold_counts(attempt):
    """The same box may be right at one threshold and wrong at another."""
    boxes = sliding(2)  # IoU 8/12
    for threshold, expected in [(0.1, True), (0.6, True), (0.7, False), (0.95, False)]:
        flags = attempt.match_detections(boxes, np.array([0.5]), TWO[:1], threshold)
        assert_close(flags, np.array([expected]))


def test_equal_scores_keep_the_order_of_the_input(attempt):
    """Of equal scores the earlier detection chooses first."""
    truths = np.array([[20.0 * i, 0, 20 * i + 10, 10] for i in range(20)])
    boxes = np.vstack([truths + np.array([0, 0, 1, 0]), truths])
    flags = attempt.match_detections(boxes, np.full(40, 0.5), truths, 0.5)
    assert_close(flags, np.arange(40) < 20)
    flags = attempt.match_detections(boxes, np.tile([0.5, 0.25], 20), truths, 0.5)
    assert_close(flags, np.arange(40) < 20)


def test_more_objects_than_detections(attempt):
    """Objects that nobody finds leave no trace in the flags."""
    truths = np.array([[20.0 * i, 0, 20 * i + 10, 10] for i in range(6)])
    flags = attempt.match_detections(truths[[4, 1]] + 0.5, np.array([0.2, 0.4]), truths, 0.75)
    assert_close(flags, np.array([True, True]))


def test_boxes_apart_in_both_directions(attempt):
    """Boxes apart in x and in y do not overlap, though both differences are negative."""
    boxes = np.array([[5.0, 5, 7, 7], [-3, -3, -1, -1], [0, 4, 2, 6]])
    flags = attempt.match_detections(boxes, np.array([0.9, 0.8, 0.7]), np.array([[0.0, 0, 2, 2]]), 0.1)
    assert_close(flags, np.array([False, False, False]))


def test_boxes_of_unit_scale(attempt):
    """Coordinates may be fractions of the image, where a stray + 1 swamps every width."""
    boxes = np.array([[0.25, 0, 0.75, 0.5], [0, 0.5, 0.25, 0.75]])  # IoU 1/3; 1/2
    truths = np.array([[0.0, 0, 0.5, 0.5], [0, 0.5, 0.25, 1]])
    flags = attempt.match_detections(boxes, np.array([0.9, 0.8]), truths, 0.4)
    assert_close(flags, np.array([False, True]))


def test_a_wide_box_and_a_tall_one(attempt):
    """Long boxes that cross share little area, however much one covers the other in x or in y."""
    boxes, truths = np.array([[0.0, 4, 10, 6]]), np.array([[4.0, 0, 6, 10]])  # 4 / 36
    assert_close(attempt.match_detections(boxes, np.array([0.9]), truths, 0.15), np.array([False]))
    assert_close(attempt.match_detections(boxes, np.array([0.9]), truths, 0.1), np.array([True]))


def test_negative_scores_and_coordinates(attempt):
    """Scores may be logits below 0, and boxes may leave the image."""
    truths = np.array([[-12.0, -9, -2, -1]])
    boxes = np.array([[-12.0, -9, -3, -1], [-11, -9, -2, -1]])
    assert_close(
        attempt.match_detections(boxes, np.array([-3.0, -1.0]), truths, 0.5), np.array([False, True])
    )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_objects(attempt, dtype):
    """Without objects every detection is wrong."""
    boxes, scores = sliding(0, 3, 30).astype(dtype), np.array([0.9, 0.8, 0.7], dtype)
    flags = attempt.match_detections(boxes, scores, np.zeros((0, 4), dtype), 0.5)
    assert_close(flags, np.zeros(3, bool))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("m", [0, 2])
def test_no_detections(attempt, dtype, m):
    """Without detections there are no flags: an empty array of booleans."""
    boxes, scores = np.zeros((0, 4), dtype), np.zeros(0, dtype)
    assert_close(attempt.match_detections(boxes, scores, TWO[:m].astype(dtype), 0.5), np.zeros(0, bool))


@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.75])
@pytest.mark.parametrize("size", [(1, 1), (8, 3), (6, 9), (50, 16)])
def test_random_boxes(attempt, reference, rng, size, threshold):
    """Agrees with the reference on random detections of random objects."""
    boxes, scores, truths = random_scene(rng, *size, threshold)
    expected = reference.match_detections(boxes, scores, truths, threshold)
    assert_close(attempt.match_detections(boxes, scores, truths, threshold), expected)


def test_random_boxes_in_float32(attempt, reference, rng):
    """Agrees with the reference on boxes and scores in float32."""
    boxes, scores, truths = random_scene(rng, 30, 10, 0.4, np.float32)
    expected = reference.match_detections(boxes, scores, truths, 0.4)
    assert_close(attempt.match_detections(boxes, scores, truths, 0.4), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as columns of a detector's output."""
    boxes, scores, truths = random_scene(rng, 20, 8, 0.5)
    flags = attempt.match_detections(strided(boxes), strided(scores), strided(truths), 0.5)
    assert_close(flags, reference.match_detections(boxes, scores, truths, 0.5))


def runtime(attempt, rng):
    """Match 300 detections with 100 objects."""
    boxes, scores = random_boxes(rng, 300)
    truths, _ = random_boxes(rng, 100)
    return lambda: attempt.match_detections(boxes, scores, truths, 0.5)


def random_scene(rng, n, m, threshold, dtype=np.float64):
    """Return detections that lie near objects or anywhere, their scores, and the objects.

    No IoU is within 1e-4 of the threshold, and those of one detection that exceed it differ by 1e-4 or more,
    so that rounding decides nothing: float32 errs by 1e-5 here.
    """
    while True:
        truths, _ = random_boxes(rng, m)
        boxes, scores = random_boxes(rng, n, dtype=dtype)
        near = rng.random(n) < 0.7
        nudged = truths[rng.integers(0, m, n)] + rng.normal(0, 3, (n, 4))
        boxes = np.where(near[:, None], nudged, boxes)
        upright = (boxes[:, 2:] - boxes[:, :2] > 1).all()
        boxes, truths = boxes.astype(dtype), truths.astype(dtype)
        ious = np.where(_iou(boxes, truths) > threshold - 1e-4, _iou(boxes, truths), -np.arange(1, m + 1))
        gaps = np.diff(np.sort(np.hstack([ious, np.full((n, 1), threshold)]), axis=1), axis=1)
        if upright and (gaps > 1e-4).all():
            return boxes, scores, truths


def _iou(a, b):
    x1, y1, x2, y2 = a.astype(np.float64).T[:, :, None]
    u1, v1, u2, v2 = b.astype(np.float64).T
    shared = (np.minimum(x2, u2) - np.maximum(x1, u1)).clip(0) * (
        np.minimum(y2, v2) - np.maximum(y1, v1)
    ).clip(0)
    return shared / ((x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1) - shared)
