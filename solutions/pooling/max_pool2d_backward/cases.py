import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def image(rows):
    return np.array(rows, dtype=np.float64)[None, None]


def test_the_largest_element_gets_the_gradient(attempt):
    """Each 2 × 2 block sends its gradient to its largest element; the others get 0."""
    x = image([[1, 2, 8, 6], [4, 3, 7, 5], [9, 1, 3, 1], [3, 5, 2, 4]])
    expected = image([[0, 0, -2, 0], [1, 0, 0, 0], [3, 0, 0, 0], [0, 0, 0, 4]])
    assert_close(attempt.max_pool2d_backward(image([[1, -2], [3, 4]]), x, 2), expected)


def test_an_element_that_wins_several_windows(attempt):
    """Where windows overlap, an element gets the sum of the gradients of all windows that it wins."""
    x = image([[0, 1, 2], [3, 9, 4], [5, 6, 7]])
    expected = image([[0, 0, 0], [0, 1111, 0], [0, 0, 0]])
    assert_close(attempt.max_pool2d_backward(image([[1, 10], [100, 1000]]), x, 2, 1), expected)
    x = image([[0, 1, 2, 3], [8, 0, 7, 0], [0, 6, 0, 5]])
    expected = image([[0, 0, 0, 0], [101, 0, 1010, 0], [0, 0, 0, 0]])
    dout = image([[1, 10], [100, 1000]])
    assert_close(attempt.max_pool2d_backward(dout, x, (2, 3), stride=1), expected)


def test_of_equal_elements_the_first_gets_all(attempt):
    """Four equal elements: the whole gradient goes to the first; nothing is shared, nothing doubled."""
    expected = image([[5, 0], [0, 0]])
    assert_close(attempt.max_pool2d_backward(image([[5]]), image([[3, 3], [3, 3]]), 2), expected)
    expected = image([[0, 0, 0], [0, 5, 0]])
    assert_close(attempt.max_pool2d_backward(image([[5]]), image([[0, 1, 1], [1, 2, 2]]), (2, 3)), expected)


def test_first_means_row_by_row(attempt):
    """Of equal elements top right and bottom left, the one in the upper row is first."""
    x = image([[0, 7, 1, 0], [7, 0, 1, 1]])
    expected = image([[0, 5, 6, 0], [0, 0, 0, 0]])
    assert_close(attempt.max_pool2d_backward(image([[5, 6]]), x, 2), expected)


def test_ties_are_settled_in_every_window_anew(attempt):
    """On a flat image each window's first element is its top left one, whatever other windows took."""
    expected = image([[1, 2, 0], [3, 4, 0], [0, 0, 0]])
    assert_close(attempt.max_pool2d_backward(image([[1, 2], [3, 4]]), np.zeros((1, 1, 3, 3)), 2, 1), expected)
    x = image([[0, 1, 1], [0, 0, 1], [1, 0, 0]])
    expected = image([[0, 3, 0], [0, 0, 4], [3, 0, 0]])  # both upper windows begin their ties at the same 1
    assert_close(attempt.max_pool2d_backward(image([[1, 2], [3, 4]]), x, 2, 1), expected)
    x, expected = image([[0, 0, 1], [0, 1, 0]]), image([[0, 0, 2], [0, 1, 0]])  # whoever won before
    assert_close(attempt.max_pool2d_backward(image([[1, 2]]), x, 2, 1), expected)


def test_nearly_equal_is_not_equal(attempt):
    """An element that is larger by a billionth is the largest, and gets all."""
    x = image([[1, 1 + 1e-9], [1 - 1e-9, 1]])
    assert_close(attempt.max_pool2d_backward(image([[2]]), x, 2), image([[0, 2], [0, 0]]))
    x = image([[1e-12, 0], [0, 2e-12]])
    assert_close(attempt.max_pool2d_backward(image([[2]]), x, 2), image([[0, 0], [0, 2]]))


def test_negative_images(attempt):
    """Where all values are negative, the largest is the one nearest to 0."""
    x = image([[-4, -3], [-1, -2]])
    assert_close(attempt.max_pool2d_backward(image([[2.5]]), x, 2), image([[0, 0], [2.5, 0]]))


def test_a_pair_is_height_then_width(attempt):
    """A window of (1, 3) is one row high and three columns wide; without a stride it moves by (1, 3)."""
    x = image([[3, 1, 2, 9, 0, 4], [5, 6, 0, 0, 8, 7]])
    expected = image([[1, 0, 0, 2, 0, 0], [0, 3, 0, 0, 4, 0]])
    assert_close(attempt.max_pool2d_backward(image([[1, 2], [3, 4]]), x, (1, 3)), expected)
    expected = image([[0, 0, 3, 4, 0, 0], [1, 2, 0, 0, 5, 6]])
    assert_close(attempt.max_pool2d_backward(image([[1, 2, 3, 4, 5, 6]]), x, (2, 1)), expected)


def test_stride_may_be_a_pair(attempt):
    """A stride of (1, 2) moves one row down and two columns to the right."""
    x = image([[3, 1, 2, 9, 0], [5, 6, 0, 0, 8], [0, 0, 1, 0, 0]])
    expected = image([[0, 0, 0, 2, 0], [0, 4, 0, 0, 0], [0, 0, 5, 0, 0]])
    assert_close(attempt.max_pool2d_backward(image([[1, 2], [3, 5]]), x, 2, (1, 2)), expected)
    expected = image([[0, 0, 0, 7, 0], [0, 3, 0, 0, 0], [0, 0, 0, 0, 0]])
    assert_close(attempt.max_pool2d_backward(image([[1, 2, 3, 4]]), x, 2, stride=(2, 1)), expected)


def test_what_no_window_covers_gets_nothing(attempt):
    """Rows and columns that fill no window, and gaps between windows, get 0, however large they are."""
    x = np.zeros((1, 1, 3, 5))
    x[..., 2, :], x[..., :, 4], x[..., 1, 1], x[..., 0, 3] = 9, 9, 1, 2
    expected = np.zeros((1, 1, 3, 5))
    expected[..., 1, 1], expected[..., 0, 3] = 5, 6
    assert_close(attempt.max_pool2d_backward(image([[5, 6]]), x, 2), expected)
    x = image([[0, 1, 9, 2, 0], [0, 0, 9, 0, 3]])
    expected = image([[0, 5, 0, 0, 0], [0, 0, 0, 0, 6]])
    assert_close(attempt.max_pool2d_backward(image([[5, 6]]), x, 2, 3), expected)


def test_a_window_of_one_element(attempt):
    """With a 1 × 1 window every element wins its own: the gradient comes back as it is, or with gaps."""
    x, dout = image([[3, 1, 2], [4, 4, 4]]), image([[1, 2, 3], [-4, 5, 6]])
    assert_close(attempt.max_pool2d_backward(dout, x, 1), dout.copy())
    assert_close(attempt.max_pool2d_backward(image([[1, 2]]), x, 1, 2), image([[1, 0, 2], [0, 0, 0]]))


def test_a_window_as_large_as_the_image(attempt):
    """The global maximum of each channel gets its gradient."""
    x = np.stack([image([[1, 2, 3], [6, 5, 4]])[0, 0], image([[-1, -2, -3], [-6, -5, -4]])[0, 0]])[None]
    expected = np.zeros((1, 2, 2, 3))
    expected[0, 0, 1, 0], expected[0, 1, 0, 0] = 7, 8
    assert_close(attempt.max_pool2d_backward(np.array([[[[7.0]], [[8]]]]), x, (2, 3)), expected)


def test_channels_and_images_are_kept_apart(attempt):
    """Each channel of each image has its own winners."""
    x = np.array([[[[1.0, 2]], [[4, 3]]], [[[5, 6]], [[8, 7]]], [[[9, 9]], [[0, 1]]]])  # (3, 2, 1, 2)
    dout = np.array([1.0, 2, 3, 4, 5, 6]).reshape(3, 2, 1, 1)
    expected = np.array([[[[0.0, 1]], [[2, 0]]], [[[0, 3]], [[4, 0]]], [[[5, 0]], [[0, 6]]]])
    assert_close(attempt.max_pool2d_backward(dout, x, (1, 2)), expected)


OPTIONS = {
    "default_stride": ((2, 3, 7, 9), ((2, 4),)),
    "overlapping": ((2, 2, 6, 5), (3, 1)),
    "alexnet": ((1, 2, 9, 11), (3, 2)),
    "pairs": ((3, 2, 8, 11), ((2, 5), (3, 2))),
    "gaps": ((2, 1, 7, 10), (2, (3, 4))),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_random_images(attempt, reference, rng, name):
    """Agrees with the reference on random images."""
    dout, x, options = random_input(rng, name)
    expected = reference.max_pool2d_backward(dout, x, *options)
    assert_close(attempt.max_pool2d_backward(dout, x, *options), expected)


@pytest.mark.parametrize("name", OPTIONS)
def test_random_images_after_a_relu(attempt, reference, rng, name):
    """Agrees with the reference on images of few different values, where ties are everywhere, in float32."""
    dout, x, options = random_input(rng, name)
    dout, x = dout.astype(np.float32), np.maximum(np.rint(x), 0).astype(np.float32)
    expected = reference.max_pool2d_backward(dout, x, *options)
    assert_close(attempt.max_pool2d_backward(dout, x, *options), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous."""
    dout, x, options = random_input(rng, "overlapping")
    x = np.rint(x)
    expected = reference.max_pool2d_backward(dout, x, *options)
    assert_close(attempt.max_pool2d_backward(strided(dout), strided(x), *options), expected)


def random_input(rng, name):
    """Return dout, x and the options of that name."""
    shape, options = OPTIONS[name]
    kernel, stride = (np.broadcast_to(option, 2) for option in (options[0], options[-1]))
    size = [(n - k) // s + 1 for n, k, s in zip(shape[2:], kernel, stride, strict=True)]
    return rng.standard_normal((*shape[:2], *size)), rng.standard_normal(shape), options


def runtime(attempt, rng):
    """Send a gradient back to 2 images of 4 channels and 17 x 17 pixels, 3 x 3 windows with stride 2."""
    dout, x = rng.standard_normal((2, 4, 8, 8)), rng.standard_normal((2, 4, 17, 17))
    return lambda: attempt.max_pool2d_backward(dout, x, 3, 2)
