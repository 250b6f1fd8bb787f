"""Batch and heads in one axis, baddbmm with an additive mask, weights applied by hand in float64."""

import math

import torch
from torch import nn
from torch.nn import functional as F


class MultiHeadAttention(nn.Module):
    def __init__(self, embed_dim, num_heads):
        super().__init__()
        if embed_dim % num_heads != 0:
            raise ValueError(f"{embed_dim=} % {num_heads=}")
        self.h, self.d = num_heads, embed_dim // num_heads
        self.q_proj, self.k_proj = nn.Linear(embed_dim, embed_dim), nn.Linear(embed_dim, embed_dim)
        self.v_proj, self.out_proj = nn.Linear(embed_dim, embed_dim), nn.Linear(embed_dim, embed_dim)

    def heads(self, x, linear):
        batch, length, _ = x.shape
        projected = F.linear(x.double(), linear.weight.double(), linear.bias.double())
        return (
            projected.view(batch, length, self.h, self.d)
            .permute(0, 2, 1, 3)
            .contiguous()
            .view(batch * self.h, length, self.d)
        )

    def forward(self, query, key, value, mask=None):
        b, length, e = query.shape
        q, k, v = self.heads(query, self.q_proj), self.heads(key, self.k_proj), self.heads(value, self.v_proj)
        additive = q.new_zeros(b * self.h, length, key.size(1))
        if mask is not None:
            if mask.dim() == 3:
                mask = mask.repeat_interleave(self.h, dim=0)
            additive = torch.where(mask, additive, torch.full_like(additive, -1e9))
        scores = torch.baddbmm(additive, q / math.sqrt(self.d), k.mT)
        context = torch.bmm(F.softmax(scores, dim=2), v)
        context = context.view(b, self.h, length, self.d).permute(0, 2, 1, 3).reshape(b, length, e)
        return self.out_proj(context.to(query.dtype))
