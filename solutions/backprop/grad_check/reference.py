"""Numerical gradient by central differences.

(f(x + eps) - f(x - eps)) / (2 eps) = f'(x) + eps**2 f'''(x) / 6 + ...: the error is of second order, where
that of a one-sided difference is of first.

Source: W. H. Press et al., "Numerical Recipes", 3rd edition, section 5.7.
"""

from collections.abc import Callable

import numpy as np


def grad_check(f: Callable[[np.ndarray], float], x: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += eps
        below[index] -= eps
        gradient[index] = (f(above) - f(below)) / (2 * eps)
    return gradient
