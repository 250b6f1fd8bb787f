class Value:
    """Write a number that remembers how it was computed, so that its derivatives can be had.

    Arithmetic with Values gives new Values, and behind them a graph grows: who was made of whom, by which
    operation. ``y.backward()`` then goes through that graph from y to everything it was made of, and leaves
    at each Value the derivative of y with respect to it. This is what autograd does, less the tensors. It is
    asked because the chain rule itself takes one line: what remains is whether you know what happens to a
    value that is used twice, and in which order the graph has to be visited.

    ``Value(data)`` makes a *leaf*. Everything that an operation returns is a *computed* Value.

    Parameters
    ----------
    data : int or float
        The number.

    Attributes
    ----------
    data : int or float
        The number. For a computed Value, the result of its operation.
    grad : int or float
        What calls of ``backward()`` have brought so far; 0 at first.

    Methods
    -------
    v + w, v - w, v * w, v / w, -v
        New Values. A plain int or float may stand in the place of either operand: ``v - 2`` and ``2 - v``.
    v ** k
        A new Value. The exponent k is a plain int or float: ``v ** 3``, ``v ** -1``, ``v ** 0.5``.
    relu()
        A new Value: v where that is above 0, else 0. Its derivative at exactly 0 is **0**.
    tanh(), exp()
        New Values.
    backward()
        Brings the derivative of this Value to the grad of every Value that it was computed from, and to its
        own.

    Notes
    -----
    - After the first ``y.backward()`` the grad of every Value on the way, leaf or computed, is the derivative
      of y with respect to it, and ``y.grad`` is 1. A Value that is used several times gets the sum over all
      its uses. The grad of a Value that y does not depend on is left alone.
    - **Calls add up.** Every call of ``backward()`` adds its derivatives to the grads of the leaves and
      nothing else: after ``y.backward()`` twice they are doubled, exactly, and after ``y.backward()`` and
      ``z.backward()`` each leaf holds the sum of both derivatives, also where y and z share computed Values,
      or one was made of the other. A leaf's own ``backward()`` adds 1 to its grad.
    - What the grad of a *computed* Value is after several calls have reached it, the latest derivative or the
      sum of all, is up to you. The leaves have to be right either way.
    - Operations and ``backward()`` change nobody's data. Values that were used before, in whatever graph, may
      be used again, also after a call of ``backward()``.
    - Graphs may be **deep**: 10,000 operations, one on top of the other, must not overflow Python's stack.
    - Time and memory for ``backward()`` grow with the number of Values in the graph, not with the number of
      paths: a Value that is doubled by ``v = v + v`` 50 times over is reached on 2**50 of them.
    - tanh is finite for every number: at 1000 it is 1, with derivative 0. exp is asked where its result is
      a finite float, which may be 0.
    - Nobody divides by 0. A base of 0 comes with exponents of 1 and above, a negative base with whole ones.
    - A Value as an exponent, and derivatives of derivatives, are not asked.
    - Not allowed: torch, whose autograd this is.

    References
    ----------
    A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind, "Automatic differentiation in machine
    learning: a survey", JMLR 18(153), 2018, section 3.2. The interface is that of A. Karpathy's micrograd,
    https://github.com/karpathy/micrograd, but for repeated calls, which add up as in torch.

    Examples
    --------
    >>> a, b = Value(2.0), Value(-3.0)
    >>> c = a * b + 1
    >>> y = c * c / 2
    >>> y.backward()
    >>> y.data, c.grad, a.grad, b.grad
    (12.5, -5.0, 15.0, -10.0)
    >>> y.backward()
    >>> a.grad, b.grad
    (30.0, -20.0)
    """

    def __init__(self, data: float) -> None:
        raise NotImplementedError

    def relu(self) -> "Value":
        raise NotImplementedError

    def tanh(self) -> "Value":
        raise NotImplementedError

    def exp(self) -> "Value":
        raise NotImplementedError

    def backward(self) -> None:
        raise NotImplementedError
