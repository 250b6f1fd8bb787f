"""numpy in float64 from the first layer to the last, the backward pass by hand; torch only initialises."""

import numpy as np
import torch


def windows(x):
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    return np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(2, 3))  # n c h w 3 3


def softmax(scores):
    e = np.exp(scores - scores.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


class Network:
    def __init__(self, channels, classes):
        conv = torch.nn.Conv2d(channels, 8, 3, bias=False)
        linear = torch.nn.Linear(8, classes)
        self.kernel, self.matrix, self.bias = (
            p.detach().double().numpy().copy() for p in (conv.weight, linear.weight, linear.bias)
        )
        self.gamma, self.beta = np.ones((8, 1, 1)), np.zeros((8, 1, 1))
        self.mean, self.var = np.zeros((8, 1, 1)), np.ones((8, 1, 1))

    def scores(self, x, mean=None, var=None):
        z = np.einsum("nchwij,ocij->nohw", windows(x), self.kernel)
        mean, var = (self.mean, self.var) if mean is None else (mean, var)
        a = np.maximum((z - mean) / np.sqrt(var + 1e-5) * self.gamma + self.beta, 0)
        return a.mean((2, 3)) @ self.matrix.T + self.bias

    def step(self, x, y, rate):
        patches = windows(x)
        z = np.einsum("nchwij,ocij->nohw", patches, self.kernel)
        count = z.size // 8
        mean, var = z.mean((0, 2, 3), keepdims=True)[0], z.var((0, 2, 3), keepdims=True)[0]
        self.mean = 0.9 * self.mean + 0.1 * mean
        self.var = 0.9 * self.var + 0.1 * var * count / (count - 1)
        z_hat = (z - mean) / np.sqrt(var + 1e-5)
        out = z_hat * self.gamma + self.beta
        pooled = np.maximum(out, 0).mean((2, 3))
        p = softmax(pooled @ self.matrix.T + self.bias)
        loss = -np.log(p[range(len(y)), y]).sum()

        d_scores = p.copy()
        d_scores[range(len(y)), y] -= 1
        d_scores /= len(y)
        d_out = (d_scores @ self.matrix)[..., None, None] * (out > 0) / (z.shape[2] * z.shape[3])
        d_hat = d_out * self.gamma
        axes = {"axis": (0, 2, 3), "keepdims": True}
        d_z = d_hat - d_hat.mean(**axes) - z_hat * (d_hat * z_hat).mean(**axes)
        d_z /= np.sqrt(var + 1e-5)
        self.matrix -= rate * d_scores.T @ pooled
        self.bias -= rate * d_scores.sum(0)
        self.gamma -= rate * (d_out * z_hat).sum((0, 2, 3))[:, None, None]
        self.beta -= rate * d_out.sum((0, 2, 3))[:, None, None]
        self.kernel -= rate * np.einsum("nohw,nchwij->ocij", d_z, patches)
        return loss


def train(x, y, seed, epochs, lr):
    x, y = x.double().numpy(), y.numpy()
    test = len(x) // 4
    training = x[: len(x) - test]
    axes = (0, 2, 3)
    x = (x - training.mean(axes, keepdims=True)) / training.std(axes, keepdims=True, ddof=1)
    torch.manual_seed(seed)
    network = Network(x.shape[1], y.max() + 1)
    losses = []
    for epoch in range(epochs):
        order = torch.randperm(len(training), generator=torch.Generator().manual_seed(seed + epoch)).numpy()
        total = 0
        while len(order):
            total += network.step(x[order[:8]], y[order[:8]], lr * 0.5**epoch)
            order = order[8:]
        losses.append(total / len(training))
    held_out = zip(x[-test:], y[-test:], strict=True)
    right = sum(network.scores(image[None]).argmax() == label for image, label in held_out)
    return {"losses": losses, "accuracy": right / test}
