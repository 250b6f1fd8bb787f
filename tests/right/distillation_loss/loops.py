"""One sample and one class after the other, in scalars; terms of probability 0 are passed over."""

import torch


def _log_probabilities(row, temperature):
    scaled = [x / temperature for x in row]
    highest = max(x.item() for x in scaled)
    log_sum = torch.log(sum(torch.exp(x - highest) for x in scaled))
    return [x - highest - log_sum for x in scaled]


def distillation_loss(student_logits, teacher_logits, temperature=4.0):
    total = torch.zeros((), dtype=student_logits.dtype)
    for student, teacher in zip(student_logits, teacher_logits, strict=True):
        log_q = _log_probabilities(student, temperature)
        for a, b in zip(_log_probabilities(teacher, temperature), log_q, strict=True):
            p = torch.exp(a)
            if p.item() > 0:
                total = total + p * (a - b)
    return total / len(student_logits) * temperature**2
