from collections.abc import Sequence

import numpy as np


def mean_average_precision(
    detections: list[dict[str, np.ndarray]],
    truths: list[dict[str, np.ndarray]],
    iou_thresholds: Sequence[float] | None = None,
) -> float:
    """Grade a detector on a whole data set by COCO's one number, from boxes to the mean of means.

    This is the number in every table of every paper on detection. It is asked because it consists of easy
    parts, and all the difficulty lies in what is done per image, what per class, and what over everything.

    Parameters
    ----------
    detections : list of dict
        One dict per image. Its keys are ``boxes``, float of shape (n, 4), rows of ``x1, y1, x2, y2`` in
        continuous coordinates (the width is ``x2 - x1``); ``labels``, int of shape (n,), the classes; and
        ``scores``, float of shape (n,). The n differs from image to image and may be 0.
    truths : list of dict
        One dict for each of the same images, in the same order, with the objects that are there: ``boxes``
        of shape (m, 4) and ``labels`` of shape (m,). The m may be 0, too.
    iou_thresholds : list, tuple or ndarray of float, optional
        One threshold or more, between 0 and 1. By default COCO's ten: 0.50, 0.55, …, 0.95.

    Returns
    -------
    float
        In [0, 1], or NaN when there is nothing to be found. A numpy scalar or a 0-d array will do.

    Notes
    -----
    - For each class and each threshold there is one average precision, AP. The result is their mean; every
      class weighs the same, however many objects it has.
    - The classes are those of the **truths**, of all images. A class that has objects but no detection
      belongs to them. Detections of a class that has no object in any image count nowhere. Labels are 0
      or larger, with gaps.
    - Of each class, only the best 100 detections **of each image** count, those with the largest scores.
      The others are as if they had not been made.
    - *Matching* stays within an image and a class, and is done for each threshold anew. Detections choose by
      descending score. Each takes, among the objects that are still **free**, the one with which its IoU
      is largest, if that IoU is the threshold or more; it is then a hit, and the object is no longer free.
      Otherwise it is a false alarm and takes nothing.
    - *AP* then ranks the detections of a class **of all images together** by descending score. Among the
      first j of the ranking, precision is the share of hits in these j; recall is the share of all objects
      of the class in the whole data set that they hit. The *envelope* at recall r is the best precision at
      any point with a recall of r or more; beyond the largest recall that was reached it is 0. AP is the
      mean of the envelope at the 101 recalls 0, 0.01, …, 1.
    - Equal scores keep the order of the input: the earlier image first, within an image the earlier
      detection. This holds for the best 100, for the matching and for the ranking.
    - Without any object the result is NaN, with detections or without, also when both lists are empty. With
      objects but without any detection it is 0.
    - An IoU that equals the threshold suffices. Rounding decides nothing else: where an IoU meets a
      threshold, or a recall meets one of the 101 points, floats hold both exactly, like 0.5 and unlike
      0.7. No IoU is 0.75 where the ten thresholds are left to the default.
    - Every box has an area, and no detection has the same sufficient IoU with two objects of its class.
    - The inputs are left as they are.
    - Not allowed: ready-made evaluations and overlaps (``pycocotools``, ``sklearn.metrics``,
      ``torchmetrics``, ``torchvision.ops``).

    References
    ----------
    T.-Y. Lin et al., "Microsoft COCO: common objects in context", ECCV 2014. The rules are those of
    ``pycocotools.cocoeval``, without crowds and without ranges of area:
    https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py

    Examples
    --------
    >>> box = np.array([[0.0, 0, 10, 10]])
    >>> truths = [{"boxes": box, "labels": np.array([3])}] * 2  # two images, the same object in each
    >>> found = {"boxes": box * 0.9, "labels": np.array([3]), "scores": np.array([0.7])}  # IoU 0.81
    >>> nothing = {"boxes": np.zeros((0, 4)), "labels": np.zeros(0, int), "scores": np.zeros(0)}
    >>> round(float(mean_average_precision([found, found], truths)), 4)  # right at seven thresholds of ten
    0.7
    >>> round(float(mean_average_precision([found, nothing], truths, [0.5])), 4)  # reaches recall 1/2
    0.505
    """
    raise NotImplementedError
