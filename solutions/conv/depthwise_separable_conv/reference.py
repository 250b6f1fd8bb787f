"""Depthwise separable convolution: filter each channel by itself, then mix the channels at each place.

filtered[n, c, i, j] = Σ_p Σ_q padded[n, c, s·i + p, t·j + q] · depthwise[c, 0, p, q];
out[n, o, i, j] = Σ_c filtered[n, c, i, j] · pointwise[o, c, 0, 0].

Source: A. G. Howard et al., "MobileNets", 2017, section 3.1.
"""

import torch
from torch.nn import functional as F


def depthwise_separable_conv(
    x: torch.Tensor,
    depthwise: torch.Tensor,
    pointwise: torch.Tensor,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> torch.Tensor:
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    kh, kw = depthwise.shape[2:]
    padded = F.pad(x, (pw, pw, ph, ph))  # the last axis comes first
    windows = padded.unfold(2, kh, sh).unfold(3, kw, sw)  # (N, C, H_out, W_out, kh, kw)
    filtered = torch.einsum("ncijpq,cupq->ncij", windows, depthwise)  # u, and v below, have one element
    return torch.einsum("ncij,ocuv->noij", filtered, pointwise)  # (N, O, H_out, W_out)


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else value
