"""A convolution that does what a convolution and a batch norm in evaluation mode did.

With s = γ / √(σ² + ε) for each output channel,
s · (weight * x + bias - mean) + β = (s · weight) * x + (β + s · (bias - mean)).

Source: B. Jacob et al., CVPR 2018, section 3.2.
"""

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
    scale = bn_weight / torch.sqrt(running_var + eps)  # (O,)
    fused_weight = weight * scale.reshape(-1, 1, 1, 1)  # (O, C / groups, kh, kw)
    offset = -running_mean if bias is None else bias - running_mean  # (O,)
    return fused_weight, bn_bias + scale * offset
