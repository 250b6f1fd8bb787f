import numpy as np


def dilated_conv2d(image: np.ndarray, kernel: np.ndarray, dilation: int) -> np.ndarray:
    """Slide a kernel whose elements stand apart over an image, wherever it lies wholly inside.

    With dilation 2 a 3 × 3 kernel looks at every second pixel of a 5 × 5 window: nine weights see as far
    as twenty-five would. Segmentation networks use it to see more without shrinking the image. It is
    asked because it takes one multiplication in the index and one in the size, and the second is easily
    got wrong.

    Parameters
    ----------
    image : ndarray of float, shape (H, W)
    kernel : ndarray of float, shape (kh, kw)
        Any size from 1 × 1 up, square or not, odd or even.
    dilation : int
        At least 1: how far apart, in pixels, neighbouring elements of the kernel stand, in both
        directions. 1 is a plain kernel.

    Returns
    -------
    ndarray of float, shape (H - dilation * (kh - 1), W - dilation * (kw - 1))
        ``out[i, j] = sum over p, q of image[i + dilation * p, j + dilation * q] * kernel[p, q]``.

    Raises
    ------
    ValueError
        If the kernel, spread by the dilation, is larger than the image in either direction.

    Notes
    -----
    - From its first to its last row the spread kernel measures ``dilation * (kh - 1) + 1`` rows; columns
      likewise. Where that is exactly the image's size, it fits once.
    - A single row has no neighbour to stand apart from: a 1 × 1 kernel fits into every image, whatever
      the dilation.
    - Every place counts: the dilation spreads the kernel, it does not make the window step further.
    - No padding, and the kernel is **not** flipped.
    - Image and kernel are both float64 or both float32, finite, and hold at least one number each;
      integers are not asked. The result may be of either width.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made convolutions and correlations (``np.convolve``, ``np.correlate``, and those
      of scipy, torch, cv2 and skimage). ``np.lib.stride_tricks.sliding_window_view`` and ``np.fft`` are
      fine.

    References
    ----------
    F. Yu, V. Koltun, "Multi-scale context aggregation by dilated convolutions", ICLR 2016, section 2.

    Examples
    --------
    >>> row = np.array([[1.0, 2, 3, 4, 5]])
    >>> dilated_conv2d(row, np.array([[1.0, 10]]), 1)
    array([[21., 32., 43., 54.]])
    >>> dilated_conv2d(row, np.array([[1.0, 10]]), 3)
    array([[41., 52.]])
    """
    raise NotImplementedError
