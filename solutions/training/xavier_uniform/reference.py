"""Xavier (Glorot) initialisation: U(-a, a) with a = gain * sqrt(6 / (fan_in + fan_out)).

Source: X. Glorot, Y. Bengio, AISTATS 2010, equation 16; gain as in torch.nn.init.xavier_uniform_.
"""

import math

import numpy as np


def xavier_uniform(shape: tuple[int, ...], seed: int, gain: float = 1.0) -> np.ndarray:
    fans = (shape[0] + shape[1]) * math.prod(shape[2:])  # fan_out + fan_in; an empty product is 1
    bound = gain * math.sqrt(6 / fans)
    return np.random.default_rng(seed).uniform(-bound, bound, shape)
