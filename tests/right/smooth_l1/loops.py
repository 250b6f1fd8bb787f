"""Plain Python floats, one element after the other."""


def smooth_l1(pred, target, beta=1.0):
    total = 0.0
    for p, t in zip(pred.ravel().tolist(), target.ravel().tolist(), strict=True):
        error = abs(p - t)
        if error < beta:
            total += 0.5 * error * error / beta
        else:
            total += error - 0.5 * beta
    return total / pred.size
