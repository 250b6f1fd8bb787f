import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    """Let every query gather what it needs from all values, in several heads at once.

    Each head projects queries, keys and values to a space of its own of ``embed_dim / num_heads`` features,
    attends there, and a last projection mixes what the heads found. The formula fits on a line; the question
    is asked because an axis in the wrong place still gives a tensor of the right shape, and nothing but care
    shows it.

    ``MultiHeadAttention(embed_dim, num_heads)`` makes the layer, ``forward(query, key, value, mask=None)``
    applies it.

    Parameters
    ----------
    embed_dim : int
        For the constructor: features of queries, keys, values and of the result, E.
    num_heads : int
        For the constructor: number of heads. If it does not divide ``embed_dim``, raise a ``ValueError``.
    query : Tensor of float, shape (B, L, E)
        For ``forward``: L queries for each of B batch elements.
    key, value : Tensor of float, shape (B, S, E)
        For ``forward``: S keys, and the value that belongs to each. S may differ from L.
    mask : Tensor of bool, shape (B, L, S) or (L, S), optional
        For ``forward``: **True** where the query may attend to the key. A mask of shape (L, S) holds for
        every batch element. A query may attend to at least one key; without a mask, to all.

    Returns
    -------
    Tensor of float, shape (B, L, E)
        From ``forward``: what each query gathered, in the inputs' dtype. The tensor alone, without weights.

    Notes
    -----
    - The projections are ``nn.Linear(embed_dim, embed_dim)`` with bias, named ``q_proj``, ``k_proj``,
      ``v_proj`` and ``out_proj``. The grader loads its own weights with ``load_state_dict``, so the
      ``state_dict()`` holds their eight tensors and nothing else.
    - Head h works on the h-th block of ``embed_dim / num_heads`` neighbouring features of the projections;
      the heads' results stand in the same order before ``out_proj``.
    - The scores of a head are divided by the square root of *its* number of features before the softmax over
      the keys.
    - The mask is the same for all heads, and a key that is masked counts for nothing, however well it fits.
    - Scores may run into the thousands; the softmax has to survive that.
    - There is no dropout: training and evaluation mode give the same result.
    - Gradients flow through the result to the inputs and to all eight parameters.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made attention (``nn.MultiheadAttention``, ``F.scaled_dot_product_attention``,
      torch's transformer layers). ``torch.softmax`` is fine.

    References
    ----------
    A. Vaswani et al., "Attention is all you need", NeurIPS 2017, section 3.2.

    Examples
    --------
    >>> attention = MultiHeadAttention(embed_dim=12, num_heads=3)
    >>> image, text = torch.ones(2, 49, 12), torch.ones(2, 5, 12)
    >>> attention(image, text, text).shape
    torch.Size([2, 49, 12])
    >>> causal = torch.ones(5, 5, dtype=torch.bool).tril()
    >>> attention(text, text, text, mask=causal).shape
    torch.Size([2, 5, 12])
    """

    def __init__(self, embed_dim: int, num_heads: int) -> None:
        raise NotImplementedError

    def forward(
        self,
        query: torch.Tensor,
        key: torch.Tensor,
        value: torch.Tensor,
        mask: torch.Tensor | None = None,
    ) -> torch.Tensor:
        raise NotImplementedError
