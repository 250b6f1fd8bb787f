"""Parameters and multiply-accumulates of a convolution and of the dense layer between the same tensors.

Source: I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 9.2.
"""


def conv_vs_dense(
    in_shape: tuple[int, int, int],
    out_channels: int,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> tuple[tuple[int, int], tuple[int, int]]:
    channels, height, width = in_shape
    (kh, kw), (sh, sw), (ph, pw) = _pair(kernel_size), _pair(stride), _pair(padding)
    out_height = (height + 2 * ph - kh) // sh + 1
    out_width = (width + 2 * pw - kw) // sw + 1
    inputs = channels * height * width
    outputs = out_channels * out_height * out_width
    window = channels * kh * kw  # the inputs that one output of the convolution depends on
    conv = window * out_channels + out_channels, window * outputs
    dense = inputs * outputs + outputs, inputs * outputs
    return conv, dense


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else value
