"""One tape for all: every Value is a place on a list, and a call goes down the list from its own place."""

import math

TAPE = []  # of each Value, the places of its operands and the slopes
EVERYTHING = []


class Value:
    __slots__ = ("data", "grad", "place")

    def __init__(self, data, entries=()):
        self.data, self.grad, self.place = float(data), 0.0, len(TAPE)
        TAPE.append(entries)
        EVERYTHING.append(self)

    def backward(self):
        adjoint = [0.0] * self.place + [1.0]
        for place in range(self.place, -1, -1):
            if adjoint[place] != 0.0:
                EVERYTHING[place].grad += adjoint[place]
                for operand, slope in TAPE[place]:
                    adjoint[operand] += slope * adjoint[place]

    def __add__(self, other):
        return binary(self, other, lambda a, b: (a + b, 1.0, 1.0))

    def __sub__(self, other):
        return binary(self, other, lambda a, b: (a - b, 1.0, -1.0))

    def __mul__(self, other):
        return binary(self, other, lambda a, b: (a * b, b, a))

    def __truediv__(self, other):
        return binary(self, other, lambda a, b: (a / b, 1.0 / b, -a / (b * b)))

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other):
        return binary(other, self, lambda a, b: (a - b, 1.0, -1.0))

    def __rtruediv__(self, other):
        return binary(other, self, lambda a, b: (a / b, 1.0 / b, -a / (b * b)))

    def __pow__(self, k):
        return Value(self.data**k, [(self.place, k * self.data ** (k - 1))])

    def __neg__(self):
        return Value(-self.data, [(self.place, -1.0)])

    def relu(self):
        return Value(max(0.0, self.data), [(self.place, float(self.data > 0.0))])

    def tanh(self):
        e = math.exp(-2.0 * abs(self.data))
        t = math.copysign((1.0 - e) / (1.0 + e), self.data)
        return Value(t, [(self.place, 4.0 * e / (1.0 + e) ** 2)])

    def exp(self):
        y = math.exp(self.data)
        return Value(y, [(self.place, y)])


def binary(a, b, rule):
    entries = []
    x, y = (v.data if isinstance(v, Value) else v for v in (a, b))
    result, *slopes = rule(x, y)
    for v, slope in zip((a, b), slopes, strict=True):
        if isinstance(v, Value):  # numbers leave no trace
            entries.append((v.place, slope))
    return Value(result, entries)
