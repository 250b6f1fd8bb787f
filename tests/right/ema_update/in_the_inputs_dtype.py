"""All arithmetic in the dtype of the entry, also float32; updates a copy in place."""

import numpy as np


def ema_update(ema, state, step, decay=0.9999, tau=2000):
    d = decay * (1 - np.exp(-step / tau))
    new = {k: v.copy() for k, v in ema.items()}
    for k, v in new.items():
        if v.dtype.kind in "iub":
            v[...] = state[k]
        else:
            v *= v.dtype.type(d)
            v += v.dtype.type(1 - d) * state[k]
    return new
