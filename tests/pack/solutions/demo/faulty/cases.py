from cvdrill.testing import assert_close


def test_right_case(attempt):
    """One is one."""
    assert_close(attempt.faulty(1), 1)


def test_wrong_case(attempt):
    """Two is three."""
    assert_close(attempt.faulty(2), 3)
