import numpy as np


def orthogonal_init(shape: tuple[int, ...], seed: int, gain: float = 1.0) -> np.ndarray:
    """Draw the first weights of a layer as a random orthogonal matrix, stretched by a gain.

    An orthogonal matrix changes the length of no vector, so a deep linear net, or a recurrent one over
    many steps, neither explodes nor fades. It is asked because it takes three lines of linear algebra,
    of which the one that makes the matrix truly random is usually missing.

    Parameters
    ----------
    shape : tuple of int
        ``(rows, ...)``, two entries or more, all at least 1. A shape of more than two entries, such as
        ``(out, in, kh, kw)``, stands for the matrix of ``rows`` rows that ``reshape(rows, -1)`` makes of
        it.
    seed : int
        At least 0. The numbers come from ``np.random.default_rng(seed)``.
    gain : float, optional
        Greater than 0; every entry of the orthogonal matrix is multiplied by it.

    Returns
    -------
    ndarray of float64, with the given shape

    Notes
    -----
    - Let W be the result, as a matrix of ``rows`` rows and ``columns`` columns, divided by the gain. If
      it has no more rows than columns, its rows are orthonormal: ``W @ W.T`` is the identity. If it has
      no more columns than rows, its columns are: ``W.T @ W`` is the identity. A square one is both.
    - W is **uniform** among all such matrices (the Haar measure): turned or reflected in whatever way,
      it is as likely as before. In particular any entry is as often positive as negative, a square W has
      the determinant 1 as often as -1, and a matrix of one entry is 1 or -1 with equal chances.
    - The same seed gives the same weights, another seed gives others. The numbers are judged by their
      law, over many seeds: by which method you draw them is up to you.
    - Not allowed: ready-made orthogonal matrices (``torch.nn.init.orthogonal_``,
      ``scipy.stats.ortho_group`` and their like, ``scipy.linalg.orth``). Factorisations such as
      ``np.linalg.qr`` and ``svd`` are fine.

    References
    ----------
    F. Mezzadri, "How to generate random matrices from the classical compact groups", Notices of the AMS
    54(5), 2007. A. Saxe, J. McClelland, S. Ganguli, "Exact solutions to the nonlinear dynamics of
    learning in deep linear neural networks", ICLR 2014. Shapes and gain are those of
    ``torch.nn.init.orthogonal_``.

    Examples
    --------
    >>> weights = orthogonal_init((2, 3), seed=0, gain=2.0)
    >>> bool(np.allclose(weights @ weights.T, 4 * np.eye(2)))
    True
    >>> orthogonal_init((16, 8, 3, 3), seed=0).shape
    (16, 8, 3, 3)
    """
    raise NotImplementedError
