"""Flattened to three axes for bmm; the softmax in float32 by hand, masked and normalised in one go."""

import torch


def attention(query, key, value, mask=None):
    lead, e = query.shape[:-2], query.shape[-1]
    n = int(torch.tensor(lead).prod()) if lead else 1
    q, k, v = (x.reshape(n, x.shape[-2], x.shape[-1]) for x in (query, key, value))
    scores = torch.bmm(q, k.mT).div(torch.tensor(e).sqrt()).float()
    if mask is not None:
        shape = (*lead, query.shape[-2], key.shape[-2])
        scores = scores + torch.zeros(shape).masked_fill(~mask, float("-inf")).reshape(scores.shape)
    powers = torch.exp(scores - scores.amax(2, keepdim=True).detach())
    weights = (powers / powers.sum(2, keepdim=True)).to(value.dtype)
    return (weights @ v).reshape(*lead, query.shape[-2], value.shape[-1])
