import numpy as np


def spread_over_wrong_classes_only(logits, targets, smoothing=0.1):
    """You spread the mass over the c - 1 wrong classes; it is spread over all c classes, so the true class
    keeps 1 - smoothing + smoothing / c.
    """
    n, c = logits.shape
    log_p = _log_softmax(logits)
    true = _pick(log_p, targets)
    others = (log_p.sum(axis=1) - true) / max(c - 1, 1)
    return -((1 - smoothing) * true + smoothing * others).sum() / n


def target_not_reduced(logits, targets, smoothing=0.1):
    """You add smoothing / c to every class but leave the true class its full 1, so the targets sum to more
    than 1; weigh the one-hot target by 1 - smoothing.
    """
    log_p = _log_softmax(logits)
    return -(_pick(log_p, targets) + smoothing * log_p.mean(axis=1)).mean()


def true_class_gets_no_share(logits, targets, smoothing=0.1):
    """You give the wrong classes smoothing / c and the true class 1 - smoothing, which sum to less than 1;
    the true class gets its share of smoothing / c, too.
    """
    n, c = logits.shape
    log_p = _log_softmax(logits)
    true = _pick(log_p, targets)
    return -((1 - smoothing) * true + smoothing * (log_p.sum(axis=1) - true) / c).sum() / n


def not_divided_by_classes(logits, targets, smoothing=0.1):
    """You give each class the whole smoothing; it is divided by the number of classes."""
    log_p = _log_softmax(logits)
    return -((1 - smoothing) * _pick(log_p, targets) + smoothing * log_p.sum(axis=1)).mean()


def smoothing_ignored(logits, targets, smoothing=0.1):
    """You compute plain cross-entropy; a share of the target's mass belongs to all classes."""
    return _loss(logits, targets, 0 * smoothing)


def smoothing_fixed(logits, targets, smoothing=0.1):
    """You write the smoothing 0.1 into the formula; take the one that is given."""
    return _loss(logits, targets, 0.1 + 0 * smoothing)


def weights_swapped(logits, targets, smoothing=0.1):
    """You weigh the true class by smoothing and the even part by 1 - smoothing; it is the other way round."""
    return _loss(logits, targets, 1 - smoothing)


def entropy_subtracted(logits, targets, smoothing=0.1):
    """You return the divergence from the smoothed target, which is the cross-entropy less the target's own
    entropy; the cross-entropy is asked as it is.
    """
    c = logits.shape[1]
    q = np.full(c, smoothing / c)
    q[0] += 1 - smoothing
    entropy = -(q[q > 0] * np.log(q[q > 0])).sum()
    return _loss(logits, targets, smoothing) - entropy


def log_of_zero(logits, targets, smoothing=0.1):
    """You compute the probabilities first and take their logarithm after; a small one has become 0 by then,
    and its logarithm infinite. Subtract the log-sum-exp of the row instead.
    """
    n, c = logits.shape
    q = np.full((n, c), smoothing / c)
    q[np.arange(n), targets] += 1 - smoothing
    with np.errstate(all="ignore"):
        return -(q * np.log(np.exp(_log_softmax(logits)))).sum() / n


def clipped_probability(logits, targets, smoothing=0.1):
    """You keep the logarithm finite by clipping the probability or adding a small number to it, which cuts
    large losses off; subtract the log-sum-exp of the row instead.
    """
    log_p = np.log(np.maximum(np.exp(_log_softmax(logits)), 1e-15))
    return -((1 - smoothing) * _pick(log_p, targets) + smoothing * log_p.mean(axis=1)).mean()


def epsilon_in_logarithm(logits, targets, smoothing=0.1):
    """You add 1e-12 inside the logarithm, so no class can cost more than 27.6, however improbable; subtract
    the log-sum-exp of the row instead, where nothing needs to be added.
    """
    log_p = np.log(np.exp(_log_softmax(logits)) + 1e-12)
    return -((1 - smoothing) * _pick(log_p, targets) + smoothing * log_p.mean(axis=1)).mean()


def larger_epsilon_in_logarithm(logits, targets, smoothing=0.1):
    """You add 1e-8 inside the logarithm, so no class can cost more than 18.4, however improbable; subtract
    the log-sum-exp of the row instead, where nothing needs to be added.
    """
    log_p = np.log(np.exp(_log_softmax(logits)) + 1e-8)
    return -((1 - smoothing) * _pick(log_p, targets) + smoothing * log_p.mean(axis=1)).mean()


def overflow(logits, targets, smoothing=0.1):
    """You exponentiate the logits as they are, which overflows beyond 709 (88 in float32); subtract the
    maximum of each row first.
    """
    with np.errstate(all="ignore"):
        log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return -((1 - smoothing) * _pick(log_p, targets) + smoothing * log_p.mean(axis=1)).mean()


def sum_not_mean(logits, targets, smoothing=0.1):
    """You add up the losses of the samples; asked is their mean."""
    return _loss(logits, targets, smoothing) * len(targets)


def mean_over_classes_too(logits, targets, smoothing=0.1):
    """You divide by the number of classes as well, as the mean of a product of matrices does; divide by the
    number of samples alone.
    """
    return _loss(logits, targets, smoothing) / logits.shape[1]


def sign_forgotten(logits, targets, smoothing=0.1):
    """You return the mean log-probability, which is negative; the loss is its negative."""
    return -_loss(logits, targets, smoothing)


def softmax_over_batch(logits, targets, smoothing=0.1):
    """You take the softmax over the samples, axis 0; it belongs over the classes of each sample."""
    log_p = _log_softmax(logits.T).T
    return -((1 - smoothing) * _pick(log_p, targets) + smoothing * log_p.mean(axis=1)).mean()


def _loss(logits, targets, smoothing):
    log_p = _log_softmax(logits)
    return -((1 - smoothing) * _pick(log_p, targets) + smoothing * log_p.mean(axis=1)).mean()


def _log_softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _pick(rows, targets):
    return rows[np.arange(len(rows)), targets]
