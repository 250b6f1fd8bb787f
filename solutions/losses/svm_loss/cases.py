import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_sample(attempt):
    """The true class leads one class by 2, which is enough, and another by 1/2, which lacks 1/2."""
    loss, dscores = attempt.svm_loss(np.array([[3.0, 1.0, 2.5]]), np.array([0]))
    assert_close(loss, 0.5, what="The loss")
    assert_close(dscores, np.array([[-1.0, 0, 1]]), what="The gradient")


def test_every_violated_class_counts(attempt):
    """Three classes lack 1.5, 2.25 and 3; they add up, and each pulls at the true class."""
    loss, dscores = attempt.svm_loss(np.array([[2.0, 0.5, 0.0, 1.25, -4.0]]), np.array([2]))
    assert_close(loss, 3 + 1.5 + 2.25, what="The loss")
    assert_close(dscores, np.array([[1.0, 1, -3, 1, 0]]), what="The gradient")


def test_the_mean_over_samples(attempt):
    """Losses of 0.5, 3.5, 0 and 2 are averaged over the four samples, and the gradient is divided by 4."""
    scores = np.array([[3.0, 1, 2.5], [0.0, 1, 0.5], [-1, 5, 2], [0, 0, 0]])
    loss, dscores = attempt.svm_loss(scores, np.array([0, 0, 1, 2]))
    assert_close(loss, 1.5, what="The loss")
    expected = np.array([[-1.0, 0, 1], [-2, 1, 1], [0, 0, 0], [1, 1, -2]]) / 4
    assert_close(dscores, expected, what="The gradient")


def test_every_sample_content(attempt):
    """Where the true class leads by more than the margin everywhere, loss and gradient are 0."""
    scores = np.array([[9.0, 1, 2, 3], [-5, -1, -3, -9]])
    assert_close(attempt.svm_loss(scores, np.array([0, 1])), (0.0, np.zeros((2, 4))))


def test_equal_scores(attempt):
    """A classifier that does not know costs the margin once for every wrong class."""
    loss, dscores = attempt.svm_loss(np.full((2, 5), 0.25), np.array([4, 1]))
    assert_close(loss, 4.0, what="The loss")
    assert_close(dscores, np.array([[1.0, 1, 1, 1, -4], [1, -4, 1, 1, 1]]) / 2, what="The gradient")


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("margin", [1.0, 0.5])
def test_a_lead_of_exactly_the_margin(attempt, margin, dtype):
    """A class that trails by exactly the margin costs nothing, and at this kink the gradient is 0."""
    scores = np.array([[2.0, 2 - margin, 2 - margin], [0.25, 1.25, 0.25 - margin]], dtype)
    loss, dscores = attempt.svm_loss(scores, np.array([0, 0]), margin)
    assert_close(loss, (1 + margin) / 2, what="The loss")
    assert_close(dscores, np.array([[0.0, 0, 0], [-0.5, 0.5, 0]]), what="The gradient")


def test_a_lead_a_little_off_the_margin(attempt):
    """A lead of 0.99 lacks 0.01 and has a full gradient; a lead of 1.01 lacks nothing and has none."""
    loss, dscores = attempt.svm_loss(np.array([[5.0, 4.01, 3.99]]), np.array([0]))
    assert_close(loss, 0.01, what="The loss")
    assert_close(dscores, np.array([[-1.0, 1, 0]]), what="The gradient")


@pytest.mark.parametrize(
    ("margin", "loss", "dscores"),
    [(0.25, 0.0, [0, 0, 0]), (1.5, 0.75, [-1, 1, 0]), (4.0, 3.25 + 2.5, [-2, 1, 1])],
)
def test_the_margin_may_be_given(attempt, margin, loss, dscores):
    """Leads of 0.75 and 1.5 are judged by the margin that is given, by position or by name."""
    scores, expected = np.array([[2.0, 1.25, 0.5]]), (loss, np.array([dscores], np.float64))
    assert_close(attempt.svm_loss(scores, np.array([0]), margin), expected)
    assert_close(attempt.svm_loss(scores, np.array([0]), margin=margin), expected)


def test_as_many_samples_as_classes(attempt):
    """With three samples of three classes, scores are compared within a sample."""
    scores = np.array([[4.0, 0, 3.5], [9, 8, 1], [2, 7, 2]])
    loss, dscores = attempt.svm_loss(scores, np.array([0, 1, 2]))
    assert_close(loss, (0.5 + 2 + 1 + 6) / 3, what="The loss")
    assert_close(dscores, np.array([[-1.0, 0, 1], [1, -1, 0], [1, 1, -2]]) / 3, what="The gradient")


def test_a_constant_added_to_a_row(attempt):
    """Only differences within a sample count; a number added to all of its scores changes nothing."""
    scores = np.array([[3.0, 1.0, 2.5], [0.0, 0.5, -2.0]]) + np.array([[100.0], [-70.0]])
    expected = 1.0, np.array([[-0.5, 0, 0.5], [-0.5, 0.5, 0]])
    assert_close(attempt.svm_loss(scores, np.array([0, 0])), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_large_scores(attempt, dtype):
    """The loss grows with the distance, without a limit; the gradient does not."""
    scores = np.array([[1e4, -1e4], [1e4, -1e4]], dtype)
    loss, dscores = attempt.svm_loss(scores, np.array([1, 0]))
    assert_close(loss, 20_001 / 2, what="The loss")
    assert_close(dscores, np.array([[0.5, -0.5], [0, 0]]), what="The gradient")


def test_a_single_class(attempt):
    """With one class there is no wrong one, and nothing to lose."""
    scores = np.array([[3.0], [-7.0], [0.0]])
    assert_close(attempt.svm_loss(scores, np.array([0, 0, 0])), (0.0, np.zeros((3, 1))))


@pytest.mark.parametrize("dtype", [np.int32, np.int8, np.uint8])
def test_targets_of_any_integer_dtype(attempt, dtype):
    """The true classes may come in any integer dtype."""
    scores = np.array([[3.0, 1, 2.5], [0.0, 0.5, -2], [0, -1, -3]])  # 0.5, 1.5 and 2
    expected = 4 / 3, np.array([[-1.0, 0, 1], [-1, 1, 0], [1, -1, 0]]) / 3
    assert_close(attempt.svm_loss(scores, np.array([0, 0, 1], dtype)), expected)


@pytest.mark.parametrize("shape", [(1, 2), (5, 3), (3, 7), (4, 4), (30, 10), (2, 100)])
def test_random_scores(attempt, reference, rng, shape):
    """Agrees with the reference on random scores."""
    scores, targets = random_batch(rng, *shape)
    assert_close(attempt.svm_loss(scores, targets), reference.svm_loss(scores, targets))


def test_random_scores_and_margins(attempt, reference, rng):
    """Agrees with the reference for margins from a tenth to ten."""
    for margin in (0.1, 0.7, 3.0, 10.0):
        scores, targets = random_batch(rng, 8, 5, margin)
        expected = reference.svm_loss(scores, targets, margin)
        assert_close(attempt.svm_loss(scores, targets, margin), expected)


def test_random_scores_in_float32(attempt, reference, rng):
    """Agrees with the reference on scores in float32."""
    scores, targets = random_batch(rng, 20, 9)
    scores = scores.astype(np.float32)
    expected = reference.svm_loss(scores.astype(np.float64), targets)
    assert_close(attempt.svm_loss(scores, targets), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as some columns of a larger output."""
    scores, targets = random_batch(rng, 9, 4)
    expected = reference.svm_loss(scores, targets)
    assert_close(attempt.svm_loss(strided(scores), strided(targets)), expected)


def random_batch(rng, n, c, margin=1.0):
    """Return scores and true classes; no lead is so close to the margin that rounding decides."""
    while True:
        scores, targets = 2 * rng.standard_normal((n, c)), rng.integers(0, c, n)
        leads = scores[np.arange(n), targets][:, None] - scores
        if np.abs(leads - margin).min() > 1e-4:
            return scores, targets


def runtime(attempt, rng):
    """Judge 256 samples of 500 classes."""
    scores, targets = 2 * rng.standard_normal((256, 500)), rng.integers(0, 500, 256)
    return lambda: attempt.svm_loss(scores, targets)
