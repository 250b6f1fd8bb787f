from math import exp

import numpy as np
import pytest

from cvdrill.testing import Mismatch, assert_close, random_boxes, strided


def test_a_duplicate_falls_back(attempt):
    """A box with IoU 1/2 falls from 0.8 to 0.8 · exp(-1/2), behind a box that overlaps nothing."""
    boxes = np.array([[0.0, 0, 10, 10], [0, 0, 10, 5], [20, 0, 30, 10]])
    check(attempt, boxes, [0.9, 0.8, 0.7], expected=([0, 2, 1], [0.9, 0.7, 0.8 * exp(-0.5)]))


def test_boxes_apart_keep_their_scores(attempt):
    """Boxes that do not overlap come by descending score, with the scores that they have."""
    check(attempt, apart(4), [0.2, 0.9, 0.4, 0.7], expected=([1, 3, 2, 0], [0.9, 0.7, 0.4, 0.2]))


def test_identical_boxes(attempt):
    """Even identical boxes are only decayed, each by all that were selected before it."""
    boxes = np.tile([3.0, 4, 13, 24], (3, 1))
    expected = [1, 2, 0], [0.9, 0.8 * exp(-2), 0.7 * exp(-4)]
    check(attempt, boxes, [0.7, 0.9, 0.8], expected=expected)


def test_decays_add_up(attempt):
    """A box that overlaps two selected ones is decayed twice: the second factor multiplies the first."""
    boxes = np.array([[0.0, 0, 10, 10], [20, 0, 30, 10], [0, 0, 30, 10]])  # IoU of the last: 1/3 and 1/3
    expected = [0, 1, 2], [0.9, 0.8, 0.7 * exp(-2 / 9 / 0.5)]
    check(attempt, boxes, [0.9, 0.8, 0.7], expected=expected)


def test_a_box_that_fell_back_no_longer_comes_first(attempt):
    """b falls behind c because of a, so c is selected next, undecayed, and decays b once more."""
    boxes = np.array([[0.0, 0, 10, 10], [0, 0, 20, 10], [10, 0, 20, 10]])  # b: IoU 1/2 with a and with c
    expected = [0, 2, 1], [0.9, 0.7, 0.8 * exp(-1)]
    check(attempt, boxes, [0.9, 0.8, 0.7], expected=expected)


def test_a_box_keeps_the_score_that_it_was_selected_with(attempt):
    """Selected boxes are not decayed any more, neither by themselves nor by later ones."""
    boxes = np.array([[0.0, 0, 10, 5], [0, 0, 10, 10], [0, 5, 10, 10]])  # IoU 1/2, 1/2; 0
    expected = [1, 0, 2], [1.0, 0.8 * exp(-0.5), 0.6 * exp(-0.5)]
    check(attempt, boxes, [0.8, 1.0, 0.6], expected=expected)


def test_order_changes_more_than_once(attempt):
    """Two crowds take turns: after every selection the best of all the others is looked for anew."""
    crowd = [[0.0, 0, 10, 10], [0, 0, 10, 5], [0, 0, 5, 10]]  # IoU 1/2, 1/2; 1/3
    boxes = np.array([*crowd, [40, 0, 50, 10], [40, 0, 50, 5], [80, 0, 90, 9]])  # IoU 1/2; 0
    decayed = [0.99, 0.95, 0.6, 0.9 * exp(-0.5), 0.88 * exp(-0.5), 0.86 * exp(-0.5) * exp(-2 / 9)]
    scores = [0.99, 0.88, 0.86, 0.95, 0.9, 0.6]
    check(attempt, boxes, scores, expected=([0, 3, 5, 4, 1, 2], decayed))


def test_order_changes_with_every_selection(attempt):
    """Of four pairs, each first box sends its partner back: the best is looked for again and again."""
    pairs = [[[30 * i, 0, 30 * i + 10, 10], [30 * i, 0, 30 * i + 10, 5]] for i in range(4)]  # IoU 1/2
    firsts, seconds = np.array([0.98, 0.96, 0.94, 0.92]), np.array([0.97, 0.95, 0.93, 0.91])
    expected = [0, 2, 4, 6, 1, 3, 5, 7], [*firsts, *seconds * exp(-0.5)]
    boxes = np.array(pairs, float).reshape(-1, 4)
    check(attempt, boxes, np.stack([firsts, seconds], axis=1).ravel(), expected=expected)


@pytest.mark.parametrize("sigma", [0.1, 0.3, 1.0, 2.0])
def test_sigma_can_be_chosen(attempt, sigma):
    """The exponent is the squared IoU divided by sigma: not by its square, not by twice that."""
    boxes = np.array([[0.0, 0, 10, 10], [0, 0, 10, 5], [50, 50, 60, 54]])
    expected = [0, 1, 2], [0.9, 0.8 * exp(-0.25 / sigma), 0.002]
    check(attempt, boxes, [0.9, 0.8, 0.002], sigma, expected=expected)


def test_sigma_and_threshold_by_name(attempt):
    """Both options may be given by their names."""
    boxes, scores = np.array([[0.0, 0, 10, 10], [0, 0, 10, 5]]), np.array([0.9, 0.8])
    expected = as_arrays([0, 1], [0.9, 0.8 * exp(-0.25)])
    assert_close(pair(attempt.soft_nms(boxes, scores, score_threshold=0.3, sigma=1.0)), expected)
    assert_close(pair(attempt.soft_nms(boxes, scores, sigma=1.0)), expected)
    assert_close(pair(attempt.soft_nms(boxes, scores, score_threshold=0.5)), as_arrays([0], [0.9]))


def test_the_default_threshold(attempt):
    """Left out, the threshold is 0.001."""
    check(attempt, apart(4), [0.0011, 0.5, 0.0009, 0.0], expected=([1, 0], [0.5, 0.0011]))


def test_a_score_exactly_at_the_threshold_is_enough(attempt):
    """A box whose current score equals the threshold is selected; a little less is too little."""
    check(attempt, apart(3), [0.5, 0.499, 0.75], 0.5, 0.5, expected=([2, 0], [0.75, 0.5]))
    check(attempt, apart(1), [1.0], 0.5, 1.0, expected=([0], [1.0]))


def test_the_threshold_is_for_decayed_scores(attempt):
    """A box that starts above the threshold and falls below it is not selected."""
    boxes = np.array([[0.0, 0, 10, 10], [0, 0, 10, 9], [20, 0, 30, 10]])  # IoU 0.9: 0.85 falls to 0.17
    check(attempt, boxes, [0.9, 0.85, 0.45], 0.5, 0.3, expected=([0, 2], [0.9, 0.45]))
    boxes[1, 3] = 5  # IoU 1/2: 0.8 falls to 0.485
    check(attempt, boxes, [0.9, 0.8, 0.45], 0.5, 0.46, expected=([0, 1], [0.9, 0.8 * exp(-0.5)]))
    check(attempt, boxes, [0.9, 0.8, 0.45], 0.5, 0.49, expected=([0], [0.9]))


def test_what_is_not_selected_decays_nothing(attempt):
    """A box below the threshold takes nothing from those that are selected."""
    boxes = np.array([[0.0, 0, 10, 10], [0, 0, 10, 10], [0, 0, 10, 5]])
    # The second falls to 0.5 · exp(-2) = 0.07, so it never decays the third.
    check(attempt, boxes, [0.9, 0.5, 0.4], 0.5, 0.2, expected=([0, 2], [0.9, 0.4 * exp(-0.5)]))


def test_nothing_reaches_the_threshold(attempt):
    """When no score is high enough nothing is selected, not even the best: both arrays are empty."""
    check(attempt, apart(3), [0.3, 0.4, 0.2], 0.5, 0.6, expected=([], []))
    check(attempt, apart(1), [0.0005], expected=([], []))


def test_threshold_zero_selects_all(attempt):
    """With threshold 0 every box is selected once, however low its score, a score of 0 included."""
    boxes = apart(3)[[0, 1, 2, 1]]
    expected = [0, 1, 3, 2], [0.9, 0.5, 1e-4 * exp(-2), 0.0]
    check(attempt, boxes, [0.9, 0.5, 0.0, 1e-4], 0.5, 0.0, expected=expected)


def test_strong_decay(attempt):
    """A small sigma leaves next to nothing of a duplicate, and the result stays finite."""
    boxes = np.array([[0.0, 0, 10, 10], [0, 0, 10, 10], [20, 0, 30, 10]])
    check(attempt, boxes, [0.9, 0.8, 0.7], 1e-3, expected=([0, 2], [0.9, 0.7]))
    check(attempt, boxes, [0.9, 0.8, 0.7], 1e-3, 0.0, expected=([0, 2, 1], [0.9, 0.7, 0.0]))


def test_equal_scores_keep_the_earlier_index(attempt):
    """Of equal current scores the earlier index is selected first."""
    check(attempt, apart(40), [0.5] * 40, expected=(np.arange(40), [0.5] * 40))
    boxes = np.array([[0.0, 0, 10, 10], [20, 0, 30, 10], [20, 0, 30, 5]])
    check(attempt, boxes, [0.3, 0.6, 0.6], 0.5, 0.2, expected=([1, 2, 0], [0.6, 0.6 * exp(-0.5), 0.3]))
    check(attempt, apart(3), [0.5, 0.5, 0.9], expected=([2, 0, 1], [0.9, 0.5, 0.5]))


def test_equal_scores_among_others(attempt):
    """Where ten boxes share each of four scores, each ten keep the order of the input."""
    order = np.concatenate([np.arange(first, 40, 4) for first in (1, 3, 2, 0)])
    expected = order, np.repeat([0.75, 0.5, 0.375, 0.25], 10)
    check(attempt, apart(40), [0.25, 0.75, 0.375, 0.5] * 10, expected=expected)


def test_touching_boxes_do_not_overlap(attempt):
    """Boxes that share only an edge or a corner have IoU 0 and decay nothing."""
    boxes = np.array([[0.0, 0, 10, 10], [10, 0, 20, 10], [10, 10, 20, 20], [0, 10, 10, 20]])
    check(attempt, boxes, [0.6, 0.9, 0.7, 0.8], expected=([1, 3, 2, 0], [0.9, 0.8, 0.7, 0.6]))


def test_boxes_apart_in_both_directions(attempt):
    """Boxes apart in x and in y do not overlap, though both differences are negative."""
    boxes = np.array([[0.0, 0, 20, 20], [50, 50, 70, 70], [-60, -40, -30, -25]])
    check(attempt, boxes, [0.9, 0.8, 0.7], expected=([0, 1, 2], [0.9, 0.8, 0.7]))


def test_overlap_is_of_areas_in_both_directions(attempt):
    """Long boxes that cross share little area, however much one covers the other in x or in y."""
    boxes = np.array([[0.0, 4, 10, 6], [4, 0, 6, 10]])  # a cross: 4 / 36
    check(attempt, boxes, [0.5, 0.9], expected=([1, 0], [0.9, 0.5 * exp(-((1 / 9) ** 2) / 0.5)]))


def test_a_box_inside_another(attempt):
    """The overlap of a small box inside a large one is measured against the union: IoU 1/4."""
    boxes = np.array([[0.0, 0, 20, 10], [5, 5, 15, 10]])
    check(attempt, boxes, [0.9, 0.8], expected=([0, 1], [0.9, 0.8 * exp(-1 / 16 / 0.5)]))


def test_boxes_of_unit_scale(attempt):
    """Coordinates may be fractions of the image, where a stray + 1 swamps every width."""
    boxes = np.array([[0.0, 0.0, 0.5, 0.5], [0.0, 0.0, 0.5, 0.25], [0.6, 0.6, 0.9, 0.9]])
    expected = [0, 2, 1], [0.9, 0.7, 0.8 * exp(-0.5)]
    check(attempt, boxes, [0.9, 0.8, 0.7], expected=expected, rtol=1e-5)


def test_negative_coordinates(attempt):
    """Boxes may leave the image."""
    boxes = np.array([[-12.0, -9, -2, -1], [-12, -9, -2, -5], [-5, -5, 5, 5]])  # IoU 1/2; 12/168; 0
    second, third = 0.8 * exp(-0.5), 0.2 * exp(-((12 / 168) ** 2) / 0.5)
    check(attempt, boxes, [0.9, 0.8, 0.2], expected=([0, 1, 2], [0.9, second, third]))


def test_one_box(attempt):
    """A single box is selected with its own score."""
    check(attempt, apart(1), [0.1], expected=([0], [0.1]))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("threshold", [0.0, 0.001])
def test_no_boxes(attempt, dtype, threshold):
    """No boxes give an empty array of integers and an empty array of floats."""
    boxes, scores = np.zeros((0, 4), dtype), np.zeros(0, dtype)
    assert_close(pair(attempt.soft_nms(boxes, scores, 0.5, threshold)), as_arrays([], []))


@pytest.mark.parametrize("options", ["0.5 0.001", "0.2 0.05", "1.0 0.2", "0.5 0"])
@pytest.mark.parametrize("n", [2, 9, 40])
def test_random_boxes(attempt, reference, rng, n, options):
    """Agrees with the reference on random boxes."""
    sigma, threshold = map(float, options.split())
    boxes, scores = random_scene(rng, n, sigma, threshold)
    expected = reference.soft_nms(boxes, scores, sigma, threshold)
    assert_close(pair(attempt.soft_nms(boxes, scores, sigma, threshold)), expected)


def test_random_boxes_and_defaults(attempt, reference, rng):
    """Agrees with the reference when nothing but boxes and scores is given."""
    boxes, scores = random_scene(rng, 30, 0.5, 0.001)
    assert_close(pair(attempt.soft_nms(boxes, scores)), reference.soft_nms(boxes, scores, 0.5, 0.001))


@pytest.mark.parametrize("threshold", [0.1, 0.0])
def test_random_boxes_in_float32(attempt, reference, rng, threshold):
    """Agrees with the reference on boxes and scores in float32."""
    boxes, scores = random_scene(rng, 30, 0.4, threshold, np.float32)
    expected = reference.soft_nms(boxes, scores, 0.4, threshold)
    assert_close(pair(attempt.soft_nms(boxes, scores, 0.4, threshold)), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, and leaves them as they are."""
    boxes, scores = random_scene(rng, 25, 0.5, 0.01)
    expected = reference.soft_nms(boxes, scores, 0.5, 0.01)
    assert_close(pair(attempt.soft_nms(strided(boxes), strided(scores), 0.5, 0.01)), expected)


def runtime(attempt, rng):
    """Rank 150 boxes."""
    boxes, scores = random_boxes(rng, 150)
    return lambda: attempt.soft_nms(boxes, scores)


def check(attempt, boxes, scores, *options, expected, rtol=None):
    """Compare indices and decayed scores with literals, in both float widths."""
    for dtype in (np.float64, np.float32):
        result = attempt.soft_nms(boxes.astype(dtype), np.array(scores, dtype), *options)
        assert_close(pair(result), as_arrays(*expected), rtol=rtol)


def pair(result):
    """Return the result, if it is a pair."""
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Mismatch("The result should be a pair: the indices and the decayed scores.", actual=result)
    return result


def as_arrays(indices, scores):
    """Return what is expected, as arrays."""
    return np.array(indices, np.int64), np.array(scores, np.float64)


def apart(n):
    """Return boxes in a row that do not overlap."""
    return np.array([[20.0 * i, 0, 20 * i + 10, 10] for i in range(n)])


def random_scene(rng, n, sigma, threshold, dtype=np.float64):
    """Return boxes and scores on which rounding decides nothing.

    At each selection the best current score is 1e-3 clear of the second best and of the threshold, measured
    against itself; float32 errs by some 1e-5 after 40 decays.
    """
    while True:
        boxes, scores = random_boxes(rng, n, dtype=dtype)
        decay, current = np.exp(-(_ious(boxes) ** 2) / sigma), scores.astype(np.float64)
        while current.size:
            best, *others = order = np.argsort(-current)
            rivals = [*current[order[1:2]], threshold]
            if (np.abs(current[best] - rivals) < 1e-3 * current[best]).any():
                break
            if current[best] < threshold:
                return boxes, scores
            current = current[others] * decay[best, others]
            decay = decay[np.ix_(others, others)]
        else:
            return boxes, scores


def _ious(boxes):
    x1, y1, x2, y2 = boxes.astype(np.float64).T
    width = (np.minimum.outer(x2, x2) - np.maximum.outer(x1, x1)).clip(0)
    height = (np.minimum.outer(y2, y2) - np.maximum.outer(y1, y1)).clip(0)
    areas = (x2 - x1) * (y2 - y1)
    return width * height / (np.add.outer(areas, areas) - width * height)
