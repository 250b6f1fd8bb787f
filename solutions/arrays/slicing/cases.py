import numpy as np
import pytest

from cvdrill.testing import Mismatch, assert_close, strided

VECTORS = {
    "integers": np.array([3, -1, 4, 1, 5]),
    "bytes": np.array([0, 255, 7, 128], dtype=np.uint8),
    "floats": np.array([0.5, -2.0, 0.125, 7.25]),
    "float32": np.array([1.5, 2.5, -8.0], dtype=np.float32),
    "booleans": np.array([True, False, False]),
    "strings": np.array(["cat", "ox", "zebra", "hen"]),
}
vectors = pytest.mark.parametrize("kind", VECTORS)
dtypes = pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.bool_, np.float32, np.float64])
shapes = pytest.mark.parametrize("shape", ["3x5x3", "6x2x4", "4x7x1", "1x4x2", "4x1x2", "3x3x3"])

# A red pixel, a green and a blue one above an orange, a grey and a sea-blue one.
COLOURS = np.array(
    [
        [[255, 0, 0], [0, 255, 0], [0, 0, 255]],
        [[250, 120, 10], [90, 91, 92], [15, 110, 200]],
    ],
    dtype=np.uint8,
)


def grey(*rows):
    """Return an image of one channel."""
    return np.array(rows, dtype=np.uint8)[:, :, None]


def random_image(rng, shape, dtype):
    if dtype == np.bool_:
        return rng.random(shape) < 0.5
    return rng.integers(0, 256, shape).astype(dtype)


def assert_same_image(actual, expected):
    assert_close(actual, expected, what="The image")
    if actual.dtype != expected.dtype:
        raise Mismatch(f"The image should stay {expected.dtype}, not become {actual.dtype}.", actual=actual)


def test_reverse(attempt):
    """`reverse` gives the elements in the opposite order, the first and the last included."""
    assert_close(attempt.reverse(np.array([1, 2, 3, 4])), np.array([4, 3, 2, 1]))
    assert_close(attempt.reverse(np.array([7.5])), np.array([7.5]))


def test_reverse_of_nothing(attempt):
    """`reverse` of an empty array is an empty array of the same kind."""
    assert_close(attempt.reverse(np.zeros(0)), np.zeros(0))
    assert_close(attempt.reverse(np.zeros(0, dtype=np.int64)), np.zeros(0, dtype=np.int64))


def test_tail(attempt):
    """`tail` gives the last n elements in their order."""
    x = np.array([10, 11, 12, 13, 14])
    assert_close(attempt.tail(x, 1), np.array([14]))
    assert_close(attempt.tail(x, 2), np.array([13, 14]))
    assert_close(attempt.tail(x, 4), np.array([11, 12, 13, 14]))


def test_tail_of_none_is_empty(attempt):
    """`tail(x, 0)` is an empty array of the same kind, not all of x."""
    assert_close(attempt.tail(np.array([10, 11, 12]), 0), np.zeros(0, dtype=np.int64))
    assert_close(attempt.tail(np.array([0.5, 1.5]), 0), np.zeros(0))
    assert_close(attempt.tail(np.zeros(0), 0), np.zeros(0))


def test_tail_of_everything(attempt):
    """`tail(x, len(x))` is all of x."""
    assert_close(attempt.tail(np.array([10, 11, 12]), 3), np.array([10, 11, 12]))
    assert_close(attempt.tail(np.array([5]), 1), np.array([5]))


def test_reversed_from(attempt):
    """`reversed_from` starts at index k and walks back to index 0; both belong to the result."""
    x = np.array([10, 11, 12, 13, 14, 15])
    assert_close(attempt.reversed_from(x, 3), np.array([13, 12, 11, 10]))
    assert_close(attempt.reversed_from(x, 1), np.array([11, 10]))


def test_reversed_from_either_end(attempt):
    """`reversed_from(x, 0)` is the first element alone; from the last index it is all of x, reversed."""
    x = np.array([10, 11, 12, 13])
    assert_close(attempt.reversed_from(x, 0), np.array([10]))
    assert_close(attempt.reversed_from(x, 3), np.array([13, 12, 11, 10]))
    assert_close(attempt.reversed_from(np.array([8]), 0), np.array([8]))


def test_mirror(attempt):
    """`mirror` reverses the columns; the rows stay where they are."""
    assert_same_image(attempt.mirror(grey([1, 2, 3], [4, 5, 6])), grey([3, 2, 1], [6, 5, 4]))


def test_mirror_keeps_colours(attempt):
    """`mirror` moves whole pixels: their channels stay in order."""
    expected = np.array(
        [
            [[0, 0, 255], [0, 255, 0], [255, 0, 0]],
            [[15, 110, 200], [90, 91, 92], [250, 120, 10]],
        ],
        dtype=np.uint8,
    )
    assert_same_image(attempt.mirror(COLOURS), expected)


def test_rotate90(attempt):
    """`rotate90` turns anticlockwise: the rightmost column becomes the top row, read from top to bottom."""
    assert_same_image(attempt.rotate90(grey([1, 2, 3], [4, 5, 6])), grey([3, 6], [2, 5], [1, 4]))


def test_rotate90_of_a_square(attempt):
    """`rotate90` of a square image turns it anticlockwise, too."""
    turned = grey([3, 6, 9], [2, 5, 8], [1, 4, 7])
    assert_same_image(attempt.rotate90(grey([1, 2, 3], [4, 5, 6], [7, 8, 9])), turned)


def test_rotate90_keeps_colours(attempt):
    """`rotate90` moves whole pixels: height and width change places, channels stay last and in order."""
    expected = np.array(
        [
            [[0, 0, 255], [15, 110, 200]],
            [[0, 255, 0], [90, 91, 92]],
            [[255, 0, 0], [250, 120, 10]],
        ],
        dtype=np.uint8,
    )
    assert_same_image(attempt.rotate90(COLOURS), expected)


def test_four_quarters_make_a_full_turn(attempt):
    """Turning by `rotate90` four times brings the image back; twice turns it upside down."""
    image = grey([1, 2, 3], [4, 5, 6])
    half = attempt.rotate90(attempt.rotate90(image))
    assert_same_image(half, grey([6, 5, 4], [3, 2, 1]))
    assert_same_image(attempt.rotate90(attempt.rotate90(half)), image)


def test_swap_channels(attempt):
    """`swap_channels` exchanges red and blue in every pixel; green, rows and columns stay."""
    expected = np.array(
        [
            [[0, 0, 255], [0, 255, 0], [255, 0, 0]],
            [[10, 120, 250], [92, 91, 90], [200, 110, 15]],
        ],
        dtype=np.uint8,
    )
    assert_same_image(attempt.swap_channels(COLOURS), expected)


@vectors
def test_vectors_of_any_kind(attempt, kind):
    """Integers, floats, booleans and strings are moved, and come out as they went in."""
    x = VECTORS[kind]
    last = len(x) - 1
    assert_close(attempt.reverse(x), np.array([x[i] for i in range(last, -1, -1)]))
    assert_close(attempt.tail(x, 2), np.array([x[last - 1], x[last]]))
    assert_close(attempt.tail(x, 0), np.zeros(0, dtype=x.dtype))
    assert_close(attempt.reversed_from(x, 1), np.array([x[1], x[0]]))


@dtypes
def test_images_keep_their_dtype(attempt, reference, rng, dtype):
    """An image keeps its dtype, whichever it is."""
    image = random_image(rng, (3, 4, 3), dtype)
    assert_same_image(attempt.mirror(image), reference.mirror(image))
    assert_same_image(attempt.rotate90(image), reference.rotate90(image))
    assert_same_image(attempt.swap_channels(image), reference.swap_channels(image))


@pytest.mark.parametrize("length", [1, 2, 9, 40])
def test_random_vectors(attempt, reference, rng, length):
    """Agrees with the reference on random vectors, for every n and k."""
    x = rng.integers(-1000, 1000, length)
    assert_close(attempt.reverse(x), reference.reverse(x))
    for n in range(length + 1):
        assert_close(attempt.tail(x, n), reference.tail(x, n))
    for k in range(length):
        assert_close(attempt.reversed_from(x, k), reference.reversed_from(x, k))


@shapes
def test_random_images(attempt, reference, rng, shape):
    """Agrees with the reference on images of any height, width and number of channels."""
    image = random_image(rng, [int(side) for side in shape.split("x")], np.uint8)
    assert_same_image(attempt.mirror(image), reference.mirror(image))
    assert_same_image(attempt.rotate90(image), reference.rotate90(image))


@pytest.mark.parametrize("shape", ["2x5x3", "5x2x3", "3x3x3", "1x1x3"])
def test_random_colours(attempt, reference, rng, shape):
    """`swap_channels` agrees with the reference on images of any height and width."""
    image = random_image(rng, [int(side) for side in shape.split("x")], np.uint8)
    assert_same_image(attempt.swap_channels(image), reference.swap_channels(image))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as a crop or every second pixel."""
    x = rng.standard_normal(7)
    assert_close(attempt.reverse(strided(x)), reference.reverse(x))
    assert_close(attempt.tail(strided(x), 3), reference.tail(x, 3))
    assert_close(attempt.reversed_from(strided(x), 4), reference.reversed_from(x, 4))
    image = random_image(rng, (4, 3, 3), np.uint8)
    assert_same_image(attempt.mirror(strided(image)), reference.mirror(image))
    assert_same_image(attempt.rotate90(strided(image)), reference.rotate90(image))
    assert_same_image(attempt.swap_channels(strided(image)), reference.swap_channels(image))
