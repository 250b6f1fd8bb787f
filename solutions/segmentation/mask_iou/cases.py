import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

# An epsilon of 1e-6 on a union of one pixel is allowed; no wrong count of pixels comes as near.
NEAR = 1e-5


def test_two_masks_against_three(attempt):
    """Row i, column j holds the IoU of mask i of `a` with mask j of `b`."""
    a = masks("##. ##.", "... .##")
    b = masks("##. ##.", "### ...", ".#. .#.")
    expected = np.array([[1, 2 / 5, 2 / 4], [1 / 5, 0, 1 / 3]])
    assert_close(attempt.mask_iou(a, b), expected, rtol=NEAR)


def test_three_masks_against_one(attempt):
    """The result has a row per mask of `a`, also when `a` is the larger set."""
    a, b = masks("#### ....", "..## ..##", ".... ...#"), masks(".... ####")
    assert_close(attempt.mask_iou(a, b), np.array([[0], [2 / 6], [1 / 4]]), rtol=NEAR)


def test_as_many_masks_in_both_sets(attempt):
    """Rows belong to `a` and columns to `b`, also where no shape tells them apart."""
    a, b = masks("#...", "####"), masks("##..", "..##")
    assert_close(attempt.mask_iou(a, b), np.array([[1 / 2, 0], [1 / 2, 1 / 2]]), rtol=NEAR)


def test_pixels_count_and_not_boxes(attempt):
    """Two masks with the same box around them need not share a pixel."""
    a, b = masks("#.. .#. ..#"), masks("..# ... #..", "### #.# ###", "#.. ... ..#")
    assert_close(attempt.mask_iou(a, b), np.array([[0, 2 / 9, 2 / 3]]), rtol=NEAR)


def test_the_union_counts_shared_pixels_once(attempt):
    """Pixels in both masks belong to the union once: of 6 and 6 pixels with 3 in common there are 9."""
    a, b = masks("###### ...... "), masks("...### ###...")
    assert_close(attempt.mask_iou(a, b), np.array([[3 / 9]]), rtol=NEAR)


def test_a_mask_inside_another(attempt):
    """A mask inside another has the ratio of their areas."""
    a, b = np.ones((1, 4, 5), bool), masks("..... ..... ....# .....", "##### ##### ..... .....")
    assert_close(attempt.mask_iou(a, b), np.array([[1 / 20, 1 / 2]]), rtol=NEAR)
    assert_close(attempt.mask_iou(b, a), np.array([[1 / 20], [1 / 2]]), rtol=NEAR)


def test_an_empty_mask(attempt):
    """An empty mask has IoU 0 with any other, and leaves the others alone."""
    a = masks("... ...", "##. ...")
    b = masks("... ...", "### ###", "#.. ...")
    assert_close(attempt.mask_iou(a, b), np.array([[0, 0, 0], [0, 2 / 6, 1 / 2]]), rtol=NEAR)


def test_two_empty_masks(attempt):
    """Two empty masks have IoU 0, not NaN, although they are the same."""
    empty = np.zeros((2, 3, 4), bool)
    assert_close(attempt.mask_iou(empty, empty), np.zeros((2, 2)))


def test_masks_of_one_pixel(attempt):
    """Images of a single pixel have IoU 1 or 0."""
    a, b = np.array([[[True]], [[False]]]), np.array([[[False]], [[True]], [[True]]])
    assert_close(attempt.mask_iou(a, b), np.array([[0.0, 1, 1], [0, 0, 0]]), rtol=NEAR)


@pytest.mark.parametrize(("height", "width"), [(16, 16), (20, 30), (300, 300)])
def test_large_masks(attempt, height, width):
    """Areas may be larger than 255, the end of uint8, and than 65535, the end of uint16."""
    a, b = np.ones((1, height, width), bool), np.ones((2, height, width), bool)
    b[1, : height // 2] = False
    assert_close(attempt.mask_iou(a, b), np.array([[1, 1 / 2]]), rtol=NEAR)


def test_a_set_against_itself(attempt):
    """Every mask that is not empty has IoU 1 with itself, and the matrix is symmetric."""
    a = masks("##. ... ...", "##. ##. ...", "... ..# ..#")
    expected = np.array([[1, 1 / 2, 0], [1 / 2, 1, 0], [0, 0, 1]])
    assert_close(attempt.mask_iou(a, a), expected, rtol=NEAR)


@pytest.mark.parametrize(("n", "m"), [(0, 3), (2, 0), (0, 0)], ids=["none_in_a", "none_in_b", "none_at_all"])
def test_no_masks(attempt, n, m):
    """Without masks the result is an empty float array of shape (0, m), (n, 0) or (0, 0)."""
    some = np.ones((3, 4, 5), bool)
    assert_close(attempt.mask_iou(some[:n], some[:m]), np.zeros((n, m)))


@pytest.mark.parametrize("size", ["1x4x7x5", "6x2x5x9", "5x5x12x8"])
def test_random_masks(attempt, reference, rng, size):
    """Agrees with the reference on random masks, dense and sparse."""
    n, m, height, width = map(int, size.split("x"))
    a, b = random_masks(rng, n, height, width), random_masks(rng, m, height, width)
    assert_close(attempt.mask_iou(a, b), reference.mask_iou(a, b), rtol=NEAR)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as masks that came with the objects last."""
    a, b = random_masks(rng, 4, 6, 5), random_masks(rng, 3, 6, 5)
    assert_close(attempt.mask_iou(strided(a), strided(b)), reference.mask_iou(a, b), rtol=NEAR)


def masks(*pictures):
    """Return one mask per picture, whose rows are divided by blanks; # is inside."""
    return np.array([[[c == "#" for c in row] for row in picture.split()] for picture in pictures])


def random_masks(rng, n, height, width):
    """Return masks of which the first is nearly empty and the last nearly full."""
    density = np.linspace(0.1, 0.9, n)[:, None, None]
    return rng.uniform(size=(n, height, width)) < density


def runtime(attempt, rng):
    """Compare 20 masks with 20 others on 80 × 100 pixels."""
    a, b = random_masks(rng, 20, 80, 100), random_masks(rng, 20, 80, 100)
    return lambda: attempt.mask_iou(a, b)
