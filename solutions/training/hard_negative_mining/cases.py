import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_image(attempt):
    """One positive keeps three negatives: those with the largest losses."""
    check(attempt, ["+0.4  0.9*  0.1  0.8*  0.2  0.5*"])


def test_each_image_has_its_own_budget(attempt):
    """One positive keeps three negatives, two keep six; high losses of one image do not count in another."""
    check(
        attempt,
        [
            "+0.4  0.3*  0.1*  0.2*  0.05  0.04  0.03  0.02  0.01",
            "+0.4  +0.5  0.9*  0.6*  0.8*  0.7*  0.95*  0.65*  0.5",
        ],
    )


def test_an_image_without_positives(attempt):
    """An image without positives keeps nothing, however large its losses, alone and among others."""
    check(attempt, ["0.9  0.8  0.7  0.6"])
    check(attempt, ["9  8  7  6  5", "+0.1  0.4*  0.3*  0.2*  0.05", "9  8  7  6  5"])


def test_positives_do_not_compete(attempt):
    """A positive with the largest loss takes no negative's place."""
    check(attempt, ["+99  0.5*  0.1  0.4*  0.3*  0.2"])
    check(attempt, ["0.5*  +7  0.1*  0.4*  +8  0.3*  0.2*  0.6*  0.05"])


def test_positives_are_kept_whatever_their_loss(attempt):
    """A positive with a loss near 0, or of exactly 0, is kept."""
    check(attempt, ["0.5*  0.4*  +0.001  0.3*  0.2", "0.5*  0.4*  0.3*  0.2  +0"])


def test_the_mask_is_in_the_order_of_the_anchors(attempt):
    """The mask stands where the anchors stand: a rank is no position, and a position is no rank."""
    check(attempt, ["0.2  0.9*  0.4*  +0.3  0.1  0.7*"])
    check(attempt, ["0.1  0.3  0.5*  0.7*  0.9*  +0.8"])


def test_fewer_negatives_than_asked(attempt):
    """Where there are fewer negatives than three for each positive, all are kept."""
    check(attempt, ["+0.1  0.5*  0.2*"])
    check(attempt, ["+0.1  +0.2  0.5*  0.2*  0*", "+0.1  0.4  0.6*  0.5*  0.7*"])


def test_exactly_as_many_negatives_as_asked(attempt):
    """Three negatives for one positive are all kept, and of four one goes."""
    check(attempt, ["0.1*  0.3*  +0.9  0.2*"])
    check(attempt, ["0.1  0.3*  +0.9  0.2*  0.4*"])


def test_only_positives(attempt):
    """An image of positives alone keeps them all."""
    check(attempt, ["+0.1  +0.9  +0"])
    check(attempt, ["+0.5"])


@pytest.mark.parametrize("ratio", [0, 1, 2, 4, 5, 100])
def test_the_ratio_can_be_chosen(attempt, ratio):
    """For each positive `ratio` negatives are kept: none with ratio 0, and all if it is large."""
    losses = np.array([[0.3, 0.1, 0.9, 0.5, 0.8, 0.2, 0.7, 0.4, 0.6, 0.05, 0.01]])
    is_positive = np.arange(11) % 9 == 0  # anchors 0 and 9
    worst_first = [2, 4, 6, 8, 3, 7, 5, 1, 10]
    expected = is_positive.copy()
    expected[worst_first[: 2 * ratio]] = True
    for options in ((ratio,), (np.int64(ratio),)):
        assert_close(attempt.hard_negative_mining(losses, is_positive[None], *options), expected[None])
    assert_close(attempt.hard_negative_mining(losses, is_positive[None], ratio=ratio), expected[None])


def test_equal_losses_keep_the_earlier_anchor(attempt):
    """Of equal losses the earlier anchors are kept, and no more than the budget."""
    check(attempt, ["0.5*  0.5*  +0.5  0.5*  0.5  0.5"])
    check(attempt, ["0.5*  0.7*  0.5*  +0.1  0.5  0.4", "0.5  0.7*  0.5  +0.1  0.8*  0.6*"])
    losses, is_positive = np.full((2, 60), 0.25), np.zeros((2, 60), bool)
    is_positive[0, [20, 40]] = is_positive[1, [0, 1, 2, 3, 59]] = True
    expected = is_positive.copy()
    expected[0, :6] = expected[1, :19] = True  # six negatives, and fifteen
    for dtype in (np.float64, np.float32):
        assert_close(attempt.hard_negative_mining(losses.astype(dtype), is_positive), expected)


def test_equal_losses_among_others(attempt):
    """Where twenty anchors share each of three losses, the last places go to the earlier ones."""
    losses, is_positive = np.tile([0.25, 0.75, 0.5], 20)[None], np.zeros((1, 60), bool)
    is_positive[0, :8] = True  # 24 negatives: all 17 of loss 0.75, the first 7 of loss 0.5
    expected = is_positive | (losses == 0.75)
    expected[0, [8, 11, 14, 17, 20, 23, 26]] = True
    for dtype in (np.float64, np.float32):
        assert_close(attempt.hard_negative_mining(losses.astype(dtype), is_positive), expected)


def test_losses_of_zero(attempt):
    """A negative with loss 0 is kept when its turn comes, though a positive stands before it."""
    check(attempt, ["+0.9  0.5*  0*  0*  0  0"])
    check(attempt, ["+0  +0  0*  0*  0*  0*  0*  0*  0", "0  0  0  0  0  0  0  0  0"])


def test_losses_that_differ_little(attempt):
    """A loss that is larger by a hundred-thousandth is larger; losses are not rounded."""
    check(attempt, ["0.50001  0.50003*  +0.4  0.5  0.50002*  0.50004*"])


def test_very_large_losses(attempt):
    """Losses may be of any size: no constant that is subtracted from the positives is large enough."""
    check(attempt, ["+1e30  0.5*  0.1  0.4*  0.3*", "+1e12  2e12*  0.1  3e30*  0.3*"])
    check(attempt, ["+0.3  1e12  4e12*  2e12*  1e11  3e12*"])


def test_as_many_anchors_as_a_detector_has(attempt):
    """Nothing but the ratio bounds the budget: of 500 anchors, 50 positives keep 150 negatives."""
    losses = (np.arange(500) * 7 % 500 / 8)[None]  # 0, 1/8, …, in another order
    is_positive = np.arange(500)[None] % 10 == 0
    negatives = np.sort(losses[~is_positive])
    expected = is_positive | (losses >= negatives[-150])
    assert_close(attempt.hard_negative_mining(losses, is_positive), expected)


def test_one_anchor(attempt):
    """Of single anchors the positive ones are kept."""
    check(attempt, ["+0.5", "0.5", "0", "+0"])


def test_more_images_than_anchors(attempt):
    """Losses are compared along the anchors, also where there are more images than anchors."""
    check(
        attempt,
        ["0.9*  +0.1", "+0.2  0.8*", "0.7  0.6", "+0.3  +0.4", "0.1*  +0.9", "+0.5  0*", "9  9"],
    )
    check(attempt, ["0.2  +0.3  0.9*", "0.5*  0.4  +0.1", "0.8  0.6  0.7", "+0.2  +0  0.1*"], 1)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("size", ["0x5", "3x0", "0x0"])
def test_nothing_to_choose_from(attempt, dtype, size):
    """Without images or without anchors the mask is empty, and keeps its two axes."""
    shape = tuple(map(int, size.split("x")))
    result = attempt.hard_negative_mining(np.zeros(shape, dtype), np.zeros(shape, bool))
    assert_close(result, np.zeros(shape, bool))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("ratio", [0, 1, 3, 7])
@pytest.mark.parametrize("size", ["1x40", "6x25", "40x6"])
def test_random_losses(attempt, reference, rng, size, ratio, dtype):
    """Agrees with the reference on random losses, all different, and images with few and many positives."""
    losses, is_positive = random_batch(rng, *map(int, size.split("x")), dtype)
    expected = reference.hard_negative_mining(losses, is_positive, ratio)
    assert_close(attempt.hard_negative_mining(losses, is_positive, ratio), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_random_losses_with_ties(attempt, reference, rng, dtype):
    """Agrees with the reference on losses of which many are equal, at the default ratio."""
    losses, is_positive = random_batch(rng, 8, 100, dtype)
    losses = np.floor(losses) / 4 % 3
    expected = reference.hard_negative_mining(losses, is_positive)
    assert_close(attempt.hard_negative_mining(losses, is_positive), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, and leaves them as they are."""
    losses, is_positive = random_batch(rng, 5, 30, np.float64)
    result = attempt.hard_negative_mining(strided(losses), strided(is_positive), 2)
    assert_close(result, reference.hard_negative_mining(losses, is_positive, 2))


def runtime(attempt, rng):
    """Choose among 2,000 anchors in each of 16 images."""
    losses, is_positive = rng.exponential(size=(16, 2000)), rng.random((16, 2000)) < 0.02
    return lambda: attempt.hard_negative_mining(losses, is_positive)


def check(attempt, images, *options):
    """Compare with images written down as losses: + before a positive's, * behind that of a kept negative."""
    marks = [image.split() for image in images]
    is_positive = np.array([["+" in mark for mark in row] for row in marks])
    expected = is_positive | np.array([["*" in mark for mark in row] for row in marks])
    losses = np.array([[float(mark.strip("+*")) for mark in row] for row in marks])
    for dtype in (np.float64, np.float32):
        assert_close(attempt.hard_negative_mining(losses.astype(dtype), is_positive, *options), expected)


def random_batch(rng, n, anchors, dtype):
    """Return losses that are all different, also in float32, and masks of which 0 to half are positive."""
    losses = (rng.permutation(n * anchors) / 8).reshape(n, anchors).astype(dtype)
    counts = rng.permutation(np.arange(n) * (anchors // 2) // max(n - 1, 1))
    if n == 1:
        counts[:] = anchors // 8
    return losses, rng.permuted(np.arange(anchors) < counts[:, None], axis=1)
