import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_triplet(attempt):
    """The positive is 5 away, the negative 4: with the margin 1, what is missing is 2."""
    anchor, positive, negative = np.array([[1.0, 1]]), np.array([[4.0, 5]]), np.array([[1.0, -3]])
    assert_close(attempt.triplet_loss(anchor, positive, negative), 2.0)


def test_the_roles_of_positive_and_negative(attempt):
    """A negative that is far and a positive that is near cost nothing; exchanged, they cost 6."""
    anchor, near, far = np.array([[0.0, 0, 0]]), np.array([[0.0, 0, 1]]), np.array([[2.0, 4, 4]])
    assert_close(attempt.triplet_loss(anchor, near, far), 0.0)
    assert_close(attempt.triplet_loss(anchor, far, near), 6.0)


def test_a_triplet_inside_the_margin(attempt):
    """A negative that is farther than the positive, but by 0.25 only, still costs 0.75."""
    anchor, positive, negative = np.array([[0.0, 0]]), np.array([[0.0, 2]]), np.array([[2.25, 0]])
    assert_close(attempt.triplet_loss(anchor, positive, negative), 0.75)


def test_each_triplet_is_clamped_by_itself(attempt):
    """A triplet that is 5 better than needed does not pay for one that lacks 3: the mean of 0 and 3."""
    anchor = np.zeros((2, 2))
    positive, negative = np.array([[0.0, 1], [3, 4]]), np.array([[7.0, 0], [0, 3]])
    assert_close(attempt.triplet_loss(anchor, positive, negative), 1.5)


def test_the_mean_over_all_triplets(attempt):
    """Losses of 2, 0, 0.5 and 0 are divided by 4, not by the number of those that cost something."""
    anchor = np.array([[1.0, 0], [0, 0], [0, -2], [5, 5]])
    positive = np.array([[1.0, 3], [0, 1], [2.5, -2], [5, 5]])
    negative = np.array([[3.0, 0], [9, 0], [0, 1], [2, 1]])
    assert_close(attempt.triplet_loss(anchor, positive, negative), 2.5 / 4)


@pytest.mark.parametrize(("margin", "expected"), [(0.25, 0.0), (0.5, 0.125), (2.5, 2.125), (5.0, 4.625)])
def test_the_margin_may_be_given(attempt, margin, expected):
    """A negative that is 0.375 farther is judged by the margin that is given, by position or by name."""
    anchor, positive, negative = np.array([[2.0, 0]]), np.array([[2.0, 1]]), np.array([[0.625, 0]])
    assert_close(attempt.triplet_loss(anchor, positive, negative, margin), expected)
    assert_close(attempt.triplet_loss(anchor, positive, negative, margin=margin), expected)


def test_distances_are_not_squared(attempt):
    """Distances of 3 and 2 differ by 1, their squares by 5."""
    anchor, positive, negative = np.array([[0.0, 0, 0]]), np.array([[1.0, 2, 2]]), np.array([[0.0, 0, -2]])
    assert_close(attempt.triplet_loss(anchor, positive, negative, 0.5), 1.5)


def test_distances_are_euclidean(attempt):
    """Distances of 13 and 10: not the sums of the differences, 17 and 14, nor the largest, 12 and 8."""
    anchor, positive, negative = np.array([[0.0, 0]]), np.array([[5.0, -12]]), np.array([[-6.0, 8]])
    assert_close(attempt.triplet_loss(anchor, positive, negative, 0.5), 3.5)
    assert_close(attempt.triplet_loss(anchor, np.array([[3.0, 4]]), np.array([[0.0, 4.5]]), 0.5), 1.0)


def test_embeddings_are_not_normalised(attempt):
    """Vectors of one direction but different length are apart: 3 and 0.5."""
    anchor, positive, negative = np.array([[0.6, 0.8]]), np.array([[2.4, 3.2]]), np.array([[0.3, 0.4]])
    assert_close(attempt.triplet_loss(anchor, positive, negative), 3.5)


@pytest.mark.parametrize("margin", [1.0, 0.25])
def test_coincident_points(attempt, margin):
    """Where all three coincide the loss is the margin exactly; no epsilon is added to a distance."""
    same = np.array([[3.0, 4], [0, 0], [-1, 2]])
    assert_close(attempt.triplet_loss(same, same, same, margin), margin)


def test_no_epsilon_in_a_distance(attempt):
    """A positive that coincides with its anchor is 0 away, and a negative at 0.5 lacks exactly 0.5."""
    anchor, negative = np.zeros((1, 4)), np.array([[0.0, 0.5, 0, 0]])
    assert_close(attempt.triplet_loss(anchor, anchor, negative), 0.5, rtol=0, atol=1e-12)


def test_points_that_nearly_coincide(attempt, rng):
    """A tiny distance is near 0, and no root of what rounding has made negative: the margin is left."""
    anchor = rng.standard_normal((200, 5))
    positive, negative = (anchor * (1 + 1e-9 * rng.uniform(-1, 1, anchor.shape)) for _ in range(2))
    assert_close(attempt.triplet_loss(anchor, positive, negative), 1.0, rtol=0, atol=0.01)


def test_a_hard_positive(attempt):
    """The distance between positive and negative plays no role: here it is 1, the others are 6 and 5."""
    anchor, positive, negative = np.array([[0.0, 0]]), np.array([[6.0, 0]]), np.array([[5.0, 0]])
    assert_close(attempt.triplet_loss(anchor, positive, negative, 2.0), 3.0)


def test_one_dimension(attempt):
    """Embeddings may have a single component."""
    anchor, positive, negative = np.array([[1.0], [2]]), np.array([[-1.0], [2]]), np.array([[2.0], [-3]])
    assert_close(attempt.triplet_loss(anchor, positive, negative), 1.0)


def test_as_many_triplets_as_components(attempt):
    """With three triplets of three components, distances run along the components of a row."""
    anchor = np.zeros((3, 3))
    positive = np.array([[1.0, 2, 2], [2, 6, 3], [0, 0, 9]])  # 3, 7, 9
    negative = np.array([[4.0, 4, 2], [1, 0, 0], [4, 8, 1]])  # 6, 1, 9
    assert_close(attempt.triplet_loss(anchor, positive, negative, 0.5), (0 + 6.5 + 0.5) / 3)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_far_away_negatives(attempt, dtype):
    """Large distances cost what they cost: here the positive is 5e4 away and the negative 1e4."""
    anchor, positive, negative = np.zeros((2, 2)), np.full((2, 2), 0.0), np.full((2, 2), 0.0)
    positive[0], negative[0], negative[1] = (3e4, -4e4), (0, 1e4), (-3e4, 0)
    arrays = (array.astype(dtype) for array in (anchor, positive, negative))
    assert_close(attempt.triplet_loss(*arrays), 40_001 / 2)


@pytest.mark.parametrize("shape", [(1, 2), (6, 3), (3, 7), (4, 4), (40, 16), (2, 128)])
def test_random_triplets(attempt, reference, rng, shape):
    """Agrees with the reference on random triplets, some of which cost nothing."""
    triplets = random_triplets(rng, *shape)
    assert_close(attempt.triplet_loss(*triplets), reference.triplet_loss(*triplets))


def test_random_margins(attempt, reference, rng):
    """Agrees with the reference for margins from a twentieth to four."""
    for margin in (0.05, 0.3, 2.0, 4.0):
        triplets = random_triplets(rng, 8, 5)
        expected = reference.triplet_loss(*triplets, margin)
        assert_close(attempt.triplet_loss(*triplets, margin), expected)


def test_random_triplets_in_float32(attempt, reference, rng):
    """Agrees with the reference in float32."""
    triplets = [array.astype(np.float32) for array in random_triplets(rng, 30, 12)]
    expected = reference.triplet_loss(*(array.astype(np.float64) for array in triplets))
    assert_close(attempt.triplet_loss(*triplets), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as every third row of a batch."""
    triplets = random_triplets(rng, 9, 4)
    expected = reference.triplet_loss(*triplets)
    assert_close(attempt.triplet_loss(*map(strided, triplets)), expected)


def random_triplets(rng, n, d):
    """Return triplets whose negatives are from 0.5 to 2.5 times as far as their positives.

    The first negative is nearer than its positive, so that the mean is never close to 0.
    """
    anchor, positive, negative = rng.standard_normal((3, n, d))
    positive = anchor + positive / np.linalg.norm(positive, axis=1, keepdims=True) * rng.uniform(1, 2, (n, 1))
    ratio = rng.uniform(0.5, 2.5, (n, 1))
    ratio[0] = 0.5
    distance = ratio * np.linalg.norm(anchor - positive, axis=1, keepdims=True)
    negative = anchor + negative / np.linalg.norm(negative, axis=1, keepdims=True) * distance
    return anchor, positive, negative


def runtime(attempt, rng):
    """Judge 10,000 triplets of 16 components."""
    triplets = random_triplets(rng, 10_000, 16)
    return lambda: attempt.triplet_loss(*triplets)
