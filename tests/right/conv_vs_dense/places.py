"""Places are counted with range, layers described by (fan in, outputs, shares)."""


def both(value):
    try:
        first, second = value
    except TypeError:
        first = second = value
    return first, second


def count(fan_in, outputs, shares):
    weights, biases = fan_in * (outputs // shares), outputs // shares
    return weights + biases, fan_in * outputs


def conv_vs_dense(in_shape, out_channels, kernel_size, stride=1, padding=0):
    c, h, w = in_shape
    (kh, kw), (sh, sw), (ph, pw) = both(kernel_size), both(stride), both(padding)
    rows = len(range(-ph, h + ph - kh + 1, sh))
    columns = len(range(-pw, w + pw - kw + 1, sw))
    outputs = out_channels * rows * columns
    return count(c * kh * kw, outputs, rows * columns), count(c * h * w, outputs, 1)
