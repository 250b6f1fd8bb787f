"""The field of the rest, stretched by the first layer's stride."""


def receptive_field(layers):
    if not layers:
        return 1, 1
    (kernel, stride, dilation), *rest = layers
    size, distance = receptive_field(rest)
    return stride * (size - 1) + dilation * (kernel - 1) + 1, stride * distance
