from collections.abc import Callable

import numpy as np


def grad_check(f: Callable[[np.ndarray], float], x: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    """Measure the gradient of a function by moving one number of its input at a time.

    Whoever derives a backward pass by hand needs something to hold it against. Central differences know
    nothing of the function but its values, and are right to nine digits or so. It is asked because ten
    lines leave room for three bugs: a one-sided difference, a lost shape, an input that is not put back.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of ``x`` and returns a float, a Python number or a numpy scalar. It
        does not change what it is given, and gives the same answer when asked again.
    x : ndarray of float64
        Where the gradient is wanted. Of any shape, also ``()``; it holds at least one number.
    eps : float, optional
        How far a number is moved, up and down; greater than 0.

    Returns
    -------
    ndarray of float64
        Of the shape of ``x``. The element at ``index`` is the **central difference**
        ``(f(above) - f(below)) / (2 * eps)``, where ``above`` is ``x`` with ``eps`` added at ``index``
        alone, and ``below`` is ``x`` with ``eps`` subtracted there.

    Notes
    -----
    - The step is ``eps`` itself for every element, however large or small the element is.
    - Where the function has a kink the central difference is taken all the same.
    - You may move numbers of ``x`` in place, or work on copies. Either way ``x`` is in the end what it
      was, **bit for bit**: adding ``eps`` and subtracting it again does not always lead back.
    - That also holds when ``f`` raises, whichever call it is. The exception is not swallowed: it reaches
      the caller.
    - ``x`` may be a strided view.
    - Not allowed: automatic differentiation, and numerical differentiation from a library
      (``scipy.optimize.approx_fprime``, ``scipy.differentiate``, ``torch.autograd``).

    References
    ----------
    W. H. Press et al., "Numerical Recipes", 3rd edition, Cambridge University Press 2007, section 5.7.
    The course notes of Stanford's CS231n, "Neural networks 3", section "Gradient checks", say how to use
    it.

    Examples
    --------
    >>> gradient = grad_check(lambda x: (x**2).sum(), np.array([[1.0, -2.0], [0.0, 0.5]]))
    >>> gradient.round(6) + 0.0
    array([[ 2., -4.],
           [ 0.,  1.]])
    >>> grad_check(lambda x: x[0] ** 3, np.array([2.0]), eps=1.0)  # (27 - 1) / 2
    array([13.])
    """
    raise NotImplementedError
