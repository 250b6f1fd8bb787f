import numpy as np


def eps_outside_root(x, gamma, beta, eps=1e-5):
    """You add eps to the standard deviation; it is added to the variance, inside the root."""
    centred, variance = _statistics(x, -1)
    return gamma * centred / (np.sqrt(variance) + eps) + beta


def eps_forgotten(x, gamma, beta, eps=1e-5):  # noqa: ARG001
    """You divide by the root of the variance alone; eps belongs under the root, or a vector whose
    features are all alike gives NaN.
    """
    centred, variance = _statistics(x, -1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return gamma * centred / np.sqrt(variance) + beta


def unbiased_variance(x, gamma, beta, eps=1e-5):
    """You divide the squared deviations by D - 1; layer norm takes the biased variance, divided by D."""
    centred, variance = _statistics(x, -1)
    d = x.shape[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        return gamma * centred / np.sqrt(variance * d / np.float64(d - 1) + eps) + beta


def batch_axis(x, gamma, beta, eps=1e-5):
    """You take mean and variance of each feature over the first axis, as batch norm does; layer norm
    takes them of each vector over the last axis.
    """
    centred, variance = _statistics(x, 0)
    return gamma * centred / np.sqrt(variance + eps) + beta


def whole_sample(x, gamma, beta, eps=1e-5):
    """You take one mean and variance over all axes but the first; only the last axis is averaged, so
    that every position is normalised by itself.
    """
    centred, variance = _statistics(x, tuple(range(1, x.ndim)) or -1)
    return gamma * centred / np.sqrt(variance + eps) + beta


def whole_array(x, gamma, beta, eps=1e-5):
    """You take one mean and variance over the whole array, which is what they do without an axis; each
    vector has its own, over the last axis.
    """
    centred, variance = _statistics(x, None)
    return gamma * centred / np.sqrt(variance + eps) + beta


def not_centred(x, gamma, beta, eps=1e-5):
    """You divide by the spread without subtracting the mean first."""
    _, variance = _statistics(x, -1)
    return gamma * x / np.sqrt(variance + eps) + beta


def mean_square_for_variance(x, gamma, beta, eps=1e-5):
    """You divide by the root of the mean square of x, as RMS norm does; the variance is the mean square
    of what is left when the mean is subtracted.
    """
    centred, _ = _statistics(x, -1)
    return gamma * centred / np.sqrt((x**2).mean(axis=-1, keepdims=True) + eps) + beta


def root_forgotten(x, gamma, beta, eps=1e-5):
    """You divide by the variance; it is the root of variance plus eps that is divided by."""
    centred, variance = _statistics(x, -1)
    return gamma * centred / (variance + eps) + beta


def cancelling_variance(x, gamma, beta, eps=1e-5):
    """You compute the variance as the mean of squares less the squared mean, which cancels where the
    mean is large; subtract the mean first, then square.
    """
    mean = x.mean(axis=-1, keepdims=True)
    variance = np.maximum((x**2).mean(axis=-1, keepdims=True) - mean**2, 0)
    return gamma * (x - mean) / np.sqrt(variance + eps) + beta


def beta_scaled(x, gamma, beta, eps=1e-5):
    """You add beta before you multiply by gamma; the scale comes first, the shift after it."""
    centred, variance = _statistics(x, -1)
    return gamma * (centred / np.sqrt(variance + eps) + beta)


def affine_forgotten(x, gamma, beta, eps=1e-5):  # noqa: ARG001
    """You stop after normalising; gamma and beta still have to scale and shift every feature."""
    centred, variance = _statistics(x, -1)
    return centred / np.sqrt(variance + eps)


def _statistics(x, axis):
    centred = x - x.mean(axis=axis, keepdims=True)
    return centred, (centred**2).mean(axis=axis, keepdims=True)
