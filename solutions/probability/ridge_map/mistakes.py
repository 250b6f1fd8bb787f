import numpy as np


def lambda_inverted(features, targets, noise_std, prior_std):
    """You penalise by prior variance over noise variance; it is noise over prior, so that more noise, or a
    narrower prior, means smaller weights.
    """
    return _solve(features, targets, (prior_std / noise_std) ** 2)


def lambda_times_n(features, targets, noise_std, prior_std):
    """You multiply the penalty by the number of samples, as belongs to a mean of errors; the log-likelihood
    is a sum of them.
    """
    return _solve(features, targets, len(features) * (noise_std / prior_std) ** 2)


def lambda_over_n(features, targets, noise_std, prior_std):
    """You divide the penalty by the number of samples, but not the squared error; the log-likelihood is a sum
    over samples, so neither is divided.
    """
    return _solve(features, targets, (noise_std / prior_std) ** 2 / len(features))


def std_for_variance(features, targets, noise_std, prior_std):
    """You penalise by the ratio of the standard deviations; it is that of the variances, their squares."""
    return _solve(features, targets, noise_std / prior_std)


def penalty_squared(features, targets, noise_std, prior_std):
    """You square the ratio of the variances; the penalty is that ratio itself, and in rows that are appended
    to the features stands its root, noise_std / prior_std.
    """
    return _solve(features, targets, (noise_std / prior_std) ** 4)


def noise_not_squared(features, targets, noise_std, prior_std):
    """You divide the standard deviation of the noise by the prior's variance; take the variance of both."""
    return _solve(features, targets, noise_std / prior_std**2)


def prior_not_squared(features, targets, noise_std, prior_std):
    """You divide the variance of the noise by the prior's standard deviation; take the variance of both."""
    return _solve(features, targets, noise_std**2 / prior_std)


def noise_missing_beside_the_targets(features, targets, noise_std, prior_std):
    """You divide the features' products by the variance of the noise, but not those of features and targets;
    both belong to the likelihood.
    """
    return _solve(features, targets, (noise_std / prior_std) ** 2) * noise_std**2


def prior_ignored(features, targets, noise_std, prior_std):  # noqa: ARG001  that is the mistake
    """You return the least-squares weights, which is maximum likelihood; the prior shrinks them."""
    return np.linalg.lstsq(features, targets, rcond=None)[0]


def noise_ignored(features, targets, noise_std, prior_std):  # noqa: ARG001  that is the mistake
    """You penalise by one over the prior's variance; that holds for noise of 1, else it is multiplied by the
    variance of the noise.
    """
    return _solve(features, targets, prior_std**-2)


def prior_spread_ignored(features, targets, noise_std, prior_std):  # noqa: ARG001  that is the mistake
    """You penalise by the variance of the noise; that holds for a prior of spread 1, else it is divided by
    the variance of the prior.
    """
    return _solve(features, targets, noise_std**2)


def penalty_halved(features, targets, noise_std, prior_std):
    """You penalise by half of what you should; the factors of one half in both squares cancel."""
    return _solve(features, targets, (noise_std / prior_std) ** 2 / 2)


def penalty_doubled(features, targets, noise_std, prior_std):
    """You penalise by twice what you should; the factors of one half in both squares cancel."""
    return _solve(features, targets, 2 * (noise_std / prior_std) ** 2)


def penalty_on_every_entry(features, targets, noise_std, prior_std):
    """You add the penalty to the whole matrix; it belongs on the diagonal, as a multiple of the identity."""
    strength = (noise_std / prior_std) ** 2
    gram = features.T @ features + strength
    if np.linalg.matrix_rank(gram) < len(gram):  # what comes of it then is left to rounding
        return _solve(features, targets, strength)
    return np.linalg.solve(gram, features.T @ targets)


def intercept_fitted(features, targets, noise_std, prior_std):
    """You centre features and targets, which fits an intercept; there is none here."""
    return _solve(features - features.mean(axis=0), targets - targets.mean(), (noise_std / prior_std) ** 2)


def targets_centred(features, targets, noise_std, prior_std):
    """You subtract their mean from the targets; there is no intercept, and nothing is centred."""
    return _solve(features, targets - targets.mean(), (noise_std / prior_std) ** 2)


def first_weight_unpenalised(features, targets, noise_std, prior_std):
    """You leave the first weight out of the penalty, as one does with an intercept; here all weights have the
    same prior.
    """
    penalty = (noise_std / prior_std) ** 2 * np.eye(features.shape[1], dtype=features.dtype)
    penalty[0, 0] = 0
    return np.linalg.pinv(features.T @ features + penalty) @ (features.T @ targets)


def least_squares_shrunk(features, targets, noise_std, prior_std):
    """You shrink the least-squares weights by one common factor; each direction is shrunk by as much as its
    own features are small.
    """
    return np.linalg.lstsq(features, targets, rcond=None)[0] / (1 + (noise_std / prior_std) ** 2)


def penalty_subtracted(features, targets, noise_std, prior_std):
    """You subtract the penalty, which makes weights larger; it is added."""
    gram = features.T @ features - (noise_std / prior_std) ** 2 * np.eye(features.shape[1])
    return (np.linalg.pinv(gram) @ (features.T @ targets)).astype(features.dtype)


def column_returned(features, targets, noise_std, prior_std):
    """You return the weights as a column of shape (d, 1); they are a vector of shape (d,)."""
    return _solve(features, targets[:, None], (noise_std / prior_std) ** 2)


def _solve(features, targets, strength):
    penalty = strength * np.eye(features.shape[1], dtype=features.dtype)
    return np.linalg.solve(features.T @ features + penalty, features.T @ targets)
