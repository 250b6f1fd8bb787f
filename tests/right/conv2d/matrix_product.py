"""im2col: windows gathered into columns, one matrix product for each group, in the inputs' own dtype."""

import numpy as np


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    stride, padding, dilation = ((v, v) if np.isscalar(v) else tuple(v) for v in (stride, padding, dilation))
    n, channels, height, width = x.shape
    outputs, _, kh, kw = weight.shape
    padded = np.zeros((n, channels, height + 2 * padding[0], width + 2 * padding[1]), x.dtype)
    padded[:, :, padding[0] : padding[0] + height, padding[1] : padding[1] + width] = x
    last_row, last_column = dilation[0] * (kh - 1), dilation[1] * (kw - 1)
    rows = np.arange(0, padded.shape[2] - last_row, stride[0])
    columns = np.arange(0, padded.shape[3] - last_column, stride[1])
    y = rows[None, :] + dilation[0] * np.arange(kh)[:, None]  # (kh, H_out)
    z = columns[None, :] + dilation[1] * np.arange(kw)[:, None]  # (kw, W_out)
    windows = padded[:, :, y[:, None, :, None], z[None, :, None, :]]  # (N, C, kh, kw, H_out, W_out)
    results = []
    for part, filters in zip(np.split(windows, groups, axis=1), np.split(weight, groups), strict=True):
        matrix = part.reshape(n, -1, len(rows) * len(columns))
        results.append(filters.reshape(outputs // groups, -1) @ matrix)
    out = np.concatenate(results, axis=1).reshape(n, outputs, len(rows), len(columns))
    if bias is not None:
        out += bias.reshape(1, -1, 1, 1)
    return out
