"""Six small moves on arrays, each of which one line of indexing can do.

Interviews open with questions like these because they take a minute and show whether you think in arrays:
what a step of -1 does, where a slice stops, and which axis of an image is which.

Notes
-----
- Vectors are 1-D and hold anything: integers, floats, booleans, strings. What comes out is of the kind that
  went in, also when it is empty: integers stay integers.
- Images have shape (H, W, C): rows from top to bottom, columns from left to right, channels last. H and W
  need not be equal, and C is any number unless the function says otherwise.
- An image keeps its dtype exactly: uint8 stays uint8, float32 stays float32.
- A result may be a view of the input or a copy, as you like. The input is left as it is.
- Not allowed: ready-made flips and rotations (``np.flip``, ``np.fliplr``, ``np.flipud``, ``np.rot90`` and
  their twins in torch, cv2, PIL and others), and ``cv2.cvtColor``. Transposing is fine.

References
----------
NumPy user guide, "Indexing on ndarrays", section "Slicing and striding":
https://numpy.org/doc/stable/user/basics.indexing.html
"""

import numpy as np


def reverse(x: np.ndarray) -> np.ndarray:
    """Return the elements in the opposite order.

    Parameters
    ----------
    x : ndarray, shape (n,)
        May be empty.

    Returns
    -------
    ndarray, shape (n,)

    Examples
    --------
    >>> reverse(np.array([1, 2, 3]))
    array([3, 2, 1])
    """
    raise NotImplementedError


def tail(x: np.ndarray, n: int) -> np.ndarray:
    """Return the last n elements, in their order.

    Parameters
    ----------
    x : ndarray, shape (length,)
    n : int
        0 ≤ n ≤ length; 0 asks for an empty array.

    Returns
    -------
    ndarray, shape (n,)

    Examples
    --------
    >>> tail(np.array(["a", "b", "c"]), 2)
    array(['b', 'c'], dtype='<U1')
    """
    raise NotImplementedError


def reversed_from(x: np.ndarray, k: int) -> np.ndarray:
    """Return the elements at indices k, k - 1, …, 0: start at k and walk back to the beginning.

    Parameters
    ----------
    x : ndarray, shape (length,)
    k : int
        0 ≤ k < length.

    Returns
    -------
    ndarray, shape (k + 1,)
        Both ends belong to it.

    Examples
    --------
    >>> reversed_from(np.array([10, 11, 12, 13, 14]), 2)
    array([12, 11, 10])
    """
    raise NotImplementedError


def mirror(image: np.ndarray) -> np.ndarray:
    """Return the image as a mirror shows it: left and right change places, up and down do not.

    Parameters
    ----------
    image : ndarray, shape (H, W, C)

    Returns
    -------
    ndarray, shape (H, W, C)

    Examples
    --------
    >>> mirror(np.array([[[1], [2], [3]], [[4], [5], [6]]]))[:, :, 0]
    array([[3, 2, 1],
           [6, 5, 4]])
    """
    raise NotImplementedError


def rotate90(image: np.ndarray) -> np.ndarray:
    """Return the image turned by a quarter, anticlockwise: what was at the top right comes to the top left.

    Parameters
    ----------
    image : ndarray, shape (H, W, C)

    Returns
    -------
    ndarray, shape (W, H, C)

    Examples
    --------
    >>> rotate90(np.array([[[1], [2], [3]], [[4], [5], [6]]]))[:, :, 0]
    array([[3, 6],
           [2, 5],
           [1, 4]])
    """
    raise NotImplementedError


def swap_channels(image: np.ndarray) -> np.ndarray:
    """Return an RGB image as BGR: red and blue change places, in every pixel.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3)

    Returns
    -------
    ndarray, shape (H, W, 3)

    Examples
    --------
    >>> swap_channels(np.array([[[255, 128, 0]]], dtype=np.uint8))
    array([[[  0, 128, 255]]], dtype=uint8)
    """
    raise NotImplementedError
