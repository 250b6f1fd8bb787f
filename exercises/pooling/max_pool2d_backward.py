import numpy as np


def max_pool2d_backward(
    dout: np.ndarray,
    x: np.ndarray,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
) -> np.ndarray:
    """Send a gradient back through max pooling, to the elements that won.

    Forward, a window slides over every channel of every image, and the largest value under it becomes an
    output. It is asked because the idea takes one sentence, and then overlapping windows and ties show
    whether you have thought it through.

    Parameters
    ----------
    dout : ndarray of float, shape (N, C, out_h, out_w)
        Gradient of the loss with respect to the outputs, where ``out_h = floor((H - kernel) / stride) +
        1`` with the numbers for the height, and out_w likewise.
    x : ndarray of float, shape (N, C, H, W)
        What the forward pass was given.
    kernel_size : int or pair of int
        Height and width of the window, which fits into the image; an int stands for both.
    stride : int or pair of int, optional
        How far the window moves down and to the right; the kernel size unless given.

    Returns
    -------
    ndarray of float, shape (N, C, H, W)
        Gradient of the loss with respect to x.

    Notes
    -----
    - In a pair the height's number comes first. There is no padding.
    - The whole gradient of an output goes to **one** element of its window: the largest.
    - Among equal largest elements of a window, the first in row-major order gets it: the topmost, and of
      those in one row the leftmost. Equal means equal, not nearly equal.
    - Windows may overlap: an element that wins several gets the sum of their gradients.
    - Elements that win no window get 0, also those that no window covers.
    - dout and x are both float64 or both float32, and hold no NaN and no infinities; a result of either
      width is fine.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made pooling and unpooling (``torch.nn.functional.max_pool2d``, ``max_unpool2d``
      and their relatives, maximum filters) and automatic differentiation. ``np.argmax``, ``np.add.at``
      and ``sliding_window_view`` are fine.

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 9.3, for the forward
    pass. Ties as in ``torch.nn.functional.max_pool2d``.

    Examples
    --------
    >>> x = np.array([[1.0, 2, 0, 0], [4, 3, 0, 0]])[None, None]
    >>> max_pool2d_backward(np.array([[[[10.0, 20]]]]), x, 2)
    array([[[[ 0.,  0., 20.,  0.],
             [10.,  0.,  0.,  0.]]]])
    >>> max_pool2d_backward(np.array([[[[10.0, 20, 30]]]]), x, kernel_size=2, stride=1)
    array([[[[ 0.,  0., 30.,  0.],
             [10., 20.,  0.,  0.]]]])
    """
    raise NotImplementedError
