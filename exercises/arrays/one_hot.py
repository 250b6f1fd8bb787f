import numpy as np


def one_hot(labels: np.ndarray, num_classes: int) -> np.ndarray:
    """Turn class labels into vectors that are 1 at the label and 0 everywhere else.

    Losses, label smoothing, confusion matrices and segmentation masks begin with this step. It is asked
    as a warm-up: does one line do, does it still work on a batch of label images, and what becomes of a
    label that does not exist?

    Parameters
    ----------
    labels : ndarray of int, any shape
        Class of each element. Any integer dtype, signed or unsigned: uint8 is common for label images.
        There may be more classes than that dtype can count.
    num_classes : int
        How many classes there are, 1 or more.

    Returns
    -------
    ndarray of int or float, shape (*labels.shape, num_classes)
        Ones and zeros, of any integer or float dtype; not booleans.

    Raises
    ------
    ValueError
        If a label is negative, or is `num_classes` or larger.

    Notes
    -----
    - The classes are a new axis at the end: labels (N, H, W) give (N, H, W, num_classes).
    - The shape of `labels` may be anything: a 0-d array gives a vector, and without labels the result is
      empty, (0,) giving (0, num_classes). Nothing is raised then.
    - Classes that do not occur keep their zeros: the last length is `num_classes`, whatever the labels
      are.
    - A negative label does not count from the end. One label out of range among many is enough to raise.
    - The labels are left as they are.
    - Not allowed: ``F.one_hot`` and its twins in scikit-learn. ``np.eye`` is allowed.

    References
    ----------
    C. Bishop, "Pattern Recognition and Machine Learning", Springer 2006, section 4.1: the 1-of-K coding.
    The layout is that of ``torch.nn.functional.one_hot``.

    Examples
    --------
    >>> one_hot(np.array([2, 0]), 4).astype(int)
    array([[0, 0, 1, 0],
           [1, 0, 0, 0]])
    """
    raise NotImplementedError
