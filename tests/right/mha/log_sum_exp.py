"""Batch and heads in one axis; exp(scores - logsumexp(scores)) in float32; the smallest float as mask."""

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    def __init__(self, embed_dim, num_heads):
        super().__init__()
        if embed_dim % num_heads:
            raise ValueError
        self.num_heads, self.head_dim = num_heads, embed_dim // num_heads
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (
            nn.Linear(embed_dim, embed_dim) for _ in range(4)
        )
        self.attention_dropout = nn.Dropout(0.0)  # as it has no parameters, no entry of the state dict

    def transpose_in(self, x):
        x = x.reshape(x.shape[0], x.shape[1], self.num_heads, -1).permute(0, 2, 1, 3)
        return x.reshape(-1, x.shape[2], x.shape[3])

    def transpose_out(self, x):
        x = x.reshape(-1, self.num_heads, x.shape[1], x.shape[2]).permute(0, 2, 1, 3)
        return x.reshape(x.shape[0], x.shape[1], -1)

    def forward(self, query, key, value, mask=None):
        q = self.transpose_in(self.q_proj(query) * self.head_dim**-0.5)
        k, v = self.transpose_in(self.k_proj(key)), self.transpose_in(self.v_proj(value))
        scores = torch.bmm(q.float(), k.float().transpose(1, 2))
        if mask is not None:
            if mask.dim() == 3:
                mask = mask.repeat_interleave(self.num_heads, dim=0)
            scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
        weights = torch.exp(scores - scores.logsumexp(-1, keepdim=True)).to(v.dtype)
        return self.out_proj(self.transpose_out(torch.bmm(self.attention_dropout(weights), v)))
