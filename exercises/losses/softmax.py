import numpy as np


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Turn scores into probabilities: positive numbers, in the scores' order, that add up to 1.

    It ends every classifier and sits inside every attention layer. It is asked because everybody knows
    the formula and it still goes wrong: at large scores, along the wrong axis, where rows lie far apart.

    Parameters
    ----------
    x : ndarray of float
        Scores of any size and sign, with one axis or more, none of them empty.
    axis : int, optional
        The axis along which the probabilities add up to 1; counted from the end when negative, as
        everywhere in numpy. By default the last one.

    Returns
    -------
    ndarray of float
        Of the shape of ``x``.

    Notes
    -----
    - A score ``x[i]`` becomes ``exp(x[i])`` divided by the sum of ``exp(x[j])`` over all j along the
      axis. All other axes are a batch: one softmax does not know of the next.
    - Scores up to ±1e4 give right probabilities, never NaN, also where one row lies at 1e4 and another
      at -1e4. A probability too small for a float is 0. At such scores float32 holds no more than three
      decimals, and an error of that size is no fault.
    - Nothing is clipped or added: what is asked is the formula, not something near it.
    - ``x`` is float64 or float32, and may be a strided view; a result of either width is fine.
    - ``x`` is left as it is.
    - Not allowed: ready-made softmax, log-softmax and log-sum-exp (torch, scipy, sklearn).

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, sections 4.1 and 6.2.2.3.
    The interface is that of ``scipy.special.softmax`` with a single axis.

    Examples
    --------
    >>> softmax(np.array([[0.0, np.log(3.0)], [1e4, 1e4]]))
    array([[0.25, 0.75],
           [0.5 , 0.5 ]])
    >>> softmax(np.array([[0.0, 7.0], [np.log(3.0), 7.0]]), axis=0)
    array([[0.25, 0.5 ],
           [0.75, 0.5 ]])
    """
    raise NotImplementedError
