"""Mean of squares less squared mean, but of deviations from the first feature; scale and shift folded."""

import numpy as np


def layernorm_forward(x, gamma, beta, eps=1e-5):
    shifted = x - x[..., :1]
    mean = shifted.mean(-1, keepdims=True)
    variance = np.maximum(np.mean(shifted * shifted, -1, keepdims=True) - mean * mean, 0)
    scale = gamma / np.sqrt(variance + eps)
    return shifted * scale + (beta - scale * mean)
