import math

import torch
from torch import nn


class _Attention(nn.Module):
    """Right, in steps that a mistake can replace one by one."""

    def __init__(self, embed_dim, num_heads):
        super().__init__()
        if embed_dim % num_heads:
            raise ValueError("embed_dim must be divisible by num_heads")
        self.heads, self.size = num_heads, embed_dim // num_heads
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (
            nn.Linear(embed_dim, embed_dim) for _ in range(4)
        )

    def forward(self, query, key, value, mask=None):
        q, k, v = (
            self._split(x) for x in (self.q_proj(query), self.k_proj(key), self.v_proj(value))
        )  # (B, H, length, E / H)
        weights = self._weights(q @ k.transpose(2, 3) / self._root(), mask)  # (B, H, L, S)
        return self.out_proj(self._merge(weights @ v))

    def _split(self, x):
        return x.reshape(x.shape[0], x.shape[1], self.heads, self.size).transpose(1, 2)

    def _merge(self, x):
        return x.transpose(1, 2).reshape(x.shape[0], x.shape[2], self.heads * self.size)

    def _root(self):
        return math.sqrt(self.size)

    def _weights(self, scores, mask):
        if mask is not None:
            scores = scores.masked_fill(~self._for_heads(mask), -math.inf)
        return scores.softmax(dim=-1)

    def _for_heads(self, mask):
        return mask.unsqueeze(-3)


class heads_viewed_not_transposed(_Attention):
    """You view (B, L, E) as (B, H, L, E / H) in one step, which cuts across rows; view as (B, L, H, E / H),
    then swap the two middle axes.
    """

    def _split(self, x):
        return x.reshape(x.shape[0], self.heads, x.shape[1], self.size)


class heads_merged_without_transpose(_Attention):
    """You reshape (B, H, L, E / H) to (B, L, E) as it lies, which mixes queries; swap heads and length back
    first.
    """

    def _merge(self, x):
        return x.reshape(x.shape[0], x.shape[2], self.heads * self.size)


class heads_interleaved(_Attention):
    """You deal the features to the heads in turn, as (B, L, E / H, H); a head takes neighbouring features, as
    (B, L, H, E / H).
    """

    def _split(self, x):
        return x.reshape(x.shape[0], x.shape[1], self.size, self.heads).permute(0, 3, 1, 2)

    def _merge(self, x):
        return x.permute(0, 2, 3, 1).reshape(x.shape[0], x.shape[2], self.heads * self.size)


class scaled_by_embed_dim(_Attention):
    """You divide the scores by the root of embed_dim; a head's scores are sums over embed_dim / num_heads
    products, so the root of that is meant.
    """

    def _root(self):
        return math.sqrt(self.heads * self.size)


class not_scaled(_Attention):
    """You do not scale the scores; divide them by the root of embed_dim / num_heads."""

    def _root(self):
        return 1.0


class root_forgotten(_Attention):
    """You divide the scores by the size of a head; divide by its square root."""

    def _root(self):
        return self.size


class query_length_for_keys(_Attention):
    """You view keys and values with the length of the query; they have a length of their own."""

    def forward(self, query, key, value, mask=None):
        batch, length, _ = query.shape
        q, k, v = (
            x.reshape(batch, length, self.heads, self.size).transpose(1, 2)
            for x in (self.q_proj(query), self.k_proj(key), self.v_proj(value))
        )
        weights = self._weights(q @ k.transpose(2, 3) / self._root(), mask)
        return self.out_proj(self._merge(weights @ v))


class softmax_over_queries(_Attention):
    """You normalise the scores over the queries; for each query the weights over the keys add up to one."""

    def _weights(self, scores, mask):
        if mask is not None:
            scores = scores.masked_fill(~self._for_heads(mask), -math.inf)
        return scores.softmax(dim=-2)


class mask_inverted(_Attention):
    """You hide the keys where the mask is True, as nn.MultiheadAttention does; here, as in
    scaled_dot_product_attention, True means that the query may attend.
    """

    def _for_heads(self, mask):
        return ~mask.unsqueeze(-3)


class mask_ignored(_Attention):
    """You do not use the mask; scores of keys that a query may not see become minus infinity."""

    def _for_heads(self, mask):
        return torch.ones_like(mask).unsqueeze(-3)


class mask_fills_zero(_Attention):
    """You set masked scores to 0, but 0 is an ordinary score; minus infinity is what the softmax turns into
    weight 0.
    """

    def _weights(self, scores, mask):
        return (scores if mask is None else scores * self._for_heads(mask)).softmax(dim=-1)


class masked_after_softmax(_Attention):
    """You set weights to 0 after the softmax, so that those that are left no longer add up to one; mask the
    scores before it.
    """

    def _weights(self, scores, mask):
        weights = scores.softmax(dim=-1)
        return weights if mask is None else weights * self._for_heads(mask)


class mask_given_to_heads(_Attention):
    """You let a mask of shape (B, L, S) meet scores of shape (B, H, L, S) as it is, so that its batch axis
    lines up with the heads; give it an axis for the heads first.
    """

    def _for_heads(self, mask):
        return mask


class mask_repeated_in_wrong_order(_Attention):
    """You repeat the masks of the batch one after the other for scores that are ordered by batch element
    first; repeat each element's mask for all of its heads, as repeat_interleave does.
    """

    def _for_heads(self, mask):
        if mask.dim() == 2:
            return mask
        return mask.repeat(self.heads, 1, 1).reshape(mask.shape[0], self.heads, *mask.shape[1:])


class key_used_as_value(_Attention):
    """You project the key for the values; v_proj is applied to value."""

    def forward(self, query, key, value, mask=None):  # noqa: ARG002  that it is not used is the mistake
        return super().forward(query, key, key, mask)


class out_proj_forgotten(_Attention):
    """You return the heads side by side; out_proj mixes them at the end."""

    def forward(self, query, key, value, mask=None):
        q, k, v = self.q_proj(query), self.k_proj(key), self.v_proj(value)
        weights = self._weights(self._split(q) @ self._split(k).transpose(2, 3) / self._root(), mask)
        return self._merge(weights @ self._split(v))


class softmax_overflows(_Attention):
    """You exponentiate the scores as they are, and large ones overflow; subtract each row's largest first, or
    use torch.softmax.
    """

    def _weights(self, scores, mask):
        powers = scores.exp()
        if mask is not None:
            powers = powers * self._for_heads(mask)
        return powers / powers.sum(dim=-1, keepdim=True)


class weights_returned_too(_Attention):
    """You return the attention weights beside the result, as nn.MultiheadAttention does; the tensor alone is
    asked.
    """

    def forward(self, query, key, value, mask=None):
        q, k = self._split(self.q_proj(query)), self._split(self.k_proj(key))
        weights = self._weights(q @ k.transpose(2, 3) / self._root(), mask)
        return super().forward(query, key, value, mask), weights.mean(dim=1)


class divisibility_not_checked(_Attention):
    """You accept an embed_dim that num_heads does not divide; raise a ValueError."""

    def __init__(self, embed_dim, num_heads):
        super().__init__(embed_dim, 1)
        self.heads, self.size = num_heads, embed_dim // num_heads


class no_bias(_Attention):
    """You leave the bias out of the projections; all four are nn.Linear with bias."""

    def __init__(self, embed_dim, num_heads):
        super().__init__(embed_dim, num_heads)
        for name in ("q_proj", "k_proj", "v_proj", "out_proj"):
            setattr(self, name, nn.Linear(embed_dim, embed_dim, bias=False))


class scale_in_state_dict(_Attention):
    """You register a buffer that lands in the state dict, so weights no longer load; keep constants as plain
    attributes, or register them with persistent=False.
    """

    def __init__(self, embed_dim, num_heads):
        super().__init__(embed_dim, num_heads)
        self.register_buffer("scale", torch.tensor(self.size**-0.5))
