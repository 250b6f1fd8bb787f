import torch
from torch import nn

_BATCH = 8


def train(
    x: torch.Tensor, y: torch.Tensor, seed: int, epochs: int, lr: float
) -> dict[str, list[float] | float]:
    """Mend the program in this file: it trains a small classifier of images, and six things are wrong.

    It runs, and what it returns looks plausible; it just learns next to nothing. **Exactly six faults** are
    planted in the body of ``train``, and ``_network`` is right. Mend them one by one, or write the program
    anew: what counts is what ``train`` returns. It is asked because a bug in a training loop seldom raises
    an error, and because each of the six is met in real programs every day.

    Parameters
    ----------
    x : Tensor of float, shape (n, c, h, w)
        At least 4 images of at least 2 by 2 pixels. No channel is constant over the training images.
    y : Tensor of int64, shape (n,)
        The label of each image, from 0 to k - 1. The largest label, held-out ones included, is k - 1.
    seed : int
        At least 0.
    epochs : int
        At least 1.
    lr : float
        The learning rate of the first epoch, at least 0.

    Returns
    -------
    dict
        ``losses``: a list of floats, the mean training loss of each epoch. ``accuracy``: a float from 0 to
        1, the share of held-out images that the network classifies rightly after the last epoch.

    Notes
    -----
    The right program does the following, in the dtype of ``x``.

    - The last ``n // 4`` images are held out, the others are trained on. Nothing of training depends on
      the held-out images.
    - From each channel its mean is subtracted, and the result is divided by its standard deviation
      (``torch.std``). Both are taken over all pixels of all training images; the held-out images are
      normalised with the same numbers.
    - The network is ``_network(c, k)``, made right after ``torch.manual_seed(seed)`` and then converted to
      the dtype of ``x``. Whoever writes it anew makes the same layers in the same order, with PyTorch's
      defaults for their weights and for whatever is not said.
    - Epoch e, counted from 0, takes the training images in the order of
      ``torch.randperm(number_of_training_images, generator=torch.Generator().manual_seed(seed + e))``,
      each with its own label, in batches of 8. The last batch may be smaller.
    - The loss of a batch is the mean cross-entropy of its images (natural logarithm), batch norm going by
      the statistics of the batch.
    - After each batch comes one step of gradient descent along the gradient of that batch's loss: no
      momentum, no weight decay. The rate is ``lr * 0.5**e`` throughout epoch e.
    - The loss of an epoch is the mean over its images, each with the loss that it had in its batch, before
      the step. The last batch, too, counts by its images.
    - How a held-out image is classified depends on that image and on training alone, not on the images
      that are evaluated with it: batch norm goes by the running statistics that training has left. The
      class is the one with the largest score.
    - The inputs may be views whose memory is not contiguous, and are left as they are. What else the
      program does to get there is up to you, and nothing is banned.

    References
    ----------
    A. Karpathy, "A recipe for training neural networks", 2019,
    https://karpathy.github.io/2019/04/25/recipe/. PyTorch's documentation of ``torch.optim``.

    Examples
    --------
    Upright and lying stripes are easy to tell apart. The program as it stands finds the losses 0.71, 0.70,
    0.70, 0.70, 0.70 and is right about half of what is held out.

    >>> upright = (torch.arange(6.0) % 2).expand(6, 6)
    >>> images = torch.stack([upright, upright.T] * 20)[:, None]
    >>> labels = torch.tensor([0, 1] * 20)
    >>> result = train(images, labels, seed=0, epochs=5, lr=0.3)
    >>> [round(loss, 2) for loss in result["losses"]]
    [0.66, 0.41, 0.36, 0.32, 0.29]
    >>> result["accuracy"]
    1.0
    """
    held_out = len(x) // 4
    mean = x.mean(dim=(0, 2, 3), keepdim=True)
    std = x.std(dim=(0, 2, 3), keepdim=True)
    x = (x - mean) / std
    x_train, y_train = x[:-held_out], y[:-held_out]
    x_test, y_test = x[-held_out:], y[-held_out:]

    torch.manual_seed(seed)
    model = _network(x.shape[1], int(y.max()) + 1).to(x.dtype)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.5)

    losses = []
    for epoch in range(epochs):
        order = torch.randperm(len(x_train), generator=torch.Generator().manual_seed(seed + epoch))
        images = x_train[order]
        total = 0.0
        for start in range(0, len(images), _BATCH):
            batch = slice(start, start + _BATCH)
            probabilities = model(images[batch]).softmax(dim=1)
            loss = nn.functional.cross_entropy(probabilities, y_train[batch])
            loss.backward()
            optimizer.step()
            scheduler.step()
            total += loss.item() * len(images[batch])
        losses.append(total / len(images))

    with torch.no_grad():
        predicted = model(x_test).argmax(dim=1)
    accuracy = (predicted == y_test).sum().item() / held_out
    return {"losses": losses, "accuracy": accuracy}


def _network(channels: int, classes: int) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(channels, 8, kernel_size=3, padding=1, bias=False),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, classes),
    )
