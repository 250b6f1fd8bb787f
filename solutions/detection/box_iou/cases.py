import numpy as np
import pytest

from cvdrill.testing import assert_close, random_boxes, strided


def test_two_boxes_against_three(attempt):
    """Row i, column j holds the IoU of box i of `a` with box j of `b`."""
    a = np.array([[0.0, 0, 2, 2], [4, 0, 6, 1]])
    b = np.array([[1.0, 1, 3, 3], [0, 0, 2, 2], [4, 0, 5, 1]])
    expected = np.array([[1 / 7, 1, 0], [0, 0, 1 / 2]])  # 1 / (4 + 4 - 1); 1 / 2
    assert_close(attempt.box_iou(a, b), expected)


def test_one_pair(attempt):
    """One box against one gives an array of shape (1, 1)."""
    assert_close(attempt.box_iou(np.array([[0.0, 0, 4, 1]]), np.array([[1.0, 0, 5, 1]])), np.array([[0.6]]))


def test_three_boxes_against_two(attempt):
    """The result has a row per box of `a`, also when `a` is the larger set."""
    a = np.array([[0.0, 0, 4, 4], [0, 0, 4, 2], [2, 0, 4, 1]])
    b = np.array([[0.0, 0, 4, 4], [0, 0, 2, 4]])
    assert_close(attempt.box_iou(a, b), np.array([[1, 1 / 2], [1 / 2, 1 / 3], [1 / 8, 0]]))


def test_a_wide_box_and_a_tall_one(attempt):
    """The intersection is the width of the overlap times its height, not one of them alone."""
    a = np.array([[0.0, 0, 4, 2], [0, 4, 10, 6]])
    b = np.array([[2.0, 0, 6, 6], [4, 0, 6, 10]])
    expected = np.array([[1 / 7, 0], [2 / 9, 1 / 9]])  # 4 / 28; 8 / 36, 4 / 36
    assert_close(attempt.box_iou(a, b), expected)


def test_a_box_inside_another(attempt):
    """A box inside another has the ratio of their areas, which is small for a small box."""
    outer, inner = np.array([[0.0, 0, 10, 10]]), np.array([[4.0, 4, 6, 6], [0, 0, 10, 5]])
    assert_close(attempt.box_iou(outer, inner), np.array([[0.04, 0.5]]))
    assert_close(attempt.box_iou(inner, outer), np.array([[0.04], [0.5]]))


def test_boxes_apart_in_one_direction(attempt):
    """Boxes apart in x or in y have IoU 0, not a negative one."""
    a = np.array([[0.0, 0, 2, 2]])
    b = np.array([[5.0, 0, 7, 2], [-6, 0, -4, 2], [0, 3, 2, 4], [1, -9, 2, -8]])
    assert_close(attempt.box_iou(a, b), np.zeros((1, 4)))


def test_boxes_apart_in_both_directions(attempt):
    """Boxes apart in x and in y have IoU 0, though minus times minus is plus."""
    a = np.array([[0.0, 0, 2, 2]])
    b = np.array([[5.0, 5, 7, 7], [-6, 4, -4, 5], [-3, -3, -1, -1], [3, -9, 8, -7]])
    assert_close(attempt.box_iou(a, b), np.zeros((1, 4)))


def test_touching_boxes(attempt):
    """Boxes that share only an edge or a corner have IoU 0."""
    a = np.array([[0.0, 0, 1, 1]])
    b = np.array([[1.0, 0, 2, 1], [0, 1, 1, 2], [1, 1, 2, 2], [-1, 0, 0, 1]])
    assert_close(attempt.box_iou(a, b), np.zeros((1, 4)))


def test_a_degenerate_box_and_a_real_one(attempt):
    """A line or a point has IoU 0 with a box, inside it or not."""
    degenerate = np.array([[1.0, 1, 1, 3], [1, 1, 3, 1], [2, 2, 2, 2], [9, 9, 9, 9]])
    assert_close(attempt.box_iou(degenerate, np.array([[0.0, 0, 4, 4]])), np.zeros((4, 1)))
    assert_close(attempt.box_iou(np.array([[0.0, 0, 4, 4]]), degenerate), np.zeros((1, 4)))


def test_two_degenerate_boxes(attempt):
    """Two boxes without area have IoU 0, not NaN, even when they are the same line or the same point."""
    degenerate = np.array([[1.0, 1, 1, 3], [0, 2, 3, 2], [2, 2, 2, 2], [9, 9, 9, 9], [0, 0, 0, 0]])
    assert_close(attempt.box_iou(degenerate, degenerate), np.zeros((5, 5)))


def test_degenerate_boxes_leave_the_others_alone(attempt):
    """Degenerate boxes among real ones change nothing for the real ones."""
    a = np.array([[0.0, 0, 2, 2], [1, 1, 1, 1], [0, 0, 2, 1]])
    assert_close(attempt.box_iou(a, a), np.array([[1, 0, 0.5], [0, 0, 0], [0.5, 0, 1]]))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_boxes_of_few_pixels_in_normalised_coordinates(attempt, dtype):
    """However small a box, its IoU with itself is 1: an epsilon of 1e-7 in the denominator is too large."""
    side = 2.0**-8  # 4 of 1024 pixels
    a = np.array([[0, 0, side, side], [0.5, 0.25, 0.5 + side, 0.25 + side]], dtype)
    b = np.array([[0, 0, side, side], [0.5 + side / 2, 0.25, 0.5 + 1.5 * side, 0.25 + side]], dtype)
    # Room for those who guard a union of 0 by 1e-9 or less.
    assert_close(attempt.box_iou(a, b), np.array([[1, 0], [0, 1 / 3]]), rtol=1e-3)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_boxes_far_from_the_origin(attempt, dtype):
    """Only differences of coordinates count, however large the coordinates are."""
    shift = np.array([1e6, -1e6, 1e6, -1e6])
    a = (np.array([[0.0, 0, 2, 2], [4, 0, 8, 1]]) + shift).astype(dtype)
    b = (np.array([[1.0, 1, 3, 3], [4, 0, 6, 1]]) + shift).astype(dtype)
    assert_close(attempt.box_iou(a, b), np.array([[1 / 7, 0], [0, 1 / 2]]))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_large_boxes(attempt, dtype):
    """Boxes may be millions wide."""
    a = np.array([[-4e6, -1e6, 4e6, 1e6]], dtype)
    b = np.array([[0, 0, 4e6, 1e6], [-4e6, -1e6, 4e6, 3e6]], dtype)
    assert_close(attempt.box_iou(a, b), np.array([[1 / 4, 1 / 2]]))


def test_negative_coordinates(attempt):
    """Boxes may lie on either side of the origin, or across it."""
    a = np.array([[-4.0, -6, -1, -2], [-2, -3, 2, 3]])
    b = np.array([[-4.0, -6, -1, -4], [0, 0, 2, 3]])
    assert_close(attempt.box_iou(a, b), np.array([[1 / 2, 0], [0, 1 / 4]]))


@pytest.mark.parametrize("dtype", [np.int64, np.int32])
def test_integer_boxes(attempt, dtype):
    """Boxes of integers give fractions as well."""
    a = np.array([[0, 0, 2, 2], [4, 0, 6, 1], [3, 3, 3, 5]], dtype)
    b = np.array([[1, 1, 3, 3], [-5, -5, -2, -1], [4, 0, 5, 1], [3, 3, 3, 5]], dtype)
    expected = np.array([[1 / 7, 0, 0, 0], [0, 0, 1 / 2, 0], [0, 0, 0, 0]])
    assert_close(attempt.box_iou(a, b), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
@pytest.mark.parametrize(("n", "m"), [(0, 3), (2, 0), (0, 0)], ids=["none_of_a", "none_of_b", "none_at_all"])
def test_no_boxes(attempt, n, m, dtype):
    """Without boxes the result is an empty float array of shape (0, m), (n, 0) or (0, 0)."""
    boxes = np.array([[0, 0, 2, 2], [1, 1, 3, 3], [0, 0, 1, 1]], dtype)
    assert_close(attempt.box_iou(boxes[:n], boxes[:m]), np.zeros((n, m)))


@pytest.mark.parametrize("size", [1.0, 100.0, 4000.0])
@pytest.mark.parametrize("counts", ["1x5", "7x2", "12x12"])
def test_random_boxes(attempt, reference, rng, counts, size):
    """Agrees with the reference on random boxes."""
    a, b = (random_boxes(rng, int(count), size=size)[0] for count in counts.split("x"))
    assert_close(attempt.box_iou(a, b), reference.box_iou(a, b))


def test_a_set_against_itself(attempt, rng):
    """Every box has IoU 1 with itself."""
    boxes, _ = random_boxes(rng, 9)
    assert_close(np.diagonal(attempt.box_iou(boxes, boxes)), np.ones(9), what="The diagonal")


def test_random_boxes_in_float32(attempt, reference, rng):
    """Agrees with the reference on boxes in float32."""
    a, b = random_boxes(rng, 15, dtype=np.float32)[0], random_boxes(rng, 9, dtype=np.float32)[0]
    assert_close(attempt.box_iou(a, b), reference.box_iou(a, b))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as four columns of a detector's output."""
    a, b = random_boxes(rng, 6)[0], random_boxes(rng, 4)[0]
    assert_close(attempt.box_iou(strided(a), strided(b)), reference.box_iou(a, b))


def runtime(attempt, rng):
    """Compare 200 boxes with 200."""
    (a, _), (b, _) = random_boxes(rng, 200), random_boxes(rng, 200)
    return lambda: attempt.box_iou(a, b)
