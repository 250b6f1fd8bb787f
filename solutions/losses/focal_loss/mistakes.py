import torch
import torch.nn.functional as F


def alpha_swapped(logits, targets, alpha=0.25, gamma=2.0):
    """You weigh the negatives by alpha and the positives by 1 - alpha; it is the other way round."""
    p_t = _p_t(logits, targets)
    alpha_t = (1 - alpha) * targets + alpha * (1 - targets)
    return (alpha_t * (1 - p_t) ** gamma * _ce(logits, targets)).mean()


def alpha_on_both(logits, targets, alpha=0.25, gamma=2.0):
    """You weigh positives and negatives alike by alpha; negatives weigh 1 - alpha."""
    return (alpha * (1 - _p_t(logits, targets)) ** gamma * _ce(logits, targets)).mean()


def alpha_on_positives_only(logits, targets, alpha=0.25, gamma=2.0):
    """You weigh the positives by alpha and the negatives by 1; negatives weigh 1 - alpha."""
    alpha_t = alpha * targets + (1 - targets)
    return (alpha_t * (1 - _p_t(logits, targets)) ** gamma * _ce(logits, targets)).mean()


def alpha_ignored(logits, targets, alpha=0.25, gamma=2.0):  # noqa: ARG001  that it is not used is the mistake
    """You leave alpha out; positives weigh alpha, negatives 1 - alpha."""
    return ((1 - _p_t(logits, targets)) ** gamma * _ce(logits, targets)).mean()


def wrong_pt(logits, targets, alpha=0.25, gamma=2.0):
    """You focus by 1 - p for negatives too; their p_t is 1 - p, so that easy negatives are the ones played
    down.
    """
    p = torch.sigmoid(logits)
    return (_alpha_t(targets, alpha) * (1 - p) ** gamma * _ce(logits, targets)).mean()


def gamma_on_p(logits, targets, alpha=0.25, gamma=2.0):
    """You raise p_t to the power of gamma, which plays down the hard elements; raise 1 - p_t."""
    return (_alpha_t(targets, alpha) * _p_t(logits, targets) ** gamma * _ce(logits, targets)).mean()


def gamma_as_factor(logits, targets, alpha=0.25, gamma=2.0):
    """You multiply by gamma; it is the exponent of 1 - p_t."""
    return (_alpha_t(targets, alpha) * gamma * (1 - _p_t(logits, targets)) * _ce(logits, targets)).mean()


def gamma_fixed(logits, targets, alpha=0.25, gamma=2.0):  # noqa: ARG001  that it is not used is the mistake
    """You square 1 - p_t whatever gamma is; raise it to the power of gamma."""
    return (_alpha_t(targets, alpha) * (1 - _p_t(logits, targets)) ** 2 * _ce(logits, targets)).mean()


def focal_term_missing(logits, targets, alpha=0.25, gamma=2.0):  # noqa: ARG001  as above
    """You compute cross-entropy weighted by alpha; the factor (1 - p_t) ** gamma is missing."""
    return (_alpha_t(targets, alpha) * _ce(logits, targets)).mean()


def positives_only(logits, targets, alpha=0.25, gamma=2.0):
    """You count the positives alone; a negative costs -(1 - alpha) · p ** gamma · log(1 - p)."""
    p = torch.sigmoid(logits)
    return (alpha * targets * (1 - p) ** gamma * _ce(logits, targets)).mean()


def focused_after_the_mean(logits, targets, alpha=0.25, gamma=2.0):
    """You average the cross-entropy first and take p_t from the average; every element is focused by its own
    p_t, and the mean comes last.
    """
    ce = _ce(logits, targets).mean()
    return (_alpha_t(targets, alpha) * (1 - torch.exp(-ce)) ** gamma * ce).mean()


def alpha_inside_p_t(logits, targets, alpha=0.25, gamma=2.0):
    """You take p_t from a cross-entropy that alpha was already multiplied into; p_t is exp of minus the plain
    one.
    """
    ce = _alpha_t(targets, alpha) * _ce(logits, targets)
    return ((1 - torch.exp(-ce)) ** gamma * ce).mean()


def sum_not_mean(logits, targets, alpha=0.25, gamma=2.0):
    """You add up the losses; asked is their mean over all elements."""
    return _losses(logits, targets, alpha, gamma).sum()


def divided_by_positives(logits, targets, alpha=0.25, gamma=2.0):
    """You divide by the number of positives, as RetinaNet's training does; asked is the mean over all
    elements.
    """
    return _losses(logits, targets, alpha, gamma).sum() / targets.sum().clamp(min=1)


def mean_over_rows(logits, targets, alpha=0.25, gamma=2.0):
    """You divide by the length of the first axis; asked is the mean over all elements."""
    return _losses(logits, targets, alpha, gamma).sum() / (len(logits) if logits.dim() else 1)


def log_of_sigmoid(logits, targets, alpha=0.25, gamma=2.0):
    """You take the logarithm of a probability that may have become 0; compute log p_t from the logit, by
    log-sigmoid or binary_cross_entropy_with_logits.
    """
    p_t = _p_t(logits, targets)
    return -(_alpha_t(targets, alpha) * (1 - p_t) ** gamma * torch.log(p_t)).mean()


def logs_of_both_chances(logits, targets, alpha=0.25, gamma=2.0):
    """You take the logarithms of p and 1 - p, one of which may have become 0, and 0 times its -inf is NaN;
    compute log p_t from the logit, by log-sigmoid or binary_cross_entropy_with_logits.
    """
    p = torch.sigmoid(logits)
    positive = alpha * targets * (1 - p) ** gamma * torch.log(p)
    return -(positive + (1 - alpha) * (1 - targets) * p**gamma * torch.log(1 - p)).mean()


def clipped_probability(logits, targets, alpha=0.25, gamma=2.0):
    """You keep the logarithm finite by clipping the probability, so large losses are cut off, and their
    gradient with them; compute log p_t from the logit.
    """
    p_t = _p_t(logits, targets).clamp(1e-12, 1.0)
    return -(_alpha_t(targets, alpha) * (1 - p_t) ** gamma * torch.log(p_t)).mean()


def epsilon_in_logarithm(logits, targets, alpha=0.25, gamma=2.0):
    """You add 1e-8 inside the logarithm, so no element can cost more than 18.4 times alpha_t, however wrong;
    compute log p_t from the logit.
    """
    p_t = _p_t(logits, targets)
    return -(_alpha_t(targets, alpha) * (1 - p_t) ** gamma * torch.log(p_t + 1e-8)).mean()


def capped_cross_entropy(logits, targets, alpha=0.25, gamma=2.0):
    """You use a cross-entropy of probabilities, which caps each logarithm at -100; start from the logits."""
    ce = F.binary_cross_entropy(torch.sigmoid(logits), targets, reduction="none")
    return (_alpha_t(targets, alpha) * (1 - _p_t(logits, targets)) ** gamma * ce).mean()


def double_sigmoid(logits, targets, alpha=0.25, gamma=2.0):
    """You hand probabilities to a function that expects logits, so the sigmoid is taken twice; give it the
    logits.
    """
    p = torch.sigmoid(logits)
    return (_alpha_t(targets, alpha) * (1 - _p_t(logits, targets)) ** gamma * _ce(p, targets)).mean()


def factor_held_constant(logits, targets, alpha=0.25, gamma=2.0):
    """You cut the focusing factor off the graph; the gradient flows through it as well."""
    p_t = _p_t(logits, targets).detach()
    return (_alpha_t(targets, alpha) * (1 - p_t) ** gamma * _ce(logits, targets)).mean()


def sign_forgotten(logits, targets, alpha=0.25, gamma=2.0):
    """You return the mean of weighted logarithms, which is negative; the loss is its negative."""
    return -_losses(logits, targets, alpha, gamma).mean()


def _losses(logits, targets, alpha, gamma):
    return _alpha_t(targets, alpha) * (1 - _p_t(logits, targets)) ** gamma * _ce(logits, targets)


def _p_t(logits, targets):
    p = torch.sigmoid(logits)
    return p * targets + (1 - p) * (1 - targets)


def _alpha_t(targets, alpha):
    return alpha * targets + (1 - alpha) * (1 - targets)


def _ce(logits, targets):
    return F.binary_cross_entropy_with_logits(logits, targets, reduction="none")
