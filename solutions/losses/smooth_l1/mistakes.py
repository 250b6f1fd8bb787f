import numpy as np


def half_beta_missing(pred, target, beta=1.0):
    """You charge large errors as they are, so the loss jumps up at beta; the linear piece is less by beta /
    2.
    """
    return _mean(pred, target, beta, linear=lambda e: e)


def half_for_half_beta(pred, target, beta=1.0):
    """You subtract 1/2 on the linear piece whatever beta is; it is beta / 2, so that the pieces meet."""
    return _mean(pred, target, beta, linear=lambda e: e - 0.5)


def huber_scale(pred, target, beta=1.0):
    """You compute Huber's loss, beta times too large; here the linear piece has slope 1 for every beta."""
    return _mean(pred, target, beta, quadratic=lambda e: e**2 / 2, linear=lambda e: beta * (e - beta / 2))


def boundary_discontinuous(pred, target, beta=1.0):
    """You do not divide the quadratic piece by beta, so the pieces meet for beta = 1 only; it is
    e**2 / (2 * beta).
    """
    return _mean(pred, target, beta, quadratic=lambda e: e**2 / 2)


def factor_half_missing(pred, target, beta=1.0):
    """You charge e**2 / beta for small errors, which is twice too much where the pieces meet; divide by
    2 * beta.
    """
    return _mean(pred, target, beta, quadratic=lambda e: e**2 / beta)


def boundary_at_one(pred, target, beta=1.0):
    """You switch pieces at an error of 1 whatever beta is; they meet at beta."""
    error = np.abs(pred - target)
    if beta == 0:
        return error.mean()
    return np.where(error < 1, error**2 / (2 * beta), error - beta / 2).mean()


def pieces_swapped(pred, target, beta=1.0):
    """You take the quadratic piece for large errors and the linear one for small ones; exchange them."""
    error = np.abs(pred - target)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(error < beta, error - beta / 2, error**2 / (2 * np.float64(beta))).mean()


def beta_ignored(pred, target, beta=1.0):
    """You write the beta 1 into the formula; take the one that is given."""
    return _mean(pred, target, beta**0)


def beta_zero_nan(pred, target, beta=1.0):
    """You divide 0 by 0 where beta and an error are both 0; with beta = 0 the loss is L1, and such an error
    costs 0.
    """
    error = np.abs(pred - target)
    with np.errstate(divide="ignore", invalid="ignore"):
        quadratic = error**2 / (2 * np.float64(beta))
    return np.where(error <= beta, quadratic, error - beta / 2).mean()


def sign_kept(pred, target, beta=1.0):
    """You compare the error with its sign, so negative ones always count as small; take its absolute value
    first.
    """
    error = pred - target
    losses = error - beta / 2
    small = error < beta
    with np.errstate(divide="ignore"):
        losses[small] = error[small] ** 2 / (2 * np.float64(beta))
    return losses.mean()


def sum_not_mean(pred, target, beta=1.0):
    """You add up the losses of the elements; asked is their mean."""
    return _mean(pred, target, beta) * pred.size


def sum_over_coordinates(pred, target, beta=1.0):
    """You divide by the length of the first axis alone, as when the four offsets of a box are summed; the
    mean is over every element.
    """
    return _mean(pred, target, beta) * pred.size / len(pred)


def squared_error(pred, target, beta=1.0):
    """You charge large errors with their square, too; from beta on the loss is linear."""
    error = np.abs(pred - target)
    return (error**2 / (2 * beta)).mean() if beta else error.mean()


def _mean(pred, target, beta, quadratic=None, linear=None):
    error = np.abs(pred - target)
    if beta == 0:  # often looked after first, whatever goes wrong later
        return error.mean()
    losses = linear(error) if linear else error - beta / 2
    small = error < beta
    losses = np.array(losses)
    losses[small] = quadratic(error[small]) if quadratic else error[small] ** 2 / (2 * beta)
    return losses.mean()
