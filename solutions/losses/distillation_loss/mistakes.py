import torch
import torch.nn.functional as F


def t_squared_missing(student_logits, teacher_logits, temperature=4.0):
    """You leave out the factor T squared; without it the gradient fades as the temperature rises."""
    return _kl(*_log_probabilities(student_logits, teacher_logits, temperature)).mean()


def t_for_t_squared(student_logits, teacher_logits, temperature=4.0):
    """You multiply by T; asked is its square."""
    log_q, log_p = _log_probabilities(student_logits, teacher_logits, temperature)
    return temperature * _kl(log_q, log_p).mean()


def divided_by_t_squared(student_logits, teacher_logits, temperature=4.0):
    """You divide by T squared; the loss is multiplied by it."""
    log_q, log_p = _log_probabilities(student_logits, teacher_logits, temperature)
    return _kl(log_q, log_p).mean() / temperature**2


def t_squared_of_the_default(student_logits, teacher_logits, temperature=4.0):
    """You multiply by 16 whatever the temperature is; multiply by its square."""
    return 16 * _kl(*_log_probabilities(student_logits, teacher_logits, temperature)).mean()


def arguments_swapped(student_logits, teacher_logits, temperature=4.0):
    """You compute KL(student || teacher); the teacher's probabilities come first and weigh the logarithms."""
    log_q, log_p = _log_probabilities(student_logits, teacher_logits, temperature)
    return temperature**2 * _kl(log_p, log_q).mean()


def symmetrised(student_logits, teacher_logits, temperature=4.0):
    """You average both directions; asked is KL(teacher || student) alone."""
    log_q, log_p = _log_probabilities(student_logits, teacher_logits, temperature)
    return temperature**2 * (_kl(log_q, log_p).mean() + _kl(log_p, log_q).mean()) / 2


def mean_over_classes(student_logits, teacher_logits, temperature=4.0):
    """You divide by the number of classes too, as F.kl_div does with reduction="mean"; classes are summed,
    and the mean is over the samples.
    """
    log_q, log_p = _log_probabilities(student_logits, teacher_logits, temperature)
    return temperature**2 * (log_p.exp() * (log_p - log_q)).mean()


def sum_not_mean(student_logits, teacher_logits, temperature=4.0):
    """You add up the divergences of the samples; asked is their mean."""
    return temperature**2 * _kl(*_log_probabilities(student_logits, teacher_logits, temperature)).sum()


def cross_entropy(student_logits, teacher_logits, temperature=4.0):
    """You leave out the teacher's entropy, which is cross-entropy: its gradient is the same, but it is not 0
    where both agree.
    """
    log_q, log_p = _log_probabilities(student_logits, teacher_logits, temperature)
    return -(temperature**2) * (log_p.exp() * log_q).sum(dim=1).mean()


def sign_turned(student_logits, teacher_logits, temperature=4.0):
    """You subtract the teacher's log-probabilities from the student's, so that the loss is negative; it is
    the other way round.
    """
    log_q, log_p = _log_probabilities(student_logits, teacher_logits, temperature)
    return -(temperature**2) * _kl(log_q, log_p).mean()


def temperature_multiplied(student_logits, teacher_logits, temperature=4.0):
    """You multiply the logits by the temperature; they are divided by it."""
    log_q, log_p = _log_probabilities(student_logits, teacher_logits, 1 / temperature)
    return temperature**2 * _kl(log_q, log_p).mean()


def temperature_in_the_factor_only(student_logits, teacher_logits, temperature=4.0):
    """You do not soften: the temperature divides the logits of both before the softmax."""
    return temperature**2 * _kl(*_log_probabilities(student_logits, teacher_logits, 1.0)).mean()


def teacher_not_softened(student_logits, teacher_logits, temperature=4.0):
    """You soften the student only; the teacher's logits are divided by the temperature as well."""
    log_q, log_p = (student_logits / temperature).log_softmax(1), teacher_logits.log_softmax(1)
    return temperature**2 * _kl(log_q, log_p).mean()


def student_not_softened(student_logits, teacher_logits, temperature=4.0):
    """You soften the teacher only; the student's logits are divided by the temperature as well."""
    log_q, log_p = student_logits.log_softmax(1), (teacher_logits / temperature).log_softmax(1)
    return temperature**2 * _kl(log_q, log_p).mean()


def probabilities_softened(student_logits, teacher_logits, temperature=4.0):
    """You divide the probabilities by the temperature and take the softmax again; divide the logits, and take
    it once.
    """
    log_q, log_p = _log_probabilities(student_logits.softmax(1), teacher_logits.softmax(1), temperature)
    return temperature**2 * _kl(log_q, log_p).mean()


def default_of_one(student_logits, teacher_logits, temperature=1.0):
    """You gave the temperature another default; it is 4."""
    log_q, log_p = _log_probabilities(student_logits, teacher_logits, temperature)
    return temperature**2 * _kl(log_q, log_p).mean()


def softmax_over_batch(student_logits, teacher_logits, temperature=4.0):
    """You take the softmax over the samples; it runs over the classes of each sample."""
    log_q, log_p = (
        (student_logits / temperature).log_softmax(0),
        (teacher_logits / temperature).log_softmax(0),
    )
    return temperature**2 * _kl(log_q, log_p).mean()


def hard_labels(student_logits, teacher_logits, temperature=4.0):
    """You train on the teacher's best class alone; all of its softened probabilities count."""
    labels = teacher_logits.argmax(dim=1)
    return temperature**2 * F.cross_entropy(student_logits / temperature, labels)


def squared_error_of_logits(student_logits, teacher_logits, temperature=4.0):  # noqa: ARG001  as it should not be
    """You compare logits by squared error, which is another kind of distillation; asked is KL(teacher ||
    student) of the softened probabilities.
    """
    return (student_logits - teacher_logits).square().mean()


def squared_error_of_probabilities(student_logits, teacher_logits, temperature=4.0):
    """You compare probabilities by squared error; asked is their divergence, KL(teacher || student)."""
    log_q, log_p = _log_probabilities(student_logits, teacher_logits, temperature)
    return temperature**2 * (log_p.exp() - log_q.exp()).square().sum(dim=1).mean()


def base_two(student_logits, teacher_logits, temperature=4.0):
    """You measure in bits; the logarithm is the natural one."""
    log_q, log_p = _log_probabilities(student_logits, teacher_logits, temperature)
    return temperature**2 * _kl(log_q, log_p).mean() / torch.log(log_q.new_tensor(2.0))


def log_of_zero(student_logits, teacher_logits, temperature=4.0):
    """You take the logarithm of probabilities that may have become 0; use log_softmax of the logits."""
    q, p = (student_logits / temperature).softmax(1), (teacher_logits / temperature).softmax(1)
    return temperature**2 * _kl(q.log(), p.log()).mean()


def zero_times_log_of_zero(student_logits, teacher_logits, temperature=4.0):
    """You take the logarithm of a teacher's probability that may be 0, and 0 times minus infinity is NaN;
    take the teacher's log-probabilities from log_softmax as well.
    """
    log_q, p = (student_logits / temperature).log_softmax(1), (teacher_logits / temperature).softmax(1)
    return temperature**2 * (p * (p.log() - log_q)).sum(dim=1).mean()


def masked_too_late(student_logits, teacher_logits, temperature=4.0):
    """You replace the terms of probability 0 after they were computed, which mends the loss and leaves NaN in
    the gradient; compute log-probabilities that are finite to begin with.
    """
    q, p = (student_logits / temperature).softmax(1), (teacher_logits / temperature).softmax(1)
    terms = torch.where(p > 0, p * (p / q).log(), torch.zeros_like(p))
    return temperature**2 * terms.sum(dim=1).mean()


def clipped_probability(student_logits, teacher_logits, temperature=4.0):
    """You add 1e-8 to the probabilities, so large losses are cut off, and their gradient with them; use
    log_softmax of the logits.
    """
    q, p = (student_logits / temperature).softmax(1), (teacher_logits / temperature).softmax(1)
    return temperature**2 * (p * ((p + 1e-8).log() - (q + 1e-8).log())).sum(dim=1).mean()


def shared_shift(student_logits, teacher_logits, temperature=4.0):
    """You subtract one maximum from all samples, so one with far lower logits is left with nothing but zeros;
    each sample needs a shift of its own.
    """

    def log_softmax(logits):
        shifted = logits - logits.max()
        return shifted - shifted.exp().sum(dim=1, keepdim=True).log()

    log_q, log_p = log_softmax(student_logits / temperature), log_softmax(teacher_logits / temperature)
    return temperature**2 * _kl(log_q, log_p).mean()


def _kl(log_q, log_p):
    return (log_p.exp() * (log_p - log_q)).sum(dim=1)


def _log_probabilities(student_logits, teacher_logits, temperature):
    return (student_logits / temperature).log_softmax(1), (teacher_logits / temperature).log_softmax(1)
