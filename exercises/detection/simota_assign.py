import numpy as np


def simota_assign(cost: np.ndarray, ious: np.ndarray, top_k: int = 10) -> np.ndarray:
    """Assign anchors to objects for training: each object gets the cheapest, as many as it deserves.

    SimOTA is how YOLOX and YOLOv7 decide which predictions learn which object. It replaces thresholds of
    IoU by a count that follows the predictions themselves. It is asked because four lines of rules
    contain three traps: where k comes from, what is sorted by what, and who gets an anchor that two
    objects want.

    Parameters
    ----------
    cost : ndarray of float, shape (num_truths, num_anchors)
        What it costs to let an anchor's prediction learn an object: in practice its classification loss
        plus a multiple of its loss of IoU. Finite; lower is better.
    ious : ndarray of float, shape (num_truths, num_anchors)
        IoU of each object with each anchor's predicted box, in [0, 1].
    top_k : int, optional
        How many IoUs are summed for each object, 1 or more.

    Returns
    -------
    ndarray of int, shape (num_anchors,)
        For each anchor the index of the object that it is assigned to, or -1 for background.

    Notes
    -----
    - Each object has its own k: the sum of its ``top_k`` largest IoUs, its fraction cut off, but at
      least 1. With fewer than ``top_k`` anchors, all IoUs are summed.
    - Each object *claims* the k anchors of lowest cost in its row; of equal costs the earlier anchor
      comes first.
    - An anchor that one object claims is assigned to it. An anchor that several objects claim goes to
      the one of *these* for which its cost is lowest. The others get no replacement, so that an object
      may end up with fewer than k anchors, even with none.
    - An anchor that no object claims is background.
    - Without objects every anchor is background. There is always at least one anchor.
    - Rounding and taste decide nothing: sums of IoUs stay clear of integers; two objects that claim one
      anchor have different costs for it; and no third object, without a claim, would be cheaper than
      both, where published programs differ.
    - The inputs are left as they are.

    References
    ----------
    Z. Ge et al., "YOLOX: exceeding YOLO series in 2021", arXiv:2107.08430, section 2.1, "SimOTA"; for
    the dynamic k, their "OTA: optimal transport assignment for object detection", CVPR 2021.

    Examples
    --------
    >>> ious = np.array([[0.9, 0.8, 0.7, 0.0], [0.0, 0.6, 0.5, 0.1]])  # sums 2.4 and 1.2: k is 2 and 1
    >>> cost = np.array([[0.2, 0.9, 0.4, 5.0], [7.0, 0.6, 0.3, 4.0]])
    >>> simota_assign(cost, ious)  # the first claims anchors 0 and 2, the second 2, at a lower cost
    array([ 0, -1,  1, -1])
    """
    raise NotImplementedError
