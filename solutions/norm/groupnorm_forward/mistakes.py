import numpy as np


def interleaved_groups(x, num_groups, gamma, beta, eps=1e-5):
    """You put channels into groups in turn, every G-th into the same; a group is made of neighbouring
    channels.
    """
    n, c, h, w = x.shape
    groups = x.reshape(n, c // num_groups, num_groups, h, w)
    return _affine(_normalise(groups, (1, 3, 4), eps).reshape(x.shape), gamma, beta)


def affine_per_group(x, num_groups, gamma, beta, eps=1e-5):
    """You scale and shift a whole group by the gamma and beta of its first channel; every channel has
    its own.
    """
    size = x.shape[1] // num_groups
    xhat = _grouped(x, num_groups, eps)
    return _affine(xhat, np.repeat(gamma[::size], size), np.repeat(beta[::size], size))


def affine_by_group_number(x, num_groups, gamma, beta, eps=1e-5):
    """You scale and shift group g by gamma[g] and beta[g]; they belong to channels, and every channel of a
    group has its own.
    """
    size = x.shape[1] // num_groups
    xhat = _grouped(x, num_groups, eps)
    return _affine(xhat, np.repeat(gamma[:num_groups], size), np.repeat(beta[:num_groups], size))


def unbiased_variance(x, num_groups, gamma, beta, eps=1e-5):
    """You divide the squared deviations by their number less 1; group norm takes the biased variance."""
    groups = x.reshape(len(x), num_groups, -1)
    centred = groups - groups.mean(axis=2, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (centred**2).sum(axis=2, keepdims=True) / np.float64(groups.shape[2] - 1)
    return _affine((centred / np.sqrt(variance + eps)).reshape(x.shape), gamma, beta)


def groups_for_group_size(x, num_groups, gamma, beta, eps=1e-5):
    """You put num_groups channels into each group; num_groups says how many groups there are."""
    return _affine(_grouped(x, x.shape[1] // num_groups, eps), gamma, beta)


def per_channel_statistics(x, num_groups, gamma, beta, eps=1e-5):  # noqa: ARG001
    """You take mean and variance of each channel by itself, as instance norm does; the channels of a
    group share them.
    """
    return _affine(_normalise(x, (2, 3), eps), gamma, beta)


def all_channels_together(x, num_groups, gamma, beta, eps=1e-5):  # noqa: ARG001
    """You take one mean and variance for the whole image, as if there were one group; every group has
    its own.
    """
    return _affine(_normalise(x, (1, 2, 3), eps), gamma, beta)


def batch_statistics(x, num_groups, gamma, beta, eps=1e-5):
    """You average over the batch as well; every image is normalised by itself."""
    groups = x.reshape(len(x), num_groups, -1)
    return _affine(_normalise(groups, (0, 2), eps).reshape(x.shape), gamma, beta)


def per_position_statistics(x, num_groups, gamma, beta, eps=1e-5):
    """You take mean and variance over the channels of a group at each position by itself; the positions
    are averaged over as well.
    """
    n, c, h, w = x.shape
    groups = x.reshape(n, num_groups, c // num_groups, h, w)
    return _affine(_normalise(groups, (2,), eps).reshape(x.shape), gamma, beta)


def eps_outside_root(x, num_groups, gamma, beta, eps=1e-5):
    """You add eps to the standard deviation; it is added to the variance, inside the root."""
    groups = x.reshape(len(x), num_groups, -1)
    centred = groups - groups.mean(axis=2, keepdims=True)
    std = np.sqrt((centred**2).mean(axis=2, keepdims=True))
    return _affine((centred / (std + eps)).reshape(x.shape), gamma, beta)


def eps_forgotten(x, num_groups, gamma, beta, eps=1e-5):
    """You divide by the root of the variance alone; eps belongs under the root, or a group whose values
    are all alike gives NaN.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return _affine(_grouped(x, num_groups, 0 * eps), gamma, beta)


def cancelling_variance(x, num_groups, gamma, beta, eps=1e-5):
    """You compute the variance as the mean of squares less the squared mean, which cancels where the
    mean is large; subtract the mean first, then square.
    """
    groups = x.reshape(len(x), num_groups, -1)
    mean = groups.mean(axis=2, keepdims=True)
    variance = np.maximum((groups**2).mean(axis=2, keepdims=True) - mean**2, 0)
    return _affine(((groups - mean) / np.sqrt(variance + eps)).reshape(x.shape), gamma, beta)


def affine_forgotten(x, num_groups, gamma, beta, eps=1e-5):  # noqa: ARG001
    """You stop after normalising; gamma and beta still have to scale and shift every channel."""
    return _grouped(x, num_groups, eps)


def affine_along_width(x, num_groups, gamma, beta, eps=1e-5):
    """You let gamma and beta broadcast by themselves, so that they line up with the width; they belong
    to channels, the second axis.
    """
    xhat = _grouped(x, num_groups, eps)
    return xhat * gamma + beta


def _grouped(x, num_groups, eps):
    return _normalise(x.reshape(len(x), num_groups, -1), (2,), eps).reshape(x.shape)


def _normalise(values, axes, eps):
    centred = values - values.mean(axis=axes, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=axes, keepdims=True) + eps)


def _affine(xhat, gamma, beta):
    return xhat * gamma[:, None, None] + beta[:, None, None]
