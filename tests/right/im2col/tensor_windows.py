"""torch for the padding and for the windows, one axis after the other by Tensor.unfold."""

import torch


def im2col(x, kernel_size, stride=1, padding=0):
    (kh, kw), (sh, sw), (ph, pw) = (
        (value, value) if isinstance(value, int) else value for value in (kernel_size, stride, padding)
    )
    padded = torch.nn.functional.pad(torch.tensor(x), (pw, pw, ph, ph))
    windows = padded.unfold(2, kh, sh).unfold(3, kw, sw)  # (N, C, oh, ow, kh, kw)
    n, c = x.shape[:2]
    return windows.permute(0, 1, 4, 5, 2, 3).reshape(n, c * kh * kw, -1).numpy()
