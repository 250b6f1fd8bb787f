import numpy as np


def true_class_counted(scores, targets, margin=1.0):
    """You sum over all classes, the true one included, which always adds one margin; only the wrong classes
    count.
    """
    loss, dscores = _svm(scores, targets, margin)
    return loss + margin, dscores


def not_divided_by_n(scores, targets, margin=1.0):
    """You add up the losses of the samples; asked are their mean and its gradient, both divided by n."""
    loss, dscores = _svm(scores, targets, margin)
    return loss * len(targets), dscores * len(targets)


def gradient_not_divided_by_n(scores, targets, margin=1.0):
    """You divide the loss by n but not its gradient; the gradient is that of the mean."""
    loss, dscores = _svm(scores, targets, margin)
    return loss, dscores * len(targets)


def loss_not_divided_by_n(scores, targets, margin=1.0):
    """You divide the gradient by n but not the loss; the loss is the mean over the samples."""
    loss, dscores = _svm(scores, targets, margin)
    return loss * len(targets), dscores


def divided_by_classes(scores, targets, margin=1.0):
    """You divide by the number of classes as well, as torch's multi_margin_loss does; here the hinges of a
    sample are summed.
    """
    loss, dscores = _svm(scores, targets, margin)
    return loss / scores.shape[1], dscores / scores.shape[1]


def true_class_gradient_missing(scores, targets, margin=1.0):
    """You push the violating classes down but do not pull the true class up; its score occurs in every hinge,
    so its gradient is minus the number of violations.
    """
    loss, dscores = _svm(scores, targets, margin)
    return loss, np.maximum(dscores, 0)


def true_class_gradient_is_one(scores, targets, margin=1.0):
    """You give the true class a gradient of -1 however many classes violate the margin; each of them pulls,
    so it is minus their number.
    """
    loss, dscores = _svm(scores, targets, margin)
    return loss, np.maximum(dscores, -1 / len(targets))


def true_class_gradient_always(scores, targets, margin=1.0):
    """You count the true class among the violations when you sum up its gradient; only wrong classes pull at
    it.
    """
    loss, dscores = _svm(scores, targets, margin)
    dscores[np.arange(len(targets)), targets] -= 1 / len(targets)
    return loss, dscores


def worst_class_only(scores, targets, margin=1.0):
    """You take the largest hinge of each sample, the loss of Crammer and Singer; asked is the sum over all
    wrong classes.
    """
    n, rows = len(targets), np.arange(len(targets))
    hinges = _hinges(scores, targets, margin)
    worst = hinges.argmax(axis=1)
    violated = (hinges[rows, worst] > 0) / n
    dscores = np.zeros_like(scores)
    dscores[rows, worst] += violated
    dscores[rows, targets] -= violated
    return hinges.max(axis=1).sum() / n, dscores


def kink_counted(scores, targets, margin=1.0):
    """You give a gradient to a class that trails by exactly the margin; at this kink it is 0, as asked."""
    n, rows = len(targets), np.arange(len(targets))
    violated = scores - scores[rows, targets][:, None] + margin >= 0
    violated[rows, targets] = False
    dscores = violated.astype(scores.dtype)
    dscores[rows, targets] = -violated.sum(axis=1)
    return _svm(scores, targets, margin)[0], dscores / n


def margin_ignored(scores, targets, margin=1.0):
    """You write the margin 1 into the formula; take the one that is given."""
    return _svm(scores, targets, margin**0)


def margin_missing(scores, targets, margin=1.0):
    """You charge a class only when it is ahead of the true one, the loss of a perceptron; it has to trail by
    the margin.
    """
    return _svm(scores, targets, 0 * margin)


def margin_sign(scores, targets, margin=1.0):
    """You subtract the margin, so classes that are slightly ahead go free; it is added."""
    return _svm(scores, targets, -margin)


def not_clamped(scores, targets, margin=1.0):
    """You let classes that trail by more than the margin lower the loss; each hinge is at least 0."""
    n, rows = len(targets), np.arange(len(targets))
    lacking = scores - scores[rows, targets][:, None] + margin
    lacking[rows, targets] = 0
    dscores = np.ones_like(scores)
    dscores[rows, targets] = 1 - scores.shape[1]
    return lacking.sum() / n, dscores / n


def squared(scores, targets, margin=1.0):
    """You square the hinges, which is another loss (L2-SVM); they are summed as they are."""
    n, rows = len(targets), np.arange(len(targets))
    hinges = _hinges(scores, targets, margin)
    dscores = 2 * hinges
    dscores[rows, targets] = -dscores.sum(axis=1)
    return (hinges**2).sum() / n, dscores / n


def sign_flipped(scores, targets, margin=1.0):
    """You return the direction in which to step; the gradient points uphill, positive at the violating
    classes.
    """
    loss, dscores = _svm(scores, targets, margin)
    return loss, -dscores


def _svm(scores, targets, margin):
    hinges = _hinges(scores, targets, margin)
    dscores = (hinges > 0).astype(scores.dtype)
    dscores[np.arange(len(targets)), targets] = -dscores.sum(axis=1)
    return hinges.sum() / len(targets), dscores / len(targets)


def _hinges(scores, targets, margin):
    rows = np.arange(len(targets))
    hinges = np.maximum(0, scores - scores[rows, targets][:, None] + margin)
    hinges[rows, targets] = 0
    return hinges
