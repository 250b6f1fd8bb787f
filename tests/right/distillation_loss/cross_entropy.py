"""Cross-entropy with soft targets, less the teacher's entropy by xlogy; the teacher under no_grad."""

import torch
from torch import nn


def distillation_loss(student_logits, teacher_logits, temperature=4.0):
    with torch.no_grad():
        p = torch.softmax(teacher_logits / temperature, dim=1)
        entropy = -torch.xlogy(p, p).sum(dim=1).mean()
    ce = nn.CrossEntropyLoss()(student_logits / temperature, p)
    return (ce - entropy) * temperature**2
