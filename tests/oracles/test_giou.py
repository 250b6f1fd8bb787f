"""Oracles: unit cells counted on a grid, and areas measured on a fine grid of points."""

from fractions import Fraction

import numpy as np
import pytest

from cvdrill.testing import random_boxes, strided


def cells(x1, y1, x2, y2):
    return {(x, y) for x in range(x1, x2) for y in range(y1, y2)}


def by_counting(one, other):
    """Count unit cells; the hull is found by growing a box until it holds every corner of both."""
    covered, shared = cells(*one) | cells(*other), cells(*one) & cells(*other)
    xs, ys = (sorted([one[axis], one[axis + 2], other[axis], other[axis + 2]]) for axis in (0, 1))
    hull = cells(xs[0], ys[0], xs[-1], ys[-1])
    if not hull:
        return 0.0
    iou = Fraction(len(shared), len(covered)) if covered else Fraction(0)
    return float(iou - Fraction(len(hull - covered), len(hull)))


def test_agrees_with_counting_cells_where_boxes_touch_nest_and_have_no_area(reference, rng):
    no_hull = no_union = perfect = 0
    for _ in range(40):
        corner_a, corner_b = rng.integers(-2, 3, (2, 50, 2))
        a = np.hstack([corner_a, corner_a + rng.integers(0, 4, (50, 2))])
        b = np.hstack([corner_b, corner_b + rng.integers(0, 4, (50, 2))])
        b[::5] = a[::5]
        expected = np.array([by_counting(*pair) for pair in zip(a.tolist(), b.tolist(), strict=True)])
        for dtype in (np.int32, np.int64, np.float64):
            result = reference.giou(a.astype(dtype), b.astype(dtype))
            np.testing.assert_allclose(result, expected, rtol=1e-12, atol=1e-15)
            assert result.dtype == np.float64
        result = reference.giou(a.astype(np.float32), b.astype(np.float32))
        np.testing.assert_allclose(result, expected, rtol=1e-5, atol=1e-6)
        assert result.dtype == np.float32
        sides = np.maximum(a[:, 2:], b[:, 2:]) - np.minimum(a[:, :2], b[:, :2])
        no_hull += (sides.prod(axis=1) == 0).sum()
        no_union += (expected == -1).sum()
        perfect += (expected == 1).sum()
    assert min(no_hull, no_union, perfect) > 20, "the oracle is only worth its name when edge cases occur"


def test_agrees_with_a_fine_grid_of_points(reference, rng):
    """The areas are shares of a square, measured on a grid of 1,000 × 1,000 midpoints."""
    x, y = np.meshgrid(*[(np.arange(1000) + 0.5) / 1000] * 2)
    for _ in range(10):
        a, b = (random_boxes(rng, 1, size=0.7)[0] + 0.1 for _ in range(2))
        inside_a, inside_b = (
            (x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3]) for box in (a[0], b[0])
        )
        covered = inside_a | inside_b
        rows, columns = (np.ptp(np.flatnonzero(covered.any(axis=axis))) + 1 for axis in (0, 1))
        expected = (inside_a & inside_b).sum() / covered.sum() - 1 + covered.sum() / (rows * columns)
        np.testing.assert_allclose(reference.giou(a, b), expected, atol=0.02)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_views_and_no_boxes(reference, rng, dtype):
    a, b = (random_boxes(rng, 9, dtype=dtype)[0] for _ in range(2))
    np.testing.assert_array_equal(reference.giou(strided(a), strided(b)), reference.giou(a, b))
    result = reference.giou(a[:0], b[:0])
    assert result.shape == (0,)
    assert result.dtype == dtype


def test_bounds_and_symmetry(reference, rng):
    """GIoU lies between -1 and IoU, and does not care which box comes first."""
    a, b = (random_boxes(rng, 500)[0] for _ in range(2))
    result = reference.giou(a, b)
    np.testing.assert_allclose(result, reference.giou(b, a), rtol=1e-12)
    assert (result > -1).all()
    assert (result <= 1).all()
    assert (result < 0).any()
