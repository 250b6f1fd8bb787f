import numpy as np
import pytest

from cvdrill.testing import assert_close, random_boxes, strided


def test_boxes_of_two_classes(attempt):
    """A box suppresses its own class only: of three boxes on one spot the weaker of the same class goes."""
    boxes = np.array([[0.0, 0, 10, 10], [1, 1, 11, 11], [0, 1, 10, 11]])
    kept = attempt.batched_nms(boxes, np.array([0.7, 0.8, 0.9]), np.array([0, 1, 0]), 0.5)
    assert_close(kept, np.array([2, 1]))


def test_identical_boxes_of_different_classes(attempt):
    """Even identical boxes stay when their classes differ."""
    boxes = np.tile([3.0, 4, 8, 9], (3, 1))
    kept = attempt.batched_nms(boxes, np.array([0.3, 0.9, 0.6]), np.array([2, 0, 1]), 0.5)
    assert_close(kept, np.array([1, 2, 0]))


def test_one_class(attempt):
    """With a single class this is plain suppression."""
    boxes = np.array([[0.0, 0, 10, 10], [1, 1, 11, 11], [20, 20, 30, 30]])
    assert_close(
        attempt.batched_nms(boxes, np.array([0.8, 0.9, 0.7]), np.zeros(3, int), 0.5), np.array([1, 2])
    )
    assert_close(attempt.batched_nms(boxes, np.array([0.8, 0.9, 0.7]), np.full(3, 7), 0.5), np.array([1, 2]))


def test_scores_rank_over_all_classes(attempt):
    """The result is ranked by score over all classes, not class after class."""
    boxes = np.array([[10.0 * i, 0, 10 * i + 5, 5] for i in range(6)])
    scores, labels = np.array([0.2, 0.9, 0.4, 0.7, 0.8, 0.1]), np.array([0, 1, 0, 1, 0, 2])
    assert_close(attempt.batched_nms(boxes, scores, labels, 0.5), np.array([1, 4, 3, 2, 0, 5]))


def test_equal_scores_keep_the_earlier_index(attempt):
    """Of equal scores the earlier index comes first, whatever the classes."""
    boxes = np.array([[10.0 * i, 0, 10 * i + 5, 5] for i in range(40)])
    labels = np.tile([3, 0, 2, 1], 10)
    assert_close(attempt.batched_nms(boxes, np.full(40, 0.5), labels, 0.5), np.arange(40))


def test_equal_scores_among_others(attempt):
    """Where ten boxes share each of four scores, each ten keep the order of the input."""
    boxes = np.array([[10.0 * i, 0, 10 * i + 5, 5] for i in range(40)])
    scores, labels = np.tile([0.2, 0.8, 0.4, 0.6], 10), np.arange(40) * 7 % 3
    expected = np.concatenate([np.arange(first, 40, 4) for first in (1, 3, 2, 0)])
    assert_close(attempt.batched_nms(boxes, scores, labels, 0.5), expected)


def test_equal_scores_on_one_object(attempt):
    """Of equal scores in one class the earlier index is kept, and suppresses the later one."""
    boxes = np.array([[0.0, 0, 4, 4], [0, 0, 4, 4.2], [0, 0, 4, 4.2], [0, 0, 4.2, 4]])
    labels = np.array([1, 0, 1, 0])
    assert_close(attempt.batched_nms(boxes, np.full(4, 0.5), labels, 0.5), np.array([0, 1]))


def test_a_box_exactly_at_the_threshold_stays(attempt):
    """IoU equal to the threshold does not suppress, a little more does."""
    boxes = np.array([[0.0, 0, 2, 1], [0, 0, 1, 1], [0, 0, 1, 1]])  # IoU = 1/2
    scores, labels = np.array([0.9, 0.8, 0.7]), np.array([0, 0, 1])
    assert_close(attempt.batched_nms(boxes, scores, labels, 0.5), np.array([0, 1, 2]))
    boxes = np.array([[0.0, 0, 2, 1], [0, 0, 1.01, 1], [0, 0, 1, 1]])  # IoU = 0.505
    assert_close(attempt.batched_nms(boxes, scores, labels, 0.5), np.array([0, 2]))


def test_a_suppressed_box_suppresses_nothing(attempt):
    """In a chain a–b–c, b goes because of a; c, which overlaps only b, stays."""
    boxes = np.array([[0.0, 0, 10, 4], [3, 0, 13, 4], [6, 0, 16, 4]])  # IoU 7/13, 7/13, 4/16
    labels = np.array([5, 5, 5])
    assert_close(attempt.batched_nms(boxes, np.array([0.9, 0.8, 0.7]), labels, 0.5), np.array([0, 2]))


def test_boxes_that_leave_the_image(attempt):
    """Coordinates may be negative: a shift of each class by boxes.max() + 1 does not keep classes apart."""
    boxes = np.array([[-20.0, -20, -10, -10], [-23, -23, -13, -13], [0, 0, 2, 2]])
    kept = attempt.batched_nms(boxes, np.array([0.9, 0.8, 0.7]), np.array([0, 1, 0]), 0.5)
    assert_close(kept, np.array([0, 1, 2]))


def test_boxes_on_both_sides_of_the_origin(attempt):
    """Boxes reach from -11 to 20: a shift of 21, their largest coordinate plus 1, is too small."""
    boxes = np.array([[10.0, 10, 20, 20], [-11, -11, -1, -1]])
    assert_close(attempt.batched_nms(boxes, np.array([0.9, 0.8]), np.array([0, 1]), 0.5), np.array([0, 1]))


def test_classes_never_meet(attempt):
    """Threshold 0 forbids any overlap, but within a class only: shifts of classes must span all the boxes."""
    boxes = np.array([[40.0, 40, 100, 100], [0, 0, 60, 60], [98, 98, 100, 100], [0, 0, 2, 2]])
    scores, labels = np.array([0.9, 0.8, 0.7, 0.6]), np.array([0, 1, 2, 3])
    for corner in (0.0, -50.0, -100.0, 30.0):
        assert_close(attempt.batched_nms(boxes + corner, scores, labels, 0.0), np.arange(4))
        assert_close(attempt.batched_nms(boxes + corner, scores, labels[::-1].copy(), 0.0), np.arange(4))


def test_boxes_on_a_large_map(attempt):
    """Boxes may be larger than any fixed shift: classes 4,096 or 10,000 apart still meet here."""
    boxes = np.tile([0.0, 0, 1e7, 1e7], (4, 1))
    kept = attempt.batched_nms(boxes, np.array([0.9, 0.8, 0.7, 0.6]), np.array([0, 1, 0, 2]), 0.5)
    assert_close(kept, np.array([0, 1, 3]))


def test_boxes_wholly_outside(attempt):
    """Where every coordinate is negative, classes still do not meet, and boxes of one class do."""
    boxes = np.array([[-12.0, -9, -2, -1], [-11, -9, -2, -1], [-12, -9, -2, -1], [-10, -9, -1, -1]])
    scores, labels = np.array([-3.0, -1.0, -2.0, -4.0]), np.array([1, 0, 2, 1])  # IoU of 0 and 3: 8/11
    assert_close(attempt.batched_nms(boxes, scores, labels, 0.5), np.array([1, 2, 0]))


def test_boxes_apart_within_a_class(attempt):
    """Boxes apart in x and in y do not overlap, though both differences are negative."""
    boxes = np.array([[0.0, 0, 2, 2], [5, 5, 7, 7], [-6, 1, -4, 3], [0, -9, 2, -7]])
    kept = attempt.batched_nms(boxes, np.array([0.9, 0.8, 0.7, 0.6]), np.array([4, 4, 4, 4]), 0.5)
    assert_close(kept, np.array([0, 1, 2, 3]))


def test_boxes_of_unit_scale(attempt):
    """Coordinates may be fractions of the image, where a stray + 1 swamps every width."""
    boxes = np.array([[0.0, 0.0, 0.5, 0.5], [0.1, 0.1, 0.6, 0.6], [0.6, 0.6, 0.9, 0.9]])  # IoU 0.47, 0, 0
    scores, labels = np.array([0.9, 0.8, 0.7]), np.array([1, 1, 1])
    assert_close(attempt.batched_nms(boxes, scores, labels, 0.5), np.array([0, 1, 2]))
    assert_close(attempt.batched_nms(boxes, scores, labels, 0.4), np.array([0, 2]))


def test_boxes_of_few_pixels_in_normalised_coordinates(attempt):
    """However small two boxes, only their proportions count: an IoU of 7/9 is more than 1/2."""
    side = 2.0**-8  # 4 of 1024 pixels
    boxes = np.array([[0, 0, side, side], [side / 8, 0, side * 9 / 8, side], [side, 0, 2 * side, side]])
    kept = attempt.batched_nms(boxes, np.array([0.9, 0.8, 0.7]), np.array([2, 2, 2]), 0.5)
    assert_close(kept, np.array([0, 2]))


def test_threshold_one(attempt):
    """No IoU is greater than 1, so threshold 1 keeps even identical boxes of one class."""
    boxes = np.tile([0.0, 0, 4, 4], (3, 1))
    kept = attempt.batched_nms(boxes, np.array([0.3, 0.9, 0.6]), np.zeros(3, int), 1.0)
    assert_close(kept, np.array([1, 2, 0]))


def test_one_box(attempt):
    """A single box is kept, whatever its class."""
    kept = attempt.batched_nms(np.array([[0.0, 0, 3, 2]]), np.array([0.1]), np.array([79]), 0.5)
    assert_close(kept, np.array([0]))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_boxes(attempt, dtype):
    """No boxes give an empty array of integers."""
    boxes, scores, labels = np.zeros((0, 4), dtype), np.zeros(0, dtype), np.zeros(0, np.int64)
    assert_close(attempt.batched_nms(boxes, scores, labels, 0.5), np.zeros(0, np.int64))


@pytest.mark.parametrize("threshold", [0.1, 0.45, 0.8])
@pytest.mark.parametrize("n", [2, 9, 60])
def test_random_boxes(attempt, reference, rng, n, threshold):
    """Agrees with the reference on random boxes of three classes."""
    boxes, scores = random_boxes(rng, n, clear_of=threshold)
    labels = rng.integers(0, 3, n)
    expected = reference.batched_nms(boxes, scores, labels, threshold)
    assert_close(attempt.batched_nms(boxes, scores, labels, threshold), expected)


def test_classes_that_are_far_apart(attempt, reference, rng):
    """Most classes do not occur: labels may be 0, 17 and 90, and int32."""
    boxes, scores = random_boxes(rng, 40, clear_of=0.3)
    labels = rng.choice(np.array([0, 17, 90], np.int32), 40)
    assert_close(
        attempt.batched_nms(boxes, scores, labels, 0.3), reference.batched_nms(boxes, scores, labels, 0.3)
    )


def test_random_boxes_in_float32(attempt, reference, rng):
    """Agrees with the reference on boxes and scores in float32."""
    boxes, scores = random_boxes(rng, 40, dtype=np.float32, clear_of=0.35)
    labels = rng.integers(0, 3, 40)
    expected = reference.batched_nms(boxes, scores, labels, 0.35)
    assert_close(attempt.batched_nms(boxes, scores, labels, 0.35), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as columns of a detector's output."""
    boxes, scores = random_boxes(rng, 30, size=1.0, clear_of=0.3)
    labels = rng.integers(0, 2, 30)
    expected = reference.batched_nms(boxes, scores, labels, 0.3)
    assert_close(attempt.batched_nms(strided(boxes), strided(scores), strided(labels), 0.3), expected)


def runtime(attempt, rng):
    """Suppress among 150 boxes of 10 classes."""
    boxes, scores = random_boxes(rng, 150)
    labels = rng.integers(0, 10, 150)
    return lambda: attempt.batched_nms(boxes, scores, labels, 0.5)
