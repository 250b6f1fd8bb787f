"""One query at a time, which looks only at the keys that its mask leaves it."""

import torch


def attention(query, key, value, mask=None):
    *leading, length, features = query.shape
    if mask is None:
        mask = torch.ones(length, key.shape[-2], dtype=torch.bool)
    mask = mask.expand(*leading, length, key.shape[-2])
    if leading:
        return torch.stack(
            [attention(q, k, v, m) for q, k, v, m in zip(query, key, value, mask, strict=True)]
        )
    rows = []
    for i in range(length):
        scores = key[mask[i]] @ query[i] / features**0.5
        powers = (scores - scores.max()).exp()
        rows.append(powers @ value[mask[i]] / powers.sum())
    return torch.stack(rows)
