"""One scale and one shift a channel, as they are folded into a convolution."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    everywhere = tuple(axis for axis in range(x.ndim) if axis != 1)
    mean, var = (x.mean(everywhere), x.var(everywhere)) if training else (running_mean, running_var)
    scale = gamma / np.sqrt(var + eps)
    shift = beta - scale * mean
    column = (slice(None), *[None] * (x.ndim - 2))
    out = x * scale[column] + shift[column]
    if not training:
        return out, running_mean.copy(), running_var.copy()
    unbiased = x.var(everywhere, ddof=1)
    return out, *(
        old * (1 - momentum) + new * momentum for old, new in ((running_mean, mean), (running_var, unbiased))
    )
