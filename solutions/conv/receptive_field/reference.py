"""Receptive field of a stack of layers: r <- r + (k - 1) · d · j, then j <- j · s, from r = j = 1.

Source: A. Araujo, W. Norris, J. Sim, "Computing receptive fields of convolutional neural networks", Distill
2019.
"""


def receptive_field(layers: list[tuple[int, int, int]]) -> tuple[int, int]:
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride  # neighbours of this layer's output lie that far apart in the input
    return size, jump
