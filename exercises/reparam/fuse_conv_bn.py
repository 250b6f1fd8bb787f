import torch


def fuse_conv_bn(
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    bn_weight: torch.Tensor,
    bn_bias: torch.Tensor,
    running_mean: torch.Tensor,
    running_var: torch.Tensor,
    eps: float = 1e-5,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Fold a batch norm into the convolution before it, so that one layer does the work of two.

    After training, batch norm is a fixed scale and shift of every channel, and a convolution has room for
    both. Every tool that deploys or quantises a network does this first. It is asked because it shows
    whether you know what batch norm computes in evaluation mode, and on which axis of a weight the output
    channels lie.

    Parameters
    ----------
    weight : Tensor of float, shape (O, C // groups, kh, kw)
        Of a 2-D convolution with O output channels. In a grouped or depthwise convolution the second
        axis is shorter than the number of input channels; the kernel may have any size, 1 × 1 and 3 × 5
        included.
    bias : Tensor of float, shape (O,), or None
        Of the convolution, or None where it has none.
    bn_weight, bn_bias : Tensor of float, shape (O,)
        Scale and shift of the batch norm, usually called gamma and beta. A scale may be negative or 0.
    running_mean, running_var : Tensor of float, shape (O,)
        The statistics that it has collected; a variance is at least 0, and may be 0.
    eps : float, optional
        What the batch norm adds to the variance; positive.

    Returns
    -------
    weight : Tensor of float, shape (O, C // groups, kh, kw)
        Of the fused convolution.
    bias : Tensor of float, shape (O,)
        Of the fused convolution: always a tensor, also where `bias` is None.

    Notes
    -----
    - In evaluation mode batch norm turns a value y of output channel o into ``bn_weight[o] * (y -
      running_mean[o]) / sqrt(running_var[o] + eps) + bn_bias[o]``: eps stands inside the root.
    - The fused convolution, with the stride, padding, dilation and groups of the old one, gives for every
      input what the convolution and then the batch norm gave. None of these options is needed to fuse.
    - The tensors are all float64 or all float32, and finite; both results are of that dtype, and as
      accurate as it allows.
    - Gradients flow through both results to all that they are made of: to the weight and the bias, to
      scale and shift, and to both statistics.
    - So the results are plain tensors that belong to the graph. An ``nn.Parameter`` is not accepted: it
      begins a new graph, and no gradient reaches the inputs through it. Where no input requires a
      gradient, neither does a result.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made fusion (``torch.nn.utils.fusion``, and what ``torch.ao.quantization`` and
      ``torch.fx`` make of it). ``F.batch_norm`` is allowed, but of no use: it refuses statistics that
      require a gradient.

    References
    ----------
    B. Jacob et al., "Quantization and training of neural networks for efficient integer-arithmetic-only
    inference", CVPR 2018, section 3.2. The argument order is that of a state dict; the function of torch
    that does the same is ``torch.nn.utils.fusion.fuse_conv_bn_weights``.

    Examples
    --------
    >>> weight = torch.tensor([6.0, 1.0]).reshape(2, 1, 1, 1)  # two 1 × 1 filters
    >>> gamma, beta = torch.tensor([2.0, 1.0]), torch.tensor([1.0, -1.0])
    >>> mean, var = torch.tensor([3.0, 5.0]), torch.tensor([15.0, 3.0])
    >>> fused_weight, fused_bias = fuse_conv_bn(weight, None, gamma, beta, mean, var, eps=1.0)
    >>> fused_weight.flatten(), fused_bias  # for an input of 1 both layers gave 2.5 and -3
    (tensor([3.0000, 0.5000]), tensor([-0.5000, -3.5000]))
    """
    raise NotImplementedError
