import numpy as np


def transposed_conv2d(
    x: np.ndarray,
    weight: np.ndarray,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> np.ndarray:
    """Let every pixel paint a kernel, times its value, onto a larger canvas, and add up what overlaps.

    It is the convolution's way back: it maps the small grid to the large one along the same connections.
    Decoders, generators and segmentation heads enlarge their feature maps with it. It is asked because
    stride and padding do the opposite here of what everyone expects, and whoever knows why has
    understood convolution.

    Parameters
    ----------
    x : ndarray of float, shape (N, C, H, W)
        N images of C channels.
    weight : ndarray of float, shape (C, O, kh, kw)
        For each input channel a kernel for every output channel. Mind the order: input channels come
        first.
    stride : int or pair of int
        Steps on the canvas between the kernels of neighbouring pixels, (vertical, horizontal).
    padding : int or pair of int
        Rows that are cut off the canvas above and as many below, columns on the left and as many on the
        right.

    Returns
    -------
    ndarray of float, shape (N, O, H_out, W_out)
        ``H_out = (H - 1) * stride - 2 * padding + kh`` with the vertical numbers, and ``W_out`` likewise
        with W, kw and the horizontal ones. Before the cut, with vertical and horizontal strides s and t,
        pixel (i, j) adds ``x[n, c, i, j] * weight[c, o, p, q]`` to
        ``canvas[n, o, s * i + p, t * j + q]``, for all channels c and o and all p and q.

    Notes
    -----
    - It is ``torch.nn.functional.conv_transpose2d`` without bias, output padding, groups and dilation.
    - Kernels that overlap add up. Where the stride is larger than the kernel, the canvas stays 0 in
      between.
    - The padding is that of the convolution whose way back this is, so it makes the result **smaller**.
    - The kernel is **not** flipped: a single pixel of value 1 gives the kernel as it is.
    - An int means the same number in both directions.
    - Strides are at least 1 and paddings at least 0. At least one row and one column are left after the
      cut, and no array is empty.
    - Arrays are both float64 or both float32, and finite; the result may be of either width.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made convolutions, transposed convolutions and their gradients (those of numpy,
      scipy, torch, cv2 and skimage). ``np.pad``, ``np.einsum``, ``np.fft`` and
      ``np.lib.stride_tricks.sliding_window_view`` are fine.

    References
    ----------
    V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016, chapter 4.
    PyTorch documentation, ``torch.nn.ConvTranspose2d``.

    Examples
    --------
    >>> x = np.array([[[[1.0, 2]]]])
    >>> weight = np.array([[[[1.0, 10, 100]]]])
    >>> transposed_conv2d(x, weight)
    array([[[[  1.,  12., 120., 200.]]]])
    >>> transposed_conv2d(x, weight, stride=2)
    array([[[[  1.,  10., 102.,  20., 200.]]]])
    >>> transposed_conv2d(x, weight, stride=2, padding=(0, 1))
    array([[[[ 10., 102.,  20.]]]])
    """
    raise NotImplementedError
