"""Linear warm-up, then half a cosine: min + (max - min) (1 + cos(π p)) / 2, p from 0 to 1.

Source: I. Loshchilov, F. Hutter, ICLR 2017, equation 5; warm-up as in T. He et al., CVPR 2019, section 3.1.
"""

import math


def cosine_warmup(
    step: int, total_steps: int, warmup_steps: int, max_lr: float, min_lr: float = 0.0
) -> float:
    if step < warmup_steps:
        return max_lr * step / warmup_steps
    if step >= total_steps:
        return min_lr
    progress = (step - warmup_steps) / (total_steps - warmup_steps)  # in [0, 1)
    return min_lr + (max_lr - min_lr) * (1 + math.cos(math.pi * progress)) / 2
