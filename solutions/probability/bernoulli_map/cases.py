import pytest

from cvdrill.testing import assert_close, assert_raises


def test_a_fair_prior_doubts_three_heads_in_three_throws(attempt):
    """Three of three under Beta(2, 2): one success and one failure more, 4 of 5."""
    assert_close(attempt.bernoulli_map(3, 3, 2, 2), 0.8)


def test_a_flat_prior_gives_the_maximum_likelihood_estimate(attempt):
    """With alpha = beta = 1 the answer is the share of successes."""
    assert_close(attempt.bernoulli_map(7, 10, 1, 1), 0.7)
    assert_close(attempt.bernoulli_map(1, 8, 1.0, 1.0), 0.125)


def test_alpha_stands_for_successes_and_beta_for_failures(attempt):
    """Beta(4, 2) counts as three successes and one failure seen before: 2 of 6 becomes 5 of 10."""
    assert_close(attempt.bernoulli_map(2, 6, 4, 2), 0.5)
    assert_close(attempt.bernoulli_map(2, 6, 2, 4), 0.3)


def test_the_mode_and_not_the_mean(attempt):
    """Beta(3, 7) has its mode at 2/8; its mean is 3/10."""
    assert_close(attempt.bernoulli_map(2, 6, 1, 3), 0.25)


def test_without_trials_the_prior_speaks(attempt):
    """No trials leave the mode of the prior: 2/6 for Beta(3, 5), the middle for Beta(2, 2)."""
    assert_close(attempt.bernoulli_map(0, 0, 3, 5), 1 / 3)
    assert_close(attempt.bernoulli_map(0, 0, 2, 2), 0.5)
    assert_close(attempt.bernoulli_map(0, 0, 1.5, 1.5), 0.5)


def test_without_trials_a_prior_may_lean_to_one_end(attempt):
    """Beta(1, b) is largest at 0, Beta(a, 1) at 1; both are modes, and no reason to raise."""
    assert_close(attempt.bernoulli_map(0, 0, 1, 3.5), 0.0, atol=1e-12)
    assert_close(attempt.bernoulli_map(0, 0, 2, 1), 1.0, rtol=0, atol=1e-12)


def test_a_flat_prior_without_trials_has_no_mode(attempt):
    """Where every chance is equally probable there is nothing to return: ValueError."""
    assert_raises(ValueError, attempt.bernoulli_map, 0, 0, 1, 1)
    assert_raises(ValueError, attempt.bernoulli_map, 0, 0, 1.0, 1.0)


def test_parameters_that_add_up_to_two_with_trials(attempt):
    """A flat prior is no reason to raise once there is a trial."""
    assert_close(attempt.bernoulli_map(0, 1, 1, 1), 0.0, atol=1e-12)
    assert_close(attempt.bernoulli_map(1, 1, 1, 1), 1.0, rtol=0, atol=1e-12)
    assert_close(attempt.bernoulli_map(1, 2, 1, 1), 0.5)


def test_no_success_and_no_failure(attempt):
    """A prior above 1 keeps the answer away from 0 and 1 when one of the two was never seen."""
    assert_close(attempt.bernoulli_map(0, 4, 2, 3), 1 / 7)
    assert_close(attempt.bernoulli_map(4, 4, 3, 2), 6 / 7)
    assert_close(attempt.bernoulli_map(0, 4, 1, 3), 0.0, atol=1e-12)
    assert_close(attempt.bernoulli_map(4, 4, 3, 1), 1.0, rtol=0, atol=1e-12)


def test_parameters_that_are_not_whole(attempt):
    """Half a success and a quarter of a failure, seen before: 1.5 of 3.75."""
    assert_close(attempt.bernoulli_map(1, 3, 1.5, 1.25), 0.4)


def test_a_weak_prior_without_trials(attempt):
    """A prior may be nearly flat, and still has a mode: 1/4 for Beta(1 + 1/64, 1 + 3/64)."""
    assert_close(attempt.bernoulli_map(0, 0, 1 + 1 / 64, 1 + 3 / 64), 0.25)
    assert_close(attempt.bernoulli_map(0, 0, 1 + 2**-13, 1 + 2**-13), 0.5)


def test_many_trials_outweigh_the_prior(attempt):
    """After a million trials a prior of ten moves the estimate by a millionth."""
    assert_close(attempt.bernoulli_map(250_000, 1_000_000, 6, 6), 250_005 / 1_000_010)


def test_a_strong_prior_outweighs_few_trials(attempt):
    """A prior worth 998 trials moves from 1/2 to 502/1003 when five more succeed."""
    assert_close(attempt.bernoulli_map(5, 5, 500, 500), 504 / 1003)


def test_arguments_by_name(attempt):
    """The arguments may be given by name, in any order."""
    assert_close(attempt.bernoulli_map(beta=3, alpha=2, trials=5, successes=4), 0.625)


@pytest.mark.parametrize("most", [3, 50, 10_000])
def test_random_trials(attempt, reference, rng, most):
    """Agrees with the reference on random trials and priors."""
    for _ in range(5):
        trials = int(rng.integers(1, most + 1))
        successes = int(rng.integers(0, trials + 1))
        alpha, beta = (float(one) for one in rng.uniform(1.1, 9, 2))
        expected = reference.bernoulli_map(successes, trials, alpha, beta)
        assert_close(attempt.bernoulli_map(successes, trials, alpha, beta), expected)
