import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

# The 51 recalls 0, 0.01, …, 0.5 are reached by finding one object of two; 50 lie beyond.


def test_every_object_found(attempt):
    """Every object found, without a false alarm, is a perfect 1."""
    truths = masks("##.. ##..", "..## ....")
    assert_ap(attempt, truths, [0.9, 0.8], truths, 1.0)


def test_a_false_alarm_before_the_hit(attempt):
    """A false alarm with a better score halves the precision of the hit after it."""
    found = masks(".... ..##", "##.. ##..")
    assert_ap(attempt, found, [0.9, 0.8], masks("##.. ##.."), 1 / 2)


def test_a_false_alarm_after_the_hit(attempt):
    """A false alarm after everything is found costs nothing."""
    found = masks("##.. ##..", ".... ..##")
    assert_ap(attempt, found, [0.9, 0.8], masks("##.. ##.."), 1.0)


def test_detections_come_in_any_order(attempt):
    """Detections choose by descending score, wherever they stand in the input."""
    truths = masks("##.. ##..", "..## ....")
    found = masks(".... ..##", "..## ....", "##.. ##..")
    # by score: a hit, a false alarm, a hit; precision 1, 1/2, 2/3
    assert_ap(attempt, found, [0.7, 0.6, 0.8], truths, (51 + 50 * 2 / 3) / 101)


def test_an_object_that_is_never_found(attempt):
    """Recall is a share of all objects; of two objects one hit reaches 1/2 and no more."""
    truths = masks("##.. ##..", "..## ....")
    assert_ap(attempt, truths[:1], [0.9], truths, 51 / 101)


def test_recall_that_meets_a_grid_point(attempt):
    """A recall equal to a grid point reaches it: with recall 1/2 the point 0.5 still has the precision 1."""
    truths = masks("##.. ##..", "..## ....")
    found = masks("##.. ##..", "...# ..##", "...# ...#", "..## ....")
    assert_ap(attempt, found, [0.9, 0.8, 0.7, 0.6], truths, (51 + 50 * 2 / 4) / 101)


def test_two_detections_of_one_object(attempt):
    """An object is claimed once; a second detection of it is a false alarm, however well it fits."""
    truths = masks("##.. ##..", "..## ....")
    found = masks("##.. ##..", "##.. ##..", "..## ....")
    assert_ap(attempt, found, [0.9, 0.8, 0.7], truths, (51 + 50 * 2 / 3) / 101)


def test_a_better_mask_with_a_lower_score(attempt):
    """Of two detections of one object the better score gets it, though the other fits better."""
    truths = masks("####. .....", "....# ....#")
    found = masks("###.. .....", "####. .....", "....# ....#")  # IoU 3/4 and 1 with the first object
    assert_ap(attempt, found, [0.9, 0.8, 0.7], truths, (51 + 50 * 2 / 3) / 101)


def test_the_best_of_several_objects(attempt):
    """A detection takes the object with which its IoU is largest, not the first that would do."""
    truths = masks("##########..", "..##########")
    found = masks("..#########.", "########....")  # IoU 8/11 and 9/10; 8/10 and 6/12
    assert_ap(attempt, found, [0.9, 0.8], truths, 1.0, 0.6)
    assert_ap(attempt, found, [0.9, 0.8], truths[::-1].copy(), 1.0, 0.6)


def test_the_best_object_is_taken(attempt):
    """Where the best object is taken, the best of those that are free will do."""
    truths = masks("##########..", "..##########")
    found = masks("..##########", "..#########.")  # the second has IoU 8/11 and 9/10
    assert_ap(attempt, found, [0.9, 0.8], truths, 1.0, 0.6)
    assert_ap(attempt, found, [0.9, 0.8], truths, 51 / 101, 0.75)


def test_a_detection_that_takes_nothing(attempt):
    """A detection below the threshold claims nothing; the object stays free for the next."""
    truths = masks("####..", "....##")
    found = masks("#.....", "####..", "....##")
    assert_ap(attempt, found, [0.9, 0.8, 0.7], truths, 2 / 3)


def test_masks_are_compared_and_not_boxes(attempt):
    """Two masks with the same box around them need not share a pixel, and the other way round."""
    truths = masks("#.. .#. ..#", "... ... #..")
    found = masks("..# .#. #..", "### ### ###", "... ... #..", "#.. .#. ...")
    # IoU 1/5 and 3/9 with the diagonal, 1/3 and 1/9 with the pixel
    assert_ap(attempt, found[:2], [0.9, 0.8], truths, 0.0)
    # the last has IoU 2/3 with the diagonal, but its box 4/9 with that around it
    assert_ap(attempt, found[2:], [0.9, 0.8], truths, 1.0)


@pytest.mark.parametrize(("pixels", "threshold"), [(8192, 0.5), (4096, 0.25), (12288, 0.75)])
def test_an_iou_exactly_at_the_threshold(attempt, pixels, threshold):
    """An IoU that equals the threshold suffices; a little less does not."""
    truth = np.ones((1, 128, 128), bool)
    found = (np.arange(128 * 128) < pixels).reshape(1, 128, 128)
    assert_ap(attempt, found, [0.9], truth, 1.0, threshold)
    found = (np.arange(128 * 128) < pixels - 40).reshape(1, 128, 128)
    assert_ap(attempt, found, [0.9], truth, 0.0, threshold)


def test_the_threshold_is_one_half_unless_given(attempt):
    """iou_threshold is 0.5 by default, and 0.5 suffices."""
    truth, scores = np.ones((1, 128, 128), bool), np.array([0.9])
    found = (np.arange(128 * 128) < 8192).reshape(1, 128, 128)
    assert_close(attempt.mask_average_precision(found, scores, truth), 1.0)
    found = (np.arange(128 * 128) < 8150).reshape(1, 128, 128)
    assert_close(attempt.mask_average_precision(found, scores, truth), 0.0)
    assert_close(attempt.mask_average_precision(found, scores, truth, iou_threshold=0.4), 1.0)


def test_a_later_precision_that_is_better(attempt):
    """Precision is raised to the best at the same or a larger recall: here 0, 1/2, 2/3, 3/4 becomes 3/4."""
    truths = masks("#... ....", ".... #...", "...# ....", ".... ...#")
    found = np.concatenate([masks(".... .#.."), truths[:3]])
    assert_ap(attempt, found, [0.9, 0.8, 0.7, 0.6], truths, 76 * 3 / 4 / 101)


def test_a_staircase_of_three_steps(attempt):
    """The mean samples the envelope: 1 up to recall 1/4, 2/3 up to 2/4, then 4/7."""
    truths = masks("#... ....", ".... #...", "...# ....", ".... ...#")
    wrong = masks("..#. ....", ".#.. ....", ".... .#..")
    found = np.concatenate([truths, wrong])[[0, 4, 1, 5, 6, 2, 3]]
    expected = (26 + 25 * 2 / 3 + 50 * 4 / 7) / 101
    assert_ap(attempt, found, np.linspace(0.9, 0.3, 7), truths, expected, 0.9)


def test_nothing_but_false_alarms(attempt):
    """Without a single hit the result is 0."""
    assert_ap(attempt, masks("##..", ".##."), [0.9, 0.8], masks("...#", "..##"), 0.0)


def test_equal_scores_keep_the_order_of_the_input(attempt):
    """Detections of equal score choose as they come in."""
    truths = masks("##.. ##..", "..## ....")
    found = np.concatenate([truths[[0] * 16], truths[[1]]])
    # a hit, fifteen false alarms, and the second object at rank 17
    assert_ap(attempt, found, np.full(17, 0.5), truths, (51 + 50 * 2 / 17) / 101)
    found = masks("..## ..#.", "##.. ##..", "..## ....", ".... ..##")  # scores rank them 1, 3, 0, 2
    # two detections of the second object: the first of them has IoU 2/3 and gets it
    assert_ap(attempt, found, [0.5, 0.9, 0.5, 0.9], truths, (51 + 50 * 2 / 3) / 101)


def test_equal_scores_among_others(attempt):
    """Where ten detections share each of four scores, each ten choose in the order of the input."""
    pixels = np.eye(40, dtype=bool).reshape(40, 5, 8)
    # of each score five hits, then five false alarms: 5 of 5, 10 of 15, 15 of 25, 20 of 35
    expected = (26 + 25 * 10 / 15 + 25 * 15 / 25 + 25 * 20 / 35) / 101
    assert_ap(attempt, pixels, np.tile([0.2, 0.8, 0.4, 0.6], 10), pixels[:20], expected)


def test_scores_may_be_logits(attempt):
    """Scores may be negative: the one nearest to plus infinity is the best."""
    found = masks(".... ..##", "##.. ##..")
    assert_ap(attempt, found, [-3.0, -0.5], masks("##.. ##.."), 1.0)
    assert_ap(attempt, found, [2.0, -0.5], masks("##.. ##.."), 1 / 2)


def test_scores_in_float32(attempt):
    """Scores may be float32."""
    found, truths = masks(".... ..##", "##.. ##.."), masks("##.. ##..")
    scores = np.array([0.25, 0.125], np.float32)
    assert_close(attempt.mask_average_precision(found, scores, truths, 0.5), 0.5)


def test_empty_masks(attempt):
    """An empty mask overlaps nothing: not an object, and not an empty object, which is never found."""
    truths, found = masks("##.. ##..", ".... ...."), masks(".... ....", "##.. ##..")
    assert_ap(attempt, found, [0.9, 0.8], truths, 51 / 2 / 101)


def test_nothing_to_be_found(attempt):
    """Without objects there is no recall: the result is NaN, with detections and without."""
    found, nothing = masks("##.. ##..", "..## ...."), np.zeros((0, 2, 4), bool)
    assert_ap(attempt, found, [0.9, 0.8], nothing, np.nan)
    assert_ap(attempt, nothing, [], nothing, np.nan)


def test_no_detections(attempt):
    """Objects of which none was detected give 0."""
    assert_ap(attempt, np.zeros((0, 2, 4), bool), [], masks("##.. ##..", "..## ...."), 0.0)


def test_more_than_a_hundred_detections(attempt):
    """All detections count, also the hundred-and-twentieth."""
    found = np.concatenate([masks("#. ..")[[0] * 119], masks(".. .#")])
    assert_ap(attempt, found, np.linspace(1, 0.1, 120), masks(".. .#"), 1 / 120)


@pytest.mark.parametrize("num_truths", [4, 7, 13])
@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.75])
def test_random_instances(attempt, reference, rng, num_truths, threshold):
    """Agrees with the reference on random instances, some of equal score."""
    found, scores, truths = random_instances(rng, 14, num_truths, threshold)
    expected = reference.mask_average_precision(found, scores, truths, threshold)
    assert_close(attempt.mask_average_precision(found, scores, truths, threshold), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as masks that came with the objects last."""
    found, scores, truths = random_instances(rng, 9, 8, 0.4)
    expected = reference.mask_average_precision(found, scores, truths, 0.4)
    views = strided(found), strided(scores), strided(truths)
    assert_close(attempt.mask_average_precision(*views, 0.4), expected)


def masks(*pictures):
    """Return one mask per picture, whose rows are divided by blanks; # is inside."""
    return np.array([[[c == "#" for c in row] for row in picture.split()] for picture in pictures])


def assert_ap(attempt, found, scores, truths, expected, threshold=0.5):
    scores = np.array(scores, dtype=np.float64)
    assert_close(attempt.mask_average_precision(found, scores, truths, threshold), expected)


def random_instances(rng, n, num_truths, threshold):
    """Return n masks with scores, and truths, about two thirds of which are found more or less well.

    No IoU is within 1e-3 of the threshold, and none that reaches it ties with another of the same detection,
    so rounding decides nothing. The numbers of truths are powers of two, whose recalls meet the 101 points at
    multiples of 1/4 alone, or primes, whose recalls stay 1/1300 or more away from all points but 0 and 1.
    """
    while True:
        truths = random_rectangles(rng, num_truths)
        shifted = np.roll(truths, tuple(rng.integers(-1, 2, 2)), axis=(1, 2))
        near = shifted[rng.integers(0, num_truths, n)] & (rng.uniform(size=(n, *truths.shape[1:])) < 0.9)
        wild = (rng.uniform(size=n) < 0.3)[:, None, None]
        found = np.where(wild, random_rectangles(rng, n), near)
        both = (found[:, None] & truths).sum(axis=(2, 3))
        ious = both / np.maximum((found[:, None] | truths).sum(axis=(2, 3)), 1)
        enough = np.sort(np.where(ious > threshold, ious, -np.arange(1, num_truths + 1)), axis=1)
        if np.abs(ious - threshold).min() > 1e-3 and np.diff(enough, axis=1).min(initial=1) > 1e-6:
            return found, rng.integers(0, n, n) / n, truths


def random_rectangles(rng, n):
    """Return n rectangles on 16 × 20 pixels that overlap in every degree."""
    top, left = rng.integers(0, [[9], [11]], (2, n))[:, :, None]
    height, width = rng.integers(4, 9, (2, n))[:, :, None]
    rows, columns = np.arange(16), np.arange(20)
    return ((rows >= top) & (rows < top + height))[:, :, None] & (
        (columns >= left) & (columns < left + width)
    )[:, None]


def runtime(attempt, rng):
    """Grade 40 masks against 30 objects on 48 × 64 pixels."""
    corner = rng.integers(0, [[[24]], [[32]]], (2, 70, 1))
    rows, columns = np.arange(48) - corner[0], np.arange(64) - corner[1]
    every = ((rows >= 0) & (rows < 20))[:, :, None] & ((columns >= 0) & (columns < 24))[:, None]
    found, truths, scores = every[:40], every[40:], rng.uniform(size=40)
    return lambda: attempt.mask_average_precision(found, scores, truths, 0.5)
