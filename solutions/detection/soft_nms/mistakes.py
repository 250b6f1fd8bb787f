import numpy as np


def not_reselected(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You go through the boxes in the order of the scores that were given; after every selection the best
    current score has to be looked for anew.
    """
    return _one_pass(boxes, scores, sigma, score_threshold)


def sorted_at_the_end(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You decay in the order of the scores that were given and sort by the decayed ones at the end; the order
    of selection itself follows the decayed scores, and decides who decays whom.
    """
    indices, decayed = _one_pass(boxes, scores, sigma, score_threshold)
    order = np.argsort(-decayed, kind="stable")
    return indices[order], decayed[order]


def linear_decay(boxes, scores, sigma=0.5, score_threshold=0.001):  # noqa: ARG001
    """You multiply by 1 - iou, the linear penalty; asked is the Gaussian one, exp(-iou² / sigma)."""
    return _select(boxes, scores, score_threshold, lambda iou: 1 - iou)


def linear_decay_above_a_threshold(boxes, scores, sigma=0.5, score_threshold=0.001):  # noqa: ARG001
    """You multiply by 1 - iou where the IoU exceeds 0.3, the linear penalty; asked is the Gaussian one,
    exp(-iou² / sigma), for every overlap.
    """
    return _select(boxes, scores, score_threshold, lambda iou: np.where(iou > 0.3, 1 - iou, 1.0))


def sigma_squared(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You divide by the square of sigma; the exponent is -iou² / sigma."""
    return _select(boxes, scores, score_threshold, lambda iou: np.exp(-(iou**2) / sigma**2))


def sigma_as_deviation(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You take sigma for a standard deviation and divide by 2 sigma², which equals sigma only at 1/2; the
    exponent is -iou² / sigma.
    """
    return _select(boxes, scores, score_threshold, lambda iou: np.exp(-(iou**2) / (2 * sigma**2)))


def iou_not_squared(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You leave the IoU as it is; in the exponent it is squared."""
    return _select(boxes, scores, score_threshold, lambda iou: np.exp(-iou / sigma))


def sigma_ignored(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You write the sigma 0.5 into the formula; take the one that is given."""
    return _select(boxes, scores, score_threshold, lambda iou: np.exp(-(iou**2) / (0.5 + 0 * sigma)))


def suppressed_instead(boxes, scores, sigma=0.5, score_threshold=0.001):  # noqa: ARG001
    """You throw away what overlaps by more than a half, as plain NMS does; here every overlap only lowers the
    score, by exp(-iou² / sigma).
    """
    return _select(boxes, scores, score_threshold, lambda iou: np.where(iou > 0.5, -1.0, 1.0))


def decays_do_not_add_up(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You decay the score that was given, so that only one overlap counts; each decay multiplies the current
    score.
    """
    current, indices, decayed = scores.astype(float), [], []
    left = list(range(len(scores)))
    while left and current[left].max() >= score_threshold:
        best = left.pop(int(np.argmax(current[left])))
        indices.append(best)
        decayed.append(current[best])
        for i in left:
            iou = _iou(boxes[best], boxes[i])
            current[i] = min(current[i], scores[i] * np.exp(-(iou**2) / sigma))
    return np.array(indices, np.int64), np.array(decayed, float)


def selected_decay_too(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You go on decaying the scores of boxes that are already selected; they keep what they had then."""
    indices, _ = _gaussian(boxes, scores, sigma, score_threshold)
    current = scores.astype(float)
    for best in indices:
        for i in range(len(scores)):
            if i != best:
                current[i] *= np.exp(-(_iou(boxes[best], boxes[i]) ** 2) / sigma)
    return indices, current[indices]


def original_scores(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You return the scores that were given; asked are the decayed ones."""
    indices, _ = _gaussian(boxes, scores, sigma, score_threshold)
    return indices, scores[indices]


def strict_threshold(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You ask for a score greater than the threshold; an equal one is enough."""
    return _gaussian(boxes, scores, sigma, np.nextafter(score_threshold, 2))


def threshold_on_given_scores(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You compare the scores that were given with the threshold; it is the current, decayed ones that have to
    reach it.
    """
    high = np.flatnonzero(scores >= score_threshold)
    indices, decayed = _gaussian(boxes[high], scores[high], sigma, 0.0)
    return high[indices], decayed


def threshold_ignored(boxes, scores, sigma=0.5, score_threshold=0.001):  # noqa: ARG001
    """You select all boxes; it ends when the best current score is less than the threshold."""
    return _gaussian(boxes, scores, sigma, 0.0)


def best_always_selected(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You select the best box before you look at the threshold; it has to reach the threshold as well."""
    if len(scores) and scores.max() < score_threshold:
        return np.array([scores.argmax()]), scores.max(keepdims=True)
    return _gaussian(boxes, scores, sigma, score_threshold)


def indices_after_filtering(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You throw boxes away first and return indices into what is left; asked are indices into the input."""
    high = scores >= score_threshold
    return _gaussian(boxes[high], scores[high], sigma, score_threshold)


def returns_boxes_in_input_order(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You return the boxes in the order of the input; they are asked in the order of selection."""
    indices, decayed = _gaussian(boxes, scores, sigma, score_threshold)
    order = np.argsort(indices)
    return indices[order], decayed[order]


def later_of_equals(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You select the later of two equal scores first; the earlier index comes first."""
    indices, decayed = _gaussian(boxes[::-1], scores[::-1], sigma, score_threshold)
    return len(scores) - 1 - indices, decayed


def scores_decayed_in_place(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You decay the scores that were passed in, as *= does; work on a copy."""
    indices, decayed = _gaussian(boxes, scores, sigma, score_threshold)
    for best in indices:
        for i in set(range(len(scores))) - {*indices[: list(indices).index(best) + 1]}:
            scores[i] *= np.exp(-(_iou(boxes[best], boxes[i]) ** 2) / sigma)
    return indices, decayed


def plus_one(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You measure a box's width as x2 - x1 + 1, the old pixel convention; here coordinates are continuous, so
    it is x2 - x1.
    """
    return _gaussian(boxes, scores, sigma, score_threshold, extra=1)


def negative_overlap(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You multiply a negative overlap in x by a negative overlap in y and get a positive area; clip both at 0
    first.
    """
    return _gaussian(boxes, scores, sigma, score_threshold, lowest=-np.inf)


def union_keeps_intersection(boxes, scores, sigma=0.5, score_threshold=0.001):
    """You add both areas for the union and so count the intersection twice; subtract it once."""
    return _select(boxes, scores, score_threshold, lambda iou: np.exp(-((iou / (1 + iou)) ** 2) / sigma))


def _gaussian(boxes, scores, sigma, score_threshold, **convention):
    return _select(boxes, scores, score_threshold, lambda iou: np.exp(-(iou**2) / sigma), **convention)


def _select(boxes, scores, score_threshold, penalty, **convention):
    current, indices = scores.copy(), []
    left = list(range(len(scores)))
    while left and current[left].max() >= score_threshold:
        best = left.pop(int(np.argmax(current[left])))
        indices.append(best)
        for i in left:
            current[i] *= penalty(_iou(boxes[best], boxes[i], **convention))
    indices = np.array(indices, np.int64)
    return indices, current[indices]


def _one_pass(boxes, scores, sigma, score_threshold):
    current, order = scores.copy(), np.argsort(-scores, kind="stable")
    indices = []
    for rank, best in enumerate(order):
        if current[best] < score_threshold:
            continue
        indices.append(best)
        for i in order[rank + 1 :]:
            current[i] *= np.exp(-(_iou(boxes[best], boxes[i]) ** 2) / sigma)
    indices = np.array(indices, np.int64)
    return indices, current[indices]


def _iou(a, b, extra=0, lowest=0):
    width = max(min(a[2], b[2]) - max(a[0], b[0]) + extra, lowest)
    height = max(min(a[3], b[3]) - max(a[1], b[1]) + extra, lowest)
    areas = sum((box[2] - box[0] + extra) * (box[3] - box[1] + extra) for box in (a, b))
    return width * height / (areas - width * height)
