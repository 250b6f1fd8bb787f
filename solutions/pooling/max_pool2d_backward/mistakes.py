import numpy as np


def ties_shared(dout, x, kernel_size, stride=None):
    """You give every element that equals the maximum the whole gradient; only the first of them gets it."""
    return _spread(dout, x, kernel_size, stride, lambda window: window == window.max())


def ties_split(dout, x, kernel_size, stride=None):
    """You split the gradient evenly among equal elements; the first of them gets all."""
    return _spread(dout, x, kernel_size, stride, lambda window: _even(window == window.max()))


def last_of_equals(dout, x, kernel_size, stride=None):
    """You give the gradient to the last of equal elements; the first in row-major order gets it."""

    def weights(window):
        won = _first(window[::-1, ::-1])
        return won[::-1, ::-1]

    return _spread(dout, x, kernel_size, stride, weights)


def column_by_column(dout, x, kernel_size, stride=None):
    """You look for the first of equal elements column by column; the order is row by row."""
    return _spread(dout, x, kernel_size, stride, lambda window: _first(window.T).T)


def nearly_equal_is_equal(dout, x, kernel_size, stride=None):
    """You compare with a tolerance, as np.isclose does; only exactly equal elements tie."""

    def weights(window):
        return _first(np.isclose(window, window.max()))

    return _spread(dout, x, kernel_size, stride, weights)


def overlap_overwritten(dout, x, kernel_size, stride=None):
    """You assign the gradient to the winner, so that a later window overwrites an earlier one; gradients
    of overlapping windows add up.
    """
    (kh, kw), (sh, sw) = _options(kernel_size, stride)
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, i * sh : i * sh + kh, j * sw : j * sw + kw]
        p, q = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * sh + p, j * sw + q] = dout[n, c, i, j]
    return dx


def spread_evenly(dout, x, kernel_size, stride=None):
    """You spread the gradient over the whole window, as average pooling does; the largest element gets
    all.
    """
    return _spread(dout, x, kernel_size, stride, lambda window: _even(np.ones(window.shape, bool)))


def minimum_wins(dout, x, kernel_size, stride=None):
    """You send the gradient to the smallest element of the window; the largest gets it."""
    return _spread(dout, x, kernel_size, stride, lambda window: _first(-window))


def largest_magnitude_wins(dout, x, kernel_size, stride=None):
    """You look for the largest absolute value; the largest value wins, which is the one nearest to 0 if
    all are negative.
    """
    return _spread(dout, x, kernel_size, stride, lambda window: _first(abs(window)))


def dout_ignored(dout, x, kernel_size, stride=None):
    """You mark the winners with ones; each gets the gradient of its output, which comes in as dout."""
    return _spread(np.ones_like(dout), x, kernel_size, stride, _first)


def times_x(dout, x, kernel_size, stride=None):
    """You multiply the gradient by the winning value; the derivative of a maximum with respect to the
    winner is 1.
    """
    return _spread(dout, x, kernel_size, stride, lambda window: _first(window) * window)


def stride_defaults_to_one(dout, x, kernel_size, stride=None):
    """You move the window by one when no stride is given; it then moves by the kernel size."""
    return _spread(dout, x, kernel_size, 1 if stride is None else stride, _first)


def stride_ignored(dout, x, kernel_size, stride=None):  # noqa: ARG001
    """You always move the window by its own size; a stride that is given comes first."""
    return _spread(dout, x, kernel_size, None, _first)


def height_width_swapped(dout, x, kernel_size, stride=None):
    """You read pairs as width and height; the height comes first."""
    kernel, stride = _options(kernel_size, stride)
    return _spread(dout, x, kernel[::-1], stride[::-1], _first)


def corner_forgotten(dout, x, kernel_size, stride=None):
    """You use the winner's place within its window as its place in the image; add the window's corner."""
    (kh, kw), (sh, sw) = _options(kernel_size, stride)
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, i * sh : i * sh + kh, j * sw : j * sw + kw]
        dx[n, c][np.unravel_index(window.argmax(), window.shape)] += dout[n, c, i, j]
    return dx


def _spread(dout, x, kernel_size, stride, weights):
    (kh, kw), (sh, sw) = _options(kernel_size, stride)
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        place = n, c, slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw)
        if x[place].size:
            dx[place] += weights(x[place]) * dout[n, c, i, j]
    return dx


def _first(window):
    return (np.arange(window.size) == window.argmax()).reshape(window.shape)


def _even(won):
    return won / won.sum()


def _options(kernel_size, stride):
    pairs = (kernel_size, kernel_size if stride is None else stride)
    return tuple(value if isinstance(value, tuple) else (value, value) for value in pairs)
