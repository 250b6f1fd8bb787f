import numpy as np


def soft_nms(
    boxes: np.ndarray, scores: np.ndarray, sigma: float = 0.5, score_threshold: float = 0.001
) -> tuple[np.ndarray, np.ndarray]:
    """Rank detections so that duplicates fall back instead of being thrown away: Gaussian Soft-NMS.

    Where people stand close together, non-maximum suppression deletes the second one because he overlaps
    the first. Soft-NMS only lowers his score, the more the larger the overlap. It is asked as the next
    question after NMS: it looks like one changed line, but the order in which boxes are taken is no
    longer known at the start.

    Parameters
    ----------
    boxes : ndarray of float, shape (n, 4)
        Rows of ``x1, y1, x2, y2`` in continuous coordinates: the width is ``x2 - x1``. Every box has an
        area.
    scores : ndarray of float, shape (n,)
        Confidence of each box, in [0, 1].
    sigma : float, optional
        Greater than 0. The smaller, the harder an overlap is punished.
    score_threshold : float, optional
        In [0, 1]. Boxes whose score falls below it are not selected.

    Returns
    -------
    indices : ndarray of int, shape (k,)
        The boxes that are selected, in the order in which they are selected.
    decayed : ndarray of float, shape (k,)
        The score that each of these had at the moment when it was selected.

    Notes
    -----
    - Each box has a *current* score, at first the one that is given. Again and again, the box with the
      best current score among those not yet selected is selected; of equal current scores the earlier
      index.
    - With every selection the current score of **each box that is not yet selected** is multiplied by
      ``exp(-iou ** 2 / sigma)``, where iou is its IoU with the box just selected. So a box that overlaps
      several selected boxes is decayed several times, and a box that overlaps none keeps its score.
    - What has been selected keeps the score that it had then.
    - It ends when all boxes are selected, or when the best current score is less than
      ``score_threshold``; equal is enough. With a threshold of 0 every box is selected, also one whose
      score is 0. If no score is high enough at the start, nothing is selected.
    - No boxes in, or none selected: an empty integer array and an empty float array.
    - No union is empty, so the division needs no guard; an epsilon of 1e-9 or less does no harm.
    - The inputs are left as they are.
    - Not allowed: ready-made suppression and overlaps (cv2.dnn.softNMSBoxes, torchvision.ops).

    References
    ----------
    N. Bodla, B. Singh, R. Chellappa, L. Davis, "Soft-NMS: improving object detection with one line of
    code", ICCV 2017, section 3, the Gaussian penalty. arXiv:1704.04503.

    Examples
    --------
    >>> boxes = np.array([[0.0, 0, 10, 10], [0, 0, 10, 5], [20, 0, 30, 10]])  # the first two: IoU 1/2
    >>> indices, decayed = soft_nms(boxes, np.array([0.9, 0.8, 0.7]))
    >>> indices  # the second falls from 0.8 to 0.8 * exp(-1/2), behind the third
    array([0, 2, 1])
    >>> decayed.round(4)
    array([0.9   , 0.7   , 0.4852])
    """
    raise NotImplementedError
