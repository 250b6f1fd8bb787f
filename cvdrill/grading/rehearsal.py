"""Does once, before the server forks, what every check does.

What Python and the libraries set up on first use is then there in every judge and worker; without it, the
first cases of a check take twice as long. Nothing here may start a thread, as torch's backward does: a fork
would wait for it for ever.
"""

from __future__ import annotations

from types import ModuleType

import numpy as np

from cvdrill.comparison import assert_close, forget_inputs
from cvdrill.grading.attempt import Attempt
from cvdrill.grading.diagnose import InPlace


def with_numpy() -> None:
    """Pass arrays to a function and back, and judge them."""
    attempt = _attempt_at("same", lambda x: x)
    for x in (np.linspace(0.0, 1.0, 6).reshape(2, 3), np.arange(6, dtype=np.int32)[::2], 1.0):
        assert_close(attempt.same(x), x)
    forget_inputs()


def with_torch() -> None:
    """Have a module made, filled and called, and judge what it returns."""
    import torch  # noqa: PLC0415  loaded by now, unless only numpy is

    for dtype in (torch.float32, torch.float64):
        layers = []
        attempt = _attempt_at("Linear", torch.nn.Linear)
        for make in (attempt.Linear, torch.nn.Linear):
            layer = make(4, 4)
            layer.to(dtype)
            layer.load_state_dict({"weight": torch.eye(4, dtype=dtype), "bias": torch.ones(4, dtype=dtype)})
            layers.append(layer)
        x = torch.linspace(0.0, 1.0, 8, dtype=dtype).reshape(1, 2, 4)
        mine, theirs = (layer(x).detach() for layer in layers)
        assert_close(mine, theirs)
        weights = (
            (theirs @ x.transpose(-2, -1)).masked_fill(torch.eye(2, dtype=torch.bool), -torch.inf).softmax(-1)
        )
        assert_close(weights.sum(-1), torch.ones(1, 2, dtype=dtype))
    forget_inputs()


def _attempt_at(name: str, function: object) -> Attempt:
    """Return an attempt whose only function is in this process."""
    module = ModuleType("rehearsal")
    setattr(module, name, function)
    process = InPlace(module)
    process.attempt = Attempt(process, [name], {name: []}, seconds=1.0)
    return process.attempt
