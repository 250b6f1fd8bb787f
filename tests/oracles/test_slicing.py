"""Oracle: numpy's own flips, rotation and take, which the drill bans."""

import numpy as np
import pytest

VECTORS = [
    np.arange(9),
    np.arange(6, dtype=np.float32) / 3,
    np.linspace(0, 1, 5),
    np.array([True, False, False, True]),
    np.array(["one", "two", "three"]),
    np.array([1 + 2j, 3 - 1j]),
    np.array([None, "mixed", 3], dtype=object),
    np.arange(20)[3:17:4],
    np.array([4]),
]
IMAGES = [(height, width, channels) for height in (1, 2, 5) for width in (1, 3, 5) for channels in (1, 3, 4)]


@pytest.mark.parametrize("x", VECTORS, ids=lambda x: f"{x.dtype}-{len(x)}")
def test_vectors_agree_with_numpy(reference, x):
    np.testing.assert_array_equal(reference.reverse(x), np.flip(x), strict=True)
    for n in range(len(x) + 1):
        last = np.take(x, np.arange(len(x) - n, len(x), dtype=int))
        np.testing.assert_array_equal(reference.tail(x, n), last, strict=True)
    for k in range(len(x)):
        walked = np.take(x, np.array(list(reversed(range(k + 1)))))
        np.testing.assert_array_equal(reference.reversed_from(x, k), walked, strict=True)


def test_an_empty_vector_stays_empty(reference):
    for dtype in (np.int64, np.float32, "<U3"):
        x = np.zeros(0, dtype)
        np.testing.assert_array_equal(reference.reverse(x), x, strict=True)
        np.testing.assert_array_equal(reference.tail(x, 0), x, strict=True)


@pytest.mark.parametrize("dtype", [np.uint8, np.bool_, np.int32, np.float32, np.float64])
@pytest.mark.parametrize("shape", IMAGES, ids=str)
def test_images_agree_with_numpy(reference, rng, shape, dtype):
    image = rng.integers(0, 256, shape).astype(dtype)
    np.testing.assert_array_equal(reference.mirror(image), np.fliplr(image), strict=True)
    np.testing.assert_array_equal(reference.rotate90(image), np.rot90(image), strict=True)
    if shape[2] == 3:
        red, green, blue = np.moveaxis(image, 2, 0)
        np.testing.assert_array_equal(
            reference.swap_channels(image), np.dstack([blue, green, red]), strict=True
        )


def test_nothing_is_copied(reference):
    x, image = np.arange(5), np.zeros((2, 3, 3), dtype=np.uint8)
    results = [reference.reverse(x), reference.tail(x, 2), reference.reversed_from(x, 3)]
    assert all(np.shares_memory(result, x) for result in results)
    results = [reference.mirror(image), reference.rotate90(image), reference.swap_channels(image)]
    assert all(np.shares_memory(result, image) for result in results)
