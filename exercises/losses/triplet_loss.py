import numpy as np


def triplet_loss(
    anchor: np.ndarray, positive: np.ndarray, negative: np.ndarray, margin: float = 1.0
) -> float:
    """Compute how far triplets of embeddings are from having like close together and unlike apart.

    An anchor should lie closer to its positive, another view of the same thing, than to its negative, by
    a margin. Face recognition and re-identification are trained this way. It is asked because the
    formula is short, and the order of its steps matters: what is clamped, and what is averaged.

    Parameters
    ----------
    anchor : ndarray of float, shape (n, d)
        Embeddings, one per row; n and d are at least 1.
    positive : ndarray of float, shape (n, d)
        For each anchor, an embedding that should be close.
    negative : ndarray of float, shape (n, d)
        For each anchor, an embedding that should be far.
    margin : float, optional
        By how much farther the negative should be; greater than 0.

    Returns
    -------
    float
        The mean loss. A numpy scalar or a 0-d array will do.

    Notes
    -----
    - A triplet costs ``max(0, d(anchor, positive) - d(anchor, negative) + margin)``, where d is the
      Euclidean distance, not its square. No epsilon is added anywhere: coincident points have distance
      0, and the loss is never NaN.
    - The result is the mean over all n triplets, also over those that cost nothing.
    - Embeddings are taken as they come; they are not normalised.
    - The negative is compared with the anchor only, never with the positive.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made triplet and ranking losses (torch). Distances may be computed with any
      function.

    References
    ----------
    F. Schroff, D. Kalenichenko, J. Philbin, "FaceNet: a unified embedding for face recognition and
    clustering", CVPR 2015, section 3.1 (with squared distances). The result is that of
    ``torch.nn.functional.triplet_margin_loss`` with ``eps=0``.

    Examples
    --------
    >>> anchor = np.array([[0.0, 0.0], [0.0, 0.0]])
    >>> positive = np.array([[3.0, 4.0], [0.0, 1.0]])  # distances 5 and 1
    >>> negative = np.array([[0.0, 4.0], [6.0, 8.0]])  # distances 4 and 10
    >>> float(triplet_loss(anchor, positive, negative))  # the mean of 2 and 0
    1.0
    """
    raise NotImplementedError
