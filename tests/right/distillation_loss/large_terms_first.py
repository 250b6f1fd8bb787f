"""Mean logits and log-sum-exps, each as large as a logit, added up in an order that rounds."""


def distillation_loss(student_logits, teacher_logits, temperature=4.0):
    t, s = teacher_logits / temperature, student_logits / temperature
    p = t.softmax(1)
    divergence = (p * t).sum(1) + s.logsumexp(1) - (p * s).sum(1) - t.logsumexp(1)
    return temperature**2 * divergence.mean()
