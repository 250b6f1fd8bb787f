import math

import torch


def not_scaled(query, key, value, mask=None):
    """You take the dot products as scores; divide them by the square root of E, the number of features."""
    return _attend(query @ key.transpose(-2, -1), value, mask)


def scaled_by_dimension(query, key, value, mask=None):
    """You divide the scores by E; divide them by its square root, which is what keeps their variance at 1."""
    return _attend(query @ key.transpose(-2, -1) / query.shape[-1], value, mask)


def scaled_by_length(query, key, value, mask=None):
    """You divide the scores by the root of the number of keys; it is the root of E, the number of terms in a
    dot product.
    """
    return _attend(query @ key.transpose(-2, -1) / math.sqrt(key.shape[-2]), value, mask)


def scaled_by_values(query, key, value, mask=None):
    """You take the number of features from the values, which need not have as many as queries and keys;
    divide by the root of E.
    """
    return _attend(query @ key.transpose(-2, -1) / math.sqrt(value.shape[-1]), value, mask)


def multiplied_by_root(query, key, value, mask=None):
    """You multiply the scores by the square root of E; divide them by it."""
    return _attend(query @ key.transpose(-2, -1) * math.sqrt(query.shape[-1]), value, mask)


def softmax_over_queries(query, key, value, mask=None):
    """You normalise the scores over the queries; for each query the weights over the keys add up to one."""
    scores = _scores(query, key)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return scores.softmax(dim=-2) @ value


def mask_inverted(query, key, value, mask=None):
    """You hide the keys where the mask is True, as nn.MultiheadAttention does; here True means that the query
    may attend.
    """
    return _attend(_scores(query, key), value, None if mask is None else ~mask)


def mask_ignored(query, key, value, mask=None):  # noqa: ARG001  that it is not used is the mistake
    """You do not use the mask; scores of keys that a query may not see become minus infinity."""
    return _attend(_scores(query, key), value, None)


def mask_fills_zero(query, key, value, mask=None):
    """You set masked scores to 0, but 0 is an ordinary score; minus infinity is what the softmax turns into
    weight 0.
    """
    scores = _scores(query, key)
    return _attend(scores if mask is None else scores * mask, value, None)


def mask_fills_too_little(query, key, value, mask=None):
    """You fill masked scores with a number such as -10000, which real scores can fall below; use minus
    infinity.
    """
    scores = _scores(query, key)
    return _attend(scores if mask is None else scores.masked_fill(~mask, -10_000.0), value, None)


def mask_added(query, key, value, mask=None):
    """You add a boolean mask to the scores, which raises them by 1 where it is True; turn False into minus
    infinity.
    """
    scores = _scores(query, key)
    return _attend(scores if mask is None else scores + mask, value, None)


def masked_after_softmax(query, key, value, mask=None):
    """You set weights to 0 after the softmax, so that those that are left no longer add up to one; mask the
    scores before it.
    """
    weights = _scores(query, key).softmax(dim=-1)
    return (weights if mask is None else weights * mask) @ value


def softmax_overflows(query, key, value, mask=None):
    """You exponentiate the scores as they are, and large ones overflow; subtract each row's largest first, or
    use torch.softmax.
    """
    powers = _scores(query, key).exp()
    if mask is not None:
        powers = powers * mask
    return powers / powers.sum(dim=-1, keepdim=True) @ value


def fixed_axes(query, key, value, mask=None):
    """You count the axes from the front, which is right for one leading axis only; count from the end, as in
    transpose(-2, -1).
    """
    scores = query @ key.transpose(1, 2) / math.sqrt(query.shape[2])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return scores.softmax(dim=2) @ value


def key_used_as_value(query, key, value, mask=None):  # noqa: ARG001  that it is not used is the mistake
    """You gather the keys; the weights are for the values."""
    return _attend(_scores(query, key), key, mask)


def weights_returned_too(query, key, value, mask=None):
    """You return the weights beside the result; the tensor alone is asked."""
    scores = _scores(query, key)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)
    return weights @ value, weights


def graph_cut(query, key, value, mask=None):
    """You compute the weights without their graph, so that no gradient reaches query and key; leave out
    detach, no_grad and the like.
    """
    return _attend(_scores(query, key).detach(), value, mask)


def always_float32(query, key, value, mask=None):
    """You return float32 whatever comes in; the result has the dtype of the inputs."""
    return _attend(_scores(query, key), value, mask).to(torch.float32)


def _scores(query, key):
    return query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])


def _attend(scores, value, mask):
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return scores.softmax(dim=-1) @ value
