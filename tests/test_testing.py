"""What the authors of cases import."""

import numpy as np
import pytest
import torch

from cvdrill.testing import (
    Mismatch,
    assert_no_graph,
    assert_raises,
    gradients,
    mistake,
    random_boxes,
    random_tensor,
    strided,
)


def test_random_boxes_overlap_in_every_degree_and_their_scores_differ():
    boxes, scores = random_boxes(np.random.default_rng(0), 200)
    assert boxes.shape == (200, 4)
    assert (boxes[:, 2:] > boxes[:, :2]).all()
    assert len(np.unique(scores)) == 200
    ious = _ious(boxes)
    assert (ious == 0).any()
    for low in np.arange(0.0, 0.8, 0.1):
        assert ((ious > low) & (ious < low + 0.1)).any()


def test_random_boxes_stay_clear_of_a_threshold():
    for seed in range(50):
        boxes, _ = random_boxes(np.random.default_rng(seed), 40, dtype=np.float32, clear_of=0.3)
        assert np.abs(_ious(boxes.astype(float)) - 0.3).min() >= 1e-4


def test_scores_differ_in_float32_too():
    _, scores = random_boxes(np.random.default_rng(0), 500, dtype=np.float32)
    assert len(np.unique(scores)) == 500


@pytest.mark.parametrize("shape", [(3,), (2, 3), (0, 4), (2, 3, 4)])
def test_a_strided_view_is_equal_and_not_contiguous(shape):
    array = np.arange(float(np.prod(shape))).reshape(shape)
    view = strided(array)
    np.testing.assert_array_equal(view, array)
    assert view.dtype == array.dtype
    if array.size > 1:
        assert not view.flags.c_contiguous
        assert not view.flags.f_contiguous


def test_an_exception_of_the_right_kind_is_accepted():
    assert_raises(ValueError, int, "x")


def test_a_call_that_returns_is_a_mismatch_that_shows_what_came():
    with pytest.raises(Mismatch, match="should raise ValueError, but it returned the number 3"):
        assert_raises(ValueError, int, "3")


def test_another_exception_passes_through():
    with pytest.raises(TypeError):
        assert_raises(ValueError, int, None)


def test_gradients_tell_elements_apart():
    x = random_tensor(np.random.default_rng(0), 3, 2)
    (forward,) = gradients(lambda t: t * 1.0, x)
    (flipped,) = gradients(lambda t: t.flip(0), x)
    assert not torch.allclose(forward, flipped)
    assert torch.allclose(forward.flip(0), flipped)


def test_an_input_without_influence_has_gradient_zero():
    x, y = torch.ones(2), torch.ones(3)
    assert torch.equal(gradients(lambda x, _: 2 * x, x, y)[1], torch.zeros(3))


def test_a_result_without_graph_is_a_mismatch_that_says_how():
    with pytest.raises(Mismatch, match=r"cut off from the graph.*\.detach\(\)"):
        gradients(lambda x: x.detach(), torch.ones(2))


def test_a_parameter_begins_a_graph_of_its_own_and_is_a_mismatch():
    with pytest.raises(Mismatch, match=r"^The weight begins a graph of its own"):
        gradients(lambda x: torch.nn.Parameter(2 * x), torch.ones(2), what="The weight")


def test_an_input_that_comes_back_has_the_gradient_of_itself():
    assert gradients(lambda x: x, torch.ones(2))[0].all()


def test_a_graph_where_none_is_asked_is_a_mismatch():
    assert_no_graph(torch.ones(2))
    with pytest.raises(Mismatch, match=r"^The bias requires a gradient"):
        assert_no_graph(torch.nn.Parameter(torch.ones(2)), what="The bias")


def test_inputs_of_gradients_are_left_alone():
    x = torch.ones(2)
    gradients(lambda x: x.mul(3), x)
    assert not x.requires_grad
    assert x.grad is None


def test_a_mistake_says_what_it_replaces():
    @mistake(replaces="tail")
    def wrong(x):
        return x

    assert wrong.replaces == "tail"
    assert wrong(1) == 1


def _ious(boxes):
    values = []
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
            h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
            areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
            values.append(w * h / (areas - w * h))
    return np.array(values)
