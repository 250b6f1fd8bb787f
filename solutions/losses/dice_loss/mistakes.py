import torch


def factor_two_missing(logits, targets, eps=1.0):
    """You leave out the factor 2 before the intersection, so that a perfect mask still costs one half."""
    intersection, total = _sums(torch.sigmoid(logits), targets)
    return (1 - (intersection + eps) / (total + eps)).mean()


def batch_flattened(logits, targets, eps=1.0):
    """You sum over the batch as well and take one ratio, in which large masks rule; each sample has a ratio
    of its own, and then comes the mean.
    """
    p = torch.sigmoid(logits)
    return 1 - (2 * (p * targets).sum() + eps) / (p.sum() + targets.sum() + eps)


def no_sigmoid(logits, targets, eps=1.0):
    """You use the logits as they are; the sigmoid turns them into probabilities first."""
    return _loss(*_sums(logits, targets), eps).mean()


def one_ratio_per_channel(logits, targets, eps=1.0):
    """You take a ratio for each channel of a sample; all axes but the first belong to one sum."""
    p = torch.sigmoid(logits)
    if p.dim() < 3:
        return _loss(*_sums(p, targets), eps).mean()
    intersection, total = (p * targets).flatten(2).sum(2), (p + targets).flatten(2).sum(2)
    return _loss(intersection, total, eps).mean()


def last_axis_only(logits, targets, eps=1.0):
    """You sum over the last axis only; sum over all axes but the first."""
    p = torch.sigmoid(logits)
    return _loss((p * targets).sum(-1), (p + targets).sum(-1), eps).mean()


def summed_over_batch(logits, targets, eps=1.0):
    """You add up the losses of the samples; asked is their mean."""
    return _loss(*_sums(torch.sigmoid(logits), targets), eps).sum()


def coefficient_not_loss(logits, targets, eps=1.0):
    """You return the Dice coefficient, which is 1 for a perfect mask; the loss is 1 minus that."""
    return 1 - _loss(*_sums(torch.sigmoid(logits), targets), eps).mean()


def negative_coefficient(logits, targets, eps=1.0):
    """You return the negative of the Dice coefficient; the loss is 1 minus the coefficient."""
    return _loss(*_sums(torch.sigmoid(logits), targets), eps).mean() - 1


def squared_denominator(logits, targets, eps=1.0):
    """You square the probabilities and targets in the denominator, as V-Net does; here they are summed as
    they are.
    """
    p = torch.sigmoid(logits)
    intersection, _ = _sums(p, targets)
    return _loss(intersection, (p**2 + targets**2).flatten(1).sum(1), eps).mean()


def union_in_denominator(logits, targets, eps=1.0):
    """You divide by the union, as for the intersection over union; Dice divides by the sum of both masks."""
    intersection, total = _sums(torch.sigmoid(logits), targets)
    return (1 - (2 * intersection + eps) / (total - intersection + eps)).mean()


def jaccard(logits, targets, eps=1.0):
    """You compute the intersection over union; Dice is twice the intersection over the sum of both masks."""
    intersection, total = _sums(torch.sigmoid(logits), targets)
    return (1 - (intersection + eps) / (total - intersection + eps)).mean()


def eps_in_denominator_only(logits, targets, eps=1.0):
    """You add eps to the denominator only, so that two empty masks cost 1; add it to the numerator too."""
    intersection, total = _sums(torch.sigmoid(logits), targets)
    return (1 - 2 * intersection / (total + eps)).mean()


def eps_inside_factor(logits, targets, eps=1.0):
    """You double eps along with the intersection; it is added once, after the factor 2."""
    intersection, total = _sums(torch.sigmoid(logits), targets)
    return (1 - 2 * (intersection + eps) / (total + eps)).mean()


def eps_in_both_sums(logits, targets, eps=1.0):
    """You add eps to each mask's sum, so that the denominator has it twice; add it once."""
    intersection, total = _sums(torch.sigmoid(logits), targets)
    return (1 - (2 * intersection + eps) / (total + 2 * eps)).mean()


def eps_tiny(logits, targets, eps=1e-6):
    """You gave eps another default; it is 1."""
    return _loss(*_sums(torch.sigmoid(logits), targets), eps).mean()


def eps_ignored(logits, targets, eps=1.0):  # noqa: ARG001  that it is not used is the mistake
    """You do not use eps, which is added to numerator and denominator."""
    return _loss(*_sums(torch.sigmoid(logits), targets), 1.0).mean()


def mean_for_sum(logits, targets, eps=1.0):
    """You take means over the pixels where sums are asked, which makes eps as large as the whole image."""
    p = torch.sigmoid(logits)
    return _loss((p * targets).flatten(1).mean(1), (p + targets).flatten(1).mean(1), eps).mean()


def rounded_masks(logits, targets, eps=1.0):
    """You round the probabilities to 0 or 1, through which no gradient flows; use them as they are."""
    return _loss(*_sums((logits > 0).to(logits.dtype) + 0 * logits, targets), eps).mean()


def softmax_for_sigmoid(logits, targets, eps=1.0):
    """You take a softmax, in which pixels or classes compete; every logit has a sigmoid of its own."""
    return _loss(*_sums(torch.softmax(logits, dim=1), targets), eps).mean()


def _loss(intersection, total, eps):
    return 1 - (2 * intersection + eps) / (total + eps)


def _sums(p, targets):
    return (p * targets).flatten(1).sum(1), (p + targets).flatten(1).sum(1)
