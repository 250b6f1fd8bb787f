import torch
from torch import nn


def eps_missing(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):  # noqa: ARG001
    """You divide by the root of the variance alone; eps is added to the variance first."""
    scale = bn_weight / torch.sqrt(running_var)
    return _fused(weight, bias, bn_bias, running_mean, scale)


def eps_outside_root(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You add eps to the deviation; it is added to the variance, inside the root."""
    scale = bn_weight / (torch.sqrt(running_var) + eps)
    return _fused(weight, bias, bn_bias, running_mean, scale)


def eps_as_lower_bound(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You raise variances below eps to eps; eps is added to every variance."""
    scale = bn_weight / torch.sqrt(running_var.clamp(min=eps))
    return _fused(weight, bias, bn_bias, running_mean, scale)


def eps_fixed(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):  # noqa: ARG001
    """You add 1e-5 whatever eps is; use the eps that is passed in."""
    return _fused(weight, bias, bn_bias, running_mean, _scale(bn_weight, running_var, 1e-5))


def eps_of_tensorflow(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-3):
    """Your eps is 1e-3 where it is left out; its default is 1e-5."""
    return _fused(weight, bias, bn_bias, running_mean, _scale(bn_weight, running_var, eps))


def root_missing(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You divide by the variance; batch norm divides by its root."""
    return _fused(weight, bias, bn_bias, running_mean, bn_weight / (running_var + eps))


def variance_as_deviation(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You square running_var, as if it were a deviation; it is a variance already."""
    return _fused(weight, bias, bn_bias, running_mean, _scale(bn_weight, running_var**2, eps))


def conv_bias_dropped(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):  # noqa: ARG001
    """You leave out the bias of the convolution; batch norm scales it along with the rest."""
    return _fused(weight, None, bn_bias, running_mean, _scale(bn_weight, running_var, eps))


def conv_bias_not_scaled(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You add the bias of the convolution as it is; batch norm comes after it, and scales it too."""
    scale = _scale(bn_weight, running_var, eps)
    shift = bn_bias - running_mean * scale
    return weight * _column(scale), shift if bias is None else shift + bias


def bias_of_none_refused(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You compute with the bias though it may be None; a convolution without bias counts as one of 0."""
    scale = _scale(bn_weight, running_var, eps)
    return weight * _column(scale), bn_bias + scale * (bias - running_mean)


def no_bias_from_none(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You return no bias where the convolution had none; the batch norm's shift needs one all the same."""
    fused = _fused(weight, bias, bn_bias, running_mean, _scale(bn_weight, running_var, eps))
    return fused[0], None if bias is None else fused[1]


def scale_on_input_channels(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You scale along the second axis of the weight, that of the inputs; batch norm sees output channels, the
    first axis.
    """
    scale = _scale(bn_weight, running_var, eps)
    _, shift = _fused(weight, bias, bn_bias, running_mean, scale)
    return weight * scale.reshape(1, -1, 1, 1), shift


def scale_along_columns(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You multiply by a scale of shape (O,), which broadcasting lays along the columns of the kernel; give it
    the shape (O, 1, 1, 1).
    """
    scale = _scale(bn_weight, running_var, eps)
    _, shift = _fused(weight, bias, bn_bias, running_mean, scale)
    return weight * scale, shift


def weight_not_scaled(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You fold the batch norm into the bias alone; its scale goes into the weight."""
    return weight, _fused(weight, bias, bn_bias, running_mean, _scale(bn_weight, running_var, eps))[1]


def gamma_forgotten(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You leave out bn_weight; it multiplies what was normalised."""
    return _fused(weight, bias, bn_bias, running_mean, _scale(torch.ones_like(bn_weight), running_var, eps))


def gamma_only_on_weight(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You multiply the weight by bn_weight, but not the bias; the mean that is taken off is scaled like the
    rest.
    """
    plain = _scale(torch.ones_like(bn_weight), running_var, eps)
    _, shift = _fused(weight, bias, bn_bias, running_mean, plain)
    return weight * _column(plain * bn_weight), shift


def beta_forgotten(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You leave out bn_bias; it is added last, as it is."""
    scale = _scale(bn_weight, running_var, eps)
    return _fused(weight, bias, torch.zeros_like(bn_bias), running_mean, scale)


def beta_scaled(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You scale bn_bias along with the rest; batch norm adds it after scaling."""
    scale = _scale(bn_weight, running_var, eps)
    return _fused(weight, bias, bn_bias * scale, running_mean, scale)


def mean_forgotten(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You leave out running_mean; it is taken off before scaling."""
    scale = _scale(bn_weight, running_var, eps)
    return _fused(weight, bias, bn_bias, torch.zeros_like(running_mean), scale)


def mean_added(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You add running_mean; it is taken off."""
    return _fused(weight, bias, bn_bias, -running_mean, _scale(bn_weight, running_var, eps))


def mean_not_scaled(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You take running_mean off as it is; it is taken off before scaling, so the scale applies to it."""
    scale = _scale(bn_weight, running_var, eps)
    shift = bn_bias - running_mean
    return weight * _column(scale), shift if bias is None else shift + scale * bias


def gamma_and_beta_exchanged(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You scale by bn_bias and shift by bn_weight; a batch norm's weight is its scale."""
    return _fused(weight, bias, bn_weight, running_mean, _scale(bn_bias, running_var, eps))


def order_of_torch(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You take mean and variance for the third and fourth argument, as torch's own function does; here they
    are the fifth and sixth, after bn_weight and bn_bias.
    """
    return _fused(weight, bias, running_var, bn_weight, _scale(running_mean, bn_bias, eps))


def one_scale_for_all(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You scale all channels by the first one's gamma and variance; each output channel has its own."""
    scale = _scale(bn_weight, running_var, eps)
    return _fused(weight, bias, bn_bias, running_mean, scale[:1].expand_as(scale))


def magnitude_of_gamma(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You drop the sign of bn_weight; a negative one turns the sign of its channel."""
    return _fused(weight, bias, bn_bias, running_mean, _scale(bn_weight.abs(), running_var, eps))


def wrapped_in_parameter(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You return nn.Parameter, which begins a new graph, so no gradient reaches the inputs; return plain
    tensors.
    """
    fused = _fused(weight, bias, bn_bias, running_mean, _scale(bn_weight, running_var, eps))
    return tuple(nn.Parameter(tensor) for tensor in fused)


def cut_off_from_the_graph(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """Your results are cut off from the inputs, by detach, no_grad or nn.Parameter; gradients have to flow
    through them to the inputs.
    """
    fused = _fused(weight, bias, bn_bias, running_mean, _scale(bn_weight, running_var, eps))
    return tuple(tensor.detach() for tensor in fused)


def batch_norm_cut_off(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You detach what belongs to the batch norm; gradients have to reach its scale, shift and statistics
    too.
    """
    scale = _scale(bn_weight, running_var, eps).detach()
    return _fused(weight, bias, bn_bias.detach(), running_mean.detach(), scale)


def statistics_cut_off(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You detach mean and variance; where they require gradients, gradients have to reach them."""
    scale = _scale(bn_weight, running_var.detach(), eps)
    return _fused(weight, bias, bn_bias, running_mean.detach(), scale)


def always_float32(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You return float32 whatever comes in; the results have the dtype of the inputs."""
    fused = _fused(weight, bias, bn_bias, running_mean, _scale(bn_weight, running_var, eps))
    return tuple(tensor.float() for tensor in fused)


def input_overwritten(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You write into an input; all of them stay as they are, so make new tensors."""
    scale = _scale(bn_weight, running_var, eps)
    _, shift = _fused(weight, bias, bn_bias, running_mean, scale)
    with torch.no_grad():
        weight *= _column(scale)
    return weight, shift


def bias_before_weight(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    """You return the bias first; the weight comes first."""
    return _fused(weight, bias, bn_bias, running_mean, _scale(bn_weight, running_var, eps))[::-1]


def _scale(bn_weight, running_var, eps):
    return bn_weight / torch.sqrt(running_var + eps)


def _fused(weight, bias, bn_bias, running_mean, scale):
    offset = -running_mean if bias is None else bias - running_mean
    return weight * _column(scale), bn_bias + scale * offset


def _column(scale):
    return scale.reshape(-1, 1, 1, 1)
