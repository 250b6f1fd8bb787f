"""Loss and gradients of a network with one hidden layer, by the chain rule from the loss to the inputs.

Source: I. Goodfellow et al., "Deep Learning", section 6.5.

    for y = h @ w + b:   dL/dw = h.T @ dL/dy,   dL/db = column sums of dL/dy,   dL/dh = dL/dy @ w.T
    for ReLU:            dL/da = dL/dhidden where a > 0, else 0
    for the mean loss:   dL/dlogits = (softmax(logits) - onehot) / n
"""

import numpy as np


def mlp_backward(
    x: np.ndarray,
    targets: np.ndarray,
    w1: np.ndarray,
    b1: np.ndarray,
    w2: np.ndarray,
    b2: np.ndarray,
) -> tuple[float, dict[str, np.ndarray]]:
    n = len(x)
    true_class = np.arange(n), targets

    a = x @ w1 + b1  # (n, hidden)
    hidden = np.maximum(a, 0)  # (n, hidden)
    logits = hidden @ w2 + b2  # (n, classes)
    shifted = logits - logits.max(axis=1, keepdims=True)  # (n, classes), at most 0
    exponentials = np.exp(shifted)  # (n, classes)
    sums = exponentials.sum(axis=1)  # (n,), at least 1
    loss = (np.log(sums) - shifted[true_class]).sum() / n

    dlogits = exponentials / sums[:, None]  # (n, classes), the probabilities
    dlogits[true_class] -= 1
    dlogits = dlogits / n
    da = (dlogits @ w2.T) * (a > 0)  # (n, hidden)
    gradients = {
        "w1": x.T @ da,  # (inputs, hidden)
        "b1": da.sum(axis=0),  # (hidden,)
        "w2": hidden.T @ dlogits,  # (hidden, classes)
        "b2": dlogits.sum(axis=0),  # (classes,)
    }
    return loss, gradients
