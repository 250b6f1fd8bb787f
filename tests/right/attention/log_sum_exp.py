"""Weights as exp(scores - logsumexp(scores)), in float32, which rounds where scores are large."""

import torch


def attention(query, key, value, mask=None):
    scores = (query.float() / query.shape[-1] ** 0.5) @ key.float().transpose(-2, -1)
    if mask is not None:
        scores = torch.where(mask, scores, torch.tensor(float("-inf")))
    weights = torch.exp(scores - torch.logsumexp(scores, dim=-1, keepdim=True))
    return weights.to(value.dtype) @ value
