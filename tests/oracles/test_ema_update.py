"""Oracles: torch's AveragedModel at a constant decay, and the weighted sum that many updates stand for."""

import math

import numpy as np
import pytest
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

LATE = 10**9


def arrays(module):
    return {key: value.numpy().copy() for key, value in module.state_dict().items()}


def shake(model):
    with torch.no_grad():
        for value in model.state_dict().values():
            if value.is_floating_point():
                value.add_(torch.randn_like(value))
            else:
                value.add_(3)


@pytest.mark.parametrize(("dtype", "rtol"), [(torch.float64, 1e-12), (torch.float32, 1e-5)])
@pytest.mark.parametrize("decay", [0.0, 0.3, 0.99, 1.0])
def test_agrees_with_torch_at_constant_decay(reference, dtype, rtol, decay):
    """Torch averages running statistics with use_buffers=True and leaves integers as they were copied
    last.
    """
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.Linear(4, 5)).to(dtype)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(decay), use_buffers=True)
    average.update_parameters(model)  # the first call only copies
    mine = arrays(average.module)
    for _ in range(5):
        shake(model)
        average.update_parameters(model)
        mine = reference.ema_update(mine, arrays(model), LATE, decay)
        for key, theirs in arrays(average.module).items():
            if theirs.dtype.kind == "f":
                assert mine[key].dtype == theirs.dtype
                np.testing.assert_allclose(mine[key], theirs, rtol=rtol, atol=rtol)
        assert mine["1.num_batches_tracked"] == model[1].num_batches_tracked
        assert mine["1.num_batches_tracked"].dtype == np.int64
        assert mine["1.num_batches_tracked"].shape == ()


@pytest.mark.parametrize(("decay", "tau"), [(0.9999, 2000), (0.9, 5.0), (0.5, 0.3)])
def test_many_updates_are_a_weighted_sum(reference, rng, decay, tau):
    """The share of each model's weights is 1 - d at its step times all later d."""
    models = rng.standard_normal((30, 4))
    ema = {"w": rng.standard_normal(4)}
    effective = [decay * (1 - 1 / math.exp(step / tau)) for step in range(30)]
    shares = [(1 - d) * math.prod(effective[k + 1 :]) for k, d in enumerate(effective)]
    expected = np.tensordot(shares, models, axes=1) + math.prod(effective) * ema["w"]
    for step in range(30):
        ema = reference.ema_update(ema, {"w": models[step]}, step, decay, tau)
    np.testing.assert_allclose(ema["w"], expected, rtol=1e-11, atol=1e-13)


def test_makes_new_arrays_and_has_the_defaults_of_yolov7(reference, rng):
    ema = {"w": rng.standard_normal(3), "n": np.array([1, 2]), "s": np.array(2.0)}
    state = {"w": rng.standard_normal(3), "n": np.array([3, 4]), "s": np.array(4.0)}
    before = {key: value.copy() for key, value in (ema | {f"state {k}": v for k, v in state.items()}).items()}
    new = reference.ema_update(ema, state, 17)
    same = reference.ema_update(ema, state, 17, 0.9999, 2000)
    for key, value in new.items():
        np.testing.assert_array_equal(value, same[key])
        assert not np.shares_memory(value, ema[key])
        assert not np.shares_memory(value, state[key])
        value += 1
    for key, value in (ema | {f"state {k}": v for k, v in state.items()}).items():
        np.testing.assert_array_equal(value, before[key])
    assert reference.ema_update({}, {}, 1) == {}
