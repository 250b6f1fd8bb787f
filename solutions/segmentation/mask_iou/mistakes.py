import numpy as np


def uint8_overflow(a, b):
    """You count in uint8, which goes back to 0 after 255; count in a wide integer or in float."""
    a, b = _flat(a).astype(np.uint8), _flat(b).astype(np.uint8)
    intersection = (a @ b.T).astype(np.float64)
    return _ratio(intersection, a.sum(axis=1)[:, None] + b.sum(axis=1) - intersection)


def uint16_overflow(a, b):
    """You count in uint16, which goes back to 0 after 65535; a mask may have more pixels than that."""
    a, b = _flat(a).astype(np.uint16), _flat(b).astype(np.uint16)
    intersection = (a @ b.T).astype(np.float64)
    return _ratio(intersection, a.sum(axis=1)[:, None] + b.sum(axis=1) - intersection)


def boolean_product(a, b):
    """You multiply boolean matrices, which gives booleans: whether the masks meet, not in how many pixels;
    turn the masks into numbers first.
    """
    a, b = _flat(a), _flat(b)
    intersection = (a @ b.T).astype(np.float64)
    return _ratio(intersection, a.sum(axis=1)[:, None] + b.sum(axis=1) - intersection)


def empty_nan(a, b):
    """You divide 0 by 0 where both masks are empty; the IoU is 0 there."""
    intersection, union = _counts(a, b)
    with np.errstate(invalid="ignore"):
        return intersection / union


def empty_one(a, b):
    """You give two empty masks the IoU 1, because they are the same; here it is 0."""
    intersection, union = _counts(a, b)
    return np.where(union == 0, 1.0, _ratio(intersection, union))


def bounding_box_iou(a, b):
    """You compare the boxes around the masks; compare the masks themselves, pixel by pixel."""
    return _ratio(*_counts(_filled(a), _filled(b)))


def dice(a, b):
    """You compute the Dice coefficient, twice the intersection over the sum of areas; IoU divides the
    intersection by the union.
    """
    intersection, union = _counts(a, b)
    return _ratio(2 * intersection, union + intersection)


def intersection_counted_twice(a, b):
    """You add both areas for the union and so count the intersection twice; subtract it once."""
    intersection, union = _counts(a, b)
    return _ratio(intersection, union + intersection)


def over_the_first(a, b):
    """You divide by the area of the mask of a; divide by the union of both."""
    intersection, _ = _counts(a, b)
    return _ratio(intersection, np.broadcast_to(_flat(a).sum(axis=1)[:, None], intersection.shape))


def over_the_smaller(a, b):
    """You divide by the smaller area, so that a mask inside another gets 1; divide by the union."""
    intersection, _ = _counts(a, b)
    return _ratio(intersection, np.minimum.outer(_flat(a).sum(axis=1), _flat(b).sum(axis=1)))


def pixel_accuracy(a, b):
    """You count every pixel on which the masks agree, background included; IoU ignores what is in neither."""
    return (a[:, None] == b).mean(axis=(2, 3))


def transposed(a, b):
    """You return a row per mask of b; rows belong to a, columns to b."""
    return _ratio(*_counts(b, a))


def _flat(masks):
    return masks.reshape(len(masks), masks.shape[1] * masks.shape[2])


def _counts(a, b):
    both = np.einsum("np,mp->nm", _flat(a).astype(np.float64), _flat(b).astype(np.float64))
    return both, _flat(a).sum(axis=1)[:, None] + _flat(b).sum(axis=1) - both


def _ratio(part, whole):
    return np.divide(part, whole, out=np.zeros_like(part), where=whole != 0)


def _filled(masks):
    filled = np.zeros_like(masks)
    for mask, box in zip(masks, filled, strict=True):
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if len(rows):
            box[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] = True
    return filled
