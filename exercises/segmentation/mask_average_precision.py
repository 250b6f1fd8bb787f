import numpy as np


def mask_average_precision(
    masks: np.ndarray, scores: np.ndarray, truth_masks: np.ndarray, iou_threshold: float = 0.5
) -> float:
    """Grade an instance segmentation by one number: COCO's average precision, from masks to the end.

    It is the whole chain in small, for one image and one class: overlaps of masks, greedy matching, a
    precision–recall curve and its area. It is asked of those who quote mask AP, since each link has a
    convention that a tool decided for them.

    Parameters
    ----------
    masks : ndarray of bool, shape (n, H, W)
        Detected instances, True inside, in any order. They may overlap one another.
    scores : ndarray of float, shape (n,)
        Confidence of each detection.
    truth_masks : ndarray of bool, shape (k, H, W)
        The objects that are there. They may overlap one another, too.
    iou_threshold : float, optional
        The IoU from which a detection may claim an object; above 0, at most 1.

    Returns
    -------
    float
        In [0, 1], or NaN when there is nothing to be found. A numpy scalar or a 0-d array will do.

    Notes
    -----
    - The overlap of two **masks**, not of the boxes around them, is the number of pixels in both,
      divided by the number of pixels in at least one. A mask may be empty; it overlaps nothing, its IoU
      is 0.
    - Detections choose one after the other, by descending score; equal scores stay in the order of the
      input.
    - Each takes, among the objects that are still **free**, the one with which its IoU is largest, if
      that IoU is the threshold or more. It is then a hit, and the object is no longer free. Otherwise it
      is a false alarm. No detection has the same sufficient IoU with two objects.
    - An IoU that equals the threshold suffices. So guard the division of an empty union some other way
      than by an epsilon, which would push such an IoU below the threshold.
    - Among the first j detections *precision* is the share of hits in these j, and *recall* is the share
      of all k objects that they hit; objects that nobody finds count.
    - The *envelope* at recall r is the best precision at any point of the curve with a recall of r or
      more; beyond the largest recall that was reached it is 0. The result is the mean of the envelope at
      the 101 recalls 0, 0.01, …, 1.
    - Without objects the result is NaN, also when there are no detections. With objects but without
      detections it is 0.
    - All detections count, however many there are.
    - Rounding of the grid decides nothing: where a recall meets a grid point, floats hold both exactly,
      like 0.5 and unlike 0.7.
    - The inputs are left as they are.
    - Not allowed: ready-made evaluations (``pycocotools``, ``sklearn.metrics``).

    References
    ----------
    T.-Y. Lin et al., "Microsoft COCO: common objects in context", ECCV 2014. Matching and area are those
    of ``pycocotools.cocoeval``, without crowds and without limits of size and number.

    Examples
    --------
    >>> truths = np.array([[[1, 1, 0, 0]], [[0, 0, 1, 1]]], dtype=bool)
    >>> found = np.array([[[1, 1, 0, 0]], [[1, 1, 1, 1]], [[0, 0, 1, 0]]], dtype=bool)
    >>> ap = mask_average_precision(found, np.array([0.9, 0.8, 0.7]), truths, 0.75)
    >>> round(float(ap), 4)  # a hit, then two false alarms: 51 of the 101 recalls have precision 1
    0.505
    """
    raise NotImplementedError
