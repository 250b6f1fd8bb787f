"""A graph node of its own, whose gradient, T (q - p) / n, is written out by hand."""

import torch


class _Distillation(torch.autograd.Function):
    @staticmethod
    def forward(ctx, student, teacher, temperature):
        log_q = student / temperature
        log_q = log_q - torch.logsumexp(log_q, dim=1, keepdim=True)
        log_p = teacher / temperature
        log_p = log_p - torch.logsumexp(log_p, dim=1, keepdim=True)
        p, q = log_p.exp(), log_q.exp()
        ctx.save_for_backward(temperature * (q - p) / len(student))
        return temperature**2 * (p * (log_p - log_q)).sum(dim=1).mean()

    @staticmethod
    def backward(ctx, upstream):
        (gradient,) = ctx.saved_tensors
        return upstream * gradient, None, None


def distillation_loss(student_logits, teacher_logits, temperature=4.0):
    return _Distillation.apply(student_logits, teacher_logits, temperature)
