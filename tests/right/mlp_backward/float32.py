"""Single precision whatever comes in; samples are dealt with one at a time and averaged at the end."""

import numpy as np


def mlp_backward(x, targets, w1, b1, w2, b2):
    x, w1, b1, w2, b2 = (one.astype(np.float32) for one in (x, w1, b1, w2, b2))
    losses, parts = [], {"w1": [], "b1": [], "w2": [], "b2": []}
    for row, t in zip(x, targets, strict=True):
        a = row @ w1 + b1
        h = a.clip(min=0)
        z = h @ w2 + b2
        z -= z.max()
        p = np.exp(z)
        losses.append(np.log(p.sum()) - z[t])
        p /= p.sum()
        p[t] -= 1
        back = np.where(a > 0, w2 @ p, 0)
        parts["w1"].append(np.outer(row, back))
        parts["b1"].append(back)
        parts["w2"].append(np.outer(h, p))
        parts["b2"].append(p)
    return np.mean(losses), {name: np.mean(all_of_it, axis=0) for name, all_of_it in parts.items()}
