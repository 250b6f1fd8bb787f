"""Layer normalisation: out = gamma * (x - mean) / sqrt(var + eps) + beta, statistics over the last axis.

Source: J. L. Ba, J. R. Kiros, G. E. Hinton, arXiv:1607.06450, 2016, section 3, equations 3 and 4; biased
variance and eps as in torch.nn.functional.layer_norm.
"""

import numpy as np


def layernorm_forward(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    centred = x - x.mean(axis=-1, keepdims=True)  # (..., D)
    variance = (centred**2).mean(axis=-1, keepdims=True)  # (..., 1)
    return gamma * centred / np.sqrt(variance + eps) + beta  # (..., D)
