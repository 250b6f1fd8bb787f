import math

import pytest
import torch

from cvdrill.testing import assert_close, assert_raises, gradients, random_tensor

PROJECTIONS = ("q_proj", "k_proj", "v_proj", "out_proj")
# How far off weights may be where scores are near 1e4: whoever takes the softmax in float32, and subtracts a
# log-sum-exp of that size, is right and rounds to thousandths.
ROUNDING_AT_1E4 = 1e-2


def test_four_projections_with_these_names(attempt):
    """The state dict holds the weight and bias of q_proj, k_proj, v_proj and out_proj, and nothing else."""
    state = attempt.MultiHeadAttention(12, 3).state_dict()
    weights = {f"{name}.weight": (12, 12) for name in PROJECTIONS}
    biases = {f"{name}.bias": (12,) for name in PROJECTIONS}
    shapes = {name: tuple(tensor.shape) for name, tensor in state.items()}
    assert_close(shapes, weights | biases, what="The state dict (names and shapes)")


def test_one_head_worked_by_hand(attempt):
    """One query, two keys, weights 3/4 and 1/4; all projections are the identity."""
    attention = with_identities(attempt, 2, num_heads=1)
    query = float64([[[math.sqrt(2) * math.log(3), 0]]])  # scaled by the root of 2: scores log 3 and 0
    key, value = float64([[[1, 0], [0, 1]]]), float64([[[8, 10], [0, 2]]])
    check(attention(query, key, value), float64([[[6, 8]]]))


def test_two_heads_worked_by_hand(attempt):
    """Each head has weights of its own: 3/4 and 1/4 in the first, 1/2 and 1/2 in the second."""
    attention = with_identities(attempt, 2, num_heads=2)
    query = float64([[[math.log(3), 0]]])
    key, value = float64([[[1, 5], [0, 9]]]), float64([[[8, 10], [0, 4]]])
    check(attention(query, key, value), float64([[[6, 7]]]))


def test_scores_are_scaled_by_the_size_of_a_head(attempt):
    """With two heads of four features each, scores are divided by the root of 4, not by the root of 8."""
    attention = with_identities(attempt, 8, num_heads=2)
    query = float64([[[2 * math.log(3), 0, 0, 0, 0, 0, 0, 0]]])
    key = float64([[[1, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0]]])
    value = float64([[[8, 16, 24, 32, 2, 4, 6, 8], [0, 0, 0, 0, 0, 0, 0, 0]]])
    check(attention(query, key, value), float64([[[6, 12, 18, 24, 1, 2, 3, 4]]]))


def test_true_in_the_mask_may_be_attended(attempt):
    """Where the mask is True the query may look; a query that may see one key only takes over its value."""
    attention = with_identities(attempt, 2, num_heads=1)
    query = float64([[[0, 0], [0, 0], [0, 0]]])  # all scores are 0
    key = value = float64([[[1, 10], [2, 20], [6, 60]]])
    mask = torch.tensor([[True, False, False], [True, True, False], [False, True, True]])
    check(attention(query, key, value, mask), float64([[[1, 10], [1.5, 15], [4, 40]]]))


def test_every_batch_element_has_its_own_mask(attempt):
    """A mask of shape (B, L, S) belongs to the batch, not to the heads, even where B equals H."""
    attention = with_identities(attempt, 2, num_heads=2)
    query = float64([[[0, 0]], [[0, 0]]])
    key = value = float64([[[1, 10], [3, 30]], [[5, 50], [7, 70]]])
    mask = torch.tensor([[[True, False]], [[True, True]]])
    check(attention(query, key, value, mask), float64([[[1, 10]], [[6, 60]]]))


def test_a_masked_key_counts_for_nothing(attempt):
    """A masked key has weight 0, whatever its score is and however low the scores of the others are."""
    attention = with_identities(attempt, 2, num_heads=1)
    far = 300 * math.sqrt(2)
    query = float64([[[far, 0], [-far, 0]]])  # scores 300, 0, 0 and -300, 0, 0
    key, value = float64([[[1, 0], [0, 1], [0, 2]]]), float64([[[7, 70], [2, 20], [4, 40]]])
    mask = torch.tensor([[False, True, True], [True, False, False]])
    check(attention(query, key, value, mask), float64([[[3, 30], [7, 70]]]))


def test_a_masked_key_has_no_weight_among_the_lowest_scores(attempt):
    """Where all scores are in the minus thousands, a key that may not be attended still has weight 0."""
    attention = with_identities(attempt, 2, num_heads=1)
    query = float64([[[-9000 * math.sqrt(2), 0]]])
    key, value = float64([[[1, 0], [1, 0], [1, 0]]]), float64([[[7, 70], [2, 20], [4, 40]]])
    mask = torch.tensor([[False, True, True]])
    check(attention(query, key, value, mask), float64([[[3, 30]]]), rounding=ROUNDING_AT_1E4)


def test_large_scores(attempt):
    """Scores in the thousands, of either sign, do not break the softmax."""
    attention = with_identities(attempt, 4, num_heads=2)
    query = float64([[[4000, 0, 0, -5000], [0, -3000, math.sqrt(2) * math.log(2), 0]]])
    key = float64([[[1, 0, 0, 1], [0, 1, 0, 0.5], [0.5, 0, 1, 2]]])
    value = float64([[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]])
    # Query 1: key 1 wins in head 1, key 2 in head 2. Query 2: keys 1 and 3 tie; weights 1/4, 1/4, 1/2.
    check(attention(query, key, value), float64([[[1, 2, 7, 8], [5, 6, 8, 9]]]))


def test_large_scores_that_differ_by_little(attempt):
    """However large two scores are, it is their difference that counts: ln 3 gives weights 3/4 and 1/4."""
    attention = with_identities(attempt, 2, num_heads=1)
    query = math.sqrt(2) * float64([[[9000, math.log(3)], [-200, math.log(3)]]])
    key, value = float64([[[1, 1], [1, 0]]]), float64([[[8, 10], [0, 2]]])
    check(attention(query, key, value), float64([[[6, 8], [6, 8]]]), rounding=ROUNDING_AT_1E4)


@pytest.mark.parametrize("num_heads", [3, 16])
def test_heads_must_divide_the_features(attempt, num_heads):
    """An embed_dim that num_heads does not divide raises ValueError."""
    assert_raises(ValueError, attempt.MultiHeadAttention, 8, num_heads)


def test_a_mask_of_true_hides_nothing(attempt, reference, rng):
    """A mask that is True everywhere gives what no mask gives."""
    mine, theirs = same_weights(attempt, reference, rng, 6, num_heads=3)
    query, key, value = random_inputs(rng, 2, 4, 5, 6)
    everything = torch.ones(2, 4, 5, dtype=torch.bool)
    check(mine(query, key, value, mask=everything), theirs(query, key, value))
    check(mine(query, key, value, mask=None), theirs(query, key, value))


@pytest.mark.parametrize(
    ("batch", "queries", "keys", "features", "num_heads"),
    [(1, 1, 1, 4, 2), (1, 4, 4, 6, 1), (2, 5, 7, 12, 3), (3, 4, 2, 5, 5), (4, 1, 6, 16, 4), (2, 6, 1, 8, 2)],
)
def test_random_shapes(attempt, reference, rng, batch, queries, keys, features, num_heads):
    """Agrees with the reference on all sorts of shapes, without mask and with masks of either shape."""
    mine, theirs = same_weights(attempt, reference, rng, features, num_heads)
    inputs = random_inputs(rng, batch, queries, keys, features)
    for mask in (None, random_mask(rng, queries, keys), random_mask(rng, batch, queries, keys)):
        check(mine(*inputs, mask), theirs(*inputs, mask))


def test_training_and_evaluation_agree(attempt, reference, rng):
    """There is no dropout: train() and eval() change nothing."""
    mine, theirs = same_weights(attempt, reference, rng, 8, num_heads=2)
    inputs = random_inputs(rng, 3, 5, 4, 8)
    for training in (True, False):
        mine.train(training)
        check(mine(*inputs), theirs(*inputs))


@pytest.mark.parametrize("masked", [False, True])
def test_gradients_of_inputs_and_parameters(attempt, reference, rng, masked):
    """Gradients reach query, key and value, and the weight and bias of every projection."""
    mine, theirs = same_weights(attempt, reference, rng, 12, num_heads=3)
    inputs = random_inputs(rng, 2, 5, 7, 12)
    check_gradients(mine, theirs, inputs, random_mask(rng, 2, 5, 7) if masked else None)


def test_self_attention(attempt, reference, rng):
    """Query, key and value may be one tensor, here with a causal mask, which the whole batch shares."""
    mine, theirs = same_weights(attempt, reference, rng, 6, num_heads=3)
    x, causal = random_tensor(rng, 3, 5, 6), torch.ones(5, 5, dtype=torch.bool).tril()
    check(mine(x, x, x, causal), theirs(x, x, x, causal))
    (actual,), (expected,) = (gradients(lambda x, m=m: m(x, x, x, causal), x) for m in (mine, theirs))
    check(actual, expected, what="The gradient of the input")


def test_float32(attempt, reference, rng):
    """Float32, torch's own default, comes back as float32; values and gradients agree with the reference."""
    mine, theirs = same_weights(attempt, reference, rng, 12, num_heads=4, dtype=torch.float32)
    inputs = [tensor.float() for tensor in random_inputs(rng, 2, 5, 7, 12)]
    mask = random_mask(rng, 2, 5, 7)
    check(mine(*inputs), theirs(*inputs))
    check(mine(*inputs, mask), theirs(*inputs, mask))
    check_gradients(mine, theirs, inputs, mask)


def test_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as the pixels of a channels-first feature map."""
    mine, theirs = same_weights(attempt, reference, rng, 6, num_heads=2)
    query, key, value = (random_tensor(rng, 2, 6, length).transpose(1, 2) for length in (4, 5, 5))
    mask = random_mask(rng, 2, 4, 10)[:, :, ::2]
    mask[:, :, 3] = True
    check(mine(query, key, value, mask), theirs(query, key, value, mask))


def float64(values):
    """Return a tensor of float64."""
    return torch.tensor(values, dtype=torch.float64)


def with_identities(module, embed_dim, num_heads):
    """Return an attention in float64 whose projections do nothing."""
    weights = {f"{name}.weight": torch.eye(embed_dim, dtype=torch.float64) for name in PROJECTIONS}
    biases = {f"{name}.bias": torch.zeros(embed_dim, dtype=torch.float64) for name in PROJECTIONS}
    attention = module.MultiHeadAttention(embed_dim, num_heads)
    attention.double()
    attention.load_state_dict(weights | biases)
    return attention


def same_weights(attempt, reference, rng, embed_dim, num_heads, dtype=torch.float64):
    """Return an attention of the learner's and one of the reference's, with the same random weights."""
    e, scale = embed_dim, 1.5 / embed_dim**0.5  # scores of size one to five
    weights = {f"{name}.weight": scale * random_tensor(rng, e, e, dtype=dtype) for name in PROJECTIONS}
    biases = {f"{name}.bias": random_tensor(rng, e, dtype=dtype) for name in PROJECTIONS}
    pair = [module.MultiHeadAttention(embed_dim, num_heads) for module in (attempt, reference)]
    for attention in pair:
        if dtype == torch.float64:
            attention.double()
        attention.load_state_dict(weights | biases)
    return pair


def random_inputs(rng, batch, queries, keys, features):
    """Return query, key and value."""
    return tuple(random_tensor(rng, batch, length, features) for length in (queries, keys, keys))


def random_mask(rng, *shape):
    """Return a mask in which about half is True, and for every query at least one key."""
    mask = torch.from_numpy(rng.random(shape) < 0.5)
    sure = torch.from_numpy(rng.integers(0, shape[-1], shape[:-1]))
    return mask.scatter(-1, sure[..., None], torch.ones(shape, dtype=torch.bool))


def check(actual, expected, what="The result", scale=None, rounding=1e-4):
    """Judge float64 as leniently as float32: many take the softmax in float32 whatever comes in.

    No wrong answer hides there, since no constant of this drill has a small effect.
    """
    largest = expected.abs().max().item() if scale is None else scale
    assert_close(actual, expected, rtol=rounding, atol=0.2 * rounding * largest, what=what)


def check_gradients(mine, theirs, inputs, mask):
    """Compare the gradients of the three inputs and the eight parameters."""
    actual, expected = (gradients(lambda q, k, v, m=m: m(q, k, v, mask), *inputs) for m in (mine, theirs))
    for name, *pair in zip(("query", "key", "value"), actual, expected, strict=True):
        check(*pair, what=f"The gradient of {name}")
    for name in PROJECTIONS:
        weight, bias = (theirs.get_parameter(f"{name}.{kind}").grad for kind in ("weight", "bias"))
        # The bias of k_proj moves all scores of a query alike: its gradient is 0 but for rounding, which has
        # to be seen against the size of another.
        scale = weight.abs().max().item() if name == "k_proj" else None
        check(mine.get_parameter(f"{name}.weight").grad, weight, f"The gradient of {name}.weight")
        check(mine.get_parameter(f"{name}.bias").grad, bias, f"The gradient of {name}.bias", scale)


def runtime(attempt, rng):
    """Attend with 8 heads over 48 tokens of 64 features."""
    attention = attempt.MultiHeadAttention(64, 8)
    x = random_tensor(rng, 1, 48, 64, dtype=torch.float32)
    return lambda: attention(x, x, x)
