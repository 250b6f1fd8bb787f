import numpy as np
import pytest

from cvdrill.testing import assert_close, assert_raises, strided

# Shapes of image and kernel, and the dilation.
SIZES = {
    "plain": ((6, 7), (3, 2), 1),
    "square": ((9, 9), (3, 3), 2),
    "wide_image": ((5, 12), (3, 3), 2),
    "tall_image": ((12, 5), (3, 3), 2),
    "wide_kernel": ((6, 14), (2, 4), 3),
    "tall_kernel": ((14, 6), (4, 2), 3),
    "even_dilation_even_kernel": ((9, 10), (2, 2), 4),
    "as_tall_as_the_image": ((9, 11), (3, 2), 4),
    "as_wide_as_the_image": ((11, 9), (2, 3), 4),
    "row": ((3, 11), (1, 3), 5),
    "column": ((11, 3), (3, 1), 5),
    "large": ((22, 19), (6, 5), 3),
}
sizes = pytest.mark.parametrize("size", SIZES)


def test_every_second_pixel(attempt):
    """With dilation 2 the kernel takes every second pixel of a row."""
    image, kernel = np.array([[1.0, 2, 3, 4, 5, 6]]), np.array([[1.0, 10, 100]])
    assert_close(attempt.dilated_conv2d(image, kernel, 2), np.array([[531.0, 642]]))


def test_corners_of_a_window(attempt):
    """A 2 × 2 kernel with dilation 2 sees the four corners of a 3 × 3 window, in both directions apart."""
    image = np.arange(1.0, 13).reshape(3, 4)  # 1 to 4, 5 to 8, 9 to 12
    kernel = np.array([[1.0, 100], [10000, 1000000]])
    expected = np.array([[11090301.0, 12100402]])
    assert_close(attempt.dilated_conv2d(image, kernel, 2), expected)


def test_dilation_one_is_a_plain_convolution(attempt):
    """With dilation 1 neighbouring elements of the kernel meet neighbouring pixels."""
    image, kernel = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]), np.array([[1.0, 2], [3, 4]])
    assert_close(attempt.dilated_conv2d(image, kernel, 1), np.array([[37.0, 47], [67, 77]]))


def test_the_window_still_steps_by_one(attempt):
    """Dilation spreads the kernel; the window stops at every pixel all the same."""
    image = np.array([[1.0, 2, 4, 8, 16, 32, 64]])
    assert_close(attempt.dilated_conv2d(image, np.array([[1.0, 1]]), 3), np.array([[9.0, 18, 36, 72]]))


def test_the_kernel_is_not_flipped(attempt):
    """A kernel with a single 1 in its top left corner copies the top left of the image; it is not flipped."""
    image, kernel = np.arange(1.0, 17).reshape(4, 4), np.array([[1.0, 0], [0, 0]])
    assert_close(attempt.dilated_conv2d(image, kernel, 2), np.array([[1.0, 2], [5, 6]]))
    assert_close(attempt.dilated_conv2d(image, kernel, 3), np.array([[1.0]]))


def test_a_single_bright_pixel(attempt):
    """A single 1 answers where one of the kernel's elements lies on it: the kernel reversed, with gaps."""
    image = np.zeros((5, 5))
    image[2, 2] = 1
    expected = np.array([[4.0, 0, 3], [0, 0, 0], [2, 0, 1]])
    assert_close(attempt.dilated_conv2d(image, np.array([[1.0, 2], [3, 4]]), 2), expected)


def test_rows_and_columns_have_sizes_of_their_own(attempt):
    """A kernel of 2 × 3 with dilation 2 reaches over 3 rows and 5 columns."""
    image = np.array([[1.0, 0, 2, 0, 3, 0], [9, 9, 9, 9, 9, 9], [4, 0, 5, 0, 6, 1], [0, 1, 0, 1, 0, 1]])
    kernel = np.array([[1.0, 10, 100], [1000, 10000, 100000]])
    assert_close(attempt.dilated_conv2d(image, kernel, 2), np.array([[654321.0, 100000], [999, 111999]]))


def test_a_kernel_of_one_element(attempt):
    """A 1 × 1 kernel has nothing to spread: it scales the image, however large the dilation is."""
    image = np.array([[1.0, -2, 3], [0, 5, 0.5]])
    expected = np.array([[-2.0, 4, -6], [0, -10, -1]])
    assert_close(attempt.dilated_conv2d(image, np.array([[-2.0]]), 1), expected)
    assert_close(attempt.dilated_conv2d(image, np.array([[-2.0]]), 7), expected)


def test_a_kernel_of_one_row_or_column(attempt):
    """A kernel of one row reaches over one row, however large the dilation is; likewise one of one column."""
    image, kernel = np.array([[1.0, 2, 3, 4, 5], [6, 7, 8, 9, 0]]), np.array([[1.0, 10]])
    expected = np.array([[51.0], [6]])
    assert_close(attempt.dilated_conv2d(image, kernel, 4), expected)
    column = np.ascontiguousarray(image.T), np.ascontiguousarray(kernel.T)
    assert_close(attempt.dilated_conv2d(*column, 4), np.ascontiguousarray(expected.T))


def test_a_kernel_that_fits_once(attempt):
    """Where the spread kernel is exactly as large as the image, the result has shape (1, 1)."""
    image, kernel = np.arange(25.0).reshape(5, 5), np.array([[1.0, 10, 100], [0, 0, 0], [0, 0, 1000]])
    assert_close(attempt.dilated_conv2d(image, kernel, 2), np.array([[24420.0]]))
    assert_close(attempt.dilated_conv2d(np.array([[3.0]]), np.array([[4.0]]), 5), np.array([[12.0]]))


@pytest.mark.parametrize(
    ("image", "kernel", "dilation"),
    [
        ((4, 9), (3, 3), 2),
        ((9, 4), (3, 3), 2),
        ((4, 4), (3, 3), 2),
        ((2, 9), (4, 2), 1),
        ((9, 2), (2, 4), 1),
        ((5, 20), (2, 2), 5),
        ((20, 5), (2, 2), 5),
        ((9, 9), (2, 2), 50),
    ],
    ids=[
        "taller",
        "wider",
        "both",
        "too_tall_as_it_is",
        "too_wide_as_it_is",
        "by_one_row",
        "by_one_column",
        "far",
    ],
)
def test_a_kernel_that_does_not_fit(attempt, image, kernel, dilation):
    """A spread kernel that is larger than the image in either direction raises ValueError."""
    assert_raises(ValueError, attempt.dilated_conv2d, np.ones(image), np.ones(kernel), dilation)


def test_fractions_are_kept(attempt):
    """A blur gives fractions, also where the image holds whole numbers."""
    image = np.array([[0.0, 1, 0, 1], [5, 5, 5, 5], [1, 1, 0, 1]])
    assert_close(attempt.dilated_conv2d(image, np.full((2, 2), 0.25), 2), np.array([[0.25, 1.0]]))


@sizes
def test_random_images(attempt, reference, rng, size):
    """Agrees with the reference on images and kernels of any size."""
    *shapes, dilation = SIZES[size]
    image, kernel = (rng.standard_normal(shape) for shape in shapes)
    expected = reference.dilated_conv2d(image, kernel, dilation)
    assert_close(attempt.dilated_conv2d(image, kernel, dilation), expected)


@sizes
def test_random_images_in_float32(attempt, reference, rng, size):
    """Agrees with the reference on images and kernels in float32."""
    *shapes, dilation = SIZES[size]
    image, kernel = (rng.standard_normal(shape).astype(np.float32) for shape in shapes)
    expected = reference.dilated_conv2d(image, kernel, dilation)
    assert_close(attempt.dilated_conv2d(image, kernel, dilation), expected)


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_scale(attempt, reference, rng, scale):
    """Very small and very large values are no different."""
    image, kernel = rng.uniform(0.5, 1.5, (6, 8)) * scale, rng.uniform(0.5, 1.5, (2, 3)) * scale
    expected = reference.dilated_conv2d(image, kernel, 3)
    assert_close(attempt.dilated_conv2d(image, kernel, 3), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as one channel of a photograph."""
    image, kernel = rng.standard_normal((8, 9)), rng.standard_normal((3, 2))
    expected = reference.dilated_conv2d(image, kernel, 2)
    assert_close(attempt.dilated_conv2d(strided(image), strided(kernel), 2), expected)


def runtime(attempt, rng):
    """Slide a 5 × 5 kernel with dilation 4 over an image of 400 × 500."""
    image, kernel = rng.standard_normal((400, 500)), rng.standard_normal((5, 5))
    return lambda: attempt.dilated_conv2d(image, kernel, 4)
