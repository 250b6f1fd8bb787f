import numpy as np


def double(x: np.ndarray) -> np.ndarray:
    """Return twice `x`."""
    raise NotImplementedError
