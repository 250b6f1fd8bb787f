"""As in MoCo: the positive's logit is put in front of those of the others, so that the class is always 0."""

import torch
import torch.nn.functional as F


def info_nce(queries, keys, temperature=0.07):
    q, k = F.normalize(queries, dim=1), F.normalize(keys, dim=1)
    n = q.shape[0]
    l_pos = torch.einsum("nc,nc->n", [q, k]).unsqueeze(-1)
    l_neg = torch.einsum("nc,ck->nk", [q, k.t()])[~torch.eye(n, dtype=torch.bool)].reshape(n, n - 1)
    logits = torch.cat([l_pos, l_neg], dim=1) / temperature
    return F.cross_entropy(logits, torch.zeros(n, dtype=torch.long))
