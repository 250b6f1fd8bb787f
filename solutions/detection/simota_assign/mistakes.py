import math

import numpy as np


def fixed_k(cost, ious, top_k=10):  # noqa: ARG001
    """You give every object top_k anchors; each has its own k, the sum of its top_k largest IoUs."""
    return _assign(cost, [min(top_k, cost.shape[1])] * len(cost))


def conflict_to_first(cost, ious, top_k=10):
    """You leave a disputed anchor to the first that claims it; it goes to the object with the lowest cost."""
    return _assign(cost, _dynamic_k(ious, top_k), priority=lambda truth, _anchor: truth)


def conflict_to_last(cost, ious, top_k=10):
    """You let later objects overwrite the claims of earlier ones; a disputed anchor goes to the object with
    the lowest cost.
    """
    return _assign(cost, _dynamic_k(ious, top_k), priority=lambda truth, _anchor: -truth)


def conflict_to_best_iou(cost, ious, top_k=10):
    """You give a disputed anchor to the object of largest IoU; it goes to the one with the lowest cost."""
    return _assign(cost, _dynamic_k(ious, top_k), priority=lambda truth, anchor: -ious[truth, anchor])


def conflict_to_dearest(cost, ious, top_k=10):
    """You give a disputed anchor to the object with the highest cost; it goes to the one with the lowest."""
    return _assign(cost, _dynamic_k(ious, top_k), priority=lambda truth, anchor: -cost[truth, anchor])


def k_rounded_up(cost, ious, top_k=10):
    """You round the sum of IoUs up; its fraction is cut off."""
    return _assign(cost, _dynamic_k(ious, top_k, whole=math.ceil))


def k_rounded_to_nearest(cost, ious, top_k=10):
    """You round the sum of IoUs to the nearest integer; its fraction is cut off."""
    return _assign(cost, _dynamic_k(ious, top_k, whole=round))


def k_may_be_zero(cost, ious, top_k=10):
    """You give no anchor to an object whose IoUs sum to less than 1; it gets at least one."""
    return _assign(cost, _dynamic_k(ious, top_k, least=0))


def all_ious_summed(cost, ious, top_k=10):  # noqa: ARG001
    """You sum all IoUs of an object; only the top_k largest count."""
    return _assign(cost, _dynamic_k(ious, ious.shape[1]))


def first_ious_summed(cost, ious, top_k=10):
    """You sum the first top_k IoUs of a row; the top_k largest count, so sort first."""
    return _assign(cost, [max(int(row[:top_k].sum()), 1) for row in ious])


def ious_of_cheapest_summed(cost, ious, top_k=10):
    """You sum the IoUs of the top_k cheapest anchors; the top_k largest IoUs count, whatever their cost."""
    cheapest = np.argsort(cost, axis=1, kind="stable")[:, :top_k]
    return _assign(cost, [max(int(ious[t, anchors].sum()), 1) for t, anchors in enumerate(cheapest)])


def best_iou_claimed(cost, ious, top_k=10):
    """You claim the anchors of largest IoU; an object claims those of lowest cost."""
    return _assign(cost, _dynamic_k(ious, top_k), choose_by=-ious)


def dearest_claimed(cost, ious, top_k=10):
    """You claim the anchors of highest cost; an object claims those of lowest cost."""
    return _assign(cost, _dynamic_k(ious, top_k), choose_by=-cost)


def later_of_equals(cost, ious, top_k=10):
    """You claim the later of two anchors of equal cost; the earlier one comes first."""
    return _assign(cost[:, ::-1], _dynamic_k(ious, top_k))[::-1]


def losers_get_replacement(cost, ious, top_k=10):
    """You let an object that loses an anchor claim the next one instead; there is no replacement."""
    assigned, ks = np.full(cost.shape[1], -1), _dynamic_k(ious, top_k)
    while True:
        wanted = [
            [a for a in np.argsort(cost[t], kind="stable") if assigned[a] in (-1, t)][:k]
            for t, k in enumerate(ks)
        ]
        new = [(cost[t, a], t, a) for t, anchors in enumerate(wanted) for a in anchors if assigned[a] == -1]
        if not new:
            return assigned
        _, truth, anchor = min(new)
        assigned[anchor] = truth


def background_is_zero(cost, ious, top_k=10):
    """You leave anchors that nobody claims at 0, which is the first object; background is -1."""
    return np.maximum(_assign(cost, _dynamic_k(ious, top_k)), 0)


def _dynamic_k(ious, top_k, whole=int, least=1):
    return [max(whole(float(np.sort(row)[::-1][:top_k].sum())), least) for row in ious]


def _assign(cost, ks, priority=None, choose_by=None):
    """Assign anchors when the number of each object's claims is known; a low priority wins."""
    assigned = np.full(cost.shape[1], -1)
    best = np.full(cost.shape[1], np.inf)
    for truth, k in enumerate(ks):
        for anchor in np.argsort((cost if choose_by is None else choose_by)[truth], kind="stable")[:k]:
            value = priority(truth, anchor) if priority else cost[truth, anchor]
            if value < best[anchor]:
                assigned[anchor], best[anchor] = truth, value
    return assigned
