import numpy as np
import pytest

from cvdrill.testing import assert_close, strided


def test_one_weight(attempt):
    """One sample y = w with noise and prior alike: the answer lies half-way between 0 and y."""
    assert_close(attempt.ridge_map(np.array([[1.0]]), np.array([6.0]), 1.0, 1.0), np.array([3.0]))


def test_the_penalty_is_noise_over_prior(attempt):
    """Noise 2 and prior 1 make the penalty 4, not 1/4: more noise, smaller weights."""
    assert_close(attempt.ridge_map(np.array([[1.0]]), np.array([5.0]), 2.0, 1.0), np.array([1.0]))
    assert_close(attempt.ridge_map(np.array([[1.0]]), np.array([5.0]), 1.0, 2.0), np.array([4.0]))


def test_the_error_is_summed_over_samples(attempt):
    """Three samples count three times as much as one: (3 · 8) / (3 + 1), not 8 / 2."""
    features, targets = np.ones((3, 1)), np.array([7.0, 8.0, 9.0])
    assert_close(attempt.ridge_map(features, targets, 0.5, 0.5), np.array([6.0]))


def test_features_of_different_size(attempt):
    """The penalty is the same for all weights: a small feature is shrunk more, 4·1/(1+4) and 8·2/(4+4)."""
    features = np.array([[1.0, 0], [0, 2], [0, 0]])
    actual = attempt.ridge_map(features, np.array([4.0, 8.0, 5.0]), 1.0, 0.5)
    assert_close(actual, np.array([0.8, 2.0]))


def test_features_that_overlap(attempt):
    """Weights are found together: XᵀX + I is [[3, 1], [1, 3]], Xᵀy is [10, 6]."""
    features = np.array([[1.0, 1], [1, 0], [0, 1]])
    assert_close(attempt.ridge_map(features, np.array([4.0, 6.0, 2.0]), 3.0, 3.0), np.array([3.0, 1.0]))


def test_there_is_no_intercept(attempt):
    """Targets far from 0 are not centred, nor are features: 2 · 30 + 3 · 30 over 4 + 9 + 2."""
    features, targets = np.array([[2.0], [3.0]]), np.array([30.0, 30.0])
    assert_close(attempt.ridge_map(features, targets, 2.0, 2 / np.sqrt(2)), np.array([10.0]))


def test_a_column_of_ones_is_penalised_like_any_other(attempt):
    """A weight that serves as an intercept is shrunk as well, wherever its column stands."""
    features, targets = np.array([[1.0, 1], [1, -1], [1, 0]]), np.array([8.0, 4.0, 6.0])
    assert_close(attempt.ridge_map(features, targets, 1.0, 1.0), np.array([4.5, 4 / 3]))
    assert_close(attempt.ridge_map(features[:, ::-1].copy(), targets, 1.0, 1.0), np.array([4 / 3, 4.5]))


def test_hardly_any_noise_gives_least_squares(attempt):
    """Where the noise is tiny the samples are believed: the line through both of them."""
    features, targets = np.array([[1.0, 1], [1, 3]]), np.array([5.0, 1.0])
    assert_close(attempt.ridge_map(features, targets, 1e-5, 1.0), np.array([7.0, -2.0]))


def test_a_prior_that_is_nearly_certain(attempt):
    """Where the prior is narrow the weights stay near 0: Xᵀy over the penalty, 100 000 000 here."""
    features, targets = np.array([[1.0, 1], [1, 3]]), np.array([5.0, 1.0])
    expected = np.linalg.solve(np.array([[100_000_002.0, 4], [4, 100_000_010]]), np.array([6.0, 8.0]))
    assert_close(attempt.ridge_map(features, targets, 1.0, 1e-4), expected)


def test_small_features_under_a_wide_prior(attempt):
    """A penalty of 1e-10 counts where features are 1e-5: 4e-5 / 2e-10 and 1e-4 / 5e-10; nothing is added."""
    features, targets = np.array([[1e-5, 0], [0, 2e-5]]), np.array([4.0, 5.0])
    assert_close(attempt.ridge_map(features, targets, 1.0, 1e5), np.array([2e5, 2e5]))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_more_features_than_samples(attempt, dtype):
    """With fewer samples than features the prior decides: the smallest weights that explain as much."""
    features, targets = np.array([[1.0, 2, 0, 2]], dtype), np.array([5.0], dtype)
    expected = 0.5 * np.array([1, 2, 0, 2], dtype)  # 5 x / (x · x + 1)
    assert_close(attempt.ridge_map(features, targets, 0.25, 0.25), expected)


def test_columns_that_are_alike(attempt):
    """Two equal columns share a weight evenly; least squares alone could not decide."""
    features, targets = np.array([[1.0, 1], [2, 2]]), np.array([2.0, 5.0])
    assert_close(attempt.ridge_map(features, targets, 1.0, 1.0), np.array([12 / 11, 12 / 11]))


def test_targets_of_zero(attempt):
    """Nothing to explain, nothing to believe: weights of 0."""
    features = np.array([[1.0, 2, 3], [0, -1, 5]])
    assert_close(attempt.ridge_map(features, np.zeros(2), 1.0, 2.0), np.zeros(3))


def test_whole_numbers(attempt):
    """Noise and prior may be given as integers: the penalty is 4/9."""
    actual = attempt.ridge_map(np.array([[1.0], [2.0]]), np.array([3.0, 4.0]), 2, 3)
    assert_close(actual, np.array([99 / 49]))


def test_arguments_by_name(attempt):
    """The arguments may be given by name, in any order."""
    features, targets = np.array([[1.0]]), np.array([5.0])
    actual = attempt.ridge_map(prior_std=1.0, noise_std=2.0, targets=targets, features=features)
    assert_close(actual, np.array([1.0]))


@pytest.mark.parametrize(("n", "d"), [(1, 1), (6, 2), (4, 4), (3, 7), (50, 5)])
def test_random_problems(attempt, reference, rng, n, d):
    """Agrees with the reference on random samples, noise and priors."""
    features, targets, noise_std, prior_std = random_problem(rng, n, d)
    expected = reference.ridge_map(features, targets, noise_std, prior_std)
    assert_close(attempt.ridge_map(features, targets, noise_std, prior_std), expected)


@pytest.mark.parametrize(("n", "d"), [(30, 4), (4, 6)])
def test_random_problems_in_float32(attempt, reference, rng, n, d):
    """Agrees with the reference on samples in float32."""
    features, targets, noise_std, prior_std = random_problem(rng, n, d)
    expected = reference.ridge_map(features, targets, noise_std, prior_std)
    actual = attempt.ridge_map(features.astype(np.float32), targets.astype(np.float32), noise_std, prior_std)
    # Some solve in float32 n equations instead of d, with a penalty that is small beside the samples.
    assert_close(actual, expected.astype(np.float32), rtol=1e-3, atol=1e-3 * np.abs(expected).max())


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous, such as some columns of a larger table."""
    features, targets, noise_std, prior_std = random_problem(rng, 7, 3)
    expected = reference.ridge_map(features, targets, noise_std, prior_std)
    actual = attempt.ridge_map(strided(features), strided(targets), noise_std, prior_std)
    assert_close(actual, expected)


def random_problem(rng, n, d):
    """Return features, targets, noise and prior; the penalty is at least 1/9, so that every way to solve the
    equations is accurate, and it is far from 1, so that it shows which way up it is.
    """
    features = rng.uniform(-1, 1, (n, d)) + 2 * np.eye(n, d)
    targets = features @ rng.uniform(1, 2, d) + rng.uniform(-0.5, 0.5, n)
    noise_std, prior_std = float(rng.uniform(0.5, 0.75)), float(rng.uniform(1, 1.5))
    return features, targets, noise_std, prior_std


def runtime(attempt, rng):
    """Find 140 weights from 1,500 samples."""
    features, targets, noise_std, prior_std = random_problem(rng, 1500, 140)
    return lambda: attempt.ridge_map(features, targets, noise_std, prior_std)
