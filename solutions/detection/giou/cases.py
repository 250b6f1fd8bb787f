import numpy as np
import pytest

from cvdrill.testing import assert_close, random_boxes, strided


def test_overlapping_boxes(attempt):
    """From the IoU is subtracted the share of the hull that neither box covers: 1/7 - (9 - 7)/9."""
    assert_close(
        attempt.giou(np.array([[0.0, 0, 2, 2]]), np.array([[1.0, 1, 3, 3]])), np.array([1 / 7 - 2 / 9])
    )


def test_pairs_row_by_row(attempt):
    """Row i of `a` is compared with row i of `b`, and with no other."""
    a = np.array([[0.0, 0, 2, 2], [0, 0, 1, 1], [4, 0, 6, 1]])
    b = np.array([[0.0, 0, 2, 1], [3, 0, 4, 1], [4, 0, 6, 1]])
    assert_close(attempt.giou(a, b), np.array([1 / 2, -1 / 2, 1]))


def test_boxes_apart_in_one_direction(attempt):
    """Boxes apart have a negative GIoU, which falls with the distance: -1/3, -1/2, -4/5."""
    a = np.array([[0.0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]])
    b = np.array([[2.0, 0, 3, 1], [0, -3, 1, -2], [9, 0, 10, 1]])
    assert_close(attempt.giou(a, b), np.array([-1 / 3, -1 / 2, -4 / 5]))


def test_boxes_apart_in_both_directions(attempt):
    """Boxes apart in x and in y share no area, though minus times minus is plus."""
    a = np.array([[0.0, 0, 1, 1], [0, 0, 2, 1]])
    b = np.array([[3.0, 3, 4, 4], [-3, 4, -2, 5]])
    assert_close(attempt.giou(a, b), np.array([-14 / 16, -22 / 25]))


def test_identical_boxes(attempt):
    """The same box twice has GIoU 1."""
    boxes = np.array([[0.0, 0, 10, 10], [-3, 4, -1, 9], [0.25, 0.25, 0.5, 1]])
    assert_close(attempt.giou(boxes, boxes), np.ones(3))


def test_a_box_inside_another(attempt):
    """Where one box contains the other, the hull is the union, and GIoU is the IoU."""
    outer, inner = np.tile([0.0, 0, 10, 10], (2, 1)), np.array([[4.0, 4, 6, 6], [0, 0, 10, 5]])
    assert_close(attempt.giou(outer, inner), np.array([0.04, 0.5]))
    assert_close(attempt.giou(inner, outer), np.array([0.04, 0.5]))


def test_touching_boxes(attempt):
    """Boxes that share an edge may fill their hull; boxes that share a corner leave half of it empty."""
    a = np.tile([0.0, 0, 1, 1], (4, 1))
    b = np.array([[1.0, 0, 2, 1], [0, 1, 1, 2], [1, 1, 2, 2], [-1, 0, 0, 1]])
    assert_close(attempt.giou(a, b), np.array([0, 0, -1 / 2, 0]))


def test_a_wide_box_and_a_tall_one(attempt):
    """The hull takes its width from both boxes, and its height: a cross leaves much of it empty."""
    a, b = np.array([[0.0, 4, 10, 6], [0, 0, 4, 2]]), np.array([[4.0, 0, 6, 10], [2, 0, 6, 6]])
    expected = [4 / 36 - (100 - 36) / 100, 4 / 28 - (36 - 28) / 36]
    assert_close(attempt.giou(a, b), np.array(expected))


def test_a_degenerate_box_and_a_real_one(attempt):
    """A line or a point counts with its place: 0 inside the box, less the farther it lies outside."""
    a = np.array([[1.0, 1, 1, 3], [2, 2, 2, 2], [8, 0, 8, 4], [-4, -4, -4, -4]])
    b = np.tile([0.0, 0, 4, 4], (4, 1))
    expected = np.array([0, 0, -1 / 2, -3 / 4])
    assert_close(attempt.giou(a, b), expected)
    assert_close(attempt.giou(b, a), expected)


def test_two_degenerate_boxes_with_a_hull(attempt):
    """Without a union the IoU counts as 0, and an empty hull is subtracted whole: -1."""
    a = np.array([[0.0, 0, 0, 0], [1, 1, 1, 3], [0, 0, 4, 0]])
    b = np.array([[2.0, 3, 2, 3], [4, 2, 4, 2], [0, 1, 4, 1]])
    assert_close(attempt.giou(a, b), np.array([-1.0, -1, -1]))


def test_two_degenerate_boxes_without_a_hull(attempt):
    """Where even the hull has no area the result is 0, not NaN: the same point, or lines in one direction."""
    a = np.array([[2.0, 2, 2, 2], [0, 1, 3, 1], [0, 1, 3, 1], [5, 0, 5, 0]])
    b = np.array([[2.0, 2, 2, 2], [0, 1, 3, 1], [7, 1, 9, 1], [5, 4, 5, 6]])
    assert_close(attempt.giou(a, b), np.zeros(4))


def test_degenerate_boxes_leave_the_others_alone(attempt):
    """Degenerate boxes among real ones change nothing for the real ones."""
    a = np.array([[0.0, 0, 2, 2], [1, 1, 1, 1], [0, 0, 2, 1], [3, 3, 3, 3]])
    b = np.array([[0.0, 0, 2, 2], [1, 1, 1, 1], [0, 0, 2, 2], [4, 4, 4, 4]])
    assert_close(attempt.giou(a, b), np.array([1, 0, 0.5, -1]))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_boxes_of_few_pixels_in_normalised_coordinates(attempt, dtype):
    """However small two boxes, only their proportions count: an epsilon of 1e-7 is too large."""
    s = 2.0**-8  # 4 of 1024 pixels
    a = np.array([[0, 0, s, s], [0.5, 0.25, 0.5 + s, 0.25 + s], [0.75, 0, 0.75 + s, s]], dtype)
    b = np.array(
        [[0, 0, s, s], [0.5 + s / 2, 0.25, 0.5 + 1.5 * s, 0.25 + s], [0.75 + 2 * s, 0, 0.75 + 3 * s, s]]
    )
    # Room for those who guard a division by 0 by 1e-9 or less.
    assert_close(attempt.giou(a, b.astype(dtype)), np.array([1, 1 / 3, -1 / 3]), rtol=1e-3)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_boxes_far_from_the_origin(attempt, dtype):
    """Only differences of coordinates count, however large the coordinates are."""
    shift = np.array([1e6, -1e6, 1e6, -1e6])
    a = (np.array([[0.0, 0, 2, 2], [4, 0, 8, 1]]) + shift).astype(dtype)
    b = (np.array([[1.0, 1, 3, 3], [10, 0, 12, 1]]) + shift).astype(dtype)
    assert_close(attempt.giou(a, b), np.array([1 / 7 - 2 / 9, -1 / 4]))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_large_boxes(attempt, dtype):
    """Boxes may be millions wide."""
    a, b = np.array([[-4e6, -1e6, 4e6, 1e6]], dtype), np.array([[0, 0, 4e6, 2e6]], dtype)
    assert_close(attempt.giou(a, b), np.array([1 / 5 - 1 / 6]))


@pytest.mark.parametrize("dtype", [np.int64, np.int32])
def test_integer_boxes(attempt, dtype):
    """Boxes of integers give fractions as well."""
    a = np.array([[0, 0, 2, 2], [4, 0, 6, 1], [3, 3, 3, 5], [2, 2, 2, 2]], dtype)
    b = np.array([[1, 1, 3, 3], [-1, 0, 1, 1], [5, 4, 5, 4], [2, 2, 2, 2]], dtype)
    assert_close(attempt.giou(a, b), np.array([1 / 7 - 2 / 9, -3 / 7, -1, 0]))


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
def test_no_boxes(attempt, dtype):
    """Without boxes the result is an empty float array of shape (0,)."""
    assert_close(attempt.giou(np.zeros((0, 4), dtype), np.zeros((0, 4), dtype)), np.zeros(0))


@pytest.mark.parametrize("size", [1.0, 100.0, 4000.0])
@pytest.mark.parametrize("n", [1, 4, 30])
def test_random_boxes(attempt, reference, rng, n, size):
    """Agrees with the reference on random boxes."""
    a, b = (random_boxes(rng, n, size=size)[0] for _ in range(2))
    # IoU and emptiness may nearly cancel, so that what is left has no small relative error; and an epsilon of
    # 1e-9 in a denominator, which the statement allows, shows in areas of 0.01.
    assert_close(attempt.giou(a, b), reference.giou(a, b), atol=3e-7)


def test_random_boxes_in_float32(attempt, reference, rng):
    """Agrees with the reference on boxes in float32."""
    a, b = (random_boxes(rng, 25, dtype=np.float32)[0] for _ in range(2))
    assert_close(attempt.giou(a, b), reference.giou(a, b), atol=2e-5)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as four columns of a detector's output."""
    a, b = (random_boxes(rng, 7)[0] for _ in range(2))
    assert_close(attempt.giou(strided(a), strided(b)), reference.giou(a, b), atol=1e-9)


def runtime(attempt, rng):
    """Compare 20,000 pairs of boxes."""
    a, b = (rng.uniform(0, 50, (20_000, 4)).cumsum(axis=1) for _ in range(2))
    return lambda: attempt.giou(a, b)
