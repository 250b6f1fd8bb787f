import math

import numpy as np


def kernel_area_forgotten(shape, seed, mode="fan_in", negative_slope=0.0):
    """You count channels only; an output of a convolution is a sum over the positions of its kernel as well,
    so the fan is multiplied by them.
    """
    return _normal(shape, seed, _variance(shape[:2], mode, negative_slope))


def fan_swapped(shape, seed, mode="fan_in", negative_slope=0.0):
    """You take the fans for each other; the shape is (out, in, ...), so fan_in is made of the second
    entry.
    """
    other = {"fan_in": "fan_out", "fan_out": "fan_in"}[mode]
    return _normal(shape, seed, _variance(shape, other, negative_slope))


def mode_ignored(shape, seed, mode="fan_in", negative_slope=0.0):  # noqa: ARG001
    """You use fan_in whatever the mode; with "fan_out" the outputs are counted."""
    return _normal(shape, seed, _variance(shape, "fan_in", negative_slope))


def slope_ignored(shape, seed, mode="fan_in", negative_slope=0.0):  # noqa: ARG001
    """You do not use the slope; the variance is 2 / ((1 + negative_slope²) · fan)."""
    return _normal(shape, seed, _variance(shape, mode, 0.0))


def slope_not_squared(shape, seed, mode="fan_in", negative_slope=0.0):
    """You add the slope to 1 as it is; variances go with its square, so it is 1 + negative_slope²."""
    return _normal(shape, seed, _variance(shape, mode, math.sqrt(negative_slope)))


def variance_for_deviation(shape, seed, mode="fan_in", negative_slope=0.0):
    """You pass the variance to the generator, which wants the standard deviation, its square root."""
    return _normal(shape, seed, _variance(shape, mode, negative_slope) ** 2)


def factor_two_missing(shape, seed, mode="fan_in", negative_slope=0.0):
    """You use the variance 1 / fan of linear units; a ReLU drops half of the signal, which asks for 2 /
    fan.
    """
    return _normal(shape, seed, _variance(shape, mode, negative_slope) / 2)


def sum_of_fans(shape, seed, mode="fan_in", negative_slope=0.0):  # noqa: ARG001
    """You divide by the mean of both fans, as Glorot's rule does; asked is the one that the mode names."""
    fans = (shape[0] + shape[1]) / 2 * math.prod(shape[2:])
    return _normal(shape, seed, 2 / (1 + negative_slope**2) / fans)


def uniform_for_normal(shape, seed, mode="fan_in", negative_slope=0.0):
    """You draw from a uniform distribution of the right variance; asked is the normal one."""
    bound = math.sqrt(3 * _variance(shape, mode, negative_slope))
    return np.random.default_rng(seed).uniform(-bound, bound, shape)


def tails_clipped(shape, seed, mode="fan_in", negative_slope=0.0):
    """You cut the weights off at two standard deviations; asked is the normal distribution, tails and all."""
    deviation = math.sqrt(_variance(shape, mode, negative_slope))
    return np.clip(_normal(shape, seed, deviation**2), -2 * deviation, 2 * deviation)


def seed_ignored(shape, seed, mode="fan_in", negative_slope=0.0):  # noqa: ARG001
    """You draw from one fixed seed, whatever seed is passed in; another seed should give other weights."""
    return _normal(shape, 0, _variance(shape, mode, negative_slope))


def _variance(shape, mode, slope):
    fan = shape[0 if mode == "fan_out" else 1] * math.prod(shape[2:])
    return 2 / (1 + slope**2) / fan


def _normal(shape, seed, variance):
    return np.random.default_rng(seed).normal(0, math.sqrt(variance), shape)
