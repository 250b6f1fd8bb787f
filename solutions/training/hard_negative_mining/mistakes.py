import numpy as np


def pooled_over_batch(losses, is_positive, ratio=3):
    """You choose the worst negatives of the whole batch; each image has its own budget and its own order."""
    return _mine(losses.reshape(1, -1), is_positive.reshape(1, -1), ratio).reshape(losses.shape)


def budget_of_the_batch(losses, is_positive, ratio=3):
    """You give every image the budget of all positives of the batch; it has that of its own positives."""
    return _mine(losses, is_positive, ratio, positives=lambda _row: is_positive.sum())


def average_budget(losses, is_positive, ratio=3):
    """You give every image the same, average budget; it has that of its own positives."""
    return _mine(losses, is_positive, ratio, positives=lambda _row: is_positive.sum() // len(losses))


def easiest_kept(losses, is_positive, ratio=3):
    """You keep the negatives of smallest loss, as an ascending sort gives them; the largest are asked."""
    return _mine(-losses, is_positive, ratio)


def first_negatives_kept(losses, is_positive, ratio=3):
    """You keep the first negatives that come; those with the largest losses are asked."""
    return _mine(np.zeros_like(losses), is_positive, ratio)


def positives_ranked(losses, is_positive, ratio=3):
    """You rank positives together with negatives, so that they use up the budget; only negatives compete for
    it.
    """
    order = np.argsort(-losses, axis=1, kind="stable")
    return is_positive | (np.argsort(order, axis=1) < ratio * is_positive.sum(axis=1, keepdims=True))


def positives_ranked_as_zero(losses, is_positive, ratio=3):
    """You set the losses of positives to 0, so that they rank before negatives with loss 0; take minus
    infinity, or leave them out.
    """
    return positives_ranked(np.where(is_positive, 0, losses), is_positive, ratio)


def positives_in_the_budget(losses, is_positive, ratio=3):
    """You count the positives as part of the ratio times positives that are kept; so many negatives are kept,
    and the positives on top.
    """
    return _mine(losses, is_positive, max(ratio - 1, 0))


def positives_dropped(losses, is_positive, ratio=3):
    """You return the negatives alone; the positives are kept, too."""
    return _mine(losses, is_positive, ratio) & ~is_positive


def worst_positives_only(losses, is_positive, ratio=3):
    """You treat all anchors alike and keep the worst of them; every positive is kept, whatever its loss."""
    order = np.argsort(-losses, axis=1, kind="stable")
    return np.argsort(order, axis=1) < (ratio + 1) * is_positive.sum(axis=1, keepdims=True)


def order_for_rank(losses, is_positive, ratio=3):
    """You compare the sorted indices themselves with the budget; an anchor's rank is its place in them, the
    argsort of the argsort.
    """
    order = np.argsort(-np.where(is_positive, -np.inf, losses), axis=1, kind="stable")
    return is_positive | (order < ratio * is_positive.sum(axis=1, keepdims=True))


def places_among_negatives(losses, is_positive, ratio=3):
    """You sort the negatives apart and take their places among themselves for anchors; look up which anchors
    they are.
    """
    keep = is_positive.copy()
    for mine, row, positive in zip(keep, losses, is_positive, strict=True):
        order = np.argsort(-row[~positive], kind="stable")
        mine[order[: ratio * positive.sum()]] = True
    return keep


def ties_all_kept(losses, is_positive, ratio=3):
    """You keep every negative that reaches the last loss within the budget, and so more than asked when
    losses are equal; of these the earlier anchors are kept.
    """
    mask = _mine(losses, is_positive, ratio)
    kept = mask & ~is_positive
    for image in range(len(losses)):
        if kept[image].any():
            mask[image] |= losses[image] >= losses[image, kept[image]].min()
    return mask


def later_of_equals(losses, is_positive, ratio=3):
    """You keep the later of equal losses, as reversing an ascending sort does; the earlier anchor is kept."""
    return _mine(losses[:, ::-1], is_positive[:, ::-1], ratio)[:, ::-1]


def some_without_positives(losses, is_positive, ratio=3):
    """You keep negatives in an image without positives; it keeps nothing."""
    return _mine(losses, is_positive, ratio, positives=lambda row: max(row.sum(), 1))


def all_without_positives(losses, is_positive, ratio=3):
    """You keep every anchor of an image without positives; it keeps nothing."""
    return _mine(losses, is_positive, ratio) | ~is_positive.any(axis=1, keepdims=True)


def ratio_ignored(losses, is_positive, ratio=3):  # noqa: ARG001
    """You keep three negatives for each positive, always; take the ratio that is given."""
    return _mine(losses, is_positive, 3)


def ratio_per_image(losses, is_positive, ratio=3):
    """You keep `ratio` negatives in an image that has positives; it is so many for each positive."""
    return _mine(losses, is_positive, ratio, positives=lambda row: row.any() * 1)


def along_images(losses, is_positive, ratio=3):
    """You sort along the images, each anchor for itself; sort along the anchors of each image."""
    return _mine(losses.T, is_positive.T, ratio).T


def mask_written_in_place(losses, is_positive, ratio=3):
    """You write the negatives into the mask that was passed in, as |= does; make a new one."""
    is_positive |= _mine(losses, is_positive, ratio)
    return is_positive


def losses_overwritten(losses, is_positive, ratio=3):
    """You overwrite the losses of the positives in the array that was passed in; work on a copy."""
    mask = _mine(losses, is_positive, ratio)
    losses[is_positive] = -np.inf
    return mask


def _mine(losses, is_positive, ratio, positives=np.sum):
    keep = is_positive.copy()
    for row, mask, hardness in zip(keep, is_positive, losses, strict=True):
        negatives = np.flatnonzero(~mask)
        order = np.argsort(-hardness[negatives], kind="stable")
        row[negatives[order[: ratio * positives(mask)]]] = True
    return keep
