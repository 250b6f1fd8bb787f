import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def image(rows):
    return np.array(rows, dtype=np.float64)[None, None]


def test_one_bin_is_global_average_pooling(attempt):
    """With output size (1, 1) each channel becomes its mean, in a result of shape (N, C, 1, 1)."""
    x = np.array([[[[1.0, 2, 3], [4, 5, 9]], [[-1, 0, 1], [0, 0, 3]]]])
    assert_close(attempt.adaptive_avg_pool2d(x, (1, 1)), np.array([[[[4.0]], [[0.5]]]]))


def test_bins_of_equal_size(attempt):
    """Four rows and six columns become two by three: every bin holds two by two elements."""
    x = image([[1, 2, 5, 6, 0, 0], [3, 6, 7, 10, 0, 2], [-1, -1, 0, 1, 4, 4], [-1, -5, 0, 2, 4, 4]])
    assert_close(attempt.adaptive_avg_pool2d(x, (2, 3)), image([[3, 7, 0.5], [-2, 0.75, 4]]))


def test_an_int_stands_for_both(attempt):
    """Output size 2 is (2, 2), also for an image that is not square."""
    x = image([[1, 2, 5, 6], [3, 6, 7, 10]])
    assert_close(attempt.adaptive_avg_pool2d(x, 2), image([[1.5, 5.5], [4.5, 8.5]]))


def test_a_pair_is_height_then_width(attempt):
    """Output size (1, 2) has one row and two columns."""
    x = image([[1, 2, 5, 6], [3, 6, 7, 10]])
    assert_close(attempt.adaptive_avg_pool2d(x, (1, 2)), image([[3, 7]]))
    assert_close(attempt.adaptive_avg_pool2d(x, (2, 1)), image([[3.5], [6.5]]))


def test_bins_may_overlap(attempt):
    """Five columns become three: 0 and 1; 1, 2 and 3; 3 and 4. Starts are rounded down, ends up."""
    x = image([[6, 12, 3, 9, 18]])
    assert_close(attempt.adaptive_avg_pool2d(x, (1, 3)), image([[9, 8, 13.5]]))
    assert_close(
        attempt.adaptive_avg_pool2d(image([[6], [12], [3], [9], [18]]), (3, 1)), image([[9], [8], [13.5]])
    )


def test_two_bins_share_the_middle(attempt):
    """Three columns become two: the middle one is in both bins; of seven, so is the fourth."""
    assert_close(attempt.adaptive_avg_pool2d(image([[1, 3, 9]]), (1, 2)), image([[2, 6]]))
    x = image([[1, 1, 2, 8, 4, 0, 0]])
    assert_close(attempt.adaptive_avg_pool2d(x, (1, 2)), image([[3, 3]]))


def test_bins_differ_in_size(attempt):
    """Ten columns become four bins of three; eight become three bins, of three, four and three."""
    x = image([[0, 0, 3, 6, 0, 9, 0, 0, 12, 3]])
    # 0 to 2; 2 to 4; 5 to 7; 7 to 9
    assert_close(attempt.adaptive_avg_pool2d(x, (1, 4)), image([[1, 3, 3, 5]]))
    x = image([[12, 0, 24, 12, 0, 36, 0, 24]])
    # 0 to 2; 2 to 5; 5 to 7
    assert_close(attempt.adaptive_avg_pool2d(x, (1, 3)), image([[12, 18, 20]]))


def test_the_size_of_the_image_copies_it(attempt):
    """With as many bins as rows and columns every bin holds one element."""
    x = image([[1, 2, 5], [3, 6, 7.5]])
    assert_close(attempt.adaptive_avg_pool2d(x, (2, 3)), x.copy())


def test_a_result_larger_than_the_image(attempt):
    """Two columns become three, of which the middle one has both; one row becomes four equal ones."""
    assert_close(attempt.adaptive_avg_pool2d(image([[2, 8]]), (1, 3)), image([[2, 5, 8]]))
    assert_close(attempt.adaptive_avg_pool2d(image([[2], [8]]), (3, 1)), image([[2], [5], [8]]))
    assert_close(attempt.adaptive_avg_pool2d(image([[2, 8]]), (4, 2)), image([[2, 8]] * 4))
    x = image([[3, 9, 6]])
    assert_close(attempt.adaptive_avg_pool2d(x, (1, 5)), image([[3, 6, 9, 7.5, 6]]))


def test_rows_and_columns_have_bins_of_their_own(attempt):
    """Three rows become two and five columns three: each bin is a rectangle."""
    x = image([[0, 4, 8, 0, 12], [12, 0, 4, 0, 0], [0, 8, 0, 24, 4]])
    assert_close(attempt.adaptive_avg_pool2d(x, (2, 3)), image([[4, 16 / 6, 3], [5, 6, 7]]))


@pytest.mark.parametrize("axis", [2, 3])
def test_the_fractions_are_exact(attempt, axis):
    """Of 22 bins of 30 rows the twelfth begins at exactly 11 * 30 / 22 = 15: multiply first, then divide."""
    x = np.zeros(30)
    x[14:17] = 8, 2, 4
    expected = np.zeros(22)
    expected[10:13] = 4, 3, 2  # bin 10 is rows 13 and 14, bin 11 is 15 and 16, bin 12 is 16 and 17
    check_along(attempt, axis, x, expected)


@pytest.mark.parametrize("axis", [2, 3])
def test_ends_are_exact_as_well(attempt, axis):
    """Of 28 bins of 36 rows the 21st ends at exactly 21 * 36 / 28 = 27, where the next one begins."""
    x = np.zeros(36)
    x[26:28] = 4, 8
    expected = np.zeros(28)
    expected[20:22] = 2, 4  # bin 20 is rows 25 and 26, bin 21 is 27 and 28
    check_along(attempt, axis, x, expected)


def test_channels_and_images_are_kept_apart(attempt):
    """Each channel of each image is pooled by itself."""
    x = np.arange(24.0).reshape(2, 3, 2, 2)
    expected = np.array([[[[1.5]], [[5.5]], [[9.5]]], [[[13.5]], [[17.5]], [[21.5]]]])
    assert_close(attempt.adaptive_avg_pool2d(x, 1), expected)


SIZES = {
    "7x7_to_3x3": ((2, 3, 7, 7), 3),
    "11x6_to_4x4": ((1, 2, 11, 6), 4),
    "9x10_to_4x7": ((2, 2, 9, 10), (4, 7)),
    "5x12_to_5x8": ((3, 1, 5, 12), (5, 8)),
    "3x4_to_7x6": ((2, 2, 3, 4), (7, 6)),
    "13x8_to_1x3": ((1, 2, 13, 8), (1, 3)),
}


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_images(attempt, reference, rng, name, dtype):
    """Agrees with the reference on random images."""
    shape, output_size = SIZES[name]
    # All of one sign: running sums of a whole image then lose nothing that the tolerance would notice.
    x = rng.uniform(0.5, 2, shape).astype(dtype)
    expected = reference.adaptive_avg_pool2d(x, output_size)
    assert_close(attempt.adaptive_avg_pool2d(x, output_size), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous."""
    x = rng.uniform(0.5, 2, (2, 3, 7, 5))
    expected = reference.adaptive_avg_pool2d(x, (3, 2))
    assert_close(attempt.adaptive_avg_pool2d(strided(x), (3, 2)), expected)


def check_along(attempt, axis, x, expected):
    """Pool a row of numbers that lies along one axis of an image."""
    shape, size = [1, 1, 1, 1], [1, 1]
    shape[axis], size[axis - 2] = len(x), len(expected)
    result = attempt.adaptive_avg_pool2d(x.reshape(shape), tuple(size))
    assert_close(result, expected.reshape(1, 1, *size))


def runtime(attempt, rng):
    """Pool 4 images of 8 channels and 50 x 50 pixels to 14 x 14."""
    x = rng.standard_normal((4, 8, 50, 50))
    return lambda: attempt.adaptive_avg_pool2d(x, 14)
