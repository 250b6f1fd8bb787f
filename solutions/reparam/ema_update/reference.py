"""Exponential moving average of weights with a ramp: d = decay (1 - exp(-step / tau)), e' = d e + (1 - d) w.

Source: class ModelEMA of YOLOv7, utils/torch_utils.py; B. Polyak, A. Juditsky, SIAM J. Control Optim. 30(4),
1992.
"""

import math

import numpy as np


def ema_update(
    ema: dict[str, np.ndarray],
    state: dict[str, np.ndarray],
    step: int,
    decay: float = 0.9999,
    tau: float = 2000,
) -> dict[str, np.ndarray]:
    d = decay * (1 - math.exp(-step / tau))
    new = {}
    for key, value in state.items():
        if value.dtype.kind == "f":
            new[key] = d * ema[key] + (1 - d) * value
        else:
            new[key] = value.copy()
    return new
