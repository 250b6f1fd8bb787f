import numpy as np


def conv2d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
    groups: int = 1,
) -> np.ndarray:
    """Compute a whole convolutional layer: batch, channels, bias, stride, padding, dilation and groups.

    Each output channel slides its own stack of kernels over the input channels and adds up what they
    say. The options are what an interviewer is after: each changes one index in the same sum, and with
    that sum before your eyes you can add them one by one.

    Parameters
    ----------
    x : ndarray of float, shape (N, C, H, W)
        N images of C channels.
    weight : ndarray of float, shape (O, C / groups, kh, kw)
        For each of O output channels a kernel for every input channel of its group.
    bias : ndarray of float, shape (O,), optional
        Added to every element of its output channel. None adds nothing.
    stride : int or pair of int
        Steps between neighbouring windows, (vertical, horizontal).
    padding : int or pair of int
        Rows of zeros above and as many below, columns of zeros on the left and as many on the right.
    dilation : int or pair of int
        Distance between pixels that neighbouring elements of the kernel look at, (vertical, horizontal).
        1 is a plain kernel.
    groups : int
        Divides C and O. Input and output channels are cut into that many blocks of neighbouring
        channels; each block of outputs sees only the block of inputs at the same place.

    Returns
    -------
    ndarray of float, shape (N, O, H_out, W_out)
        ``out[n, o, i, j]`` is ``bias[o]`` plus the sum of
        ``padded[n, c, s * i + d * p, t * j + e * q] * weight[o, c', p, q]`` over p, q and the channels c
        of o's group. There c' is the place of c in the group, ``padded`` is x between its zeros, (s, t)
        is the stride and (d, e) the dilation.
        ``H_out = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1`` with the vertical options,
        and ``W_out`` likewise with W, kw and the horizontal ones.

    Notes
    -----
    - It is ``torch.nn.functional.conv2d`` in numpy: same arguments, same order, same result.
    - An int means the same number in both directions.
    - The kernel is **not** flipped.
    - Rows and columns at the end that no whole window reaches are left out.
    - With groups = 2, C = 4 and O = 6, outputs 0 to 2 see inputs 0 and 1, outputs 3 to 5 inputs 2 and 3.
    - Strides, dilations and groups are at least 1, paddings at least 0; the padding may exceed the
      kernel. The kernel always fits into the padded image, and no array is empty.
    - Arrays are all float64 or all float32, and finite; the result may be of either width.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made convolutions and correlations (``np.convolve``, ``np.correlate``, and those
      of scipy, torch, cv2 and skimage). ``np.pad``, ``np.einsum``, ``np.fft`` and
      ``np.lib.stride_tricks.sliding_window_view`` are fine.

    References
    ----------
    V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016. PyTorch
    documentation, ``torch.nn.functional.conv2d`` and ``torch.nn.Conv2d``.

    Examples
    --------
    >>> x = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> weight = np.array([[[[1.0, 0], [0, 1]]]])
    >>> conv2d(x, weight, stride=2)
    array([[[[ 5.,  9.],
             [21., 25.]]]])
    >>> conv2d(x, weight, bias=np.array([100.0]), dilation=(1, 3))
    array([[[[107.],
             [115.],
             [123.]]]])
    """
    raise NotImplementedError
