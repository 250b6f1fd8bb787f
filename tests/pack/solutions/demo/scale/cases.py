import torch

from cvdrill.testing import assert_close, assert_raises, random_tensor


def test_values_and_gradients(attempt, reference, rng):
    """A loaded module multiplies; gradients reach the input and the factor."""
    theirs = reference.Scale(3).double()
    theirs.load_state_dict({"factor": random_tensor(rng, 3)})
    mine = attempt.Scale(3).to(torch.float64)
    mine.load_state_dict(theirs.state_dict())
    x = random_tensor(rng, 4, 3).requires_grad_()
    grads = []
    for module in (mine, theirs):
        x.grad = None
        result = module(x)
        (result * result).sum().backward()
        grads.append((x.grad, module.factor.grad))
        assert_close(result, x * theirs.factor)
    assert_close(*grads)
    assert_close(sorted(dict(mine.named_parameters())), ["factor"])


def test_bad_size(attempt):
    """A size below one raises ValueError."""
    assert_raises(ValueError, attempt.Scale, 0)
