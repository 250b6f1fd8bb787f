"""As torch does it: each operation is a class with forward and backward; a Value knows its creator."""

import math


class Function:
    def __init__(self, *inputs):
        self.inputs = inputs


class Add(Function):
    def forward(self, a, b):
        return a + b

    def backward(self, grad):
        return grad, grad


class Mul(Function):
    def forward(self, a, b):
        self.saved = a, b
        return a * b

    def backward(self, grad):
        a, b = self.saved
        return grad * b, grad * a


class Div(Function):
    def forward(self, a, b):
        self.saved = a, b
        return a / b

    def backward(self, grad):
        a, b = self.saved
        return grad / b, -grad * a / b / b


class Pow(Function):
    def __init__(self, x, k):
        super().__init__(x)
        self.k = k

    def forward(self, a):
        self.slope = self.k * math.pow(a, self.k - 1)
        return math.pow(a, self.k)

    def backward(self, grad):
        return (grad * self.slope,)


class Relu(Function):
    def forward(self, a):
        self.on = a > 0
        return a * self.on

    def backward(self, grad):
        return (grad if self.on else 0.0,)


class Tanh(Function):
    def forward(self, a):
        self.out = math.tanh(a)
        return self.out

    def backward(self, grad):
        return (grad - grad * self.out * self.out,)


class Exp(Function):
    def forward(self, a):
        self.out = math.exp(a)
        return self.out

    def backward(self, grad):
        return (grad * self.out,)


class Value:
    def __init__(self, data):
        self._data, self._grad, self.creator = data, 0.0, None

    @property
    def data(self):
        return self._data

    @property
    def grad(self):
        return self._grad

    @staticmethod
    def apply(function):
        out = Value(function.forward(*(v.data for v in function.inputs)))
        out.creator = function
        return out

    def backward(self):
        for value, grad in self.derivatives():
            value._grad += grad

    def derivatives(self):
        state, order, todo = {}, [], [self]
        while todo:
            v = todo[-1]
            if state.get(v, 0) == 0:
                state[v] = 1
                if v.creator:
                    todo += [u for u in v.creator.inputs if u not in state]
                continue
            todo.pop()
            if state[v] == 1:
                state[v] = 2
                order.insert(0, v)
        grads = {self: 1.0}
        for v in order:
            grad = grads[v]
            yield v, grad
            if v.creator:
                for u, part in zip(v.creator.inputs, v.creator.backward(grad), strict=True):
                    grads[u] = grads[u] + part if u in grads else part

    def __add__(self, other):
        return Value.apply(Add(self, lift(other)))

    def __radd__(self, other):
        return Value.apply(Add(lift(other), self))

    def __mul__(self, other):
        return Value.apply(Mul(self, lift(other)))

    def __rmul__(self, other):
        return Value.apply(Mul(lift(other), self))

    def __truediv__(self, other):
        return Value.apply(Div(self, lift(other)))

    def __rtruediv__(self, other):
        return Value.apply(Div(lift(other), self))

    def __neg__(self):
        return 0 - self

    def __sub__(self, other):
        return self + -1 * lift(other)

    def __rsub__(self, other):
        return lift(other) - self

    def __pow__(self, k):
        return Value.apply(Pow(self, k))

    def relu(self):
        return Value.apply(Relu(self))

    def tanh(self):
        return Value.apply(Tanh(self))

    def exp(self):
        return Value.apply(Exp(self))


def lift(x):
    return x if isinstance(x, Value) else Value(x)
