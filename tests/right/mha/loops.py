"""One batch element, head and query at a time; a query looks only at the keys that its mask leaves."""

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    def __init__(self, embed_dim, num_heads):
        if embed_dim // num_heads * num_heads != embed_dim:
            raise ValueError("embed_dim must be a multiple of num_heads")
        super().__init__()
        self.num_heads = num_heads
        for name in ("q_proj", "k_proj", "v_proj", "out_proj"):
            self.add_module(name, nn.Linear(embed_dim, embed_dim))

    def forward(self, query, key, value, mask=None):
        batch = []
        for b in range(len(query)):
            rows = mask if mask is None or mask.dim() == 2 else mask[b]
            heads = []
            parts = [
                projection(x[b]).chunk(self.num_heads, dim=-1)
                for projection, x in ((self.q_proj, query), (self.k_proj, key), (self.v_proj, value))
            ]
            for q, k, v in zip(*parts, strict=True):
                attended = []
                for i, row in enumerate(q):
                    seen = torch.ones(len(k), dtype=torch.bool) if rows is None else rows[i]
                    scores = k[seen] @ row / row.numel() ** 0.5
                    powers = torch.exp(scores - scores.max())
                    attended.append((powers / powers.sum()) @ v[seen])
                heads.append(torch.stack(attended))
            batch.append(torch.cat(heads, dim=-1))
        return self.out_proj(torch.stack(batch))
