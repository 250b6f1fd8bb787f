"""Reverse-mode automatic differentiation of scalars.

Source: A. G. Baydin et al., "Automatic differentiation in machine learning: a survey", section 3.2.

    flow(y) = 1,  flow(v) = sum over all w that were made of v of  flow(w) * dw/dv

A value's flow is complete once all that was made of it has been dealt with, so the graph is visited in
reverse topological order. Flows belong to one call; what they come to is added to the grads.
"""

import math


class Value:
    def __init__(self, data: float) -> None:
        self.data = data
        self.grad = 0.0
        self._operands: tuple[tuple[Value, float], ...] = ()  # each with the slope: d self / d operand

    def __add__(self, other: "Value | float") -> "Value":
        other = _as_value(other)
        return _computed(self.data + other.data, (self, 1.0), (other, 1.0))

    def __sub__(self, other: "Value | float") -> "Value":
        other = _as_value(other)
        return _computed(self.data - other.data, (self, 1.0), (other, -1.0))

    def __mul__(self, other: "Value | float") -> "Value":
        other = _as_value(other)
        return _computed(self.data * other.data, (self, other.data), (other, self.data))

    def __truediv__(self, other: "Value | float") -> "Value":
        other = _as_value(other)
        quotient = self.data / other.data
        return _computed(quotient, (self, 1 / other.data), (other, -quotient / other.data))

    def __radd__(self, number: float) -> "Value":
        return Value(number) + self

    def __rsub__(self, number: float) -> "Value":
        return Value(number) - self

    def __rmul__(self, number: float) -> "Value":
        return Value(number) * self

    def __rtruediv__(self, number: float) -> "Value":
        return Value(number) / self

    def __neg__(self) -> "Value":
        return _computed(-self.data, (self, -1.0))

    def __pow__(self, exponent: float) -> "Value":
        return _computed(self.data**exponent, (self, exponent * self.data ** (exponent - 1)))

    def relu(self) -> "Value":
        on = self.data > 0
        return _computed(self.data if on else 0.0, (self, 1.0 if on else 0.0))

    def tanh(self) -> "Value":
        result = math.tanh(self.data)
        return _computed(result, (self, 1 - result**2))

    def exp(self) -> "Value":
        result = math.exp(self.data)
        return _computed(result, (self, result))

    def backward(self) -> None:
        order = _ordered(self)
        flow = dict.fromkeys(order, 0.0)
        flow[self] = 1.0
        for value in reversed(order):
            value.grad += flow[value]
            for operand, slope in value._operands:
                flow[operand] += slope * flow[value]


def _as_value(value: Value | float) -> Value:
    return value if isinstance(value, Value) else Value(value)


def _computed(data: float, *operands: tuple[Value, float]) -> Value:
    value = Value(data)
    value._operands = operands
    return value


def _ordered(last: Value) -> list[Value]:
    """Return `last` and all that it was made of, each behind its operands."""
    order: list[Value] = []
    seen: set[Value] = set()
    stack = [(last, False)]
    while stack:
        value, operands_done = stack.pop()
        if operands_done:
            order.append(value)
        elif value not in seen:
            seen.add(value)
            stack.append((value, True))
            stack.extend((operand, False) for operand, _ in value._operands)
    return order
