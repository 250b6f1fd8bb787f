"""Takes the classes in one at a time; no maximum is ever computed."""

import numpy as np


def cross_entropy(logits, targets):
    log_sum_exp = np.logaddexp.reduce(logits, axis=1)
    true = np.take_along_axis(logits, targets.astype(np.int64)[:, np.newaxis], axis=1)[:, 0]
    return np.asarray(np.average(log_sum_exp - true))
