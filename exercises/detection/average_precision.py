import numpy as np


def average_precision(
    scores: np.ndarray, is_true_positive: np.ndarray, num_truths: int, method: str = "continuous"
) -> float:
    """Grade a detector's ranking by one number: the area under its precision–recall curve.

    Somebody has already decided which detections are right; what remains is bookkeeping, and that is where
    the published numbers of detectors differ. It is asked because everybody quotes mAP and few can say what
    becomes of the zigzag in the curve, of objects that were never found, or of a class without objects.

    Parameters
    ----------
    scores : ndarray of float, shape (n,)
        Confidence of each detection, in any order.
    is_true_positive : ndarray of bool or int, shape (n,)
        Whether each detection hit an object that no other detection hit: booleans, or integers 0 and 1.
    num_truths : int
        How many objects there are, found or not; never fewer than there are hits.
    method : {"continuous", "voc07", "coco"}, optional
        How the area is taken; see the notes.

    Returns
    -------
    float
        In [0, 1], or NaN when there is nothing to be found. A numpy scalar or a 0-d array will do.

    Notes
    -----
    - Rank the detections by descending score; equal scores stay in the order of the input.
    - Among the first k of the ranking, *precision* is the share of hits in these k, and *recall* is the share
      of all ``num_truths`` objects that they hit.
    - The *envelope* at recall r is the best precision at any point of the curve with a recall of **at least**
      r. Beyond the largest recall that was reached it is 0.
    - ``"continuous"`` is the exact area under the envelope from recall 0 to 1, as in PASCAL VOC since 2010.
      The envelope is a staircase: nothing is interpolated between its steps.
    - ``"voc07"`` is the mean of the envelope at the 11 recalls 0, 0.1, …, 1.
    - ``"coco"`` is the mean of the envelope at the 101 recalls 0, 0.01, …, 1.
    - Without objects the result is NaN, also when there are no detections.
    - With objects but without detections the result is 0.
    - Rounding of the grid decides nothing: where a recall meets a grid point, floats hold both exactly, like
      0.5 and unlike 0.7.
    - The inputs are left as they are.
    - Not allowed: ready-made curves and scores (``sklearn.metrics``, ``pycocotools``).

    References
    ----------
    M. Everingham et al., "The PASCAL Visual Object Classes (VOC) challenge", IJCV 2010, section 4.2, for the
    11 points; the VOC 2010 development kit, section 3.4.1, for the area; ``pycocotools.cocoeval`` for the 101
    points.

    Examples
    --------
    >>> scores = np.array([0.9, 0.8, 0.7, 0.6])
    >>> hits = np.array([True, False, True, True])  # one of four objects is never found
    >>> float(average_precision(scores, hits, 4))  # 1/4 of the recall at precision 1, 2/4 at 3/4
    0.625
    """
    raise NotImplementedError
