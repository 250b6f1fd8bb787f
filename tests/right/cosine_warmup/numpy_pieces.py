"""Both curves at once, and np.where between them; a 0-d array comes back."""

import numpy as np


def cosine_warmup(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    up = np.interp(step, [0, max(warmup_steps, 1)], [0.0, max_lr])
    phase = np.pi * np.clip((step - warmup_steps) / (total_steps - warmup_steps), 0, 1)
    down = 0.5 * (max_lr + min_lr) + 0.5 * (max_lr - min_lr) * np.cos(phase)
    return np.where(step < warmup_steps, up, down)
