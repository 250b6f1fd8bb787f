import numpy as np


def batched_nms(
    boxes: np.ndarray, scores: np.ndarray, labels: np.ndarray, iou_threshold: float
) -> np.ndarray:
    """Suppress duplicates within each class, and rank what is left of all classes together.

    A person on a horse is two objects whose boxes overlap, so suppression must not look across classes.
    Every detector does this after its head. It is asked because the obvious loop over classes returns
    its result in the wrong order, and because the well-known trick that saves the loop goes wrong where
    boxes leave the image.

    Parameters
    ----------
    boxes : ndarray of float, shape (n, 4)
        Rows of ``x1, y1, x2, y2`` in continuous coordinates: the width is ``x2 - x1``. Every box has an
        area.
    scores : ndarray of float, shape (n,)
        Confidence of each box.
    labels : ndarray of int, shape (n,)
        Class of each box, 0 or greater. Classes may be missing: of 80 classes an image shows three.
    iou_threshold : float
        In [0, 1].

    Returns
    -------
    ndarray of int, shape (k,)
        Indices of the boxes that are kept, by descending score over all classes.

    Notes
    -----
    - A box goes when its IoU with a box **of its own class** that is *kept* is **greater** than the
      threshold; equal stays.
    - Boxes of different classes never suppress each other, however much they overlap.
    - A box that was thrown away suppresses nothing.
    - Of equal scores the earlier index comes first, whatever the classes.
    - Coordinates may be negative: boxes leave the image at the top and at the left, too.
    - Coordinates have no fixed scale: fractions of an image here, millions of pixels on a map there.
    - No boxes in, no indices out: an empty integer array.
    - The inputs are left as they are.
    - Not allowed: ready-made suppression and overlaps (torchvision.ops, cv2.dnn.NMSBoxes,
      pycocotools.mask.iou).

    References
    ----------
    The interface is that of ``torchvision.ops.batched_nms``:
    https://pytorch.org/vision/stable/generated/torchvision.ops.batched_nms.html

    Examples
    --------
    >>> boxes = np.array([[0.0, 0, 10, 10], [1, 1, 11, 11], [0, 1, 10, 11]])
    >>> batched_nms(boxes, np.array([0.7, 0.8, 0.9]), np.array([0, 1, 0]), 0.5)
    array([2, 1])
    """
    raise NotImplementedError
