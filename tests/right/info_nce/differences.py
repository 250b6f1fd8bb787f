"""Positives apart, by row-wise dot products; then the log-sum-exp of how much better every key fits."""

import torch


def info_nce(queries, keys, temperature=0.07):
    q_len, k_len = torch.linalg.vector_norm(queries, dim=1), torch.linalg.vector_norm(keys, dim=1)
    positive = torch.einsum("nd,nd->n", queries, keys) / (q_len * k_len)
    every = torch.einsum("nd,md->nm", queries, keys) / torch.outer(q_len, k_len)
    return torch.logsumexp((every - positive.unsqueeze(1)) / temperature, dim=1).mean()
