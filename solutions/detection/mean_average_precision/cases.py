import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

# The 51 recalls 0, 0.01, …, 0.5 are reached by finding one object of two; 50 lie beyond.
HALF, REST = 51 / 101, 50 / 101


def test_every_object_found(attempt):
    """Every object found, in every image and without a false alarm, is a perfect 1."""
    truths = [there(spots(0, 1)), there(spots(2))]
    detections = [found(spots(1, 0), [0.9, 0.7]), found(spots(2), [0.8])]
    assert_map(attempt, detections, truths, 1.0)


def test_a_false_alarm_before_the_hit(attempt):
    """A false alarm with a better score halves the precision of the hit after it."""
    assert_map(attempt, [found(spots(5, 0), [0.9, 0.8])], [there(spots(0))], 1 / 2)
    assert_map(attempt, [found(spots(5, 0), [0.8, 0.9])], [there(spots(0))], 1.0)


def test_all_images_share_one_ranking(attempt):
    """The detections of all images are ranked together: a false alarm costs hits in other images, too."""
    truths = [there(spots(0)), there(spots(0))]
    detections = [found(spots(0), [0.8]), found(spots(5, 0), [0.9, 0.7])]
    # a false alarm, a hit, a hit: precision 0, 1/2, 2/3, raised to 2/3
    assert_map(attempt, detections, truths, 2 / 3)
    # a hit, a false alarm, a hit: the same boxes in the order of the images
    detections = [found(spots(0), [0.7]), found(spots(5, 0), [0.8, 0.9])]
    assert_map(attempt, detections, truths, HALF + REST * 2 / 3)


def test_objects_belong_to_their_image(attempt):
    """A detection is compared with the objects of its own image only."""
    truths = [there(spots(0)), there(spots(1))]
    detections = [found(spots(1), [0.9]), found(spots(0), [0.8])]
    assert_map(attempt, detections, truths, 0.0)
    detections = [found(spots(0, 0, 1), [0.9, 0.8, 0.7]), found(spots(1), [0.6])]
    # a hit, two false alarms, a hit
    assert_map(attempt, detections, truths, HALF + REST * 2 / 4)


def test_the_mean_over_classes(attempt):
    """Each class has an average precision of its own, and the result is their mean."""
    truths = [there(spots(0, 1), [7, 90])]
    # class 7: a hit; class 90: a false alarm, a hit
    detections = [found(spots(0, 5, 1), [0.3, 0.9, 0.8], [7, 90, 90])]
    assert_map(attempt, detections, truths, (1 + 1 / 2) / 2)


def test_every_class_weighs_the_same(attempt):
    """The mean over classes asks neither how many objects a class has nor how many detections."""
    truths = [there(spots(0, 1, 2), [1, 1, 1]), there(spots(0, 1), [1, 4])]
    detections = [found(spots(0, 1, 2), [0.9, 0.8, 0.7], 1), found(spots(0, 5), [0.9, 0.8], [1, 4])]
    assert_map(attempt, detections, truths, 1 / 2)


def test_classes_do_not_mix(attempt):
    """A detection finds objects of its own class only, and takes no others away."""
    truths = [there(spots(0, 1), [0, 1])]
    assert_map(attempt, [found(spots(0, 1), [0.9, 0.8], [1, 0])], truths, 0.0)
    detections = [found(spots(0, 0, 1), [0.9, 0.8, 0.7], [1, 0, 1])]
    assert_map(attempt, detections, truths, (1 + 1 / 2) / 2)
    # IoU 0.60 with the object of its class, 0.74 with that of the other
    assert_map(attempt, [found(sliding(2.5), [0.9], 0)], [there(sliding(0, 4), [0, 1])], 1 / 2)


def test_detections_of_a_class_without_objects(attempt):
    """A class that has no object in any image is left out, and its detections count nowhere."""
    truths = [there(spots(0), 2), there(spots(0), 2)]
    detections = [found(spots(0, 5), [0.8, 0.9], [2, 3]), found(spots(0, 0), [0.6, 0.7], [2, 0])]
    assert_map(attempt, detections, truths, 1.0)


def test_a_class_without_detections(attempt):
    """A class that has objects but no detection counts with 0."""
    truths = [there(spots(0), 2), there(spots(0, 1), [5, 2])]
    detections = [found(spots(0), [0.8], 2), found(spots(1), [0.9], 2)]
    assert_map(attempt, detections, truths, 1 / 2)


@pytest.mark.parametrize(
    ("height", "expected"), [(48, 0.0), (52, 0.1), (63, 0.3), (72, 0.5), (93, 0.9), (97, 1.0)]
)
def test_ten_thresholds_by_default(attempt, height, expected):
    """The default is the mean over the IoU thresholds 0.50, 0.55, …, 0.95."""
    # IoU height / 100
    detections, truths = [found([[0, 0, 100, height]], [0.9])], [there([[0, 0, 100, 100]])]
    assert_close(attempt.mean_average_precision(detections, truths), expected)


def test_thresholds_that_are_given(attempt):
    """The mean is over the given thresholds: a list, a tuple or an array, in any order."""
    detections, truths = [found([[0, 0, 100, 72]], [0.9])], [there([[0, 0, 100, 100]])]
    for thresholds, expected in [([0.5], 1.0), ((0.75,), 0.0), ([0.25, 0.8], 0.5), ((0.9, 0.7), 0.5)]:
        assert_map(attempt, detections, truths, expected, thresholds)
    for thresholds, expected in [([0.8], 0.0), ([0.9, 0.3, 0.6], 2 / 3), ([0.1, 0.2, 0.3, 0.4], 1.0)]:
        assert_map(attempt, detections, truths, expected, np.array(thresholds))
    result = attempt.mean_average_precision(detections, truths, iou_thresholds=[0.3, 0.4, 0.5, 0.9])
    assert_close(result, 3 / 4)


def test_matching_is_done_for_each_threshold_anew(attempt):
    """A detection that takes an object at one threshold may leave it to the next one at another."""
    truths = [there([[0, 0, 100, 100]])]
    detections = [found([[0, 0, 100, 62], [0, 0, 100, 87]], [0.9, 0.8])]
    # at 0.5, 0.55, 0.6 the first is the hit, at the next five the second, at 0.9 and 0.95 none
    assert_close(attempt.mean_average_precision(detections, truths), (3 + 5 / 2) / 10)


@pytest.mark.parametrize(("sixteenths", "threshold"), [(8, 0.5), (4, 0.25), (12, 0.75)])
def test_an_iou_exactly_at_the_threshold(attempt, sixteenths, threshold):
    """An IoU that equals the threshold suffices; a little less does not."""
    # Large areas, on which a tiny epsilon in the denominator is lost in rounding.
    side = 2.0**20
    truths = [there([[0, 0, side, side]])]
    equal, less = ([[0, 0, side, side * share / 16]] for share in (sixteenths, sixteenths - 0.01))
    assert_map(attempt, [found(equal, [0.9])], truths, 1.0, [threshold])
    assert_map(attempt, [found(less, [0.9])], truths, 0.0, [threshold])


def test_the_first_default_threshold_exactly(attempt):
    """An IoU of 0.5 passes the first of the ten thresholds."""
    side = 2.0**20
    detections = [found([[0, 0, side / 2, side]], [0.9])]
    assert_close(attempt.mean_average_precision(detections, [there([[0, 0, side, side]])]), 0.1)


def test_two_detections_of_one_object(attempt):
    """An object is found once; a second detection of it is a false alarm, however well it fits."""
    truths = [there(spots(0, 1))]
    detections = [found(spots(0, 0, 1), [0.9, 0.8, 0.7])]
    assert_map(attempt, detections, truths, HALF + REST * 2 / 3)
    detections = [found([*sliding(1), *spots(0, 1)], [0.9, 0.8, 0.7])]
    assert_map(attempt, detections, truths, HALF + REST * 2 / 3)


def test_the_best_score_chooses_first(attempt):
    """Detections choose by descending score, wherever they stand in the input."""
    truths = [there(sliding(0, 4))]
    # IoU 0.74 with the second object only; 0.82 and 0.54
    assert_map(attempt, [found(sliding(5.5, 1), [0.9, 0.8])], truths, 1.0)
    # IoU 0.54 and 0.82; 0.33 and 0.82: greedy is not optimal, and the first in the input comes second
    assert_map(attempt, [found(sliding(3, 5), [0.9, 0.8])], truths, HALF)
    assert_map(attempt, [found(sliding(3, 5), [0.8, 0.9])], truths, 1.0)


def test_the_best_of_several_objects(attempt):
    """A detection takes the object with which its IoU is largest, not the first that would do."""
    detections = [found(sliding(3, -1), [0.9, 0.8])]  # IoU 0.54 and 0.82; 0.82 and 0.33
    assert_map(attempt, detections, [there(sliding(0, 4))], 1.0)
    assert_map(attempt, detections, [there(sliding(4, 0))], 1.0)


def test_the_best_object_is_taken(attempt):
    """Where the best object is taken, the best of those that are free will do."""
    truths = [there(sliding(0, 4))]
    detections = [found(sliding(4.5, 2.5), [0.9, 0.8])]  # IoU 0.38 and 0.90; 0.60 and 0.74
    assert_map(attempt, detections, truths, 1.0)
    assert_map(attempt, detections, truths, HALF, [0.65])


def test_a_false_alarm_takes_nothing(attempt):
    """A detection below the threshold leaves the object free for the next."""
    assert_map(attempt, [found(sliding(5, 1), [0.9, 0.8])], [there(spots(0))], 1 / 2)


def test_images_without_detections(attempt):
    """Recall is a share of all objects, also of those in images where nothing was detected."""
    truths = [there(spots(0)), there(spots(0))]
    assert_map(attempt, [found(spots(0), [0.9]), found([], [])], truths, HALF)
    assert_map(attempt, [found([], []), found(spots(0), [0.9])], truths, HALF)


def test_images_without_objects(attempt):
    """False alarms count, also those in images without any object."""
    truths = [there(spots(0)), there([]), there(spots(0, 1), [8, 0])]
    detections = [found(spots(0), [0.8]), found(spots(0), [0.9]), found(spots(5, 0), [0.7, 0.6], [0, 8])]
    # class 0: a false alarm, a hit, a false alarm; class 8: a hit
    assert_map(attempt, detections, truths, (HALF / 2 + 1) / 2)


def test_a_later_precision_that_is_better(attempt):
    """Precision is raised to the best at the same or a larger recall: here 0, 1/2, 2/3, 3/4 becomes 3/4."""
    truths = [there(spots(0, 1)), there(spots(0, 1))]
    detections = [found(spots(5, 0), [0.9, 0.8]), found(spots(1, 0), [0.6, 0.7])]
    assert_map(attempt, detections, truths, 76 * 3 / 4 / 101)


def test_a_staircase_of_three_steps(attempt):
    """AP samples the envelope at 101 recalls: 1 up to recall 1/4, 2/3 up to 2/4, then 4/7."""
    truths = [there(spots(0, 1)), there(spots(0, 1))]
    # ranked: a hit, a false alarm, a hit, two false alarms, two hits
    first = found(spots(0, 5, 1, 6), [0.9, 0.8, 0.4, 0.5])
    second = found(spots(1, 7, 0), [0.3, 0.6, 0.7])
    assert_map(attempt, [first, second], truths, (26 + 25 * 2 / 3 + 50 * 4 / 7) / 101)


def test_recall_that_meets_a_grid_point(attempt):
    """A recall equal to a grid point reaches it: with recall 1/2 the point 0.5 still has the precision 1."""
    truths = [there(spots(0)), there(spots(0))]
    detections = [found(spots(0, 5), [0.9, 0.8]), found(spots(5, 0), [0.7, 0.6])]
    assert_map(attempt, detections, truths, HALF + REST * 2 / 4)


def test_nothing_but_false_alarms(attempt):
    """Without a single hit the result is 0."""
    detections = [found(spots(5, 6), [0.9, 0.8]), found(spots(0), [0.7])]
    assert_map(attempt, detections, [there(spots(0)), there(spots(1))], 0.0)


def test_the_best_hundred_of_an_image(attempt):
    """The hundredth detection of a class in an image counts, the one after it does not."""
    truths = [there(spots(0))]
    scores = np.linspace(1, 0.1, 101)
    assert_map(attempt, [found(spots(*[5] * 99, 0), scores[:100])], truths, 1 / 100)
    assert_map(attempt, [found(spots(*[5] * 100, 0), scores)], truths, 0.0)


def test_the_best_hundred_are_the_best_by_score(attempt):
    """It is the scores that decide which hundred count, not the order of the input."""
    truths = [there(spots(0))]
    assert_map(attempt, [found(spots(*[5] * 120, 0), np.linspace(0.1, 1, 121))], truths, 1.0)
    assert_map(attempt, [found(spots(0, *[5] * 120), np.linspace(0.1, 1, 121))], truths, 0.0)


def test_what_is_not_among_the_best_hundred(attempt):
    """What is beyond the best hundred is not a false alarm either."""
    truths = [there(spots(0)), there(spots(0))]
    detections = [found(spots(0, *[5] * 149), np.linspace(1, 0.2, 150)), found(spots(0), [0.1])]
    # a hit, 99 false alarms, a hit
    assert_map(attempt, detections, truths, HALF + REST * 2 / 101)


def test_a_hundred_of_each_class_and_image(attempt):
    """Every class has its own hundred, and has it in every image."""
    scores = np.linspace(1, 0.1, 140)
    truths = [there(spots(0, 1), [0, 1])]
    detections = [found(spots(*[5] * 138, 0, 1), scores, [0, 1] * 70)]
    # each class: 69 false alarms, a hit
    assert_map(attempt, detections, truths, 1 / 70)
    truths = [there([]), there(spots(0))]
    detections = [found(spots(*[5] * 70), scores[:70]), found(spots(*[5] * 69, 0), scores[70:])]
    assert_map(attempt, detections, truths, 1 / 140)


def test_equal_scores_in_one_image(attempt):
    """Of equal scores in one image the earlier detection chooses first, ranks first, is kept first."""
    truths = [there(spots(0, 1))]
    assert_map(attempt, [found(spots(0, *[5] * 30, 1), np.full(32, 0.5))], truths, HALF + REST * 2 / 32)
    # IoU 0.54 and 0.82; 0.33 and 0.82
    assert_map(attempt, [found(sliding(3, 5), [0.5, 0.5])], [there(sliding(0, 4))], HALF)
    assert_map(attempt, [found(sliding(5, 3), [0.5, 0.5])], [there(sliding(0, 4))], 1.0)
    assert_map(attempt, [found(spots(0, *[5] * 100, 1), np.full(102, 0.5))], truths, HALF)
    assert_map(attempt, [found(spots(*[5] * 100, 0, 1), np.full(102, 0.5))], truths, 0.0)


def test_equal_scores_in_several_images(attempt):
    """Of equal scores in several images those of the earlier image rank first."""
    truths, scores = there(spots(*range(16))), np.tile([0.5, 0.25], 8)
    hits, misses = found(spots(*range(16)), scores), found(spots(*range(20, 36)), scores)
    # eight hits, eight false alarms, eight hits, eight false alarms; or the false alarms come first
    assert_map(attempt, [hits, misses], [truths, there([])], HALF + REST * 2 / 3)
    assert_map(attempt, [misses, hits], [there([]), truths], 1 / 2)
    truths = [there(spots(0)), there(spots(0))]
    detections = [found(spots(0, 5), [0.5, 0.9]), found(spots(5, 0), [0.5, 0.9])]
    # a false alarm, a hit, a hit, a false alarm
    assert_map(attempt, detections, truths, 2 / 3)
    detections = [found(spots(5, 0), [0.5, 0.9]), found(spots(0, 5), [0.5, 0.9])]
    # a hit, two false alarms, a hit
    assert_map(attempt, detections, truths, HALF + REST * 2 / 4)


def test_many_equal_scores(attempt):
    """The order holds among many equal scores, too: the sort has to be stable."""
    # At both scores hits and false alarms take turns in the input, and so in the ranking: the k-th of 16 hits
    # has rank 2k - 1. The recall i / 100 is reached by the k-th hit where 16 i / 100 is k when rounded up.
    reaching = [max(1, -(-16 * i // 100)) for i in range(101)]
    expected = sum(k / (2 * k - 1) for k in reaching) / 101
    for per_image in (32, 16):
        images = [np.arange(start, start + per_image) for start in range(0, 32, per_image)]
        truths = [there(spots(*places[places % 4 < 2])) for places in images]
        scores = np.tile([0.5, 0.25], per_image // 2)
        detections = [found(spots(*places), scores) for places in images]
        assert_map(attempt, detections, truths, expected)


def test_scores_may_be_logits(attempt):
    """Scores may be negative: the one nearest to plus infinity is the best."""
    truths = [there(spots(0)), there([])]
    assert_map(attempt, [found(spots(5, 0), [-3.0, -0.5]), found(spots(0), [-1.0])], truths, 1.0)
    assert_map(attempt, [found(spots(5, 0), [-3.0, -0.5]), found(spots(0), [2.0])], truths, 1 / 2)
    # IoU 0.54 and 0.82; 0.33 and 0.82: it matters which chooses first
    assert_map(attempt, [found(sliding(3, 5), [-0.5, -3.0])], [there(sliding(0, 4))], HALF)
    assert_map(attempt, [found(sliding(3, 5), [-3.0, -0.5])], [there(sliding(0, 4))], 1.0)
    assert_map(attempt, [found(spots(0, *[5] * 100), np.linspace(-9, 3, 101))], [there(spots(0))], 0.0)


def test_boxes_apart_in_both_directions(attempt):
    """Boxes apart in x and in y do not overlap, though both differences are negative."""
    detections = [found([[5, 5, 7, 7], [-3, -3, -1, -1], [0, 4, 2, 6]], [0.9, 0.8, 0.7])]
    assert_map(attempt, detections, [there([[0, 0, 2, 2]])], 0.0, [0.1])


def test_boxes_of_unit_scale(attempt):
    """Coordinates may be fractions of the image, where a stray + 1 swamps every width."""
    detections = [found([[0.25, 0, 0.75, 0.5], [0, 0.5, 0.25, 0.75]], [0.9, 0.8])]  # IoU 1/3; 1/2
    truths = [there([[0, 0, 0.5, 0.5], [0, 0.5, 0.25, 1]])]
    assert_map(attempt, detections, truths, (51 / 2) / 101, [0.4])


def test_a_wide_box_and_a_tall_one(attempt):
    """Long boxes that cross share little area, however much one covers the other in x or in y."""
    detections, truths = [found([[-10, 4, 0, 6]], [0.9])], [there([[-6, 0, -4, 10]])]  # IoU 4 / 36
    assert_map(attempt, detections, truths, 1 / 2, [0.1, 0.15])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_nothing_to_be_found(attempt, dtype):
    """Without any object the result is NaN: with detections, without, and without images."""
    some, none = found(spots(0), [0.9], dtype=dtype), found([], [], dtype=dtype)
    nothing = there([], dtype=dtype)
    assert_map(attempt, [some, none], [nothing, nothing], np.nan)
    assert_map(attempt, [none, none], [nothing, nothing], np.nan)
    assert_close(attempt.mean_average_precision([none], [nothing]), np.nan)
    assert_map(attempt, [], [], np.nan)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_detections(attempt, dtype):
    """Objects of which none was detected give 0."""
    none, truths = found([], [], dtype=dtype), there(spots(0, 1), [3, 8], dtype=dtype)
    assert_map(attempt, [none], [truths], 0.0)
    assert_close(attempt.mean_average_precision([none, none], [truths, truths]), 0.0)


@pytest.mark.parametrize("num_images", [1, 2, 7])
def test_random_data(attempt, reference, rng, num_images):
    """Agrees with the reference on random images of three classes, at COCO's thresholds."""
    detections, truths = random_data(rng, num_images)
    expected = reference.mean_average_precision(detections, truths)
    assert_close(attempt.mean_average_precision(detections, truths), expected)


def test_random_data_at_other_thresholds(attempt, reference, rng):
    """Agrees with the reference on random images at thresholds that are given."""
    detections, truths = random_data(rng, 4)
    for thresholds in ([0.3], np.array([0.85, 0.4, 0.65])):
        expected = reference.mean_average_precision(detections, truths, thresholds)
        assert_map(attempt, detections, truths, expected, thresholds)


def test_random_data_in_float32(attempt, reference, rng):
    """Agrees with the reference on boxes and scores in float32, and labels in int32."""
    detections, truths = random_data(rng, 4, np.float32)
    for entry in detections + truths:
        entry["labels"] = entry["labels"].astype(np.int32)
    expected = reference.mean_average_precision(detections, truths)
    assert_close(attempt.mean_average_precision(detections, truths), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as columns of a detector's output."""
    detections, truths = random_data(rng, 3)
    expected = reference.mean_average_precision(detections, truths, [0.5])
    views = [
        [{key: strided(value) for key, value in one.items()} for one in data] for data in (detections, truths)
    ]
    assert_map(attempt, *views, expected)


def spots(*places):
    """Return a box of 10 × 10 for each place; boxes of different places do not touch."""
    return [[20.0 * place, 0.0, 20.0 * place + 10, 10.0] for place in places]


def sliding(*lefts):
    """Return boxes of 10 × 10 that begin at these x."""
    return [[left, 0.0, left + 10, 10.0] for left in lefts]


def there(boxes, labels=0, *, dtype=np.float64):
    """Return the objects of an image."""
    boxes = np.array(boxes, dtype).reshape(-1, 4)
    return {"boxes": boxes, "labels": np.full(len(boxes), labels, np.int64)}


def found(boxes, scores, labels=0, *, dtype=np.float64):
    """Return the detections in an image."""
    return {**there(boxes, labels, dtype=dtype), "scores": np.array(scores, dtype)}


def assert_map(attempt, detections, truths, expected, thresholds=(0.5,)):
    assert_close(attempt.mean_average_precision(detections, truths, thresholds), expected)


def random_data(rng, num_images, dtype=np.float64):
    """Return detections and truths of images with objects of the classes 3, 7 and 20.

    No IoU above 0.2 is within 1e-4 of a multiple of 0.05, and those of one detection with two objects of
    its class differ by 1e-4 or more, so that rounding decides nothing. Recalls meet the 101 points at
    multiples of 1/4 alone: two classes have 4 and 8 objects, one has 7, of which one is out of reach.
    """
    labels = np.repeat([3, 7, 20], [4, 7, 8])
    while True:
        images = rng.integers(0, num_images, len(labels))
        corner = rng.uniform(0, 40, (len(labels), 2))
        boxes = np.hstack([corner, corner + rng.uniform(15, 50, (len(labels), 2))])
        detections = [
            random_detections(rng, boxes[images == i], labels[images == i]) for i in range(num_images)
        ]
        boxes[np.argmax(labels == 7)] += 900
        truths = [{"boxes": boxes[images == i], "labels": labels[images == i]} for i in range(num_images)]
        for entry in detections + truths:
            entry.update({key: value.astype(dtype) for key, value in entry.items() if key != "labels"})
        if all(map(_is_clear, detections, truths)):
            return detections, truths


def random_detections(rng, boxes, labels):
    """Return detections near objects, mostly of the right class, and two anywhere; some scores are equal."""
    n = 2 * len(boxes)
    of = rng.integers(0, max(len(boxes), 1), n)
    near = boxes[of] + rng.normal(0, 2.5, (n, 4))
    confused = np.where(rng.random(n) < 0.8, labels[of], rng.choice([3, 7, 20, 11], n))
    corner = rng.uniform(0, 40, (2, 2))
    wild = np.hstack([corner, corner + rng.uniform(15, 50, (2, 2))])
    return {
        "boxes": np.vstack([near, wild]),
        "labels": np.append(confused, rng.choice([3, 7, 20], 2)),
        "scores": rng.integers(1, 16, n + 2) / 16,
    }


def _is_clear(detection, truth):
    a, b = detection["boxes"].astype(np.float64), truth["boxes"].astype(np.float64)
    sides = np.minimum(a[:, None, 2:], b[:, 2:]) - np.maximum(a[:, None, :2], b[:, :2])
    shared = sides.clip(0).prod(axis=2)
    areas = [(boxes[:, 2:] - boxes[:, :2]).prod(axis=1) for boxes in (a, b)]
    ious = shared / (areas[0][:, None] + areas[1] - shared)
    ious[(detection["labels"][:, None] != truth["labels"]) | (ious < 0.2)] = 0.02
    gaps = np.diff(np.sort(np.where(ious < 0.2, -np.arange(ious.shape[1]), ious), axis=1), axis=1)
    upright = (a[:, 2:] - a[:, :2] > 1).all()
    return upright and (np.abs(ious * 20 - np.round(ious * 20)) > 2e-3).all() and (gaps > 1e-4).all()


def runtime(attempt, rng):
    """Grade about 300 detections in eight images."""
    labels = np.repeat(np.arange(3), 6)
    truths, detections = [], []
    for _ in range(8):
        corner = rng.uniform(0, 200, (len(labels), 2))
        boxes = np.hstack([corner, corner + rng.uniform(15, 50, (len(labels), 2))])
        truths.append({"boxes": boxes, "labels": labels})
        detections.append(random_detections(rng, boxes, labels))
    return lambda: attempt.mean_average_precision(detections, truths)
