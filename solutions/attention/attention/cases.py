import math

import pytest
import torch

from cvdrill.testing import assert_close, gradients, random_tensor

# How far off weights may be where scores are near 1e5: whoever takes the softmax in float32, and subtracts a
# log-sum-exp of that size, is right and rounds to hundredths.
ROUNDING_AT_1E5 = 1e-2


def test_one_query_worked_by_hand(attempt):
    """One query, two keys: scores ln 3 and 0 give the weights 3/4 and 1/4."""
    query = float64([[2 * math.log(3), 0, 0, 0]])  # four features, so the scores are divided by 2
    key, value = float64([[1, 0, 0, 0], [0, 1, 0, 0]]), float64([[8, 10, -4], [0, 2, 4]])
    check(attempt.attention(query, key, value), float64([[6, 8, -2]]))


def test_equal_scores_give_the_plain_mean(attempt):
    """A query that fits all keys alike gathers the mean of the values."""
    query, key = float64([[1, 0], [0, 1]]), float64([[0.5, 0.5]] * 4)
    value = float64([[1], [2], [3], [6]])
    check(attempt.attention(query, key, value), float64([[3], [3]]))


def test_weights_add_up_over_the_keys(attempt):
    """Each query shares out a weight of one among the keys, so values that are all 1 come back as 1."""
    query, key = float64([[3, 0], [0, 3], [1, 1]]), float64([[1, 0], [2, 1]])
    check(attempt.attention(query, key, torch.ones(2, 1, dtype=torch.float64)), float64([[1], [1], [1]]))


def test_scores_are_divided_by_the_root_of_the_features(attempt):
    """With nine features the scores are divided by 3: not by 9, not by the root of another length."""
    query, key = torch.zeros(2, 9, dtype=torch.float64), torch.zeros(2, 9, dtype=torch.float64)
    query[0, 0], query[1, 8], key[0, 0], key[0, 8] = 3 * math.log(3), 3 * math.log(7), 1, 1
    value = float64([[8, 16, 24, 32], [0, 0, 0, 0]])
    check(attempt.attention(query, key, value), float64([[6, 12, 18, 24], [7, 14, 21, 28]]))


def test_true_in_the_mask_may_be_attended(attempt):
    """Where the mask is True the query may look; a query that may see one key only takes over its value."""
    query = torch.zeros(3, 2, dtype=torch.float64)  # all scores are 0
    key = value = float64([[1, 10], [2, 20], [6, 60]])
    mask = torch.tensor([[True, False, False], [True, True, False], [False, True, True]])
    check(attempt.attention(query, key, value, mask), float64([[1, 10], [1.5, 15], [4, 40]]))


def test_the_weights_that_are_left_add_up_to_one(attempt):
    """A masked key leaves its share to the others: of the scores ln 5, ln 3, 0 the last two share 3 to 1."""
    query = float64([[math.log(5), math.log(3), 0, 0]]) * 2
    key, value = torch.eye(4, dtype=torch.float64)[:3], float64([[100], [8], [0]])
    check(attempt.attention(query, key, value, torch.tensor([[False, True, True]])), float64([[6]]))


def test_a_masked_key_counts_for_nothing(attempt):
    """A masked key has weight 0, whatever its score is and however low the scores of the others are."""
    query = float64([[8e4, 0, 0, 0], [-8e4, 0, 0, 0]])  # scores 40000, 0, 0 and -40000, 0, 0
    key = float64([[1, 0, 0, 0], [0, 1, 0, 0], [0, 2, 0, 0]])
    value = float64([[7, 70], [2, 20], [4, 40]])
    mask = torch.tensor([[False, True, True], [True, False, False]])
    check(attempt.attention(query, key, value, mask), float64([[3, 30], [7, 70]]), rounding=ROUNDING_AT_1E5)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_large_scores(attempt, dtype):
    """Scores of 40000, of either sign, do not break the softmax."""
    query = float64([[8e4, 0, 0, 0], [-8e4, 0, 0, 0], [0, -9e4, 0, 0]]).to(dtype)
    key = float64([[1, 1, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0]]).to(dtype)
    value = float64([[1, 10], [2, 20], [5, 50]]).to(dtype)
    # 40000, 0, 40000: first and last share; -40000, 0, -40000: the second has all; three times -45000.
    expected = float64([[3, 30], [2, 20], [8 / 3, 80 / 3]]).to(dtype)
    check(attempt.attention(query, key, value), expected, rounding=ROUNDING_AT_1E5)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_large_scores_that_differ_by_little(attempt, dtype):
    """However large two scores are, it is their difference that counts: ln 3 gives weights 3/4 and 1/4."""
    query = float64([[8e4, 2 * math.log(3), 0, 0], [-2e3, 2 * math.log(3), 0, 0]]).to(dtype)
    key = float64([[1, 1, 0, 0], [1, 0, 0, 0]]).to(dtype)
    value = float64([[8, 10], [0, 2]]).to(dtype)
    expected = float64([[6, 8], [6, 8]]).to(dtype)
    check(attempt.attention(query, key, value), expected, rounding=ROUNDING_AT_1E5)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_a_masked_key_has_no_weight_among_the_lowest_scores(attempt, dtype):
    """Where all scores are -100000, a key that may not be attended still has weight 0."""
    query = float64([[2e5, 0, 0, 0], [0, 0, 2e5, 0]]).to(dtype)
    key = float64([[-1, 0, -1, 0], [-1, 0, -1, 0], [-1, 0, -1, 0]]).to(dtype)
    value = float64([[7, 70], [2, 20], [4, 40]]).to(dtype)
    mask = torch.tensor([[False, True, True], [True, False, False]])
    expected = float64([[3, 30], [7, 70]]).to(dtype)
    check(attempt.attention(query, key, value, mask), expected, rounding=ROUNDING_AT_1E5)


def test_one_mask_for_all_leading_axes(attempt, reference, rng):
    """A mask of shape (L, S) holds for every batch element and head."""
    inputs, mask = random_inputs(rng, (2, 3), 4, 5, 6, 7), random_mask(rng, 4, 5)
    check(attempt.attention(*inputs, mask), reference.attention(*inputs, mask))


@pytest.mark.parametrize(
    "shape", [(2, 3, 4, 5), (2, 1, 1, 5), (3, 1, 5), (1, 3, 4, 5), (2, 1, 4, 5), (1, 5), (5,)]
)
def test_masks_broadcast(attempt, reference, rng, shape):
    """A mask of any shape that broadcasts to (..., L, S) will do, such as one row per batch element."""
    inputs, mask = random_inputs(rng, (2, 3), 4, 5, 6, 7), random_mask(rng, *shape)
    check(attempt.attention(*inputs, mask=mask), reference.attention(*inputs, mask=mask))


def test_a_mask_of_true_hides_nothing(attempt, reference, rng):
    """A mask that is True everywhere gives what no mask gives."""
    inputs = random_inputs(rng, (2,), 3, 4, 5, 6)
    everything = torch.ones(3, 4, dtype=torch.bool)
    check(attempt.attention(*inputs, everything), reference.attention(*inputs))
    check(attempt.attention(*inputs, mask=None), reference.attention(*inputs))


@pytest.mark.parametrize("leading", [(), (1,), (3,), (2, 3), (2, 1, 3)])
@pytest.mark.parametrize("sizes", [(1, 1, 1, 1), (4, 4, 4, 4), (5, 2, 3, 6), (2, 6, 8, 1)])
def test_random_shapes(attempt, reference, rng, leading, sizes):
    """Agrees with the reference on all sorts of lengths and features, with any number of leading axes."""
    inputs = random_inputs(rng, leading, *sizes)
    check(attempt.attention(*inputs), reference.attention(*inputs))


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_gradients(attempt, reference, rng, masked, dtype):
    """Gradients reach query, key and value, with a mask and without, and are never NaN."""
    inputs = [tensor.to(dtype) for tensor in random_inputs(rng, (2, 3), 4, 5, 6, 7)]
    mask = random_mask(rng, 2, 1, 4, 5) if masked else None
    actual, expected = (
        gradients(lambda q, k, v, m=module: m.attention(q, k, v, mask), *inputs)
        for module in (attempt, reference)
    )
    for name, *pair in zip(("query", "key", "value"), actual, expected, strict=True):
        check(*pair, what=f"The gradient of {name}")


def test_self_attention(attempt, reference, rng):
    """Query, key and value may be one tensor, here with a causal mask; its gradient is the sum of three."""
    x, causal = random_tensor(rng, 2, 5, 6), torch.ones(5, 5, dtype=torch.bool).tril()
    check(attempt.attention(x, x, x, causal), reference.attention(x, x, x, causal))
    (actual,), (expected,) = (
        gradients(lambda x, m=module: m.attention(x, x, x, causal), x) for module in (attempt, reference)
    )
    check(actual, expected, what="The gradient of the input")


def test_float32(attempt, reference, rng):
    """Float32 in, float32 out; the values agree with the reference."""
    inputs = [tensor.float() for tensor in random_inputs(rng, (2, 3), 4, 5, 6, 7)]
    for mask in (None, random_mask(rng, 2, 3, 4, 5)):
        check(attempt.attention(*inputs, mask), reference.attention(*inputs, mask))


def test_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as heads that were split off by a transpose."""
    query, key, value = (random_tensor(rng, 2, length, 3, 12)[..., ::2] for length in (4, 5, 5))
    inputs = [tensor.transpose(1, 2) for tensor in (query, key, value)]  # (2, 3, length, 6)
    mask = random_mask(rng, 2, 1, 4, 10)[..., ::2]
    mask[..., 3] = True
    check(attempt.attention(*inputs, mask), reference.attention(*inputs, mask))


def float64(values):
    """Return a tensor of float64."""
    return torch.tensor(values, dtype=torch.float64)


def random_inputs(rng, leading, queries, keys, features, gathered):
    """Return query, key and value, with scores of size one to three."""
    return (
        1.5 * random_tensor(rng, *leading, queries, features),
        random_tensor(rng, *leading, keys, features),
        random_tensor(rng, *leading, keys, gathered),
    )


def random_mask(rng, *shape):
    """Return a mask in which about half is True, and for every query at least one key."""
    mask = torch.from_numpy(rng.random(shape) < 0.5)
    sure = torch.from_numpy(rng.integers(0, shape[-1], (*shape[:-1], 1)))
    return mask.scatter(-1, sure, torch.ones(shape, dtype=torch.bool))


def check(actual, expected, what="The result", rounding=1e-4):
    """Judge float64 as leniently as float32: many take the softmax in float32 whatever comes in.

    No wrong answer hides there, since no constant of this drill has a small effect.
    """
    atol = 0.2 * rounding * expected.abs().max().item()
    assert_close(actual, expected, rtol=rounding, atol=atol, what=what)


def runtime(attempt, rng):
    """Attend from 256 queries to 256 keys in 4 heads."""
    inputs = [tensor.float() for tensor in random_inputs(rng, (4,), 256, 256, 32, 32)]
    return lambda: attempt.attention(*inputs)
