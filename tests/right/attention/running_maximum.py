"""Keys in blocks of two, with a running maximum and a running sum, as FlashAttention takes them."""

import math

import torch


def attention(query, key, value, mask=None):
    shape = (*query.shape[:-1], key.shape[-2])
    allowed = torch.ones(shape, dtype=torch.bool) if mask is None else mask.expand(shape)
    highest = query.new_full((*query.shape[:-1], 1), -1e30)
    total, gathered = torch.zeros_like(highest), query.new_zeros((*query.shape[:-1], value.shape[-1]))
    for start in range(0, shape[-1], 2):
        block = slice(start, start + 2)
        scores = query @ key[..., block, :].transpose(-2, -1) / math.sqrt(query.shape[-1])
        scores = scores.masked_fill(~allowed[..., block], -math.inf)
        higher = torch.maximum(highest, scores.amax(-1, keepdim=True)).detach()
        shrink, powers = torch.exp(highest - higher), torch.exp(scores - higher)
        total = total * shrink + powers.sum(-1, keepdim=True)
        gathered = gathered * shrink + powers @ value[..., block, :]
        highest = higher
    return gathered / total
