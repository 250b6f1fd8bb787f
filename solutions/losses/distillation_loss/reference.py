"""Kullback-Leibler divergence of softened class probabilities, mean over the batch, times T squared.

Source: G. Hinton et al., "Distilling the knowledge in a neural network", 2015, section 2.

    p = softmax(teacher / T), q = softmax(student / T)
    loss = T^2 mean over samples of sum over classes of p (log p - log q)
"""

import torch


def distillation_loss(
    student_logits: torch.Tensor, teacher_logits: torch.Tensor, temperature: float = 4.0
) -> torch.Tensor:
    log_p = torch.log_softmax(teacher_logits / temperature, dim=1)  # (n, c), finite even where p is 0
    log_q = torch.log_softmax(student_logits / temperature, dim=1)  # (n, c)
    divergence = (log_p.exp() * (log_p - log_q)).sum(dim=1)  # (n,)
    return temperature**2 * divergence.mean()
