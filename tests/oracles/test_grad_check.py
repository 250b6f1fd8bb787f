"""Oracles: torch's autograd on smooth functions, and the Taylor series of polynomials, which ends."""

import numpy as np
import pytest
import torch

SHAPES = [(), (1,), (7,), (2, 3), (3, 1, 2), (2, 2, 2, 2)]
FUNCTIONS = {
    "tanh": lambda x: torch.tanh(x).sum() + (x * x.roll(1)).sum() if x.dim() else torch.tanh(x) + x * x,
    "log_sum_exp": lambda x: torch.logsumexp(x.flatten(), 0) ** 2,
    "rational": lambda x: (x / (2 + x.square().sum())).sum(),
    "layer_norm": lambda x: (
        (torch.nn.functional.layer_norm(x, x.shape) ** 3).sum() if x.numel() > 1 else x.sin()
    ),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_autograd(reference, rng, shape, name):
    function = FUNCTIONS[name]
    for _ in range(3):
        x = np.asarray(rng.normal(0, 2, shape))
        leaf = torch.from_numpy(x.copy()).requires_grad_()
        function(leaf).sum().backward()
        actual = reference.grad_check(lambda x: function(torch.from_numpy(np.asarray(x))).item(), x)
        assert actual.shape == shape
        assert actual.dtype == np.float64
        np.testing.assert_allclose(actual, leaf.grad.numpy(), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("eps", [1e-3, 0.1, 2.0])
def test_the_error_on_polynomials_is_that_of_the_series(reference, rng, eps):
    """For a quartic: f' + eps² f''' / 6, and nothing more."""
    x = rng.normal(0, 2, (3, 2))
    coefficients = rng.normal(0, 1, (5, 3, 2))

    def f(x):
        return sum((c * x**k).sum() for k, c in enumerate(coefficients))

    slope = sum(k * c * x ** (k - 1) for k, c in enumerate(coefficients) if k)
    third = 6 * coefficients[3] + 24 * coefficients[4] * x
    np.testing.assert_allclose(
        reference.grad_check(f, x, eps), slope + eps**2 * third / 6, rtol=1e-9, atol=1e-9 / eps**0.5
    )


def test_the_default_step_is_a_hundred_thousandth(reference):
    seen = []
    reference.grad_check(lambda x: seen.append(float(x[0])) or 0.0, np.array([0.0]))
    assert sorted(seen) == [-1e-5, 1e-5]


def test_the_input_is_left_alone_also_when_f_raises(reference):
    base = np.linspace(-1, 1, 24).reshape(4, 6)
    before = base.copy()

    def f(x):
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        reference.grad_check(f, base[::2, ::3])
    reference.grad_check(lambda x: float(x.sum()), base[::-2, 1::2])
    np.testing.assert_array_equal(base, before)
