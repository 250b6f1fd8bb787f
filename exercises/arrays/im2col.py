import numpy as np


def im2col(
    x: np.ndarray,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> np.ndarray:
    """Make a column of every window that a kernel sees, so that convolution becomes one matrix product.

    Early frameworks convolved this way, and with nothing but numpy it is still the fast way. It is asked
    because it is all bookkeeping: which of six indices runs fastest, how many windows fit, which number
    is a height and which a width.

    Parameters
    ----------
    x : ndarray of float, shape (N, C, H, W)
        A batch of images.
    kernel_size : int or pair of int
        Height and width of the window, kh and kw.
    stride : int or pair of int, optional
        Step from one window to the next, down and to the right.
    padding : int or pair of int, optional
        Rows of zeros added above **and** below, columns of zeros added left **and** right.

    Returns
    -------
    ndarray of float, shape (N, C * kh * kw, L)
        Column l of image n is the l-th window, unrolled.

    Notes
    -----
    - An int stands for both directions: ``3`` means ``(3, 3)``. A pair is a tuple, height before width.
    - Down a column the channel changes slowest, then the window's row, then the window's column: entry
      ``(c * kh + i) * kw + j`` is channel c, row i, column j. Flattening a weight of shape
      (C_out, C, kh, kw) to (C_out, C * kh * kw) gives the same order.
    - The windows come in reading order: from left to right, and row by row from top to bottom.
    - ``L = oh * ow``: ``oh = (H + 2 * ph - kh) // sh + 1`` and ``ow = (W + 2 * pw - kw) // sw + 1``.
      Rows and columns that are left over at the bottom and at the right are ignored.
    - At least one window fits. Padding may be as large as the kernel, or larger.
    - The result may be a view or a copy. The input is left as it is.
    - Not allowed: ``F.unfold`` and its twins. ``np.lib.stride_tricks.sliding_window_view`` is allowed.

    References
    ----------
    K. Chellapilla, S. Puri, P. Simard, "High performance convolutional neural networks for document
    processing", IWFHR 2006. The layout is that of ``torch.nn.functional.unfold``.

    Examples
    --------
    >>> x = np.array([[[[1.0, 2, 3], [4, 5, 6]]]])
    >>> im2col(x, 2)  # two windows: 1, 2, 4, 5 and 2, 3, 5, 6
    array([[[1., 2.],
            [2., 3.],
            [4., 5.],
            [5., 6.]]])
    """
    raise NotImplementedError
