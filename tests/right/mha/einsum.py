"""Every axis named in einsum; a large finite number for the mask; the softmax always in float32."""

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    def __init__(self, embed_dim, num_heads):
        super().__init__()
        self.head_dim, remainder = divmod(embed_dim, num_heads)
        if remainder:
            raise ValueError("heads of equal size, please")
        self.num_heads = num_heads
        self.q_proj = nn.Linear(embed_dim, embed_dim)
        self.k_proj = nn.Linear(embed_dim, embed_dim)
        self.v_proj = nn.Linear(embed_dim, embed_dim)
        self.out_proj = nn.Linear(embed_dim, embed_dim)
        self.register_buffer("scale", torch.tensor(self.head_dim**-0.5), persistent=False)

    def forward(self, query, key, value, mask=None):
        q, k, v = (
            projection(x).unflatten(-1, (self.num_heads, self.head_dim))
            for projection, x in ((self.q_proj, query), (self.k_proj, key), (self.v_proj, value))
        )
        scores = torch.einsum("blhd,bshd->bhls", q, k) * self.scale
        if mask is not None:
            mask = mask[:, None] if mask.dim() == 3 else mask[None, None]
            scores = scores.masked_fill(mask == 0, -1e9)
        weights = torch.softmax(scores, dim=-1, dtype=torch.float32).to(q.dtype)
        return self.out_proj(torch.einsum("bhls,bshd->blhd", weights, v).reshape(query.shape))
