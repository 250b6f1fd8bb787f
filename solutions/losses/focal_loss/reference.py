"""Mean sigmoid focal loss.

Source: T.-Y. Lin et al., "Focal loss for dense object detection", ICCV 2017, equations 4 and 5.

    p_t = sigmoid(x) for positives, 1 - sigmoid(x) = sigmoid(-x) for negatives
    loss = -alpha_t (1 - p_t)^gamma log p_t
"""

import torch
import torch.nn.functional as F


def focal_loss(
    logits: torch.Tensor, targets: torch.Tensor, alpha: float = 0.25, gamma: float = 2.0
) -> torch.Tensor:
    log_odds = (2 * targets - 1) * logits  # of the truth, so that p_t = sigmoid(log_odds)
    focus = torch.exp(gamma * F.logsigmoid(-log_odds))  # (1 - p_t)^gamma, with no difference to cancel
    alpha_t = alpha * targets + (1 - alpha) * (1 - targets)
    return -(alpha_t * focus * F.logsigmoid(log_odds)).mean()
