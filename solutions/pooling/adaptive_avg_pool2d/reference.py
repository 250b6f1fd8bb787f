"""Adaptive average pooling: bin i of h covers the rows floor(i * H / h) to ceil((i + 1) * H / h) - 1.

Source: torch.nn.functional.adaptive_avg_pool2d; one bin is global average pooling, M. Lin, Q. Chen, S.
Yan, "Network in network", ICLR 2014, section 3.2.
"""

import numpy as np


def adaptive_avg_pool2d(x: np.ndarray, output_size: int | tuple[int, int]) -> np.ndarray:
    height, width = output_size if isinstance(output_size, tuple) else (output_size, output_size)
    rows, columns = _bins(x.shape[2], height), _bins(x.shape[3], width)
    out = [[x[:, :, i, j].mean(axis=(2, 3)) for j in columns] for i in rows]  # h lists of w arrays (N, C)
    return np.array(out).transpose(2, 3, 0, 1)


def _bins(length: int, count: int) -> list[slice]:
    """Return what each of `count` bins covers; -(-a // b) is a / b rounded up."""
    return [slice(i * length // count, -(-(i + 1) * length // count)) for i in range(count)]
