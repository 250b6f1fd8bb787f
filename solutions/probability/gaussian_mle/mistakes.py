import numpy as np


def unbiased_covariance(x):
    """You divide by n - 1, which makes the estimate unbiased; the likelihood is largest with n."""
    mean, scatter = _parts(x)
    return mean, scatter / max(len(x) - 1, 1)


def diagonal_only(x):
    """You keep the variances alone and leave the rest of the matrix 0; the coordinates may be correlated, and
    the likelihood is largest with the full covariance.
    """
    mean, scatter = _parts(x)
    return mean, np.diag(np.diag(scatter)) / len(x)


def variances_only(x):
    """You return the d variances; the covariance is a matrix of shape (d, d)."""
    return x.mean(axis=0), x.var(axis=0)


def scatter_not_divided(x):
    """You return the sum of the outer products; the covariance is that sum divided by n."""
    return _parts(x)


def mean_not_subtracted(x):
    """You average the outer products of the points themselves; subtract the mean first."""
    return x.mean(axis=0), x.T @ x / len(x)


def correlations(x):
    """You divide by the standard deviations as well, which gives correlations; covariances are asked."""
    mean, scatter = _parts(x)
    root = np.sqrt(np.diag(scatter))
    scale = np.outer(root, root)
    return mean, scatter / np.where(scale == 0, np.ones_like(scale), scale)


def points_in_columns(x):
    """You take the columns for the points; each row is a point, so the mean runs over axis 0."""
    mean, scatter = _parts(x.T)
    return mean, scatter / x.shape[1]


def one_mean_for_all(x):
    """You subtract one average of the whole array; every coordinate has a mean of its own, x.mean(axis=0)."""
    deviations = x - x.mean()
    return x.mean(axis=0), deviations.T @ deviations / len(x)


def divided_by_coordinates(x):
    """You divide by the number of coordinates; divide by the number of points, len(x)."""
    mean, scatter = _parts(x)
    return mean, scatter / x.shape[1]


def divided_by_all_values(x):
    """You divide by the number of all values in x; divide by the number of points, len(x)."""
    mean, scatter = _parts(x)
    return mean, scatter / x.size


def jitter_added(x):
    """You add a small number to the diagonal, to keep the matrix invertible; asked is the maximum of the
    likelihood as it is.
    """
    mean, scatter = _parts(x)
    return mean, scatter / len(x) + 1e-6 * np.eye(x.shape[1], dtype=x.dtype)


def _parts(x):
    mean = x.mean(axis=0)
    return mean, (x - mean).T @ (x - mean)
