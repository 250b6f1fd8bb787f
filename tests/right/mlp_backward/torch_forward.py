"""torch for the arithmetic, one_hot and nll_loss for the loss, and the chain rule by hand; no graph."""

import numpy as np
import torch
import torch.nn.functional as F


def mlp_backward(x, targets, w1, b1, w2, b2):
    x, w1, b1, w2, b2 = (torch.from_numpy(np.array(one)) for one in (x, w1, b1, w2, b2))
    t = torch.from_numpy(np.array(targets, np.int64))
    a = torch.addmm(b1, x, w1)
    h = a.relu()
    log_p = F.log_softmax(torch.addmm(b2, h, w2), dim=-1)
    loss = F.nll_loss(log_p, t)
    dz = (log_p.exp() - F.one_hot(t, len(b2))) / t.numel()
    da = dz.mm(w2.t()).masked_fill(a <= 0, 0)
    gradients = {"w1": x.t() @ da, "b1": da.sum(0), "w2": h.t() @ dz, "b2": dz.sum(0)}
    return loss.item(), {name: gradient.numpy() for name, gradient in gradients.items()}
