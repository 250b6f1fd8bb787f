def conv_vs_dense(
    in_shape: tuple[int, int, int],
    out_channels: int,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Count the parameters and multiplications of a convolution, and of a dense layer in its place.

    Both layers turn the same image into the same feature maps; one connects every input with every
    output, the other shares a few weights among all places. It is asked because the ratio is the reason
    why convolutional networks exist, and because whoever sizes a network in an interview does this sum
    in the head.

    Parameters
    ----------
    in_shape : tuple of int
        The input's (C, H, W): channels, height, width.
    out_channels : int
        Number of filters.
    kernel_size : int or pair of int
        A pair is (height, width), here and below; one int stands for both.
    stride : int or pair of int, optional
    padding : int or pair of int, optional
        Zeros added at both ends of each axis. The kernel fits into the padded image.

    Returns
    -------
    conv : (parameters, multiplications) of the convolution
    dense : (parameters, multiplications) of the dense layer
        A pair of pairs of ints.

    Notes
    -----
    - The convolution has an output wherever its kernel lies wholly inside the padded image, at every
      stride-th row and column from the first on; a rest at the end that is too short is dropped.
    - Every filter spans all input channels, and has one bias.
    - The dense layer maps the flattened input to the flattened output of the convolution, all
      channels and places of it, and has one bias for each of its outputs.
    - Biases count as parameters, and not as multiplications.
    - A multiplication together with the addition that follows counts once (a multiply-accumulate, MAC).
      Those with padded zeros count as well. The batch is one image.
    - The numbers are exact, however large: integers, no floats, and nothing that overflows at 64 bits.
    - Not allowed: building the layers and asking torch for their size or for a count of FLOPs.

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 9.2.

    Examples
    --------
    >>> conv_vs_dense((3, 32, 32), 16, 3, padding=1)
    ((448, 442368), (50348032, 50331648))
    """
    raise NotImplementedError
