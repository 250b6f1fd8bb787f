import math

import numpy as np


def fan_in_only(shape, seed, gain=1.0):
    """You divide by fan_in alone, or by twice fan_in, as He's and LeCun's rules do; here both fans count:
    6 / (fan_in + fan_out).
    """
    fan_in, _ = _fans(shape)
    return _uniform(shape, seed, gain * math.sqrt(3 / fan_in))


def kernel_area_forgotten(shape, seed, gain=1.0):
    """You count channels only; an output of a convolution is a sum over the positions of its kernel as well,
    so both fans are multiplied by them.
    """
    return _uniform(shape, seed, gain * math.sqrt(6 / (shape[0] + shape[1])))


def normal_for_uniform(shape, seed, gain=1.0):
    """You draw from a normal distribution, whose tails know no bound; asked is the uniform one on [-a, a]."""
    deviation = gain * math.sqrt(2 / sum(_fans(shape)))
    return np.random.default_rng(seed).normal(0, deviation, shape)


def deviation_for_bound(shape, seed, gain=1.0):
    """You take the standard deviation sqrt(2 / (fan_in + fan_out)) for the end of the interval; a uniform
    distribution on [-a, a] has the deviation a / sqrt(3), so the end is sqrt(6 / (fan_in + fan_out)).
    """
    return _uniform(shape, seed, gain * math.sqrt(2 / sum(_fans(shape))))


def root_forgotten(shape, seed, gain=1.0):
    """You leave the root out; a is the square root of 6 / (fan_in + fan_out), times the gain."""
    return _uniform(shape, seed, gain * 6 / sum(_fans(shape)))


def gain_ignored(shape, seed, gain=1.0):  # noqa: ARG001
    """You do not use the gain; the ends of the interval are multiplied by it."""
    return _uniform(shape, seed, math.sqrt(6 / sum(_fans(shape))))


def gain_inside_root(shape, seed, gain=1.0):
    """You multiply by the gain inside the root, so that its root stretches the interval; the gain itself
    should.
    """
    return _uniform(shape, seed, math.sqrt(6 * gain / sum(_fans(shape))))


def positive_only(shape, seed, gain=1.0):
    """You draw from [0, a]; the interval is [-a, a], and its mean is 0."""
    bound = gain * math.sqrt(6 / sum(_fans(shape)))
    return np.random.default_rng(seed).uniform(0, bound, shape)


def seed_ignored(shape, seed, gain=1.0):  # noqa: ARG001
    """You draw from one fixed seed, whatever seed is passed in; another seed should give other weights."""
    return _uniform(shape, 0, gain * math.sqrt(6 / sum(_fans(shape))))


def kernel_axes_first(shape, seed, gain=1.0):
    """You read the shape as (kh, kw, in, out), as TensorFlow lays kernels out; here it is (out, in, ...)."""
    fans = (shape[-1] + shape[-2]) * math.prod(shape[:-2])
    return _uniform(shape, seed, gain * math.sqrt(6 / fans))


def _fans(shape):
    area = math.prod(shape[2:])
    return shape[1] * area, shape[0] * area


def _uniform(shape, seed, bound):
    return np.random.default_rng(seed).uniform(-bound, bound, shape)
