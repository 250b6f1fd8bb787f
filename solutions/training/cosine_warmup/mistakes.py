import math


def step_offset(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """You are a step ahead in the warm-up, as if steps counted from 1; step 0 has the rate 0, and step
    warmup_steps is the first with max_lr.
    """
    if step < warmup_steps:
        return max_lr * (step + 1) / warmup_steps
    return _decay(_progress(step, total_steps, warmup_steps), max_lr, min_lr)


def decay_a_step_ahead(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """You arrive at min_lr a step early, at total_steps - 1; the decay ends at step total_steps."""
    if step < warmup_steps:
        return max_lr * step / warmup_steps
    progress = (step - warmup_steps) / max(total_steps - 1 - warmup_steps, 1)
    return _decay(min(progress, 1.0), max_lr, min_lr)


def min_lr_ignored(step, total_steps, warmup_steps, max_lr, min_lr=0.0):  # noqa: ARG001
    """You do not use min_lr and decay to 0; the cosine's trough is min_lr."""
    return _schedule(step, total_steps, warmup_steps, max_lr, 0.0)


def min_lr_added(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """You add min_lr to a cosine that starts at max_lr, so the decay begins too high; its height is
    max_lr - min_lr.
    """
    if step < warmup_steps:
        return max_lr * step / warmup_steps
    return min_lr + _decay(_progress(step, total_steps, warmup_steps), max_lr, 0.0)


def min_lr_as_floor(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """You decay to 0 and cut off below min_lr; the cosine itself runs from max_lr to min_lr."""
    if step < warmup_steps:
        return max_lr * step / warmup_steps
    return max(min_lr, _decay(_progress(step, total_steps, warmup_steps), max_lr, 0.0))


def full_period(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """You go through a whole period, down and up again; asked is half of one, a cosine from 0 to π."""
    if step < warmup_steps:
        return max_lr * step / warmup_steps
    return _decay(2 * _progress(step, total_steps, warmup_steps), max_lr, min_lr)


def quarter_period(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """You follow the cosine from 0 to π/2, which falls ever more steeply; asked is half a period, from its
    crest to its trough.
    """
    if step < warmup_steps:
        return max_lr * step / warmup_steps
    progress = _progress(step, total_steps, warmup_steps)
    return min_lr + (max_lr - min_lr) * math.cos(math.pi * progress / 2)


def linear_decay(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """You go down in a straight line; asked is half a cosine."""
    if step < warmup_steps:
        return max_lr * step / warmup_steps
    return max_lr + (min_lr - max_lr) * _progress(step, total_steps, warmup_steps)


def warmup_from_min_lr(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """You start the warm-up at min_lr; it starts at 0, whatever min_lr is."""
    if step < warmup_steps:
        return min_lr + (max_lr - min_lr) * step / warmup_steps
    return _decay(_progress(step, total_steps, warmup_steps), max_lr, min_lr)


def warmup_counted_into_the_decay(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """You measure the decay from step 0, so it is under way when the warm-up ends; it begins at step
    warmup_steps.
    """
    if step < warmup_steps:
        return max_lr * step / warmup_steps
    return _decay(min(step / total_steps, 1.0), max_lr, min_lr)


def warmup_added_to_the_total(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """You let the decay take total_steps after the warm-up; total_steps includes it."""
    return _schedule(step, total_steps + warmup_steps, warmup_steps, max_lr, min_lr)


def rises_again(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """You follow the cosine beyond its trough, where it rises again; after total_steps the rate stays at
    min_lr.
    """
    if step < warmup_steps:
        return max_lr * step / warmup_steps
    return _decay((step - warmup_steps) / (total_steps - warmup_steps), max_lr, min_lr)


def _progress(step, total_steps, warmup_steps):
    return min((step - warmup_steps) / (total_steps - warmup_steps), 1.0)


def _decay(progress, max_lr, min_lr):
    return min_lr + (max_lr - min_lr) * (1 + math.cos(math.pi * progress)) / 2


def _schedule(step, total_steps, warmup_steps, max_lr, min_lr):
    if step < warmup_steps:
        return max_lr * step / warmup_steps
    return _decay(_progress(step, total_steps, warmup_steps), max_lr, min_lr)
