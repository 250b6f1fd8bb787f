import numpy as np


def relu_mask_missing(x, targets, w1, b1, w2, b2):
    """You send the gradient through ReLU as if it were not there; where the pre-activation is 0 or below,
    nothing passes.
    """
    _, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    return loss, _gradients(x, hidden, dlogits, dlogits @ w2.T)


def relu_mask_at_zero(x, targets, w1, b1, w2, b2):
    """You let the gradient pass where a pre-activation is exactly 0 (a >= 0); the derivative of ReLU is 0
    there, as asked.
    """
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    return loss, _gradients(x, hidden, dlogits, (dlogits @ w2.T) * (a >= 0))


def relu_of_the_gradient(x, targets, w1, b1, w2, b2):
    """You apply ReLU to the gradient, which drops its negative entries; what decides is the sign of the
    pre-activation in the forward pass.
    """
    _, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    return loss, _gradients(x, hidden, dlogits, np.maximum(dlogits @ w2.T, 0))


def not_divided_by_n(x, targets, w1, b1, w2, b2):
    """You return the gradients of the summed loss; the loss is a mean, so all of them are divided by n."""
    n = len(x)
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    return loss, _gradients(x, hidden, n * dlogits, n * (dlogits @ w2.T) * (a > 0))


def loss_not_divided_by_n(x, targets, w1, b1, w2, b2):
    """You return the sum of the samples' losses; asked is their mean, of which your gradients are."""
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    return loss * len(x), _gradients(x, hidden, dlogits, (dlogits @ w2.T) * (a > 0))


def neither_divided_by_n(x, targets, w1, b1, w2, b2):
    """You add up the samples' losses; asked are their mean and its gradients, all divided by n."""
    n = len(x)
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    return n * loss, _gradients(x, hidden, n * dlogits, n * (dlogits @ w2.T) * (a > 0))


def divided_twice(x, targets, w1, b1, w2, b2):
    """You divide by n again on the way back, in the weights' and biases' gradients; the division belongs to
    the loss and happens once, at the logits.
    """
    n = len(x)
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    return loss, _gradients(x, hidden, dlogits / n, (dlogits @ w2.T) * (a > 0) / n)


def bias_not_summed(x, targets, w1, b1, w2, b2):
    """You return one gradient of the biases for each sample; a bias is added to every row, so its gradient is
    the sum over the rows.
    """
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    da = (dlogits @ w2.T) * (a > 0)
    return loss, {"w1": x.T @ da, "b1": da, "w2": hidden.T @ dlogits, "b2": dlogits}


def bias_averaged(x, targets, w1, b1, w2, b2):
    """You average the biases' gradients over the samples, though the logits' gradient is divided by n
    already; sum them.
    """
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    da = (dlogits @ w2.T) * (a > 0)
    return loss, {"w1": x.T @ da, "b1": da.mean(axis=0), "w2": hidden.T @ dlogits, "b2": dlogits.mean(axis=0)}


def bias_kept_as_row(x, targets, w1, b1, w2, b2):
    """You return the biases' gradients as rows of shape (1, size); each has its bias's shape, (size,)."""
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    gradients = _gradients(x, hidden, dlogits, (dlogits @ w2.T) * (a > 0))
    return loss, {name: np.atleast_2d(gradient) for name, gradient in gradients.items()}


def weights_transposed(x, targets, w1, b1, w2, b2):
    """You return the weights' gradients as (outputs, inputs), the layout of torch; here weights are (inputs,
    outputs), and so are their gradients.
    """
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    gradients = _gradients(x, hidden, dlogits, (dlogits @ w2.T) * (a > 0))
    return loss, {name: gradient.T for name, gradient in gradients.items()}


def pre_activation_for_w2(x, targets, w1, b1, w2, b2):
    """You take the pre-activations for the gradient of w2; the second layer saw what ReLU made of them."""
    a, _, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    return loss, _gradients(x, a, dlogits, (dlogits @ w2.T) * (a > 0))


def relu_missing_forward(x, targets, w1, b1, w2, b2):
    """You leave ReLU out of the forward pass, so the two layers are one linear map; hidden is max(a, 0)."""
    a = x @ w1 + b1
    loss, dlogits = _loss(a @ w2 + b2, targets)
    return loss, _gradients(x, a, dlogits, dlogits @ w2.T)


def target_not_subtracted(x, targets, w1, b1, w2, b2):
    """You send the probabilities back as they are; the gradient at the logits is softmax minus 1 at the true
    class.
    """
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    dlogits[np.arange(len(x)), targets] += 1 / len(x)
    return loss, _gradients(x, hidden, dlogits, (dlogits @ w2.T) * (a > 0))


def sign_flipped(x, targets, w1, b1, w2, b2):
    """You return the direction in which to step; a gradient points uphill: softmax minus one-hot."""
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    return loss, _gradients(x, hidden, -dlogits, -(dlogits @ w2.T) * (a > 0))


def overflow(x, targets, w1, b1, w2, b2):
    """You exponentiate the logits as they are, which overflows beyond 709 (88 in float32); subtract the
    maximum of each row first.
    """
    a = x @ w1 + b1
    hidden = np.maximum(a, 0)
    logits = hidden @ w2 + b2
    with np.errstate(all="ignore"):
        p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        loss = -np.log(p[np.arange(len(x)), targets]).mean()
    return loss, _gradients_of(x, targets, a, hidden, p, w2)


def global_max(x, targets, w1, b1, w2, b2):
    """You subtract the maximum of the whole batch, so the exponentials of a sample far below it all vanish;
    every row needs its own maximum.
    """
    a = x @ w1 + b1
    hidden = np.maximum(a, 0)
    logits = hidden @ w2 + b2
    with np.errstate(all="ignore"):
        exponentials = np.exp(logits - logits.max())
        p = exponentials / exponentials.sum(axis=1, keepdims=True)
        loss = -np.log(p[np.arange(len(x)), targets]).mean()
    return loss, _gradients_of(x, targets, a, hidden, p, w2)


def softmax_over_batch(x, targets, w1, b1, w2, b2):
    """You take the softmax over the samples, axis 0; it belongs over the classes of each sample."""
    a = x @ w1 + b1
    hidden = np.maximum(a, 0)
    p = _softmax((hidden @ w2 + b2).T).T
    with np.errstate(all="ignore"):
        loss = -np.log(p[np.arange(len(x)), targets]).mean()
    return loss, _gradients_of(x, targets, a, hidden, p, w2)


def logarithm_of_a_vanished_probability(x, targets, w1, b1, w2, b2):
    """You take the logarithm of the probability, which is infinite once that has become 0; compute the loss
    as log(sum(exp(shifted))) - shifted[target].
    """
    a = x @ w1 + b1
    hidden = np.maximum(a, 0)
    p = _softmax(hidden @ w2 + b2)
    with np.errstate(all="ignore"):
        loss = -np.log(p[np.arange(len(x)), targets]).mean()
    return loss, _gradients_of(x, targets, a, hidden, p, w2)


def logarithm_clipped(x, targets, w1, b1, w2, b2):
    """You keep the logarithm finite with a small constant, so a loss of 20,000 comes out as about 30; compute
    it as log(sum(exp(shifted))) - shifted[target].
    """
    a = x @ w1 + b1
    hidden = np.maximum(a, 0)
    p = _softmax(hidden @ w2 + b2)
    loss = -np.log(p[np.arange(len(x)), targets] + 1e-12).mean()
    return loss, _gradients_of(x, targets, a, hidden, p, w2)


def keys_prefixed(x, targets, w1, b1, w2, b2):
    """You call the gradients dw1, db1, dw2, db2; the keys asked for are those of the parameters: w1, b1, w2,
    b2.
    """
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    gradients = _gradients(x, hidden, dlogits, (dlogits @ w2.T) * (a > 0))
    return loss, {f"d{name}": gradient for name, gradient in gradients.items()}


def gradient_of_x_included(x, targets, w1, b1, w2, b2):
    """You return the gradient of x as well; asked are those of the four parameters, and no other key."""
    a, hidden, loss, dlogits = _forward(x, targets, w1, b1, w2, b2)
    da = (dlogits @ w2.T) * (a > 0)
    return loss, _gradients(x, hidden, dlogits, da) | {"x": da @ w1.T}


def _forward(x, targets, w1, b1, w2, b2):
    a = x @ w1 + b1
    hidden = np.maximum(a, 0)
    return a, hidden, *_loss(hidden @ w2 + b2, targets)


def _loss(logits, targets):
    n = len(logits)
    rows = np.arange(n)
    shifted = logits - logits.max(axis=1, keepdims=True)
    loss = (np.log(np.exp(shifted).sum(axis=1)) - shifted[rows, targets]).mean()
    dlogits = _softmax(logits)
    dlogits[rows, targets] -= 1
    return loss, dlogits / n


def _softmax(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def _gradients_of(x, targets, a, hidden, p, w2):
    n = len(x)
    dlogits = p.copy()
    dlogits[np.arange(n), targets] -= 1
    dlogits = dlogits / n
    return _gradients(x, hidden, dlogits, (dlogits @ w2.T) * (a > 0))


def _gradients(x, hidden, dlogits, da):
    return {"w1": x.T @ da, "b1": da.sum(axis=0), "w2": hidden.T @ dlogits, "b2": dlogits.sum(axis=0)}
