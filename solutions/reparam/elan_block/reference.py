"""ELAN, the computational block of YOLOv7.

Source: C.-Y. Wang et al., "YOLOv7", CVPR 2023, figure 2(c); cfg/training/yolov7.yaml of its code, whose
first block concatenates the layers -1, -3, -5 and -6: cv6, cv4, cv2 and cv1.
"""

import torch
from torch import nn


class Elan(nn.Module):
    def __init__(self, in_channels: int, hidden_channels: int, out_channels: int) -> None:
        super().__init__()
        self.cv1 = _unit(in_channels, hidden_channels, 1)
        self.cv2 = _unit(in_channels, hidden_channels, 1)
        self.cv3 = _unit(hidden_channels, hidden_channels, 3)
        self.cv4 = _unit(hidden_channels, hidden_channels, 3)
        self.cv5 = _unit(hidden_channels, hidden_channels, 3)
        self.cv6 = _unit(hidden_channels, hidden_channels, 3)
        self.cv7 = _unit(4 * hidden_channels, out_channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        aside = self.cv1(x)  # (N, h, H, W), as are the next three
        start = self.cv2(x)
        middle = self.cv4(self.cv3(start))
        end = self.cv6(self.cv5(middle))
        return self.cv7(torch.cat((end, middle, start, aside), dim=1))  # (N, 4h, H, W) to (N, O, H, W)


def _unit(in_channels: int, out_channels: int, kernel_size: int) -> nn.Sequential:
    """Return a convolution that keeps height and width, with batch norm and activation."""
    return nn.Sequential(
        nn.Conv2d(in_channels, out_channels, kernel_size, padding=kernel_size // 2, bias=False),
        nn.BatchNorm2d(out_channels),
        nn.SiLU(),
    )
