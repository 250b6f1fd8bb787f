import numpy as np


def overflow(logits, targets):
    """You exponentiate the logits as they are, which overflows beyond 709 (88 in float32); take the
    exponential of -|x| only, which never exceeds 1.
    """
    with np.errstate(all="ignore"):
        return (np.log1p(np.exp(logits)) - logits * targets).mean()


def log_of_zero(logits, targets):
    """You compute the probability first and its logarithm after; by then p or 1 - p may have become 0.
    Simplify the formula on paper, and compute it from the logits.
    """
    p = _sigmoid(logits)
    with np.errstate(all="ignore"):
        return -(targets * np.log(p) + (1 - targets) * np.log(1 - p)).mean()


def clipped_probability(logits, targets):
    """You keep the logarithm finite by clipping the probability, which cuts large losses off, and their
    gradient with them; compute the loss from the logits, where nothing needs to be clipped.
    """
    p = np.clip(_sigmoid(logits), 1e-7, 1 - 1e-7)
    return -(targets * np.log(p) + (1 - targets) * np.log(1 - p)).mean()


def epsilon_in_logarithm(logits, targets):
    """You add 1e-12 inside the logarithms, so no element can cost more than 27.6, however wrong; compute the
    loss from the logits, where nothing needs to be added.
    """
    p = _sigmoid(logits)
    return -(targets * np.log(p + 1e-12) + (1 - targets) * np.log(1 - p + 1e-12)).mean()


def larger_epsilon_in_logarithm(logits, targets):
    """You add 1e-8 inside the logarithms, so no element can cost more than 18.4, however wrong; compute the
    loss from the logits, where nothing needs to be added.
    """
    p = _sigmoid(logits)
    return -(targets * np.log(p + 1e-8) + (1 - targets) * np.log(1 - p + 1e-8)).mean()


def positive_term_only(logits, targets):
    """You leave out the term of the negatives, (1 - y) * log(1 - p), so a false alarm costs nothing; both
    terms count.
    """
    return (targets * _softplus(-logits)).mean()


def negative_term_unweighted(logits, targets):
    """You add the negatives' term log(1 - p) for every element; it is weighted by 1 - y."""
    return (targets * _softplus(-logits) + _softplus(logits)).mean()


def sum_not_mean(logits, targets):
    """You add up the losses of the elements; asked is their mean."""
    return _losses(logits, targets).sum()


def mean_over_first_axis_only(logits, targets):
    """You divide by the length of the first axis alone; the mean is over every element."""
    return _losses(logits, targets).sum() / len(logits)


def targets_rounded(logits, targets):
    """You choose one of the two terms by whether the target is above a half; a soft target weighs both."""
    return _losses(logits, targets > 0.5).mean()


def soft_targets_as_no(logits, targets):
    """You charge the term of the negatives unless the target is exactly 1; a soft target weighs both."""
    return _losses(logits, targets == 1).mean()


def targets_inverted(logits, targets):
    """You weigh log(p) by 1 - y and log(1 - p) by y; it is the other way round."""
    return _losses(logits, 1 - targets).mean()


def sigmoid_twice(logits, targets):
    """You apply the sigmoid to probabilities; the logits go into the loss as they are."""
    return _losses(_sigmoid(logits), targets).mean()


def base_two(logits, targets):
    """You take the logarithm to base 2 and measure in bits; asked is the natural logarithm."""
    return _losses(logits, targets).mean() / np.log(2)


def sign_forgotten(logits, targets):
    """You return the mean log-probability, which is negative; the loss is its negative."""
    return -_losses(logits, targets).mean()


def _losses(logits, targets):
    return _softplus(logits) - logits * targets


def _softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def _sigmoid(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)
