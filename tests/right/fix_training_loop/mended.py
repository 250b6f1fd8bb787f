"""The program with its six lines mended, and nothing else touched."""

import torch
from torch import nn

_BATCH = 8


def train(
    x: torch.Tensor, y: torch.Tensor, seed: int, epochs: int, lr: float
) -> dict[str, list[float] | float]:
    held_out = len(x) // 4
    mean = x[:-held_out].mean(dim=(0, 2, 3), keepdim=True)
    std = x[:-held_out].std(dim=(0, 2, 3), keepdim=True)
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
        images, labels = x_train[order], y_train[order]
        total = 0.0
        for start in range(0, len(images), _BATCH):
            batch = slice(start, start + _BATCH)
            probabilities = model(images[batch])
            loss = nn.functional.cross_entropy(probabilities, labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images[batch])
        scheduler.step()
        losses.append(total / len(images))

    model.eval()
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
