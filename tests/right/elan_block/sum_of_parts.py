"""No concatenation: the convolution of cv7 is a sum over four slices of its weight."""

from torch import nn
from torch.nn import functional as F


class ConvBnSilu(nn.Sequential):
    def __init__(self, inputs, outputs, size):
        super().__init__(
            nn.Conv2d(inputs, outputs, size, 1, size // 2, bias=False),
            nn.BatchNorm2d(outputs),
            nn.SiLU(),
        )


class Elan(nn.Module):
    def __init__(self, in_channels, hidden_channels, out_channels):
        super().__init__()
        self.cv1 = ConvBnSilu(in_channels, hidden_channels, 1)
        self.cv2 = ConvBnSilu(in_channels, hidden_channels, 1)
        self.cv3, self.cv4, self.cv5, self.cv6 = (
            ConvBnSilu(hidden_channels, hidden_channels, 3) for _ in range(4)
        )
        self.cv7 = ConvBnSilu(4 * hidden_channels, out_channels, 1)

    def forward(self, x):
        b = self.cv2(x)
        c = self.cv4(self.cv3(b))
        d = self.cv6(self.cv5(c))
        weights = self.cv7[0].weight.split(b.shape[1], dim=1)
        mixed = sum(F.conv2d(part, w) for part, w in zip((d, c, b, self.cv1(x)), weights, strict=True))
        return self.cv7[2](self.cv7[1](mixed))
