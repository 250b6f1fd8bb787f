import numpy as np


def conv_as_matrix(kernel: np.ndarray, image_shape: tuple[int, int]) -> np.ndarray:
    """Write a convolution down as the matrix that a dense layer would need to do the same.

    A convolution is linear, so there is such a matrix. Nearly all of it is zero, and the rest are the
    same few numbers over and over: that is what is meant by sparse connections and shared weights. The
    task is asked because it shows whether you see both, and because the transpose of this matrix is the
    backward pass.

    Parameters
    ----------
    kernel : ndarray of float, shape (kh, kw)
        Any size from 1 × 1 up, square or not, odd or even.
    image_shape : tuple of int
        (H, W), the size of the images that the matrix will be applied to.

    Returns
    -------
    ndarray of float, shape ((H - kh + 1) * (W - kw + 1), H * W)
        M, for which ``M @ image.ravel()`` equals ``conv2d_valid(image, kernel).ravel()`` for every image
        of that shape.

    Raises
    ------
    ValueError
        If the kernel is larger than the image in either direction.

    Notes
    -----
    - ``conv2d_valid`` slides the kernel, without a flip, over all places where it lies wholly inside the
      image: ``out[i, j] = sum over p, q of image[i + p, j + q] * kernel[p, q]``.
    - A row of M belongs to an output, a column to a pixel. Both are counted row by row, as ``ravel()``
      does: pixel (y, x) is column ``y * W + x``.
    - The matrix is an ordinary, dense array with the zeros written out, always of two dimensions, also
      where it has a single row.
    - The kernel is float64 or float32, finite, and holds at least one number; M may be of either width.
      H and W are at least 1.
    - The kernel may be a view whose memory is not contiguous, and is left as it is.
    - Not allowed: ready-made convolutions and correlations (``np.convolve``, ``np.correlate``, and those
      of scipy, torch, cv2 and skimage) and ``scipy.linalg.convolution_matrix``. To place numbers by
      index or by ``np.kron`` is fine, and so is ``np.lib.stride_tricks``.

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, sections 9.1 and 9.2. V.
    Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016, section 4.1.

    Examples
    --------
    >>> kernel = np.array([[1.0, 2], [3, 4]])
    >>> conv_as_matrix(kernel, (2, 3))
    array([[1., 2., 0., 3., 4., 0.],
           [0., 1., 2., 0., 3., 4.]])
    >>> image = np.array([[1.0, 0, 0], [0, 0, 10]])
    >>> conv_as_matrix(kernel, (2, 3)) @ image.ravel()
    array([ 1., 40.])
    """
    raise NotImplementedError
