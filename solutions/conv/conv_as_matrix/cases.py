import numpy as np
import pytest

from cvdrill.testing import assert_close, assert_raises, strided

# Shapes of kernel and image.
SIZES = {
    "square": ((3, 3), (5, 5)),
    "wide_image": ((3, 3), (4, 9)),
    "tall_image": ((3, 3), (9, 4)),
    "wide_kernel": ((2, 4), (5, 6)),
    "tall_kernel": ((4, 2), (6, 5)),
    "even_kernel": ((2, 2), (6, 4)),
    "as_tall_as_the_image": ((5, 2), (5, 7)),
    "as_wide_as_the_image": ((2, 5), (7, 5)),
    "row": ((1, 3), (4, 6)),
    "column": ((3, 1), (6, 4)),
}
sizes = pytest.mark.parametrize("size", SIZES)


def test_a_row(attempt):
    """On a single row each output's weights lie one column further than those of the output before."""
    expected = np.array([[1.0, 2, 0, 0], [0, 1, 2, 0], [0, 0, 1, 2]])
    assert_close(attempt.conv_as_matrix(np.array([[1.0, 2]]), (1, 4)), expected)


def test_a_column(attempt):
    """A column of pixels gives the same matrix as a row of them."""
    expected = np.array([[1.0, 2, 3, 0, 0], [0, 1, 2, 3, 0], [0, 0, 1, 2, 3]])
    assert_close(attempt.conv_as_matrix(np.array([[1.0], [2], [3]]), (5, 1)), expected)


def test_a_small_image(attempt):
    """On a 3 × 3 image the second row of a kernel lies three columns behind the first."""
    expected = np.array(
        [
            [1.0, 2, 0, 3, 4, 0, 0, 0, 0],
            [0, 1, 2, 0, 3, 4, 0, 0, 0],
            [0, 0, 0, 1, 2, 0, 3, 4, 0],
            [0, 0, 0, 0, 1, 2, 0, 3, 4],
        ]
    )
    assert_close(attempt.conv_as_matrix(np.array([[1.0, 2], [3, 4]]), (3, 3)), expected)


def test_an_image_that_is_not_square(attempt):
    """The next line of the image begins W columns further, whatever its height."""
    expected = np.array(
        [
            [1.0, 2, 3, 0, 4, 5, 6, 0, 0, 0, 0, 0],
            [0, 1, 2, 3, 0, 4, 5, 6, 0, 0, 0, 0],
            [0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0],
            [0, 0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6],
        ]
    )
    assert_close(attempt.conv_as_matrix(np.array([[1.0, 2, 3], [4, 5, 6]]), (3, 4)), expected)


def test_a_kernel_of_one_element(attempt):
    """A 1 × 1 kernel scales every pixel: its matrix is a multiple of the identity."""
    assert_close(attempt.conv_as_matrix(np.array([[-2.5]]), (2, 3)), -2.5 * np.eye(6))
    assert_close(attempt.conv_as_matrix(np.array([[3.0]]), (1, 1)), np.array([[3.0]]))


def test_a_kernel_as_large_as_the_image(attempt):
    """A kernel of the image's size gives a matrix of one row, which is the kernel itself."""
    kernel = np.array([[1.0, 2, 3], [4, 5, 6]])
    assert_close(attempt.conv_as_matrix(kernel, (2, 3)), np.array([[1.0, 2, 3, 4, 5, 6]]))


def test_a_kernel_as_tall_or_wide_as_the_image(attempt):
    """A kernel that fills one direction still has several places in the other."""
    expected = np.array([[1.0, 0, 2, 0], [0, 1, 0, 2]])
    assert_close(attempt.conv_as_matrix(np.array([[1.0], [2]]), (2, 2)), expected)
    expected = np.array([[1.0, 2, 0, 0], [0, 0, 1, 2]])
    assert_close(attempt.conv_as_matrix(np.array([[1.0, 2]]), (2, 2)), expected)


def test_fractions_and_zeros_in_the_kernel(attempt):
    """Weights are copied as they are, fractions and negative ones too; a zero among them is no end."""
    expected = np.array([[0.25, 0, -0.5, 0], [0, 0.25, 0, -0.5]])
    assert_close(attempt.conv_as_matrix(np.array([[0.25, 0, -0.5]]), (1, 4)), expected)


@pytest.mark.parametrize(
    ("kernel", "image"),
    [
        ((4, 2), (3, 6)),
        ((2, 4), (6, 3)),
        ((3, 3), (2, 2)),
        ((6, 1), (4, 9)),
        ((1, 8), (9, 4)),
        ((1, 4), (4, 3)),
    ],
    ids=["taller", "wider", "both", "much_taller", "much_wider", "wider_though_smaller"],
)
def test_a_kernel_larger_than_the_image(attempt, kernel, image):
    """A kernel larger than the image in either direction raises ValueError."""
    assert_raises(ValueError, attempt.conv_as_matrix, np.ones(kernel), image)


@sizes
def test_random_kernels(attempt, reference, rng, size):
    """Agrees with the reference on kernels and images of any size."""
    kernel_shape, image_shape = SIZES[size]
    kernel = rng.standard_normal(kernel_shape)
    assert_close(attempt.conv_as_matrix(kernel, image_shape), reference.conv_as_matrix(kernel, image_shape))


@pytest.mark.parametrize("size", ["wide_image", "tall_kernel", "as_wide_as_the_image"])
def test_random_kernels_in_float32(attempt, reference, rng, size):
    """Agrees with the reference on kernels in float32."""
    kernel_shape, image_shape = SIZES[size]
    kernel = rng.standard_normal(kernel_shape).astype(np.float32)
    assert_close(attempt.conv_as_matrix(kernel, image_shape), reference.conv_as_matrix(kernel, image_shape))


@pytest.mark.parametrize("scale", [1e-12, 1e12])
def test_scale(attempt, reference, rng, scale):
    """Very small and very large weights are no different."""
    kernel = rng.uniform(0.5, 1.5, (2, 3)) * scale
    assert_close(attempt.conv_as_matrix(kernel, (4, 5)), reference.conv_as_matrix(kernel, (4, 5)))


def test_a_strided_view(attempt, reference, rng):
    """Works on a kernel whose memory is not contiguous, such as one channel of a layer's weights."""
    kernel = rng.standard_normal((3, 2))
    assert_close(attempt.conv_as_matrix(strided(kernel), (5, 4)), reference.conv_as_matrix(kernel, (5, 4)))


def runtime(attempt, rng):
    """Write a 5 × 5 kernel on an image of 32 × 36 as a matrix."""
    kernel = rng.standard_normal((5, 5))
    return lambda: attempt.conv_as_matrix(kernel, (32, 36))
