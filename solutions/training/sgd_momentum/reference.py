"""SGD with momentum: g' = g + λ w, v' = μ v + g', w' = w - lr v', or w - lr (g' + μ v') with Nesterov.

Source: the documentation of torch.optim.SGD (dampening 0); I. Sutskever et al., ICML 2013, section 2.
"""

import numpy as np


def sgd_momentum(
    params: list[np.ndarray],
    grads: list[np.ndarray],
    velocity: list[np.ndarray],
    lr: float,
    momentum: float = 0.9,
    weight_decay: float = 0.0,
    nesterov: bool = False,
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    new_params, new_velocity = [], []
    for param, grad, old in zip(params, grads, velocity, strict=True):
        decayed = grad + weight_decay * param
        new = momentum * old + decayed
        step = decayed + momentum * new if nesterov else new
        new_params.append(param - lr * step)
        new_velocity.append(new)
    return new_params, new_velocity
