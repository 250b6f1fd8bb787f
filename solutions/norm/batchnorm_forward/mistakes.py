import numpy as np


def unbiased_normalise(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You normalise the batch by the unbiased variance, divided by M - 1; the batch is normalised by the
    biased one, only the running average takes the unbiased one.
    """
    mean, var = _statistics(x)
    new = _averages(x, running_mean, running_var, training, momentum)
    if training:
        count = x.size // x.shape[1]
        return _normalise(x, mean, var * count / (count - 1), gamma, beta, eps), *new
    return _normalise(x, running_mean, running_var, gamma, beta, eps), *new


def biased_running_var(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You put the biased variance into the running average; it takes the unbiased one, divided by M - 1."""
    mean, var = _used(x, running_mean, running_var, training)
    out = _normalise(x, mean, var, gamma, beta, eps)
    if training:
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * var
    return out, running_mean, running_var


def count_of_examples(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You correct the variance by N / (N - 1) with N examples; a channel has M = N · H · W values, so
    the factor is M / (M - 1).
    """
    mean, var = _used(x, running_mean, running_var, training)
    out = _normalise(x, mean, var, gamma, beta, eps)
    if training:
        with np.errstate(divide="ignore", invalid="ignore"):
            unbiased = var * len(x) / np.float64(len(x) - 1)
            running_mean = (1 - momentum) * running_mean + momentum * mean
            running_var = (1 - momentum) * running_var + momentum * unbiased
    return out, running_mean, running_var


def momentum_inverted(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You weigh the old average by momentum; here momentum is the weight of the new batch."""
    out = _normalise(x, *_used(x, running_mean, running_var, training), gamma, beta, eps)
    return out, *_averages(x, running_mean, running_var, training, 1 - momentum)


def old_average_kept_whole(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You add the new value to the whole old average; the old one is first weighed by 1 - momentum."""
    out = _normalise(x, *_used(x, running_mean, running_var, training), gamma, beta, eps)
    new_mean, new_var = _averages(x, running_mean, running_var, training, momentum)
    if training:
        new_mean, new_var = new_mean + momentum * running_mean, new_var + momentum * running_var
    return out, new_mean, new_var


def averages_not_updated(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):  # noqa: ARG001
    """You return the running averages as they came in training, too; there they move towards the batch."""
    out = _normalise(x, *_used(x, running_mean, running_var, training), gamma, beta, eps)
    return out, running_mean, running_var


def updated_at_eval(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You update the running averages in evaluation, too; only training may move them."""
    out = _normalise(x, *_used(x, running_mean, running_var, training), gamma, beta, eps)
    with np.errstate(divide="ignore", invalid="ignore"):
        return out, *_averages(x, running_mean, running_var, True, momentum)


def batch_statistics_at_eval(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You normalise by the batch in evaluation, too; there the running averages take the place of its
    statistics.
    """
    out = _normalise(x, *_statistics(x), gamma, beta, eps)
    return out, *_averages(x, running_mean, running_var, training, momentum)


def running_statistics_in_training(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5
):
    """You normalise the batch by the updated averages; in training it is normalised by its own
    statistics.
    """
    new = _averages(x, running_mean, running_var, training, momentum)
    return _normalise(x, *new, gamma, beta, eps), *new


def per_position_statistics(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You take mean and variance over the batch alone, for each position by itself; a channel has one of
    each, over the batch and all positions.
    """
    new = _averages(x, running_mean, running_var, training, momentum)
    if not training:
        return _normalise(x, running_mean, running_var, gamma, beta, eps), *new
    centred = x - x.mean(axis=0)
    xhat = centred / np.sqrt((centred**2).mean(axis=0) + eps)
    return _column(gamma, x) * xhat + _column(beta, x), *new


def per_example_statistics(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You take mean and variance of each example over its positions, as instance norm does; a channel
    has one of each, over the batch too.
    """
    new = _averages(x, running_mean, running_var, training, momentum)
    if not training:
        return _normalise(x, running_mean, running_var, gamma, beta, eps), *new
    positions = tuple(range(2, x.ndim))
    centred = x - x.mean(axis=positions, keepdims=True)
    xhat = centred / np.sqrt((centred**2).mean(axis=positions, keepdims=True) + eps)
    return _column(gamma, x) * xhat + _column(beta, x), *new


def per_example_features(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You normalise each example over its channels, as layer norm does; batch norm takes each channel
    over the batch.
    """
    new = _averages(x, running_mean, running_var, training, momentum)
    if not training:
        return _normalise(x, running_mean, running_var, gamma, beta, eps), *new
    centred = x - x.mean(axis=1, keepdims=True)
    xhat = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps)
    return _column(gamma, x) * xhat + _column(beta, x), *new


def eps_outside_root(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You add eps to the standard deviation; it is added to the variance, inside the root."""
    mean, var = _used(x, running_mean, running_var, training)
    std = np.sqrt(var) + eps
    out = _column(gamma, x) * (x - _column(mean, x)) / _column(std, x) + _column(beta, x)
    return out, *_averages(x, running_mean, running_var, training, momentum)


def eps_forgotten(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You divide by the root of the variance alone; eps belongs under the root, or a constant channel
    gives NaN.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        out = _normalise(x, *_used(x, running_mean, running_var, training), gamma, beta, 0 * eps)
    return out, *_averages(x, running_mean, running_var, training, momentum)


def eps_in_the_average(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You put the variance plus eps into the running average; eps is added only where the root is taken."""
    out = _normalise(x, *_used(x, running_mean, running_var, training), gamma, beta, eps)
    new_mean, new_var = _averages(x, running_mean, running_var, training, momentum)
    return out, new_mean, new_var + momentum * eps if training else new_var


def cancelling_variance(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """You compute the variance as the mean of squares less the squared mean, which cancels where the
    mean is large; subtract the mean first, then square.
    """
    mean, var = running_mean, running_var
    if training:
        axes, count = (0, *range(2, x.ndim)), x.size // x.shape[1]
        mean = x.mean(axis=axes)
        var = np.maximum((x**2).mean(axis=axes) - mean**2, 0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * var * count / (count - 1)
    return _normalise(x, mean, var, gamma, beta, eps), running_mean, running_var


def affine_forgotten(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):  # noqa: ARG001
    """You stop after normalising; gamma and beta still have to scale and shift every channel."""
    mean, var = _used(x, running_mean, running_var, training)
    out = (x - _column(mean, x)) / np.sqrt(_column(var, x) + eps)
    return out, *_averages(x, running_mean, running_var, training, momentum)


def _statistics(x):
    axes = (0, *range(2, x.ndim))
    mean = x.mean(axis=axes)
    return mean, ((x - _column(mean, x)) ** 2).mean(axis=axes)


def _used(x, running_mean, running_var, training):
    return _statistics(x) if training else (running_mean, running_var)


def _averages(x, running_mean, running_var, training, momentum):
    if not training:
        return running_mean, running_var
    mean, var = _statistics(x)
    count = np.float64(x.size // x.shape[1])
    new_var = (1 - momentum) * running_var + momentum * var * count / (count - 1)
    return (1 - momentum) * running_mean + momentum * mean, new_var


def _normalise(x, mean, var, gamma, beta, eps):
    xhat = (x - _column(mean, x)) / np.sqrt(_column(var, x) + eps)
    return _column(gamma, x) * xhat + _column(beta, x)


def _column(values, x):
    return values.reshape(1, -1, *[1] * (x.ndim - 2))
