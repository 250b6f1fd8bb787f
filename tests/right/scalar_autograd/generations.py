"""A dataclass that knows its depth; a heap hands out the deepest first. Computed grads hold the last call."""

import heapq
import math
from dataclasses import dataclass, field
from itertools import count

_serial = count()


@dataclass(eq=False)
class Value:
    data: float
    grad: float = 0.0
    edges: list = field(default_factory=list, repr=False)
    depth: int = 0
    serial: int = field(default_factory=lambda: next(_serial), repr=False)

    def _new(self, data, *edges):
        edges = [(v, slope) for v, slope in edges if isinstance(v, Value)]
        return Value(data, edges=edges, depth=1 + max(v.depth for v, _ in edges))

    def __add__(self, other):
        return self._new(self.data + _number(other), (self, 1), (other, 1))

    __radd__ = __add__

    def __neg__(self):
        return self._new(-self.data, (self, -1))

    def __sub__(self, other):
        return self._new(self.data - _number(other), (self, 1), (other, -1))

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        return self._new(self.data * _number(other), (self, _number(other)), (other, self.data))

    __rmul__ = __mul__

    def __truediv__(self, other):
        divisor = _number(other)
        return self._new(self.data / divisor, (self, 1 / divisor), (other, -self.data / divisor**2))

    def __rtruediv__(self, other):
        return self._new(other / self.data, (self, -other / self.data**2))

    def __pow__(self, k):
        return self._new(self.data**k, (self, k * self.data ** (k - 1) if k else 0))

    def relu(self):
        return self._new(self.data, (self, 1)) if self.data > 0 else self._new(0, (self, 0))

    def tanh(self):
        return self._new(math.tanh(self.data), (self, 1 / math.cosh(min(abs(self.data), 300)) ** 2))

    def exp(self):
        return self._new(math.exp(self.data), (self, math.exp(self.data)))

    def backward(self):
        heap, known = [], set()

        def reach(value, grad):
            if value not in known:
                known.add(value)
                heapq.heappush(heap, (-value.depth, value.serial, value))
                if value.edges:
                    value.grad = 0.0
            value.grad += grad

        reach(self, 1.0)
        while heap:
            *_, value = heapq.heappop(heap)
            for operand, slope in value.edges:
                reach(operand, slope * value.grad)


def _number(v):
    return v.data if isinstance(v, Value) else v
