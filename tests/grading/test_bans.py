"""What a card bans is refused on every way that leads to it."""

import dataclasses

import pytest

from cvdrill import grading
from cvdrill.model import Ban, Outcome

BY_HAND = Ban(("torch.autograd",), "Derive it by hand.")
ANSWER = """
import numpy as np
import torch

def double(x):
    # The gradient of the sum of the squares.
    t = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    y = (t * t).sum()
    one, ones = (torch.ones(shape, dtype=torch.float64) for shape in ((), x.shape))
    {}
"""
GRAD = "return t.grad.numpy()"
WAYS = {
    "backward": f"y.backward(); {GRAD}",
    "caught": "\n    try: y.backward()\n    except Exception: pass\n    return 2 * x",
    "torch.autograd.backward": f"torch.autograd.backward([y]); {GRAD}",
    "torch.autograd.grad": "return torch.autograd.grad(y, t)[0].numpy()",
    "from import": "\n    from torch.autograd import grad\n    return grad(y, t)[0].numpy()",
    "the method of the class": f"torch.Tensor.backward(y); {GRAD}",
    "the engine": f"torch.autograd.Variable._execution_engine.run_backward"
    f"((y,), (one,), False, False, (), allow_unreachable=True, accumulate_grad=True); {GRAD}",
    "an engine of its own": f"torch._C._ImperativeEngine().run_backward("
    f"(y,), (one,), False, False, (), allow_unreachable=True, accumulate_grad=True); {GRAD}",
    "what runs the engine": f"torch.autograd.graph._engine_run_backward"
    f"((y,), (one,), False, False, (), allow_unreachable=True, accumulate_grad=True); {GRAD}",
    "the operation": f"torch.ops.aten._backward(y, [t]); {GRAD}",
    "the nodes": "return sum((t * t).grad_fn(ones)).detach().numpy()",
    "the nodes of the nodes": "return sum(y.grad_fn.next_functions[0][0](ones)).detach().numpy()",
    "the base class's nodes": "return sum(torch._C.TensorBase.grad_fn.__get__(t * t)(ones)).detach().numpy()",
    "jacobian": "return torch.autograd.functional.jacobian(lambda t: (t * t).sum(), t.detach()).numpy()",
    "torch.func": "return torch.func.grad(lambda t: (t * t).sum())(t.detach()).numpy()",
    "vjp": "return torch.func.vjp(lambda t: (t * t).sum(), t.detach())[1](one)[0].numpy()",
    "forward mode": "return np.array([torch.func.jvp(lambda t: (t * t).sum(), (t.detach(),), (e,))[1] "
    "for e in torch.eye(len(x), dtype=torch.float64)])",
    "dual numbers": "\n    from torch.autograd import forward_ad\n    with forward_ad.dual_level():\n"
    "        d = torch._make_dual(t.detach(), torch.ones_like(t), level=0)\n"
    "        return forward_ad.unpack_dual(d * d).tangent.numpy()",
}


@pytest.fixture(scope="module", autouse=True)
def server_with_torch(pack):
    """Else each worker would load it."""
    square = pack.find("square")
    assert grading.grade(square, square.reference.read_bytes()).outcome is Outcome.PASSED


def graded(pack, body, ban=BY_HAND):
    drill = pack.find("double")
    drill = dataclasses.replace(drill, card=dataclasses.replace(drill.card, banned=(ban,) if ban else ()))
    return grading.grade(
        drill, ANSWER.format(body).encode(), limits=grading.Limits(call_s=60), stop_early=True
    )


@pytest.mark.parametrize("way", WAYS)
def test_autograd_is_refused_on_every_way(pack, way):
    verdict = graded(pack, WAYS[way])
    assert verdict.outcome is Outcome.ERROR
    assert verdict.cases[-1].message.endswith("is not allowed in this drill. Derive it by hand.")


@pytest.mark.parametrize("way", sorted(set(WAYS) - {"caught", "forward mode"}))
def test_these_are_ways_indeed(pack, way):
    verdict = graded(pack, WAYS[way], ban=None)
    assert verdict.cases[0].outcome is Outcome.PASSED, verdict


def test_what_needs_no_gradient_is_not_touched(pack):
    body = "print(y, t, torch.zeros(2).grad_fn, t.grad_fn, t.requires_grad); return 2 * x"
    assert graded(pack, body).outcome is Outcome.PASSED
