"""Scaled dot-product attention: softmax(q k^T / sqrt(E)) v, the softmax over the keys.

Source: A. Vaswani et al., "Attention is all you need", NeurIPS 2017, section 3.2.1, equation 1.
"""

import math

import torch


def attention(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    mask: torch.Tensor | None = None,
) -> torch.Tensor:
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])  # (..., L, S)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return scores.softmax(dim=-1) @ value  # (..., L, V)
