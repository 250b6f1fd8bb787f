import numpy as np


def pairwise_distance(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Measure how far every point of one set is from every point of another.

    Nearest neighbours, k-means, tracking and retrieval all begin with this matrix. It is asked to see
    you broadcast, and then to see you do it without an array of n · m · d numbers; the formula that
    allows this hides a trap, and it is worth knowing before the interviewer points at it.

    Parameters
    ----------
    a : ndarray of float, shape (n, d)
        One point per row, d ≥ 1.
    b : ndarray of float, shape (m, d)
        As `a`, and of the same dtype.

    Returns
    -------
    ndarray of float, shape (n, m)
        Entry ``[i, j]`` is the Euclidean distance of ``a[i]`` and ``b[j]``: the root of the sum of
        squared differences of their coordinates.

    Notes
    -----
    - The result is never negative and never NaN, also where points coincide or nearly do.
    - For such points the distance may be wrong by the root of the dtype's machine epsilon times their
      distance from the origin, not by more: in float64 about 1.5e-8, in float32 about 3.5e-4, for points
      of norm 1. That is what rounding leaves of the usual formulas; a constant added under the root
      leaves more.
    - Coordinates may be of any scale from 1e-6 to 1e6.
    - Without points the shape stays two-dimensional: ``(0, m)``, ``(n, 0)`` or ``(0, 0)``.
    - The inputs are left as they are.
    - Not allowed: ready-made matrices of distances and searches for neighbours (``scipy.spatial``,
      ``sklearn``, ``torch.cdist``).

    References
    ----------
    C. Bishop, "Pattern Recognition and Machine Learning", Springer 2006, section 2.5.2, for one use. The
    interface is that of ``scipy.spatial.distance.cdist``.

    Examples
    --------
    >>> a = np.array([[0.0, 0], [3, 0]])
    >>> b = np.array([[0.0, 4], [3, 1], [3, 0]])
    >>> pairwise_distance(a, b).round(3)
    array([[4.   , 3.162, 3.   ],
           [5.   , 1.   , 0.   ]])
    """
    raise NotImplementedError
