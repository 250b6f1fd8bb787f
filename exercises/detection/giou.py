import numpy as np


def giou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Measure how well pairs of boxes agree, also those that do not meet: generalized IoU.

    As a loss, IoU is blind: it is 0 for a box next to the object and for a box at the other end of the
    image, and says nothing of where to go. GIoU subtracts the share of emptiness in the smallest box
    around both, and so keeps falling with distance. It is asked to see whether you can extend IoU with
    care, and know why one would.

    Parameters
    ----------
    a : ndarray of float or int, shape (n, 4)
        Rows of ``x1, y1, x2, y2`` in continuous coordinates: the width is ``x2 - x1``. Always ``x1 <=
        x2`` and ``y1 <= y2``.
    b : ndarray of float or int, shape (n, 4)
        As `a`, one row for each row of `a`.

    Returns
    -------
    ndarray of float, shape (n,)
        Entry ``[i]`` is the GIoU of ``a[i]`` and ``b[i]``, in [-1, 1].

    Notes
    -----
    - ``GIoU = IoU - (hull - union) / hull``, all of them areas but the IoU: *union* is the area that at
      least one of the two boxes covers, and *hull* the area of the smallest box with sides along the
      axes that contains both.
    - Row by row: ``a[i]`` is compared with ``b[i]`` alone.
    - Boxes may be degenerate: lines or points, without area. An empty union counts as IoU 0, so two
      different points have GIoU -1 if their hull has an area.
    - An empty hull gives 0: the same point twice, or two lines on one straight line. The result is never
      NaN.
    - A box may be small. In coordinates normalised to [0, 1] a few pixels have an area of 1e-5, and
      their GIoU with themselves is still 1. Whoever guards a division by an epsilon needs one of 1e-9 or
      less.
    - Boxes may lie anywhere, at negative coordinates too.
    - Coordinates are float64, float32, int64 or int32, and areas fit into that dtype. The result is
      float.
    - Without boxes the result has shape ``(0,)``.
    - The inputs are left as they are.
    - Not allowed: ready-made overlaps (torchvision.ops, pycocotools.mask.iou).

    References
    ----------
    H. Rezatofighi et al., "Generalized intersection over union: a metric and a loss for bounding box
    regression", CVPR 2019, section 3.

    Examples
    --------
    >>> a = np.array([[0.0, 0, 2, 2], [0, 0, 1, 1]])
    >>> b = np.array([[0.0, 0, 2, 1], [3, 0, 4, 1]])
    >>> giou(a, b)  # 1/2 - 0/4; 0 - (4 - 2)/4
    array([ 0.5, -0.5])
    """
    raise NotImplementedError
