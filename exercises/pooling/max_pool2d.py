import numpy as np


def max_pool2d(
    x: np.ndarray,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
) -> np.ndarray:
    """Take the largest value under a window that slides over every channel of every image.

    Max pooling shrinks feature maps and forgives small shifts. It is asked because it has a
    convolution's windows, strides and padding without its sums, and one trap: what do you pad with when
    values are negative?

    Parameters
    ----------
    x : ndarray of float, shape (N, C, H, W)
        A batch of images.
    kernel_size : int or pair of int
        Height and width of the window; an int stands for both.
    stride : int or pair of int, optional
        How far the window moves down and to the right; the kernel size unless given.
    padding : int or pair of int, optional
        How many rows are added above and below, and how many columns on the left and on the right; each
        at most half of the kernel's size in that direction.

    Returns
    -------
    ndarray of float, shape (N, C, out_h, out_w)
        ``out_h = floor((H + 2 * padding - kernel) / stride) + 1`` with the numbers for the height; out_w
        likewise with those for the width.

    Notes
    -----
    - In a pair the height's number comes first.
    - Padding never wins: an output is the maximum over those elements of its window that belong to the
      image, however small they are. Every window holds at least one.
    - Rows and columns at the end that do not fill a whole window are left out.
    - The stride may be smaller than the kernel (windows overlap) or larger (gaps are left out).
    - The kernel fits into the padded image.
    - x is float64 or float32 and holds no NaN and no infinities; a result of either width is fine.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made pooling and maximum filters (``torch.nn.functional.max_pool2d`` and its
      relatives, ``scipy.ndimage.maximum_filter``, ``cv2.dilate``, ``skimage.measure.block_reduce``).
      ``np.lib.stride_tricks.sliding_window_view`` and ``np.pad`` are fine.

    References
    ----------
    The conventions are those of ``torch.nn.functional.max_pool2d``. V. Dumoulin, F. Visin, "A guide to
    convolution arithmetic for deep learning", arXiv:1603.07285, 2016, chapters 2 and 3, for the sizes.

    Examples
    --------
    >>> x = np.array([[1.0, 2, 5, 6], [3, 4, 7, 8], [-1, -2, -5, -6], [-3, -4, -7, -8]])
    >>> max_pool2d(x[None, None], 2)
    array([[[[ 4.,  8.],
             [-1., -5.]]]])
    >>> max_pool2d(x[None, None], kernel_size=(2, 3), stride=2, padding=(0, 1))
    array([[[[ 4.,  8.],
             [-1., -2.]]]])
    """
    raise NotImplementedError
