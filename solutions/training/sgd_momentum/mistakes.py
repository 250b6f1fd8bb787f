def lr_inside_velocity(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    """You multiply the gradient by the learning rate before it enters the velocity, so that old steps keep
    the rate they were made with; multiply the velocity by it at the end.
    """

    def rule(p, g, v):
        g = g + weight_decay * p
        v = momentum * v + lr * g
        return p - (lr * g + momentum * v if nesterov else v), v

    return _each(rule, params, grads, velocity)


def decay_after_momentum(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    """You let weight decay act on the weights directly, past the velocity; it is added to the gradient before
    the velocity is updated.
    """

    def rule(p, g, v):
        v = momentum * v + g
        step = g + momentum * v if nesterov else v
        return p - lr * (step + weight_decay * p), v

    return _each(rule, params, grads, velocity)


def decay_subtracted(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    """You subtract the weight decay from the gradient, which drives weights away from 0; add it."""
    return _right(params, grads, velocity, lr, momentum, -weight_decay, nesterov)


def decay_ignored(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):  # noqa: ARG001
    """You do not use the weight decay; weight_decay times the weight is added to the gradient."""
    return _right(params, grads, velocity, lr, momentum, 0.0, nesterov)


def nesterov_ignored(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):  # noqa: ARG001
    """You always step along the velocity; with Nesterov the step is the gradient plus momentum times the new
    velocity.
    """
    return _right(params, grads, velocity, lr, momentum, weight_decay, False)


def nesterov_with_old_velocity(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    """You take the old velocity for Nesterov's step, which is the plain step again; take the new one."""

    def rule(p, g, v):
        g = g + weight_decay * p
        new = momentum * v + g
        return p - lr * (g + momentum * v if nesterov else new), new

    return _each(rule, params, grads, velocity)


def nesterov_gradient_undecayed(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    """You use the bare gradient in Nesterov's step; it is the gradient with weight decay added there, too."""

    def rule(p, g, v):
        new = momentum * v + g + weight_decay * p
        return p - lr * (g + momentum * new if nesterov else new), new

    return _each(rule, params, grads, velocity)


def velocity_averaged(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    """You take a weighted mean of velocity and gradient, as with dampening; the gradient enters the velocity
    in full.
    """

    def rule(p, g, v):
        g = g + weight_decay * p
        v = momentum * v + (1 - momentum) * g
        return p - lr * (g + momentum * v if nesterov else v), v

    return _each(rule, params, grads, velocity)


def momentum_ignored(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    """You step along the gradient alone; the step is the velocity, which remembers earlier gradients."""

    def rule(p, g, v):
        g = g + weight_decay * p
        v = momentum * v + g
        return p - lr * (g + momentum * v if nesterov else g), v

    return _each(rule, params, grads, velocity)


def uphill(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    """You add the step to the weights and climb; subtract it to descend."""
    return _right(params, grads, velocity, -lr, momentum, weight_decay, nesterov)


def velocity_not_returned(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    """You return the velocity that was passed in; asked is the new one, from which the next step goes on."""
    new, _ = _right(params, grads, velocity, lr, momentum, weight_decay, nesterov)
    return new, list(velocity)


def changed_in_place(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    """You write the new values into the arrays that were passed in, as += does; make new ones."""
    new, speed = _right(params, grads, velocity, lr, momentum, weight_decay, nesterov)
    for old, value in zip([*params, *velocity], [*new, *speed], strict=True):
        old[...] = value
    return params, velocity


def _right(params, grads, velocity, lr, momentum, weight_decay, nesterov):
    def rule(p, g, v):
        g = g + weight_decay * p
        v = momentum * v + g
        return p - lr * (g + momentum * v if nesterov else v), v

    return _each(rule, params, grads, velocity)


def _each(rule, params, grads, velocity):
    pairs = [rule(p, g, v) for p, g, v in zip(params, grads, velocity, strict=True)]
    return [p for p, _ in pairs], [v for _, v in pairs]
