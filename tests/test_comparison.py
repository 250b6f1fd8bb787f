"""`assert_close`: what is accepted, and what is said of the rest."""

import numpy as np
import pytest
import torch

from cvdrill.comparison import Mismatch, assert_close, forget_inputs, note_inputs


@pytest.fixture(autouse=True)
def no_inputs():
    forget_inputs()
    yield
    forget_inputs()


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-12])),
        (np.array([1.0, 2.0], np.float32), np.array([1.0, 2.00001])),
        (np.array([1, 2], np.int32), np.array([1, 2], np.int64)),
        (np.array([1, 2], np.uint8), np.array([1, 2])),
        (np.array([True]), np.array([True])),
        (np.array(["a", "b"], "<U9"), np.array(["a", "b"])),
        (np.arange(6.0).reshape(2, 3).T, np.array([[0.0, 3], [1, 4], [2, 5]])),
        (np.array([np.nan, np.inf, 1.0]), np.array([np.nan, np.inf, 1.0])),
        (np.zeros((0, 4)), np.zeros((0, 4))),
        (0.5, 0.5),
        (np.float32(0.5), 0.5),
        (np.array(0.5), 0.5),
        (0, 0.0),
        (np.int64(3), 3),
        (True, True),
        (float("nan"), np.nan),
        ((1, [2.0]), (1, [2.0])),
        ([1, 2], (1, 2)),
        ({"a": np.ones(2)}, {"a": np.ones(2)}),
        ("x", "x"),
        (None, None),
        (torch.tensor([1.0]), torch.tensor([1.0])),
        (torch.tensor([1.0, 2.0])[::1], torch.nn.Parameter(torch.tensor([1.0, 2.0]))),
        (torch.tensor([1.0], dtype=torch.bfloat16), torch.tensor([1.01], dtype=torch.bfloat16)),
    ],
)
def test_what_is_right_is_accepted(actual, expected):
    assert_close(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "message"),
    [
        ([1.0], np.array([1.0]), "The result should be a numpy array, not a list."),
        (None, np.array([1.0]), "The result should be a numpy array, not None."),
        (1.0, np.array([1.0]), "The result should be a numpy array, not a float."),
        (np.array([1.0]), np.array([1]), "The result should be of integer dtype, not float64."),
        (np.array([1]), np.array([1.0]), "The result should be of float dtype, not int64."),
        (np.array([1]), np.array([True]), "The result should be of boolean dtype, not int64."),
        (np.array([[1.0]]), np.array([1.0]), "The result should have shape (1,), not (1, 1)."),
        (np.array([1.0, np.nan]), np.array([1.0, 2.0]),
         "The result should be finite here, but 1 of 2 values are NaN or infinite."),
        (np.array([1.0, 2.0]), np.array([1.0, np.nan]), "The result is wrong in 1 of 2 values."),
        (np.array([np.inf]), np.array([-np.inf]), "The result is wrong in 1 of 1 values."),
        (np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.1]), "The result is wrong in 1 of 3 values."),
        (np.array([1, 2]), np.array([3, 4]), "The result is wrong in all 2 values."),
        (0.5, 0.25, "The result should be 0.25, not 0.5."),
        (np.array([0.5]), 0.5, "The result should have shape (), not (1,)."),
        (True, 1.0, "The result should be of float dtype, not bool."),
        (1.0, 1, "The result should be of integer dtype, not float64."),
        ("1", 1.0, "The result should be a float scalar, not a str."),
        ((1,), (1, 2), "The result should have 2 members, not 1."),
        (1, (1, 2), "The result should be a tuple of 2, not an int."),
        ((1, 2.5), (1, 2.0), "The result[1] should be 2, not 2.5."),
        ({"a": 1}, {"b": 1}, "The result should have the keys 'b'; it has 'a'."),
        (torch.tensor([1.0]), np.array([1.0]), "The result should be a numpy array, not a torch tensor."),
        (np.array([1.0]), torch.tensor([1.0]), "The result should be a torch tensor, not a numpy array."),
        (torch.tensor([1.0]).double(), torch.tensor([1.0]), "The result should be float32, not float64."),
        (np.ma.array([1.0]), np.array([1.0]), "The result should be a numpy array, not a MaskedArray."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(actual, expected, message):
    with pytest.raises(Mismatch) as caught:
        assert_close(actual, expected)
    assert caught.value.message == message


def test_the_worst_differences_come_first_with_their_indices():
    expected = np.zeros((3, 4))
    actual = expected.copy()
    actual[2, 1], actual[0, 3] = 5.0, -7.0
    with pytest.raises(Mismatch) as caught:
        assert_close(actual, expected)
    rows = caught.value.details.splitlines()
    table = rows[next(i for i, row in enumerate(rows) if row.startswith("index")) :]
    assert [row.split() for row in table[1:3]] == [["[0,", "3]", "0", "-7"], ["[2,", "1]", "0", "5"]]


def test_more_differences_than_fit_are_counted():
    with pytest.raises(Mismatch) as caught:
        assert_close(np.ones(40), np.zeros(40))
    assert "… and 35 more" in caught.value.details


def test_float64_is_held_to_float64():
    with pytest.raises(Mismatch):
        assert_close(np.array([1.0]), np.array([1.0 + 1e-6]))


def test_an_input_in_float32_loosens_what_is_made_of_it_in_float64():
    note_inputs((np.ones(2, np.float32), 3), {"x": 1})
    assert_close(np.array([1.0]), np.array([1.0 + 1e-6]))


def test_an_answer_in_float16_gets_no_more_room_than_float32():
    with pytest.raises(Mismatch):
        assert_close(np.array([0.1], np.float16), np.array([0.1]))


def test_the_next_case_begins_strictly_again():
    note_inputs(np.ones(2, np.float32))
    forget_inputs()
    with pytest.raises(Mismatch):
        assert_close(np.array([1.0]), np.array([1.0 + 1e-6]))


def test_cancellation_is_judged_by_the_largest_value():
    assert_close(np.array([1e6, 1e-4]), np.array([1e6, 0.0]))
    with pytest.raises(Mismatch):
        assert_close(np.array([1e6, 1e-2]), np.array([1e6, 0.0]))


def test_given_tolerances_hold():
    assert_close(np.array([1.0]), np.array([1.1]), atol=0.2)
    with pytest.raises(Mismatch):
        assert_close(np.array([1.0], np.float32), np.array([1.00001], np.float32), rtol=0, atol=1e-9)


def test_large_unsigned_and_signed_integers_do_not_wrap():
    with pytest.raises(Mismatch, match="wrong in all 2"):
        assert_close(np.array([255, 0], np.uint8), np.array([-1, 256]))
