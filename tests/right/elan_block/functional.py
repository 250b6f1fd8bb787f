"""The modules only hold the weights; forward is written with functions, and cv1 and cv2 are one
convolution.
"""

import torch
import torch.nn.functional as F
from torch import nn


class Elan(nn.Module):
    def __init__(self, in_channels, hidden_channels, out_channels):
        super().__init__()
        h = hidden_channels
        for name, (c, o, k) in {
            "cv1": (in_channels, h, 1),
            "cv2": (in_channels, h, 1),
            "cv3": (h, h, 3),
            "cv4": (h, h, 3),
            "cv5": (h, h, 3),
            "cv6": (h, h, 3),
            "cv7": (h * 4, out_channels, 1),
        }.items():
            conv = nn.Conv2d(c, o, kernel_size=(k, k), padding=(k // 2, k // 2), bias=False)
            setattr(self, name, nn.Sequential(conv, nn.BatchNorm2d(o), nn.SiLU()))

    def forward(self, x):
        both = F.conv2d(x, torch.cat([self.cv1[0].weight, self.cv2[0].weight]))
        one, two = both.chunk(2, dim=1)
        one, two = self.finish(self.cv1, one), self.finish(self.cv2, two)
        taps = [two]
        y = two
        for unit in (self.cv3, self.cv4, self.cv5, self.cv6):
            y = self.finish(unit, F.conv2d(F.pad(y, (1, 1, 1, 1)), unit[0].weight))
            taps.append(y)
        parts = torch.stack([taps[4], taps[2], taps[0], one], dim=1).flatten(1, 2)
        return self.finish(self.cv7, F.conv2d(parts, self.cv7[0].weight))

    @staticmethod
    def finish(unit, y):
        y = unit[1](y)
        return y * torch.sigmoid(y)
