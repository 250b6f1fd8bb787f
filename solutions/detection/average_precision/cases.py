import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

METHODS = ["continuous", "voc07", "coco"]


def test_hits_and_a_false_alarm(attempt):
    """A false alarm lowers the precision of every hit ranked below it."""
    scores, hits = np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, False, True, True])
    # precision 1, 1/2, 2/3, 3/4 at recall 1/4, 1/4, 2/4, 3/4; the envelope is 1, then 3/4
    assert_close(attempt.average_precision(scores, hits, 4), 0.625)


@pytest.mark.parametrize("method", METHODS)
def test_every_object_found_first(attempt, method):
    """All objects found before the first false alarm is a perfect 1, whatever follows."""
    scores, hits = np.array([0.9, 0.8, 0.7]), np.array([True, True, False])
    assert_close(attempt.average_precision(scores, hits, 2, method), 1.0)


def test_detections_come_in_any_order(attempt):
    """Detections are ranked by descending score before anything is counted."""
    scores, hits = np.array([0.6, 0.9, 0.7, 0.8]), np.array([True, True, True, False])
    assert_close(attempt.average_precision(scores, hits, 4), 0.625)


@pytest.mark.parametrize(
    ("method", "expected"), [("continuous", 1 / 2), ("voc07", 6 / 11), ("coco", 51 / 101)]
)
def test_an_object_that_is_never_found(attempt, method, expected):
    """Recall is a share of all objects; of two objects one hit reaches 1/2 and no more."""
    assert_close(attempt.average_precision(np.array([0.9]), np.array([True]), 2, method), expected)


@pytest.mark.parametrize(
    ("method", "expected"), [("continuous", 1 / 8), ("voc07", 2 / 11), ("coco", 13 / 101)]
)
def test_recall_that_is_not_reached(attempt, method, expected):
    """Beyond the largest recall that was reached the envelope is 0, and belongs to the mean all the same."""
    scores, hits = np.array([0.9, 0.1, 0.2]), np.array([True, False, False])
    assert_close(attempt.average_precision(scores, hits, 8, method), expected)


@pytest.mark.parametrize(
    ("method", "expected"), [("continuous", 9 / 16), ("voc07", 6 / 11), ("coco", 57 / 101)]
)
def test_a_later_precision_that_is_better(attempt, method, expected):
    """Precision is raised to the best at the same or a larger recall: here 0, 1/2, 2/3, 3/4 becomes 3/4."""
    scores, hits = np.array([0.9, 0.8, 0.7, 0.6]), np.array([False, True, True, True])
    assert_close(attempt.average_precision(scores, hits, 4, method), expected)


def test_the_envelope_is_a_staircase(attempt):
    """The area is a sum of rectangles; nothing is interpolated between one hit and the next."""
    scores, hits = np.array([0.9, 0.8, 0.7]), np.array([True, False, True])
    assert_close(attempt.average_precision(scores, hits, 2), 1 / 2 + 1 / 2 * 2 / 3)


@pytest.mark.parametrize(
    ("method", "expected"), [("continuous", 3 / 4), ("voc07", 8.5 / 11), ("coco", 76 / 101)]
)
def test_recall_that_meets_a_grid_point(attempt, method, expected):
    """A recall equal to a grid point reaches it: with recall 1/2 the point 0.5 still has the precision 1."""
    scores, hits = np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, False, False, True])
    assert_close(attempt.average_precision(scores, hits, 2, method), expected)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("continuous", (1 + 2 / 3 + 4 / 7 + 4 / 7) / 4),
        ("voc07", (3 + 3 * 2 / 3 + 5 * 4 / 7) / 11),
        ("coco", (26 + 25 * 2 / 3 + 50 * 4 / 7) / 101),
    ],
)
def test_a_staircase_of_three_steps(attempt, method, expected):
    """Each method samples the same envelope: 1 up to recall 1/4, 2/3 up to 2/4, then 4/7."""
    scores = np.array([0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
    hits = np.array([True, False, True, False, False, True, True])
    assert_close(attempt.average_precision(scores, hits, 4, method), expected)


@pytest.mark.parametrize("method", METHODS)
def test_nothing_but_false_alarms(attempt, method):
    """Without a single hit the result is 0: the curve has no point of precision 1 at recall 0."""
    scores, hits = np.array([0.9, 0.8]), np.array([False, False])
    assert_close(attempt.average_precision(scores, hits, 3, method), 0.0)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("hit", [True, False])
def test_one_detection_of_one_object(attempt, method, hit):
    """One detection of the only object is worth 1 when it hits and 0 when it does not."""
    assert_close(attempt.average_precision(np.array([0.3]), np.array([hit]), 1, method), float(hit))


def test_equal_scores_keep_the_order_of_the_input(attempt):
    """Detections of equal score are ranked as they come in."""
    hits = np.array([True] * 20 + [False] * 20)
    assert_close(attempt.average_precision(np.full(40, 0.5), hits, 20), 1.0)
    scores = np.array([0.5, 0.9, 0.5, 0.9, 0.5])  # ranked: 1, 3, 0, 2, 4
    hits = np.array([True, False, False, True, True])
    assert_close(attempt.average_precision(scores, hits, 4), 2 / 4 * 2 / 3 + 1 / 4 * 3 / 5)


def test_equal_scores_among_others(attempt):
    """Where ten detections share each of four scores, each ten keep the order of the input."""
    scores, hits = np.tile([0.2, 0.8, 0.4, 0.6], 10), np.arange(40) < 20
    # of each score five hits, then five false alarms: 5 of 5, 10 of 15, 15 of 25, 20 of 35
    expected = (1 + 10 / 15 + 15 / 25 + 20 / 35) / 4
    assert_close(attempt.average_precision(scores, hits, 20), expected)


@pytest.mark.parametrize("method", METHODS)
def test_nothing_to_be_found(attempt, method):
    """Without objects there is no recall: the result is NaN, with detections and without."""
    scores, hits = np.array([0.9, 0.8]), np.array([False, False])
    assert_close(attempt.average_precision(scores, hits, 0, method), np.nan)
    assert_close(attempt.average_precision(scores[:0], hits[:0], 0, method), np.nan)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_detections(attempt, method, dtype):
    """Objects of which none was detected give 0."""
    assert_close(attempt.average_precision(np.zeros(0, dtype), np.zeros(0, bool), 3, method), 0.0)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("dtype", [np.int64, np.uint8])
def test_flags_that_are_integers(attempt, method, dtype):
    """The flags may be the integers 0 and 1 instead of booleans."""
    scores, hits = np.array([0.6, 0.9, 0.8, 0.7]), np.array([1, 0, 1, 0], dtype)
    # precision 0, 1/2, 1/3, 2/4 in the order of the scores: the envelope is 1/2 up to recall 1
    assert_close(attempt.average_precision(scores, hits, 2, method), 0.5)


def test_negative_scores(attempt):
    """Scores may be logits: the one nearest to plus infinity is the best."""
    scores, hits = np.array([-3.0, 2.0, -0.5]), np.array([True, True, False])
    assert_close(attempt.average_precision(scores, hits, 2), 1 / 2 + 1 / 2 * 2 / 3)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("size", [(6, 4, 4), (40, 16, 64), (150, 64, 64), (150, 90, 211)])
def test_random_rankings(attempt, reference, rng, size, method):
    """Agrees with the reference on random detections, some of equal score."""
    n, num_hits, num_truths = size
    scores, hits = random_detections(rng, n, num_hits)
    expected = reference.average_precision(scores, hits, num_truths, method)
    assert_close(attempt.average_precision(scores, hits, num_truths, method), expected)


@pytest.mark.parametrize("method", METHODS)
def test_random_rankings_in_float32(attempt, reference, rng, method):
    """Agrees with the reference on scores in float32."""
    scores, hits = random_detections(rng, 60, 25)
    expected = reference.average_precision(scores.astype(np.float32), hits, 32, method)
    assert_close(attempt.average_precision(scores.astype(np.float32), hits, 32, method), expected)


@pytest.mark.parametrize("method", METHODS)
def test_strided_views(attempt, reference, rng, method):
    """Works on views whose memory is not contiguous, such as columns of a detector's output."""
    scores, hits = random_detections(rng, 30, 13)
    expected = reference.average_precision(scores, hits, 16, method)
    assert_close(attempt.average_precision(strided(scores), strided(hits), 16, method), expected)


def random_detections(rng, n, num_hits):
    """Return n scores, with ties, and flags of which `num_hits` are true.

    The number of objects that goes with them is a power of two, whose recalls meet the grids at multiples of
    1/4 alone, or a prime above the number of hits, whose recalls stay 1/21100 or more away from every grid
    point but 0: however recall and grid are computed, rounding decides nothing.
    """
    return rng.integers(0, n, n) / n, rng.permutation(np.arange(n) < num_hits)


def runtime(attempt, rng):
    """Score 5,000 detections."""
    scores, hits = rng.random(5_000), rng.random(5_000) < 0.5
    return lambda: attempt.average_precision(scores, hits, 3_000, "coco")
