"""Walks up the ramp, adding a constant amount per step, as the paper says it; a 0-d array comes back."""

import numpy as np


def lr_scaling(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):
    if rule == "linear":
        scaled = batch * base_lr / base_batch
    elif rule == "sqrt":
        scaled = base_lr * batch**0.5 / base_batch**0.5
    else:
        raise ValueError(rule)
    if step is None or step >= warmup_steps:
        return np.array(scaled)
    rate = base_lr
    for _ in range(step):
        rate += (scaled - base_lr) / warmup_steps
    return np.array(rate)
