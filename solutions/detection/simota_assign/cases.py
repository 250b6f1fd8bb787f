import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_object(attempt):
    """The IoUs sum to 2.4, so the object gets two anchors: those of lowest cost."""
    ious = np.array([[0.9, 0.8, 0.7, 0.0]])
    cost = np.array([[0.2, 0.9, 0.4, 5.0]])
    assert_close(attempt.simota_assign(cost, ious), np.array([0, -1, 0, -1]))


def test_two_objects_apart(attempt):
    """Each object has a k of its own: two anchors for the first, one for the second."""
    ious = np.array([[0.9, 0.8, 0.7, 0.0, 0.0], [0.0, 0.0, 0.0, 0.8, 0.5]])
    cost = np.array([[0.2, 0.3, 0.4, 9.0, 9.0], [9.0, 9.0, 9.0, 0.7, 0.6]])
    assert_close(attempt.simota_assign(cost, ious), np.array([0, 0, -1, -1, 1]))


def test_the_fraction_is_cut_off(attempt):
    """A sum of 1.9 is a k of 1: neither rounded up nor to the nearest integer."""
    ious, cost = np.array([[0.95, 0.95, 0.0]]), np.array([[0.3, 0.2, 0.1]])
    assert_close(attempt.simota_assign(cost, ious), np.array([-1, -1, 0]))


def test_at_least_one(attempt):
    """An object whose IoUs are all small still gets one anchor, the cheapest."""
    ious, cost = np.array([[0.1, 0.2, 0.3]]), np.array([[3.0, 1.0, 2.0]])
    assert_close(attempt.simota_assign(cost, ious), np.array([-1, 0, -1]))
    assert_close(attempt.simota_assign(cost, np.full((1, 3), 0.01)), np.array([-1, 0, -1]))


def test_cost_decides_which(attempt):
    """IoU says how many anchors, cost says which: here the cheapest anchor overlaps least."""
    ious, cost = np.array([[0.9, 0.8, 0.7, 0.3]]), np.array([[0.9, 0.8, 0.7, 0.1]])  # sum 2.7
    assert_close(attempt.simota_assign(cost, ious), np.array([-1, -1, 0, 0]))


def test_only_the_largest_ious_count(attempt):
    """k sums the top_k largest IoUs, wherever they stand: 0.9 + 0.8 + 0.7 = 2.4."""
    ious = np.array([[0.1, 0.9, 0.2, 0.7, 0.6, 0.8, 0.6, 0.6]])
    cost = np.arange(8.0)[None, ::-1].copy()
    expected = np.array([-1, -1, -1, -1, -1, -1, 0, 0])
    assert_close(attempt.simota_assign(cost, ious, 3), expected)
    assert_close(attempt.simota_assign(cost, ious, top_k=3), expected)
    assert_close(attempt.simota_assign(cost, ious, 1), np.array([-1] * 7 + [0]))


def test_ten_ious_by_default(attempt):
    """Without top_k given, ten IoUs are summed: of fourteen at 0.548 that is 5.48, so five anchors."""
    ious, cost = np.full((1, 14), 0.548), np.arange(14.0)[None]
    assert_close(attempt.simota_assign(cost, ious), np.where(np.arange(14) < 5, 0, -1))


def test_a_well_predicted_object_gets_many(attempt):
    """Nothing but its IoUs bounds k: ten at 0.96 sum to 9.6, so the object gets nine anchors."""
    ious, cost = np.full((1, 14), 0.96), np.arange(14.0)[None, ::-1].copy()
    assert_close(attempt.simota_assign(cost, ious), np.where(np.arange(14) < 5, -1, 0))


def test_fewer_anchors_than_top_k(attempt):
    """With fewer anchors than top_k all IoUs are summed."""
    ious, cost = np.array([[0.9, 0.9, 0.9]]), np.array([[0.3, 0.1, 0.2]])  # sum 2.7
    assert_close(attempt.simota_assign(cost, ious, 10), np.array([-1, 0, 0]))
    assert_close(attempt.simota_assign(np.array([[0.4]]), np.array([[0.3]])), np.array([0]))


def test_an_anchor_that_one_object_claims(attempt):
    """What one object alone claims is its own, though another, which claims something else, were cheaper."""
    ious, cost = np.array([[0.7, 0.6], [0.6, 0.8]]), np.array([[0.5, 0.9], [0.2, 0.1]])  # k is 1 and 1
    assert_close(attempt.simota_assign(cost, ious), np.array([0, 1]))


def test_an_anchor_that_two_objects_claim(attempt):
    """An anchor that two objects claim goes to the one with the lower cost, first or second."""
    ious, cost = np.array([[0.7, 0.6], [0.6, 0.8]]), np.array([[0.5, 0.9], [0.3, 0.8]])  # k is 1 and 1
    assert_close(attempt.simota_assign(cost, ious), np.array([1, -1]))
    assert_close(attempt.simota_assign(cost[::-1].copy(), ious), np.array([0, -1]))


def test_cost_settles_a_conflict_not_iou(attempt):
    """It is the cost that decides between two claims, not the IoU, nor how many anchors an object has."""
    ious = np.array([[0.9, 0.9, 0.5, 0.0], [0.0, 0.2, 0.3, 0.1]])  # k is 2 and 1
    cost = np.array([[0.5, 0.6, 0.9, 5.0], [5.0, 0.4, 0.7, 3.0]])
    assert_close(attempt.simota_assign(cost, ious), np.array([0, 1, -1, -1]))


def test_no_replacement(attempt):
    """An object that loses an anchor gets no other one for it, and may end up with none."""
    ious = np.array([[0.6, 0.6, 0.5], [0.6, 0.6, 0.5], [0.6, 0.6, 0.5]])  # k is 1 for all
    cost = np.array([[0.3, 0.4, 0.5], [0.1, 0.4, 0.5], [0.2, 0.4, 0.5]])
    assert_close(attempt.simota_assign(cost, ious), np.array([1, -1, -1]))


def test_three_claims_in_every_order(attempt):
    """Of three claims the cheapest wins, in whatever order the objects come."""
    rows = np.array([[0.1, 0.5, 9, 9], [0.2, 9, 0.6, 9], [0.3, 9, 9, 0.7]])
    ious = np.array([[0.9, 0.9, 0.7, 0.0]] * 3)  # k is 2 for all
    for order in ([0, 1, 2], [1, 2, 0], [2, 1, 0], [0, 2, 1]):
        owner = [order.index(row) for row in (0, 0, 1, 2)]
        assert_close(attempt.simota_assign(rows[order], ious), np.array(owner))


def test_a_conflict_on_one_of_several_anchors(attempt):
    """Only the anchor that is claimed twice is disputed; the others stay with their objects."""
    ious = np.array([[0.8, 0.7, 0.9, 0.0, 0.0], [0.0, 0.0, 0.9, 0.8, 0.7]])  # k is 2 and 2
    cost = np.array([[0.1, 3.0, 0.4, 9.0, 9.0], [9.0, 9.0, 0.2, 0.3, 2.0]])
    assert_close(attempt.simota_assign(cost, ious), np.array([0, -1, 1, 1, -1]))


def test_negative_and_large_costs(attempt):
    """Costs may be negative, or very large as for anchors outside the object; only their order counts."""
    ious = np.array([[0.9, 0.7, 0.6, 0.1], [0.2, 0.3, 0.5, 0.7]])  # k is 2 and 1
    cost = np.array([[100003.0, -2.5, -1.0, 100000.5], [100001.0, 100002.0, 100004.0, 100000.25]])
    assert_close(attempt.simota_assign(cost, ious), np.array([-1, 0, 0, 1]))
    ious, cost = np.full((2, 3), 0.4), np.array([[-1.0, 2.0, 3.0], [-3.0, -1.0, 0.5]])  # k is 1 and 1
    assert_close(attempt.simota_assign(cost, ious), np.array([1, -1, -1]))


def test_equal_costs_go_to_the_earlier_anchor(attempt):
    """Of equal costs the earlier anchors are claimed."""
    ious = np.full((1, 40), 0.33)  # 3.3
    assert_close(attempt.simota_assign(np.full((1, 40), 0.5), ious), np.where(np.arange(40) < 3, 0, -1))
    cost = np.tile([0.7, 0.2, 0.5, 0.2], 10)[None]
    expected = np.full(40, -1)
    expected[[1, 3, 5]] = 0
    assert_close(attempt.simota_assign(cost, ious), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_objects(attempt, dtype):
    """Without objects every anchor is background."""
    empty = np.zeros((0, 4), dtype)
    assert_close(attempt.simota_assign(empty, empty), np.full(4, -1))


@pytest.mark.parametrize("size", ["1x30", "4x12", "12x60", "9x5"])
def test_random_tables(attempt, reference, rng, size):
    """Agrees with the reference on random tables."""
    cost, ious = random_tables(rng, *map(int, size.split("x")), 10)
    assert_close(attempt.simota_assign(cost, ious), reference.simota_assign(cost, ious))


@pytest.mark.parametrize("top_k", [1, 4, 20])
def test_random_tables_and_top_k(attempt, reference, rng, top_k):
    """Agrees with the reference whatever top_k is."""
    cost, ious = random_tables(rng, 6, 40, top_k)
    assert_close(attempt.simota_assign(cost, ious, top_k), reference.simota_assign(cost, ious, top_k))


def test_random_tables_in_float32(attempt, reference, rng):
    """Agrees with the reference on costs and IoUs in float32."""
    cost, ious = random_tables(rng, 8, 40, 10, np.float32)
    assert_close(attempt.simota_assign(cost, ious), reference.simota_assign(cost, ious))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous."""
    cost, ious = random_tables(rng, 5, 20, 10)
    assert_close(attempt.simota_assign(strided(cost), strided(ious)), reference.simota_assign(cost, ious))


def runtime(attempt, rng):
    """Assign 1,000 anchors to 40 objects."""
    cost, ious = rng.uniform(0, 9, (40, 1000)), rng.random((40, 1000)) ** 4
    return lambda: attempt.simota_assign(cost, ious)


def random_tables(rng, num_truths, num_anchors, top_k, dtype=np.float64):
    """Return costs, all different, and IoUs, on which rounding and taste decide nothing.

    Sums of IoUs stay 1e-3 away from integers, which float32 needs 1e-5 of. Where several objects claim one
    anchor, it is made dear for all others, which claim it no more than before.
    """
    while True:
        ious = rng.random((num_truths, num_anchors)) * rng.uniform(0.1, 1, (num_truths, 1))
        sums = np.sort(ious.astype(dtype), axis=1)[:, -top_k:].sum(axis=1, dtype=np.float64)
        if (np.abs(sums - np.round(sums)) > 1e-3).all():
            break
    # Some anchors are good for many objects, so that there are conflicts.
    shared = rng.permutation(num_anchors) / num_anchors
    own = rng.permutation(num_truths * num_anchors).reshape(num_truths, num_anchors) / (
        num_truths * num_anchors
    )
    cost = own + 2 * shared
    ranks = cost.argsort(axis=1).argsort(axis=1)
    claims = ranks < np.maximum(sums.astype(int), 1)[:, None]
    cost[~claims & (claims.sum(axis=0) > 1)] += 100
    order = np.empty(cost.size)
    order[cost.ravel().argsort()] = np.arange(cost.size) / 8  # exact, and all different in float32 too
    return order.reshape(cost.shape).astype(dtype), ious.astype(dtype)
