import numpy as np


def hard_negative_mining(losses: np.ndarray, is_positive: np.ndarray, ratio: int = 3) -> np.ndarray:
    """Choose the anchors that take part in a detector's loss: all that hold an object, and the worst others.

    Of an image's thousands of anchors a handful hold an object. If all others took part in the loss, they
    would drown these. SSD therefore keeps, for each positive, the three negatives with the largest loss.
    It is asked because the rule fits into one sentence, and its code into two lines of sorting that are
    easily wrong.

    Parameters
    ----------
    losses : ndarray of float, shape (n, anchors)
        Classification loss of each anchor of each of n images. Finite, 0 or greater.
    is_positive : ndarray of bool, shape (n, anchors)
        True where an anchor holds an object (positive), False where it is background (negative).
    ratio : int, optional
        How many negatives are kept for each positive, 0 or more.

    Returns
    -------
    ndarray of bool, shape (n, anchors)
        True where an anchor is kept.

    Notes
    -----
    - Every positive is kept, whatever its loss. Positives do not compete with negatives: even the largest
      loss of a positive takes no negative's place.
    - **Each image counts for itself.** With p positives it keeps the ``ratio * p`` negatives of largest
      loss in this image. An image without positives keeps nothing.
    - Where an image has fewer negatives than that, all of them are kept.
    - Of equal losses the earlier anchor is kept, and never more than ``ratio * p`` negatives in all.
    - A loss may be exactly 0, as happens to an easy anchor in float32; a negative with loss 0 is a
      negative like any other. Losses may also be very large.
    - There may be no images, or no anchors: the result has shape ``(0, anchors)`` or ``(n, 0)``.
    - The inputs are left as they are.

    References
    ----------
    W. Liu et al., "SSD: single shot multibox detector", ECCV 2016, section 2.2, "Hard negative mining".

    Examples
    --------
    >>> losses = np.array([[0.2, 0.9, 0.1, 0.7, 0.4], [0.8, 0.3, 0.6, 0.5, 0.9]])
    >>> is_positive = np.array([[True, False, False, False, False], [False] * 5])
    >>> hard_negative_mining(losses, is_positive, ratio=2)
    array([[ True,  True, False,  True, False],
           [False, False, False, False, False]])
    """
    raise NotImplementedError
