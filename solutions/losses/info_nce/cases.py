import math

import pytest
import torch
import torch.nn.functional as F

from cvdrill.testing import assert_close, gradients, random_tensor

NAMES = ("queries", "keys")
ROOM = 1e-5  # for an epsilon of 1e-8 in the lengths, whose effect is divided by the temperature
POWERS_OF_3 = 1 / math.log(3)  # at this temperature exp(cosine / temperature) is 3 ** cosine
dtypes = pytest.mark.parametrize("dtype", [torch.float64, torch.float32])


def test_two_pairs_worked_by_hand(attempt):
    """The own key has cosine 1, the other one 0: at the temperature 1/ln 3 both queries cost ln (3 + 1)/3."""
    actual = attempt.info_nce(float64([[1, 0], [0, 1]]), float64([[1, 0], [0, 1]]), POWERS_OF_3)
    assert_close(actual, float64(math.log(4 / 3)))


def test_the_length_of_a_row_does_not_matter(attempt):
    """Queries and keys are divided by their lengths, each row by its own."""
    actual = attempt.info_nce(float64([[2, 0], [0, 5]]), float64([[3, 0], [0, 0.5]]), POWERS_OF_3)
    assert_close(actual, float64(math.log(4 / 3)))


def test_a_length_is_euclidean(attempt):
    """(3, 4) has length 5: its cosine with the axes is 0.6 and 0.8."""
    queries, keys = float64([[3, 4], [4, 3]]), float64([[2, 0], [0, 7]])
    expected = math.log(1 + 3**0.2)  # both queries lean 0.2 more to the wrong key
    assert_close(attempt.info_nce(queries, keys, POWERS_OF_3), float64(expected))


def test_each_query_has_a_loss_of_its_own(attempt):
    """The losses are averaged, not added up: the first query is 1/2 on the right side, the other 1/4 on the
    wrong one.
    """
    queries = float64([[1, 0, 0], [1, 0, math.sqrt(3)]])
    keys = float64([[1, 0, 0], [1, math.sqrt(3), 0]])  # cosines of the queries: 1, 1/2 and 1/2, 1/4
    first, second = math.log(1 + 3**-0.5), math.log(1 + 3**0.25)
    assert_close(attempt.info_nce(queries, keys, POWERS_OF_3), float64((first + second) / 2))


def test_the_temperature_divides(attempt):
    """A lower temperature sharpens: cosines 0.8 and 0.6 become 8 and 6 at 0.1, 0.2 and 0.15 at 4."""
    queries, keys = float64([[3, 4], [4, 3]]), float64([[0, 1], [1, 0]])
    for temperature, gap in ((0.1, 2.0), (1, 0.2), (4, 0.05)):
        expected = float64(math.log1p(math.exp(-gap)))
        assert_close(attempt.info_nce(queries, keys, temperature=temperature), expected)


def test_the_default_temperature(attempt):
    """Without an argument the temperature is 0.07."""
    queries, keys = float64([[3, 4], [4, 3]]), float64([[1, 0], [0, 1]])
    assert_close(attempt.info_nce(queries, keys), float64(math.log1p(math.exp(0.2 / 0.07))))


def test_a_query_looks_for_its_key_and_not_the_other_way_round(attempt):
    """Two like queries and unlike keys: from queries to keys ln 4/3 and ln 4; the way back, ln 2, is not
    asked.
    """
    actual = attempt.info_nce(float64([[1, 0], [1, 0]]), float64([[1, 0], [0, 1]]), POWERS_OF_3)
    assert_close(actual, float64((math.log(4 / 3) + math.log(4)) / 2))


def test_keys_that_are_all_alike(attempt):
    """Where keys cannot be told apart, a query costs ln n: the positive is in the denominator, too."""
    queries, keys = float64([[1, 2], [-3, 1], [0, 1], [2, 2], [1, 0]]), float64([[3, -4]] * 5)
    assert_close(attempt.info_nce(queries, keys), float64(math.log(5)))
    many = queries.repeat(20, 1), keys.repeat(20, 1)
    assert_close(attempt.info_nce(*many), float64(math.log(100)))


def test_a_key_on_the_opposite_side(attempt):
    """A cosine of -1 counts as -1: one query costs ln (3 + 1/3)/3, and ln (3 + 1/3) · 3 when they are
    exchanged.
    """
    queries, keys = float64([[0, 1], [0, -1]]), float64([[0, 2], [0, -2]])
    assert_close(attempt.info_nce(queries, keys, POWERS_OF_3), float64(math.log(10 / 9)))
    assert_close(attempt.info_nce(queries, keys.flip(0), POWERS_OF_3), float64(math.log(10)))


def test_more_pairs_than_features(attempt):
    """Three pairs in the plane: 9/13, 3/5 and 9/13 are given to the own key."""
    vectors = float64([[1, 0], [0, 1], [-1, 0]])
    expected = (2 * math.log(13 / 9) + math.log(5 / 3)) / 3
    assert_close(attempt.info_nce(vectors, 2 * vectors, POWERS_OF_3), float64(expected))


def test_more_features_than_pairs(attempt):
    """Two pairs in space: the first query meets cosines 1 and 0, the second 0 and 0."""
    queries, keys = float64([[1, 2, 2], [2, 1, -2]]), float64([[2, 4, 4], [2, -2, 1]])
    expected = (math.log(4 / 3) + math.log(2)) / 2
    assert_close(attempt.info_nce(queries, keys, POWERS_OF_3), float64(expected))


@dtypes
@pytest.mark.parametrize("key", [[2, -1, 5], [-1, -2, -2]])
def test_a_pair_on_its_own(attempt, key, dtype):
    """With one key there is nothing to confuse it with: loss and gradients are 0, even for an unlike key."""
    queries, keys = tensor([[1, 2, 2]], dtype), tensor([key], dtype)
    assert_close(attempt.info_nce(queries, keys), tensor(0, dtype), atol=1e-5)
    for name, actual in zip(NAMES, gradients(attempt.info_nce, queries, keys), strict=True):
        assert_close(actual, torch.zeros_like(actual), atol=1e-4, what=f"The gradient of the {name}")


@dtypes
def test_a_single_feature(attempt, dtype):
    """With one feature a cosine is 1 or -1, and nothing can be turned: the gradients are 0."""
    queries, keys = tensor([[2], [-1], [4]], dtype), tensor([[3], [-2], [-5]], dtype)
    expected = (math.log((3 + 2 / 3) / 3) + math.log((1 / 3 + 6) / 3) + math.log((3 + 2 / 3) * 3)) / 3
    assert_close(attempt.info_nce(queries, keys, POWERS_OF_3), tensor(expected, dtype))
    for name, actual in zip(NAMES, gradients(attempt.info_nce, queries, keys), strict=True):
        assert_close(actual, torch.zeros_like(actual), atol=1e-4, what=f"The gradient of the {name}")


@dtypes
@pytest.mark.parametrize(("query_scale", "key_scale"), [(1e-3, 1e-3), (1e-3, 1e6), (1e6, 1e-3), (1e6, 1e6)])
def test_very_short_and_very_long_rows(attempt, reference, query_scale, key_scale, dtype):
    """Rows of length 1e-3 or 1e6 are like any others: nothing that shows is added to a length."""
    queries, keys = tensor([[0.6, 0.8], [0.8, 0.6]], dtype), tensor([[1, 0], [0, 1]], dtype)
    expected = tensor(math.log1p(math.exp(0.2 / 0.07)), dtype)
    scaled = query_scale * queries, key_scale * keys
    assert_close(attempt.info_nce(*scaled), expected, rtol=1e-3)
    actual = gradients(attempt.info_nce, *scaled)
    for name, mine, theirs in zip(NAMES, actual, gradients(reference.info_nce, *scaled), strict=True):
        room = 1e-3 * theirs.abs().max().item()
        assert_close(mine, theirs, rtol=1e-3, atol=room, what=f"The gradient of the {name}")


@dtypes
def test_a_low_temperature(attempt, dtype):
    """At 0.001 a query that finds the wrong key costs 1000, one that finds its own 0; nothing overflows."""
    queries, keys = tensor([[1, 0], [0, 2]], dtype), tensor([[3, 0], [0, 1]], dtype)
    assert_close(attempt.info_nce(queries, keys, 0.001), tensor(0, dtype), atol=1e-3)
    assert_close(attempt.info_nce(queries, keys.flip(0), 0.001), tensor(1000, dtype))
    assert_close(attempt.info_nce(queries, -keys, 0.001), tensor(1000, dtype))


@dtypes
def test_a_low_temperature_and_opposite_keys(attempt, dtype):
    """The worst there is, cosine -1 for the own key and 1 for another, costs 2000 at 0.001."""
    queries, keys = tensor([[1], [2]], dtype), tensor([[-3], [5]], dtype)
    assert_close(attempt.info_nce(queries, keys, 0.001), tensor(1000, dtype))  # of 2000 and 0


@dtypes
def test_a_low_temperature_and_a_query_unlike_all_keys(attempt, dtype):
    """Cosine -1 with every key costs ln n as well; each query needs a shift of its own."""
    queries, keys = tensor([[1, 0], [-1, 0], [0, 1]], dtype), tensor([[2, 0], [1, 0], [3, 0]], dtype)
    expected = tensor(math.log(3), dtype)
    assert_close(attempt.info_nce(queries, keys, 0.001), expected, atol=1e-3)


def test_a_small_chance_is_not_cut_off(attempt):
    """A probability of e^-60 costs 60: nothing is clipped, or added inside the logarithm."""
    queries, keys = float64([[1, 0], [0, 1]]), float64([[0, 1], [1, 0]])
    assert_close(attempt.info_nce(queries, keys, 1 / 60), float64(60))


def test_a_high_temperature(attempt):
    """At a temperature of 1e4 all keys look alike, and a query costs nearly ln n."""
    queries, keys = float64([[1, 0], [0, 1], [1, 1]]), float64([[0, 1], [1, 0], [1, -1]])
    assert_close(attempt.info_nce(queries, keys, 1e4), float64(math.log(3)), rtol=1e-3)


def test_the_gradient_by_hand(attempt):
    """The pull is across a row, never along it, and weaker for a longer row: lengths have a gradient too."""
    queries, keys = float64([[2, 0], [0, 5]]), float64([[0, 3], [0, -1]])
    to_queries, to_keys = gradients(lambda *x: weighted(attempt.info_nce(*x, 0.5)), queries, keys)
    # The first query gives 1/2 to each key. The second lies along the keys, so that it turns neither.
    expected = float64([[0, -1 / 2], [0, 0]]), float64([[-1 / 6, 0], [1 / 2, 0]])
    assert_close(to_queries, expected[0], atol=1e-6, what="The gradient of the queries")
    assert_close(to_keys, expected[1], atol=1e-6, what="The gradient of the keys")


@dtypes
def test_the_gradient_at_a_low_temperature(attempt, dtype):
    """Sure and wrong pulls with 1/temperature, sure and right not at all; neither gives NaN."""
    queries, keys = torch.eye(3, dtype=dtype), tensor([[0, 2, 0], [1, 0, 0], [0, 0, 1]], dtype)
    to_queries, to_keys = gradients(lambda *x: weighted(attempt.info_nce(*x, 0.001)), queries, keys)
    third = 1000 / 3
    expected = tensor([[0, -third, 0], [-third, 0, 0], [0, 0, 0]], dtype)
    assert_close(to_queries, expected, atol=1e-2, what="The gradient of the queries")
    expected = tensor([[-third / 2, 0, 0], [0, -third, 0], [0, 0, 0]], dtype)
    assert_close(to_keys, expected, atol=1e-2, what="The gradient of the keys")


def test_keys_without_a_gradient(attempt, reference, rng):
    """Keys may come from an encoder that is not trained, or queries: then only the others get a gradient."""
    queries, keys = random_batch(rng, 5, 3)
    for fixed, free, order in ((keys, queries, 1), (queries, keys, -1)):
        actual, expected = (
            gradients(lambda x, m=module, f=fixed, o=order: m.info_nce(*(x, f)[::o]), free)[0]
            for module in (attempt, reference)
        )
        room = ROOM * expected.abs().max().item()
        assert_close(actual, expected, rtol=ROOM, atol=room, what="The gradient")


@pytest.mark.parametrize("shape", [(5, 2), (7, 7), (12, 4), (6, 40), (40, 16)])
def test_random_pairs(attempt, reference, rng, shape):
    """Values and gradients agree with the reference on any number of pairs and features."""
    check(attempt, reference, *random_batch(rng, *shape))


@pytest.mark.parametrize("shape", [(2, 2), (2, 5), (3, 2), (3, 8)])
def test_few_random_pairs(attempt, reference, rng, shape):
    """Values and gradients agree with the reference on two or three pairs, at a temperature of 1/2."""
    check(attempt, reference, *random_batch(rng, *shape), temperature=0.5)


@pytest.mark.parametrize("temperature", [0.02, 0.2, 0.5, 1, 3.0, 10.0])
def test_random_pairs_at_other_temperatures(attempt, reference, rng, temperature):
    """Values and gradients agree with the reference at all sorts of temperatures."""
    check(attempt, reference, *random_batch(rng, 6, 5), temperature=temperature)


@dtypes
def test_random_pairs_at_a_low_temperature(attempt, reference, rng, dtype):
    """Agrees with the reference at 0.001, where the similarities are divided into the hundreds."""
    queries, keys = (x.to(dtype) for x in random_batch(rng, 8, 5))
    keys = keys.roll(1, dims=0)  # strangers, so that hardly a query finds its key
    expected = reference.info_nce(queries.double(), keys.double(), 0.001).to(dtype)
    assert_close(attempt.info_nce(queries, keys, temperature=0.001), expected, rtol=1e-4)


def test_float32(attempt, reference, rng):
    """Float32 in, float32 out; values and gradients agree with the reference."""
    check(attempt, reference, *(x.float() for x in random_batch(rng, 9, 6)))


def test_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as both halves of one batch, features first."""
    both = torch.cat(random_batch(rng, 5, 4)).T.contiguous().T  # (10, 4), stored as (4, 10)
    check(attempt, reference, both[:5], both[5:])
    check(attempt, reference, both[::2, 1:], both[1::2, 1:])


def tensor(values, dtype):
    """Return a tensor of the dtype."""
    return torch.tensor(values, dtype=dtype)


def float64(values):
    """Return a tensor of float64."""
    return torch.tensor(values, dtype=torch.float64)


def weighted(loss):
    """Undo the weight that `gradients` gives the only element of a result."""
    return loss / math.cos(0.5)


def random_batch(rng, n, d):
    """Return queries and keys of all sorts of lengths; the own key is only a little liker than the others.

    So the mean of some losses is never so small that rounding shows in it.
    """
    queries = random_tensor(rng, n, d)
    keys = 0.3 * queries + random_tensor(rng, n, d)
    lengths = torch.from_numpy(rng.uniform(0.3, 3.0, (2, n, 1)))
    return F.normalize(queries) * lengths[0], F.normalize(keys) * lengths[1]


def check(attempt, reference, queries, keys, **options):
    """Compare values and the gradients of queries and keys."""
    modules = attempt, reference
    room = None if queries.dtype == torch.float32 else ROOM
    assert_close(*(module.info_nce(queries, keys, **options) for module in modules), rtol=room)
    actual, expected = (
        gradients(lambda *x, m=module: m.info_nce(*x, **options), queries, keys) for module in modules
    )
    for name, mine, theirs in zip(NAMES, actual, expected, strict=True):
        atol = None if room is None else room * theirs.abs().max().item()
        assert_close(mine, theirs, rtol=room, atol=atol, what=f"The gradient of the {name}")


def runtime(attempt, rng):
    """Compare 400 queries with as many keys, of 128 features."""
    queries, keys = (x.float() for x in random_batch(rng, 400, 128))
    return lambda: attempt.info_nce(queries, keys)
