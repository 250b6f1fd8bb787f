"""Numpy scalars where there is no axis; np.average with weights."""

import numpy as np


def ema_update(ema, state, step, decay=0.9999, tau=2000):
    new = {}
    d = decay * (1 - np.exp(-step / tau))
    for key in sorted(ema):
        if isinstance(ema[key].flat[0], np.floating):
            new[key] = np.average([ema[key], state[key]], axis=0, weights=[d, 1 - d])
        else:
            new[key] = state[key][()]
    return new
