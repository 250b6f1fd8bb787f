import numpy as np


def mean_before_clamp(anchor, positive, negative, margin=1.0):
    """You clamp the mean, so triplets that are better than needed pay for the others; clamp each triplet at 0
    before you average.
    """
    return np.maximum(_lacking(anchor, positive, negative, margin).mean(), 0)


def not_clamped(anchor, positive, negative, margin=1.0):
    """You let triplets that are better than needed lower the loss; a triplet costs at least 0."""
    return _lacking(anchor, positive, negative, margin).mean()


def squared_distances(anchor, positive, negative, margin=1.0):
    """You compare squared distances, as the FaceNet paper does; here the distances themselves are asked."""
    near, far = _distance(anchor, positive) ** 2, _distance(anchor, negative) ** 2
    return np.maximum(near - far + margin, 0).mean()


def margin_sign(anchor, positive, negative, margin=1.0):
    """You subtract the margin, so negatives may be nearer than positives for free; it is added."""
    return np.maximum(_lacking(anchor, positive, negative, -margin), 0).mean()


def margin_ignored(anchor, positive, negative, margin=1.0):
    """You write the margin 1 into the formula; take the one that is given."""
    return np.maximum(_lacking(anchor, positive, negative, margin**0), 0).mean()


def margin_missing(anchor, positive, negative, margin=1.0):
    """You charge a triplet only when its negative is nearer than its positive; it has to be farther by the
    margin.
    """
    return np.maximum(_lacking(anchor, positive, negative, 0 * margin), 0).mean()


def roles_swapped(anchor, positive, negative, margin=1.0):
    """You subtract the distance to the positive from that to the negative, which draws unlike together; it is
    the other way round.
    """
    return np.maximum(_lacking(anchor, negative, positive, margin), 0).mean()


def sum_not_mean(anchor, positive, negative, margin=1.0):
    """You add up the losses of the triplets; asked is their mean."""
    return np.maximum(_lacking(anchor, positive, negative, margin), 0).sum()


def mean_of_active_only(anchor, positive, negative, margin=1.0):
    """You divide by the number of triplets that cost something; the mean is over all of them."""
    losses = np.maximum(_lacking(anchor, positive, negative, margin), 0)
    return losses.sum() / max(np.count_nonzero(losses), 1)


def eps_added(anchor, positive, negative, margin=1.0):
    """You add a small number to the differences, as torch does by default; here coincident points have the
    distance 0.
    """
    near = np.linalg.norm(anchor - positive + 1e-6, axis=1)
    far = np.linalg.norm(anchor - negative + 1e-6, axis=1)
    return np.maximum(near - far + margin, 0).mean()


def eps_in_root(anchor, positive, negative, margin=1.0):
    """You add a small number under the root, so coincident points are apart; here their distance is 0."""
    near = np.sqrt(((anchor - positive) ** 2).sum(axis=1) + 1e-8)
    far = np.sqrt(((anchor - negative) ** 2).sum(axis=1) + 1e-8)
    return np.maximum(near - far + margin, 0).mean()


def root_of_a_negative(anchor, positive, negative, margin=1.0):
    """You expand the squared distance into squares and a product; where points nearly coincide, rounding can
    make it negative, and its root NaN. Subtract first, or clip at 0 before the root.
    """
    with np.errstate(invalid="ignore"):
        near, far = (
            np.sqrt((anchor**2).sum(axis=1) + (other**2).sum(axis=1) - 2 * (anchor * other).sum(axis=1))
            for other in (positive, negative)
        )
    return np.maximum(near - far + margin, 0).mean()


def city_block(anchor, positive, negative, margin=1.0):
    """You add up the absolute differences; the distance is Euclidean, the root of the sum of squares."""
    near, far = np.abs(anchor - positive).sum(axis=1), np.abs(anchor - negative).sum(axis=1)
    return np.maximum(near - far + margin, 0).mean()


def norm_of_the_whole(anchor, positive, negative, margin=1.0):
    """You take one norm over the whole batch; each row has a distance of its own, along axis 1."""
    near, far = np.linalg.norm(anchor - positive), np.linalg.norm(anchor - negative)
    return np.maximum(near - far + margin, 0)


def norm_over_batch(anchor, positive, negative, margin=1.0):
    """You take the norms along axis 0, over the batch; a distance runs along the components, axis 1."""
    near, far = np.linalg.norm(anchor - positive, axis=0), np.linalg.norm(anchor - negative, axis=0)
    return np.maximum(near - far + margin, 0).mean()


def distance_swap(anchor, positive, negative, margin=1.0):
    """You take the smaller of the negative's distances to anchor and positive, torch's swap=True; only the
    distance to the anchor counts here.
    """
    far = np.minimum(_distance(anchor, negative), _distance(positive, negative))
    return np.maximum(_distance(anchor, positive) - far + margin, 0).mean()


def normalised(anchor, positive, negative, margin=1.0):
    """You normalise the embeddings first; they are taken as they come."""
    return np.maximum(_lacking(_unit(anchor), _unit(positive), _unit(negative), margin), 0).mean()


def _lacking(anchor, positive, negative, margin):
    return _distance(anchor, positive) - _distance(anchor, negative) + margin


def _distance(a, b):
    return np.sqrt(((a - b) ** 2).sum(axis=1))


def _unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
