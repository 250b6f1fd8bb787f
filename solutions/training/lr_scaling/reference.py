"""Scaling a learning rate with the batch size, with gradual warm-up.

Source: P. Goyal et al., arXiv:1706.02677, section 2 (linear, warm-up); A. Krizhevsky, arXiv:1404.5997,
section 5.
"""

import math


def lr_scaling(
    base_lr: float,
    base_batch: int,
    batch: int,
    rule: str = "linear",
    warmup_steps: int = 0,
    step: int | None = None,
) -> float:
    ratio = batch / base_batch
    scaled = base_lr * {"linear": ratio, "sqrt": math.sqrt(ratio)}[rule]
    if step is None or step >= warmup_steps:
        return scaled
    return base_lr + (scaled - base_lr) * step / warmup_steps
