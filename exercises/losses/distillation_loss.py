import torch


def distillation_loss(
    student_logits: torch.Tensor, teacher_logits: torch.Tensor, temperature: float = 4.0
) -> torch.Tensor:
    """Compute how far a student's softened class probabilities are from those of its teacher.

    A small network learns more from the whole opinion of a large one than from labels: that this 7 looks
    a little like a 1 is in the teacher's small probabilities, which a high temperature makes visible. It is
    asked because the formula is well known and still goes wrong in its direction, its
    denominator, a factor, and at probabilities that are zero.

    Parameters
    ----------
    student_logits : Tensor of float, shape (n, c)
        The student's raw scores of c classes for each of n samples; n and c are at least 1.
    teacher_logits : Tensor of float, same shape and dtype as student_logits
        The teacher's raw scores for the same samples.
    temperature : float, optional
        What all logits are divided by before the softmax, greater than 0. Above 1 it softens.

    Returns
    -------
    Tensor of float, shape ()
        The loss, in the dtype of the logits.

    Notes
    -----
    - With T the temperature, let ``p = softmax(teacher_logits / T)`` and ``q = softmax(student_logits /
      T)``, over the classes of each sample. A sample costs ``KL(p || q)``, the sum over its classes of
      ``p * log(p / q)``, natural logarithm. The teacher comes first.
    - A class to which the teacher gives probability 0 adds nothing, whatever q is.
    - The result is the mean over the n samples (not over the n * c elements, and not the sum), times T
      squared. So it is 0 where both agree, and never negative.
    - Logits up to ±1e4 give a finite and right loss and gradient, in float64 and in float32, also where
      probabilities of the teacher or of the student are too small to be represented. At such magnitudes
      float32 rounds to thousandths, and an error of that size, times T squared, is no fault.
    - Gradients flow through the result to the student's logits. Whether any reach the teacher's is up to
      you: they are not looked at.
    - The inputs are finite, may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made KL divergences (``F.kl_div``, ``nn.KLDivLoss``,
      ``torch.distributions.kl_divergence``; in scipy ``kl_div``, ``rel_entr`` and ``entropy``). Softmax,
      log-softmax and ``F.cross_entropy`` are fine.

    References
    ----------
    G. Hinton, O. Vinyals, J. Dean, "Distilling the knowledge in a neural network", 2015, section 2. The
    result is that of ``torch.nn.functional.kl_div`` with ``reduction="batchmean"``, times T squared.

    Examples
    --------
    >>> teacher = torch.log(torch.tensor([[3.0, 1.0]]))  # 3/4 and 1/4 at temperature 1
    >>> student = torch.zeros(1, 2)  # does not know: 1/2 and 1/2
    >>> distillation_loss(student, teacher, temperature=1.0)  # 3/4 log(3/2) + 1/4 log(1/2)
    tensor(0.1308)
    >>> distillation_loss(2 * student, 2 * teacher, temperature=2.0)  # the same, times four
    tensor(0.5232)
    """
    raise NotImplementedError
