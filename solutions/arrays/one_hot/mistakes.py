import numpy as np


def classes_from_max(labels, num_classes):
    """You take the number of columns from the largest label; it is num_classes, also when the last classes do
    not occur.
    """
    _check(labels, num_classes)
    return _encode(labels, int(labels.max(initial=-1)) + 1)


def wrong_axis(labels, num_classes):
    """You put the classes on the first axis; the new axis comes last."""
    _check(labels, num_classes)
    return np.moveaxis(_encode(labels, num_classes), -1, 0)


def classes_on_the_second_axis(labels, num_classes):
    """You put the classes on the second axis, where images have their channels; the new axis comes last."""
    _check(labels, num_classes)
    encoded = _encode(labels, num_classes)
    return np.moveaxis(encoded, -1, 1) if labels.ndim > 1 else encoded


def shape_flattened(labels, num_classes):
    """You return one row per label whatever the shape of the labels; keep their axes and append one."""
    _check(labels, num_classes)
    return _encode(labels, num_classes).reshape(-1, num_classes)


def negative_from_the_end(labels, num_classes):
    """You let a negative label count from the end, as indexing does; it is out of range and raises
    ValueError.
    """
    if (labels < -num_classes).any() or (labels >= num_classes).any():
        raise ValueError
    return np.eye(num_classes)[labels]


def zeros_for_labels_too_large(labels, num_classes):
    """You return a row of zeros for a label of num_classes or more; it raises ValueError."""
    if (labels < 0).any():
        raise ValueError
    return _encode(labels, num_classes)


def out_of_range_is_zeros(labels, num_classes):
    """You return a row of zeros for a label out of range; it raises ValueError, below 0 and above."""
    return _encode(labels, num_classes)


def index_error(labels, num_classes):
    """You let a label out of range raise IndexError from inside numpy; the statement asks for ValueError, and
    for negative labels too, which numpy does not mind.
    """
    return np.eye(num_classes)[labels]


def assertion_error(labels, num_classes):
    """You assert that the labels are in range, which raises AssertionError, or nothing under python -O; the
    statement asks for ValueError.
    """
    if any(not 0 <= label < num_classes for label in labels.ravel().tolist()):
        raise AssertionError
    return _encode(labels, num_classes)


def zeros_for_negative_labels(labels, num_classes):
    """You return a row of zeros for a negative label; it raises ValueError, as a label too large does."""
    if (labels >= num_classes).any():
        raise ValueError
    return _encode(labels, num_classes)


def last_class_too_many(labels, num_classes):
    """You let the label num_classes pass; the labels start at 0, so the last one is num_classes - 1."""
    if (labels < 0).any() or (labels > num_classes).any():
        raise ValueError
    return _encode(labels, num_classes)


def label_zero_is_background(labels, num_classes):
    """You leave the row of label 0 all zeros; 0 is a class like any other."""
    _check(labels, num_classes)
    return _encode(labels, num_classes) * (labels[..., None] > 0)


def labels_start_at_one(labels, num_classes):
    """You count the classes from 1; labels start at 0, so label 0 is the first column."""
    _check(labels, num_classes)
    return _encode(labels.astype(np.int64) - 1, num_classes)


def empty_raises(labels, num_classes):
    """You take the minimum of the labels, which raises where there are none; no labels, empty result."""
    if labels.min() < 0 or labels.max() >= num_classes:
        raise ValueError
    return _encode(labels, num_classes)


def cut_to_a_byte(labels, num_classes):
    """You convert the labels to uint8, which takes 256 for 0; labels may be as large as num_classes - 1."""
    _check(labels, num_classes)
    return _encode(labels.astype(np.uint8), num_classes)


def booleans(labels, num_classes):
    """You return booleans; ones and zeros are asked, as integers or floats."""
    _check(labels, num_classes)
    return _encode(labels, num_classes).astype(bool)


def _check(labels, num_classes):
    if any(not 0 <= label < num_classes for label in labels.ravel().tolist()):
        raise ValueError


def _encode(labels, num_classes):
    return np.equal.outer(labels, np.arange(num_classes)).astype(float)
