"""Number by number in Python floats; a state of nested lists."""

import numpy as np


def adam(params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False):
    b1, b2 = betas
    history = [] if state is None else state
    t = 1 if state is None else state[0][0] + 1
    result, new_state = [], [[t]]
    for k in range(len(params)):
        flat_p, flat_g = params[k].ravel().tolist(), grads[k].ravel().tolist()
        old = history[k + 1] if history else [[0.0, 0.0]] * len(flat_p)
        out, moments = [], []
        for p, g, (m, v) in zip(flat_p, flat_g, old, strict=False):
            if not decoupled:
                g += weight_decay * p
            m = m * b1 + g * (1 - b1)
            v = v * b2 + g * g * (1 - b2)
            if decoupled:
                p -= p * lr * weight_decay
            p -= lr * (m / (1 - b1**t)) / ((v / (1 - b2**t)) ** 0.5 + eps)
            out.append(p)
            moments.append([m, v])
        result.append(np.array(out).reshape(params[k].shape))
        new_state.append(moments)
    return result, new_state
