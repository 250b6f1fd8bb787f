"""By the half angle, (1 + cos 2x) / 2 = cos² x."""

from math import cos, pi


def cosine_warmup(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    if warmup_steps and step <= warmup_steps:
        return step / warmup_steps * max_lr
    if step >= total_steps:
        return min_lr
    left = cos(pi / 2 * (step - warmup_steps) / (total_steps - warmup_steps)) ** 2
    return left * max_lr + (1 - left) * min_lr
