"""In float32 all the way; standard normal numbers in another layout."""

import numpy as np


def kaiming_normal(shape, seed, mode="fan_in", negative_slope=0.0):
    out_features, in_features, *kernel = shape
    fans = {"fan_in": in_features, "fan_out": out_features}
    std = np.sqrt(2.0 / (1.0 + negative_slope**2) / (fans[mode] * np.prod(kernel)))
    z = np.random.default_rng(seed).standard_normal((in_features, out_features, *kernel), dtype=np.float32)
    return z.swapaxes(0, 1) * np.float32(std)
