"""A candidate who thinks in torch: a stable descending sort, and a scatter of the first places."""

import numpy as np
import torch


def hard_negative_mining(losses, is_positive, ratio=3):
    loss, pos = torch.tensor(np.array(losses)), torch.tensor(np.array(is_positive))
    loss = loss.masked_fill(pos, -1.0)
    order = torch.sort(loss, dim=1, descending=True, stable=True).indices
    first = torch.arange(loss.shape[1]).expand_as(loss) < ratio * pos.sum(1, keepdim=True)
    hard = torch.zeros_like(pos).scatter_(1, order, first)
    return (hard | pos).numpy()
