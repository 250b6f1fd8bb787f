import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

SIZES = {
    "odd_square": ((5, 5), (3, 3)),
    "even_square": ((5, 6), (4, 4)),
    "odd_rows_even_columns": ((6, 8), (5, 2)),
    "even_rows_odd_columns": ((8, 6), (2, 5)),
    "row": ((4, 7), (1, 6)),
    "column": ((7, 4), (6, 1)),
    "as_large_as_the_image": ((5, 4), (5, 4)),
    "taller_than_the_image": ((3, 7), (8, 3)),
    "wider_than_the_image": ((7, 3), (2, 7)),
    "larger_than_the_image": ((3, 4), (6, 9)),
    "large": ((17, 15), (6, 5)),
}
sizes = pytest.mark.parametrize("size", SIZES)


def test_a_row(attempt):
    """Two elements meet a row of three in four places, in the first and the last by one element alone."""
    row, kernel = np.array([[1.0, 2, 3]]), np.array([[1.0, 10]])
    assert_close(attempt.conv2d_full(row, kernel), np.array([[10.0, 21, 32, 3]]))
    kernel = np.array([[1.0, 10, 100]])
    assert_close(attempt.conv2d_full(row, kernel), np.array([[100.0, 210, 321, 32, 3]]))


def test_a_column(attempt):
    """A kernel of one column makes the result taller by kh - 1, and no wider."""
    image, kernel = np.array([[1.0, 5], [2, 6], [3, 7]]), np.array([[1.0], [10]])
    expected = np.array([[10.0, 50], [21, 65], [32, 76], [3, 7]])
    assert_close(attempt.conv2d_full(image, kernel), expected)


def test_every_overlap_counts(attempt):
    """A box of ones counts how many pixels lie under it, from 1 in the corners up to all."""
    expected = np.array(
        [[1.0, 2, 3, 2, 1], [2, 4, 6, 4, 2], [3, 6, 9, 6, 3], [2, 4, 6, 4, 2], [1, 2, 3, 2, 1]]
    )
    assert_close(attempt.conv2d_full(np.ones((3, 3)), np.ones((3, 3))), expected)


def test_a_single_pixel(attempt):
    """A single pixel meets the kernel's last element first, so the result is the kernel reversed."""
    kernel = np.array([[1.0, 2, 3], [4, 5, 6]])
    assert_close(attempt.conv2d_full(np.array([[2.0]]), kernel), np.array([[12.0, 10, 8], [6, 4, 2]]))


def test_the_kernel_is_not_flipped(attempt):
    """A kernel with a single 1 in its top left corner puts the image into the bottom right of the result."""
    image = np.array([[1.0, 2, 3], [4, 5, 6]])
    kernel = np.array([[1.0, 0], [0, 0]])
    assert_close(attempt.conv2d_full(image, kernel), np.array([[0.0, 0, 0, 0], [0, 1, 2, 3], [0, 4, 5, 6]]))


def test_height_and_width_are_kept_apart(attempt):
    """Image and kernel need not be square: rows go with rows, columns with columns."""
    image = np.array([[1.0, 2, 3], [4, 5, 6]])
    kernel = np.array([[1.0, 10], [100, 1000], [10000, 100000]])
    expected = np.array(
        [
            [100000.0, 210000, 320000, 30000],
            [401000, 542100, 653200, 60300],
            [4010, 5421, 6532, 603],
            [40, 54, 65, 6],
        ]
    )
    assert_close(attempt.conv2d_full(image, kernel), expected)


def test_a_kernel_of_one_element(attempt):
    """A 1 × 1 kernel scales the image and keeps its size."""
    image = np.array([[1.0, -2, 3], [0, 5, 0.5]])
    assert_close(attempt.conv2d_full(image, np.array([[-2.0]])), np.array([[-2.0, 4, -6], [0, -10, -1]]))


def test_image_and_kernel_play_different_parts(attempt):
    """Exchanged, image and kernel give the result turned by half a turn, not the same one."""
    small, large = np.array([[1.0, 2]]), np.array([[1.0, 10, 100]])
    assert_close(attempt.conv2d_full(large, small), np.array([[2.0, 21, 210, 100]]))
    assert_close(attempt.conv2d_full(small, large), np.array([[100.0, 210, 21, 2]]))


def test_a_kernel_larger_than_the_image(attempt):
    """A kernel larger than the image, in one direction or both, is no different from a small one."""
    larger = attempt.conv2d_full(np.array([[1.0, 2], [0, 1]]), np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]))
    assert_close(larger, np.array([[9.0, 26, 23, 14], [6, 26, 22, 15], [3, 14, 10, 6], [0, 3, 2, 1]]))
    taller = attempt.conv2d_full(np.array([[1.0, 2]]), np.array([[5.0], [7], [1]]))
    assert_close(taller, np.array([[1.0, 2], [7, 14], [5, 10]]))
    wider = attempt.conv2d_full(np.array([[1.0], [2]]), np.array([[5.0, 7, 1]]))
    assert_close(wider, np.array([[1.0, 7, 5], [2, 14, 10]]))


def test_fractions_are_kept(attempt):
    """A blur gives fractions, also where the image holds whole numbers."""
    expected = np.array([[0.25, 0.25, 0], [0.5, 0.75, 0.25], [0.25, 0.5, 0.25]])
    assert_close(attempt.conv2d_full(np.array([[1.0, 0], [1, 1]]), np.full((2, 2), 0.25)), expected)


@sizes
def test_random_images(attempt, reference, rng, size):
    """Agrees with the reference on images and kernels of any size."""
    image, kernel = (rng.standard_normal(shape) for shape in SIZES[size])
    assert_close(attempt.conv2d_full(image, kernel), reference.conv2d_full(image, kernel))


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_scale(attempt, reference, rng, scale):
    """Very small and very large values are no different."""
    image, kernel = rng.uniform(0.5, 1.5, (4, 6)) * scale, rng.uniform(0.5, 1.5, (2, 3)) * scale
    assert_close(attempt.conv2d_full(image, kernel), reference.conv2d_full(image, kernel))


@sizes
def test_random_images_in_float32(attempt, reference, rng, size):
    """Agrees with the reference on images and kernels in float32."""
    image, kernel = (rng.standard_normal(shape).astype(np.float32) for shape in SIZES[size])
    assert_close(attempt.conv2d_full(image, kernel), reference.conv2d_full(image, kernel))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as one channel of a photograph."""
    image, kernel = rng.standard_normal((7, 6)), rng.standard_normal((4, 3))
    assert_close(attempt.conv2d_full(strided(image), strided(kernel)), reference.conv2d_full(image, kernel))


def runtime(attempt, rng):
    """Slide a 5 × 5 kernel over every overlap with an image of 200 × 240."""
    image, kernel = rng.standard_normal((200, 240)), rng.standard_normal((5, 5))
    return lambda: attempt.conv2d_full(image, kernel)
