"""Adam and AdamW: w' = w - lr m̂ / (√v̂ + eps), m̂ and v̂ the corrected running means of g and g².

Source: D. Kingma, J. Ba, ICLR 2015, algorithm 1; I. Loshchilov, F. Hutter, ICLR 2019, algorithm 2, with the
decay multiplied by lr as in torch.optim.AdamW.
"""

from typing import Any

import numpy as np


def adam(
    params: list[np.ndarray],
    grads: list[np.ndarray],
    state: Any,
    lr: float = 1e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    decoupled: bool = False,
) -> tuple[list[np.ndarray], Any]:
    beta1, beta2 = betas
    if state is None:
        state = {"steps": 0, "m": [np.zeros_like(p) for p in params], "v": [np.zeros_like(p) for p in params]}
    steps = state["steps"] + 1
    new_params, first, second = [], [], []
    for param, grad, old_m, old_v in zip(params, grads, state["m"], state["v"], strict=True):
        shrunk = param * (1 - lr * weight_decay) if decoupled else param
        decayed = grad if decoupled else grad + weight_decay * param
        m = beta1 * old_m + (1 - beta1) * decayed
        v = beta2 * old_v + (1 - beta2) * decayed**2
        unbiased_m = m / (1 - beta1**steps)
        unbiased_v = v / (1 - beta2**steps)
        new_params.append(shrunk - lr * unbiased_m / (np.sqrt(unbiased_v) + eps))
        first.append(m)
        second.append(v)
    return new_params, {"steps": steps, "m": first, "v": second}
