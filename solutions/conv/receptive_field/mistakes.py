def stride_applied_early(layers):
    """You multiply by a layer's stride before you add its kernel; a stride acts on later layers only."""
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        jump *= stride
        size += (kernel - 1) * dilation * jump
    return size, jump


def dilation_ignored(layers):
    """You leave the dilation out; the elements of a kernel lie that far apart, so k - 1 steps are as many
    times longer.
    """
    return _accumulate((kernel, stride, 1) for kernel, stride, _ in layers)


def strides_summed(layers):
    """You add the strides; each layer strides over outputs of the one before, so they multiply."""
    size, jump = 1, 0
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * max(jump, 1)
        jump += stride
    return size, max(jump, 1)


def strides_ignored(layers):
    """You add up the kernels as if there were no strides; after a stride each step is as many inputs long."""
    layers = list(layers)
    size = 1 + sum((kernel - 1) * dilation for kernel, _, dilation in layers)
    return size, _accumulate(layers)[1]


def kernel_not_reduced(layers):
    """You add the whole kernel for each layer; its first element is there already, so it adds k - 1 steps."""
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += kernel * dilation * jump
        jump *= stride
    return size, jump


def starts_at_zero(layers):
    """You start with a size of 0; before the first layer an output is one input, so start with 1."""
    size, jump = _accumulate(layers)
    return size - 1, jump


def dilated_kernel_too_long(layers):
    """You take k · d for the length of a dilated kernel; k elements have only k - 1 gaps, so it is
    (k - 1) · d + 1.
    """
    return _accumulate((kernel * dilation, stride, 1) for kernel, stride, dilation in layers)


def dilation_moves_outputs(layers):
    """You multiply the dilation into the stride; it spreads the kernel, but does not move the outputs."""
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride * dilation
    return size, jump


def layers_reversed(layers):
    """You go through the layers from the output to the input with the rule for the other direction; strides
    act on the layers after them.
    """
    return _accumulate(list(layers)[::-1])


def last_stride_only(layers):
    """You return the stride of the last layer; the cumulative stride is the product of all."""
    layers = list(layers)
    return _accumulate(layers)[0], layers[-1][1] if layers else 1


def only_touched_inputs(layers):
    """You count the inputs that are touched; the field reaches from the first to the last, with those that
    are skipped.
    """
    layers = list(layers)
    touched = {0}
    for kernel, stride, dilation in layers[::-1]:
        touched = {place * stride + tap * dilation for place in touched for tap in range(kernel)}
    return len(touched), _accumulate(layers)[1]


def order_swapped(layers):
    """You return the stride first; asked are the size and then the stride."""
    return _accumulate(layers)[::-1]


def _accumulate(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size, jump = size + (kernel - 1) * dilation * jump, jump * stride
    return size, jump
