"""One pass: the sum is rescaled whenever a larger score turns up. Float32 whatever comes in as float32."""

import numpy as np


def softmax(x, axis=-1):
    rows = np.moveaxis(x, axis, 0)
    largest, total = rows[0].copy() if rows.ndim > 1 else rows[0], np.ones_like(rows[0])
    for row in rows[1:]:
        larger = np.maximum(largest, row)
        total = total * np.exp(largest - larger) + np.exp(row - larger)
        largest = larger
    result = np.empty_like(rows)
    for i in range(len(rows)):
        result[i] = np.exp(rows[i] - largest) / total
    return np.moveaxis(result, 0, axis)
