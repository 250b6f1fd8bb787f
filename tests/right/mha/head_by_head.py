"""Each head adds its share of out_proj; the softmax by logsumexp, masked and normalised again."""

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    def __init__(self, embed_dim, num_heads):
        super().__init__()
        if embed_dim % num_heads:
            raise ValueError
        self.num_heads = num_heads
        self.q_proj = nn.Linear(embed_dim, embed_dim)
        self.k_proj = nn.Linear(embed_dim, embed_dim)
        self.v_proj = nn.Linear(embed_dim, embed_dim)
        self.out_proj = nn.Linear(embed_dim, embed_dim)

    def forward(self, query, key, value, mask=None):
        q, k, v = self.q_proj(query), self.k_proj(key), self.v_proj(value)
        result = self.out_proj.bias
        for block in torch.arange(q.shape[-1]).tensor_split(self.num_heads):
            scores = (q[..., block] @ k[..., block].transpose(-1, -2)).div(len(block) ** 0.5)
            weights = torch.exp(scores - scores.logsumexp(-1, keepdim=True))
            if mask is not None:
                weights = weights * mask
                weights = weights / weights.sum(-1, keepdim=True)
            result = result + weights @ v[..., block] @ self.out_proj.weight[:, block].T
        return result
