"""Plain Python floats along an axis that was moved to the end."""

import math

import numpy as np


def softmax(x, axis=-1):
    moved = np.moveaxis(x, axis, -1)
    rows = moved.reshape(-1, moved.shape[-1]).tolist()
    result = []
    for row in rows:
        largest = max(row)
        exponentials = [math.exp(score - largest) for score in row]
        total = math.fsum(exponentials)
        result.append([one / total for one in exponentials])
    return np.moveaxis(np.array(result).reshape(moved.shape), -1, axis)
