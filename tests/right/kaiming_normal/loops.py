"""One number at a time by the method of Box and Muller; fans by counting."""

import math

import numpy as np


def kaiming_normal(shape, seed, mode="fan_in", negative_slope=0.0):
    rng = np.random.default_rng(seed)
    area = 1
    for side in shape[2:]:
        area *= side
    fan = area * (shape[1] if mode == "fan_in" else shape[0])
    gain = (2 / (1 + negative_slope * negative_slope)) ** 0.5
    flat = []
    for _ in range(shape[0] * shape[1] * area):
        radius = math.sqrt(-2 * math.log(1 - rng.random()))
        flat.append(gain / fan**0.5 * radius * math.cos(2 * math.pi * rng.random()))
    return np.array(flat).reshape(shape)
