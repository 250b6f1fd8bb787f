"""A weighted mean of both ends; the fraction that is done is clipped."""

import math


def lr_scaling(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):
    scaled = base_lr / base_batch * batch
    if rule == "sqrt":
        scaled = math.exp(0.5 * (math.log(base_lr) + math.log(scaled)))
    done = 1.0
    if step is not None and warmup_steps > 0:
        done = min(1.0, step / warmup_steps)
    return (1 - done) * base_lr + done * scaled
