"""Multi-head attention: concat(head_1, ..., head_H) W_out, head_h = softmax(q_h k_h^T / sqrt(E / H)) v_h.

Source: A. Vaswani et al., "Attention is all you need", NeurIPS 2017, section 3.2.
"""

import math

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    def __init__(self, embed_dim: int, num_heads: int) -> None:
        super().__init__()
        if embed_dim % num_heads != 0:
            raise ValueError(f"embed_dim {embed_dim} is not divisible by num_heads {num_heads}")
        self.num_heads = num_heads
        self.q_proj = nn.Linear(embed_dim, embed_dim)
        self.k_proj = nn.Linear(embed_dim, embed_dim)
        self.v_proj = nn.Linear(embed_dim, embed_dim)
        self.out_proj = nn.Linear(embed_dim, embed_dim)

    def forward(
        self,
        query: torch.Tensor,
        key: torch.Tensor,
        value: torch.Tensor,
        mask: torch.Tensor | None = None,
    ) -> torch.Tensor:
        q = self._split(self.q_proj(query))  # (B, H, L, E / H)
        k = self._split(self.k_proj(key))  # (B, H, S, E / H)
        v = self._split(self.v_proj(value))  # (B, H, S, E / H)

        scores = q @ k.transpose(2, 3) / math.sqrt(q.shape[3])  # (B, H, L, S)
        if mask is not None:
            every_head = mask.unsqueeze(-3)  # (B, 1, L, S) or (1, L, S)
            scores = scores.masked_fill(~every_head, -math.inf)
        attended = scores.softmax(dim=3) @ v  # (B, H, L, E / H)

        return self.out_proj(attended.transpose(1, 2).flatten(2))  # (B, L, E)

    def _split(self, x: torch.Tensor) -> torch.Tensor:
        """Return the heads of x, shape (B, length, E), side by side: (B, H, length, E / H)."""
        return x.unflatten(2, (self.num_heads, -1)).transpose(1, 2)
