import math


def rules_swapped(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):
    """You take the rules for each other; "linear" multiplies by the ratio of the batch sizes, "sqrt" by its
    square root.
    """
    ratio = batch / base_batch
    scaled = base_lr * (math.sqrt(ratio) if rule == "linear" else ratio)
    return _ramp(base_lr, scaled, warmup_steps, step)


def rule_ignored(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):  # noqa: ARG001
    """You always scale linearly; with "sqrt" the rate grows with the square root of the ratio."""
    return _ramp(base_lr, base_lr * batch / base_batch, warmup_steps, step)


def ramp_from_zero(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):
    """You ramp up from 0; the ramp starts at base_lr, which is known to work."""
    scaled = _scaled(base_lr, base_batch, batch, rule)
    if step is None or step >= warmup_steps:
        return scaled
    return scaled * step / warmup_steps


def inverse_ratio(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):
    """You divide the batch sizes the wrong way round; a larger batch takes a larger rate, so the ratio is
    batch / base_batch.
    """
    return _ramp(base_lr, _scaled(base_lr, batch, base_batch, rule), warmup_steps, step)


def integer_ratio(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):
    """You divide the batch sizes as whole numbers, which rounds the ratio down; it may be any fraction."""
    ratio = batch // base_batch
    scaled = base_lr * (math.sqrt(ratio) if rule == "sqrt" else ratio)
    return _ramp(base_lr, scaled, warmup_steps, step)


def ramp_not_stopped(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):
    """You let the rate grow on after the warm-up; from step warmup_steps on it is the scaled rate."""
    scaled = _scaled(base_lr, base_batch, batch, rule)
    if step is None or warmup_steps == 0:
        return scaled
    return base_lr + (scaled - base_lr) * step / warmup_steps


def one_step_ahead(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):
    """You are a step ahead on the ramp, as if steps counted from 1; step 0 has base_lr, and step warmup_steps
    is the first with the scaled rate.
    """
    later = None if step is None else step + 1
    return _ramp(base_lr, _scaled(base_lr, base_batch, batch, rule), warmup_steps, later)


def warmup_ignored(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):  # noqa: ARG001
    """You give the scaled rate at once; at a step within the warm-up it is still on the way from base_lr."""
    return _scaled(base_lr, base_batch, batch, rule)


def geometric_ramp(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):
    """You multiply the rate by a constant factor per step; the ramp is a straight line, which adds a
    constant.
    """
    scaled = _scaled(base_lr, base_batch, batch, rule)
    if step is None or step >= warmup_steps:
        return scaled
    return base_lr * (scaled / base_lr) ** (step / warmup_steps)


def step_zero_taken_for_none(base_lr, base_batch, batch, rule="linear", warmup_steps=0, step=None):
    """You ask whether step is true, and so take step 0 for no step; compare with None."""
    return _ramp(base_lr, _scaled(base_lr, base_batch, batch, rule), warmup_steps, step or None)


def _scaled(base_lr, base_batch, batch, rule):
    ratio = batch / base_batch
    return base_lr * (math.sqrt(ratio) if rule == "sqrt" else ratio)


def _ramp(base_lr, scaled, warmup_steps, step):
    if step is None or step >= warmup_steps:
        return scaled
    return base_lr + (scaled - base_lr) * step / warmup_steps
