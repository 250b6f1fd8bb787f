import numpy as np


def _make(
    *,
    correct_m=True,
    correct_v=True,
    denominator=lambda v, correction, eps: np.sqrt(v / correction) + eps,
    decay="as asked",
    square=lambda g: g**2,
    count=lambda t: t,
    first=lambda m, g, b1: b1 * m + (1 - b1) * g,
    second=lambda v, s, b2: b2 * v + (1 - b2) * s,
):
    """Return an Adam in which one thing is done in another way."""

    def adam(params, grads, state, lr, betas, eps, weight_decay, decoupled):
        t, ms, vs = state or (0, [np.zeros_like(p) for p in params], [np.zeros_like(p) for p in params])
        t += 1
        out, new_ms, new_vs = [], [], []
        for p, g, old_m, old_v in zip(params, grads, ms, vs, strict=True):
            how = ("decoupled" if decoupled else "l2") if decay == "as asked" else decay
            decayed = g + weight_decay * p if how == "l2" else g
            m, v = first(old_m, decayed, betas[0]), second(old_v, square(decayed), betas[1])
            m_hat = m / (1 - betas[0] ** count(t)) if correct_m else m
            correction = 1 - betas[1] ** count(t) if correct_v else 1.0
            shrinkage = {"decoupled": lr * weight_decay, "without lr": weight_decay}.get(how, 0.0)
            with np.errstate(all="ignore"):
                out.append(p * (1 - shrinkage) - lr * m_hat / denominator(v, correction, eps))
            new_ms.append(m)
            new_vs.append(v)
        return out, (t, new_ms, new_vs)

    return adam


def no_bias_correction(
    params,
    grads,
    state,
    lr=1e-3,
    betas=(0.9, 0.999),
    eps=1e-8,
    weight_decay=0.0,
    decoupled=False,
):
    """You use the running means as they are, which start at 0 and are too small at first; divide them by
    1 - β1^t and 1 - β2^t.
    """
    rule = _make(correct_m=False, correct_v=False)
    return rule(params, grads, state, lr, betas, eps, weight_decay, decoupled)


def only_first_mean_corrected(
    params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    """You correct the mean of the gradient only, which makes the first steps far too long; divide the mean
    of its square by 1 - β2^t as well.
    """
    return _make(correct_v=False)(params, grads, state, lr, betas, eps, weight_decay, decoupled)


def eps_inside_root(
    params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    """You add eps inside the root, where it is far larger than it looks; add it to the root."""
    rule = _make(denominator=lambda v, correction, eps: np.sqrt(v / correction + eps))
    return rule(params, grads, state, lr, betas, eps, weight_decay, decoupled)


def eps_before_correction(
    params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    """You add eps to the root of v and correct the bias of both together, which enlarges eps in the first
    steps; correct v first, then add eps to the root.
    """
    rule = _make(denominator=lambda v, correction, eps: (np.sqrt(v) + eps) / np.sqrt(correction))
    return rule(params, grads, state, lr, betas, eps, weight_decay, decoupled)


def eps_forgotten(
    params,
    grads,
    state,
    lr=1e-3,
    betas=(0.9, 0.999),
    eps=1e-8,
    weight_decay=0.0,
    decoupled=False,
):
    """You leave eps out, so that a gradient of 0 gives 0 / 0; add it to the root."""
    rule = _make(denominator=lambda v, correction, eps: np.sqrt(v / correction))  # noqa: ARG005
    return rule(params, grads, state, lr, betas, eps, weight_decay, decoupled)


def root_forgotten(
    params,
    grads,
    state,
    lr=1e-3,
    betas=(0.9, 0.999),
    eps=1e-8,
    weight_decay=0.0,
    decoupled=False,
):
    """You divide by the mean of the squares; divide by its root, which has the unit of the gradient."""
    rule = _make(denominator=lambda v, correction, eps: v / correction + eps)
    return rule(params, grads, state, lr, betas, eps, weight_decay, decoupled)


def l2_for_decoupled(
    params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    """You add weight decay to the gradient in either case; decoupled, it shrinks the weight directly, by
    lr · weight_decay, and m and v do not see it.
    """
    return _make(decay="l2")(params, grads, state, lr, betas, eps, weight_decay, decoupled)


def decoupled_for_l2(
    params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    """You shrink the weight directly in either case; unless decoupled, weight decay is added to the
    gradient.
    """
    return _make(decay="decoupled")(params, grads, state, lr, betas, eps, weight_decay, decoupled)


def decoupled_without_learning_rate(
    params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    """You shrink the weight by weight_decay alone; decoupled decay is multiplied by the learning rate."""
    how = "without lr" if decoupled else "l2"
    return _make(decay=how)(params, grads, state, lr, betas, eps, weight_decay, decoupled)


def steps_counted_from_zero(
    params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    """You count steps from 0, so that the first correction divides by 1 - β^0 = 0; the first step is
    step 1.
    """
    rule = _make(count=lambda t: t - 1)
    with np.errstate(all="ignore"):
        betas = tuple(np.float64(beta) for beta in betas)
        return rule(params, grads, state, lr, betas, eps, weight_decay, decoupled)


def correction_of_the_first_step(
    params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    """You divide by 1 - β in every step; the correction fades, it is 1 - β^t at step t."""
    return _make(count=lambda t: 1)(params, grads, state, lr, betas, eps, weight_decay, decoupled)  # noqa: ARG005


def corrected_means_remembered(
    params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    """You store the corrected means and go on from them, so that they are corrected again and again; the
    state holds m and v as they are.
    """
    new, (t, ms, vs) = _make()(params, grads, state, lr, betas, eps, weight_decay, decoupled)
    ms = [m / (1 - betas[0] ** t) for m in ms]
    return new, (t, ms, [v / (1 - betas[1] ** t) for v in vs])


def betas_swapped(
    params,
    grads,
    state,
    lr=1e-3,
    betas=(0.9, 0.999),
    eps=1e-8,
    weight_decay=0.0,
    decoupled=False,
):
    """You take the betas for each other; the first belongs to the gradient, the second to its square."""
    return _make()(params, grads, state, lr, betas[::-1], eps, weight_decay, decoupled)


def gradient_in_full(
    params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    """You add the gradient to β1 · m in full, as in SGD with momentum; it is weighted by 1 - β1."""
    rule = _make(first=lambda m, g, b1: b1 * m + g)
    return rule(params, grads, state, lr, betas, eps, weight_decay, decoupled)


def state_forgotten(
    params,
    grads,
    state,  # noqa: ARG001
    lr=1e-3,
    betas=(0.9, 0.999),
    eps=1e-8,
    weight_decay=0.0,
    decoupled=False,
):
    """You start afresh in every call; go on from the state that is passed in."""
    return _make()(params, grads, None, lr, betas, eps, weight_decay, decoupled)
