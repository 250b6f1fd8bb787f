"""InfoNCE with the other keys of the batch as negatives.

Source: A. van den Oord et al., "Representation learning with contrastive predictive coding", 2018, equation
4; K. He et al., "Momentum contrast", CVPR 2020, equation 1.

    s_ij = q_i · k_j / (|q_i| |k_j|)
    loss = mean over i of log(sum over j of exp(s_ij / T)) - s_ii / T
"""

import torch


def info_nce(queries: torch.Tensor, keys: torch.Tensor, temperature: float = 0.07) -> torch.Tensor:
    unit_queries = queries / queries.norm(dim=1, keepdim=True)  # (n, d)
    unit_keys = keys / keys.norm(dim=1, keepdim=True)  # (n, d)
    logits = unit_queries @ unit_keys.T / temperature  # (n, n), row i is query i against every key
    return (torch.logsumexp(logits, dim=1) - logits.diagonal()).mean()
