import numpy as np


def mean_iou(
    pred: np.ndarray, target: np.ndarray, num_classes: int, ignore_index: int | None = None
) -> float:
    """Grade a semantic segmentation by one number: the IoU of each class, averaged over the classes.

    Pixel accuracy forgives whoever calls everything road; the mean IoU does not. It is asked because the
    formula is known to everybody and its edges to few: what to average over, what becomes of a class
    that does not occur, and what an ignored pixel may still spoil.

    Parameters
    ----------
    pred : ndarray of int, shape (N, H, W)
        Predicted class of each pixel, in 0, …, `num_classes` - 1.
    target : ndarray of int, shape (N, H, W)
        True class of each pixel, in 0, …, `num_classes` - 1, or `ignore_index`.
    num_classes : int
        How many classes there are.
    ignore_index : int or None, optional
        The value in `target` that marks pixels to leave out; None leaves out nothing.

    Returns
    -------
    float
        In [0, 1], or NaN when there is nothing to average. A numpy scalar or a 0-d array will do.

    Notes
    -----
    - The IoU of class c is the number of pixels that are c in both, divided by the number of pixels that
      are c in `pred` or in `target` or in both. Pixels of the **whole batch** are counted together,
      before anything is divided.
    - The result is the plain mean over the classes; large classes weigh no more than small ones.
    - A class that is neither in `pred` nor in `target` is left out of the mean. A class in one of them
      only has IoU 0, and counts.
    - A pixel is ignored when its **target** is `ignore_index`, whatever is predicted there. It is as if
      the pixel did not exist, in `pred` too; a class that occurs on ignored pixels alone does not occur.
    - `ignore_index` may be outside of the classes, such as 255 or -1, or be one of them, such as 0. In
      that case predictions of this class on other pixels are left, and are as wrong as any others.
    - No pixels left, or none from the beginning: the result is NaN.
    - `pred` and `target` have any integer dtype, not always the same one; uint8 is common for label
      images, and ``class * num_classes`` may be more than it holds.
    - Whoever guards the division by an epsilon needs one of 1e-6 or less.
    - The inputs are left as they are.
    - Not allowed: ready-made confusion matrices and scores (``sklearn.metrics``).

    References
    ----------
    M. Everingham et al., "The PASCAL Visual Object Classes challenge: a retrospective", IJCV 2015; J.
    Long, E. Shelhamer, T. Darrell, "Fully convolutional networks for semantic segmentation", CVPR 2015,
    section 5.

    Examples
    --------
    >>> pred = np.array([[[0, 0, 1], [0, 1, 1]]])
    >>> target = np.array([[[0, 0, 0], [0, 1, 255]]])
    >>> round(float(mean_iou(pred, target, 3, ignore_index=255)), 3)  # 3/4, 1/2, and no class 2
    0.625
    """
    raise NotImplementedError
