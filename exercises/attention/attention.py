import torch


def attention(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    mask: torch.Tensor | None = None,
) -> torch.Tensor:
    """Give every query the mean of all values, weighted by how well their keys fit.

    Scaled dot-product attention is the engine of every transformer, and short enough for a whiteboard.
    It is asked because three things in it are easy to get wrong without an error message: what the
    scores are divided by, along which axis the weights add up to one, and what a mask does to them.

    Parameters
    ----------
    query : Tensor of float, shape (..., L, E)
        L queries of E features. Any number of leading axes, also none: batch, heads, windows.
    key : Tensor of float, shape (..., S, E)
        S keys, with the same leading axes as the queries. S may differ from L.
    value : Tensor of float, shape (..., S, V)
        The value that belongs to each key. V may differ from E.
    mask : Tensor of bool, optional
        **True** where the query may attend to the key. It broadcasts to (..., L, S) by the usual rules:
        (L, S) holds for all leading axes, (S,) for all queries, (B, 1, 1, S) for all heads and queries
        of a batch element. Every query may attend to at least one key; without a mask, to all.

    Returns
    -------
    Tensor of float, shape (..., L, V)
        What each query gathered, in the inputs' dtype.

    Notes
    -----
    - The score of a query and a key is their dot product divided by the square root of E.
    - The weights of one query are the softmax of its scores over the S keys: they add up to one.
    - A key that is masked has weight 0, however well it fits and however badly the others do.
    - Scores may be as large as 1e5, of either sign; the softmax has to survive that. At such magnitudes
      float32 rounds scores to hundredths, and what that does to the weights is no fault.
    - There is no dropout.
    - Gradients flow through the result to query, key and value.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made attention (``F.scaled_dot_product_attention``, ``nn.MultiheadAttention``,
      torch's transformer layers). ``torch.softmax`` is fine.

    References
    ----------
    A. Vaswani et al., "Attention is all you need", NeurIPS 2017, section 3.2.1. The interface is that of
    ``torch.nn.functional.scaled_dot_product_attention`` with a boolean ``attn_mask``.

    Examples
    --------
    >>> query = torch.zeros(1, 2)  # fits every key alike
    >>> key = torch.eye(2)
    >>> value = torch.tensor([[1.0, 10.0, 100.0], [3.0, 30.0, 300.0]])
    >>> attention(query, key, value)
    tensor([[  2.,  20., 200.]])
    >>> attention(query, key, value, mask=torch.tensor([[False, True]]))
    tensor([[  3.,  30., 300.]])
    """
    raise NotImplementedError
