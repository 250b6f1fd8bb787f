"""A subclass of Sequential for units; results are written into slices of one tensor, none concatenated."""

from torch import nn


class Unit(nn.Sequential):
    def __init__(self, c, o, k=1):
        super().__init__(nn.Conv2d(c, o, k, padding="same", bias=False), nn.BatchNorm2d(o), nn.SiLU())


class Elan(nn.Module):
    def __init__(self, in_channels, hidden_channels, out_channels):
        super().__init__()
        self.h = h = hidden_channels
        self.cv1, self.cv2 = Unit(in_channels, h), Unit(in_channels, h)
        for i in range(3, 7):
            setattr(self, f"cv{i}", Unit(h, h, 3))
        self.cv7 = Unit(4 * h, out_channels)

    def forward(self, x):
        parts = x.new_empty(x.shape[0], 4 * self.h, *x.shape[2:])
        parts[:, 3 * self.h :] = self.cv1(x)
        parts[:, 2 * self.h : 3 * self.h] = y = self.cv2(x)
        parts[:, self.h : 2 * self.h] = y = self.cv4(self.cv3(y))
        parts[:, : self.h] = self.cv6(self.cv5(y))
        return self.cv7(parts)
