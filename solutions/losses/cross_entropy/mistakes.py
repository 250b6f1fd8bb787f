import numpy as np


def log_of_zero(logits, targets):
    """You compute the probabilities first and take their logarithm after; a small one has become 0 by then,
    and its logarithm infinite. Subtract logarithms instead: log-sum-exp of the row minus the true logit.
    """
    with np.errstate(divide="ignore"):
        return -np.log(_pick(_softmax(logits), targets)).mean()


def clipped_probability(logits, targets):
    """You keep the logarithm finite by clipping the probability or adding a small number to it, so large
    losses are cut off, and their gradient with them; subtract logarithms instead.
    """
    return -np.log(np.maximum(_pick(_softmax(logits), targets), 1e-15)).mean()


def epsilon_in_logarithm(logits, targets):
    """You add 1e-12 inside the logarithm, so no sample can cost more than 27.6, however wrong; subtract
    logarithms instead, where nothing needs to be added.
    """
    return -np.log(_pick(_softmax(logits), targets) + 1e-12).mean()


def larger_epsilon_in_logarithm(logits, targets):
    """You add 1e-8 inside the logarithm, so no sample can cost more than 18.4, however wrong; subtract
    logarithms instead, where nothing needs to be added.
    """
    return -np.log(_pick(_softmax(logits), targets) + 1e-8).mean()


def overflow(logits, targets):
    """You exponentiate the logits as they are, which overflows beyond 709 (88 in float32); subtract the
    maximum of each row first.
    """
    with np.errstate(all="ignore"):
        return (np.log(np.exp(logits).sum(axis=1)) - _pick(logits, targets)).mean()


def global_max(logits, targets):
    """You subtract the maximum of the whole batch, so the exponentials of a sample far below it all vanish;
    every row needs its own maximum.
    """
    shifted = logits - logits.max()
    with np.errstate(divide="ignore"):
        return (np.log(np.exp(shifted).sum(axis=1)) - _pick(shifted, targets)).mean()


def double_softmax(logits, targets):
    """You apply softmax twice and take the logarithm of a softmax of probabilities; the logits go in as
    they are.
    """
    return _losses(_softmax(logits), targets).mean()


def no_softmax(logits, targets):
    """You take the true logit for a log-probability; it becomes one only when the log-sum-exp of its row is
    subtracted.
    """
    return -_pick(logits, targets).mean()


def sum_not_mean(logits, targets):
    """You add up the losses of the samples; asked is their mean."""
    return _losses(logits, targets).sum()


def mean_over_classes_too(logits, targets):
    """You divide by the number of classes as well, as the mean of a one-hot product does; divide by the
    number of samples alone.
    """
    return _losses(logits, targets).sum() / logits.size


def base_two(logits, targets):
    """You take the logarithm to base 2 and measure in bits; asked is the natural logarithm."""
    return _losses(logits, targets).mean() / np.log(2)


def sign_forgotten(logits, targets):
    """You return the mean log-probability, which is negative; the loss is its negative."""
    return -_losses(logits, targets).mean()


def softmax_over_batch(logits, targets):
    """You take the softmax over the samples, axis 0; it belongs over the classes of each sample."""
    shifted = logits - logits.max(axis=0)
    return -_pick(shifted - np.log(np.exp(shifted).sum(axis=0)), targets).mean()


def every_target_for_every_sample(logits, targets):
    """You index with [:, targets], which picks the classes of all samples in every row; pair each row with
    its own target, as in [np.arange(n), targets].
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return (log_sum - shifted[:, targets]).mean()


def _losses(logits, targets):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - _pick(shifted, targets)


def _softmax(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def _pick(rows, targets):
    return rows[np.arange(len(rows)), targets]
