from cvdrill.testing import assert_close, summed


def test_arithmetic(attempt):
    """Operators work between values and numbers, on either side."""
    a, b = attempt.Value(2.0), attempt.Value(5.0)
    assert_close((3 * a + b * 2 + a * b).data, 26.0)


def test_attributes(attempt):
    """Data can be set and read."""
    a = attempt.Value(1.0)
    a.data = 4.0
    assert_close((1 + a).data, 5.0)
    assert_close(len(a), 2)
    assert_close(a[1].data, 4.0)


def test_an_object_that_comes_back(attempt):
    """What is returned may be an operand that was passed in, and both may go into one call."""
    a = attempt.Value(1.5)
    assert_close((a + a[1]).data, 3.0)


def test_a_method(attempt):
    """A method can be called at once, and by itself later."""
    a = attempt.Value(1.5)
    assert_close(a.times(2.0).data, 3.0)
    times = a.times
    assert_close(times(factor=4.0).data, 6.0)


def test_many(attempt):
    """A thousand of them can be added up."""
    assert_close(summed([attempt.Value(0.5)] * 1000).data, 500.0)
    assert_close(summed([1, 2.5]), 3.5)
