import numpy as np


def forward_difference(f, x, eps=1e-5):
    """You take the difference to f(x) itself, which is wrong by as much as eps; take it between a step up and
    a step down.
    """
    return _each(x, lambda step: (f(x + step) - f(x)) / eps, eps)


def backward_difference(f, x, eps=1e-5):
    """You step down only; take the difference between a step up and a step down."""
    return _each(x, lambda step: (f(x) - f(x - step)) / eps, eps)


def not_restored(f, x, eps=1e-5):
    """You leave the element where the last step took it; put the old number back before you go on."""
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        old = x[index]
        x[index] = old + eps
        above = f(x)
        x[index] = old - eps
        gradient[index] = (above - f(x)) / (2 * eps)
    return gradient


def restored_by_adding_back(f, x, eps=1e-5):
    """You add eps, subtract it twice and add it again, which rounding keeps from leading back; keep the old
    number and put that back.
    """
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        try:
            x[index] += eps
            above = f(x)
        except BaseException:
            x[index] -= eps
            raise
        try:
            x[index] -= 2 * eps
            below = f(x)
        finally:
            x[index] += eps
        gradient[index] = (above - below) / (2 * eps)
    return gradient


def not_restored_when_f_raises(f, x, eps=1e-5):
    """You put the old number back only if f returns; when f raises, x stays changed. That is what
    `finally` is for.
    """
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        old = x[index]
        x[index] = old + eps
        above = f(x)
        x[index] = old - eps
        below = f(x)
        x[index] = old
        gradient[index] = (above - below) / (2 * eps)
    return gradient


def exception_swallowed(f, x, eps=1e-5):
    """You catch the exception of f and go on; it has to reach the caller."""

    def slope(step):
        try:
            return (f(x + step) - f(x - step)) / (2 * eps)
        except Exception:  # noqa: BLE001  that is the mistake
            return np.nan

    return _each(x, slope, eps)


def flattened_result(f, x, eps=1e-5):
    """You return the slopes in a row; the gradient has the shape of x."""
    return _each(x, lambda step: (f(x + step) - f(x - step)) / (2 * eps), eps).reshape(-1)


def flattened_argument(f, x, eps=1e-5):
    """You give f a flattened array; it takes the shape of x."""
    return _each(x, lambda step: (f((x + step).ravel()) - f((x - step).ravel())) / (2 * eps), eps)


def divided_by_eps(f, x, eps=1e-5):
    """You divide by eps, but the two points lie 2 * eps apart."""
    return _each(x, lambda step: (f(x + step) - f(x - step)) / eps, eps)


def half_a_step(f, x, eps=1e-5):
    """You step by eps / 2 in each direction; the step is eps, so that the points lie 2 * eps apart."""
    return _each(x, lambda step: (f(x + step / 2) - f(x - step / 2)) / eps, eps)


def eps_ignored(f, x, eps=1e-5):  # noqa: ARG001  that it is not used is the mistake
    """You step by 1e-5 whatever `eps` says."""
    return _each(x, lambda step: (f(x + step) - f(x - step)) / 2e-5, 1e-5)


def another_default(f, x, eps=1e-4):
    """You take another step than 1e-5 when none is given."""
    return _each(x, lambda step: (f(x + step) - f(x - step)) / (2 * eps), eps)


def relative_step(f, x, eps=1e-5):
    """You make the step proportional to the element; it is eps for every one."""
    scale = np.maximum(np.abs(x), 1)
    return _each(x, lambda step: (f(x + step * scale) - f(x - step * scale)) / (2 * eps), eps) / scale


def all_moved_at_once(f, x, eps=1e-5):
    """You move all elements together, which measures the sum of the slopes; move one at a time."""
    return np.full(x.shape, (f(x + eps) - f(x - eps)) / (2 * eps))


def steps_pile_up(f, x, eps=1e-5):
    """You leave each element moved while you go on to the next; put it back first."""
    moved = x.copy()
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        moved[index] += eps
        above = f(moved)
        moved[index] -= 2 * eps
        gradient[index] = (above - f(moved)) / (2 * eps)
    return gradient


def sign_flipped(f, x, eps=1e-5):
    """You subtract the value above from the value below; it is the other way round."""
    return _each(x, lambda step: (f(x - step) - f(x + step)) / (2 * eps), eps)


def copy_moved(f, x, eps=1e-5):
    """You move the elements of x.reshape(-1) or x.ravel(), which for a strided view is a copy, so f sees no
    change; index x itself.
    """
    gradient, flat = np.empty(x.size), x.reshape(-1)
    for i in range(x.size):
        old = flat[i]
        try:
            flat[i] = old + eps
            above = f(x)
            flat[i] = old - eps
            gradient[i] = (above - f(x)) / (2 * eps)
        finally:
            flat[i] = old
    return gradient.reshape(x.shape)


def _each(x, slope, eps):
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = eps
        gradient[index] = slope(step)
    return gradient
