import numpy as np


def conv2d_backward(
    dout: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pass a gradient backwards through a convolutional layer: to its input, its weights and its bias.

    Frameworks do it for you, so nobody remembers it, and that is the reason why it is asked: it has to
    be derived on the spot. It takes nothing but the chain rule and a clear view of which pixel took part
    in which output.

    Parameters
    ----------
    dout : ndarray of float, shape (N, O, H_out, W_out)
        Gradient of a loss with respect to the layer's output.
    x : ndarray of float, shape (N, C, H, W)
        The layer's input.
    weight : ndarray of float, shape (O, C, kh, kw)
        Its weights.
    stride : int or pair of int
        Steps between neighbouring windows, (vertical, horizontal).
    padding : int or pair of int
        Rows of zeros above and as many below x, columns of zeros on the left and as many on the right.

    Returns
    -------
    dx : ndarray of float, shape (N, C, H, W)
        Gradient of the loss with respect to x.
    dweight : ndarray of float, shape (O, C, kh, kw)
        Gradient of the loss with respect to weight.
    dbias : ndarray of float, shape (O,)
        Gradient of the loss with respect to the layer's bias, ``bias[o]`` for output channel o.

    Notes
    -----
    - The forward pass adds to ``bias[o]`` the products
      ``padded[n, c, s * i + p, t * j + q] * weight[o, c, p, q]`` over c, p and q, which gives
      ``out[n, o, i, j]``; s and t are the vertical and the horizontal stride, ``padded`` is x between its
      zeros. The kernel is not flipped. ``H_out = (H + 2 * padding - kh) // s + 1``, W_out likewise.
    - An int for stride or padding means the same number in both directions. There are no dilation and no
      groups.
    - The loss belongs to the whole batch: gradients of weights and bias are sums over all images, not
      means.
    - dx has the shape of x, without the padding. Pixels that no window reached, because the stride did
      not come out even or is larger than the kernel, have gradient 0.
    - The three come back as a tuple in the order dx, dweight, dbias.
    - Strides are at least 1 and paddings at least 0. The shapes fit together, and no array is empty.
    - Arrays are all float64 or all float32, and finite; results may be of either width.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: automatic differentiation, and ready-made convolutions and correlations
      (``np.convolve``, and those of scipy, torch, cv2 and skimage). ``np.pad``, ``np.einsum`` and
      ``np.lib.stride_tricks.sliding_window_view`` are fine.

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 9.5, equations 9.11
    and 9.13.

    Examples
    --------
    >>> x = np.array([[[[1.0, 2, 3]]]])
    >>> weight = np.array([[[[1.0, 10]]]])
    >>> dx, dweight, dbias = conv2d_backward(np.array([[[[1.0, 100]]]]), x, weight)
    >>> dx
    array([[[[   1.,  110., 1000.]]]])
    >>> dweight
    array([[[[201., 302.]]]])
    >>> dbias
    array([101.])
    """
    raise NotImplementedError
