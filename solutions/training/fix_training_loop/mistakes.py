"""The six planted faults, each left in a loop that is right otherwise, then what else goes wrong."""

import torch
from torch import nn

_BATCH = 8


def held_out_in_statistics(x, y, seed, epochs, lr):
    """You take mean and standard deviation over the held-out images as well, so training gets to know of
    them; take them over the training images alone.
    """
    return _train(_normalised(x, over=slice(None)), y, seed, epochs, lr)


def labels_not_shuffled(x, y, seed, epochs, lr):
    """You put the images into a new order and leave the labels in the old one, so the pairs are lost; put
    both into the same order.
    """
    return _train(_normalised(x), y, seed, epochs, lr, labels="in the old order")


def double_softmax(x, y, seed, epochs, lr):
    """You take the softmax before a cross-entropy that takes it itself, so no network can be sure and its
    gradients are small; hand over the scores.
    """
    return _train(_normalised(x), y, seed, epochs, lr, softmax=True)


def gradients_not_zeroed(x, y, seed, epochs, lr):
    """You never reset the gradients, so each step follows the sum of all gradients so far; it should follow
    that of its own batch.
    """
    return _train(_normalised(x), y, seed, epochs, lr, zero="never")


def rate_halved_every_batch(x, y, seed, epochs, lr):
    """You halve the rate after every batch, so it is as good as 0 long before the first epoch ends; halve it
    once an epoch.
    """
    return _train(_normalised(x), y, seed, epochs, lr, halve="every batch")


def evaluated_in_training_mode(x, y, seed, epochs, lr):
    """You evaluate in training mode, so batch norm uses the held-out images' own statistics; switch to
    evaluation mode before.
    """
    return _train(_normalised(x), y, seed, epochs, lr, evaluation=False)


def mean_of_all_images(x, y, seed, epochs, lr):
    """You take the mean over the held-out images as well, and only the standard deviation over the training
    images alone; take both over these.
    """
    return _train(_normalised(x, mean_over=slice(None)), y, seed, epochs, lr)


def spread_of_all_images(x, y, seed, epochs, lr):
    """You take the standard deviation over the held-out images as well, and only the mean over the training
    images alone; take both over these.
    """
    return _train(_normalised(x, spread_over=slice(None)), y, seed, epochs, lr)


def held_out_by_its_own_statistics(x, y, seed, epochs, lr):
    """You normalise the held-out images with their own mean and standard deviation; use those of the training
    images, or what differs there is wiped out.
    """
    cut = len(x) - len(x) // 4
    own = _normalised(x, over=slice(cut, None))
    return _train(torch.cat([_normalised(x)[:cut], own[cut:]]), y, seed, epochs, lr)


def channels_pooled(x, y, seed, epochs, lr):
    """You take one mean and one standard deviation over all channels; each channel has its own."""
    return _train(_normalised(x, axes=(0, 1, 2, 3)), y, seed, epochs, lr)


def not_normalised(x, y, seed, epochs, lr):
    """You train on the images as they are; subtract each channel's mean and divide by its standard deviation
    before.
    """
    return _train(x, y, seed, epochs, lr)


def zeroed_once_an_epoch(x, y, seed, epochs, lr):
    """You reset the gradients once an epoch, so they pile up over its batches; do it for each batch."""
    return _train(_normalised(x), y, seed, epochs, lr, zero="every epoch")


def zeroed_before_the_step(x, y, seed, epochs, lr):
    """You reset the gradients between backward and the step, so the weights never move; reset them before
    backward or after the step.
    """
    return _train(_normalised(x), y, seed, epochs, 0.0 * lr)


def trained_in_evaluation_mode(x, y, seed, epochs, lr):
    """You train in evaluation mode, so batch norm gathers no statistics; switch only after training."""
    return _train(_normalised(x), y, seed, epochs, lr, training=False)


def rate_never_halved(x, y, seed, epochs, lr):
    """You keep the rate as it is; halve it after every epoch."""
    return _train(_normalised(x), y, seed, epochs, lr, halve="never")


def rate_halved_too_early(x, y, seed, epochs, lr):
    """You halve the rate before the first epoch; it is lr there, and lr / 2 in the second."""
    return _train(_normalised(x), y, seed, epochs, lr, halve="too early")


def labels_shuffled_apart(x, y, seed, epochs, lr):
    """You draw a second order for the labels; images and labels need the same one."""
    return _train(_normalised(x), y, seed, epochs, lr, labels="in another order")


def never_shuffled(x, y, seed, epochs, lr):
    """You take the images as they come; take them in the order that is drawn for the epoch."""
    return _train(_normalised(x), y, seed, epochs, lr, order="none")


def same_order_in_every_epoch(x, y, seed, epochs, lr):
    """You take the images in the same order in every epoch; that of epoch e is drawn with seed + e."""
    return _train(_normalised(x), y, seed, epochs, lr, order="of the first epoch")


def last_batch_dropped(x, y, seed, epochs, lr):
    """You leave out the last batch where it is not full; it is trained on as well, and counts in the loss."""
    return _train(_normalised(x), y, seed, epochs, lr, whole_batches=True)


def mean_of_batch_means(x, y, seed, epochs, lr):
    """You average the losses of the batches, so an image in a small last batch counts for more than others;
    average over the images.
    """
    return _train(_normalised(x), y, seed, epochs, lr, by_batches=True)


def losses_as_tensors(x, y, seed, epochs, lr):
    """You collect tensors instead of floats, and with them the graph of every batch; take the number by
    .item().
    """
    result = _train(_normalised(x), y, seed, epochs, lr)
    return {**result, "losses": [torch.tensor(loss, dtype=x.dtype) for loss in result["losses"]]}


def accuracy_in_per_cent(x, y, seed, epochs, lr):
    """You return the accuracy in per cent; it is a share, from 0 to 1."""
    result = _train(_normalised(x), y, seed, epochs, lr)
    return {**result, "accuracy": 100 * result["accuracy"]}


def accuracy_as_a_count(x, y, seed, epochs, lr):
    """You return how many held-out images are right; divide by their number."""
    result = _train(_normalised(x), y, seed, epochs, lr)
    return {**result, "accuracy": result["accuracy"] * (len(x) // 4)}


def accuracy_of_training_images(x, y, seed, epochs, lr):
    """You measure the accuracy on the training images; it is asked of those that were held out."""
    return _train(_normalised(x), y, seed, epochs, lr, evaluated=slice(len(x) - len(x) // 4))


def first_quarter_held_out(x, y, seed, epochs, lr):
    """You hold out the first quarter of the images; it is the last."""
    n = len(x) // 4
    turned = torch.cat([torch.arange(n, len(x)), torch.arange(n)])
    return _train(_normalised(x[turned]), y[turned], seed, epochs, lr)


def _train(
    x,  # normalised
    y,
    seed,
    epochs,
    lr,
    *,
    labels="with the images",
    softmax=False,
    zero="every batch",
    halve="every epoch",
    order="of the epoch",
    whole_batches=False,
    by_batches=False,
    training=True,
    evaluation=True,
    evaluated=None,
):
    """Run the right loop, or one in which something is done otherwise."""
    n = len(x) - len(x) // 4
    torch.manual_seed(seed)
    model = _network(x.shape[1], int(y.max()) + 1).to(x.dtype).train(training)
    losses, step = [], 0
    for epoch in range(epochs):
        orders = {"of the epoch": _draw(n, seed + epoch), "of the first epoch": _draw(n, seed)}
        rows = orders.get(order, torch.arange(n))
        other = {"in the old order": torch.arange(n), "in another order": _draw(n, seed + epoch + 1)}
        rows_of_labels = other.get(labels, rows)
        total, count = 0.0, 0
        for start in range(0, n - _BATCH + 1 if whole_batches else n, _BATCH):
            batch = slice(start, start + _BATCH)
            scores = model(x[rows[batch]])
            output = scores.softmax(1) if softmax else scores
            loss = nn.functional.cross_entropy(output, y[rows_of_labels[batch]])
            if {"every batch": True, "every epoch": start == 0, "never": step == 0}[zero]:
                model.zero_grad()
            loss.backward()
            halved = {"every epoch": epoch, "every batch": step, "too early": epoch + 1, "never": 0}[halve]
            with torch.no_grad():
                for weight in model.parameters():
                    weight.sub_(lr * 0.5**halved * weight.grad)
            step += 1
            size = 1 if by_batches else len(scores)
            total, count = total + loss.item() * size, count + size
        losses.append(total / max(count, 1))
    model.train(not evaluation)
    rows = slice(n, None) if evaluated is None else evaluated
    with torch.no_grad():
        right = model(x[rows]).argmax(1) == y[rows]
    return {"losses": losses, "accuracy": right.sum().item() / len(right)}


def _normalised(x, *, over=None, mean_over=None, spread_over=None, axes=(0, 2, 3)):
    """Return images normalised with the mean and the spread of some of them, by default of the first ones."""
    over = over or slice(len(x) - len(x) // 4)
    mean = x[mean_over or over].mean(axes, keepdim=True)
    return (x - mean) / x[spread_over or over].std(axes, keepdim=True)


def _draw(n, seed):
    return torch.randperm(n, generator=torch.Generator().manual_seed(seed))


def _network(channels, classes):
    return nn.Sequential(
        nn.Conv2d(channels, 8, kernel_size=3, padding=1, bias=False),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, classes),
    )
