import numpy as np


def statistics_constant(dout, x, gamma, eps=1e-5):
    """You treat mean and variance as constants; they depend on every row of x, so dx needs the paths through
    both.
    """
    inverse_std, xhat = _forward(x, eps)
    return dout * gamma * inverse_std, *_affine(dout, xhat)


def variance_constant(dout, x, gamma, eps=1e-5):
    """You send the gradient through the mean but not through the variance, which depends on every row of x,
    too.
    """
    inverse_std, xhat = _forward(x, eps)
    return gamma * inverse_std * (dout - dout.mean(axis=0)), *_affine(dout, xhat)


def mean_constant(dout, x, gamma, eps=1e-5):
    """You send the gradient through the variance but not through the mean, which depends on every row of x,
    too.
    """
    inverse_std, xhat = _forward(x, eps)
    return gamma * inverse_std * (dout - xhat * (dout * xhat).mean(axis=0)), *_affine(dout, xhat)


def wrong_n(dout, x, gamma, eps=1e-5):
    """You average over all N·D elements of the batch; each feature's mean and variance are taken over its own
    N rows, so N is x.shape[0], not x.size.
    """
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout, gamma, inverse_std, xhat, n=x.size), *_affine(dout, xhat)


def features_for_rows(dout, x, gamma, eps=1e-5):
    """You divide by the number of features D in dx; mean and variance are taken over the N rows, so divide
    by N, x.shape[0].
    """
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout, gamma, inverse_std, xhat, n=x.shape[1]), *_affine(dout, xhat)


def one_row_less(dout, x, gamma, eps=1e-5):
    """You divide by N - 1 in dx; mean and biased variance are divided by N, and so are the gradients through
    them.
    """
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout, gamma, inverse_std, xhat, n=x.shape[0] - 1), *_affine(dout, xhat)


def averaged_over_the_batch(dout, x, gamma, eps=1e-5):
    """You average dgamma and dbeta over the batch; every row adds its part, so they are sums."""
    inverse_std, xhat = _forward(x, eps)
    dgamma, dbeta = _affine(dout, xhat)
    return _dx(dout, gamma, inverse_std, xhat, n=x.shape[0]), dgamma / len(x), dbeta / len(x)


def sums_not_averaged(dout, x, gamma, eps=1e-5):
    """You subtract the sums of dout and of dout * xhat over the batch; mean and variance are divided by N,
    and so are the gradients through them.
    """
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout, gamma, inverse_std, xhat, n=1), *_affine(dout, xhat)


def unbiased_variance(dout, x, gamma, eps=1e-5):
    """You divide the variance by N - 1; a batch is normalised with the biased variance, divided by N."""
    centred = x - x.mean(axis=0)
    inverse_std = 1 / np.sqrt((centred**2).sum(axis=0) / (x.shape[0] - 1) + eps)
    xhat = centred * inverse_std
    return _dx(dout, gamma, inverse_std, xhat, n=x.shape[0]), *_affine(dout, xhat)


def unbiased_variance_derived(dout, x, gamma, eps=1e-5):
    """You divide the variance by N - 1 and derive that; a batch is normalised with the biased variance,
    divided by N.
    """
    n = x.shape[0]
    centred = x - x.mean(axis=0)
    inverse_std = 1 / np.sqrt((centred**2).sum(axis=0) / (n - 1) + eps)
    xhat = centred * inverse_std
    dx = gamma * inverse_std * (dout - dout.mean(axis=0) - xhat * (dout * xhat).sum(axis=0) / (n - 1))
    return dx, *_affine(dout, xhat)


def gamma_forgotten(dout, x, gamma, eps=1e-5):
    """You send dout back as if it arrived at xhat; on its way it passes the scale, so dx carries a factor
    gamma.
    """
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout, np.ones_like(gamma), inverse_std, xhat, n=x.shape[0]), *_affine(dout, xhat)


def gamma_in_dgamma(dout, x, gamma, eps=1e-5):
    """You multiply by gamma before you sum up dgamma and dbeta; the factor belongs to the path to x alone."""
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout, gamma, inverse_std, xhat, n=x.shape[0]), *_affine(dout * gamma, xhat)


def eps_outside_root(dout, x, gamma, eps=1e-5):
    """You add eps to the standard deviation; it is added to the variance, inside the root."""
    centred = x - x.mean(axis=0)
    inverse_std = 1 / (np.sqrt((centred**2).mean(axis=0)) + eps)
    xhat = centred * inverse_std
    return _dx(dout, gamma, inverse_std, xhat, n=x.shape[0]), *_affine(dout, xhat)


def eps_outside_root_derived(dout, x, gamma, eps=1e-5):
    """You add eps to the standard deviation and derive that; it is added to the variance, inside the root."""
    centred = x - x.mean(axis=0)
    std = np.sqrt((centred**2).mean(axis=0))
    inverse_std = 1 / (std + eps)
    xhat = centred * inverse_std
    # The root's own derivative; at a variance of 0 its limit along any direction is taken.
    unit = np.divide(centred, std, out=np.zeros_like(centred), where=std > 0)
    dx = gamma * inverse_std * (dout - dout.mean(axis=0) - unit * (dout * xhat).mean(axis=0))
    return dx, *_affine(dout, xhat)


def eps_forgotten(dout, x, gamma, eps=1e-5):
    """You divide by the root of the variance alone; eps belongs under the root, or a constant feature gives
    NaN.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse_std, xhat = _forward(x, 0 * eps)
        return _dx(dout, gamma, inverse_std, xhat, n=x.shape[0]), *_affine(dout, xhat)


def cancelling_variance(dout, x, gamma, eps=1e-5):
    """You compute the variance as the mean of squares less the squared mean, which cancels where the mean is
    large; subtract the mean first, then square.
    """
    mean = x.mean(axis=0)
    variance = np.maximum((x**2).mean(axis=0) - mean**2, 0)
    inverse_std = 1 / np.sqrt(variance + eps)
    xhat = (x - mean) * inverse_std
    return _dx(dout, gamma, inverse_std, xhat, n=x.shape[0]), *_affine(dout, xhat)


def dgamma_from_x(dout, x, gamma, eps=1e-5):
    """You multiply dout by x for dgamma; in the forward pass gamma multiplies xhat, the normalised x."""
    inverse_std, xhat = _forward(x, eps)
    return _dx(dout, gamma, inverse_std, xhat, n=x.shape[0]), *_affine(dout, x)


def dgamma_and_dbeta_swapped(dout, x, gamma, eps=1e-5):
    """You return dbeta before dgamma; the order is dx, dgamma, dbeta."""
    inverse_std, xhat = _forward(x, eps)
    dgamma, dbeta = _affine(dout, xhat)
    return _dx(dout, gamma, inverse_std, xhat, n=x.shape[0]), dbeta, dgamma


def features_normalised_per_row(dout, x, gamma, eps=1e-5):
    """You normalise each row over its features, as layer norm does; batch norm takes each feature over the
    rows.
    """
    centred = x - x.mean(axis=1, keepdims=True)
    inverse_std = 1 / np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps)
    xhat = centred * inverse_std
    dxhat = dout * gamma
    through_variance = xhat * (dxhat * xhat).mean(axis=1, keepdims=True)
    return inverse_std * (dxhat - dxhat.mean(axis=1, keepdims=True) - through_variance), *_affine(dout, xhat)


def _forward(x, eps):
    centred = x - x.mean(axis=0)
    inverse_std = 1 / np.sqrt((centred**2).mean(axis=0) + eps)
    return inverse_std, centred * inverse_std


def _dx(dout, gamma, inverse_std, xhat, n):
    return gamma * inverse_std * (dout - dout.sum(axis=0) / n - xhat * (dout * xhat).sum(axis=0) / n)


def _affine(dout, xhat):
    return (dout * xhat).sum(axis=0), dout.sum(axis=0)
