import numpy as np


def avg_pool2d(
    x: np.ndarray,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    count_include_pad: bool = True,
) -> np.ndarray:
    """Take the mean under a window that slides over every channel of every image.

    Average pooling shrinks feature maps smoothly. It is asked after max pooling, because the sum is easy
    and the number that it is divided by is not: does padding count?

    Parameters
    ----------
    x : ndarray of float, shape (N, C, H, W)
        A batch of images.
    kernel_size : int or pair of int
        Height and width of the window; an int stands for both.
    stride : int or pair of int, optional
        How far the window moves down and to the right; the kernel size unless given.
    padding : int or pair of int, optional
        How many rows of zeros are added above and below, and how many columns on the left and on the
        right; each at most half of the kernel's size in that direction.
    count_include_pad : bool, optional
        Whether padding counts as so many zeros, or not at all.

    Returns
    -------
    ndarray of float, shape (N, C, out_h, out_w)
        ``out_h = floor((H + 2 * padding - kernel) / stride) + 1`` with the numbers for the height; out_w
        likewise with those for the width.

    Notes
    -----
    - In a pair the height's number comes first.
    - With ``count_include_pad`` every sum is divided by the size of the whole window, padding included;
      without it, by the number of those elements of the window that belong to the image. There is at
      least one.
    - Rows and columns at the end that do not fill a whole window are left out.
    - The stride may be smaller than the kernel (windows overlap) or larger (gaps are left out).
    - The kernel fits into the padded image.
    - x is float64 or float32 and holds no NaN and no infinities; a result of either width is fine.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made pooling and mean filters (``torch.nn.functional.avg_pool2d`` and its
      relatives, ``scipy.ndimage.uniform_filter``, ``cv2.blur``, ``skimage.measure.block_reduce``).
      ``np.lib.stride_tricks.sliding_window_view``, ``np.pad`` and ``np.cumsum`` are fine.

    References
    ----------
    The conventions are those of ``torch.nn.functional.avg_pool2d``. V. Dumoulin, F. Visin, "A guide to
    convolution arithmetic for deep learning", arXiv:1603.07285, 2016, chapters 2 and 3, for the sizes.

    Examples
    --------
    >>> x = np.array([[1.0, 2, 5, 6], [3, 6, 7, 10]])[None, None]
    >>> avg_pool2d(x, 2)
    array([[[[3., 7.]]]])
    >>> avg_pool2d(x, (2, 3), stride=2, padding=(0, 1))
    array([[[[2., 6.]]]])
    >>> avg_pool2d(x, (2, 3), stride=2, padding=(0, 1), count_include_pad=False)
    array([[[[3., 6.]]]])
    """
    raise NotImplementedError
