"""From the model towards the average; a dict comprehension; copies of everything first."""

import numpy as np


def ema_update(ema, state, step, decay=0.9999, tau=2000):
    d = -decay * np.expm1(-step / tau)
    return {
        key: np.array(value) + (d * (ema[key] - value) if np.issubdtype(value.dtype, np.floating) else 0)
        if value.dtype != bool
        else value
        for key, value in state.items()
    }
