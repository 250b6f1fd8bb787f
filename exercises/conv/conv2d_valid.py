import numpy as np


def conv2d_valid(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over an image and take the weighted sum under it wherever it lies wholly inside.

    This is what a convolutional layer does, for one channel, without padding and without stride. Interviewers
    begin here because strides, padding, channels and the backward pass are all built upon it, and because the
    bounds of two loops tell them whether you have an output's size in your fingers.

    Parameters
    ----------
    image : ndarray of float, shape (H, W)
    kernel : ndarray of float, shape (kh, kw)
        Any size from 1 × 1 up, square or not, odd or even.

    Returns
    -------
    ndarray of float, shape (H - kh + 1, W - kw + 1)
        ``out[i, j] = sum over p, q of image[i + p, j + q] * kernel[p, q]``.

    Raises
    ------
    ValueError
        If the kernel is larger than the image in either direction.

    Notes
    -----
    - The kernel is **not** flipped. Networks call that a convolution; its mathematical name is
      cross-correlation.
    - A kernel as large as the image fits once: the result has shape (1, 1).
    - Image and kernel are both float64 or both float32, finite, and hold at least one number each;
      integers are not asked. The result may be of either width.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made convolutions and correlations (``np.convolve``, ``np.correlate``, and those of
      scipy, torch, cv2 and skimage). ``np.lib.stride_tricks.sliding_window_view`` and ``np.fft`` are fine.

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 9.1, equation 9.6.

    Examples
    --------
    >>> image = np.array([[1.0, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]])
    >>> conv2d_valid(image, np.array([[1.0, 0], [0, 2]]))
    array([[13., 16., 19.],
           [25., 28., 31.]])
    """
    raise NotImplementedError
