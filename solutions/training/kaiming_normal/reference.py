"""Kaiming (He) initialisation: N(0, s²) with s² = 2 / ((1 + slope²) fan).

Source: K. He et al., ICCV 2015, section 2.2, equations 10, 14 and 15.
"""

import math

import numpy as np


def kaiming_normal(
    shape: tuple[int, ...], seed: int, mode: str = "fan_in", negative_slope: float = 0.0
) -> np.ndarray:
    features = {"fan_out": shape[0], "fan_in": shape[1]}[mode]
    fan = features * math.prod(shape[2:])  # an empty product is 1
    variance = 2 / ((1 + negative_slope**2) * fan)
    return np.random.default_rng(seed).normal(0, math.sqrt(variance), shape)
