"""Every axis named in einsum, the query scaled first, a large finite number for the mask."""

import torch


def attention(query, key, value, mask=None):
    scores = torch.einsum("...le,...se->...ls", query * query.size(-1) ** -0.5, key)
    if mask is not None:
        scores = torch.where(mask, scores, torch.tensor(-1e9, dtype=scores.dtype))
    return torch.einsum("...ls,...sv->...lv", torch.softmax(scores, -1), value)
