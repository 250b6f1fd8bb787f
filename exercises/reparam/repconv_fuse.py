import torch


def repconv_fuse(
    branch3x3: dict[str, torch.Tensor],
    branch1x1: dict[str, torch.Tensor],
    identity: dict[str, torch.Tensor] | None = None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Turn the three branches that RepVGG and YOLOv7 train into the one convolution that they deploy.

    A block is trained as a sum: a 3 × 3 convolution, a 1 × 1 convolution and the input itself, each with
    a batch norm of its own. Once it is trained, a single 3 × 3 convolution does exactly the same, and
    sooner. It is asked because it takes linear algebra from the board into code: what is a 1 × 1
    convolution, and what is no convolution at all, as a 3 × 3 one?

    Parameters
    ----------
    branch3x3 : dict of str to Tensor of float
        ``weight`` of shape (O, C, 3, 3), and of its batch norm ``bn_weight``, ``bn_bias``,
        ``running_mean`` and ``running_var``, each of shape (O,).
    branch1x1 : dict of str to Tensor of float
        The same five entries, but ``weight`` is of shape (O, C, 1, 1).
    identity : dict of str to Tensor of float, optional
        Only the four entries of a batch norm, each of shape (C,): this branch has no convolution. It is
        there only where C equals O; None, the default, means that the block has no such branch, which
        may also be so where C equals O.

    Returns
    -------
    weight : Tensor of float, shape (O, C, 3, 3)
        Of the fused convolution.
    bias : Tensor of float, shape (O,)
        Of the fused convolution.

    Notes
    -----
    - At inference the block is the **sum** of its branches: batch norm of the 3 × 3 convolution of x,
      plus batch norm of the 1 × 1 convolution of x, plus batch norm of x itself. What comes after the
      sum, such as an activation, is none of this function's business.
    - The 3 × 3 convolution is padded by 1 with zeros, the 1 × 1 one not at all; both have stride 1, no
      bias and no groups (grouped blocks are not asked here). The fused convolution is padded by 1 with
      zeros, and equals the block for every input, on its border too.
    - Batch norm in evaluation mode turns a value y of a channel into ``bn_weight * (y - running_mean) /
      sqrt(running_var + 1e-5) + bn_bias``. The eps of 1e-5 is the same in all branches; everything else
      differs from branch to branch and from channel to channel. Scales may be negative or 0, variances
      may be 0.
    - The entries of a dict are known by their names; they come in no particular order.
    - The tensors are all float64 or all float32, and finite; both results are of that dtype, and as
      accurate as it allows.
    - Gradients flow through both results to all tensors that they are made of.
    - So the results are plain tensors that belong to the graph, neither detached nor an
      ``nn.Parameter``. Where no input requires a gradient, neither does a result.
    - Nothing is forbidden, but torch's own functions do not let gradients through:
      ``torch.nn.utils.fusion`` returns parameters, and ``F.batch_norm`` refuses statistics that require a
      gradient.
    - The tensors may be views whose memory is not contiguous. They and the dicts are left as they are.

    References
    ----------
    X. Ding et al., "RepVGG: making VGG-style ConvNets great again", CVPR 2021, section 3.3 and figure 4.
    C.-Y. Wang et al., "YOLOv7: trainable bag-of-freebies sets new state-of-the-art for real-time object
    detectors", CVPR 2023, section 4.1.

    Examples
    --------
    >>> def norm(gamma, beta):
    ...     mean, var = torch.tensor([0.0]), torch.tensor([1.0])
    ...     gamma, beta = torch.tensor([gamma]), torch.tensor([beta])
    ...     return {"bn_weight": gamma, "bn_bias": beta, "running_mean": mean, "running_var": var}
    >>> branch3x3 = {"weight": torch.ones(1, 1, 3, 3), **norm(2.0, 0.5)}
    >>> branch1x1 = {"weight": torch.full((1, 1, 1, 1), 3.0), **norm(1.0, 0.25)}
    >>> weight, bias = repconv_fuse(branch3x3, branch1x1, identity=norm(10.0, 0.0))
    >>> weight[0, 0].round(decimals=3)  # in the middle 2 + 3 + 10
    tensor([[ 2.,  2.,  2.],
            [ 2., 15.,  2.],
            [ 2.,  2.,  2.]])
    >>> bias
    tensor([0.7500])
    """
    raise NotImplementedError
