import numpy as np


def conv2d_full(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over an image and take the weighted sum wherever the two overlap at all.

    It begins where only the kernel's last element touches the image's first pixel. The result is larger
    than the image. You meet it in every backward pass, where it spreads the gradient of the output over
    the input; it is asked to see whether you know how much padding that takes, and in which order the
    kernel is read.

    Parameters
    ----------
    image : ndarray of float, shape (H, W)
    kernel : ndarray of float, shape (kh, kw)
        Any size from 1 × 1 up: square or not, odd or even, smaller or larger than the image.

    Returns
    -------
    ndarray of float, shape (H + kh - 1, W + kw - 1)
        ``out[i, j] = sum over p, q of image[i + p - (kh - 1), j + q - (kw - 1)] * kernel[p, q]``, where
        the image is 0 outside its borders.

    Notes
    -----
    - Every overlap counts, be it of a single element; what lies outside the image is 0.
    - The kernel is **not** flipped, as in all networks. So image and kernel play different parts: to
      exchange them turns the result by half a turn.
    - The kernel may be larger than the image, in one direction or both; nothing else changes then.
    - Image and kernel are both float64 or both float32, finite, and hold at least one number each;
      integers are not asked. The result may be of either width.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made convolutions and correlations (``np.convolve``, ``np.correlate``, and those
      of scipy, torch, cv2 and skimage). ``np.pad``, ``np.lib.stride_tricks.sliding_window_view`` and
      ``np.fft`` are fine.

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 9.5. The result is
    that of ``scipy.signal.correlate2d(image, kernel, mode="full")``.

    Examples
    --------
    >>> conv2d_full(np.array([[1.0, 2, 3]]), np.array([[1.0, 10]]))
    array([[10., 21., 32.,  3.]])
    >>> conv2d_full(np.array([[1.0, 0], [0, 5]]), np.array([[1.0, 2], [3, 4]]))
    array([[ 4.,  3.,  0.],
           [ 2., 21., 15.],
           [ 0., 10.,  5.]])
    """
    raise NotImplementedError
