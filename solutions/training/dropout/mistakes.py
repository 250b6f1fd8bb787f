import numpy as np


def not_rescaled(x, p, training, seed):
    """You leave what stays as it is, so the mean shrinks by 1 - p in training; divide it by 1 - p."""
    if not training:
        return x
    return np.where(_keep(x, p, seed), x, 0)


def keep_probability(x, p, training, seed):
    """You take p for the chance to keep an element, as the paper does; here it is the chance to drop it."""
    if not training:
        return x
    if p == 0:
        return np.zeros_like(x)
    return np.where(_keep(x, 1 - p, seed), x / p, 0)


def active_at_eval(x, p, training, seed):  # noqa: ARG001
    """You drop elements outside training as well; there the result is x as it is."""
    if p == 1:
        return np.zeros_like(x)
    return np.where(_keep(x, p, seed), x / (1 - p), 0)


def scaled_at_eval(x, p, training, seed):
    """You scale by 1 - p outside training, as the first papers do, instead of by 1 / (1 - p) in training;
    here x stays as it is outside training.
    """
    if not training:
        return x * (1 - p)
    return np.where(_keep(x, p, seed), x, 0)


def training_inverted(x, p, training, seed):
    """You drop outside training and not in it; it is the other way round."""
    return active_at_eval(x, p, training, seed) if not training else x


def multiplied_for_divided(x, p, training, seed):
    """You multiply what stays by 1 - p, which makes it still smaller; divide by it."""
    if not training:
        return x
    return np.where(_keep(x, p, seed), x * (1 - p), 0)


def divided_by_p(x, p, training, seed):
    """You divide by p, the chance to be dropped; divide by 1 - p, the chance to stay."""
    if not training:
        return x
    if p == 0:
        return x
    return np.where(_keep(x, p, seed), x / p, 0)


def nan_at_one(x, p, training, seed):
    """You divide 0 by 0 at p = 1, which is NaN; there everything is dropped, and the result is zeros."""
    if not training:
        return x
    with np.errstate(all="ignore"):
        return x * _keep(x, p, seed) / np.float64(1 - p)


def whole_columns_dropped(x, p, training, seed):
    """You draw one number for each entry of the last axis and share it among all others; every element has a
    number of its own.
    """
    if not training:
        return x
    if p == 1:
        return np.zeros_like(x)
    return np.where(_keep(x[(0,) * (x.ndim - 1)], p, seed), x / (1 - p), 0)


def exact_number_dropped_in_order(x, p, training, seed):  # noqa: ARG001
    """You drop a fixed part of the elements, the first ones; each is dropped by chance, on its own."""
    if not training:
        return x
    out = x.copy() if p == 1 else x / (1 - p)
    out.reshape(-1)[: round(p * x.size)] = 0
    return out


def seed_ignored(x, p, training, seed):  # noqa: ARG001
    """You draw from one fixed seed, whatever seed is passed in; another seed should drop other elements."""
    if not training:
        return x
    if p == 1:
        return np.zeros_like(x)
    return np.where(_keep(x, p, 0), x / (1 - p), 0)


def _keep(x, p, seed):
    return np.random.default_rng(seed).random(x.shape) >= p
