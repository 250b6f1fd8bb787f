import numpy as np


def panoptic_quality(pred: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    """Grade a panoptic segmentation of one class: how many segments were found, times how well.

    Every pixel belongs to one segment or to none, so there are no scores to sort by and nothing to
    choose: whatever overlaps by more than half is a match. It is asked because the formula is two lines,
    and all the care is in what *void* means.

    Parameters
    ----------
    pred : ndarray of int, shape (H, W)
        Id of the predicted segment at each pixel; 0 is void, no segment.
    truth : ndarray of int, shape (H, W)
        Id of the true segment at each pixel; 0 is void, nobody knows or nobody asks.

    Returns
    -------
    pq, sq, rq : tuple of float
        Panoptic quality, segmentation quality, recognition quality, each in [0, 1]; all three are NaN
        when there is no segment to be judged. Numpy scalars or 0-d arrays will do.

    Notes
    -----
    - The pixels with one id are one segment, also when they lie apart. Ids are positive and otherwise
      arbitrary: up to 2**24 - 1, as in COCO's PNG files, with gaps, in any integer dtype that holds
      them. The same id in `pred` and `truth` means nothing.
    - Pixels where `truth` is void leave the area of the predicted segments. Pixels where only `pred` is
      void stay in the area of the true segments. So the IoU of a predicted and a true segment is their
      intersection, divided by the sum of the predicted segment's pixels outside of the true void and all
      of the true segment's, less the intersection.
    - Two segments match when their IoU is **greater** than 1/2; equal is not enough. No segment can have
      two matches.
    - TP is the number of matches. FN is the number of true segments without a match. FP is the number of
      predicted segments without a match; one that lies wholly in the true void is not counted. Predicted
      segments without a match that lie in the void in part do not occur.
    - ``sq`` is the mean IoU of the matches, or 0 without matches. ``rq = TP / (TP + FP / 2 + FN / 2)``.
      ``pq = sq * rq``.
    - Where TP, FP and FN are all 0, the three results are NaN.
    - The inputs are left as they are.

    References
    ----------
    A. Kirillov, K. He, R. Girshick, C. Rother, P. Dollár, "Panoptic segmentation", CVPR 2019, section 4.

    Examples
    --------
    >>> truth = np.array([[1, 1, 1, 2, 2, 2]])
    >>> pred = np.array([[5, 5, 5, 5, 7, 0]])  # 5 matches 1 with IoU 3/4; 7 and 2 have 1/3
    >>> tuple(float(quality) for quality in panoptic_quality(pred, truth))
    (0.375, 0.75, 0.5)
    """
    raise NotImplementedError
