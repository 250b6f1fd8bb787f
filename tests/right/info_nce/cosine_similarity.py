"""cosine_similarity by broadcasting, log_softmax, and the diagonal by gather; computed in float64."""

import torch
from torch import nn


def info_nce(queries, keys, temperature=0.07):
    cosine = nn.CosineSimilarity(dim=-1)
    logits = cosine(queries.double().unsqueeze(1), keys.double().unsqueeze(0)) / temperature
    log_p = torch.log_softmax(logits, dim=-1)
    own = torch.arange(len(queries)).unsqueeze(1)
    return -log_p.gather(1, own).mean().to(queries.dtype)
