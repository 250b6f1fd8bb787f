import torch


def info_nce(queries: torch.Tensor, keys: torch.Tensor, temperature: float = 0.07) -> torch.Tensor:
    """Compute how hard it is to find each query's own key among the keys of a whole batch.

    A query and its key are two views of one thing: two crops of a photograph, a picture and its caption.
    Contrastive learning pulls them together and pushes the query away from all other keys, and that is
    all the supervision that MoCo and its relatives need. It is asked because the loss is four
    lines long, and an answer can be wrong in each of them and still train something.

    Parameters
    ----------
    queries : Tensor of float, shape (n, d)
        Embeddings of d features, one per row; n and d are at least 1. No row is zero.
    keys : Tensor of float, shape (n, d)
        As many keys, in the same dtype; no row is zero. ``keys[i]`` is the positive of ``queries[i]``,
        every other key is one of its negatives.
    temperature : float, optional
        What the similarities are divided by, greater than 0. It may be as small as 0.001.

    Returns
    -------
    Tensor of float, shape ()
        The mean loss of the n queries, in the dtype of the inputs.

    Notes
    -----
    - Every row, of queries and of keys, is first divided by its Euclidean length; the similarity of a
      query and a key is the dot product of the two, their cosine. So the length of a row changes
      nothing. Rows may be as short as 1e-3 and as long as 1e6. As none is zero, a length needs no epsilon;
      one of 1e-8 or less does no harm.
    - A query costs ``-log(exp(s_pos / temperature) / sum(exp(s / temperature)))``, natural logarithm. The
      sum runs over **all** n keys, the positive among them.
    - The comparison goes from queries to keys, and not back as well: other queries are no negatives, and
      nothing is averaged with the loss of keys that look for their queries.
    - The result is the mean over the n queries. A single pair costs 0.
    - For every temperature from 0.001 upwards the result and its gradients are finite and right, in
      float64 and in float32, also for a query that is unlike all the keys. Where similarities are
      divided by 0.001, float32 rounds to ten-thousandths, and an error of some of those is no fault.
    - Gradients flow to queries and to keys, through the lengths as well.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Everything that torch has is allowed, ``F.cross_entropy`` too.

    References
    ----------
    A. van den Oord, Y. Li, O. Vinyals, "Representation learning with contrastive predictive coding", 2018,
    section 2.3. K. He, H. Fan, Y. Wu, S. Xie, R. Girshick, "Momentum contrast for unsupervised visual
    representation learning", CVPR 2020, equation 1, has the temperature; here the negatives come from
    the batch.

    Examples
    --------
    >>> queries = torch.tensor([[2.0, 0.0], [0.0, 3.0]])
    >>> keys = torch.tensor([[5.0, 0.0], [0.0, 1.0]])  # cosine 1 with the own query, 0 with the other
    >>> info_nce(queries, keys, temperature=1.0)  # log((e + 1) / e)
    tensor(0.3133)
    >>> info_nce(queries, keys.flip(0), temperature=1.0)  # log((e + 1) / 1)
    tensor(1.3133)
    """
    raise NotImplementedError
