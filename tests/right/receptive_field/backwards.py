"""From the output to the input: n outputs of a layer need (n - 1) * stride + span of its inputs."""


def receptive_field(layers):
    size, stride = 1, 1
    for k, s, d in reversed(layers):
        size = (size - 1) * s + d * (k - 1) + 1
        stride = stride * s
    return size, stride
