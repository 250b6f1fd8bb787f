"""Oracle: the paper's definition in sets of pixels and exact fractions."""

from fractions import Fraction

import numpy as np
import pytest

from cvdrill.testing import strided


def by_definition(pred, truth):
    """Follow section 4 of the paper, and 4.1 where pixels are void."""
    p, t = (
        {i: set(np.flatnonzero(ids == i).tolist()) for i in set(ids.ravel().tolist())}
        for ids in (pred, truth)
    )
    p.pop(0, None)
    void = t.pop(0, set())
    matches = {}
    for i, mine in p.items():
        for j, theirs in t.items():
            iou = Fraction(len(mine & theirs), len((mine - void) | theirs))
            if iou > Fraction(1, 2):
                assert i not in {one for one, _ in matches}
                assert j not in {other for _, other in matches}
                matches[i, j] = iou
    matched = {i for i, _ in matches}
    judged = [i for i in p if i in matched or 2 * len(p[i] & void) <= len(p[i])]
    tp, fp, fn = len(matches), len(judged) - len(matches), len(t) - len(matches)
    if tp + fp + fn == 0:
        return (np.nan,) * 3
    sq = sum(matches.values()) / tp if tp else Fraction(0)
    rq = tp / (tp + Fraction(fp, 2) + Fraction(fn, 2))
    return float(sum(matches.values()) / (tp + Fraction(fp, 2) + Fraction(fn, 2))), float(sq), float(rq)


def is_asked(pred, truth):
    """Return whether every predicted segment without a match lies wholly in the void or not at all."""
    for i in set(pred.ravel().tolist()) - {0}:
        p, known = pred == i, truth != 0
        segments = [truth == j for j in np.unique(truth) if j]
        if (
            not any(2 * (p & t).sum() > ((p & known) | t).sum() for t in segments)
            and len(set(known[p].tolist())) > 1
        ):
            return False
    return True


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.uint64, np.int64])
def test_agrees_with_the_definition(reference, rng, dtype):
    asked = nothing = half = unmatched = 0
    for _ in range(250):
        shape = rng.integers(1, 6, 2)
        truth = (rng.integers(0, 4, shape) * 37).astype(dtype)
        noise = rng.integers(0, 4, shape).astype(dtype)
        pred = np.where(rng.uniform(size=shape) < 0.7, truth // 37 * 11, noise).astype(dtype)
        if not is_asked(pred, truth):
            continue
        expected = by_definition(pred, truth)
        actual = reference.panoptic_quality(pred, truth)
        np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-15)
        np.testing.assert_equal(reference.panoptic_quality(strided(pred), strided(truth)), actual)
        asked += 1
        nothing += np.isnan(expected[0])
        unmatched += expected[2] == 0
        half += 0 < expected[2] < 1
    assert min(asked - nothing, unmatched, half) > 10, (
        "the oracle is only worth its name when all of it occurs"
    )


def test_agrees_with_the_definition_on_larger_maps(reference, rng):
    cells = np.repeat(np.repeat(np.arange(12).reshape(3, 4), 6, axis=0), 5, axis=1)
    for _ in range(30):
        truth = rng.integers(1, 2**24, 12)[cells]
        pred = rng.integers(1, 2**24, 12)[np.roll(cells, rng.integers(-2, 3, 2), axis=(0, 1))]
        np.testing.assert_allclose(
            reference.panoptic_quality(pred, truth), by_definition(pred, truth), rtol=1e-12, atol=1e-15
        )


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (3, 4)])
def test_nothing_to_be_judged_is_nan(reference, shape):
    nothing = np.zeros(shape, np.int64)
    assert np.isnan(reference.panoptic_quality(nothing, nothing)).all()
    assert np.isnan(reference.panoptic_quality(nothing + 3, nothing)).all()
