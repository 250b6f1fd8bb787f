"""A log-softmax over the logits 0 and x; the truth's entry and its weight are gathered by index."""

import torch


def focal_loss(logits, targets, alpha=0.25, gamma=2.0):
    index = targets.long()
    both = torch.log_softmax(torch.stack([torch.zeros_like(logits), logits], dim=-1), dim=-1)
    log_p = both.gather(-1, index.unsqueeze(-1)).squeeze(-1)
    weight = logits.new_tensor([1 - alpha, alpha])[index]
    return -(weight * (1 - log_p.exp()) ** gamma * log_p).mean()
