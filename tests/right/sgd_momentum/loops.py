"""Number by number in Python floats; float64 results and tuples."""

import numpy as np


def sgd_momentum(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    out_p, out_v = [], []
    for k in range(len(params)):
        p_new, v_new = np.empty(params[k].shape), np.empty(params[k].shape)
        for i in np.ndindex(params[k].shape):
            p, g, v = float(params[k][i]), float(grads[k][i]), float(velocity[k][i])
            g += weight_decay * p
            v = v * momentum + g
            v_new[i] = v
            if nesterov:
                g += momentum * v
            else:
                g = v
            p_new[i] = p - lr * g
        out_p.append(p_new)
        out_v.append(v_new)
    return tuple(out_p), tuple(out_v)
