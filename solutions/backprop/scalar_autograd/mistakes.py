import math


class _WithoutReflected:
    """Right but for numbers on the left, in steps that a mistake can replace one by one."""

    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self._operands = ()

    def __add__(self, other):
        other = self._as_value(other)
        return self._computed(self.data + other.data, (self, 1.0), (other, 1.0))

    def __sub__(self, other):
        other = self._as_value(other)
        return self._computed(self.data - other.data, (self, 1.0), (other, self._slope_of_subtrahend))

    def __mul__(self, other):
        other = self._as_value(other)
        return self._computed(self.data * other.data, (self, other.data), (other, self.data))

    def __truediv__(self, other):
        other = self._as_value(other)
        slope = self._sign_of_divisor * self.data / other.data**2
        return self._computed(self.data / other.data, (self, 1 / other.data), (other, slope))

    def __neg__(self):
        return self._computed(-self.data, (self, -1.0))

    def __pow__(self, exponent):
        return self._computed(self.data**exponent, (self, self._slope_of_power(exponent)))

    def relu(self):
        return self._computed(max(self.data, 0.0), (self, self._slope_of_relu()))

    def tanh(self):
        result = self._tanh()
        return self._computed(result, (self, self._slope_of_tanh(result)))

    def exp(self):
        result = math.exp(self.data)
        return self._computed(result, (self, self._slope_of_exp(result)))

    def backward(self):
        self._send(self._ordered())

    _slope_of_subtrahend = -1.0
    _sign_of_divisor = -1.0

    def _slope_of_power(self, exponent):
        return exponent * self.data ** (exponent - 1)

    def _slope_of_relu(self):
        return 1.0 if self.data > 0 else 0.0

    def _tanh(self):
        return math.tanh(self.data)

    def _slope_of_tanh(self, result):
        return 1 - result**2

    def _slope_of_exp(self, result):
        return result

    def _as_value(self, other):
        return other if isinstance(other, _WithoutReflected) else type(self)(other)

    def _computed(self, data, *operands):
        value = type(self)(data)
        value._operands = operands
        return value

    def _ordered(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            value, operands_done = stack.pop()
            if operands_done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                stack.append((value, True))
                stack.extend((operand, False) for operand, _ in value._operands)
        return order[::-1]

    def _send(self, order):
        """Add up what flows through each value in this call, then add it to the grads."""
        flow = dict.fromkeys(order, 0.0)
        flow[self] = 1.0
        for value in order:
            value.grad += flow[value]
            for operand, slope in value._operands:
                flow[operand] += slope * flow[value]

    def _send_grads(self, order):
        """Send on what is in the grads."""
        for value in order:
            for operand, slope in value._operands:
                operand.grad += slope * value.grad


class _Right(_WithoutReflected):
    def __radd__(self, number):
        return self._as_value(number) + self

    def __rsub__(self, number):
        return self._as_value(number) - self

    def __rmul__(self, number):
        return self._as_value(number) * self

    def __rtruediv__(self, number):
        return self._as_value(number) / self


class recursive_order(_Right):
    """You visit the graph by recursion, which ends at Python's limit of 1,000 nested calls; keep a stack of
    your own, as a list.
    """

    def _ordered(self):
        return _visited_by_recursion(self)


class gradient_overwritten(_Right):
    """You assign an operand's grad where a further use should be added, so of a Value that is used twice the
    last use alone counts; write += instead of =.
    """

    def _send(self, order):
        self.grad = 1.0
        for value in order:
            for operand, slope in value._operands:
                operand.grad = slope * value.grad


class no_topological_order(_Right):
    """You visit the graph as you come upon it, so a Value may pass on its grad before all of its uses have
    come in; visit it in reverse topological order.
    """

    def _ordered(self):
        order, seen = [self], {self}
        for value in order:  # grows meanwhile
            for operand, _ in value._operands:
                if operand not in seen:
                    seen.add(operand)
                    order.append(operand)
        return order


class visited_in_preorder(_Right):
    """You order the graph by depth first, but note a Value before its operands; append it after them, so that
    the reversed list has every Value in front of all that it was made of.
    """

    def _ordered(self):
        order, seen, stack = [], set(), [self]
        while stack:
            value = stack.pop()
            if value not in seen:
                seen.add(value)
                order.append(value)
                stack.extend(operand for operand, _ in value._operands)
        return order


class right_operand_missing(_WithoutReflected):
    """You define no operators for a Value on the right of a plain number; for 2 + v, 2 - v, 2 * v and 2 / v
    Python asks for __radd__, __rsub__, __rmul__ and __rtruediv__.
    """


class reflected_operands_swapped(_Right):
    """You let __rsub__ and __rtruediv__ do what __sub__ and __truediv__ do, so that 2 - v gives v - 2; in
    them self is the right operand.
    """

    def __rsub__(self, number):
        return self - number

    def __rtruediv__(self, number):
        return self / number


class _Composed(_Right):
    """Right, with difference, quotient and minus put together of sum, product and power, as in micrograd.

    Old grads on the Values in between make a difference once they are sent on.
    """

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, number):
        return number + (-self)

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, number):
        return number * self**-1


class old_grads_sent_on(_Composed):
    """You send on what computed Values have kept from an earlier call, so a second call more than doubles the
    leaves' grads; keep each call's derivatives apart from what was gathered before.
    """

    def _send(self, order):
        self.grad = 1.0
        self._send_grads(order)


class old_grads_and_seed_sent_on(_Composed):
    """You add the 1 to the grad of y and send on what it and other computed Values have kept from an earlier
    call; each call begins with a 1 and sends on its own derivatives alone.
    """

    def _send(self, order):
        self.grad += 1.0
        self._send_grads(order)


class micrograd_from_memory(_Composed):
    """You write micrograd as it is: it visits the graph by recursion, which ends at 1,000 nested calls, and
    sends on what computed Values have kept from an earlier call; keep a stack of your own, and each call's
    derivatives apart from the grads.
    """

    def _ordered(self):
        return _visited_by_recursion(self)

    def _send(self, order):
        self.grad = 1.0
        self._send_grads(order)


class grads_reset(_Right):
    """You set all grads back to 0 at the beginning of a call; calls add up at the leaves."""

    def _send(self, order):
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        self._send_grads(order)


class leaf_seed_assigned(_Right):
    """You set the grad of the Value whose backward() is called to 1, which wipes out what it has gathered if
    it is a leaf; add 1.
    """

    def _send(self, order):
        for value in order:
            if value._operands:
                value.grad = 0.0
        self.grad = 1.0
        self._send_grads(order)


class seed_forgotten(_Right):
    """You do not give y the grad 1 to begin with, so zeros go round; the derivative of y by itself is 1."""

    def _send(self, order):
        self._send_grads(order)


class waits_for_every_use(_Right):
    """You let a Value wait for all that was ever made of it; count only the uses on the way to the Value
    whose backward() is called.
    """

    def _computed(self, data, *operands):
        value = super()._computed(data, *operands)
        for operand, _ in operands:
            operand._uses = getattr(operand, "_uses", 0) + 1
        return value

    def _send(self, order):
        flow, waiting = dict.fromkeys(order, 0.0), {value: getattr(value, "_uses", 0) for value in order}
        flow[self] = 1.0
        ready = [self]
        while ready:
            value = ready.pop()
            value.grad += flow[value]
            for operand, slope in value._operands:
                flow[operand] += slope * flow[value]
                waiting[operand] -= 1
                if waiting[operand] == 0:
                    ready.append(operand)


class same_operand_once(_Right):
    """You keep the operands in a set or dict, where x * x has only one; each of the two counts."""

    def _computed(self, data, *operands):
        return super()._computed(data, *dict(operands).items())


class computed_without_grad(_Right):
    """You give a grad to leaves only; after the first call every Value on the way has one, and y has 1."""

    def _send(self, order):
        super()._send(order)
        for value in order:
            if value._operands:
                value.grad = 0.0


class difference_like_sum(_Right):
    """You give the right operand of a difference the slope 1; it is -1."""

    _slope_of_subtrahend = 1.0


class quotient_sign(_Right):
    """You give the divisor the slope x / w²; it is negative, -x / w²."""

    _sign_of_divisor = 1.0


class power_not_lowered(_Right):
    """You take k * x ** k for the slope of x ** k; the exponent goes down by one: k * x ** (k - 1)."""

    def _slope_of_power(self, exponent):
        return exponent * self.data**exponent


class power_through_quotient(_Right):
    """You compute the slope of x ** k as k * x ** k / x, which fails at 0; write k * x ** (k - 1)."""

    def _slope_of_power(self, exponent):
        return exponent * self.data**exponent / self.data


class relu_slope_at_zero(_Right):
    """You let the grad pass ReLU where its input is exactly 0; the derivative there is 0, as asked."""

    def _slope_of_relu(self):
        return 1.0 if self.data >= 0 else 0.0


class relu_slope_missing(_Right):
    """You send the grad through ReLU as it is; where the input is 0 or below, nothing passes."""

    def _slope_of_relu(self):
        return 1.0


class tanh_overflows(_Right):
    """You compute tanh from exponentials, which overflow far from 0; use math.tanh, or exp(-2 |x|) only."""

    def _tanh(self):
        return (math.exp(2 * self.data) - 1) / (math.exp(2 * self.data) + 1)


class tanh_slope_of_input(_Right):
    """You take 1 - x² for the slope of tanh; it is 1 - tanh(x)², from the result, not from the input."""

    def _slope_of_tanh(self, result):  # noqa: ARG002
        return 1 - self.data**2


class exp_slope_of_input(_Right):
    """You take the input for the slope of exp; exp is its own derivative, so the slope is the result."""

    def _slope_of_exp(self, result):  # noqa: ARG002
        return self.data


def _visited_by_recursion(last):
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for operand, _ in value._operands:
                visit(operand)
            order.append(value)

    visit(last)
    return order[::-1]
