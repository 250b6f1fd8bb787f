import math

import pytest
import torch

from cvdrill.testing import assert_close, gradients, random_tensor

LOG2, LOG3 = math.log(2), math.log(3)
dtypes = pytest.mark.parametrize("dtype", [torch.float64, torch.float32])


def test_one_sample_of_two_classes(attempt):
    """The teacher says 3/4 and 1/4, the student 1/2 and 1/2: that costs 3/4 ln 3/2 + 1/4 ln 1/2."""
    student, teacher = float64([[0, 0]]), float64([[LOG3, 0]])
    actual = attempt.distillation_loss(student, teacher, temperature=1.0)
    assert_close(actual, float64(0.75 * math.log(1.5) - 0.25 * LOG2))


def test_the_teacher_comes_first(attempt):
    """Exchanged, it costs something else: the teacher's probabilities weigh the logarithms, here 1/2 each."""
    student, teacher = float64([[LOG3, 0]]), float64([[0, 0]])
    actual = attempt.distillation_loss(student, teacher, temperature=1.0)
    assert_close(actual, float64(0.5 * math.log(2 / 3) + 0.5 * LOG2))


def test_a_student_that_agrees(attempt):
    """Where both agree the loss is 0, not the teacher's entropy; a constant on all logits changes nothing."""
    teacher = float64([[LOG3, 0, -1], [0.5, 0.5, 2]])
    student = teacher + float64([[7], [-3]])
    assert_close(attempt.distillation_loss(student, teacher), float64(0), atol=1e-9)


def test_three_classes(attempt):
    """The teacher says 1/2, 1/4, 1/4 and the student 1/4, 1/4, 1/2: only the sum over all classes counts."""
    student, teacher = float64([[0, 0, LOG2]]), float64([[LOG2, 0, 0]])
    actual = attempt.distillation_loss(student, teacher, temperature=1.0)
    assert_close(actual, float64(0.5 * LOG2 + 0.25 * 0 - 0.25 * LOG2))


@pytest.mark.parametrize("temperature", [0.5, 2, 3.0, 10.0])
def test_the_temperature_softens_and_its_square_multiplies(attempt, temperature):
    """Both logits are divided by T, and the result is multiplied by T²."""
    student = temperature * float64([[0, 0, LOG2]])
    teacher = temperature * float64([[LOG2, 0, 0]])
    actual = attempt.distillation_loss(student, teacher, temperature)
    assert_close(actual, float64(temperature**2 * 0.25 * LOG2))


def test_the_default_temperature(attempt):
    """Without an argument the temperature is 4, so that the divergence is multiplied by 16."""
    student, teacher = 4 * float64([[0, 0, LOG2]]), 4 * float64([[LOG2, 0, 0]])
    assert_close(attempt.distillation_loss(student, teacher), float64(16 * 0.25 * LOG2))


def test_the_mean_over_samples(attempt):
    """The divergences of the samples are averaged: not added up, and not divided by the classes as well."""
    student = float64([[0, 0], [LOG3, 0], [1, 1]])
    teacher = float64([[LOG3, 0], [0, 0], [0, 0]])
    first, second = 0.75 * math.log(1.5) - 0.25 * LOG2, 0.5 * math.log(2 / 3) + 0.5 * LOG2
    actual = attempt.distillation_loss(student, teacher, temperature=1.0)
    assert_close(actual, float64((first + second) / 3))


def test_more_classes_than_samples(attempt):
    """The classes of a sample compete, however many samples there are: here two samples of four classes."""
    student = float64([[0, 0, 0, 0], [0, LOG2, 0, 0]])
    teacher = float64([[LOG3, LOG3, 0, 0], [0, 0, 0, 0]])
    first = 0.75 * math.log(1.5) - 0.25 * LOG2  # 3/8, 3/8, 1/8, 1/8 against 1/4 each
    second = 0.75 * math.log(5 / 4) + 0.25 * math.log(5 / 8)  # 1/4 each against 1/5, 2/5, 1/5, 1/5
    actual = attempt.distillation_loss(student, teacher, temperature=1)
    assert_close(actual, float64((first + second) / 2))


@pytest.mark.parametrize("n", [1, 3])
def test_a_single_class(attempt, n):
    """With one class there is nothing to disagree about: loss and gradient are 0, whatever the logits."""
    student, teacher = float64([[3]] * n), float64([[-40]] * n)
    assert_close(attempt.distillation_loss(student, teacher), float64(0), atol=1e-9)
    (actual,) = gradients(lambda x: attempt.distillation_loss(x, teacher), student)
    assert_close(actual, torch.zeros_like(student), atol=1e-9, what="The gradient")


@dtypes
def test_a_teacher_that_is_sure(attempt, dtype):
    """A probability of exactly 0 times its logarithm is 0, not NaN: T² times -ln of one q is left."""
    student, teacher = tensor([[0, LOG3, 0]], dtype), tensor([[0, 1e4, -1e4]], dtype)
    expected = tensor(math.log(5 / 3), dtype)
    room = rounding_at_1e4(dtype)
    assert_close(attempt.distillation_loss(student, teacher, temperature=1.0), expected, atol=room)
    assert_close(attempt.distillation_loss(4 * student, teacher), 16 * expected, atol=16 * room)


@dtypes
def test_a_probability_that_just_vanishes(attempt, dtype):
    """A teacher's probability of e^-120 is 0 in float32 and not in float64; in both it adds nothing."""
    student, teacher = tensor([[0, 0]], dtype), tensor([[60, -60]], dtype)
    assert_close(attempt.distillation_loss(student, teacher, temperature=1.0), tensor(LOG2, dtype))


@dtypes
def test_a_student_that_is_sure_and_wrong(attempt, dtype):
    """A student that rules out what the teacher believes costs the distance of the logits, not infinity."""
    student, teacher = tensor([[1e4, 0, -1e4]], dtype), tensor([[-1e4, 0, 1e4]], dtype)
    for temperature, expected in ((1.0, 2e4), (4.0, 8e4), (0.5, 1e4)):
        actual = attempt.distillation_loss(student, teacher, temperature)
        assert_close(actual, tensor(expected, dtype))


@dtypes
def test_a_teacher_in_doubt_and_a_student_that_is_sure(attempt, dtype):
    """Where the teacher says 1/2 and the student rules it out, half of the distance counts."""
    student, teacher = tensor([[0, -1e4], [1e4, -1e4]], dtype), tensor([[5, 5], [0, 0]], dtype)
    expected = tensor((0.5 * 1e4 + 0.5 * 2e4) / 2 - LOG2, dtype)
    assert_close(attempt.distillation_loss(student, teacher, temperature=1.0), expected)


@dtypes
def test_both_are_sure_of_the_same(attempt, dtype):
    """Logits of ±1e4 in the same order cost nothing."""
    student, teacher = tensor([[1e4, 0, -1e4]], dtype), tensor([[1e4, -1e4, 0]], dtype)
    assert_close(attempt.distillation_loss(student, teacher), tensor(0, dtype), atol=1e-9)


@dtypes
def test_samples_on_different_levels(attempt, dtype):
    """Each sample, of each network, needs a shift of its own: one at +1e4 must not push another to zero."""
    student = tensor([[10_000, 10_000], [-10_000, -10_000], [0, 0]], dtype)
    teacher = tensor([[-10_000, -10_001], [10_001, 10_000], [1, 0]], dtype)
    p = 1 / (1 + math.exp(-1))
    expected = tensor(p * math.log(2 * p) + (1 - p) * math.log(2 - 2 * p), dtype)
    actual = attempt.distillation_loss(student, teacher, temperature=1.0)
    assert_close(actual, expected, atol=rounding_at_1e4(dtype))


def test_a_small_chance_is_not_cut_off(attempt):
    """A student's probability of e^-60 counts as -60: nothing is clipped, or added inside the logarithm."""
    student, teacher = float64([[0, -60]]), float64([[0, 0]])
    assert_close(attempt.distillation_loss(student, teacher, temperature=1.0), float64(30 - LOG2))


def test_the_gradient_by_hand(attempt):
    """The gradient is T (q - p) / n: the square of T times 1/T from the logits."""
    student, teacher = 2 * float64([[0, 0], [LOG3, 0]]), 2 * float64([[LOG3, 0], [LOG3, 0]])
    (actual,) = gradients(lambda x: weighted(attempt.distillation_loss(x, teacher, 2.0)), student)
    assert_close(actual, float64([[-1 / 4, 1 / 4], [0, 0]]), what="The gradient")


@dtypes
def test_the_gradient_of_extreme_logits(attempt, dtype):
    """Probabilities of exactly 0, the teacher's or the student's, give no NaN: T (q - p) / n holds."""
    student = tensor([[1e4, 0, -1e4], [1e4, 0, -1e4], [0, 0, -1e4]], dtype)
    teacher = tensor([[-1e4, 0, 1e4], [1e4, -1e4, 0], [1e4, -1e4, 0]], dtype)
    (actual,) = gradients(lambda x: weighted(attempt.distillation_loss(x, teacher)), student)
    expected = tensor([[4 / 3, 0, -4 / 3], [0, 0, 0], [-2 / 3, 2 / 3, 0]], dtype)
    assert_close(actual, expected, what="The gradient")


@dtypes
def test_the_gradient_where_the_teacher_is_sure(attempt, dtype):
    """A teacher's probability of exactly 0 gives the student a gradient of T q / n, not NaN."""
    student, teacher = tensor([[0, LOG3, 0]], dtype), tensor([[-1e4, 1e4, 0]], dtype)
    (actual,) = gradients(lambda x: weighted(attempt.distillation_loss(x, teacher, 1.0)), student)
    assert_close(actual, tensor([[1 / 5, -2 / 5, 1 / 5]], dtype), what="The gradient")


def test_a_teacher_that_takes_part_in_the_graph(attempt, reference, rng):
    """The teacher's logits may require gradients: the loss and the student's gradient are what they were."""
    student, teacher = random_batch(rng, 4, 3)
    actual, expected = (
        gradients(module.distillation_loss, student, teacher)[0] for module in (attempt, reference)
    )
    assert_close(actual, expected, what="The gradient of the student's logits")


@pytest.mark.parametrize("shape", [(1, 2), (1, 7), (5, 2), (3, 8), (4, 4), (40, 10), (3, 300)])
def test_random_logits(attempt, reference, rng, shape):
    """Values and gradients agree with the reference on any number of samples and classes."""
    check(attempt, reference, *random_batch(rng, *shape))


@pytest.mark.parametrize("temperature", [0.3, 1, 2.5, 8.0, 20])
def test_random_logits_at_other_temperatures(attempt, reference, rng, temperature):
    """Values and gradients agree with the reference at all sorts of temperatures."""
    check(attempt, reference, *random_batch(rng, 6, 5), temperature=temperature)


def test_float32(attempt, reference, rng):
    """Float32 in, float32 out; values and gradients agree with the reference."""
    check(attempt, reference, *(x.float() for x in random_batch(rng, 9, 6)))


@dtypes
def test_random_logits_that_are_extreme(attempt, reference, rng, dtype):
    """Agrees with the reference on logits that are spread from -1e4 to 1e4."""
    student, teacher = (torch.from_numpy(rng.uniform(-1e4, 1e4, (20, 6))).to(dtype) for _ in range(2))
    expected = reference.distillation_loss(student.double(), teacher.double()).to(dtype)
    assert_close(attempt.distillation_loss(student, teacher), expected)


def test_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as some classes of outputs stored classes first."""
    check(attempt, reference, *(x.T.contiguous().T[::2, 1:] for x in random_batch(rng, 9, 6)))


def tensor(values, dtype):
    """Return a tensor of the dtype."""
    return torch.tensor(values, dtype=dtype)


def float64(values):
    """Return a tensor of float64."""
    return torch.tensor(values, dtype=torch.float64)


def weighted(loss):
    """Undo the weight that `gradients` gives the only element of a result."""
    return loss / math.cos(0.5)


def rounding_at_1e4(dtype):
    """Return how far off a sum of logits near 1e4 may be: ten units in their last place.

    Whoever subtracts a log-sum-exp near 1e4 from logits is right, and rounds to such units.
    """
    return 10 * 1e4 * torch.finfo(dtype).eps


def random_batch(rng, n, c):
    """Return logits of student and teacher that disagree by so much that rounding does not show.

    A difference of two entropies is as good as a sum of differences.
    """
    student, teacher = 3 * random_tensor(rng, n, c), 3 * random_tensor(rng, n, c)
    student[:, 0] += 4
    teacher[:, -1] += 4
    return student, teacher


def check(attempt, reference, student, teacher, **options):
    """Compare values and the gradients of the student's logits."""
    modules = attempt, reference
    assert_close(*(module.distillation_loss(student, teacher, **options) for module in modules))
    (actual,), (expected,) = (
        gradients(lambda x, m=module: m.distillation_loss(x, teacher, **options), student)
        for module in modules
    )
    assert_close(actual, expected, what="The gradient")


def runtime(attempt, rng):
    """Compare 1,000 samples of 100 classes."""
    student, teacher = (x.float() for x in random_batch(rng, 1000, 100))
    return lambda: attempt.distillation_loss(student, teacher)
