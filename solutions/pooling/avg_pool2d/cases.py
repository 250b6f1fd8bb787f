import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def image(rows):
    return np.array(rows, dtype=np.float64)[None, None]


def test_a_small_image(attempt):
    """A 2 × 2 window without a stride moves by its own size: four blocks, four means."""
    x = image([[1, 2, 5, 6], [3, 6, 7, 10], [-1, -1, 0, 1], [-1, -5, 0, 2]])
    assert_close(attempt.avg_pool2d(x, 2), image([[3, 7], [-2, 0.75]]))


def test_windows_may_overlap(attempt):
    """With stride 1 the window moves by one; a 2 × 2 window fits a 3 × 4 image in six places."""
    x = image([[4, 0, 8, 0], [0, 4, 0, 4], [8, 0, 0, 12]])
    assert_close(attempt.avg_pool2d(x, 2, 1), image([[2, 3, 3], [3, 1, 4]]))


def test_a_pair_is_height_then_width(attempt):
    """A window of (1, 3) is one row high and three columns wide; without a stride it moves by (1, 3)."""
    x = image([[3, 1, 2, 9, 0, 3], [5, 6, 1, 0, 8, 7]])
    assert_close(attempt.avg_pool2d(x, (1, 3)), image([[2, 4], [4, 5]]))
    assert_close(attempt.avg_pool2d(x, (2, 1)), image([[4, 3.5, 1.5, 4.5, 4, 5]]))


def test_stride_may_be_a_pair(attempt):
    """A stride of (1, 2) moves one row down and two columns to the right."""
    x = image([[4, 0, 8, 0, 1], [0, 4, 0, 4, 1], [8, 0, 0, 12, 1]])
    assert_close(attempt.avg_pool2d(x, 2, (1, 2)), image([[2, 3], [3, 4]]))
    assert_close(attempt.avg_pool2d(x, 2, stride=(2, 1)), image([[2, 3, 3, 1.5]]))


def test_padding_counts_by_default(attempt):
    """Sums are divided by the size of the whole window: an image of ones gets darker at its border."""
    expected = image([[4, 6, 4], [6, 9, 6], [4, 6, 4]]) / 9
    assert_close(attempt.avg_pool2d(np.ones((1, 1, 3, 3)), 3, 1, 1), expected)
    x = image([[4, 8], [12, 16]])
    assert_close(attempt.avg_pool2d(x, 2, padding=1), image([[1, 2], [3, 4]]))
    assert_close(attempt.avg_pool2d(x, 2, padding=1, count_include_pad=True), image([[1, 2], [3, 4]]))


def test_padding_may_be_left_out_of_the_count(attempt):
    """Without count_include_pad a sum is divided by the number of elements inside the image alone."""
    assert_close(attempt.avg_pool2d(np.ones((1, 1, 3, 4)), 3, 1, 1, False), np.ones((1, 1, 3, 4)))
    x = image([[4, 8], [12, 16]])
    expected = image([[4, 6, 8], [8, 10, 12], [12, 14, 16]])
    assert_close(attempt.avg_pool2d(x, 2, 1, 1, count_include_pad=False), expected)


def test_zeros_of_the_image_count(attempt):
    """A pixel of the image that is 0 is no padding: it counts either way."""
    x = image([[0, 6], [12, 0]])
    expected = image([[0, 3, 6], [6, 4.5, 3], [12, 6, 0]])
    assert_close(attempt.avg_pool2d(x, 2, 1, 1, count_include_pad=False), expected)
    assert_close(attempt.avg_pool2d(x, 2, count_include_pad=False), image([[4.5]]))


def test_inside_the_image_there_is_no_difference(attempt):
    """A window that lies inside the image is divided by its size either way."""
    x = image([[1, 2, 5, 6], [3, 6, 7, 10]])
    assert_close(attempt.avg_pool2d(x, 2, count_include_pad=False), image([[3, 7]]))
    x = image([[9, 9, 9, 9, 9], [9, 1, 2, 3, 9], [9, 4, 5, 6, 9], [9, 7, 8, 18, 9], [9, 9, 9, 9, 9]])
    result = attempt.avg_pool2d(x, 3, (2, 2), (1, 1), count_include_pad=False)
    assert_close(result, image([[7, 5.5, 7.5], [6.5, 6, 9], [8.5, 10, 11.25]]))


def test_padding_may_be_a_pair(attempt):
    """A padding of (1, 0) adds rows above and below, but no columns."""
    x = image([[3, 6, 9], [12, 15, 18]])
    assert_close(attempt.avg_pool2d(x, (2, 3), 1, (1, 0)), image([[3], [10.5], [7.5]]))
    assert_close(attempt.avg_pool2d(x, (2, 3), 1, (1, 0), False), image([[6], [10.5], [15]]))
    assert_close(attempt.avg_pool2d(x, (1, 2), 1, (0, 1)), image([[1.5, 4.5, 7.5, 4.5], [6, 13.5, 16.5, 9]]))
    assert_close(
        attempt.avg_pool2d(x, (1, 2), 1, (0, 1), False), image([[3, 4.5, 7.5, 9], [12, 13.5, 16.5, 18]])
    )


def test_what_does_not_fill_a_window_is_left_out(attempt):
    """Of five rows and seven columns, a 2 × 3 window covers four and six; the rest is left out."""
    x = np.zeros((1, 1, 5, 7))
    x[..., 4, :], x[..., :, 6], x[..., 1, 5] = 9, 9, 3
    assert_close(attempt.avg_pool2d(x, (2, 3)), image([[0, 0.5], [0, 0]]))


def test_a_stride_larger_than_the_window(attempt):
    """With a stride of 3 a 2 × 2 window leaves gaps, whose values do not count."""
    x = np.zeros((1, 1, 5, 6))
    x[..., 2, :], x[..., :, 2], x[..., :, 5] = 9, 9, 9
    x[..., 0, 1], x[..., 1, 4], x[..., 4, 0] = 1, 2, 4
    assert_close(attempt.avg_pool2d(x, 2, 3), image([[0.25, 0.5], [1, 0]]))


def test_a_window_of_one_element(attempt):
    """A 1 × 1 window copies the image, or every second pixel with stride 2."""
    x = image([[1, 2, 3], [4, 5, 6], [7, 8, 9.5]])
    assert_close(attempt.avg_pool2d(x, 1), x.copy())
    assert_close(attempt.avg_pool2d(x, 1, 2), image([[1, 3], [7, 9.5]]))


def test_a_window_as_large_as_the_image(attempt):
    """The mean of each channel, in a result of shape (N, C, 1, 1)."""
    x = np.array([[[[1.0, 2, 3], [4, 5, 9]], [[-1, 0, 1], [0, 0, 3]]]])
    assert_close(attempt.avg_pool2d(x, (2, 3)), np.array([[[[4.0]], [[0.5]]]]))


def test_channels_and_images_are_kept_apart(attempt):
    """Each channel of each image is pooled by itself."""
    x = np.arange(24.0).reshape(2, 3, 2, 2)
    expected = np.array([[[[1.5]], [[5.5]], [[9.5]]], [[[13.5]], [[17.5]], [[21.5]]]])
    assert_close(attempt.avg_pool2d(x, 2), expected)


OPTIONS = {
    "default_stride": ((2, 3, 7, 9), ((2, 4),)),
    "overlapping": ((2, 2, 6, 5), (3, 1)),
    "padded": ((1, 2, 9, 12), (3, 2, 1)),
    "padding_not_counted": ((1, 2, 9, 12), (3, 2, 1, False)),
    "pairs": ((3, 2, 8, 11), ((2, 5), (3, 2), (1, 2))),
    "pairs_not_counted": ((2, 1, 11, 8), ((5, 2), (2, 3), (2, 1), False)),
    "mixed": ((2, 2, 10, 7), (4, (3, 1), (0, 2), False)),
}


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_images(attempt, reference, rng, name, dtype):
    """Agrees with the reference on random images."""
    shape, options = OPTIONS[name]
    # All of one sign: running sums of a whole image then lose nothing that the tolerance would notice.
    x = rng.uniform(0.5, 2, shape).astype(dtype)
    assert_close(attempt.avg_pool2d(x, *options), reference.avg_pool2d(x, *options))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous."""
    x = rng.uniform(0.5, 2, (2, 3, 7, 6))
    assert_close(attempt.avg_pool2d(strided(x), 3, 2, 1, False), reference.avg_pool2d(x, 3, 2, 1, False))


def runtime(attempt, rng):
    """Pool 4 images of 16 channels and 32 x 32 pixels, 3 x 3 windows with stride 2."""
    x = rng.standard_normal((4, 16, 32, 32))
    return lambda: attempt.avg_pool2d(x, 3, 2, 1, False)
