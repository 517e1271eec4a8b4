"""The segmentation network of src/segmentation/training/unet.ts in PyTorch, with random weights, for the benchmarks in this folder."""
import torch
from torch import nn
from torch.nn import functional as F

WIDTHS, DEPTHS = (16, 32, 48, 80, 112), (0, 1, 1, 1, 1)


class Unit(nn.Module):
    def __init__(self, width_in, width, stride=1, size=3, linear=False):
        super().__init__()
        self.conv = nn.Conv2d(width_in, width, size, stride, size // 2, bias=False)
        self.norm, self.linear = nn.BatchNorm2d(width), linear

    def forward(self, x):
        y = self.norm(self.conv(x))
        return y if self.linear else F.relu(y)


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.second = Unit(width, width), Unit(width, width, linear=True)

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Unit(8, WIDTHS[0])
        self.down = nn.ModuleList(
            nn.Sequential(Unit(WIDTHS[k - 1], WIDTHS[k], 2), *(Residual(WIDTHS[k]) for _ in range(DEPTHS[k])))
            for k in range(1, 5)
        )
        self.narrow = nn.ModuleList(Unit(WIDTHS[k + 1], WIDTHS[k], size=1, linear=True) for k in range(4))
        self.up = nn.ModuleList(Unit(WIDTHS[k], WIDTHS[k]) for k in range(4))
        self.out = nn.Conv2d(WIDTHS[0], 16, 1)

    def forward(self, x):
        y, skips = self.stem(F.pixel_unshuffle(x, 2)), []
        for down in self.down:
            skips.append(y)
            y = down(y)
        for k in (3, 2, 1, 0):
            y = self.up[k](F.relu(F.interpolate(self.narrow[k](y), scale_factor=2) + skips[k]))
        return torch.sigmoid(F.pixel_shuffle(self.out(y), 2))
