import numpy as np
import pytest

from cvdrill.testing import Mismatch, assert_close, strided

WIDTHS = pytest.mark.parametrize("dtype", [np.float64, np.float32])


@WIDTHS
def test_one_sample_worked_by_hand(attempt, dtype):
    """The second hidden unit is off; probabilities 1/4 and 3/4; the true class is the unlikely one."""
    x, targets = array([[1, 2]], dtype), np.array([0])
    w1, b1 = array([[1, -1], [1, -1]], dtype), array([0, 0], dtype)  # a = 3, -3
    w2, b2 = array([[2, 4], [5, 7]], dtype), array([-6, np.log(3) - 12], dtype)  # logits 0, log 3
    # At the logits -3/4, 3/4; at the hidden units 2 · -3/4 + 4 · 3/4 = 3/2, and the other is cut off.
    expected = {"w1": [[1.5, 0], [3, 0]], "b1": [1.5, 0], "w2": [[-2.25, 2.25], [0, 0]], "b2": [-0.75, 0.75]}
    check(attempt, (x, targets, w1, b1, w2, b2), np.log(4), expected)


def test_the_mean_over_samples(attempt):
    """Two samples with losses log 4 and log 2: the loss is their mean, and each counts half in gradients."""
    x, targets = array([[1], [2]]), np.array([0, 1])
    w1, b1 = array([[1]]), array([0])  # hidden 1 and 2
    w2, b2 = array([[0, -np.log(3)]]), array([0, 2 * np.log(3)])  # logits 0, log 3 and 0, 0
    h = np.log(3)
    # At the logits, times 2: -3/4, 3/4 and 1/2, -1/2; at the hidden unit: -3/4 · h and 1/2 · h.
    expected = {"w1": [[h / 8]], "b1": [-h / 8], "w2": [[0.125, -0.125]], "b2": [-0.125, 0.125]}
    check(attempt, (x, targets, w1, b1, w2, b2), 1.5 * np.log(2), expected)


def test_a_unit_that_is_on_for_some_samples(attempt):
    """The gradient passes a hidden unit for those samples only that switched it on."""
    x, targets = array([[1], [-1], [3]]), np.array([0, 0, 0])
    w1, b1 = array([[1]]), array([0])  # a = 1, -1, 3
    w2, b2 = array([[3, 6]]), array([0, 0])
    q = [1 / (1 + np.exp(-3 * h)) for h in (1, 0, 3)]  # of the wrong class
    loss = sum(np.log(1 + np.exp(3 * h)) for h in (1, 0, 3)) / 3
    expected = {
        "w1": [[3 * (q[0] + 3 * q[2]) / 3]],
        "b1": [3 * (q[0] + q[2]) / 3],
        "w2": [[-(q[0] + 3 * q[2]) / 3, (q[0] + 3 * q[2]) / 3]],
        "b2": [-sum(q) / 3, sum(q) / 3],
    }
    check(attempt, (x, targets, w1, b1, w2, b2), loss, expected)


@WIDTHS
def test_a_pre_activation_of_exactly_zero(attempt, dtype):
    """Where a pre-activation is exactly 0, the derivative of ReLU is 0: nothing reaches w1 and b1."""
    x, targets = array([[1, 2], [3, 3]], dtype), np.array([1, 0])
    w1, b1 = array([[2, 1, 0], [-1, 0, 0]], dtype), array([0, -1, 0], dtype)
    # a = 0, 0, 0 and 3, 2, 0: the third unit is always at 0, the first two for the first sample.
    w2, b2 = array([[1, 1], [2, 2], [-1, 5]], dtype), array([0, 0], dtype)
    # Probabilities are 1/2; of the second sample -1/4, 1/4 comes to the logits, which cancels in two units.
    expected = {
        "w1": np.zeros((2, 3)),
        "b1": np.zeros(3),
        "w2": [[-0.75, 0.75], [-0.5, 0.5], [0, 0]],
        "b2": [0, 0],
    }
    check(attempt, (x, targets, w1, b1, w2, b2), np.log(2), expected)


@WIDTHS
def test_a_unit_at_zero_for_every_sample(attempt, dtype):
    """A weight and a bias of 0 hold the unit at exactly 0, so neither w1 nor b1 has a gradient."""
    x, targets = array([[1], [2]], dtype), np.array([0, 0])
    w1, b1 = array([[0]], dtype), array([0], dtype)
    w2, b2 = array([[1, 3]], dtype), array([0, 0], dtype)  # 1/2 · -1/2 · 1 + 1/2 · 1/2 · 3 comes to the unit
    expected = {"w1": [[0]], "b1": [0], "w2": [[0, 0]], "b2": [-0.5, 0.5]}
    check(attempt, (x, targets, w1, b1, w2, b2), np.log(2), expected)


@WIDTHS
def test_a_pre_activation_just_above_zero(attempt, dtype):
    """However little a pre-activation is above 0, the gradient passes in full; just below, it does not."""
    x, targets = array([[1]], dtype), np.array([0])
    w1, b1 = array([[1e-12, -1e-12]], dtype), array([0, 0], dtype)
    w2, b2 = array([[2, 6], [1, 7]], dtype), array([0, 0], dtype)  # probabilities 1/2 to twelve digits
    expected = {"w1": [[2, 0]], "b1": [2, 0], "w2": [[-5e-13, 5e-13], [0, 0]], "b2": [-0.5, 0.5]}
    check(attempt, (x, targets, w1, b1, w2, b2), np.log(2), expected)


def test_a_gradient_that_is_negative(attempt):
    """What stops a gradient is the sign of the pre-activation, not its own."""
    x, targets = array([[1]]), np.array([1])
    w1, b1 = array([[1, 2]]), array([0, 0])
    w2, b2 = array([[0, 4], [4, 0]]), array([0, 4])  # logits 8, 8
    expected = {"w1": [[-2, 2]], "b1": [-2, 2], "w2": [[0.5, -0.5], [1, -1]], "b2": [0.5, -0.5]}
    check(attempt, (x, targets, w1, b1, w2, b2), np.log(2), expected)


def test_every_unit_off(attempt):
    """Where no hidden unit is on, only b2 has a gradient."""
    x, targets = array([[1, 2], [2, 1]]), np.array([2, 2])
    w1, b1 = array([[-1, -2], [-3, -1]]), array([1, 1])
    w2, b2 = array([[1, 2, 3], [4, 5, 6]]), np.log([1.0, 2, 5])  # probabilities 1/8, 2/8, 5/8
    expected = {"w1": np.zeros((2, 2)), "b1": np.zeros(2), "w2": np.zeros((2, 3))}
    check(attempt, (x, targets, w1, b1, w2, b2), np.log(8 / 5), expected | {"b2": [0.125, 0.25, -0.375]})


def test_exactly_these_keys(attempt, reference, rng):
    """The gradients are a dict with the keys w1, b1, w2 and b2, and no other."""
    arguments = random_network(rng, 3, 2, 4, 3)
    _, gradients = call(attempt, arguments)
    assert_close(gradients, reference.mlp_backward(*arguments)[1], what="The dict of gradients")


@pytest.mark.parametrize(
    ("n", "inputs", "hidden", "classes"),
    [(1, 3, 5, 2), (5, 2, 3, 4), (4, 4, 4, 4), (7, 1, 1, 3), (2, 6, 1, 2), (20, 3, 8, 5), (3, 5, 2, 9)],
)
def test_random_networks(attempt, reference, rng, n, inputs, hidden, classes):
    """Agrees with the reference for all sorts of sizes: a batch of one, and all four equal, included."""
    arguments = random_network(rng, n, inputs, hidden, classes)
    check(attempt, arguments, *reference.mlp_backward(*arguments))


def test_random_networks_in_float32(attempt, reference, rng):
    """Agrees with the reference in float32."""
    for sizes in ((1, 4, 3, 2), (16, 5, 6, 4)):
        x, targets, *parameters = random_network(rng, *sizes, clear_by=1e-3)
        wide = reference.mlp_backward(x, targets, *parameters)
        narrow = [one.astype(np.float32) for one in (x, *parameters)]
        check(attempt, (narrow[0], targets, *narrow[1:]), *wide)


def test_a_single_class(attempt, rng):
    """With one class there is nothing to lose and nothing to learn."""
    x, _, w1, b1, w2, b2 = random_network(rng, 3, 2, 4, 1)
    expected = {"w1": np.zeros((2, 4)), "b1": np.zeros(4), "w2": np.zeros((4, 1)), "b2": np.zeros(1)}
    check(attempt, (x, np.array([0, 0, 0]), w1, b1, w2, b2), 0.0, expected)


@WIDTHS
def test_sure_and_wrong(attempt, dtype):
    """Logits of 1e4 and -1e4, and the true class is at -1e4: its loss is near 20,000, all is finite."""
    x, targets = array([[1], [2]], dtype), np.array([0, 1])  # the first is sure and right
    w1, b1 = array([[1]], dtype), array([0], dtype)
    w2, b2 = array([[1, 3, 0]], dtype), array([9999, -9999, 0], dtype)
    # Logits 10000, -9996, 0 and 10001, -9993, 0. At the logits 1/2, -1/2, 0 for the second sample alone.
    expected = {"w1": [[-2]], "b1": [-1], "w2": [[1, -1, 0]], "b2": [0.5, -0.5, 0]}
    check(attempt, (x, targets, w1, b1, w2, b2), 19_994 / 2, expected)


@WIDTHS
def test_samples_on_different_levels(attempt, dtype):
    """Each sample is shifted by its own maximum: logits of -1e4 and -1e4 + 1 are like 0 and 1."""
    x, targets = array([[1], [-1]], dtype), np.array([0, 0])
    w1, b1 = array([[1e4, -1e4]], dtype), array([0, 0], dtype)
    w2, b2 = array([[1, 1], [-1, -1]], dtype), array([0, 1], dtype)  # logits 1e4, 1e4 + 1 and -1e4, -1e4 + 1
    q = np.e / (1 + np.e)  # of the wrong class
    expected = {
        "w1": np.zeros((1, 2)),  # both weights of a hidden unit are alike, so what comes to it cancels
        "b1": np.zeros(2),
        "w2": [[-5e3 * q, 5e3 * q], [-5e3 * q, 5e3 * q]],
        "b2": [-q, q],
    }
    check(attempt, (x, targets, w1, b1, w2, b2), np.log(1 + np.e), expected, large=True)


@pytest.mark.parametrize("spread", [300.0, 3000.0])
def test_random_networks_with_large_logits(attempt, reference, rng, spread):
    """Agrees with the reference where logits lie anywhere between -1e4 and 1e4."""
    x, targets, w1, b1, w2, b2 = random_network(rng, 12, 3, 5, 4)
    largest = np.abs(np.maximum(x @ w1 + b1, 0) @ w2 + b2).max()
    arguments = x, targets, w1, b1, w2 * spread / largest, b2 * spread / largest
    check(attempt, arguments, *reference.mlp_backward(*arguments), large=True)


@pytest.mark.parametrize("dtype", [np.int32, np.int8, np.uint8])
def test_targets_of_any_integer_dtype(attempt, reference, rng, dtype):
    """The true classes may come in any integer dtype."""
    x, targets, *parameters = random_network(rng, 6, 3, 4, 3)
    expected = reference.mlp_backward(x, targets, *parameters)
    check(attempt, (x, targets.astype(dtype), *parameters), *expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, and leaves them as they are."""
    arguments = random_network(rng, 6, 3, 4, 5)
    views = tuple(strided(one) for one in arguments)
    check(attempt, views, *reference.mlp_backward(*arguments))


def array(values, dtype=np.float64):
    """Return an array of float."""
    return np.array(values, dtype)


def call(attempt, arguments):
    """Return the loss and the gradients."""
    result = attempt.mlp_backward(*arguments)
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Mismatch("The result should be a pair: the loss and the dict of gradients.", actual=result)
    return result


def check(attempt, arguments, loss, gradients, large=False):
    """Judge the loss, then the gradients.

    Where logits are `large`, single precision rounds them to thousandths, and whoever subtracts a log-sum-exp
    instead of the maximum is off by as much in every probability. Wrong answers are off by far more there.
    """
    actual, mine = call(attempt, arguments)
    expected = {name: np.array(gradients[name], np.float64) for name in ("w1", "b1", "w2", "b2")}
    room = {}
    if large and np.float32 in (arguments[0].dtype, getattr(actual, "dtype", None), *dtypes(mine)):
        largest = max(float(np.abs(one).max()) for one in expected.values())
        room = {"rtol": 1e-2, "atol": 1e-2 * max(1.0, largest)}
    assert_close(actual, float(loss), what="The loss", **room)
    assert_close(mine, expected, what="The dict of gradients", **room)


def dtypes(gradients):
    """Return the dtypes of a dict of arrays, if it is one."""
    values = gradients.values() if isinstance(gradients, dict) else ()
    return [getattr(value, "dtype", None) for value in values]


def random_network(rng, n, inputs, hidden, classes, clear_by=1e-6):
    """Return arguments for a call.

    No pre-activation is so close to 0 that rounding decides, of several samples each hidden unit is on for
    one at least, and no sample is so sure and right that little but rounding is left of its loss.
    """
    while True:
        x, targets = rng.standard_normal((n, inputs)), rng.integers(0, classes, n)
        w1, b1 = rng.standard_normal((inputs, hidden)), rng.standard_normal(hidden)
        w2, b2 = rng.standard_normal((hidden, classes)) / hidden**0.5, rng.standard_normal(classes)
        a = x @ w1 + b1
        exponentials = np.exp(np.maximum(a, 0) @ w2 + b2)
        surest = (exponentials[np.arange(n), targets] / exponentials.sum(axis=1)).max()
        on = (a > 0).any(axis=0 if n > 1 else None).all()
        if np.abs(a).min() > clear_by and on and (surest < 0.98 or classes == 1):
            return x, targets, w1, b1, w2, b2


def runtime(attempt, rng):
    """Go back through a network of 200 inputs, 100 hidden units and 10 classes with 128 samples."""
    x, w1, b1 = rng.standard_normal((128, 200)), rng.standard_normal((200, 100)), rng.standard_normal(100)
    w2, b2 = rng.standard_normal((100, 10)), rng.standard_normal(10)
    arguments = x, rng.integers(0, 10, 128), w1, b1, w2, b2
    return lambda: attempt.mlp_backward(*arguments)
