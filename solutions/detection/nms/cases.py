import numpy as np
import pytest

from cvdrill.testing import assert_close, random_boxes, strided


def test_two_boxes_on_one_object(attempt):
    """Of two boxes on one object the better one stays; a box elsewhere stays too."""
    boxes = np.array([[0.0, 0, 10, 10], [1, 1, 11, 11], [20, 20, 30, 30]])
    assert_close(attempt.nms(boxes, np.array([0.8, 0.9, 0.7]), 0.5), np.array([1, 2]))


def test_best_score_comes_first(attempt):
    """The indices come by descending score, not in the order of the input."""
    boxes = np.array([[0.0, 0, 1, 1], [2, 0, 3, 1], [4, 0, 5, 1], [6, 0, 7, 1]])
    assert_close(attempt.nms(boxes, np.array([0.2, 0.9, 0.4, 0.7]), 0.5), np.array([1, 3, 2, 0]))


def test_a_box_exactly_at_the_threshold_stays(attempt):
    """IoU equal to the threshold does not suppress."""
    boxes = np.array([[0.0, 0, 2, 1], [0, 0, 1, 1]])  # IoU = 1/2
    assert_close(attempt.nms(boxes, np.array([0.9, 0.8]), 0.5), np.array([0, 1]))
    boxes = np.array([[0.0, 0, 2, 2], [1, 1, 2, 2]])  # IoU = 1/4
    assert_close(attempt.nms(boxes, np.array([0.8, 0.9]), 0.25), np.array([1, 0]))


def test_a_box_just_above_the_threshold_goes(attempt):
    """IoU a little greater than the threshold suppresses."""
    boxes = np.array([[0.0, 0, 2, 1], [0, 0, 1.01, 1]])  # IoU = 0.505
    assert_close(attempt.nms(boxes, np.array([0.9, 0.8]), 0.5), np.array([0]))


def test_boxes_of_unit_scale(attempt):
    """Coordinates may be fractions of the image, where a stray + 1 swamps every width."""
    boxes = np.array([[0.0, 0.0, 0.5, 0.5], [0.1, 0.1, 0.6, 0.6], [0.6, 0.6, 0.9, 0.9]])  # IoU 0.47, 0, 0
    assert_close(attempt.nms(boxes, np.array([0.9, 0.8, 0.7]), 0.5), np.array([0, 1, 2]))
    assert_close(attempt.nms(boxes, np.array([0.9, 0.8, 0.7]), 0.4), np.array([0, 2]))


def test_boxes_of_few_pixels_in_normalised_coordinates(attempt):
    """However small two boxes, only their proportions count: an IoU of 7/9 is more than 1/2."""
    side = 2.0**-8  # 4 of 1024 pixels
    boxes = np.array([[0, 0, side, side], [side / 8, 0, side * 9 / 8, side], [side, 0, 2 * side, side]])
    kept = attempt.nms(boxes, np.array([0.9, 0.8, 0.7]), 0.5)
    assert_close(kept, np.array([0, 2]))


def test_touching_boxes_do_not_overlap(attempt):
    """Boxes that share only an edge or a corner have IoU 0, which no threshold suppresses."""
    boxes = np.array([[0.0, 0, 1, 1], [1, 0, 2, 1], [1, 1, 2, 2], [0, 1, 1, 2]])
    assert_close(attempt.nms(boxes, np.array([0.9, 0.8, 0.7, 0.6]), 0.0), np.array([0, 1, 2, 3]))


def test_boxes_apart_in_both_directions(attempt):
    """Boxes apart in x and in y do not overlap, though both differences are negative."""
    boxes = np.array([[0.0, 0, 2, 2], [5, 5, 7, 7], [-6, 1, -4, 3]])
    assert_close(attempt.nms(boxes, np.array([0.9, 0.8, 0.7]), 0.5), np.array([0, 1, 2]))


def test_a_suppressed_box_suppresses_nothing(attempt):
    """In a chain a–b–c, b goes because of a; c, which overlaps only b, stays."""
    boxes = np.array([[0.0, 0, 10, 4], [3, 0, 13, 4], [6, 0, 16, 4]])  # IoU 7/13, 7/13, 4/16
    assert_close(attempt.nms(boxes, np.array([0.9, 0.8, 0.7]), 0.5), np.array([0, 2]))


def test_the_union_counts_the_intersection_once(attempt):
    """IoU divides by the area that the two boxes cover together, the intersection counted once."""
    boxes = np.array([[0.0, 0, 10, 10], [0, 2, 10, 12]])  # 80 / (100 + 100 - 80) = 0.667
    assert_close(attempt.nms(boxes, np.array([0.9, 0.8]), 0.5), np.array([0]))


def test_overlap_is_of_areas_in_both_directions(attempt):
    """Long boxes that cross share little area, however much one covers the other in x or in y."""
    boxes = np.array([[0.0, 4, 10, 6], [4, 0, 6, 10], [0, 4, 9, 6.5]])  # a cross: 4 / 36; then 18 / 24.5
    assert_close(attempt.nms(boxes, np.array([0.5, 0.9, 0.4]), 0.5), np.array([1, 0]))


def test_a_box_inside_another(attempt):
    """A small box inside a large one has a small IoU and stays."""
    boxes = np.array([[0.0, 0, 10, 10], [4, 4, 6, 6], [1, 1, 10, 10]])  # IoU 0.04 and 0.81
    assert_close(attempt.nms(boxes, np.array([0.9, 0.8, 0.7]), 0.5), np.array([0, 1]))


def test_equal_scores_keep_the_earlier_index(attempt):
    """Of equal scores the earlier index is taken first, and suppresses the later one."""
    apart = np.array([[10.0 * i, 0, 10 * i + 5, 5] for i in range(40)])
    assert_close(attempt.nms(apart, np.full(40, 0.5), 0.5), np.arange(40))
    same = np.array([[0.0, 0, 4, 4], [0, 0, 4, 4.2], [20, 0, 24, 4], [0, 0, 4.2, 4]])
    assert_close(attempt.nms(same, np.array([0.5, 0.5, 0.9, 0.5]), 0.5), np.array([2, 0]))


def test_equal_scores_among_others(attempt):
    """Where ten boxes share each of four scores, each ten keep the order of the input."""
    apart = np.array([[10.0 * i, 0, 10 * i + 5, 5] for i in range(40)])
    expected = np.concatenate([np.arange(first, 40, 4) for first in (1, 3, 2, 0)])
    assert_close(attempt.nms(apart, np.tile([0.2, 0.8, 0.4, 0.6], 10), 0.5), expected)


def test_identical_boxes(attempt):
    """Of identical boxes one is left, unless the threshold is 1, which no IoU exceeds."""
    boxes = np.tile([3.0, 4, 8, 8], (3, 1))
    assert_close(attempt.nms(boxes, np.array([0.3, 0.9, 0.6]), 0.5), np.array([1]))
    assert_close(attempt.nms(boxes, np.array([0.3, 0.9, 0.6]), 1.0), np.array([1, 2, 0]))


def test_threshold_zero_leaves_no_overlap(attempt):
    """With threshold 0 the slightest overlap suppresses."""
    boxes = np.array([[0.0, 0, 2, 2], [1.99, 1.99, 4, 4], [2, 0, 3, 1]])
    assert_close(attempt.nms(boxes, np.array([0.9, 0.8, 0.7]), 0.0), np.array([0, 2]))


def test_negative_scores_and_coordinates(attempt):
    """Scores may be logits below 0 and boxes may leave the image."""
    boxes = np.array([[-12.0, -9, -2, -1], [-11, -9, -2, -1], [30, 30, 40, 35]])
    assert_close(attempt.nms(boxes, np.array([-3.0, -1.0, -2.0]), 0.5), np.array([1, 2]))


def test_one_box(attempt):
    """A single box is kept."""
    assert_close(attempt.nms(np.array([[0.0, 0, 3, 2]]), np.array([0.1]), 0.5), np.array([0]))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_boxes(attempt, dtype):
    """No boxes give an empty array of integers."""
    boxes, scores = np.zeros((0, 4), dtype), np.zeros(0, dtype)
    assert_close(attempt.nms(boxes, scores, 0.5), np.zeros(0, np.int64))


@pytest.mark.parametrize("threshold", [0.1, 0.45, 0.8])
@pytest.mark.parametrize("n", [2, 9, 60])
def test_random_boxes(attempt, reference, rng, n, threshold):
    """Agrees with the reference on random boxes."""
    boxes, scores = random_boxes(rng, n, clear_of=threshold)
    assert_close(attempt.nms(boxes, scores, threshold), reference.nms(boxes, scores, threshold))


def test_random_boxes_in_float32(attempt, reference, rng):
    """Agrees with the reference on boxes and scores in float32."""
    boxes, scores = random_boxes(rng, 40, dtype=np.float32, clear_of=0.35)
    assert_close(attempt.nms(boxes, scores, 0.35), reference.nms(boxes, scores, 0.35))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as columns of a detector's output."""
    boxes, scores = random_boxes(rng, 30, size=1.0, clear_of=0.3)
    assert_close(attempt.nms(strided(boxes), strided(scores), 0.3), reference.nms(boxes, scores, 0.3))


def runtime(attempt, rng):
    """Suppress among 60 boxes."""
    boxes, scores = random_boxes(rng, 60)
    return lambda: attempt.nms(boxes, scores, 0.5)
