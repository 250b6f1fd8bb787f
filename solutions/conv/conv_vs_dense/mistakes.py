import math

import numpy as np


def bias_forgotten(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You count the weights without the biases; these are parameters too, one per filter or output."""
    inputs, outputs, window, _ = _sizes(in_shape, out_channels, kernel_size, stride, padding)
    return (window * out_channels, window * outputs), (inputs * outputs, inputs * outputs)


def macs_doubled(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You count multiplications and additions apart, which are FLOPs; a multiplication with its addition
    counts once.
    """
    conv, dense = _counts(in_shape, out_channels, kernel_size, stride, padding)
    return (conv[0], 2 * conv[1]), (dense[0], 2 * dense[1])


def spatial_size_forgotten(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You count a filter's multiplications at one place; it is used at every place of the output."""
    (parameters, _), dense = _counts(in_shape, out_channels, kernel_size, stride, padding)
    return (parameters, parameters - out_channels), dense


def bias_at_every_place(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You count a bias for every output of the convolution; it is shared among places, one per filter."""
    _, outputs, window, _ = _sizes(in_shape, out_channels, kernel_size, stride, padding)
    conv, dense = _counts(in_shape, out_channels, kernel_size, stride, padding)
    return (window * out_channels + outputs, conv[1]), dense


def bias_per_filter_in_dense(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You give the dense layer one bias per channel; it has one for each of its outputs."""
    conv, dense = _counts(in_shape, out_channels, kernel_size, stride, padding)
    return conv, (dense[1] + out_channels, dense[1])


def bias_multiplied(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You count the biases among the multiplications; they are only added."""
    _, outputs, _, _ = _sizes(in_shape, out_channels, kernel_size, stride, padding)
    conv, dense = _counts(in_shape, out_channels, kernel_size, stride, padding)
    return (conv[0], conv[1] + outputs), (dense[0], dense[1] + outputs)


def input_channels_forgotten(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You give each filter one channel; it spans all channels of the input."""
    _, dense = _counts(in_shape, out_channels, kernel_size, stride, padding)
    conv, _ = _counts((1, *in_shape[1:]), out_channels, kernel_size, stride, padding)
    return conv, dense


def dense_to_channels(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You let the dense layer have out_channels outputs; it has as many as the convolution's whole output."""
    conv, _ = _counts(in_shape, out_channels, kernel_size, stride, padding)
    inputs = in_shape[0] * in_shape[1] * in_shape[2]
    return conv, (inputs * out_channels + out_channels, inputs * out_channels)


def stride_ignored(in_shape, out_channels, kernel_size, stride=1, padding=0):  # noqa: ARG001
    """You leave the stride out of the output's size, (size + 2 · padding - kernel) // stride + 1."""
    return _counts(in_shape, out_channels, kernel_size, 1, padding)


def padding_at_one_end(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You add the padding once along each axis; it is added at both ends."""
    return _counts(in_shape, out_channels, kernel_size, stride, padding, ends=1)


def padding_among_inputs(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You count padded zeros among the inputs of the dense layer; it sees the image as it is."""
    conv, _ = _counts(in_shape, out_channels, kernel_size, stride, padding)
    ph, pw = _pair(padding)
    inputs = in_shape[0] * (in_shape[1] + 2 * ph) * (in_shape[2] + 2 * pw)
    outputs = _sizes(in_shape, out_channels, kernel_size, stride, padding)[1]
    return conv, (inputs * outputs + outputs, inputs * outputs)


def size_rounded_up(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You round the number of places up; those that do not fit are dropped."""
    return _counts(in_shape, out_channels, kernel_size, stride, padding, divide=lambda a, b: -(-a // b))


def size_without_plus_one(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You forget the + 1 in the output's size: a kernel as large as the image has one place, not none."""
    return _counts(in_shape, out_channels, kernel_size, stride, padding, divide=lambda a, b: a // b - 1)


def height_and_width_swapped(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You take pairs for (width, height); they are (height, width)."""
    pairs = (_pair(option)[::-1] for option in (kernel_size, stride, padding))
    return _counts(in_shape, out_channels, *pairs)


def overflows(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You count in numpy's integers of 64 bits, which wrap around; Python's own are exact at any size."""
    with np.errstate(over="ignore"):
        inputs, outputs, window, places = (
            np.array(size, np.int64) for size in _sizes(in_shape, out_channels, kernel_size, stride, padding)
        )
        conv = window * out_channels + out_channels, window * out_channels * places
        dense = inputs * outputs + outputs, inputs * outputs
    return tuple(map(int, conv)), tuple(map(int, dense))


def floats(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You count in floats, which are exact up to 2^53 only; integers are asked, so divide with //."""
    conv, dense = _counts(in_shape, out_channels, kernel_size, stride, padding)
    return tuple(map(float, conv)), tuple(map(float, dense))


def through_floats(in_shape, out_channels, kernel_size, stride=1, padding=0):
    """You count in floats and make them integers in the end; that is not exact beyond 2^53, as is asked."""
    inputs, outputs, window, _ = map(float, _sizes(in_shape, out_channels, kernel_size, stride, padding))
    conv = int(window * out_channels + out_channels), int(window * outputs)
    return conv, (int(inputs * outputs + outputs), int(inputs * outputs))


def _counts(*arguments, **rule):
    inputs, outputs, window, _ = _sizes(*arguments, **rule)
    out_channels = arguments[1]
    return (window * out_channels + out_channels, window * outputs), (
        inputs * outputs + outputs,
        inputs * outputs,
    )


def _sizes(in_shape, out_channels, kernel_size, stride, padding, ends=2, divide=lambda a, b: a // b):
    """Return the numbers of inputs, of outputs, of a filter's weights, and of places."""
    options = zip(in_shape[1:], _pair(kernel_size), _pair(stride), _pair(padding), strict=True)
    places = math.prod(divide(size + ends * p - k, s) + 1 for size, k, s, p in options)
    return math.prod(in_shape), out_channels * places, in_shape[0] * math.prod(_pair(kernel_size)), places


def _pair(value):
    return (value, value) if isinstance(value, int) else value
