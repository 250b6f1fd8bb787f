import numpy as np


def statistics_constant(dout, x, gamma, eps=1e-5):
    """You treat mean and variance as constants; they depend on every feature of the vector, so dx needs
    the paths through both.
    """
    inverse_std, xhat = _forward(x, eps)
    return dout * gamma * inverse_std, *_affine(dout, xhat)


def variance_constant(dout, x, gamma, eps=1e-5):
    """You send the gradient through the mean but not through the variance, which depends on every
    feature of the vector, too.
    """
    inverse_std, xhat = _forward(x, eps)
    g = dout * gamma
    return inverse_std * (g - _mean(g)), *_affine(dout, xhat)


def mean_constant(dout, x, gamma, eps=1e-5):
    """You send the gradient through the variance but not through the mean, which depends on every
    feature of the vector, too.
    """
    inverse_std, xhat = _forward(x, eps)
    g = dout * gamma
    return inverse_std * (g - xhat * _mean(g * xhat)), *_affine(dout, xhat)


def reduced_over_wrong_axis(dout, x, gamma, eps=1e-5):
    """You sum dgamma and dbeta over the features, the last axis; they are parameters of each feature, so
    sum over all axes but the last.
    """
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout * gamma, inverse_std, xhat), (dout * xhat).sum(axis=-1), dout.sum(axis=-1)


def only_first_axis_summed(dout, x, gamma, eps=1e-5):
    """You sum dgamma and dbeta over the first axis alone; every leading axis is summed, so that shape
    (D,) is left, and a vector without leading axes is not summed at all.
    """
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout * gamma, inverse_std, xhat), (dout * xhat).sum(axis=0), dout.sum(axis=0)


def means_over_the_batch(dout, x, gamma, eps=1e-5):
    """You take the means in dx over the first axis, as in batch norm; here the statistics are of one
    vector, so the means run over its features.
    """
    inverse_std, xhat = _forward(x, eps)
    g = dout * gamma
    return inverse_std * (g - g.mean(axis=0) - xhat * (g * xhat).mean(axis=0)), *_affine(dout, xhat)


def batch_axis(dout, x, gamma, eps=1e-5):
    """You normalise each feature over the first axis, as batch norm does; layer norm takes each vector
    over its features, the last axis.
    """
    centred = x - x.mean(axis=0)
    inverse_std = 1 / np.sqrt((centred**2).mean(axis=0) + eps)
    xhat, g = centred * inverse_std, dout * gamma
    return inverse_std * (g - g.mean(axis=0) - xhat * (g * xhat).mean(axis=0)), *_affine(dout, xhat)


def gamma_forgotten(dout, x, gamma, eps=1e-5):  # noqa: ARG001
    """You send dout back as if it arrived at xhat; on its way it passes the scale, so start from dout *
    gamma.
    """
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout, inverse_std, xhat), *_affine(dout, xhat)


def gamma_outside_means(dout, x, gamma, eps=1e-5):
    """You multiply by gamma after the means are subtracted, which is right in batch norm; here gamma
    differs within the mean, so multiply dout by it first.
    """
    inverse_std, xhat = _forward(x, eps)
    return gamma * _dx(dout, inverse_std, xhat), *_affine(dout, xhat)


def gamma_in_dgamma(dout, x, gamma, eps=1e-5):
    """You multiply by gamma before you sum up dgamma and dbeta; the factor belongs to the path to x
    alone.
    """
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout * gamma, inverse_std, xhat), *_affine(dout * gamma, xhat)


def sums_not_averaged(dout, x, gamma, eps=1e-5):
    """You subtract the sums of g and of g * xhat over the features; mean and variance are divided by D,
    and so are the gradients through them.
    """
    inverse_std, xhat = _forward(x, eps)
    g, d = dout * gamma, x.shape[-1]
    return inverse_std * (g - d * _mean(g) - xhat * d * _mean(g * xhat)), *_affine(dout, xhat)


def averaged_over_the_batch(dout, x, gamma, eps=1e-5):
    """You average dgamma and dbeta over the vectors; every vector adds its part, so they are sums."""
    inverse_std, xhat = _forward(x, eps)
    count = x.size // x.shape[-1]
    dgamma, dbeta = _affine(dout, xhat)
    return _dx(dout * gamma, inverse_std, xhat), dgamma / count, dbeta / count


def unbiased_variance(dout, x, gamma, eps=1e-5):
    """You divide the variance by D - 1; layer norm takes the biased variance, divided by D."""
    centred = x - _mean(x)
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = (centred**2).sum(axis=-1, keepdims=True) / np.float64(x.shape[-1] - 1)
        inverse_std = 1 / np.sqrt(variance + eps)
        xhat = centred * inverse_std
        return _dx(dout * gamma, inverse_std, xhat), *_affine(dout, xhat)


def unbiased_variance_derived(dout, x, gamma, eps=1e-5):
    """You divide the variance by D - 1 and derive that; layer norm takes the biased one, divided by D."""
    d = x.shape[-1]
    centred = x - _mean(x)
    with np.errstate(invalid="ignore", divide="ignore"):
        inverse_std = 1 / np.sqrt((centred**2).sum(axis=-1, keepdims=True) / np.float64(d - 1) + eps)
        xhat, g = centred * inverse_std, dout * gamma
        through_variance = xhat * (g * xhat).sum(axis=-1, keepdims=True) / np.float64(d - 1)
    return inverse_std * (g - _mean(g) - through_variance), *_affine(dout, xhat)


def eps_outside_root(dout, x, gamma, eps=1e-5):
    """You add eps to the standard deviation; it is added to the variance, inside the root."""
    centred = x - _mean(x)
    inverse_std = 1 / (np.sqrt(_mean(centred**2)) + eps)
    xhat = centred * inverse_std
    return _dx(dout * gamma, inverse_std, xhat), *_affine(dout, xhat)


def eps_outside_root_derived(dout, x, gamma, eps=1e-5):
    """You add eps to the standard deviation and derive that; it is added to the variance, inside the root."""
    centred = x - _mean(x)
    std = np.sqrt(_mean(centred**2))
    inverse_std = 1 / (std + eps)
    xhat, g = centred * inverse_std, dout * gamma
    # The root's own derivative; at a variance of 0 its limit along any direction is taken.
    unit = np.divide(centred, std, out=np.zeros_like(centred), where=std > 0)
    return inverse_std * (g - _mean(g) - unit * _mean(g * xhat)), *_affine(dout, xhat)


def eps_forgotten(dout, x, gamma, eps=1e-5):
    """You divide by the root of the variance alone; eps belongs under the root, or a vector whose
    features are all alike gives NaN.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse_std, xhat = _forward(x, 0 * eps)
        return _dx(dout * gamma, inverse_std, xhat), *_affine(dout, xhat)


def cancelling_variance(dout, x, gamma, eps=1e-5):
    """You compute the variance as the mean of squares less the squared mean, which cancels where the
    mean is large; subtract the mean first, then square.
    """
    variance = np.maximum(_mean(x**2) - _mean(x) ** 2, 0)
    inverse_std = 1 / np.sqrt(variance + eps)
    xhat = (x - _mean(x)) * inverse_std
    return _dx(dout * gamma, inverse_std, xhat), *_affine(dout, xhat)


def dgamma_from_x(dout, x, gamma, eps=1e-5):
    """You multiply dout by x for dgamma; in the forward pass gamma multiplies xhat, the normalised x."""
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout * gamma, inverse_std, xhat), *_affine(dout, x)


def dgamma_and_dbeta_swapped(dout, x, gamma, eps=1e-5):
    """You return dbeta before dgamma; the order is dx, dgamma, dbeta."""
    inverse_std, xhat = _forward(x, eps)
    dgamma, dbeta = _affine(dout, xhat)
    return _dx(dout * gamma, inverse_std, xhat), dbeta, dgamma


def _mean(array):
    return array.mean(axis=-1, keepdims=True)


def _forward(x, eps):
    centred = x - _mean(x)
    inverse_std = 1 / np.sqrt(_mean(centred**2) + eps)
    return inverse_std, centred * inverse_std


def _dx(g, inverse_std, xhat):
    return inverse_std * (g - _mean(g) - xhat * _mean(g * xhat))


def _affine(dout, xhat):
    leading = tuple(range(dout.ndim - 1))
    return (dout * xhat).sum(axis=leading), dout.sum(axis=leading)
