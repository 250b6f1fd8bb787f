"""A float entry is moved in place in a copy; any other is the model's own array."""

import numpy as np


def ema_update(ema, state, step, decay=0.9999, tau=2000):
    d = decay * (1 - np.exp(-step / tau))
    new = dict(state)
    for key, average in ema.items():
        if np.issubdtype(average.dtype, np.floating):
            new[key] = average.copy()
            new[key] *= d
            new[key] += (1 - d) * state[key]
    return new
