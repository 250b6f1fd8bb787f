"""A slice with a step for every place, summed in the inputs' own dtype."""

import numpy as np


def dilated_conv2d(image, kernel, dilation):
    (height, width), (kh, kw) = image.shape, kernel.shape
    reach_h, reach_w = (kh - 1) * dilation + 1, (kw - 1) * dilation + 1
    if reach_h > height or reach_w > width:
        raise ValueError(f"{reach_h} × {reach_w} does not fit into {height} × {width}")
    return np.array(
        [
            [
                np.sum(image[i : i + reach_h : dilation, j : j + reach_w : dilation] * kernel)
                for j in range(width - reach_w + 1)
            ]
            for i in range(height - reach_h + 1)
        ]
    )
