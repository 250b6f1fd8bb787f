import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

SIZES = {
    "odd_square": ((6, 6), (3, 3)),
    "even_square": ((6, 7), (4, 4)),
    "odd_rows_even_columns": ((7, 9), (5, 2)),
    "even_rows_odd_columns": ((9, 7), (2, 5)),
    "row": ((5, 8), (1, 6)),
    "column": ((8, 5), (6, 1)),
    "as_large_as_the_image": ((5, 4), (5, 4)),
    "taller_than_the_image": ((3, 8), (8, 3)),
    "wider_than_the_image": ((8, 3), (2, 7)),
    "larger_than_the_image": ((3, 4), (7, 10)),
    "large": ((21, 17), (6, 7)),
}
sizes = pytest.mark.parametrize("size", SIZES)


def test_a_three_by_three_kernel(attempt):
    """Every output is the weighted sum of a pixel and its eight neighbours; what is outside counts as 0."""
    image = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
    expected = np.array([[12.0, 21, 16], [27, 45, 33], [24, 39, 28]])
    assert_close(attempt.conv2d_same(image, np.ones((3, 3))), expected)


def test_the_result_has_the_size_of_the_image(attempt):
    """An image of 2 × 5 gives a result of 2 × 5, whatever the kernel."""
    image = np.array([[1.0, 0, 2, 0, 3], [0, 1, 0, 2, 0]])
    blur = np.array([[1.0, 2, 1]])
    assert_close(attempt.conv2d_same(image, blur), np.array([[2.0, 3, 4, 5, 6], [1, 2, 3, 4, 2]]))
    assert_close(attempt.conv2d_same(image, np.array([[1.0], [1], [1]])), np.array([[1.0, 1, 2, 2, 3]] * 2))


def test_the_kernel_is_not_flipped(attempt):
    """A kernel with a single 1 in its top left corner takes the pixel above and to the left."""
    image = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
    kernel = np.array([[1.0, 0, 0], [0, 0, 0], [0, 0, 0]])
    assert_close(attempt.conv2d_same(image, kernel), np.array([[0.0, 0, 0], [0, 1, 2], [0, 4, 5]]))


def test_a_single_bright_pixel(attempt):
    """A single 1 in the middle of the image turns into the kernel, reversed in both directions."""
    image = np.zeros((3, 3))
    image[1, 1] = 1
    kernel = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
    assert_close(attempt.conv2d_same(image, kernel), np.array([[9.0, 8, 7], [6, 5, 4], [3, 2, 1]]))


def test_the_padding_is_of_zeros(attempt):
    """On a flat image a box filter answers less at the border, where it covers zeros."""
    expected = np.array([[4.0, 6, 6, 4], [6, 9, 9, 6], [6, 9, 9, 6], [4, 6, 6, 4]])
    assert_close(attempt.conv2d_same(np.ones((4, 4)), np.ones((3, 3))), expected)


def test_a_kernel_of_two(attempt):
    """A kernel of 2 × 2 needs one row and one column of zeros, and they come after the image."""
    image = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
    kernel = np.array([[1.0, 0], [0, 0]])
    assert_close(attempt.conv2d_same(image, kernel), image)
    kernel = np.array([[0.0, 0], [0, 1]])
    assert_close(attempt.conv2d_same(image, kernel), np.array([[5.0, 6, 0], [8, 9, 0], [0, 0, 0]]))


def test_a_kernel_of_four(attempt):
    """A kernel of four elements needs three zeros: one before the image and two after it."""
    image, kernel = np.array([[1.0, 2, 3, 4, 5]]), np.array([[1.0, 10, 100, 1000]])
    expected = np.array([[3210.0, 4321, 5432, 543, 54]])
    assert_close(attempt.conv2d_same(image, kernel), expected)
    column = np.ascontiguousarray(image.T), np.ascontiguousarray(kernel.T)
    assert_close(attempt.conv2d_same(*column), np.ascontiguousarray(expected.T))


def test_rows_and_columns_are_padded_on_their_own(attempt):
    """A kernel of 3 × 2 needs a row of zeros on either side, but a column of zeros on the right alone."""
    image = np.array([[1.0, 2, 3], [4, 5, 6]])
    kernel = np.array([[1.0, 10], [100, 1000], [10000, 100000]])
    expected = np.array([[542100.0, 653200, 60300], [5421, 6532, 603]])
    assert_close(attempt.conv2d_same(image, kernel), expected)


def test_a_kernel_of_one_element(attempt):
    """A 1 × 1 kernel needs no padding; it scales the image."""
    image = np.array([[1.0, -2, 3], [0, 5, 0.5]])
    assert_close(attempt.conv2d_same(image, np.array([[-2.0]])), np.array([[-2.0, 4, -6], [0, -10, -1]]))


def test_an_image_of_one_pixel(attempt):
    """A single pixel meets the kernel's middle, which for an even size is the earlier of the two."""
    pixel = np.array([[3.0]])
    assert_close(attempt.conv2d_same(pixel, np.arange(9.0).reshape(3, 3)), np.array([[12.0]]))
    assert_close(attempt.conv2d_same(pixel, np.arange(16.0).reshape(4, 4)), np.array([[15.0]]))
    assert_close(attempt.conv2d_same(pixel, np.arange(6.0).reshape(2, 3)), np.array([[3.0]]))


def test_a_kernel_larger_than_the_image(attempt):
    """A kernel larger than the image, in one direction or both, gives a result of the image's size too."""
    kernel = np.arange(25.0).reshape(5, 5)
    assert_close(attempt.conv2d_same(np.ones((2, 2)), kernel), np.array([[60.0, 56], [40, 36]]))
    taller = attempt.conv2d_same(np.array([[1.0, 2, 3]]), np.array([[5.0], [7], [1]]))
    assert_close(taller, np.array([[7.0, 14, 21]]))
    wider = attempt.conv2d_same(np.array([[1.0], [2]]), np.array([[5.0, 7, 1, 9]]))
    assert_close(wider, np.array([[7.0], [14]]))


def test_fractions_are_kept(attempt):
    """A blur gives fractions, also where the image holds whole numbers."""
    image = np.array([[0.0, 1, 0], [1, 1, 0]])
    expected = np.array([[0.75, 0.5, 0], [0.5, 0.25, 0]])
    assert_close(attempt.conv2d_same(image, np.full((2, 2), 0.25)), expected)


@sizes
def test_random_images(attempt, reference, rng, size):
    """Agrees with the reference on images and kernels of any size."""
    image, kernel = (rng.standard_normal(shape) for shape in SIZES[size])
    assert_close(attempt.conv2d_same(image, kernel), reference.conv2d_same(image, kernel))


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_scale(attempt, reference, rng, scale):
    """Very small and very large values are no different."""
    image, kernel = rng.uniform(0.5, 1.5, (4, 6)) * scale, rng.uniform(0.5, 1.5, (2, 3)) * scale
    assert_close(attempt.conv2d_same(image, kernel), reference.conv2d_same(image, kernel))


@sizes
def test_random_images_in_float32(attempt, reference, rng, size):
    """Agrees with the reference on images and kernels in float32."""
    image, kernel = (rng.standard_normal(shape).astype(np.float32) for shape in SIZES[size])
    assert_close(attempt.conv2d_same(image, kernel), reference.conv2d_same(image, kernel))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as one channel of a photograph."""
    image, kernel = rng.standard_normal((7, 6)), rng.standard_normal((4, 3))
    assert_close(attempt.conv2d_same(strided(image), strided(kernel)), reference.conv2d_same(image, kernel))


def runtime(attempt, rng):
    """Slide a 5 × 5 kernel over an image of 200 × 240."""
    image, kernel = rng.standard_normal((200, 240)), rng.standard_normal((5, 5))
    return lambda: attempt.conv2d_same(image, kernel)
