import numpy as np


def variances_for_precisions(x, noise_std, prior_mean, prior_std):
    """You weigh each side by its own variance, so the vaguer one counts more; weigh by precision, one over
    the variance.
    """
    prior, noise = prior_std**2, noise_std**2 / max(len(x), 1)
    if not len(x):
        return prior_mean, prior_std
    return (prior * prior_mean + noise * x.mean()) / (prior + noise), _std(len(x), noise_std, prior_std)


def variances_weigh_every_measurement(x, noise_std, prior_mean, prior_std):
    """You multiply the prior mean by its variance and each measurement by that of the noise; weigh by
    precision, one over the variance, so that the vaguer side counts less.
    """
    prior, noise = prior_std**2, noise_std**2
    mode = (prior * prior_mean + noise * x.sum()) / (prior + len(x) * noise)
    return mode, _std(len(x), noise_std, prior_std)


def equal_weights(x, noise_std, prior_mean, prior_std):
    """You count the prior as one more measurement; each side counts by its precision, one over its
    variance.
    """
    mode = (prior_mean + x.sum()) / (len(x) + 1)
    return mode, _std(len(x), noise_std, prior_std)


def half_and_half(x, noise_std, prior_mean, prior_std):
    """You take the middle between the prior mean and the sample mean; each side counts by its precision, one
    over its variance.
    """
    mode = (prior_mean + x.mean()) / 2 if len(x) else prior_mean
    return mode, _std(len(x), noise_std, prior_std)


def std_for_variance(x, noise_std, prior_mean, prior_std):
    """You take one over the standard deviation for a precision; it is one over the variance, its square."""
    prior, noise = 1 / prior_std, 1 / noise_std
    precision = prior + len(x) * noise
    std = precision**-0.5 if len(x) else prior_std
    return (prior * prior_mean + noise * x.sum()) / precision, std


def std_for_variance_throughout(x, noise_std, prior_mean, prior_std):
    """You treat standard deviations as variances from start to end; a precision is one over the variance."""
    prior, noise = 1 / prior_std, 1 / noise_std
    precision = prior + len(x) * noise
    return (prior * prior_mean + noise * x.sum()) / precision, 1 / precision


def std_for_variance_in_the_mode(x, noise_std, prior_mean, prior_std):
    """You weigh by one over the standard deviation in the mode; the weights are precisions, one over the
    variance.
    """
    prior, noise = 1 / prior_std, 1 / noise_std
    mode = (prior * prior_mean + noise * x.sum()) / (prior + len(x) * noise)
    return mode, _std(len(x), noise_std, prior_std)


def variance_returned(x, noise_std, prior_mean, prior_std):
    """You return the variance of the posterior; its standard deviation is asked."""
    return _mode(x, noise_std, prior_mean, prior_std), _std(len(x), noise_std, prior_std) ** 2


def precision_returned(x, noise_std, prior_mean, prior_std):
    """You return the root of the precision; the standard deviation is one over it."""
    return _mode(x, noise_std, prior_mean, prior_std), 1 / _std(len(x), noise_std, prior_std)


def one_measurement_assumed(x, noise_std, prior_mean, prior_std):
    """You give the mean of the measurements the weight of a single one; n of them have n times the
    precision.
    """
    if not len(x):
        return prior_mean, prior_std
    average = np.array([x.mean()])
    return _mode(average, noise_std, prior_mean, prior_std), _std(1, noise_std, prior_std)


def n_missing_in_std(x, noise_std, prior_mean, prior_std):
    """You count the noise's precision once in the standard deviation; it counts once for each measurement."""
    return _mode(x, noise_std, prior_mean, prior_std), _std(min(len(x), 1), noise_std, prior_std)


def n_missing_in_mode(x, noise_std, prior_mean, prior_std):
    """You give the mean of the measurements the weight of a single one in the mode; n of them have n times
    the precision.
    """
    average = np.array([x.mean()]) if len(x) else x
    return _mode(average, noise_std, prior_mean, prior_std), _std(len(x), noise_std, prior_std)


def prior_ignored(x, noise_std, prior_mean, prior_std):
    """You return the sample mean and its standard error, the maximum likelihood; the prior counts too."""
    if not len(x):
        return prior_mean, prior_std
    return x.mean(), noise_std / np.sqrt(len(x))


def prior_ignored_in_std(x, noise_std, prior_mean, prior_std):
    """You return the standard error of the sample mean; the prior makes you surer than that."""
    std = noise_std / np.sqrt(len(x)) if len(x) else prior_std
    return _mode(x, noise_std, prior_mean, prior_std), std


def std_of_the_next_measurement(x, noise_std, prior_mean, prior_std):
    """You add the noise to the spread, which is that of another measurement; asked is how sure you are of the
    true value.
    """
    mode, std = _mode(x, noise_std, prior_mean, prior_std), _std(len(x), noise_std, prior_std)
    return mode, np.sqrt(std**2 + noise_std**2) if len(x) else std


def variances_added(x, noise_std, prior_mean, prior_std):
    """You add the variances, so measuring makes you less sure; precisions add up."""
    if not len(x):
        return prior_mean, prior_std
    return _mode(x, noise_std, prior_mean, prior_std), np.sqrt(prior_std**2 + noise_std**2 / len(x))


def noise_estimated(x, noise_std, prior_mean, prior_std):
    """You measure the noise by the spread of the data; it is known, and given as noise_std."""
    spread = x.std() if len(x) and x.std() > 0 else noise_std
    return _mode(x, spread, prior_mean, prior_std), _std(len(x), spread, prior_std)


def empty_gives_nan(x, noise_std, prior_mean, prior_std):
    """You take the mean of no measurements, which is NaN; without measurements the posterior is the prior."""
    with np.errstate(all="ignore"):
        average = x.sum() / np.float64(len(x))
        noise = len(x) / noise_std**2
        mode = (prior_mean / prior_std**2 + noise * average) / (1 / prior_std**2 + noise)
    return mode, _std(len(x), noise_std, prior_std)


def prior_and_noise_swapped(x, noise_std, prior_mean, prior_std):
    """You take the noise's standard deviation for the prior's, and the other way round."""
    return _mode(x, prior_std, prior_mean, noise_std), _std(len(x), prior_std, noise_std)


def _mode(x, noise_std, prior_mean, prior_std):
    total = prior_mean / prior_std**2 + x.sum() / noise_std**2
    return total * _std(len(x), noise_std, prior_std) ** 2


def _std(n, noise_std, prior_std):
    return (1 / prior_std**2 + n / noise_std**2) ** -0.5
