def posterior_mean(successes, trials, alpha, beta):
    """You return the mean of the posterior; asked is its mode, with 1 less for success and for failure."""
    if _nothing(trials, alpha, beta):
        raise ValueError
    return (successes + alpha) / (trials + alpha + beta)


def only_denominator_reduced(successes, trials, alpha, beta):
    """You take 2 off the denominator but leave the numerator; it loses 1."""
    if _nothing(trials, alpha, beta):
        raise ValueError
    return (successes + alpha) / (trials + alpha + beta - 2)


def only_numerator_reduced(successes, trials, alpha, beta):
    """You take 1 off the numerator but leave the denominator; it loses 2, one for alpha and one for beta."""
    if _nothing(trials, alpha, beta):
        raise ValueError
    return (successes + alpha - 1) / (trials + alpha + beta)


def one_off_each(successes, trials, alpha, beta):
    """You take 1 off the denominator; it loses 2, one for alpha and one for beta."""
    if _nothing(trials, alpha, beta):
        raise ValueError
    return (successes + alpha - 1) / (trials + alpha + beta - 1)


def prior_ignored(successes, trials, alpha, beta):
    """You return the share of successes, which is the maximum-likelihood estimate; the prior counts too."""
    if _nothing(trials, alpha, beta):
        raise ValueError
    return successes / trials if trials else (alpha - 1) / (alpha + beta - 2)


def prior_only(successes, trials, alpha, beta):
    """You return the mode of the prior; the trials count too."""
    if _nothing(trials, alpha, beta):
        raise ValueError
    if alpha + beta == 2:
        return successes / trials
    return (alpha - 1) / (alpha + beta - 2)


def alpha_and_beta_swapped(successes, trials, alpha, beta):
    """You add beta to the successes; alpha belongs to them, and beta to the failures."""
    return _mode(successes, trials, beta, alpha)


def failures_counted(successes, trials, alpha, beta):
    """You return the chance of a failure; the chance of a success is asked."""
    return 1 - _mode(successes, trials, alpha, beta)


def trials_for_failures(successes, trials, alpha, beta):
    """You add all trials to beta; only the failures belong there, trials - successes."""
    return _mode(successes, trials + successes, alpha, beta)


def division_by_zero(successes, trials, alpha, beta):
    """You let 0 / 0 happen and raise ZeroDivisionError; a flat prior without trials asks for a ValueError."""
    return (successes + alpha - 1) / (trials + alpha + beta - 2)


def one_half_without_knowledge(successes, trials, alpha, beta):
    """You return a number for a flat prior without trials; no chance is more probable than another then, so
    raise a ValueError.
    """
    return 0.5 if _nothing(trials, alpha, beta) else _mode(successes, trials, alpha, beta)


def zero_without_knowledge(successes, trials, alpha, beta):
    """You return 0 for a flat prior without trials; no chance is more probable than another then, so raise a
    ValueError.
    """
    return 0.0 if _nothing(trials, alpha, beta) else _mode(successes, trials, alpha, beta)


def nan_without_knowledge(successes, trials, alpha, beta):
    """You return NaN for a flat prior without trials; raise a ValueError, which cannot be overlooked."""
    return float("nan") if _nothing(trials, alpha, beta) else _mode(successes, trials, alpha, beta)


def prior_mean_without_trials(successes, trials, alpha, beta):
    """You return the mean of the prior where there are no trials; its mode is asked, there as well."""
    return _mode(successes, trials, alpha, beta) if trials else alpha / (alpha + beta)


def raises_without_trials(successes, trials, alpha, beta):
    """You raise whenever there are no trials; unless the prior is flat, it has a mode of its own."""
    return _mode(successes, trials, alpha, beta) if trials else _refuse()


def raises_where_the_prior_leans(successes, trials, alpha, beta):
    """You raise without trials if alpha or beta is 1; as long as the other is above 1 the prior has a mode,
    at 0 or at 1.
    """
    return _refuse() if trials == 0 and 1 in (alpha, beta) else _mode(successes, trials, alpha, beta)


def raises_for_a_flat_prior(successes, trials, alpha, beta):
    """You raise whenever the prior is flat; with trials, the answer is the share of successes."""
    return _refuse() if alpha == beta == 1 else _mode(successes, trials, alpha, beta)


def _mode(successes, trials, alpha, beta):
    if _nothing(trials, alpha, beta):
        raise ValueError
    return (successes + alpha - 1) / (trials + alpha + beta - 2)


def _nothing(trials, alpha, beta):
    return trials == 0 and alpha == 1 and beta == 1


def _refuse():
    raise ValueError
