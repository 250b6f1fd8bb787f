import numpy as np


def conv2d_same(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over an image, padded with just enough zeros for the result to keep its size.

    "Same" is how nearly every layer of a deep network is padded, since the image would otherwise shrink
    from layer to layer. It is asked because a 3 × 3 kernel is easy and a 4 × 4 kernel is not: where
    there is no middle, one side needs more zeros than the other, and you have to know which.

    Parameters
    ----------
    image : ndarray of float, shape (H, W)
    kernel : ndarray of float, shape (kh, kw)
        Any size from 1 × 1 up: square or not, odd or even, smaller or larger than the image.

    Returns
    -------
    ndarray of float, shape (H, W)
        ``out[i, j] = sum over p, q of image[i + p - top, j + q - left] * kernel[p, q]``, where ``top``
        rows and ``left`` columns of zeros were put before the image, and where the image is 0 outside
        its borders.

    Notes
    -----
    - The padding amounts to ``kh - 1`` rows and ``kw - 1`` columns. An odd number cannot be halved: the
      **smaller** half goes before the image (above, left), the larger half after it (below, right). A
      kernel of 4 rows has 1 row of zeros above and 2 below; of 2 rows, none above and 1 below.
    - What lies outside is 0; the border is neither repeated nor mirrored nor wrapped around.
    - The kernel is **not** flipped, as in all networks.
    - The kernel may be larger than the image, in one direction or both. The result has the image's size
      all the same.
    - Image and kernel are both float64 or both float32, finite, and hold at least one number each;
      integers are not asked. The result may be of either width.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made convolutions and correlations (``np.convolve``, ``np.correlate``, and those
      of scipy, torch, cv2 and skimage). ``np.pad``, ``np.lib.stride_tricks.sliding_window_view`` and
      ``np.fft`` are fine.

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 9.5. The halves are
    those of ``torch.nn.functional.conv2d`` with ``padding="same"``.

    Examples
    --------
    >>> image = np.array([[1.0, 2, 3], [4, 5, 6]])
    >>> conv2d_same(image, np.array([[0.0, 0, 0], [1, 0, 2], [0, 0, 0]]))  # left + 2 × right
    array([[ 4.,  7.,  2.],
           [10., 16.,  5.]])
    >>> conv2d_same(image, np.array([[1.0, 10]]))  # even: the zero is on the right
    array([[21., 32.,  3.],
           [54., 65.,  6.]])
    """
    raise NotImplementedError
