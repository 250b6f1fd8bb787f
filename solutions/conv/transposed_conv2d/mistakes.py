import numpy as np


def overlap_overwritten(x, weight, stride=1, padding=0):
    """You assign a kernel to its block of the canvas instead of adding it, so where kernels overlap only
    the last one is seen.
    """
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    kh, kw = weight.shape[2:]
    canvas = np.zeros_like(_canvas(x, weight, sh, sw))
    for i, j in np.ndindex(x.shape[2:]):
        painted = np.einsum("nc,copq->nopq", x[:, :, i, j], weight)
        canvas[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw] = painted
    return _cut(canvas, ph, pw)


def padding_added(x, weight, stride=1, padding=0):
    """You put zeros around the canvas; padding is that of the convolution whose way back this is, so it
    is cut off.
    """
    ph, pw = _pair(padding)
    return np.pad(_canvas(x, weight, *_pair(stride)), ((0, 0), (0, 0), (ph, ph), (pw, pw)))


def input_padded(x, weight, stride=1, padding=0):
    """You put zeros around x before painting; padding is cut off the canvas instead."""
    ph, pw = _pair(padding)
    return _canvas(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), weight, *_pair(stride))


def padding_ignored(x, weight, stride=1, padding=0):  # noqa: ARG001
    """You return the whole canvas; padding rows and columns are cut off each side of it."""
    return _canvas(x, weight, *_pair(stride))


def padding_cut_at_the_end(x, weight, stride=1, padding=0):
    """You cut all of the padding off below and on the right; half of it lies above and on the left."""
    ph, pw = _pair(padding)
    canvas = _canvas(x, weight, *_pair(stride))
    return canvas[:, :, : canvas.shape[2] - 2 * ph, : canvas.shape[3] - 2 * pw]


def padding_cut_once(x, weight, stride=1, padding=0):
    """You cut the padding off above and on the left only; it is cut off every side."""
    ph, pw = _pair(padding)
    return _canvas(x, weight, *_pair(stride))[:, :, ph:, pw:]


def negative_slice(x, weight, stride=1, padding=0):
    """You cut with a slice that ends at -padding, which is empty where the padding is 0; let it end at
    the size minus the padding.
    """
    ph, pw = _pair(padding)
    return _canvas(x, weight, *_pair(stride))[:, :, ph:-ph, pw:-pw]


def flipped_kernel(x, weight, stride=1, padding=0):
    """You paint the kernel reversed; a single pixel of value 1 gives the kernel as it is. Sliding over a
    padded image takes the reversal, painting does not.
    """
    return _transposed(x, weight[:, :, ::-1, ::-1], stride, padding)


def weight_axes_swapped(x, weight, stride=1, padding=0):
    """You read weight as (O, C, kh, kw), as in a convolution; here the input channels come first."""
    return _transposed(x, np.swapaxes(weight, 0, 1), stride, padding)


def stride_axes_swapped(x, weight, stride=1, padding=0):
    """You step along the columns by the first number of stride and down the rows by the second; the
    first is the vertical one.
    """
    return _transposed(x, weight, _pair(stride)[::-1], padding)


def padding_axes_swapped(x, weight, stride=1, padding=0):
    """You cut the first number of padding off the left and right and the second off above and below; the
    first counts rows.
    """
    return _transposed(x, weight, stride, _pair(padding)[::-1])


def stride_ignored(x, weight, stride=1, padding=0):  # noqa: ARG001
    """You let the kernels of neighbouring pixels lie one step apart whatever the stride; it moves them
    apart and enlarges the image.
    """
    return _transposed(x, weight, 1, padding)


def stride_leaves_out(x, weight, stride=1, padding=0):
    """You put stride zeros between neighbouring pixels; that many steps lie from one to the next, so it
    is stride - 1 zeros.
    """
    sh, sw = _pair(stride)
    return _transposed(x, weight, (sh + 1 if sh > 1 else 1, sw + 1 if sw > 1 else 1), padding)


def stride_times_size(x, weight, stride=1, padding=0):
    """You let zeros follow the last kernel, as if every pixel took a whole stride; the canvas ends with
    that kernel, (H - 1) * stride + kh rows.
    """
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    canvas = np.pad(_canvas(x, weight, sh, sw), ((0, 0), (0, 0), (0, sh - 1), (0, sw - 1)))
    return _cut(canvas, ph, pw)


def pairs_refused(x, weight, stride=1, padding=0):
    """You take only ints for stride and padding; a pair gives each direction its own number."""
    return _transposed(x, weight, int(stride), int(padding))


def _pair(value):
    return tuple(value) if isinstance(value, tuple | list) else (value, value)


def _transposed(x, weight, stride, padding):
    return _cut(_canvas(x, weight, *_pair(stride)), *_pair(padding))


def _cut(canvas, ph, pw):
    return canvas[:, :, ph : canvas.shape[2] - ph, pw : canvas.shape[3] - pw]


def _canvas(x, weight, sh, sw):
    (n, _, height, width), (_, channels, kh, kw) = x.shape, weight.shape
    canvas = np.zeros((n, channels, (height - 1) * sh + kh, (width - 1) * sw + kw), x.dtype)
    for p, q in np.ndindex(kh, kw):
        painted = np.einsum("ncij,co->noij", x, weight[:, :, p, q])
        canvas[:, :, p : p + (height - 1) * sh + 1 : sh, q : q + (width - 1) * sw + 1 : sw] += painted
    return canvas
