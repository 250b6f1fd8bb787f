"""List comprehensions, one quantity after the other."""


def sgd_momentum(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    if weight_decay:
        grads = [g + weight_decay * p for g, p in zip(grads, params, strict=False)]
    velocity = [momentum * v + g for v, g in zip(velocity, grads, strict=False)]
    steps = [g + momentum * v for g, v in zip(grads, velocity, strict=False)] if nesterov else velocity
    return [p - lr * s for p, s in zip(params, steps, strict=False)], velocity
