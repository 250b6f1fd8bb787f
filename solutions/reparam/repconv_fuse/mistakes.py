import torch
from torch import nn
from torch.nn import functional as F

_EPS = 1e-5
_MIDDLE = (1, 1, 1, 1)


def one_by_one_in_corner(branch3x3, branch1x1, identity=None):
    """You put the 1 × 1 weight into a corner of the 3 × 3 kernel; the pixel itself is met by its middle."""
    return _fused(branch3x3, branch1x1, identity, frame1x1=(0, 2, 0, 2))


def one_by_one_everywhere(branch3x3, branch1x1, identity=None):
    """You add the 1 × 1 weight to all nine places, by broadcasting; it belongs into the middle alone."""
    weight, bias = _folded(branch3x3)
    centre, shift = _folded(branch1x1)
    weight, bias = weight + centre, bias + shift
    if identity is not None:
        straight, shift = _straight(identity)
        weight, bias = weight + F.pad(straight, _MIDDLE), bias + shift
    return weight, bias


def one_by_one_transposed(branch3x3, branch1x1, identity=None):
    """You exchange the axes of the 1 × 1 weight; outputs come first, as in the 3 × 3 one."""
    turned = {**branch1x1, "weight": branch1x1["weight"].transpose(0, 1)}
    return _fused(branch3x3, turned, identity)


def one_by_one_forgotten(branch3x3, branch1x1, identity=None):
    """You leave out the 1 × 1 branch; all branches are added."""
    nothing = {**branch1x1, "bn_weight": branch1x1["bn_weight"] * 0, "bn_bias": branch1x1["bn_bias"] * 0}
    return _fused(branch3x3, nothing, identity)


def identity_not_centred(branch3x3, branch1x1, identity=None):
    """You put the identity into a corner of the kernels; the pixel itself is met by their middle."""
    return _fused(branch3x3, branch1x1, identity, frame_identity=(0, 2, 0, 2))


def identity_on_the_kernels_diagonal(branch3x3, branch1x1, identity=None):
    """You make the identity a 3 × 3 unit matrix within each kernel; it is a 1 in the middle of the kernels
    that lead from a channel to itself.
    """
    weight, bias = _fused(branch3x3, branch1x1)
    if identity is None:
        return weight, bias
    scale, shift = _scale_and_shift(identity)
    return weight + _column(scale) * torch.eye(3, dtype=weight.dtype), bias + shift


def identity_between_all_channels(branch3x3, branch1x1, identity=None):
    """You put the identity's 1 into all kernels; a channel is given to itself alone, not to the others."""
    weight, bias = _fused(branch3x3, branch1x1)
    if identity is None:
        return weight, bias
    scale, shift = _scale_and_shift(identity)
    return weight + F.pad(_column(scale), _MIDDLE), bias + shift


def identity_scale_forgotten(branch3x3, branch1x1, identity=None):
    """You add the identity as a plain 1; its batch norm scales it, channel by channel."""
    weight, bias = _fused(branch3x3, branch1x1)
    if identity is None:
        return weight, bias
    plain = torch.eye(len(weight), dtype=weight.dtype)[:, :, None, None]
    return weight + F.pad(plain, _MIDDLE), bias + _scale_and_shift(identity)[1]


def identity_shift_forgotten(branch3x3, branch1x1, identity=None):
    """You leave the identity out of the bias; its batch norm has a shift as well."""
    weight, bias = _fused(branch3x3, branch1x1)
    if identity is None:
        return weight, bias
    return weight + F.pad(_straight(identity)[0], _MIDDLE), bias


def identity_forgotten(branch3x3, branch1x1, identity=None):  # noqa: ARG001  that it is not used is the mistake
    """You leave out the identity; where its branch is given, it is added like the others."""
    return _fused(branch3x3, branch1x1)


def identity_from_the_shape(branch3x3, branch1x1, identity=None):
    """You add an identity whenever there are as many inputs as outputs; it is there only when its branch is
    given.
    """
    weight, bias = _fused(branch3x3, branch1x1, identity)
    if identity is None and weight.shape[0] == weight.shape[1]:
        plain = torch.eye(len(weight), dtype=weight.dtype)[:, :, None, None]
        weight = weight + F.pad(plain, _MIDDLE)
    return weight, bias


def identity_required(branch3x3, branch1x1, identity=None):
    """You compute with the identity though it may be None; without its branch nothing is added."""
    straight, shift = _straight(identity)
    weight, bias = _fused(branch3x3, branch1x1)
    return weight + F.pad(straight, _MIDDLE), bias + shift


def biases_averaged(branch3x3, branch1x1, identity=None):
    """You average the shifts of the branches; branches are added, so their shifts are too."""
    weight, bias = _fused(branch3x3, branch1x1, identity)
    return weight, bias / (2 if identity is None else 3)


def branches_averaged(branch3x3, branch1x1, identity=None):
    """You average the branches; they are added."""
    weight, bias = _fused(branch3x3, branch1x1, identity)
    count = 2 if identity is None else 3
    return weight / count, bias / count


def bias_of_the_3x3_alone(branch3x3, branch1x1, identity=None):
    """You return the shift of the 3 × 3 branch alone as bias; every branch has one, and they add up."""
    return _fused(branch3x3, branch1x1, identity)[0], _scale_and_shift(branch3x3)[1]


def one_batch_norm_for_all(branch3x3, branch1x1, identity=None):
    """You scale all branches by the batch norm of the 3 × 3 one; each branch has its own."""
    norm = {name: value for name, value in branch3x3.items() if name != "weight"}
    return _fused(branch3x3, {**branch1x1, **norm}, None if identity is None else norm)


def batch_norm_after_the_sum(branch3x3, branch1x1, identity=None):
    """You add up the kernels first and scale the sum by one batch norm; each branch is normalised by its own
    before the sum.
    """
    weight = branch3x3["weight"] + F.pad(branch1x1["weight"], _MIDDLE)
    if identity is not None:
        weight = weight + F.pad(torch.eye(len(weight), dtype=weight.dtype)[:, :, None, None], _MIDDLE)
    return _folded({**branch3x3, "weight": weight})


def batch_norm_forgotten(branch3x3, branch1x1, identity=None):
    """You scale by gamma alone; batch norm divides by the root of the variance too."""
    return _fused(*(_with(part, "running_var", lambda var: 0 * var + 1 - _EPS) for part in _given(locals())))


def eps_missing(branch3x3, branch1x1, identity=None):
    """You divide by the root of the variance alone; 1e-5 is added to it first."""
    return _fused(*(_with(part, "running_var", lambda var: var - _EPS) for part in _given(locals())))


def eps_outside_root(branch3x3, branch1x1, identity=None):
    """You add eps to the deviation; it is added to the variance, inside the root."""
    return _fused(
        *(_with(part, "running_var", lambda var: (var**0.5 + _EPS) ** 2 - _EPS) for part in _given(locals()))
    )


def eps_of_yolo(branch3x3, branch1x1, identity=None):
    """Your eps is 1e-3, as in YOLO's models; here it is 1e-5."""
    return _fused(*(_with(part, "running_var", lambda var: var + 1e-3 - _EPS) for part in _given(locals())))


def root_missing(branch3x3, branch1x1, identity=None):
    """You divide by the variance; batch norm divides by its root."""
    return _fused(
        *(_with(part, "running_var", lambda var: (var + _EPS) ** 2 - _EPS) for part in _given(locals()))
    )


def mean_forgotten(branch3x3, branch1x1, identity=None):
    """You leave out the running means; they are taken off before scaling, and so belong into the bias."""
    return _fused(*(_with(part, "running_mean", lambda mean: 0 * mean) for part in _given(locals())))


def mean_added(branch3x3, branch1x1, identity=None):
    """You add the running means; they are taken off."""
    return _fused(*(_with(part, "running_mean", lambda mean: -mean) for part in _given(locals())))


def mean_not_scaled(branch3x3, branch1x1, identity=None):
    """You take the running means off as they are; they are taken off before scaling, so the scale applies to
    them.
    """
    weight, _ = _fused(branch3x3, branch1x1, identity)
    shifts = [part["bn_bias"] - part["running_mean"] for part in (branch3x3, branch1x1, identity) if part]
    return weight, sum(shifts)


def beta_forgotten(branch3x3, branch1x1, identity=None):
    """You leave out the bn_bias of the branches; it is part of their shifts."""
    return _fused(*(_with(part, "bn_bias", lambda beta: 0 * beta) for part in _given(locals())))


def scale_on_input_channels(branch3x3, branch1x1, identity=None):
    """You scale along the second axis of the weights, that of the inputs; batch norm sees output channels,
    the first axis.
    """
    weights = []
    for part in (branch3x3, branch1x1):
        weights.append(part["weight"] * _scale_and_shift(part)[0].reshape(1, -1, 1, 1))
    weight, (_, bias) = weights[0] + F.pad(weights[1], _MIDDLE), _fused(branch3x3, branch1x1, identity)
    return weight if identity is None else weight + F.pad(_straight(identity)[0], _MIDDLE), bias


def scale_along_columns(branch3x3, branch1x1, identity=None):
    """You multiply by a scale of shape (O,), which broadcasting lays along the last axis; give it the shape
    (O, 1, 1, 1).
    """
    _, bias = _fused(branch3x3, branch1x1, identity)
    weight = branch3x3["weight"] * _scale_and_shift(branch3x3)[0]
    weight = weight + F.pad(_folded(branch1x1)[0], _MIDDLE)
    return weight if identity is None else weight + F.pad(_straight(identity)[0], _MIDDLE), bias


def entries_by_position(branch3x3, branch1x1, identity=None):
    """You take the entries of the dicts in the order in which they come; find them by their names."""
    names = "bn_weight", "bn_bias", "running_mean", "running_var"
    parts = [dict(zip(("weight", *names), part.values(), strict=True)) for part in (branch3x3, branch1x1)]
    if identity is not None:
        parts.append(dict(zip(names, identity.values(), strict=True)))
    return _fused(*parts)


def rounded_to_float32(branch3x3, branch1x1, identity=None):
    """You build the 3 × 3 kernels of the small branches in float32, torch's default, and so lose digits of
    float64; give torch.zeros the dtype of the weights.
    """
    weight, bias = _folded(branch3x3)
    centre, shift = _folded(branch1x1)
    bias = bias + shift
    if identity is not None:
        straight, shift = _straight(identity)
        centre, bias = centre + straight, bias + shift
    kernel = torch.zeros(weight.shape)
    kernel[:, :, 1:2, 1:2] = centre
    return weight + kernel, bias


def fused_as_parameters(branch3x3, branch1x1, identity=None):
    """You make the folded branches nn.Parameter, as torch.nn.utils.fusion does; each begins a new graph, and
    no gradient reaches the inputs.
    """
    weight, bias = (nn.Parameter(tensor) for tensor in _folded(branch3x3))
    for part in (branch1x1, identity):
        if part is not None:
            centre, shift = _folded(part) if "weight" in part else _straight(part)
            weight, bias = weight + F.pad(nn.Parameter(centre), _MIDDLE), bias + nn.Parameter(shift)
    return weight, bias


def cut_off_from_the_graph(branch3x3, branch1x1, identity=None):
    """Your results are cut off from the inputs, by detach, no_grad or nn.Parameter; gradients have to flow
    through them to the inputs.
    """
    return tuple(tensor.detach() for tensor in _fused(branch3x3, branch1x1, identity))


def batch_norm_cut_off(branch3x3, branch1x1, identity=None):
    """You detach what belongs to the batch norms; gradients have to reach their scales, shifts and statistics
    too.
    """
    parts = _given(locals())
    for name in ("bn_weight", "bn_bias", "running_mean", "running_var"):
        parts = [_with(part, name, lambda value: value.detach()) for part in parts]
    return _fused(*parts)


def always_float32(branch3x3, branch1x1, identity=None):
    """You return float32 whatever comes in; the results have the dtype of the inputs."""
    return tuple(tensor.float() for tensor in _fused(branch3x3, branch1x1, identity))


def always_float64(branch3x3, branch1x1, identity=None):
    """You return float64 whatever comes in, perhaps from a kernel made in it; the results have the dtype of
    the inputs.
    """
    return tuple(tensor.double() for tensor in _fused(branch3x3, branch1x1, identity))


def identity_changed(branch3x3, branch1x1, identity=None):
    """You change the dict of the identity, perhaps by giving it a weight; the dicts and their tensors stay as
    they are.
    """
    if identity is not None:
        identity["weight"] = torch.eye(len(identity["bn_weight"]), dtype=identity["bn_weight"].dtype)
    return _fused(branch3x3, branch1x1, identity)


def entry_removed(branch3x3, branch1x1, identity=None):
    """You take entries out of the dicts, by pop or del; the dicts stay as they are."""
    fused = _fused(branch3x3, branch1x1, identity)
    branch3x3.pop("weight")
    branch1x1.pop("weight")
    return fused


def input_overwritten(branch3x3, branch1x1, identity=None):
    """You write into a tensor of the 3 × 3 branch; all tensors stay as they are, so make new ones."""
    weight, bias = _fused(branch3x3, branch1x1, identity)
    with torch.no_grad():
        branch3x3["weight"].copy_(weight)
    return branch3x3["weight"], bias


def _given(arguments):
    """Return the branches that there are."""
    return [part for part in arguments.values() if part is not None]


def _with(part, name, change):
    return {**part, name: change(part[name])}


def _scale_and_shift(part):
    scale = part["bn_weight"] / torch.sqrt(part["running_var"] + _EPS)
    return scale, part["bn_bias"] - part["running_mean"] * scale


def _column(scale):
    return scale.reshape(-1, 1, 1, 1)


def _folded(part):
    scale, shift = _scale_and_shift(part)
    return part["weight"] * _column(scale), shift


def _straight(identity):
    """Return the identity as a 1 × 1 convolution."""
    scale, shift = _scale_and_shift(identity)
    return torch.diag(scale)[:, :, None, None], shift


def _fused(branch3x3, branch1x1, identity=None, frame1x1=_MIDDLE, frame_identity=_MIDDLE):
    weight, bias = _folded(branch3x3)
    centre, shift = _folded(branch1x1)
    weight, bias = weight + F.pad(centre, frame1x1), bias + shift
    if identity is not None:
        straight, shift = _straight(identity)
        weight, bias = weight + F.pad(straight, frame_identity), bias + shift
    return weight, bias
