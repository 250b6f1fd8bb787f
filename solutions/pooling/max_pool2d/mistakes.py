import numpy as np


def zero_padding_wins(x, kernel_size, stride=None, padding=0):
    """You pad with zeros, which win wherever the image is negative; padding must lose against every
    number.
    """
    return _pool(x, kernel_size, stride, padding, fill=0)


def large_negative_padding(x, kernel_size, stride=None, padding=0):
    """You pad with a large negative number such as -1e9, which wins where the image holds even smaller
    ones; pad with -np.inf.
    """
    return _pool(x, kernel_size, stride, padding, fill=-1e9)


def stride_defaults_to_one(x, kernel_size, stride=None, padding=0):
    """You move the window by one when no stride is given; it then moves by the kernel size."""
    return _pool(x, kernel_size, 1 if stride is None else stride, padding)


def height_width_swapped(x, kernel_size, stride=None, padding=0):
    """You read pairs as width and height; the height comes first."""
    if stride is None:
        stride = kernel_size
    return _pool(x, _pair(kernel_size)[::-1], _pair(stride)[::-1], _pair(padding)[::-1])


def only_the_height_of_a_pair(x, kernel_size, stride=None, padding=0):
    """You take the first number of each pair for both directions; the second is for the width."""
    stride = kernel_size if stride is None else stride
    return _pool(x, _pair(kernel_size)[0], _pair(stride)[0], _pair(padding)[0])


def stride_axes_swapped(x, kernel_size, stride=None, padding=0):
    """You swap the two strides; the first moves the window down, the second to the right."""
    return _pool(x, kernel_size, _pair(kernel_size if stride is None else stride)[::-1], padding)


def stride_ignored(x, kernel_size, stride=None, padding=0):  # noqa: ARG001
    """You always move the window by its own size; a stride that is given comes first."""
    return _pool(x, kernel_size, None, padding)


def padding_ignored(x, kernel_size, stride=None, padding=0):
    """You leave the padding out; it adds rows and columns on both sides before windows are placed."""
    shape, kernel = x.shape[2:], _pair(kernel_size)
    fits = shape[0] >= kernel[0] and shape[1] >= kernel[1]  # or there is no result at all
    return _pool(x, kernel_size, stride, 0 if fits else padding)


def padded_on_one_side(x, kernel_size, stride=None, padding=0):
    """You pad above and on the left only; padding is added on both sides."""
    return _pool(x, kernel_size, stride, padding, sides=1)


def partial_windows_kept(x, kernel_size, stride=None, padding=0):
    """You keep windows that reach over the end, as ceil_mode does; rows and columns that do not fill a
    window are left out.
    """
    return _pool(x, kernel_size, stride, padding, partial=True)


def last_window_lost(x, kernel_size, stride=None, padding=0):
    """You count one place too few; there are floor((H + 2 * padding - kernel) / stride) + 1."""
    return _pool(x, kernel_size, stride, padding)[:, :, :-1, :-1]


def averaged(x, kernel_size, stride=None, padding=0):
    """You take the mean of the window; the maximum is asked."""
    (kh, kw), (ph, pw) = _pair(kernel_size), _pair(padding)
    sh, sw = _pair(kernel_size if stride is None else stride)
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw), axis=(2, 3))
    return (windows[:, :, ::sh, ::sw] / (kh * kw)).sum(axis=(4, 5))


def channels_pooled(x, kernel_size, stride=None, padding=0):
    """You take the maximum over the channels, too; each channel is pooled by itself."""
    out = _pool(x, kernel_size, stride, padding)
    return np.broadcast_to(out.max(axis=1, keepdims=True), out.shape).copy()


def _pool(x, kernel_size, stride, padding, fill=-np.inf, sides=2, partial=False):
    (kh, kw), (ph, pw) = _pair(kernel_size), _pair(padding)
    sh, sw = _pair(kernel_size if stride is None else stride)
    after = (ph, pw) if sides == 2 else (0, 0)
    padded = np.pad(x, ((0, 0), (0, 0), (ph, after[0]), (pw, after[1])), constant_values=fill)
    height, width = padded.shape[2:]
    rows, columns = range(0, height - kh + 1, sh), range(0, width - kw + 1, sw)
    if partial:  # a window has to begin in the image or before it
        rows = range(0, max(min(height - kh + sh, height - ph), 1), sh)
        columns = range(0, max(min(width - kw + sw, width - pw), 1), sw)
    out = np.empty((*x.shape[:2], len(rows), len(columns)), x.dtype)
    for a, i in enumerate(rows):
        for b, j in enumerate(columns):
            out[:, :, a, b] = padded[:, :, i : i + kh, j : j + kw].max(axis=(2, 3))
    return out


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)
