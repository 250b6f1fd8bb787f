import numpy as np


def padding_never_counted(x, kernel_size, stride=None, padding=0, count_include_pad=True):  # noqa: ARG001
    """You always leave padding out of the count; by default, with count_include_pad, it counts as zeros."""
    return _pool(x, kernel_size, stride, padding, False)


def wrong_divisor(x, kernel_size, stride=None, padding=0, count_include_pad=True):  # noqa: ARG001
    """You always divide by the size of the window; without count_include_pad only the elements inside
    the image count.
    """
    return _pool(x, kernel_size, stride, padding, True)


def flag_inverted(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """You read count_include_pad the wrong way round; if it is true, padding counts."""
    return _pool(x, kernel_size, stride, padding, not count_include_pad)


def square_window_assumed(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """You divide by the square of the kernel's height; a window holds height times width elements."""
    kh, kw = _pair(kernel_size)
    out = _pool(x, kernel_size, stride, padding, count_include_pad)
    return out * kw / kh if count_include_pad else out


def zeros_not_counted(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """You take every 0 for padding when you count; zeros of the image are elements like all others."""
    out = _pool(x, kernel_size, stride, padding, count_include_pad)
    if count_include_pad:
        return out
    inside = _pool(np.ones_like(x), kernel_size, stride, padding, True)
    filled = _pool((x != 0).astype(x.dtype), kernel_size, stride, padding, True)
    return np.where(filled > 0, out * inside / np.where(filled > 0, filled, 1), 0)


def sum_not_mean(x, kernel_size, stride=None, padding=0, count_include_pad=True):  # noqa: ARG001
    """You return the sum of the window; it has still to be divided."""
    kh, kw = _pair(kernel_size)
    return _pool(x, kernel_size, stride, padding, True) * (kh * kw)


def maximum(x, kernel_size, stride=None, padding=0, count_include_pad=True):  # noqa: ARG001
    """You take the maximum of the window; the mean is asked."""
    return _pool(x, kernel_size, stride, padding, True, reduce=np.max, fill=-np.inf)


def stride_defaults_to_one(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """You move the window by one when no stride is given; it then moves by the kernel size."""
    return _pool(x, kernel_size, 1 if stride is None else stride, padding, count_include_pad)


def stride_ignored(x, kernel_size, stride=None, padding=0, count_include_pad=True):  # noqa: ARG001
    """You always move the window by its own size; a stride that is given comes first."""
    return _pool(x, kernel_size, None, padding, count_include_pad)


def stride_axes_swapped(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """You swap the two strides; the first moves the window down, the second to the right."""
    stride = _pair(kernel_size if stride is None else stride)[::-1]
    return _pool(x, kernel_size, stride, padding, count_include_pad)


def height_width_swapped(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """You read pairs as width and height; the height comes first."""
    stride = _pair(kernel_size if stride is None else stride)[::-1]
    return _pool(x, _pair(kernel_size)[::-1], stride, _pair(padding)[::-1], count_include_pad)


def edge_padding(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """You repeat the border of the image as padding; padding is made of zeros."""
    if not count_include_pad:
        return _pool(x, kernel_size, stride, padding, False)
    return _pool(x, kernel_size, stride, padding, True, mode="edge")


def padded_on_one_side(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """You pad above and on the left only; padding is added on both sides."""
    return _pool(x, kernel_size, stride, padding, count_include_pad, sides=1)


def partial_windows_kept(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """You keep windows that reach over the end, as ceil_mode does; rows and columns that do not fill a
    window are left out.
    """
    return _pool(x, kernel_size, stride, padding, count_include_pad, partial=True)


def _pool(
    x, kernel_size, stride, padding, counted, reduce=np.mean, fill=0, sides=2, partial=False, mode="constant"
):
    (kh, kw), (ph, pw) = _pair(kernel_size), _pair(padding)
    sh, sw = _pair(kernel_size if stride is None else stride)
    border = ((0, 0), (0, 0), (ph, ph * (sides - 1)), (pw, pw * (sides - 1)))
    options = {"constant_values": fill} if mode == "constant" else {}
    padded = np.pad(x, border, mode=mode, **options)
    inside = np.pad(np.ones(x.shape[2:]), border[2:])
    height, width = inside.shape
    rows, columns = range(0, height - kh + 1, sh), range(0, width - kw + 1, sw)
    if partial:  # a window has to begin in the image or before it
        rows = range(0, max(min(height - kh + sh, height - ph), 1), sh)
        columns = range(0, max(min(width - kw + sw, width - pw), 1), sw)
    out = np.empty((*x.shape[:2], len(rows), len(columns)), x.dtype)
    for a, i in enumerate(rows):
        for b, j in enumerate(columns):
            mean = reduce(padded[:, :, i : i + kh, j : j + kw], axis=(2, 3))
            out[:, :, a, b] = mean if counted else mean / inside[i : i + kh, j : j + kw].mean()
    return out


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)
