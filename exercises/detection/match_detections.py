import numpy as np


def match_detections(
    boxes: np.ndarray, scores: np.ndarray, truths: np.ndarray, iou_threshold: float
) -> np.ndarray:
    """Decide which detections of an image are right, each object being found once at most.

    Every detection score starts here: recall, precision, average precision, COCO's mAP. It is asked
    because the rules look obvious and are not: who chooses first, what becomes of the second box on one
    object, and of a box whose best object is already taken.

    Parameters
    ----------
    boxes : ndarray of float, shape (n, 4)
        Detections of one class in one image, rows of ``x1, y1, x2, y2`` in continuous coordinates: the
        width is ``x2 - x1``. Every box has an area.
    scores : ndarray of float, shape (n,)
        Confidence of each detection.
    truths : ndarray of float, shape (m, 4)
        The objects that are there, boxes of the same kind.
    iou_threshold : float
        In (0, 1].

    Returns
    -------
    ndarray of bool, shape (n,)
        Whether each detection is a true positive, **in the order of the input**.

    Notes
    -----
    - Detections choose one after the other, by descending score; of equal scores the earlier index
      chooses first.
    - Each takes, of the objects that are still *free*, the one with which its IoU is largest. If that
      IoU is at least the threshold, equal included, the detection is a true positive and the object is
      taken.
    - So a detection whose best object is taken may still get another one, which is free and close
      enough.
    - If no free object is close enough, the detection is a false positive and takes nothing.
    - What is taken stays taken: this is a greedy rule, not the best assignment of all.
    - A detection never has the same IoU with two objects that it might take.
    - Without objects all flags are False. Without detections there are no flags: an empty boolean array.
    - The inputs are left as they are.
    - Not allowed: ready-made evaluation and overlaps (pycocotools, torchvision.ops).

    References
    ----------
    ``pycocotools.cocoeval``, method ``evaluateImg``, without crowds and ignored objects:
    https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py

    Examples
    --------
    >>> truths = np.array([[0.0, 0, 10, 10], [20, 0, 30, 10]])
    >>> boxes = np.array([[0.0, 0, 10, 8], [0, 0, 10, 9], [20, 0, 30, 4]])  # IoU 0.8, 0.9; 0.4
    >>> match_detections(boxes, np.array([0.9, 0.8, 0.7]), truths, 0.5)
    array([ True, False, False])
    """
    raise NotImplementedError
