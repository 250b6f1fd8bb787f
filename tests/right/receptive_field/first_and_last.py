"""Follow the first and the last input of two neighbouring outputs down through the stack."""


def receptive_field(layers):
    outputs = [(0, 0), (1, 1)]
    for kernel, stride, dilation in layers[::-1]:
        outputs = [(first * stride, last * stride + (kernel - 1) * dilation) for first, last in outputs]
    (first, last), (neighbour, _) = outputs
    return [last - first + 1, neighbour - first]
