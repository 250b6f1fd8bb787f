"""np.interp draws the ramp and holds its end."""

import numpy as np


def lr_scaling(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):
    exponent = 0.5 if rule == "sqrt" else 1
    target = base_lr * np.power(batch / base_batch, exponent)
    if step is None or not warmup_steps:
        return target
    return np.interp(step, [0, warmup_steps], [base_lr, target])
