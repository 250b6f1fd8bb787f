import numpy as np


def not_divided_by_n(logits, targets):
    """You return the gradient of the sum of the losses; the loss is their mean, so divide by the number of
    samples.
    """
    return _per_sample(logits, targets)


def divided_by_all_elements(logits, targets):
    """You divide by the number of classes as well; the mean is over the n samples alone."""
    return _per_sample(logits, targets) / logits.size


def divided_by_classes(logits, targets):
    """You divide by the number of classes; the mean is over the n samples."""
    return _per_sample(logits, targets) / logits.shape[1]


def diagonal_jacobian(logits, targets):
    """You take each probability to depend on its own logit alone, the diagonal of softmax's Jacobian; raising
    one logit lowers all other probabilities, so the wrong classes have a gradient, too.
    """
    gradient = np.zeros_like(logits)
    rows = np.arange(len(targets))
    gradient[rows, targets] = _softmax(logits)[rows, targets] - 1
    return gradient / len(targets)


def diagonal_only_on_one_hot_minus_p(logits, targets):
    """You multiply p - onehot by p * (1 - p), the derivative of a sigmoid; the logarithm in the loss cancels
    that factor.
    """
    p = _softmax(logits)
    return _per_sample(logits, targets) * p * (1 - p) / len(targets)


def squared_error(logits, targets):
    """You differentiate the squared error of the probabilities, which leaves softmax's Jacobian as a factor;
    the loss is the negative logarithm of the true class's probability.
    """
    p, error = _softmax(logits), _per_sample(logits, targets)
    return p * (error - (p * error).sum(axis=1, keepdims=True)) / len(targets)


def sign_flipped(logits, targets):
    """You return onehot - p, the direction in which to step; the gradient points uphill: p - onehot."""
    return -_per_sample(logits, targets) / len(targets)


def target_not_subtracted(logits, targets):
    """You return the probabilities alone, the gradient of log-sum-exp; the true logit is subtracted from it
    in the loss, which takes 1 away at the true class.
    """
    return _softmax(logits) / len(targets)


def every_target_for_every_sample(logits, targets):
    """You index with [:, targets], which subtracts 1 at the classes of all samples in every row; pair each
    row with its own target, as in [np.arange(n), targets].
    """
    gradient = _softmax(logits)
    gradient[:, targets] -= 1
    return gradient / len(targets)


def overflow(logits, targets):
    """You exponentiate the logits as they are, which overflows beyond 709 (88 in float32) and underflows far
    below 0; subtract the maximum of each row first.
    """
    with np.errstate(all="ignore"):
        gradient = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient / len(targets)


def global_max(logits, targets):
    """You subtract the maximum of the whole batch, so the exponentials of a sample far below it all vanish;
    every row needs its own maximum.
    """
    exponentials = np.exp(logits - logits.max())
    with np.errstate(all="ignore"):
        gradient = exponentials / exponentials.sum(axis=1, keepdims=True)
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient / len(targets)


def divided_by_a_vanished_probability(logits, targets):
    """You go through -1 / p of the true class, which is infinite once p has become 0, and the Jacobian makes
    NaN of it; cancel p on paper.
    """
    p = _softmax(logits)
    rows = np.arange(len(targets))
    upstream = np.zeros_like(p)
    with np.errstate(all="ignore"):
        upstream[rows, targets] = -1 / p[rows, targets]
        return p * (upstream - (p * upstream).sum(axis=1, keepdims=True)) / len(targets)


def softmax_over_batch(logits, targets):
    """You take the softmax over the samples, axis 0; it belongs over the classes of each sample."""
    gradient = _softmax(logits.T).T
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient / len(targets)


def _per_sample(logits, targets):
    gradient = _softmax(logits)
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient


def _softmax(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)
