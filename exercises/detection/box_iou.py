import numpy as np


def box_iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Measure how well every box of one set agrees with every box of another: intersection over union.

    The IoU of two boxes is the area that both cover, divided by the area that at least one covers: 1 for the
    same box, 0 for boxes that do not meet. Suppression, assignment of anchors and mean average precision all
    stand on it, so it is asked first; six lines show whether you broadcast, and whether you think of boxes
    that do not overlap.

    Parameters
    ----------
    a : ndarray of float or int, shape (n, 4)
        Rows of ``x1, y1, x2, y2`` in continuous coordinates: the width is ``x2 - x1``. Always ``x1 <= x2``
        and ``y1 <= y2``.
    b : ndarray of float or int, shape (m, 4)
        As `a`.

    Returns
    -------
    ndarray of float, shape (n, m)
        Entry ``[i, j]`` is the IoU of ``a[i]`` and ``b[j]``, in [0, 1].

    Notes
    -----
    - Boxes that only touch, along an edge or at a corner, have IoU 0.
    - A box may be degenerate: a line or a point, without area. Its IoU is 0 with every box, also with itself,
      and never NaN.
    - A box may be small. In coordinates normalised to [0, 1] a few pixels have an area of 1e-5, and their IoU
      with themselves is still 1. Whoever guards the division by an epsilon needs one of 1e-9 or less.
    - Boxes may lie anywhere, at negative coordinates too.
    - Coordinates are float64, float32, int64 or int32, and areas fit into that dtype. The result is float.
    - Without boxes the shape stays two-dimensional: ``(0, m)``, ``(n, 0)`` or ``(0, 0)``.
    - The inputs are left as they are.
    - Not allowed: ready-made overlaps (torchvision.ops, pycocotools.mask.iou).

    References
    ----------
    M. Everingham et al., "The PASCAL Visual Object Classes (VOC) Challenge", IJCV 2010, section 4.2. The
    interface is that of ``torchvision.ops.box_iou``.

    Examples
    --------
    >>> a = np.array([[0.0, 0, 2, 2], [4, 0, 6, 1]])
    >>> b = np.array([[0.0, 0, 2, 2], [0, 0, 2, 1], [5, 0, 6, 1]])
    >>> box_iou(a, b)
    array([[1. , 0.5, 0. ],
           [0. , 0. , 0.5]])
    """
    raise NotImplementedError
