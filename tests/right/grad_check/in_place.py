"""Moves the elements of x itself with nditer, as the course notes do, and puts them back whatever happens."""

import numpy as np


def grad_check(f, x, eps=1e-5):
    gradient = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        index = it.multi_index
        old = x[index]
        try:
            x[index] = old + eps
            plus = f(x)
            x[index] = old - eps
            minus = f(x)
        finally:
            x[index] = old
        gradient[index] = (plus - minus) / (2 * eps)
        it.iternext()
    return gradient
