import torch


def depthwise_separable_conv(
    x: torch.Tensor,
    depthwise: torch.Tensor,
    pointwise: torch.Tensor,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> torch.Tensor:
    """Split a convolution into two cheap ones: filter each channel by itself, then mix the channels.

    MobileNet, Xception and most networks for small devices are built of it, since it costs about a ninth
    of a 3 × 3 convolution. It is asked because both halves are easy and their shapes are not: mix up
    which half sees what, and you get a tensor of the right size with the wrong numbers in it.

    Parameters
    ----------
    x : Tensor of float, shape (N, C, H, W)
        N images of C channels.
    depthwise : Tensor of float, shape (C, 1, kh, kw)
        One kernel for each channel.
    pointwise : Tensor of float, shape (O, C, 1, 1)
        For each of O output channels a weight for every channel that the first half gives.
    stride : int or pair of int
        Of the first half: steps between neighbouring windows, (vertical, horizontal).
    padding : int or pair of int
        Of the first half: rows of zeros above and as many below, columns of zeros on the left and as
        many on the right.

    Returns
    -------
    Tensor of float, shape (N, O, H_out, W_out)
        ``H_out = (H + 2 * padding - kh) // stride + 1`` with the vertical numbers, and ``W_out``
        likewise with W, kw and the horizontal ones. In the dtype of the inputs.

    Notes
    -----
    - The first half gives C channels: channel c of x is convolved with ``depthwise[c, 0]`` and
      nothing else, to channel c of the result. The kernel is **not** flipped.
    - The second half gives O channels: at each place, output channel o is the sum of the C channels
      there, each times ``pointwise[o, c, 0, 0]``.
    - Stride and padding belong to the first half alone. The second has stride 1 and no padding.
    - There is no bias, and nothing comes between the halves: no normalisation, no activation.
    - An int means the same number in both directions.
    - Rows and columns at the end that no whole window reaches are left out.
    - Strides are at least 1 and paddings at least 0. The kernel fits into the padded image, and no
      tensor is empty.
    - The tensors are all float64 or all float32, and finite. Gradients flow through the result to x and
      to both weights.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made convolutions (``F.conv1d``, ``F.conv2d``, ``F.conv3d``, their transposed
      versions and the ``nn`` modules). ``F.pad``, ``F.unfold``, ``Tensor.unfold`` and ``torch.einsum``
      are fine.

    References
    ----------
    A. G. Howard et al., "MobileNets: efficient convolutional neural networks for mobile vision
    applications", 2017, section 3.1. F. Chollet, "Xception: deep learning with depthwise separable
    convolutions", CVPR 2017.

    Examples
    --------
    >>> x = torch.tensor([[[[1.0, 2, 3]], [[4, 5, 6]]]])
    >>> depthwise = torch.tensor([[[[1.0, 1]]], [[[-1, 1]]]])  # sums; steps
    >>> pointwise = torch.tensor([1.0, 0, 0, 1, 1, 10]).reshape(3, 2, 1, 1)
    >>> depthwise_separable_conv(x, depthwise, pointwise)
    tensor([[[[ 3.,  5.]],
    <BLANKLINE>
             [[ 1.,  1.]],
    <BLANKLINE>
             [[13., 15.]]]])
    """
    raise NotImplementedError
