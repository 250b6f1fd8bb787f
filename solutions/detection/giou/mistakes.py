import numpy as np


def hull_is_union(a, b):
    """You take the union for the hull, so nothing is subtracted and all boxes apart get 0; the hull is the
    smallest box around both.
    """
    intersection, union, _ = _areas(a, b)
    return _ratio(intersection, union) - _ratio(union - union, union)


def plus_one(a, b):
    """You measure a box's width as x2 - x1 + 1, the old pixel convention; here coordinates are continuous, so
    it is x2 - x1.
    """
    return _giou(*_areas(a, b, extra=1))


def clamped_at_zero(a, b):
    """You cut the result off at 0, where IoU ends; boxes apart have a negative GIoU, which is its purpose."""
    return np.maximum(_giou(*_areas(a, b)), 0.0)


def divided_by_union(a, b):
    """You divide the emptiness by the union; it is a share of the hull: (hull - union) / hull."""
    intersection, union, hull = _areas(a, b)
    return _ratio(intersection, union) - _ratio(hull - union, union)


def penalty_added(a, b):
    """You add the share of emptiness to the IoU; it is subtracted."""
    intersection, union, hull = _areas(a, b)
    return _ratio(intersection, union) + _ratio(hull - union, hull)


def hull_without_intersection(a, b):
    """You subtract (hull - intersection) / hull; empty is what neither box covers, hull - union."""
    intersection, union, hull = _areas(a, b)
    return _ratio(intersection, union) - _ratio(hull - intersection, hull)


def iou_over_hull(a, b):
    """You divide the intersection by the hull; the first term is the IoU, over the union."""
    intersection, union, hull = _areas(a, b)
    return _ratio(intersection, hull) - _ratio(hull - union, hull)


def intersection_counted_twice(a, b):
    """You add both areas for the union and so count the intersection twice; subtract it once."""
    intersection, union, hull = _areas(a, b)
    return _giou(intersection, union + intersection, hull)


def negative_overlap(a, b):
    """You multiply width by height of the overlap without clipping, so boxes apart get an area; clip both at
    0 first.
    """
    return _giou(*_areas(a, b, lowest=-np.inf))


def loss_returned(a, b):
    """You return 1 - GIoU, the loss; asked is GIoU itself."""
    return 1 - _giou(*_areas(a, b))


def all_pairs(a, b):
    """You compare every box of a with every box of b; asked is row i of a with row i of b."""
    shape = (len(a), len(b), 4)
    a, b = (np.broadcast_to(boxes, shape).reshape(-1, 4) for boxes in (a[:, None], b[None]))
    return _giou(*_areas(a, b)).reshape(shape[:2])


def nan_for_degenerate(a, b):
    """You divide 0 by 0 for boxes without area and get NaN; an empty union counts as IoU 0, and an empty hull
    gives 0.
    """
    intersection, union, hull = _areas(a, b)
    with np.errstate(invalid="ignore"):
        return intersection / union - (hull - union) / hull


def zero_for_empty_union(a, b):
    """You return 0 wherever the union is empty; only the IoU counts as 0 there, and a hull with an area is
    still subtracted.
    """
    intersection, union, hull = _areas(a, b)
    return np.where(union == 0, 0.0, _giou(intersection, union, hull))


def epsilon_in_denominators(a, b):
    """You add an epsilon to every denominator, which swamps the areas of small boxes; treat 0 apart."""
    intersection, union, hull = _areas(a, b)
    return intersection / (union + 1e-7) - (hull - union) / (hull + 1e-7)


def size_for_corner(a, b):
    """You take a row for x, y, width, height; it is x1, y1, x2, y2, two corners."""
    a, b = (np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]]) for boxes in (a, b))
    return _giou(*_areas(a, b))


def _giou(intersection, union, hull):
    return _ratio(intersection, union) - _ratio(hull - union, hull)


def _ratio(numerator, denominator):
    return numerator / np.where(denominator != 0, denominator, 1)


def _areas(a, b, extra=0, lowest=0):
    """Return the areas of intersection, union and hull of every pair."""
    sides = np.minimum(a[:, 2:], b[:, 2:]) - np.maximum(a[:, :2], b[:, :2]) + extra
    intersection = np.maximum(sides, lowest).prod(axis=1)
    hull = (np.maximum(a[:, 2:], b[:, 2:]) - np.minimum(a[:, :2], b[:, :2]) + extra).prod(axis=1)
    area_a, area_b = ((boxes[:, 2:] - boxes[:, :2] + extra).prod(axis=1) for boxes in (a, b))
    return intersection, area_a + area_b - intersection, hull
