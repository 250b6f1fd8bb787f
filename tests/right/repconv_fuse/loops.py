"""Number by number: every element of the kernel is a sum of what the branches have there."""

import torch


def repconv_fuse(branch3x3, branch1x1, identity=None):
    outputs, inputs = branch3x3["weight"].shape[:2]
    branches = [branch3x3, branch1x1] + ([identity] if identity else [])
    factors, kernel, bias = [], [], []
    for b in branches:
        factors.append([b["bn_weight"][o] * (b["running_var"][o] + 1e-5) ** -0.5 for o in range(outputs)])
    for o in range(outputs):
        bias.append(
            sum(b["bn_bias"][o] - b["running_mean"][o] * f[o] for b, f in zip(branches, factors, strict=True))
        )
        for c in range(inputs):
            for i in range(3):
                for j in range(3):
                    value = factors[0][o] * branch3x3["weight"][o, c, i, j]
                    if i == j == 1:
                        value = value + factors[1][o] * branch1x1["weight"][o, c, 0, 0]
                        if identity and o == c:
                            value = value + factors[2][o]
                    kernel.append(value)
    return torch.stack(kernel).reshape(outputs, inputs, 3, 3), torch.stack(bias)
