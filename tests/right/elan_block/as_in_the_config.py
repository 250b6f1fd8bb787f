"""Layer after layer from a table like yolov7.yaml; modules by add_module; SiLU in place."""

import torch
from torch import nn


class Elan(nn.Module):
    def __init__(self, in_channels, hidden_channels, out_channels):
        super().__init__()
        c, h = in_channels, hidden_channels
        self.table = [(0, c, 1), (0, c, 1), (-1, h, 3), (-1, h, 3), (-1, h, 3), (-1, h, 3)]
        for i, (_, channels, k) in enumerate(self.table, start=1):
            self.add_module(f"cv{i}", self.conv(channels, h, k))
        self.cv7 = self.conv(4 * h, out_channels, 1)

    @staticmethod
    def conv(c1, c2, k):
        pad = 0 if k == 1 else "same"
        layers = [nn.Conv2d(c1, c2, k, padding=pad, bias=False), nn.BatchNorm2d(c2), nn.SiLU(inplace=True)]
        return nn.Sequential(*layers)

    def forward(self, x):
        outputs = [x]
        for i, (source, _, _) in enumerate(self.table, start=1):
            outputs.append(getattr(self, f"cv{i}")(outputs[source]))
        return self.cv7(torch.concat([outputs[i] for i in (6, 4, 2, 1)], 1))
