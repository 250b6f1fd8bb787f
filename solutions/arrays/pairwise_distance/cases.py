import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_two_points_against_three(attempt):
    """Row i, column j holds the distance of point i of `a` from point j of `b`."""
    a, b = np.array([[0.0, 0], [3, 0]]), np.array([[0.0, 4], [3, 1], [-5, 12]])
    expected = np.array([[4, np.sqrt(10), 13], [5, 1, np.sqrt(208)]])
    assert_close(attempt.pairwise_distance(a, b), expected)


def test_three_points_against_one(attempt):
    """The result has a row per point of `a`, also when `a` is the larger set."""
    a, b = np.array([[4.0, 5], [1, 9], [7, 1]]), np.array([[1.0, 1]])
    assert_close(attempt.pairwise_distance(a, b), np.array([[5.0], [8], [6]]))


def test_as_many_points_in_both_sets(attempt):
    """Rows belong to `a` and columns to `b`, also where no shape tells them apart."""
    a, b = np.array([[0.0, 0], [0, 5]]), np.array([[0.0, 1], [12, 0]])
    assert_close(attempt.pairwise_distance(a, b), np.array([[1.0, 12], [4, 13]]))


def test_points_on_a_line(attempt):
    """In one dimension the distance is the absolute difference."""
    a, b = np.array([[-1.0], [2.5]]), np.array([[1.0], [-4], [3]])
    assert_close(attempt.pairwise_distance(a, b), np.array([[2, 3, 4], [1.5, 6.5, 0.5]]))


def test_points_in_space(attempt):
    """Every coordinate counts: the distance of (1, 2, 2) from the origin is 3."""
    a, b = np.array([[1.0, 2, 2], [-4, 4, 7]]), np.array([[0.0, 0, 0], [1, 2, 9]])
    assert_close(attempt.pairwise_distance(a, b), np.array([[3, 7], [9, np.sqrt(33)]]))


def test_points_that_nearly_coincide(attempt):
    """Points a hair apart have a tiny distance, not NaN: rounding leaves |a|² + |b|² - 2 a·b below 0 here."""
    # Of these numbers x and x + 3e-9 that formula is negative in whichever order its terms are added.
    a = np.array([8.4, 12.9, 13.6, 16.1, 18.2, 19.9, 23.1, 33.6, 34.8, 38.9, 40.4, 41.1])[:, None]
    b = (a + 3e-9)[::-1].copy()
    assert_distances(attempt.pairwise_distance(a, b), by_hand(a, b), a)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_points_that_coincide(attempt, dtype):
    """A set against itself has zeros on its diagonal, up to rounding, and no NaN: no root of -1e-16."""
    points = np.sin(np.arange(120)).reshape(40, 3).astype(dtype)
    assert_distances(attempt.pairwise_distance(points, points), by_hand(points, points), points)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_point_that_occurs_in_both_sets(attempt, dtype):
    """A point in both sets has distance 0 from itself, up to rounding, and its usual distance from others."""
    a = np.cos(np.arange(28)).reshape(7, 4).astype(dtype)
    b = np.concatenate([-a[:3], a[2:4], 2 * a[5:]])
    assert_distances(attempt.pairwise_distance(a, b), by_hand(a, b), a, b)


def test_points_far_from_the_origin(attempt):
    """Only differences of coordinates count, wherever the points are."""
    shift = np.array([1000.0, -2000])
    a, b = np.array([[0.0, 0], [8, 6]]), np.array([[3.0, 4], [0, 12], [8, 7]])
    expected = np.array([[5, 12, np.sqrt(113)], [np.sqrt(29), 10, 1]])
    assert_close(attempt.pairwise_distance(a + shift, b + shift), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_scale(attempt, scale, dtype):
    """Distances of a millionth and of a million are as exact as others."""
    a, b = np.array([[1.0, 2, 2], [-4, 4, 7]]) * scale, np.array([[0.0, 0, 0], [1, 2, 9]]) * scale
    expected = np.array([[3, 7], [9, np.sqrt(33)]]) * scale
    assert_close(attempt.pairwise_distance(a.astype(dtype), b.astype(dtype)), expected)


@pytest.mark.parametrize(("n", "m"), [(0, 3), (2, 0), (0, 0)], ids=["none_in_a", "none_in_b", "none_at_all"])
def test_no_points(attempt, n, m):
    """Without points the result is an empty float array of shape (0, m), (n, 0) or (0, 0)."""
    points = np.array([[0.0, 1], [2, 3], [4, 5]])
    assert_close(attempt.pairwise_distance(points[:n], points[:m]), np.zeros((n, m)))


@pytest.mark.parametrize("size", ["1x6x2", "5x4x1", "8x3x5", "7x7x7", "12x9x64"])
def test_random_points(attempt, reference, rng, size):
    """Agrees with the reference on random points of any dimension."""
    n, m, d = map(int, size.split("x"))
    a, b = random_points(rng, n, m, d)
    assert_close(attempt.pairwise_distance(a, b), reference.pairwise_distance(a, b))


def test_random_points_in_float32(attempt, reference, rng):
    """Agrees with the reference on points in float32."""
    a, b = (points.astype(np.float32) for points in random_points(rng, 10, 8, 3))
    assert_close(attempt.pairwise_distance(a, b), reference.pairwise_distance(a, b))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as two columns of a table."""
    a, b = random_points(rng, 6, 5, 3)
    assert_close(attempt.pairwise_distance(strided(a), strided(b)), reference.pairwise_distance(a, b))


def by_hand(a, b):
    """Return the distances, one pair at a time, in float64."""
    return np.array([[np.linalg.norm(p - q) for q in b] for p in a.astype(np.float64)])


def random_points(rng, n, m, d):
    """Return two sets in a cube of side 2, none of whose points are nearer to each other than 0.1.

    With |a|² + |b|² - 2 a·b the rounding of a distance D is that of a squared norm over 2 D, which for points
    almost on top of each other would leave any tolerance.
    """
    while True:
        a, b = rng.uniform(-1, 1, (n, d)), rng.uniform(-1, 1, (m, d))
        if by_hand(a, b).min() > 0.1:
            return a, b


def assert_distances(actual, expected, *points):
    """Compare where points coincide or nearly do: the error may be the root of epsilon times their scale.

    Eight times that is allowed, for sums of a few terms in any order. The dtype is the coarser of input and
    result, since results in float32 are right too.
    """
    floats = [one.dtype for one in (actual, *points) if type(one) is np.ndarray and one.dtype.kind == "f"]
    eps = min(max(np.finfo(dtype).eps for dtype in floats), np.finfo(np.float32).eps)
    scale = max(np.linalg.norm(one, axis=1).max() for one in points)
    assert_close(actual, expected, atol=8 * float(np.sqrt(eps) * scale))


def runtime(attempt, rng):
    """Compare 200 points with 200 others in 16 dimensions."""
    a, b = rng.standard_normal((2, 200, 16))
    return lambda: attempt.pairwise_distance(a, b)
