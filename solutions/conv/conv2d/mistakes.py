import numpy as np


def flipped_kernel(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You flip the kernels, as mathematics defines convolution; networks do not, and neither does this
    drill.
    """
    return _layer(x, weight[:, :, ::-1, ::-1], bias, stride, padding, dilation, groups)


def bias_dropped(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):  # noqa: ARG001
    """You leave the bias out; each output channel gets its own."""
    return _layer(x, weight, None, stride, padding, dilation, groups)


def bias_on_columns(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You add the bias along the last axis, where broadcasting puts it; it belongs to the output
    channels, so it needs the shape (O, 1, 1).
    """
    out = _layer(x, weight, None, stride, padding, dilation, groups)
    return out if bias is None else out + bias


def one_bias_for_all(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You add the first bias to every output channel; each has its own."""
    bias = None if bias is None else np.full_like(bias, bias[0])
    return _layer(x, weight, bias, stride, padding, dilation, groups)


def stride_axes_swapped(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You step along the columns by the first number of stride and down the rows by the second; the
    first is the vertical one.
    """
    return _layer(x, weight, bias, _swapped(stride), padding, dilation, groups)


def padding_axes_swapped(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You put the first number of padding on the left and right and the second above and below; the
    first counts rows.
    """
    return _layer(x, weight, bias, stride, _swapped(padding), dilation, groups)


def dilation_axes_swapped(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You spread the kernel's columns by the first number of dilation and its rows by the second; the
    first is the vertical one.
    """
    return _layer(x, weight, bias, stride, padding, _swapped(dilation), groups)


def stride_ignored(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):  # noqa: ARG001
    """You return every window whatever the stride; only every stride-th one is asked."""
    return _layer(x, weight, bias, 1, padding, dilation, groups)


def padding_ignored(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):  # noqa: ARG001
    """You do not pad; padding asks for that many zeros on every side."""
    return _layer(x, weight, bias, stride, 0, dilation, groups)


def padded_before_only(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You pad above and on the left only; padding counts the zeros on each of both sides."""
    ph, pw = _pair(padding)
    return _layer(np.pad(x, ((0, 0), (0, 0), (ph, 0), (pw, 0))), weight, bias, stride, 0, dilation, groups)


def edge_padding(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You repeat the image's border in the padding; zeros are asked."""
    ph, pw = _pair(padding)
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), mode="edge")
    return _layer(padded, weight, bias, stride, 0, dilation, groups)


def dilation_ignored(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):  # noqa: ARG001
    """You let the kernel look at neighbouring pixels whatever the dilation; it looks at every
    dilation-th one.
    """
    return _layer(x, weight, bias, stride, padding, 1, groups)


def dilation_added(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You leave dilation pixels between the elements of the kernel; it is the distance from one to the
    next, so 1 leaves none out.
    """
    dh, dw = _pair(dilation)
    return _layer(x, weight, bias, stride, padding, (dh + 1, dw + 1), groups)


def dilation_as_stride(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You use dilation as a further stride; it spreads the elements of the kernel, and leaves the steps
    of the window alone.
    """
    (sh, sw), (dh, dw) = _pair(stride), _pair(dilation)
    return _layer(x, weight, bias, (sh * dh, sw * dw), padding, 1, groups)


def groups_interleaved(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You deal the channels out to the groups one by one; a group is a block of neighbouring channels,
    of the inputs as of the outputs.
    """
    by_group = np.concatenate([x[:, g::groups] for g in range(groups)], axis=1)
    return _layer(by_group, weight, bias, stride, padding, dilation, groups)


def outputs_interleaved(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You deal the output channels out to the groups one by one; neighbouring output channels belong to
    one group.
    """
    order = np.concatenate([np.arange(len(weight))[g::groups] for g in range(groups)])
    back = np.argsort(order)
    out = _layer(x, weight[order], None, stride, padding, dilation, groups)[:, back]
    return out if bias is None else out + bias[:, None, None]


def groups_ignored(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):  # noqa: ARG001
    """You let every output see the first C / groups inputs; each group of outputs sees its own block of
    inputs.
    """
    return _layer(x[:, : weight.shape[1]], weight, bias, stride, padding, dilation, 1)


def channels_averaged(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You take the mean over the input channels; they are summed."""
    out = _layer(x, weight, None, stride, padding, dilation, groups) / weight.shape[1]
    return out if bias is None else out + bias[:, None, None]


def pairs_refused(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You take only ints for stride, padding and dilation; a pair gives each direction its own number."""
    return _layer(x, weight, bias, int(stride), int(padding), int(dilation), groups)


def remainder_padded(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """You round the output size up, so that a window sticks out at the end; only whole windows count,
    the size is rounded down.
    """
    (sh, sw), (ph, pw), (dh, dw) = _pair(stride), _pair(padding), _pair(dilation)
    (height, width), (kh, kw) = x.shape[2:], weight.shape[2:]
    more_h = -(height + 2 * ph - dh * (kh - 1) - 1) % sh
    more_w = -(width + 2 * pw - dw * (kw - 1) - 1) % sw
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph + more_h), (pw, pw + more_w)))
    return _layer(padded, weight, bias, stride, 0, dilation, groups)


def _pair(value):
    return tuple(value) if isinstance(value, tuple | list) else (value, value)


def _swapped(value):
    return _pair(value)[::-1]


def _layer(x, weight, bias, stride, padding, dilation, groups):
    (sh, sw), (ph, pw), (dh, dw) = _pair(stride), _pair(padding), _pair(dilation)
    kh, kw = weight.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    reach = (dh * (kh - 1) + 1, dw * (kw - 1) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach, axis=(2, 3))
    windows = windows[:, :, ::sh, ::sw, ::dh, ::dw]
    n, c, height, width = windows.shape[:4]
    windows = windows.reshape(n, groups, c // groups, height, width, kh, kw)
    filters = weight.reshape(groups, -1, *weight.shape[1:])
    out = np.einsum("ngcijpq,gocpq->ngoij", windows, filters).reshape(n, len(weight), height, width)
    return out if bias is None else out + bias[:, None, None]
