import numpy as np


def plus_one(a, b):
    """You measure a box's width as x2 - x1 + 1, the old pixel convention; here coordinates are
    continuous, so it is x2 - x1.
    """
    return _divide(*_areas(a, b, extra=1))


def negative_overlap(a, b):
    """You multiply width by height of the overlap without clipping, so boxes apart get an area; clip
    both at 0 first.
    """
    return _divide(*_areas(a, b, clip=lambda sides: sides.prod(axis=2)))


def product_clipped(a, b):
    """You clip the area of the overlap at 0, but two negative sides have a positive product; clip width
    and height.
    """
    return _divide(*_areas(a, b, clip=lambda sides: np.maximum(sides.prod(axis=2), 0)))


def intersection_counted_twice(a, b):
    """You add both areas for the union and so count the intersection twice; subtract it once."""
    intersection, areas = _areas(a, b)
    return _divide(intersection, areas, union=areas)


def nan_for_degenerate(a, b):
    """You divide 0 by 0 for two boxes without area and get NaN; their IoU is 0."""
    intersection, areas = _areas(a, b)
    with np.errstate(invalid="ignore"):
        return intersection / (areas - intersection)


def one_for_degenerate(a, b):
    """You say 1 for two boxes without area; a box without area has IoU 0 with everything."""
    intersection, areas = _areas(a, b)
    return np.where(areas == 0, 1.0, _divide(intersection, areas))


def epsilon_in_union(a, b):
    """You add an epsilon to every union, which swamps the area of small boxes; treat a union of 0 apart."""
    intersection, areas = _areas(a, b)
    return intersection / (areas - intersection + 1e-7)


def integers_truncated(a, b):
    """You store the IoU in an array of the boxes' dtype, so integer boxes have only 0 and 1; the result
    is float.
    """
    return _divide(*_areas(a, b)).astype(a.dtype)


def over_smaller_area(a, b):
    """You divide by the area of the smaller box; divide by the area that the two cover together."""
    intersection, _ = _areas(a, b)
    smaller = np.minimum((a[:, 2:] - a[:, :2]).prod(axis=1)[:, None], (b[:, 2:] - b[:, :2]).prod(axis=1))
    return _divide(intersection, smaller, union=smaller)


def size_for_corner(a, b):
    """You take a row for x, y, width, height; it is x1, y1, x2, y2, two corners."""
    a, b = (np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]]) for boxes in (a, b))
    return _divide(*_areas(a, b))


def transposed(a, b):
    """You give a row per box of b; a row per box of a is asked, so the shape is (n, m)."""
    return _divide(*_areas(b, a))


def pairs_only(a, b):
    """You compare box i of a with box i of b alone; every box of a is to be compared with every box of b."""
    shorter = min(len(a), len(b))
    return np.diagonal(_divide(*_areas(a[:shorter], b[:shorter]))).copy()


def empty_shape_lost(a, b):
    """You return an array of shape (0,) when there are no boxes in a, as np.array([]) does; keep the
    shape (0, m).
    """
    return np.array([_divide(*_areas(row[None], b))[0] for row in a])


def _areas(a, b, extra=0, clip=lambda sides: np.maximum(sides, 0).prod(axis=2)):
    """Return the intersection of every pair, and the sum of their areas."""
    sides = np.minimum(a[:, None, 2:], b[:, 2:]) - np.maximum(a[:, None, :2], b[:, :2]) + extra
    areas_a, areas_b = ((boxes[:, 2:] - boxes[:, :2] + extra).prod(axis=1) for boxes in (a, b))
    return clip(sides), areas_a[:, None] + areas_b


def _divide(intersection, areas, union=None):
    union = areas - intersection if union is None else union
    return intersection / np.where(union != 0, union, 1)
