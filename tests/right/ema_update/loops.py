"""Number by number into float64 arrays; what is no float is taken over as it is."""

import math

import numpy as np


def ema_update(ema, state, step, decay=0.9999, tau=2000):
    forgotten = math.e ** (-step / tau)
    keep = decay - decay * forgotten
    averaged = dict(state)
    for key in ema:
        if "float" in str(ema[key].dtype):
            averaged[key] = np.empty(ema[key].shape)
            for index in np.ndindex(ema[key].shape):
                averaged[key][index] = keep * float(ema[key][index]) + (1 - keep) * float(state[key][index])
    return averaged
