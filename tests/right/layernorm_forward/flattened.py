"""All vectors as the rows of a matrix; a centring matrix, einsum and the norm of rows."""

import numpy as np


def layernorm_forward(x, gamma, beta, eps=1e-5):
    rows = x.reshape(-1, x.shape[-1])
    d = rows.shape[1]
    start = rows - rows[:, :1]  # any shift will do, and this one leaves small numbers
    centred = start - np.einsum("nd->n", start)[:, None] / d
    length = np.linalg.norm(centred, axis=1)
    out = np.einsum("nd,n,d->nd", centred, 1 / np.sqrt(length**2 / d + eps), gamma)
    return (out + beta[None]).reshape(x.shape)
