def receptive_field(layers: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Compute how much of the input one output of a network sees, and how far apart its outputs look.

    A network cannot recognise what it does not see: an object of 200 pixels needs a receptive field of
    that size. It is asked because the answer is three lines, and shows whether you know which layers
    count most: not the last ones, but those that come after strides.

    Parameters
    ----------
    layers : list of (kernel, stride, dilation)
        Convolutions or poolings along one axis, from the input to the output, three ints of 1 or more
        each.

    Returns
    -------
    size : int
        Receptive field of one output: the number of inputs from the first to the last that it depends
        on.
    stride : int
        Cumulative stride: the distance, in inputs, between the fields of two neighbouring outputs.

    Notes
    -----
    - A layer of kernel k and dilation d computes each output from k of its inputs, d apart; its outputs
      are computed at every stride-th place.
    - Inputs inside the field that are skipped, by a dilation or by a stride, are counted all the same:
      from the first to the last, both included.
    - Without layers an output is an input: (1, 1).
    - Padding moves the field, but does not change its size, and is not passed.
    - The two are returned as a pair, the size first. Any integers will do.
    - The list is left as it is.
    - Not allowed: differentiating a network to see what it touches (``torch.autograd``).

    References
    ----------
    A. Araujo, W. Norris, J. Sim, "Computing receptive fields of convolutional neural networks", Distill
    2019, https://distill.pub/2019/computing-receptive-fields

    Examples
    --------
    >>> receptive_field([(3, 1, 1), (3, 1, 1)])  # two 3 × 3 convolutions see what one of 5 × 5 sees
    (5, 1)
    >>> receptive_field([(7, 2, 1), (3, 2, 1)])  # the first two layers of a ResNet
    (11, 4)
    """
    raise NotImplementedError
