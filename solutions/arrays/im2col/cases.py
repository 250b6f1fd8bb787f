import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_windows_become_columns(attempt):
    """Every 2 × 2 window of a 3 × 3 image is one column, read row by row."""
    x = np.array([[[[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]]])
    expected = np.array([[[1.0, 2, 4, 5], [2, 3, 5, 6], [4, 5, 7, 8], [5, 6, 8, 9]]])
    assert_close(attempt.im2col(x, 2), expected)


def test_windows_come_in_reading_order(attempt):
    """Windows go from left to right and then down, so with a 1 × 1 kernel an image becomes one row."""
    x = np.array([[[[1.0, 2, 3], [4, 5, 6]]]])
    assert_close(attempt.im2col(x, 1), np.array([[[1.0, 2, 3, 4, 5, 6]]]))


def test_a_window_is_read_row_by_row(attempt):
    """A single window as large as the image is one column, its rows one after the other."""
    x = np.array([[[[1.0, 2, 3], [4, 5, 6]]]])
    assert_close(attempt.im2col(x, (2, 3)), np.array([[[1.0], [2], [3], [4], [5], [6]]]))


def test_the_channel_changes_slowest(attempt):
    """A column holds the whole window of the first channel, then that of the second."""
    x = np.array([[[[1.0, 2, 3], [4, 5, 6]], [[10, 20, 30], [40, 50, 60]]]])
    expected = np.array([[[1.0, 2], [2, 3], [4, 5], [5, 6], [10, 20], [20, 30], [40, 50], [50, 60]]])
    assert_close(attempt.im2col(x, 2), expected)


def test_images_of_a_batch_stay_apart(attempt):
    """The first axis is the image; no column mixes two of them."""
    x = np.array([[[[1.0, 2, 3]]], [[[4, 5, 6]]], [[[7, 8, 9]]]])
    expected = np.array([[[1.0, 2], [2, 3]], [[4, 5], [5, 6]], [[7, 8], [8, 9]]])
    assert_close(attempt.im2col(x, (1, 2)), expected)


def test_height_comes_before_width(attempt):
    """A kernel (1, 3) is one row of three; a kernel (3, 1) is one column of three."""
    x = np.array([[[[1.0, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]]])
    wide = np.array([[[1.0, 2, 5, 6, 9, 10], [2, 3, 6, 7, 10, 11], [3, 4, 7, 8, 11, 12]]])
    assert_close(attempt.im2col(x, (1, 3)), wide)
    tall = np.array([[[1.0, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]])
    assert_close(attempt.im2col(x, (3, 1)), tall)


def test_a_stride_skips_windows(attempt):
    """A stride of 2 takes every second window, and what is left over at the end is ignored."""
    x = np.array([[[[1.0, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]]])
    assert_close(attempt.im2col(x, (2, 1), 2), np.array([[[1.0, 3, 5], [7, 9, 11]]]))
    assert_close(attempt.im2col(x, (1, 3), 2), np.array([[[1.0, 3], [2, 4], [3, 5]]]))


def test_a_stride_of_each_direction(attempt):
    """A stride (2, 1) skips rows, a stride (1, 2) skips columns."""
    x = np.array([[[[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]]])
    assert_close(attempt.im2col(x, 1, (2, 1)), np.array([[[1.0, 2, 3, 7, 8, 9]]]))
    assert_close(attempt.im2col(x, 1, (1, 2)), np.array([[[1.0, 3, 4, 6, 7, 9]]]))


def test_a_stride_larger_than_the_kernel(attempt):
    """A stride larger than the kernel leaves gaps between the windows."""
    x = np.array([[[[1.0, 2, 3, 4, 5, 6, 7, 8]]]])
    assert_close(attempt.im2col(x, (1, 2), (1, 5)), np.array([[[1.0, 6], [2, 7]]]))


def test_padding_is_zeros_on_all_sides(attempt):
    """Padding adds zeros above and below, left and right, also to images without a single zero."""
    x = np.array([[[[-1.0, -2], [-3, -4]]]])
    expected = np.array(
        [
            [
                [0.0, 0, 0, 0, -1, -2, 0, -3, -4],
                [0, 0, 0, -1, -2, 0, -3, -4, 0],
                [0, -1, -2, 0, -3, -4, 0, 0, 0],
                [-1, -2, 0, -3, -4, 0, 0, 0, 0],
            ]
        ]
    )
    assert_close(attempt.im2col(x, 2, padding=1), expected)


def test_padding_of_each_direction(attempt):
    """Padding (1, 0) adds rows, padding (0, 1) adds columns."""
    x = np.array([[[[1.0, 2, 3], [4, 5, 6]]]])
    assert_close(attempt.im2col(x, 1, 1, (1, 0)), np.array([[[0.0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0]]]))
    assert_close(attempt.im2col(x, 1, 1, (0, 1)), np.array([[[0.0, 1, 2, 3, 0, 0, 4, 5, 6, 0]]]))


def test_padding_larger_than_the_kernel(attempt):
    """Padding larger than the kernel gives windows that see nothing but zeros."""
    x = np.array([[[[7.0]]]])
    expected = np.array([[[0.0, 0, 0, 7, 0, 0], [0, 0, 7, 0, 0, 0]]])
    assert_close(attempt.im2col(x, (1, 2), 1, (0, 3)), expected)


def test_padding_counts_when_windows_are_counted(attempt):
    """Five columns with one zero on each side hold three windows of width 3 at stride 2."""
    x = np.array([[[[1.0, 2, 3, 4, 5]]]])
    expected = np.array([[[0.0, 2, 4], [1, 3, 5], [2, 4, 0]]])
    assert_close(attempt.im2col(x, kernel_size=(1, 3), stride=2, padding=(0, 1)), expected)


SIZES = {  # shape, kernel_size, stride, padding
    "nothing_given_but_the_kernel": ((2, 3, 6, 7), 3, 1, 0),
    "wide_kernel": ((2, 3, 5, 8), (2, 4), 1, 0),
    "tall_kernel": ((3, 2, 8, 5), (4, 2), 1, 0),
    "stride": ((2, 2, 8, 11), 3, 2, 0),
    "pair_of_strides": ((2, 3, 9, 8), (2, 3), (3, 2), 0),
    "padding": ((2, 2, 4, 6), 3, 1, 1),
    "pair_of_paddings": ((3, 2, 4, 5), (3, 2), 1, (2, 1)),
    "all_pairs": ((2, 3, 7, 9), (3, 2), (2, 3), (1, 2)),
    "all_ints": ((2, 3, 9, 6), 2, 3, 2),
}


@pytest.mark.parametrize("size", SIZES)
def test_random_images(attempt, reference, rng, size):
    """Agrees with the reference on batches of images with several channels."""
    shape, kernel_size, stride, padding = SIZES[size]
    x = rng.standard_normal(shape)
    expected = reference.im2col(x, kernel_size, stride, padding)
    assert_close(attempt.im2col(x, kernel_size, stride, padding), expected)


def test_random_images_in_float32(attempt, reference, rng):
    """Agrees with the reference on images in float32."""
    x = rng.standard_normal((2, 3, 7, 5)).astype(np.float32)
    assert_close(attempt.im2col(x, (2, 3), (2, 1), (1, 2)), reference.im2col(x, (2, 3), (2, 1), (1, 2)))


@pytest.mark.parametrize("padding", [0, (2, 1)], ids=["unpadded", "padded"])
def test_strided_views(attempt, reference, rng, padding):
    """Works on views whose memory is not contiguous, such as images that were channels last."""
    x = rng.standard_normal((2, 3, 6, 7))
    expected = reference.im2col(x, (3, 2), 2, padding)
    assert_close(attempt.im2col(strided(x), (3, 2), 2, padding), expected)


def runtime(attempt, rng):
    """Unroll the 3 × 3 windows of twelve images with 16 channels of 32 × 32 pixels."""
    x = rng.standard_normal((12, 16, 32, 32))
    return lambda: attempt.im2col(x, 3, 1, 1)
