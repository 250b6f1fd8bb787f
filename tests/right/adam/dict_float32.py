"""A state of dicts keyed by position, arrays in the dtype of the weights."""

import numpy as np


def adam(params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False):
    new_state, result = {}, []
    for i, (p, g) in enumerate(zip(params, grads, strict=False)):
        old = (state or {}).get(i, {"t": 0, "m": 0.0, "v": 0.0})
        if decoupled:
            p = p - lr * weight_decay * p
        else:
            g = g + weight_decay * p
        t = old["t"] + 1
        m = betas[0] * old["m"] + (1 - betas[0]) * g
        v = betas[1] * old["v"] + (1 - betas[1]) * np.square(g)
        correction = np.sqrt(1 - betas[1] ** t) / (1 - betas[0] ** t)
        result.append(p - lr * correction * m / (np.sqrt(v) + eps * np.sqrt(1 - betas[1] ** t)))
        new_state[i] = {"t": t, "m": m, "v": v}
    return result, new_state
