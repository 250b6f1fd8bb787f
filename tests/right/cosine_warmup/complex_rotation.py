"""A pointer that turns by the same angle at every step; integers where the rate is one."""

import cmath


def cosine_warmup(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    if step == 0 and warmup_steps:
        return 0
    if step < warmup_steps:
        return max_lr - max_lr * (warmup_steps - step) / warmup_steps
    length = total_steps - warmup_steps
    turn = cmath.exp(1j * cmath.pi / length)
    pointer = turn ** min(step - warmup_steps, length)
    return min_lr + (max_lr - min_lr) * 0.5 * (1 + pointer.real)
