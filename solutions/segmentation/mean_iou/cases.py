import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

# An epsilon of 1e-6 on a union of one pixel is allowed; no wrong count of pixels comes as near.
NEAR = 1e-5


def test_two_classes(attempt):
    """The IoU of each class is its pixels in both over its pixels in either; the result is their mean."""
    pred, target = labels("001 011"), labels("000 011")
    assert_close(attempt.mean_iou(pred, target, 2), (3 / 4 + 2 / 3) / 2, rtol=NEAR)


def test_a_perfect_prediction(attempt):
    """A prediction that equals the target is worth 1."""
    target = labels("0012 0122")
    assert_close(attempt.mean_iou(target, target.copy(), 3), 1.0, rtol=NEAR)


def test_nothing_right(attempt):
    """A prediction without a right pixel is worth 0."""
    assert_close(attempt.mean_iou(labels("011 000"), labels("100 111"), 2), 0.0)


def test_classes_weigh_the_same(attempt):
    """A class of two pixels weighs as much in the mean as one of sixteen."""
    pred, target = labels("000000 000000 000000"), labels("000000 000000 000011")
    assert_close(attempt.mean_iou(pred, target, 2), (16 / 18 + 0) / 2, rtol=NEAR)


def test_a_class_in_neither(attempt):
    """A class that is neither predicted nor true is left out of the mean."""
    pred, target = labels("00 33"), labels("03 33")
    assert_close(attempt.mean_iou(pred, target, 6), (1 / 2 + 2 / 3) / 2, rtol=NEAR)


def test_a_class_that_is_only_predicted(attempt):
    """A class that is predicted and never true has IoU 0, which counts in the mean."""
    assert_close(attempt.mean_iou(labels("0020"), labels("0000"), 3), (3 / 4 + 0) / 2, rtol=NEAR)


def test_a_class_that_is_never_predicted(attempt):
    """A class that is true and never predicted has IoU 0, which counts in the mean."""
    assert_close(attempt.mean_iou(labels("0000"), labels("0002"), 3), (3 / 4 + 0) / 2, rtol=NEAR)


def test_the_first_and_the_last_class(attempt):
    """Class 0 counts like any other, and so does class num_classes - 1."""
    pred, target = labels("0044 0411"), labels("0004 0411")
    assert_close(attempt.mean_iou(pred, target, 5), (3 / 4 + 2 / 3 + 1) / 3, rtol=NEAR)


def test_pred_and_target_are_counted_alike(attempt):
    """Exchanging prediction and target changes nothing where no pixel is ignored."""
    pred, target = labels("001 122 212"), labels("011 222 110")
    expected = (1 / 3 + 2 / 5 + 2 / 5) / 3
    assert_close(attempt.mean_iou(pred, target, 3), expected, rtol=NEAR)
    assert_close(attempt.mean_iou(target, pred, 3), expected, rtol=NEAR)


def test_a_batch_is_counted_as_a_whole(attempt):
    """Pixels of all images are counted together; the mean of the images' results is another number."""
    pred, target = labels("00 01", "11 11"), labels("00 00", "11 10")
    assert_close(attempt.mean_iou(pred, target, 2), (3 / 5 + 3 / 5) / 2, rtol=NEAR)


def test_a_class_in_one_image_of_the_batch(attempt):
    """A class that is in one image only does not count as missing in the other."""
    pred, target = labels("00 11", "22 22"), labels("00 11", "22 12")
    assert_close(attempt.mean_iou(pred, target, 3), (1 + 2 / 3 + 3 / 4) / 3, rtol=NEAR)


def test_ignored_pixels(attempt):
    """Pixels whose target is ignore_index do not exist, whatever is predicted there."""
    pred, target = labels("0011 0011"), labels("00x1 xx01")
    assert_close(attempt.mean_iou(pred, target, 2, 255), (2 / 3 + 2 / 3) / 2, rtol=NEAR)
    assert_close(attempt.mean_iou(pred, target, num_classes=2, ignore_index=255), 2 / 3, rtol=NEAR)


def test_a_class_on_ignored_pixels_alone(attempt):
    """A class that is predicted on ignored pixels only does not occur, and is left out of the mean."""
    pred, target = labels("0122 0012"), labels("01xx 011x")
    assert_close(attempt.mean_iou(pred, target, 3, 255), (2 / 3 + 2 / 3) / 2, rtol=NEAR)


def test_an_ignored_class(attempt):
    """ignore_index may be one of the classes; predicting it on other pixels is wrong and counts."""
    pred, target = labels("0011 2200"), labels("0001 2222")
    # without the three pixels whose target is 0: class 0 has 0/2, class 1 has 1/1, class 2 has 2/4
    assert_close(attempt.mean_iou(pred, target, 3, ignore_index=0), (0 + 1 + 1 / 2) / 3, rtol=NEAR)
    # without the four pixels whose target is 2: class 0 has 2/3, class 1 has 1/2
    assert_close(attempt.mean_iou(pred, target, 3, ignore_index=2), (2 / 3 + 1 / 2) / 2, rtol=NEAR)


def test_an_ignored_class_that_is_predicted_elsewhere(attempt):
    """What is predicted decides nothing about being ignored: class 1 stays wrong where the target is 0."""
    pred, target = labels("0111 1011"), labels("0001 1100")
    # left are the five pixels whose target is 0: class 0 has 1/5, class 1 has 0/4
    assert_close(attempt.mean_iou(pred, target, 2, ignore_index=1), (1 / 5 + 0) / 2, rtol=NEAR)


def test_a_negative_ignore_index(attempt):
    """ignore_index may be -1."""
    pred, target = np.array([[[0, 1, 1, 0]]]), np.array([[[0, 1, -1, -1]]])
    assert_close(attempt.mean_iou(pred, target, 2, ignore_index=-1), 1.0, rtol=NEAR)


def test_an_ignore_index_that_does_not_occur(attempt):
    """Where no target is ignore_index, nothing is left out."""
    pred, target = labels("001 011"), labels("000 011")
    assert_close(attempt.mean_iou(pred, target, 2, 255), (3 / 4 + 2 / 3) / 2, rtol=NEAR)


def test_nothing_left(attempt):
    """Where every pixel is ignored there is nothing to average: the result is NaN."""
    assert_close(attempt.mean_iou(labels("012 210"), labels("xxx xxx"), 3, 255), np.nan)
    assert_close(attempt.mean_iou(labels("01", "10"), labels("00", "00"), 2, ignore_index=0), np.nan)


@pytest.mark.parametrize("shape", [(0, 3, 4), (2, 0, 3)], ids=["no_images", "no_rows"])
def test_no_pixels(attempt, shape):
    """Without pixels the result is NaN, with ignore_index and without."""
    nothing = np.zeros(shape, np.int64)
    assert_close(attempt.mean_iou(nothing, nothing.copy(), 3), np.nan)
    assert_close(attempt.mean_iou(nothing, nothing.copy(), 3, 255), np.nan)


def test_one_class(attempt):
    """With one class every pixel is right."""
    assert_close(attempt.mean_iou(labels("000 000"), labels("00x 000"), 1, 255), 1.0, rtol=NEAR)


@pytest.mark.parametrize("dtypes", ["uint8 uint8", "int32 uint8", "uint8 int64", "int16 int32"])
def test_narrow_labels(attempt, dtypes):
    """Labels may be uint8, whose products go back to 0 after 255."""
    pred, target = (np.arange(210).reshape(2, 7, 15) % 21 for _ in range(2))
    pred[0, 0, :3] = target[1, 6, 3:6] = 20
    pred, target = (array.astype(dtype) for array, dtype in zip((pred, target), dtypes.split(), strict=True))
    expected = by_hand(pred, target, 21)
    assert_close(attempt.mean_iou(pred, target, 21), expected, rtol=NEAR)
    assert_close(attempt.mean_iou(pred, target, 21, 255), expected, rtol=NEAR)


@pytest.mark.parametrize("num_classes", [2, 5, 19])
def test_random_labels(attempt, reference, rng, num_classes):
    """Agrees with the reference on random batches, a third of them right."""
    pred, target = random_labels(rng, num_classes)
    expected = reference.mean_iou(pred, target, num_classes)
    assert_close(attempt.mean_iou(pred, target, num_classes), expected, rtol=NEAR)


@pytest.mark.parametrize("ignore_index", [0, 3, 255])
def test_random_labels_with_ignored_pixels(attempt, reference, rng, ignore_index):
    """Agrees with the reference on random batches of which some pixels are ignored."""
    pred, target = random_labels(rng, 6)
    target[rng.uniform(size=target.shape) < 0.3] = ignore_index
    expected = reference.mean_iou(pred, target, 6, ignore_index)
    assert_close(attempt.mean_iou(pred, target, 6, ignore_index), expected, rtol=NEAR)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as every second pixel of a label image."""
    pred, target = random_labels(rng, 4)
    expected = reference.mean_iou(pred, target, 4, 2)
    assert_close(attempt.mean_iou(strided(pred), strided(target), 4, 2), expected, rtol=NEAR)


def labels(*pictures):
    """Return one image of labels per picture, whose rows are divided by blanks; x stands for 255."""
    return np.array([[[255 if c == "x" else int(c) for c in row] for row in p.split()] for p in pictures])


def by_hand(pred, target, num_classes):
    """Return the mean IoU from sets of pixels; every class occurs."""
    pixels = [[set(np.flatnonzero(array == c)) for c in range(num_classes)] for array in (pred, target)]
    return sum(len(p & t) / len(p | t) for p, t in zip(*pixels, strict=True)) / num_classes


def random_labels(rng, num_classes):
    """Return a prediction and a target of three images of 9 × 7 pixels."""
    pred, target = rng.integers(0, num_classes, (2, 3, 9, 7))
    right = rng.uniform(size=target.shape) < 0.3
    return np.where(right, target, pred), target


def runtime(attempt, rng):
    """Grade two images of 256 × 256 pixels and 19 classes."""
    pred, target = rng.integers(0, 19, (2, 2, 256, 256), dtype=np.uint8)
    target[rng.uniform(size=target.shape) < 0.1] = 255
    return lambda: attempt.mean_iou(pred, target, 19, 255)
