"""F.unfold on all channels, then products and sums by broadcasting; F.linear with the channels last."""

from torch.nn import functional as F


def depthwise_separable_conv(x, depthwise, pointwise, stride=1, padding=0):
    n, channels, *size = x.shape
    kernel = depthwise.shape[2:]
    columns = F.unfold(x, kernel, stride=stride, padding=padding)  # (N, C * kh * kw, L)
    columns = columns.reshape(n, channels, kernel.numel(), -1)
    filtered = (columns * depthwise.reshape(1, channels, -1, 1)).sum(dim=2)  # (N, C, L)
    out = F.linear(filtered.transpose(1, 2), pointwise[..., 0, 0]).transpose(1, 2)
    steps, zeros = ((v, v) if isinstance(v, int) else v for v in (stride, padding))
    shape = [(s + 2 * z - k) // t + 1 for s, z, k, t in zip(size, zeros, kernel, steps, strict=True)]
    return out.reshape(n, -1, *shape)
