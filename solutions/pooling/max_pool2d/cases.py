import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

RAMP = np.array([[1.0, 2, 5, 6], [3, 4, 7, 8], [9, 10, 13, 14], [11, 12, 15, 16]])[None, None]


def test_a_small_image(attempt):
    """A 2 × 2 window without a stride moves by its own size: four blocks, four maxima."""
    assert_close(attempt.max_pool2d(RAMP, 2), np.array([[[[4.0, 8], [12, 16]]]]))


def test_windows_may_overlap(attempt):
    """With stride 1 the window moves by one; a 3 × 3 window fits a 4 × 4 image in four places."""
    assert_close(attempt.max_pool2d(RAMP[:, :, ::-1].copy(), 3, 1), np.array([[[[15.0, 16], [13, 14]]]]))


def test_a_pair_is_height_then_width(attempt):
    """A window of (1, 3) is one row high and three columns wide; without a stride it moves by (1, 3)."""
    x = np.array([[3.0, 1, 2, 9, 0, 4], [5, 6, 0, 0, 8, 7]])[None, None]
    assert_close(attempt.max_pool2d(x, (1, 3)), np.array([[[[3.0, 9], [6, 8]]]]))
    assert_close(attempt.max_pool2d(x, (2, 1)), np.array([[[[5.0, 6, 2, 9, 8, 7]]]]))


def test_stride_may_be_a_pair(attempt):
    """A stride of (1, 2) moves one row down and two columns to the right."""
    x = np.array([[3.0, 1, 2, 9, 0], [5, 6, 0, 0, 8], [0, 0, 1, 0, 0]])[None, None]
    assert_close(attempt.max_pool2d(x, 2, (1, 2)), np.array([[[[6.0, 9], [6, 1]]]]))
    assert_close(attempt.max_pool2d(x, 2, stride=(2, 1)), np.array([[[[6.0, 6, 9, 9]]]]))


def test_padding_never_wins(attempt):
    """All values are negative, so a border of zeros would win every maximum that touches it."""
    x = -RAMP
    expected = np.array([[[[-1.0, -2], [-3, -4]]]])
    assert_close(attempt.max_pool2d(x, 3, 2, 1), expected)
    expected = np.array([[[[-1.0, -1, -2, -5], [-1, -1, -2, -5], [-3, -3, -4, -7], [-9, -9, -10, -13]]]])
    assert_close(attempt.max_pool2d(x, 3, stride=1, padding=1), expected)


@pytest.mark.parametrize(("dtype", "low"), [(np.float64, -1.7e308), (np.float32, -3.4e38)])
def test_padding_loses_against_the_smallest_numbers(attempt, dtype, low):
    """However small a value of the image is, padding is smaller."""
    x = np.array([[low, low], [low, 2.0]], dtype)[None, None]
    expected = np.array([[low, low], [low, 2.0]], dtype)[None, None]
    assert_close(attempt.max_pool2d(x, 2, 2, 1), expected)


def test_padding_may_be_a_pair(attempt):
    """A padding of (1, 0) adds rows above and below, but no columns."""
    x = np.array([[1.0, 4, 2], [0, 3, 9], [7, 5, 6]])[None, None]
    assert_close(attempt.max_pool2d(x, 3, 1, (1, 0)), np.array([[[[9.0], [9], [9]]]]))
    assert_close(attempt.max_pool2d(x, (2, 3), 1, (1, 0)), np.array([[[[4.0], [9], [9], [7]]]]))
    assert_close(attempt.max_pool2d(x, (3, 2), 1, (0, 1)), np.array([[[[7.0, 7, 9, 9]]]]))


def test_what_does_not_fill_a_window_is_left_out(attempt):
    """Of five rows and seven columns, a 2 × 3 window covers four and six; the rest is left out."""
    x = np.zeros((1, 1, 5, 7))
    x[..., 4, :], x[..., :, 6], x[..., 1, 5] = 9, 9, 3
    assert_close(attempt.max_pool2d(x, (2, 3)), np.array([[[[0.0, 3], [0, 0]]]]))


def test_padding_can_make_room_for_another_window(attempt):
    """Padding counts on both sides: with a row above and one below, two rows hold three 2 × 2 windows."""
    x = np.array([[1.0, 2, 3], [4, 5, 6]])[None, None]
    expected = np.array([[[[1.0, 2, 3, 3], [4, 5, 6, 6], [4, 5, 6, 6]]]])
    assert_close(attempt.max_pool2d(x, 2, 1, 1), expected)
    assert_close(attempt.max_pool2d(x, 2, padding=1), np.array([[[[1.0, 3], [4, 6]]]]))


def test_a_stride_larger_than_the_window(attempt):
    """With a stride of 3 a 2 × 2 window leaves gaps, whose values do not count."""
    x = np.zeros((1, 1, 5, 6))
    x[..., 2, :], x[..., :, 2], x[..., :, 5] = 9, 9, 9
    x[..., 0, 1], x[..., 1, 4], x[..., 4, 0] = 1, 2, 3
    assert_close(attempt.max_pool2d(x, 2, 3), np.array([[[[1.0, 2], [3, 0]]]]))


def test_a_window_of_one_element(attempt):
    """A 1 × 1 window copies the image, or every second pixel with stride 2."""
    assert_close(attempt.max_pool2d(RAMP, 1), RAMP.copy())
    assert_close(attempt.max_pool2d(RAMP, 1, 2), np.array([[[[1.0, 5], [9, 13]]]]))


def test_a_window_as_large_as_the_image(attempt):
    """The global maximum of each channel, in a result of shape (N, C, 1, 1)."""
    x = np.stack([RAMP[0, 0, :, :3], -RAMP[0, 0, :, :3]])[None]
    assert_close(attempt.max_pool2d(x, (4, 3)), np.array([[[[15.0]], [[-1]]]]))


def test_channels_and_images_are_kept_apart(attempt):
    """Each channel of each image is pooled by itself."""
    x = np.arange(24.0).reshape(2, 3, 2, 2)
    expected = np.array([[[[3.0]], [[7]], [[11]]], [[[15]], [[19]], [[23]]]])
    assert_close(attempt.max_pool2d(x, 2), expected)


OPTIONS = {
    "default_stride": ((2, 3, 7, 9), ((2, 4),)),
    "overlapping": ((2, 2, 6, 5), (3, 1)),
    "resnet_stem": ((1, 2, 9, 12), (3, 2, 1)),
    "pairs": ((3, 2, 8, 11), ((2, 5), (3, 2), (1, 2))),
    "other_pairs": ((2, 1, 11, 8), ((5, 2), (2, 3), (2, 1))),
    "one_padded_direction": ((1, 3, 7, 7), ((4, 3), (2, 1), (0, 1))),
    "mixed": ((2, 2, 10, 7), (4, (3, 1), 2)),
}


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_images(attempt, reference, rng, name, dtype):
    """Agrees with the reference on random images, most of whose values are negative."""
    shape, options = OPTIONS[name]
    x = (rng.standard_normal(shape) - 1).astype(dtype)
    assert_close(attempt.max_pool2d(x, *options), reference.max_pool2d(x, *options))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous."""
    x = rng.standard_normal((2, 3, 7, 6)) - 1
    assert_close(attempt.max_pool2d(strided(x), 3, 2, 1), reference.max_pool2d(x, 3, 2, 1))


def runtime(attempt, rng):
    """Pool 4 images of 16 channels and 32 x 32 pixels, 3 x 3 windows with stride 2."""
    x = rng.standard_normal((4, 16, 32, 32))
    return lambda: attempt.max_pool2d(x, 3, 2, 1)
