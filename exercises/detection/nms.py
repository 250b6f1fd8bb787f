import numpy as np


def nms(boxes: np.ndarray, scores: np.ndarray, iou_threshold: float) -> np.ndarray:
    """Thin out detections: of boxes that overlap too much, keep the one with the best score.

    A detector fires many times on one object. Greedy non-maximum suppression takes the best box, throws away
    the boxes that overlap it too much, and goes on with the best of those that are left. It is asked so often
    because ten lines show whether you can vectorise, and where you look before you say "done".

    Parameters
    ----------
    boxes : ndarray of float, shape (n, 4)
        Rows of ``x1, y1, x2, y2`` in continuous coordinates: the width is ``x2 - x1``. Every box has an area.
    scores : ndarray of float, shape (n,)
        Confidence of each box.
    iou_threshold : float
        In [0, 1].

    Returns
    -------
    ndarray of int, shape (k,)
        Indices of the boxes that are kept, by descending score.

    Notes
    -----
    - A box goes when its IoU with a box that is *kept* is **greater** than the threshold; equal stays.
    - A box that was thrown away suppresses nothing.
    - Of equal scores the earlier index comes first.
    - No boxes in, no indices out: an empty integer array.
    - The inputs are left as they are.
    - Not allowed: ready-made suppression and overlaps (torchvision.ops, cv2.dnn.NMSBoxes,
      pycocotools.mask.iou).

    References
    ----------
    R. Girshick et al., "Rich feature hierarchies for accurate object detection and semantic segmentation",
    CVPR 2014, section 2.2. The interface is that of ``torchvision.ops.nms``.

    Examples
    --------
    >>> boxes = np.array([[0.0, 0, 10, 10], [1, 1, 11, 11], [20, 20, 30, 30]])
    >>> nms(boxes, np.array([0.8, 0.9, 0.7]), 0.5)
    array([1, 2])
    """
    raise NotImplementedError
