"""One 3 × 3 convolution that does what three branches with batch norm do at inference.

Each batch norm is a scale s = γ / √(σ² + ε) and a shift β - μ s of its branch's channels, so that
Σ branches = (s₃ W₃ + pad(s₁ W₁ + diag(s₀))) * x + Σ shifts.

Source: X. Ding et al., "RepVGG", CVPR 2021, section 3.3.
"""

import torch
from torch.nn import functional as F

EPS = 1e-5


def repconv_fuse(
    branch3x3: dict[str, torch.Tensor],
    branch1x1: dict[str, torch.Tensor],
    identity: dict[str, torch.Tensor] | None = None,
) -> tuple[torch.Tensor, torch.Tensor]:
    scale, bias = _scale_and_shift(branch3x3)  # (O,), as are the others
    weight = branch3x3["weight"] * scale.reshape(-1, 1, 1, 1)  # (O, C, 3, 3)

    scale, shift = _scale_and_shift(branch1x1)
    centre = branch1x1["weight"] * scale.reshape(-1, 1, 1, 1)  # (O, C, 1, 1)
    bias = bias + shift

    if identity is not None:
        scale, shift = _scale_and_shift(identity)
        centre = centre + torch.diag(scale).reshape(centre.shape)  # channel o is made of channel o alone
        bias = bias + shift

    return weight + F.pad(centre, (1, 1, 1, 1)), bias


def _scale_and_shift(branch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what batch norm in evaluation mode multiplies each channel by, and what it adds then."""
    scale = branch["bn_weight"] / torch.sqrt(branch["running_var"] + EPS)
    return scale, branch["bn_bias"] - branch["running_mean"] * scale
