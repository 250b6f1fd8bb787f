import numpy as np


def overflow(x, axis=-1):
    """You exponentiate the scores as they are, which overflows beyond 709 (88 in float32) and is 0 / 0 far
    below zero; subtract the maximum along the axis first.
    """
    with np.errstate(all="ignore"):
        exponentials = np.exp(x)
        return exponentials / exponentials.sum(axis=axis, keepdims=True)


def global_max_leaks_nan(x, axis=-1):
    """You subtract the maximum of the whole array, so a row far below it vanishes and becomes 0 / 0; every
    softmax along the axis needs its own maximum.
    """
    with np.errstate(all="ignore"):
        exponentials = np.exp(x - x.max())
        return exponentials / exponentials.sum(axis=axis, keepdims=True)


def axis_ignored(x, axis=-1):  # noqa: ARG001  that it is not used is the mistake
    """You take the softmax along the last axis whatever `axis` says; maximum and sum run along `axis`."""
    return _softmax(x, -1)


def first_axis_by_default(x, axis=0):
    """You take the first axis when none is given; the default is the last, axis=-1."""
    return _softmax(x, axis)


def normalised_over_everything(x, axis=-1):  # noqa: ARG001  that it is not used is the mistake
    """You take maximum and sum over the whole array, so that all of it adds up to 1; both run along `axis`
    alone.
    """
    exponentials = np.exp(x - x.max())
    return exponentials / exponentials.sum()


def sum_over_everything(x, axis=-1):
    """You divide by the sum of the whole array, so that all of it adds up to 1; the sum runs along `axis`
    alone.
    """
    exponentials = np.exp(x - x.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum()


def not_normalised(x, axis=-1):
    """You stop at the exponentials; they are divided by their sum along the axis."""
    return np.exp(x - x.max(axis=axis, keepdims=True))


def minimum_subtracted(x, axis=-1):
    """You subtract the minimum, which leaves the largest score to overflow; subtract the maximum."""
    with np.errstate(all="ignore"):
        exponentials = np.exp(x - x.min(axis=axis, keepdims=True))
        return exponentials / exponentials.sum(axis=axis, keepdims=True)


def mean_subtracted(x, axis=-1):
    """You subtract the mean, above which a score may still lie far enough to overflow; subtract the
    maximum.
    """
    with np.errstate(all="ignore"):
        exponentials = np.exp(x - x.mean(axis=axis, keepdims=True))
        return exponentials / exponentials.sum(axis=axis, keepdims=True)


def scores_clipped(x, axis=-1):
    """You clip the scores into a safe range, which makes equal what is not; subtract the maximum along the
    axis instead, which changes nothing.
    """
    return _softmax(np.clip(x, -80, 80), axis)


def logarithm_returned(x, axis=-1):
    """You return the logarithms of the probabilities; the probabilities themselves are asked."""
    shifted = x - x.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def keepdims_forgotten(x, axis=-1):
    """You reduce without keepdims=True, so that maximum and sum line up with the wrong axis, or with none."""
    exponentials = np.exp(x - x.max(axis=axis))
    return exponentials / exponentials.sum(axis=axis)


def small_number_added(x, axis=-1):
    """You add a small number to the sum, which makes all probabilities too small; the sum is at least 1 once
    the maximum is subtracted, so nothing has to be kept from 0.
    """
    exponentials = np.exp(x - x.max(axis=axis, keepdims=True))
    return exponentials / (exponentials.sum(axis=axis, keepdims=True) + 1e-6)


def powers_of_two(x, axis=-1):
    """You raise 2 to the scores; the base is e."""
    powers = np.exp2(x - x.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def input_shifted(x, axis=-1):
    """You subtract the maximum from the input itself, with -= or out=; make a new array."""
    x -= x.max(axis=axis, keepdims=True)
    exponentials = np.exp(x)
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _softmax(x, axis):
    exponentials = np.exp(x - x.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)
