import torch

from cvdrill.testing import assert_close, gradients, random_tensor


def test_values(attempt):
    """Squares and multiplies."""
    assert_close(attempt.square(torch.tensor([1.0, -3.0]), torch.tensor(2.0)), torch.tensor([2.0, 18.0]))


def test_transposed_views(attempt, reference, rng):
    """Views are as good as copies."""
    x, y = random_tensor(rng, 3, 4).T, random_tensor(rng, 3).expand(4, 3)
    assert_close(attempt.square(x, y), reference.square(x, y))


def test_gradients(attempt, reference, rng):
    """Gradients flow to both inputs, also through a graph before and after."""
    x, y = random_tensor(rng, 2, 3), random_tensor(rng, 2, 1)
    for f in (lambda f, x, y: f(x, y), lambda f, x, y: f(f(x.exp(), y), y) + x):
        mine = gradients(lambda x, y, f=f: f(attempt.square, x, y), x, y)
        theirs = gradients(lambda x, y, f=f: f(reference.square, x, y), x, y)
        assert_close(mine, theirs, what="The gradient")
