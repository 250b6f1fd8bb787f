import math

import numpy as np


def decay_inverted(ema, state, step, decay=0.9999, tau=2000):
    """You give the model the weight d and the average 1 - d, so hardly anything is remembered; it is the
    other way round.
    """
    return _mixed(ema, state, 1 - _ramp(step, decay, tau))


def warmup_missing(ema, state, step, decay=0.9999, tau=2000):  # noqa: ARG001
    """You use the full decay from the first step on, and random weights stay in the average for long; the
    effective decay is decay · (1 - exp(-step / tau)).
    """
    return _mixed(ema, state, decay)


def integers_averaged(ema, state, step, decay=0.9999, tau=2000):
    """You average counters and flags as well; what is not of a float dtype is copied from the model."""
    d = _ramp(step, decay, tau)
    return {key: np.asarray(d * ema[key] + (1 - d) * state[key]) for key in state}


def integers_averaged_and_cut(ema, state, step, decay=0.9999, tau=2000):
    """You average counters and flags and cast the result back; what is not of a float dtype is copied from
    the model.
    """
    new = integers_averaged(ema, state, step, decay, tau)
    return {key: value.astype(state[key].dtype) for key, value in new.items()}


def integers_kept(ema, state, step, decay=0.9999, tau=2000):
    """You leave counters and flags as they are in the average; they are copied from the model."""
    new = _mixed(ema, state, _ramp(step, decay, tau))
    return {key: value if value.dtype.kind == "f" else ema[key].copy() for key, value in new.items()}


def integers_left_out(ema, state, step, decay=0.9999, tau=2000):
    """You leave counters and flags out of the result; they are copied from the model."""
    new = _mixed(ema, state, _ramp(step, decay, tau))
    return {key: value for key, value in new.items() if value.dtype.kind == "f"}


def ramp_without_decay(ema, state, step, decay=0.9999, tau=2000):  # noqa: ARG001
    """You leave the decay out of the effective one, which grows to 1 and stops the average; it grows to the
    decay.
    """
    return _mixed(ema, state, 1 - math.exp(-step / tau))


def ramp_falls(ema, state, step, decay=0.9999, tau=2000):
    """You use decay · exp(-step / tau), which is large at first and vanishes; it is 1 minus the
    exponential.
    """
    return _mixed(ema, state, decay * math.exp(-step / tau))


def exponent_inverted(ema, state, step, decay=0.9999, tau=2000):
    """You divide tau by the step in the exponent; the ramp takes tau steps, so it is step / tau."""
    return _mixed(ema, state, decay * (1 - math.exp(-tau / step)) if step else decay)


def step_counted_from_one(ema, state, step, decay=0.9999, tau=2000):
    """You add 1 to the step, which counts this update already; use it as it is."""
    return _mixed(ema, state, _ramp(step + 1, decay, tau))


def other_ramp(ema, state, step, decay=0.9999, tau=2000):  # noqa: ARG001
    """You let the decay grow as (1 + step) / (10 + step), as TensorFlow does; asked is the exponential
    ramp.
    """
    return _mixed(ema, state, min(decay, (1 + step) / (10 + step)))


def changed_in_place(ema, state, step, decay=0.9999, tau=2000):
    """You write into the average that was passed in; return a new dict of new arrays."""
    for key, value in _mixed(ema, state, _ramp(step, decay, tau)).items():
        ema[key][...] = value
    return ema


def _ramp(step, decay, tau):
    return decay * (1 - math.exp(-step / tau))


def _mixed(ema, state, d):
    return {
        key: np.asarray(d * ema[key] + (1 - d) * value) if value.dtype.kind == "f" else value.copy()
        for key, value in state.items()
    }
