import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

# An epsilon of 1e-6 in a denominator of 1 may pass; no wrong count of segments or pixels comes as near.
NEAR = 1e-5


def test_one_match_and_two_leftovers(attempt):
    """A match counts by its IoU; a segment left over on either side takes half a point off."""
    truth, pred = ids("111222"), ids("55557.")
    assert_quality(attempt, pred, truth, sq=3 / 4, rq=1 / 2)


def test_a_perfect_prediction(attempt):
    """The same segments under other ids are worth 1."""
    truth, pred = ids("1122 1133"), ids("7733 7711")
    assert_quality(attempt, pred, truth, sq=1, rq=1)


def test_the_mean_iou_of_matches(attempt):
    """sq is the mean over the matches alone, every match with the same weight."""
    truth, pred = ids("111111 222233"), ids("44444. 555...")  # IoU 5/6, 3/4; 3 is missed
    assert_quality(attempt, pred, truth, sq=(5 / 6 + 3 / 4) / 2, rq=2 / 2.5)


def test_a_missed_segment(attempt):
    """A true segment without a match is half a point in the denominator of rq."""
    assert_quality(attempt, ids("44.."), ids("1122"), sq=1, rq=1 / 1.5)


def test_an_invented_segment(attempt):
    """A predicted segment without a match is half a point in the denominator of rq."""
    assert_quality(attempt, ids("44455"), ids("11111"), sq=3 / 5, rq=1 / 1.5)


def test_more_invented_than_missed(attempt):
    """Missed and invented segments are counted apart: here two are missed and three invented."""
    truth, pred = ids("1111 2222 3333"), ids("7777 456. ....")
    assert_quality(attempt, pred, truth, sq=1, rq=1 / (1 + 3 / 2 + 2 / 2))


def test_an_iou_of_exactly_one_half(attempt):
    """An IoU of 1/2 is no match: it has to be greater."""
    assert_quality(attempt, ids("44.."), ids("1111"), sq=0, rq=0)
    assert_quality(attempt, ids("444."), ids("1111"), sq=3 / 4, rq=1)
    assert_quality(attempt, ids("4444"), ids("1122"), sq=0, rq=0)


def test_an_iou_just_above_one_half(attempt):
    """An IoU a little greater than 1/2 is a match."""
    truth, pred = np.ones((10, 20), int), np.zeros((10, 20), int)
    pred.flat[:101] = 9
    assert_quality(attempt, pred, truth, sq=101 / 200, rq=1)


def test_no_match_at_all(attempt):
    """Without a match all three are 0, not NaN."""
    assert_quality(attempt, ids("445566"), ids("111111"), sq=0, rq=0)


def test_nothing_predicted(attempt):
    """Where nothing is predicted and something is there, all three are 0."""
    assert_quality(attempt, ids("...."), ids("1122"), sq=0, rq=0)


def test_a_prediction_in_the_void(attempt):
    """A predicted segment that lies wholly in the true void is not counted."""
    assert_quality(attempt, ids("44.55.66"), ids("11......"), sq=1, rq=1)
    assert_quality(attempt, ids("444. 5566"), ids("1111 ...."), sq=3 / 4, rq=1)


def test_void_leaves_the_area_of_the_prediction(attempt):
    """Pixels in the true void are no part of a predicted segment: its IoU is that of the rest."""
    # 4 pixels of the segment 5 are in the void; without them its IoU with 1 is 3/4, with them 3/8
    assert_quality(attempt, ids("555. 5555"), ids("1111 ...."), sq=3 / 4, rq=1)
    assert_quality(attempt, ids("5555 .777"), ids("111. 2222"), sq=(1 + 3 / 4) / 2, rq=1)


def test_predicted_void_stays_in_the_area_of_the_truth(attempt):
    """Pixels where only the prediction is void are missing pixels of the true segment."""
    assert_quality(attempt, ids("55.. 5..."), ids("111. 11.."), sq=3 / 5, rq=1)


def test_void_is_no_segment(attempt):
    """Void in both is no match, however large it is."""
    assert_quality(attempt, ids("4... ...."), ids("1... ...."), sq=1, rq=1)
    assert_quality(attempt, ids("4... ...5"), ids("1... 2222"), sq=1, rq=1 / 2)


def test_nothing_to_be_judged(attempt):
    """Without any segment that counts, all three are NaN."""
    nan = (np.nan, np.nan, np.nan)
    assert_close(attempt.panoptic_quality(ids("... ..."), ids("... ...")), nan)
    assert_close(attempt.panoptic_quality(ids("44. .55"), ids("... ...")), nan)


def test_equal_ids_mean_nothing(attempt):
    """A predicted segment may match a true one of any id; equal ids are a coincidence."""
    assert_quality(attempt, ids("2211"), ids("1122"), sq=1, rq=1)
    assert_quality(attempt, ids("1111 2222"), ids("2222 3331"), sq=(1 + 3 / 4) / 2, rq=2 / 2.5)


def test_segments_in_several_parts(attempt):
    """All pixels of one id are one segment, though something else may lie between them."""
    assert_quality(attempt, ids("44.44 .666."), ids("11211 .222."), sq=(1 + 3 / 4) / 2, rq=1)


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.uint32, np.int64])
def test_ids_up_to_the_end_of_the_dtype(attempt, dtype):
    """Ids may be as large as the dtype holds, up to 2**24 - 1, and have gaps."""
    last = min(np.iinfo(dtype).max, 2**24 - 1)
    truth = np.array([[last, last, last, 1], [7, 7, last - 1, last - 1]], dtype)
    pred = np.array([[200, last, last, 1], [last - 1, last - 1, 7, 0]], dtype)
    # 2/3 with last, 1 with 1, 1 with 7; 7 meets last - 1 in one of two pixels, and 200 is alone
    assert_quality(attempt, pred, truth, sq=(2 / 3 + 1 + 1) / 3, rq=3 / (3 + 2 / 2 + 1 / 2))


@pytest.mark.parametrize("dtypes", ["uint8 int64", "int32 uint16"])
def test_maps_of_different_dtypes(attempt, dtypes):
    """The two maps need not have the same dtype."""
    first, second = dtypes.split()
    truth, pred = ids("111222").astype(second), ids("55557.").astype(first)
    assert_quality(attempt, pred, truth, sq=3 / 4, rq=1 / 2)


@pytest.mark.parametrize("shape", [(12, 16), (17, 11)], ids=["wide", "tall"])
@pytest.mark.parametrize("ids_up_to", [20, 255, 2**24 - 1])
def test_random_segments(attempt, reference, rng, shape, ids_up_to):
    """Agrees with the reference on random segments, with void in both maps."""
    pred, truth = random_segments(rng, shape, ids_up_to)
    expected = reference.panoptic_quality(pred, truth)
    assert_close(attempt.panoptic_quality(pred, truth), expected, rtol=NEAR)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as every second pixel of a map."""
    pred, truth = random_segments(rng, (10, 14), 1000)
    expected = reference.panoptic_quality(pred, truth)
    assert_close(attempt.panoptic_quality(strided(pred), strided(truth)), expected, rtol=NEAR)


def ids(picture):
    """Return a map of ids from rows divided by blanks; a dot is void."""
    return np.array([[0 if c == "." else int(c) for c in row] for row in picture.split()])


def assert_quality(attempt, pred, truth, sq, rq):
    expected = (float(sq * rq), float(sq), float(rq))
    assert_close(attempt.panoptic_quality(pred, truth), expected, rtol=NEAR)


def random_segments(rng, shape, ids_up_to):
    """Return two maps, of which the prediction is a noisy copy of the truth: some segments match.

    The true segments are the cells of a grid of 3 × 3, some of them void; in the prediction each loses a
    share of its pixels to others. A predicted segment without a match lies wholly in the void, or not at all:
    else its pixels in the void are taken from it. No IoU is 1/2, or so near that rounding could decide.
    """
    while True:
        rows, columns = (np.arange(size) * 3 // size for size in shape)
        cells = rows[:, None] * 3 + columns
        noisy = rng.uniform(size=shape) < rng.uniform(0, 0.6, 9)[cells]
        true_ids, pred_ids = (rng.choice(ids_up_to, 9, replace=False) + 1 for _ in range(2))
        true_ids[rng.uniform(size=9) < 0.2] = 0
        truth = np.where(rng.uniform(size=shape) < 0.05, 0, true_ids[cells])
        pred = np.where(noisy, rng.choice([0, *pred_ids], shape), pred_ids[cells])
        clear, known = True, truth != 0
        for i in pred_ids:
            p = (pred == i) & known
            pairs = [((p & (truth == j)).sum(), (p | (truth == j)).sum()) for j in true_ids[true_ids > 0]]
            clear &= all(abs(both - either / 2) > 1e-3 * either for both, either in pairs)
            if p.any() and not any(both > either / 2 for both, either in pairs):
                pred[(pred == i) & ~known] = 0
        if clear:
            return pred, truth


def runtime(attempt, rng):
    """Grade nine segments on 120 × 160 pixels."""
    pred, truth = random_segments(rng, (120, 160), 2**24 - 1)
    return lambda: attempt.panoptic_quality(pred, truth)
