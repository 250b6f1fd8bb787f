import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_measurement_as_precise_as_the_prior(attempt):
    """Two equally precise opinions meet half-way, and the variance halves."""
    assert_close(attempt.gaussian_map(np.array([6.0]), 1.0, 2.0, 1.0), (4.0, np.sqrt(0.5)))


def test_a_precise_measurement_counts_more(attempt):
    """Noise 1 against prior 2: precisions 1 and 1/4, weights 4/5 and 1/5."""
    assert_close(attempt.gaussian_map(np.array([10.0]), 1.0, 5.0, 2.0), (9.0, np.sqrt(0.8)))


def test_a_precise_prior_counts_more(attempt):
    """Noise 2 against prior 1: precisions 1/4 and 1, weights 1/5 and 4/5."""
    assert_close(attempt.gaussian_map(np.array([10.0]), 2.0, 5.0, 1.0), (6.0, np.sqrt(0.8)))


def test_every_measurement_counts(attempt):
    """Three measurements have three times the precision of one; with the prior that makes four."""
    assert_close(attempt.gaussian_map(np.array([1.0, 5.0, 6.0]), 2.0, 0.0, 2.0), (3.0, 1.0))


def test_weights_are_precisions_of_variances(attempt):
    """Two measurements with noise 3, prior 1/2: precisions 2/9 and 4, so 4 + 2/9 = 38/9 in all."""
    mode = (4 * 1.0 + (20.0 + 18.0) / 9) / (38 / 9)
    assert_close(attempt.gaussian_map(np.array([20.0, 18.0]), 3.0, 1.0, 0.5), (mode, 3 / np.sqrt(38)))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_without_measurements_the_prior_is_left(attempt, dtype):
    """No measurements, no change: the prior's mean and standard deviation, not NaN."""
    assert_close(attempt.gaussian_map(np.zeros(0, dtype), 0.5, -3.0, 4.0), (-3.0, 4.0))


def test_the_noise_is_known_and_not_estimated(attempt):
    """However the measurements are spread, the noise is what it is said to be."""
    wide = attempt.gaussian_map(np.array([-100.0, 0.0, 112.0]), 1.0, 4.0, 1.0)
    assert_close(wide, (4.0, 0.5))
    assert_close(attempt.gaussian_map(np.array([4.0, 4.0, 4.0]), 1.0, 4.0, 1.0), (4.0, 0.5))


def test_measurements_and_prior_on_either_side_of_zero(attempt):
    """Values may be negative; only precisions are positive: (-8 * 1 + 3 * 4) / 5 = 0.8."""
    assert_close(attempt.gaussian_map(np.array([-8.0]), 2.0, 3.0, 1.0), (0.8, np.sqrt(0.8)))
    assert_close(attempt.gaussian_map(np.array([-8.0]), 1.0, 3.0, 2.0), (-5.8, np.sqrt(0.8)))


def test_a_vague_prior_leaves_the_measurements(attempt):
    """A prior of spread 1000 hardly moves the sample mean, 4, and its standard error, 1.5."""
    x = np.array([1.0, 2.0, 4.0, 9.0])
    precision = 1e-6 + 4 / 9
    mode = (500e-6 + 16 / 9) / precision  # 4.001
    assert_close(attempt.gaussian_map(x, 3.0, 500.0, 1000.0), (mode, 1 / np.sqrt(precision)))


def test_a_prior_that_is_nearly_certain(attempt):
    """A prior with next to no spread is not moved by anything."""
    x = np.array([1.0, 2.0, 4.0, 9.0])
    assert_close(attempt.gaussian_map(x, 3.0, 500.0, 1e-6), (500.0, 1e-6))


def test_whole_numbers(attempt):
    """Noise and prior may be given as integers: precisions 1/4 and 1/9, two measurements."""
    mode = (3 / 9 + 14 / 4) / (1 / 9 + 2 / 4)
    assert_close(attempt.gaussian_map(np.array([6.0, 8.0]), 2, 3, 3), (mode, np.sqrt(18 / 11)))


def test_arguments_by_name(attempt):
    """The arguments may be given by name, in any order."""
    actual = attempt.gaussian_map(prior_std=2.0, prior_mean=5.0, noise_std=1.0, x=np.array([10.0]))
    assert_close(actual, (9.0, np.sqrt(0.8)))


@pytest.mark.parametrize("n", [1, 2, 9, 100])
def test_random_measurements(attempt, reference, rng, n):
    """Agrees with the reference on random measurements and priors."""
    for _ in range(3):
        x, arguments = random_problem(rng, n)
        assert_close(attempt.gaussian_map(x, *arguments), reference.gaussian_map(x, *arguments))


def test_random_measurements_in_float32(attempt, reference, rng):
    """Agrees with the reference on measurements in float32."""
    x, arguments = random_problem(rng, 50)
    x = x.astype(np.float32)
    expected = reference.gaussian_map(x.astype(np.float64), *arguments)
    assert_close(attempt.gaussian_map(x, *arguments), expected)


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as a column of a table."""
    x, arguments = random_problem(rng, 8)
    assert_close(attempt.gaussian_map(strided(x), *arguments), reference.gaussian_map(x, *arguments))


def random_problem(rng, n):
    """Return measurements, and noise, prior mean and prior spread; all values are positive, so that no sum
    cancels and rounding stays what it is.
    """
    noise_std, prior_std = (float(one) for one in rng.uniform(0.5, 3, 2))
    return rng.uniform(2, 8, n), (noise_std, float(rng.uniform(2, 8)), prior_std)
