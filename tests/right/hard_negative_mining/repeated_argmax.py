"""Takes the worst negative again and again; what is taken, like a positive, counts as minus one."""

import numpy as np


def hard_negative_mining(losses, is_positive, ratio=3):
    keep = np.array(is_positive, order="F")
    left = np.where(is_positive, -1.0, losses)
    for i in range(losses.shape[0]):
        for _ in range(ratio * int(is_positive[i].sum())):
            j = left[i].argmax()
            if left[i, j] < 0:
                break
            keep[i, j] = True
            left[i, j] = -1
    return keep
