import numpy as np
import pytest

from cvdrill.testing import assert_close, assert_raises, strided

SIZES = {
    "square": ((6, 6), (3, 3)),
    "wide_image": ((4, 11), (3, 3)),
    "tall_image": ((11, 4), (3, 3)),
    "wide_kernel": ((7, 8), (2, 5)),
    "tall_kernel": ((8, 7), (5, 2)),
    "even_kernel": ((7, 9), (4, 4)),
    "as_tall_as_the_image": ((5, 9), (5, 2)),
    "as_wide_as_the_image": ((9, 5), (2, 5)),
    "row": ((6, 9), (1, 4)),
    "column": ((9, 6), (4, 1)),
    "large": ((24, 19), (7, 6)),
}
sizes = pytest.mark.parametrize("size", SIZES)


def test_a_small_image(attempt):
    """Every output is the sum of a window of the image times the kernel, element by element."""
    image = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
    kernel = np.array([[1.0, 2], [3, 4]])
    assert_close(attempt.conv2d_valid(image, kernel), np.array([[37.0, 47], [67, 77]]))


def test_the_kernel_is_not_flipped(attempt):
    """A kernel with a single 1 in its top left corner copies the top left of the image; it is not flipped."""
    image = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
    kernel = np.array([[1.0, 0], [0, 0]])
    assert_close(attempt.conv2d_valid(image, kernel), np.array([[1.0, 2], [4, 5]]))


def test_a_single_bright_pixel(attempt):
    """A single 1 in the image meets the kernel's last element first, so the output is the kernel reversed."""
    image = np.zeros((5, 5))
    image[2, 2] = 1
    kernel = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
    assert_close(attempt.conv2d_valid(image, kernel), np.array([[9.0, 8, 7], [6, 5, 4], [3, 2, 1]]))


def test_a_wide_kernel(attempt):
    """A kernel of one row: height stays, width shrinks by kw - 1."""
    image = np.array([[1.0, 4, 9, 16], [0, 2, 0, 5]])
    kernel = np.array([[-1.0, 0, 2]])
    assert_close(attempt.conv2d_valid(image, kernel), np.array([[17.0, 28], [0, 8]]))


def test_a_tall_kernel(attempt):
    """A kernel of one column: width stays, height shrinks by kh - 1."""
    image = np.array([[1.0, 0, 2], [4, 2, 2], [9, 0, 3], [16, 5, 3]])
    kernel = np.array([[-1.0], [0], [2]])
    assert_close(attempt.conv2d_valid(image, kernel), np.array([[17.0, 0, 4], [28, 8, 4]]))


def test_height_and_width_are_kept_apart(attempt):
    """Image and kernel need not be square: rows go with rows, columns with columns."""
    image = np.array([[1.0, 0, 2, 0, 3], [0, 1, 0, 2, 0], [4, 0, 5, 0, 6]])
    kernel = np.array([[1.0, 10], [100, 1000], [0, 1]])
    assert_close(attempt.conv2d_valid(image, kernel), np.array([[1001.0, 125, 2002, 236]]))
    assert_close(
        attempt.conv2d_valid(np.ascontiguousarray(image.T), np.ascontiguousarray(kernel.T)),
        np.array([[1001.0], [125], [2002], [236]]),
    )


def test_a_kernel_of_one_element(attempt):
    """A 1 × 1 kernel scales the image and keeps its shape."""
    image = np.array([[1.0, -2, 3], [0, 5, 0.5]])
    assert_close(attempt.conv2d_valid(image, np.array([[-2.0]])), np.array([[-2.0, 4, -6], [0, -10, -1]]))


def test_a_kernel_as_large_as_the_image(attempt):
    """A kernel of the image's size fits once, and gives an array of shape (1, 1)."""
    image, kernel = np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([[1.0, 0, -1], [2, 0.5, 0]])
    assert_close(attempt.conv2d_valid(image, kernel), np.array([[8.5]]))
    assert_close(attempt.conv2d_valid(np.array([[3.0]]), np.array([[4.0]])), np.array([[12.0]]))


def test_an_edge_filter_on_a_flat_image(attempt):
    """A kernel whose weights sum to 0 answers with 0 where the image does not change, up to its border."""
    sobel = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    assert_close(attempt.conv2d_valid(np.full((4, 6), 7.0), sobel), np.zeros((2, 4)))
    step = np.array([[0.0, 0, 0, 1, 1, 1]] * 4)
    assert_close(attempt.conv2d_valid(step, sobel), np.array([[0.0, 4, 4, 0]] * 2))


def test_fractions_are_kept(attempt):
    """A blur gives fractions, also where the image holds whole numbers."""
    image = np.array([[0.0, 1, 0], [1, 1, 0]])
    assert_close(attempt.conv2d_valid(image, np.full((2, 2), 0.25)), np.array([[0.75, 0.5]]))


@pytest.mark.parametrize(
    ("image", "kernel"),
    [((3, 6), (4, 2)), ((6, 3), (2, 4)), ((2, 2), (3, 3)), ((4, 9), (6, 1)), ((9, 4), (1, 8))],
    ids=["taller", "wider", "both", "much_taller", "much_wider"],
)
def test_a_kernel_larger_than_the_image(attempt, image, kernel):
    """A kernel larger than the image in either direction raises ValueError."""
    assert_raises(ValueError, attempt.conv2d_valid, np.ones(image), np.ones(kernel))


@sizes
def test_random_images(attempt, reference, rng, size):
    """Agrees with the reference on images and kernels of any size."""
    image, kernel = (rng.standard_normal(shape) for shape in SIZES[size])
    assert_close(attempt.conv2d_valid(image, kernel), reference.conv2d_valid(image, kernel))


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_scale(attempt, reference, rng, scale):
    """Very small and very large values are no different."""
    image, kernel = rng.uniform(0.5, 1.5, (5, 7)) * scale, rng.uniform(0.5, 1.5, (2, 3)) * scale
    assert_close(attempt.conv2d_valid(image, kernel), reference.conv2d_valid(image, kernel))


@sizes
def test_random_images_in_float32(attempt, reference, rng, size):
    """Agrees with the reference on images and kernels in float32."""
    image, kernel = (rng.standard_normal(shape).astype(np.float32) for shape in SIZES[size])
    assert_close(attempt.conv2d_valid(image, kernel), reference.conv2d_valid(image, kernel))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as one channel of a photograph."""
    image, kernel = rng.standard_normal((7, 6)), rng.standard_normal((3, 2))
    assert_close(attempt.conv2d_valid(strided(image), strided(kernel)), reference.conv2d_valid(image, kernel))


def runtime(attempt, rng):
    """Convolve an image of 30 × 40 pixels with a kernel of 3 × 5."""
    image, kernel = rng.standard_normal((30, 40)), rng.standard_normal((3, 5))
    return lambda: attempt.conv2d_valid(image, kernel)
