"""Kahn's algorithm: count the uses within the graph, deal with a Value when none is left; numpy scalars."""

from collections import Counter, defaultdict, deque

import numpy as np


class Value:
    def __init__(self, data):
        self.data = np.float64(data)
        self.grad = np.float64(0)
        self.parents, self.slopes = [], []

    @classmethod
    def of(cls, data, parents, slopes):
        new = cls(data)
        new.parents, new.slopes = parents, slopes
        return new

    def wrap(self, other):
        return other if type(other) is Value else Value(other)

    def backward(self):
        uses, queue, found = Counter(), deque([self]), {id(self)}
        while queue:
            for parent in queue.popleft().parents:
                uses[id(parent)] += 1
                if id(parent) not in found:
                    found.add(id(parent))
                    queue.append(parent)
        adjoints = defaultdict(float, {id(self): 1.0})
        ready = deque([self])
        while ready:
            node = ready.popleft()
            upstream = adjoints.pop(id(node))
            node.grad = node.grad + upstream
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                adjoints[id(parent)] += upstream * slope
                uses[id(parent)] -= 1
                if not uses[id(parent)]:
                    ready.append(parent)

    def __add__(self, other):
        other = self.wrap(other)
        return Value.of(self.data + other.data, [self, other], [1, 1])

    def __mul__(self, other):
        other = self.wrap(other)
        return Value.of(self.data * other.data, [self, other], [other.data, self.data])

    def __pow__(self, k):
        return Value.of(self.data**k, [self], [k * self.data ** (k - 1)])

    def __radd__(self, other):
        return self.wrap(other) + self

    def __rmul__(self, other):
        return self.wrap(other) * self

    def __sub__(self, other):
        return self + self.wrap(other) * -1

    def __rsub__(self, other):
        return self.wrap(other) - self

    def __truediv__(self, other):
        return self * self.wrap(other) ** -1

    def __rtruediv__(self, other):
        return self.wrap(other) / self

    def __neg__(self):
        return self * -1

    def relu(self):
        return Value.of(np.maximum(self.data, 0), [self], [np.heaviside(self.data, 0)])

    def tanh(self):
        t = np.tanh(self.data)
        return Value.of(t, [self], [(1 - t) * (1 + t)])

    def exp(self):
        return Value.of(np.exp(self.data), [self], [np.exp(self.data)])
