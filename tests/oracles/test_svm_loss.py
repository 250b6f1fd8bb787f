"""Oracles: torch's multi_margin_loss times the number of classes with autograd, and exact slopes."""

from fractions import Fraction

import numpy as np
import pytest
import torch


def pytorch(scores, targets, margin):
    scores = torch.tensor(scores, requires_grad=True)
    targets = torch.tensor(targets.astype(np.int64))
    # It divides by the number of classes.
    loss = torch.nn.functional.multi_margin_loss(scores, targets, margin=margin) * scores.shape[1]
    loss.backward()
    return loss.item(), scores.grad.numpy()


def exact_loss(scores, targets, margin):
    total = Fraction(0)
    for row, target in zip(scores, targets, strict=True):
        total += sum(max(Fraction(0), s - row[target] + margin) for j, s in enumerate(row) if j != target)
    return total / len(scores)


def by_differences(scores, targets, margin):
    """Return the loss and its slope on either side of each score, exact as it is linear between kinks."""
    rows = [[Fraction(s) for s in row] for row in scores.tolist()]
    margin, step = Fraction(margin), Fraction(1, 2**40)
    loss = exact_loss(rows, targets, margin)
    slopes = np.empty((2, *scores.shape))
    for i, j in np.ndindex(*scores.shape):
        for side, h in enumerate((-step, step)):
            moved = [list(row) for row in rows]
            moved[i][j] += h
            slopes[side, i, j] = (exact_loss(moved, targets, margin) - loss) / h
    return float(loss), slopes


SHAPES = [(1, 1), (1, 2), (5, 1), (2, 3), (4, 4), (7, 4), (33, 10), (3, 200)]


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-12), (np.float32, 1e-5)])
@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_torch(reference, rng, shape, dtype, rtol):
    for spread in (0.0, 0.1, 3.0, 1e4):
        for margin in (0.5, 1.0, 3.0):
            scores = (spread * rng.uniform(-1, 1, shape)).astype(dtype)
            targets = rng.integers(0, shape[1], shape[0])
            loss, dscores = reference.svm_loss(scores, targets, margin)
            expected_loss, expected_dscores = pytorch(scores, targets, margin)
            assert dscores.dtype == dtype
            assert np.asarray(loss).dtype == dtype
            np.testing.assert_allclose(loss, expected_loss, rtol=rtol, atol=rtol)
            np.testing.assert_allclose(dscores, expected_dscores, rtol=rtol, atol=rtol)


def test_the_margin_is_one_by_default(reference, rng):
    scores, targets = rng.standard_normal((6, 4)), rng.integers(0, 4, 6)
    loss, dscores = reference.svm_loss(scores, targets)
    expected_loss, expected_dscores = pytorch(scores, targets, 1.0)
    np.testing.assert_allclose(loss, expected_loss, rtol=1e-12)
    np.testing.assert_allclose(dscores, expected_dscores, rtol=1e-12)


def test_agrees_with_torch_on_kinks(reference, rng):
    met = 0
    for _ in range(50):
        scores, targets = rng.integers(-3, 4, (5, 4)) / 2, rng.integers(0, 4, 5)
        loss, dscores = reference.svm_loss(scores, targets, 0.5)
        expected_loss, expected_dscores = pytorch(scores, targets, 0.5)
        np.testing.assert_allclose(loss, expected_loss, rtol=1e-12)
        np.testing.assert_allclose(dscores, expected_dscores, rtol=1e-12)
        met += int((scores == scores[np.arange(5), targets][:, None] - 0.5).sum())
    assert met > 50, "the oracle is only worth its name when kinks occur"


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32, np.uint64])
def test_agrees_with_exact_slopes(reference, rng, kind):
    for shape in SHAPES[:5]:
        for margin in (0.25, 2.0):
            scores = rng.standard_normal(shape)
            targets = rng.integers(0, shape[1], shape[0]).astype(kind)
            loss, dscores = reference.svm_loss(scores, targets, margin)
            expected, (left, right) = by_differences(scores, targets, margin)
            np.testing.assert_allclose(loss, expected, rtol=1e-13)
            np.testing.assert_allclose(dscores, left, rtol=1e-13)
            np.testing.assert_allclose(dscores, right, rtol=1e-13)
