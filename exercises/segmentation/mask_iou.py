import numpy as np


def mask_iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Measure how well every mask of one set agrees with every mask of another: intersection over union.

    The IoU of two masks is the number of pixels in both, divided by the number of pixels in at least
    one. The mask AP of COCO, panoptic quality and the matching of instances in a video stand on it. It
    is asked to see whether two sets of images make you write four loops, and whether you know what your
    dtype can count.

    Parameters
    ----------
    a : ndarray of bool, shape (n, H, W)
        One mask per object; True inside. Masks may overlap one another.
    b : ndarray of bool, shape (m, H, W)
        As `a`, of the same height and width.

    Returns
    -------
    ndarray of float, shape (n, m)
        Entry ``[i, j]`` is the IoU of ``a[i]`` and ``b[j]``, in [0, 1].

    Notes
    -----
    - It is pixels that count, not the boxes around them; a mask may have holes, or several parts.
    - A mask may be empty. Its IoU is 0 with every mask, also with another empty one, and never NaN.
    - Masks may be large: a whole image of 300 × 300 pixels has more of them than uint8 or uint16 can
      count.
    - Whoever guards the division by an epsilon needs one of 1e-6 or less.
    - Without masks the shape stays two-dimensional: ``(0, m)``, ``(n, 0)`` or ``(0, 0)``.
    - The inputs are left as they are.
    - Not allowed: ready-made overlaps (``pycocotools.mask.iou``, ``sklearn.metrics.jaccard_score`` and
      the like).

    References
    ----------
    T.-Y. Lin et al., "Microsoft COCO: common objects in context", ECCV 2014. The quantity is that of
    ``pycocotools.mask.iou`` for instances that are no crowd.

    Examples
    --------
    >>> left = np.array([[True, True, False], [True, True, False]])
    >>> top = np.array([[True, True, True], [False, False, False]])
    >>> mask_iou(np.array([left]), np.array([left, top, ~left]))  # 4/4, 2/5, 0/6
    array([[1. , 0.4, 0. ]])
    """
    raise NotImplementedError
