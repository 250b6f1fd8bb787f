"""What is written from memory: two log-softmaxes, exp of the teacher's, sum, mean; the teacher detached."""

import torch.nn.functional as F


def distillation_loss(student_logits, teacher_logits, temperature=4.0):
    T = temperature
    log_student = F.log_softmax(student_logits / T, dim=-1)
    log_teacher = F.log_softmax(teacher_logits.detach() / T, dim=-1)
    kl = (log_teacher.exp() * (log_teacher - log_student)).sum() / student_logits.size(0)
    return kl * T * T
