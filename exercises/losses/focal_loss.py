import torch


def focal_loss(
    logits: torch.Tensor, targets: torch.Tensor, alpha: float = 0.25, gamma: float = 2.0
) -> torch.Tensor:
    """Compute a binary cross-entropy that loses interest in what is already easy.

    A dense detector sees a hundred thousand background boxes for every object. Each costs next to
    nothing, and together they drown the few that matter. Focal loss multiplies each term by a factor
    that vanishes as the network becomes sure and right. It is asked because it takes one line more than
    cross-entropy, and that line has three places to go wrong.

    Parameters
    ----------
    logits : Tensor of float, any shape
        Raw scores, not yet probabilities; at least one element.
    targets : Tensor of float, same shape and dtype as logits
        1 for the foreground (positive), 0 for the background (negative), and nothing else.
    alpha : float, optional
        Weight of the positives, in [0, 1]; the negatives weigh ``1 - alpha``.
    gamma : float, optional
        How strongly easy elements are played down, at least 0. With ``gamma = 0`` it is cross-entropy
        weighted by alpha.

    Returns
    -------
    Tensor of float, shape ()
        The mean loss over all elements, in the dtype of the logits.

    Notes
    -----
    - With ``p = sigmoid(logit)``, let ``p_t`` be the probability that the network gives to the truth:
      ``p`` for a positive, ``1 - p`` for a negative. Let likewise ``alpha_t`` be ``alpha`` for a
      positive, ``1 - alpha`` for a negative. The loss of an element is ``-alpha_t * (1 - p_t) ** gamma *
      log(p_t)``, natural logarithm.
    - The result is the mean over *all* elements, not the sum, and not divided by the number of
      positives.
    - Each element is focused by its own ``p_t``.
    - Logits up to ±1e4 give a finite and right loss, in float64 and in float32: a positive with the
      logit -1e4 costs ``alpha * 1e4``. For ``gamma = 0`` and ``gamma >= 1`` the gradient is finite and
      right there too.
    - Gradients flow to the logits through the whole formula: the factor ``(1 - p_t) ** gamma`` is no
      constant.
    - The inputs may be views whose memory is not contiguous, and are left as they are.
    - Not allowed: ready-made focal losses (torchvision.ops). ``F.binary_cross_entropy_with_logits`` and
      ``F.logsigmoid`` are fine.

    References
    ----------
    T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár, "Focal loss for dense object detection", ICCV
    2017, section 3. The interface is that of ``torchvision.ops.sigmoid_focal_loss`` with
    ``reduction="mean"``.

    Examples
    --------
    >>> logits = torch.tensor([0.0, 0.0])  # the network does not know: p_t is 1/2 for both
    >>> focal_loss(logits, torch.tensor([1.0, 0.0]))  # (0.25 + 0.75) / 2 times 0.5 ** 2 times ln 2
    tensor(0.0866)
    >>> focal_loss(logits, torch.tensor([1.0, 0.0]), alpha=0.5, gamma=0.0)  # half of ln 2
    tensor(0.3466)
    """
    raise NotImplementedError
