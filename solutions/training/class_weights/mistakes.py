import numpy as np


def inverse_frequency(counts, beta=0.999):
    """You weigh by one over the count; asked is one over the effective number, (1 - beta**n) / (1 - beta)."""
    present = counts > 0
    return _normalised(np.where(present, 1 / np.maximum(counts, 1), 0.0) * beta**0, present)


def inverse_root(counts, beta=0.999):
    """You weigh by one over the root of the count; asked is one over the effective number,
    (1 - beta**n) / (1 - beta).
    """
    present = counts > 0
    return _normalised(np.where(present, 1 / np.sqrt(np.maximum(counts, 1.0)), 0.0) * beta**0, present)


def effective_number_itself(counts, beta=0.999):
    """You weigh by the effective number, so large classes weigh most; the weight is one over it."""
    return _normalised(1 - beta ** counts.astype(np.float64), counts > 0)


def sums_to_one(counts, beta=0.999):
    """You scale the weights to a sum of 1; their average over the present classes is to be 1, so they sum to
    the number of these.
    """
    return _weights(counts, beta) / np.count_nonzero(counts)


def not_normalised(counts, beta=0.999):
    """You return one over the effective number as it is; the weights are scaled to an average of 1 over the
    present classes.
    """
    return _inverse(counts, beta) * (1 - beta)


def average_over_absent_too(counts, beta=0.999):
    """You average over all classes; absent ones take no part, so divide by the number of present ones."""
    inverse = _inverse(counts, beta)
    return inverse / inverse.mean()


def average_over_samples(counts, beta=0.999):
    """You scale so that the average over the samples is 1; each class counts once, whatever its size."""
    inverse = _inverse(counts, beta)
    return inverse / ((inverse * counts).sum() / counts.sum())


def largest_is_one(counts, beta=0.999):
    """You scale the largest weight to 1; the average over the present classes is to be 1."""
    inverse = _inverse(counts, beta)
    return inverse / inverse.max()


def absent_infinite(counts, beta=0.999):
    """You divide by the effective number of an absent class, which is 0; its weight is to be 0."""
    weights = _weights(counts, beta)
    weights[counts == 0] = np.inf
    return weights


def absent_counted_as_one(counts, beta=0.999):
    """You treat an absent class as if it had one sample; its weight is 0, and it takes no part in the
    average.
    """
    return _weights(np.maximum(counts, 1), beta)


def absent_weighs_one(counts, beta=0.999):
    """You give an absent class the weight 1; its weight is 0."""
    weights = _weights(counts, beta)
    weights[counts == 0] = 1.0
    return weights


def beta_ignored(counts, beta=0.999):
    """You write the beta 0.999 into the formula; take the one that is given."""
    return _weights(counts, 0 * beta + 0.999)


def beta_times_n(counts, beta=0.999):
    """You multiply beta by the count; it is raised to the power of the count."""
    present = counts > 0
    inverse = np.zeros(len(counts))
    with np.errstate(all="ignore"):
        inverse[present] = (1 - beta) / (1 - beta * counts[present])
        return _normalised(inverse, present)


def frequencies_for_counts(counts, beta=0.999):
    """You raise beta to the share of a class in the data; the exponent is the number of its samples."""
    present = counts > 0
    inverse = np.zeros(len(counts))
    with np.errstate(all="ignore"):
        inverse[present] = 1 / (1 - beta ** (counts[present] / counts.sum()))
    return _normalised(inverse, present)


def _weights(counts, beta):
    return _normalised(_inverse(counts, beta), counts > 0)


def _inverse(counts, beta):
    present = counts > 0
    inverse = np.zeros(len(counts))
    inverse[present] = 1 / (1 - beta ** counts[present].astype(np.float64))
    return inverse


def _normalised(weights, present):
    return weights / weights[present].mean()
