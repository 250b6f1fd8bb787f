import torch


def dice_loss(logits: torch.Tensor, targets: torch.Tensor, eps: float = 1.0) -> torch.Tensor:
    """Measure how little a predicted mask and the true mask overlap, so that a network can be trained on
    it.

    A tumour may fill one pixel in a thousand; cross-entropy is then nearly satisfied by an empty mask.
    The Dice coefficient compares the overlap with the sizes of both masks, so that background counts for
    nothing. It is asked to see whether you know what is summed over what, and how to make a count of
    pixels differentiable.

    Parameters
    ----------
    logits : Tensor of float, shape (n, ...)
        Raw scores of n samples, not yet probabilities. Two axes or more, no axis of length 0.
    targets : Tensor of float, same shape and dtype as logits
        The true masks: 0 or 1, or anything between where the truth itself is soft.
    eps : float, optional
        Added to numerator and denominator, at least 0; where it is 0, no sum is.

    Returns
    -------
    Tensor of float, shape ()
        The mean loss of the samples, in the dtype of the logits.

    Notes
    -----
    - With ``p = sigmoid(logits)``, the loss of one sample is ``1 - (2 * inter + eps) / (total + eps)``.
      Here ``inter`` is the sum of ``p * targets`` and ``total`` the sum of ``p`` plus the sum of
      ``targets``, nothing squared.
    - Both sums run over all axes of the sample, that is all axes but the first: channels too, if there
      are any. Each sample has a ratio of its own, and the result is the mean of the n losses.
    - Two empty masks agree: their loss is 0 (with ``eps > 0``).
    - Probabilities are used as they are; nothing is rounded to 0 or 1.
    - Logits may be as large as ±1e4.
    - Gradients flow through the result to the logits.
    - The inputs may be views whose memory is not contiguous, and are left as they are.

    References
    ----------
    F. Milletari, N. Navab, S.-A. Ahmadi, "V-Net: fully convolutional neural networks for volumetric
    medical image segmentation", 3DV 2016, section 3 (there with squares in the denominator).

    Examples
    --------
    >>> targets = torch.tensor([[1.0, 1.0, 0.0, 0.0]])
    >>> sure = torch.tensor([[99.0, -99.0, -99.0, -99.0]])  # finds one of two pixels
    >>> dice_loss(sure, targets, eps=0.0)  # 1 - 2 * 1 / (1 + 2)
    tensor(0.3333)
    >>> dice_loss(sure, targets)  # 1 - (2 * 1 + 1) / (1 + 2 + 1)
    tensor(0.2500)
    """
    raise NotImplementedError
