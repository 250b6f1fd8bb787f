"""In float64, added up in place into a copy; a list of views comes back."""

import torch


def repconv_fuse(branch3x3, branch1x1, identity=None):
    dtype = branch3x3["weight"].dtype
    total = None
    for branch in (branch3x3, branch1x1, identity):
        if branch is None:
            continue
        b = {name: value.to(torch.float64) for name, value in branch.items()}
        std = torch.sqrt(b["running_var"] + 1e-5)
        if total is None:
            kernel = (b["weight"].permute(1, 2, 3, 0) * b["bn_weight"] / std).permute(3, 0, 1, 2)
            total = torch.zeros(len(std), dtype=torch.float64)
        elif "weight" in b:
            kernel[:, :, 1, 1] += b["weight"].squeeze(-1).squeeze(-1) * (b["bn_weight"] / std).unsqueeze(1)
        else:
            kernel[:, :, 1, 1].diagonal().add_(b["bn_weight"] / std)
        total += b["bn_bias"] - b["running_mean"] / std * b["bn_weight"]
    return [kernel.to(dtype), total.to(dtype)]
