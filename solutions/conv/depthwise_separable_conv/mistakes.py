import torch
from torch.nn import functional as F


def channels_mixed(x, depthwise, pointwise, stride=1, padding=0):
    """You sum over all channels in the first half already; there each kernel sees only the channel that
    it belongs to.
    """
    filtered = torch.einsum("ndijpq,cupq->ncij", _windows(x, depthwise, stride, padding), depthwise)
    return _mixed(filtered, pointwise)


def order_swapped(x, depthwise, pointwise, stride=1, padding=0):
    """You mix the channels first and filter then; filter each channel first, and mix what comes out."""
    return _filtered(_mixed(x, pointwise), depthwise, stride, padding)


def stride_twice(x, depthwise, pointwise, stride=1, padding=0):
    """You use the stride in both halves; it belongs to the first one alone."""
    sh, sw = _pair(stride)
    return _mixed(_filtered(x, depthwise, stride, padding), pointwise)[:, :, ::sh, ::sw]


def padding_twice(x, depthwise, pointwise, stride=1, padding=0):
    """You pad in both halves; the padding belongs to the first one alone."""
    ph, pw = _pair(padding)
    return _mixed(F.pad(_filtered(x, depthwise, stride, padding), (pw, pw, ph, ph)), pointwise)


def activation_between(x, depthwise, pointwise, stride=1, padding=0):
    """You put a ReLU between the halves, as MobileNet does; here nothing comes between them."""
    return _mixed(_filtered(x, depthwise, stride, padding).relu(), pointwise)


def shortcut_added(x, depthwise, pointwise, stride=1, padding=0):
    """You add x where the result has its shape, as a residual block does; the two halves alone are asked."""
    out = _mixed(_filtered(x, depthwise, stride, padding), pointwise)
    return out + x if out.shape == x.shape else out


def one_kernel_for_all(x, depthwise, pointwise, stride=1, padding=0):
    """You filter all channels by the first kernel; channel c has its own, depthwise[c, 0]."""
    return _mixed(_filtered(x, depthwise[:1].expand_as(depthwise), stride, padding), pointwise)


def not_mixed(x, depthwise, pointwise, stride=1, padding=0):
    """You weigh the filtered channels without adding them up, and return one channel for each of them;
    each output channel is a sum over all.
    """
    filtered = _filtered(x, depthwise, stride, padding)
    return filtered * pointwise.sum(dim=0).unsqueeze(0)


def pointwise_transposed(x, depthwise, pointwise, stride=1, padding=0):
    """You read pointwise as (C, O, 1, 1); its first axis belongs to the outputs."""
    return _mixed(_filtered(x, depthwise, stride, padding), pointwise.transpose(0, 1))


def flipped_kernel(x, depthwise, pointwise, stride=1, padding=0):
    """You flip the kernels, as mathematics defines convolution; networks do not, and neither does this
    drill.
    """
    return _mixed(_filtered(x, depthwise.flip(2, 3), stride, padding), pointwise)


def stride_ignored(x, depthwise, pointwise, stride=1, padding=0):  # noqa: ARG001
    """You keep every window whatever the stride; only every stride-th one is asked."""
    return _mixed(_filtered(x, depthwise, 1, padding), pointwise)


def padding_ignored(x, depthwise, pointwise, stride=1, padding=0):  # noqa: ARG001
    """You do not pad; padding asks for that many zeros on every side."""
    return _mixed(_filtered(x, depthwise, stride, 0), pointwise)


def stride_axes_swapped(x, depthwise, pointwise, stride=1, padding=0):
    """You step along the columns by the first number of stride and down the rows by the second; the
    first is the vertical one.
    """
    return _mixed(_filtered(x, depthwise, _pair(stride)[::-1], padding), pointwise)


def padding_axes_swapped(x, depthwise, pointwise, stride=1, padding=0):
    """You put the first number of padding on the left and right and the second above and below, as F.pad
    counts its axes; the first counts rows.
    """
    return _mixed(_filtered(x, depthwise, stride, _pair(padding)[::-1]), pointwise)


def pairs_refused(x, depthwise, pointwise, stride=1, padding=0):
    """You take only ints for stride and padding; a pair gives each direction its own number."""
    return _mixed(_filtered(x, depthwise, int(stride), int(padding)), pointwise)


def weights_detached(x, depthwise, pointwise, stride=1, padding=0):
    """You detach the weights, so no gradient reaches them; they are what is trained."""
    return _mixed(_filtered(x, depthwise.detach(), stride, padding), pointwise.detach())


def always_float32(x, depthwise, pointwise, stride=1, padding=0):
    """You return float32 whatever comes in; the result has the dtype of the inputs."""
    return _mixed(_filtered(x, depthwise, stride, padding), pointwise).float()


def _pair(value):
    return tuple(value) if isinstance(value, tuple | list) else (value, value)


def _windows(x, depthwise, stride, padding):
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    padded = F.pad(x, (pw, pw, ph, ph))
    return padded.unfold(2, depthwise.shape[2], sh).unfold(3, depthwise.shape[3], sw)


def _filtered(x, depthwise, stride, padding):
    return torch.einsum("ncijpq,cpq->ncij", _windows(x, depthwise, stride, padding), depthwise[:, 0])


def _mixed(filtered, pointwise):
    return torch.einsum("ncij,oc->noij", filtered, pointwise[:, :, 0, 0])
