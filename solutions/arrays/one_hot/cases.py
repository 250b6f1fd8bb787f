import numpy as np
import pytest

from cvdrill.testing import Mismatch, assert_close, assert_raises, strided


def test_each_label_becomes_a_row(attempt):
    """Row i is 1 at the label of element i and 0 elsewhere."""
    expected = np.array([[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]])
    assert_one_hot(attempt.one_hot(np.array([2, 0, 3, 1]), 4), expected)


def test_classes_that_do_not_occur(attempt):
    """The number of columns is num_classes, also when the labels stop before the last class."""
    assert_one_hot(attempt.one_hot(np.array([1, 0]), 5), np.array([[0, 1, 0, 0, 0], [1, 0, 0, 0, 0]]))


def test_a_label_that_occurs_twice(attempt):
    """Equal labels give equal rows, in the order of the labels."""
    expected = np.array([[0, 1, 0], [0, 0, 1], [0, 1, 0]])
    assert_one_hot(attempt.one_hot(np.array([1, 2, 1]), 3), expected)


def test_a_small_image_of_labels(attempt):
    """Labels (H, W) give (H, W, classes): the classes are a new axis at the end."""
    expected = np.array([[[1, 0], [0, 1], [0, 1]], [[0, 1], [1, 0], [0, 1]]])
    assert_one_hot(attempt.one_hot(np.array([[0, 1, 1], [1, 0, 1]]), 2), expected)


def test_as_many_classes_as_rows(attempt):
    """The new axis stays at the end where all lengths agree and no shape gives it away."""
    expected = np.array([[[1, 0], [1, 0]], [[0, 1], [1, 0]]])
    assert_one_hot(attempt.one_hot(np.array([[0, 0], [1, 0]]), 2), expected)


def test_a_batch_of_label_images(attempt):
    """Labels (N, H, W) give (N, H, W, classes)."""
    labels = np.arange(24).reshape(2, 3, 4) % 5
    assert_one_hot(attempt.one_hot(labels, 5), by_hand(labels, 5))


def test_one_class(attempt):
    """With a single class every entry is 1."""
    assert_one_hot(attempt.one_hot(np.zeros((2, 3), np.int64), 1), np.ones((2, 3, 1)))


def test_a_single_label(attempt):
    """A 0-d array of one label gives a vector."""
    assert_one_hot(attempt.one_hot(np.array(2), 4), np.array([0, 0, 1, 0]))


@pytest.mark.parametrize("shape", [(0,), (0, 3), (2, 0)], ids=["vector", "no_rows", "no_columns"])
def test_no_labels(attempt, shape):
    """No labels raise nothing: the result is empty and has the new axis all the same."""
    assert_one_hot(attempt.one_hot(np.zeros(shape, np.int64), 3), np.zeros((*shape, 3)))


@pytest.mark.parametrize("label", [3, 4, 100])
def test_a_label_too_large(attempt, label):
    """A label of num_classes or more raises ValueError."""
    assert_raises(ValueError, attempt.one_hot, np.array([0, label, 1]), 3)


@pytest.mark.parametrize("label", [-1, -3, -4])
def test_a_negative_label(attempt, label):
    """A negative label raises ValueError; it does not count from the end."""
    assert_raises(ValueError, attempt.one_hot, np.array([0, label, 1]), 3)


def test_labels_out_of_range_in_an_image(attempt):
    """One label out of range raises ValueError, whatever shape the labels have."""
    assert_raises(ValueError, attempt.one_hot, np.array([[0, 1, 2], [0, 1, 3]]), 3)
    assert_raises(ValueError, attempt.one_hot, np.array([[0, 1, 2], [-1, 1, 2]]), 3)
    assert_raises(ValueError, attempt.one_hot, np.array(3), 3)
    assert_raises(ValueError, attempt.one_hot, np.array(-1), 3)


def test_an_ignore_label_is_out_of_range(attempt):
    """255, as it marks ignored pixels, is out of range of 21 classes, also in uint8."""
    assert_raises(ValueError, attempt.one_hot, np.array([[0, 255], [20, 1]], np.uint8), 21)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.uint16, np.int32, np.uint32])
def test_narrow_and_unsigned_labels(attempt, dtype):
    """Labels of any integer dtype are taken, also where there are more classes than the dtype can count."""
    labels = np.array([[0, 127, 5], [90, 1, 126]], dtype)
    assert_one_hot(attempt.one_hot(labels, 128), by_hand(labels, 128))
    assert_one_hot(attempt.one_hot(labels, 300), by_hand(labels, 300))


@pytest.mark.parametrize("dtype", [np.int16, np.uint16, np.int64])
def test_labels_larger_than_a_byte(attempt, dtype):
    """Among thousands of classes every label keeps its own: none is cut to a byte or rounded."""
    labels = np.array([[0, 127, 128, 255], [256, 300, 2049, 2999]], dtype)
    assert_one_hot(attempt.one_hot(labels, 3000), by_hand(labels, 3000))


def test_a_label_image_of_bytes(attempt):
    """A label image in uint8 may have far more than 255 pixels, and labels above 127."""
    labels = (np.arange(30 * 40).reshape(30, 40) * 7 % 200).astype(np.uint8)
    assert_one_hot(attempt.one_hot(labels, 200), by_hand(labels, 200))
    assert_one_hot(attempt.one_hot(labels % 21, 21), by_hand(labels % 21, 21))


@pytest.mark.parametrize("shape", [(17,), (5, 4), (2, 3, 4, 2)], ids=str)
@pytest.mark.parametrize("num_classes", [2, 6])
def test_random_labels(attempt, reference, rng, shape, num_classes):
    """Agrees with the reference on labels of any shape."""
    labels = rng.integers(0, num_classes, shape)
    assert_one_hot(attempt.one_hot(labels, num_classes), reference.one_hot(labels, num_classes))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as every second pixel of a label image."""
    labels = rng.integers(0, 7, (3, 5, 4))
    assert_one_hot(attempt.one_hot(strided(labels), 7), reference.one_hot(labels, 7))


def by_hand(labels, num_classes):
    """Return the ones, set one at a time."""
    expected = np.zeros((*labels.shape, num_classes))
    for place in np.ndindex(labels.shape):
        expected[(*place, int(labels[place]))] = 1
    return expected


def assert_one_hot(actual, expected):
    """Compare with the expected zeros and ones in the dtype that came back, if it is of numbers."""
    if type(actual) is np.ndarray:
        if actual.dtype.kind not in "iuf":
            message = f"The result should hold numbers, integers or floats, not {actual.dtype}."
            raise Mismatch(message, actual=actual)
        expected = expected.astype(actual.dtype)
    assert_close(actual, expected)


def runtime(attempt, rng):
    """Encode four label images of 128 × 128 pixels and 21 classes."""
    labels = rng.integers(0, 21, (4, 128, 128))
    return lambda: attempt.one_hot(labels, 21)
