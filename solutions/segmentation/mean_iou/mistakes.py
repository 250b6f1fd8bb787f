import numpy as np


def mean_of_images(pred, target, num_classes, ignore_index=None):
    """You grade every image by itself and take the mean; count the pixels of the whole batch together."""
    pairs = zip(pred, target, strict=True)
    scores = np.array([_mean(*_counts(p, t, num_classes, t != ignore_index)) for p, t in pairs])
    return scores[~np.isnan(scores)].mean() if (~np.isnan(scores)).any() else np.nan


def absent_class_zero(pred, target, num_classes, ignore_index=None):
    """You count a class that occurs nowhere as 0, which lowers the mean; leave it out."""
    both, either = _counts(pred, target, num_classes, target != ignore_index)
    return (both / np.maximum(either, 1)).mean() if either.any() else np.nan


def absent_class_one(pred, target, num_classes, ignore_index=None):
    """You count a class that occurs nowhere as 1, which raises the mean; leave it out."""
    both, either = _counts(pred, target, num_classes, target != ignore_index)
    ious = np.where(either > 0, both / np.maximum(either, 1), 1)
    return ious.mean() if either.any() else np.nan


def absent_class_nan(pred, target, num_classes, ignore_index=None):
    """You divide 0 by 0 for a class that occurs nowhere, and the whole mean is NaN; leave the class out."""
    both, either = _counts(pred, target, num_classes, target != ignore_index)
    with np.errstate(invalid="ignore"):
        return (both / either).mean()


def nothing_left_zero(pred, target, num_classes, ignore_index=None):
    """You return 0 where no pixel is left; without anything to average the result is NaN."""
    score = _mean(*_counts(pred, target, num_classes, target != ignore_index))
    return 0.0 if np.isnan(score) else score


def ignored_counted(pred, target, num_classes, ignore_index=None):  # noqa: ARG001
    """You count ignored pixels too; remove every pixel whose target is ignore_index, from both arrays."""
    return _mean(*_counts(pred, target, num_classes, np.full(target.shape, True)))


def ignored_in_target_only(pred, target, num_classes, ignore_index=None):
    """You leave what is predicted on ignored pixels in the union, as false alarms; remove these pixels
    from the prediction as well.
    """
    keep = target != ignore_index
    both, _ = _counts(pred, target, num_classes, keep)
    predicted = np.array([(pred == c).sum() for c in range(num_classes)])
    true = np.array([(target[keep] == c).sum() for c in range(num_classes)])
    return _mean(both, predicted + true - both)


def ignored_by_prediction(pred, target, num_classes, ignore_index=None):
    """You also ignore pixels where ignore_index is predicted; only the target decides what is ignored."""
    return _mean(*_counts(pred, target, num_classes, (target != ignore_index) & (pred != ignore_index)))


def ignored_class_left_out(pred, target, num_classes, ignore_index=None):
    """You leave the ignored class out of the mean; ignoring removes pixels, and a class that is still
    predicted on other pixels counts, with an IoU of 0.
    """
    both, either = _counts(pred, target, num_classes, target != ignore_index)
    if ignore_index is not None and 0 <= ignore_index < num_classes:
        either[ignore_index] = 0
    return _mean(both, either)


def ignore_zero_forgotten(pred, target, num_classes, ignore_index=None):
    """You test ignore_index for truth, so that 0 is taken for "none given"; compare it with None."""
    keep = target != ignore_index if ignore_index else np.full(target.shape, True)
    return _mean(*_counts(pred, target, num_classes, keep))


def pixel_accuracy(pred, target, num_classes, ignore_index=None):  # noqa: ARG001
    """You return the share of pixels that are right; asked is the mean of the classes' IoU."""
    keep = target != ignore_index
    return (pred[keep] == target[keep]).mean() if keep.any() else np.nan


def recall_of_classes(pred, target, num_classes, ignore_index=None):
    """You divide by the pixels of the class in the target alone; divide by those in pred or in target."""
    keep = target != ignore_index
    both, _ = _counts(pred, target, num_classes, keep)
    return _mean(both, np.array([(target[keep] == c).sum() for c in range(num_classes)]))


def only_classes_of_the_target(pred, target, num_classes, ignore_index=None):
    """You leave out a class that is only predicted; it has IoU 0 and counts, for it has a union."""
    keep = target != ignore_index
    both, either = _counts(pred, target, num_classes, keep)
    return _mean(both, np.where([(target[keep] == c).any() for c in range(num_classes)], either, 0))


def dice(pred, target, num_classes, ignore_index=None):
    """You compute Dice coefficients, twice the intersection over both sizes; IoU divides by the union."""
    both, either = _counts(pred, target, num_classes, target != ignore_index)
    return _mean(2 * both, either + both)


def intersection_counted_twice(pred, target, num_classes, ignore_index=None):
    """You add the pixels of pred and of target for the union and so count those in both twice; subtract them
    once.
    """
    both, either = _counts(pred, target, num_classes, target != ignore_index)
    return _mean(both, either + both)


def pooled_over_classes(pred, target, num_classes, ignore_index=None):
    """You add up intersections and unions of all classes before you divide; divide for each class, then take
    the mean.
    """
    both, either = _counts(pred, target, num_classes, target != ignore_index)
    return both.sum() / either.sum() if either.any() else np.nan


def weighted_by_frequency(pred, target, num_classes, ignore_index=None):
    """You weigh every class by its pixels; all classes weigh the same."""
    keep = target != ignore_index
    both, either = _counts(pred, target, num_classes, keep)
    frequency = np.array([(target[keep] == c).sum() for c in range(num_classes)])
    return (frequency * both / np.maximum(either, 1)).sum() / frequency.sum() if keep.any() else np.nan


def background_left_out(pred, target, num_classes, ignore_index=None):
    """You leave class 0 out, as if it were background; it counts like any other."""
    both, either = _counts(pred, target, num_classes, target != ignore_index)
    return _mean(both[1:], either[1:])


def uint8_overflow(pred, target, num_classes, ignore_index=None):
    """You compute target * num_classes + pred in the dtype of the labels; in uint8 it goes back to 0 after
    255, so widen the labels first.
    """
    keep = target != ignore_index
    narrow = np.result_type(pred, target)
    codes = target[keep].astype(narrow) * narrow.type(num_classes) + pred[keep].astype(narrow)
    confusion = np.bincount(codes.astype(np.int64), minlength=num_classes**2)[: num_classes**2]
    confusion = confusion.reshape(num_classes, num_classes)
    both = np.diag(confusion)
    return _mean(both, confusion.sum(axis=0) + confusion.sum(axis=1) - both)


def _counts(pred, target, num_classes, keep):
    """Return the intersection and the union of each class."""
    pred, target = pred[keep], target[keep]
    both = [((pred == c) & (target == c)).sum() for c in range(num_classes)]
    either = [((pred == c) | (target == c)).sum() for c in range(num_classes)]
    return np.array(both), np.array(either)


def _mean(both, either):
    there = either > 0
    return (both[there] / either[there]).mean() if there.any() else np.nan
