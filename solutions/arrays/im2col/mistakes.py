import numpy as np


def channel_last_order(x, kernel_size, stride=1, padding=0):
    """You let the channel change fastest down a column; it changes slowest: a whole window of the first
    channel, then of the second.
    """
    windows = _windows(x, kernel_size, stride, padding)
    return _flat(windows.transpose(0, 2, 3, 1, 4, 5))


def height_width_swapped(x, kernel_size, stride=1, padding=0):
    """You take the first number of a pair for the width; height comes before width, as in (H, W)."""
    return _flat(_windows(x, _pair(kernel_size)[::-1], _pair(stride)[::-1], _pair(padding)[::-1]))


def stride_ignored(x, kernel_size, stride=1, padding=0):  # noqa: ARG001
    """You take every window, whatever the stride; with a stride of 2 every second one is asked."""
    return _flat(_windows(x, kernel_size, 1, padding))


def stride_axes_swapped(x, kernel_size, stride=1, padding=0):
    """You step down by the second stride and to the right by the first; the first is the vertical one."""
    return _flat(_windows(x, kernel_size, _pair(stride)[::-1], padding))


def padding_ignored(x, kernel_size, stride=1, padding=0):  # noqa: ARG001
    """You leave the padding out; zeros are asked on all four sides of the image."""
    return _flat(_windows(x, kernel_size, stride, 0))


def padding_on_two_sides(x, kernel_size, stride=1, padding=0):
    """You pad below and to the right alone; as many zeros belong above and to the left as well."""
    (ph, pw) = _pair(padding)
    return _flat(_windows(np.pad(x, ((0, 0), (0, 0), (0, ph), (0, pw))), kernel_size, stride, 0))


def edge_padding(x, kernel_size, stride=1, padding=0):
    """You pad by repeating the image's border; padding is zeros here."""
    (ph, pw) = _pair(padding)
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), mode="edge")
    return _flat(_windows(x, kernel_size, stride, 0))


def last_window_missing(x, kernel_size, stride=1, padding=0):
    """You leave out the last row and the last column of windows; (size - kernel) // stride + 1 windows fit,
    and the + 1 is the window at the start.
    """
    windows = _windows(x, kernel_size, stride, padding)
    return _flat(windows[:, :, :, :, : windows.shape[4] - 1, : windows.shape[5] - 1])


def one_row_per_window(x, kernel_size, stride=1, padding=0):
    """You make every window a row; it is asked as a column, so the result has shape (N, C * kh * kw, L)."""
    return _flat(_windows(x, kernel_size, stride, padding)).swapaxes(1, 2)


def windows_down_first(x, kernel_size, stride=1, padding=0):
    """You order the windows from top to bottom first; they come in reading order, left to right first."""
    return _flat(_windows(x, kernel_size, stride, padding).swapaxes(4, 5))


def window_transposed(x, kernel_size, stride=1, padding=0):
    """You read every window column by column; read it row by row, so that the column changes fastest."""
    return _flat(_windows(x, kernel_size, stride, padding).swapaxes(2, 3))


def reshaped_without_transpose(x, kernel_size, stride=1, padding=0):
    """You reshape the array of windows while its axes are still (N, C, oh, ow, kh, kw); a reshape moves
    nothing, so transpose to (N, C, kh, kw, oh, ow) first.
    """
    windows = _windows(x, kernel_size, stride, padding)
    n, c, kh, kw = windows.shape[:4]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(n, c * kh * kw, -1)


def batch_joined(x, kernel_size, stride=1, padding=0):
    """You put the windows of all images side by side into one matrix; every image keeps a matrix of its own,
    along the first axis.
    """
    columns = _flat(_windows(x, kernel_size, stride, padding))
    return np.concatenate(list(columns), axis=1)


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


def _windows(x, kernel_size, stride, padding):
    """Return the windows with axes (N, C, kh, kw, oh, ow)."""
    (kh, kw), (sh, sw), (ph, pw) = _pair(kernel_size), _pair(stride), _pair(padding)
    n, c, h, w = x.shape
    padded = np.zeros((n, c, h + 2 * ph, w + 2 * pw), x.dtype)
    padded[:, :, ph : ph + h, pw : pw + w] = x
    oh, ow = (h + 2 * ph - kh) // sh + 1, (w + 2 * pw - kw) // sw + 1
    out = np.zeros((n, c, kh, kw, max(oh, 0), max(ow, 0)), x.dtype)
    for i in range(kh):
        for j in range(kw):
            out[:, :, i, j] = padded[:, :, i : i + sh * oh : sh, j : j + sw * ow : sw]
    return out


def _flat(windows):
    n, a, b, c, oh, ow = windows.shape
    return windows.reshape(n, a * b * c, oh * ow)
