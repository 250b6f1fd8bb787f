"""No modules: a list of leaves, functions of torch.nn.functional, gradients by torch.autograd.grad."""

import torch
import torch.nn.functional as F


def forward(weights, buffers, x, training):
    kernel, gamma, beta, matrix, bias = weights
    x = F.conv2d(x, kernel, padding=1)
    x = F.batch_norm(x, *buffers, gamma, beta, training=training, momentum=0.1, eps=1e-5)
    return F.linear(x.clamp(min=0).mean((2, 3)), matrix, bias)


def initialise(seed, channels, classes, dtype):
    torch.manual_seed(seed)
    conv = torch.nn.Conv2d(channels, 8, 3, padding=1, bias=False)
    linear = torch.nn.Linear(8, classes)
    start = [conv.weight, torch.ones(8), torch.zeros(8), linear.weight, linear.bias]
    weights = [tensor.detach().to(dtype).requires_grad_() for tensor in start]
    return weights, [torch.zeros(8, dtype=dtype), torch.ones(8, dtype=dtype)]


def train(x, y, seed, epochs, lr):
    cut = len(x) - len(x) // 4
    mean = x[:cut].mean((0, 2, 3))
    std = (x[:cut] - mean.view(-1, 1, 1)).square().mean((0, 2, 3)).sqrt()  # of n instead of n - 1, as good
    x = x.sub(mean.view(-1, 1, 1)).div(std.view(-1, 1, 1))
    weights, buffers = initialise(seed, x.shape[1], y.max() + 1, x.dtype)
    losses = torch.zeros(epochs, dtype=torch.float64)
    for epoch in range(epochs):
        g = torch.Generator().manual_seed(seed + epoch)
        for batch in torch.randperm(cut, generator=g).split(8):
            log_p = forward(weights, buffers, x[batch], training=True).log_softmax(1)
            each = -log_p[torch.arange(len(batch)), y[batch]]
            losses[epoch] += each.detach().sum() / cut
            gradients = torch.autograd.grad(each.mean(), weights)
            weights = [
                (weight - lr / 2**epoch * gradient).detach().requires_grad_()
                for weight, gradient in zip(weights, gradients, strict=True)
            ]
    hits = forward(weights, buffers, x[cut:], training=False).max(1).indices.eq(y[cut:])
    return {"losses": losses.tolist(), "accuracy": hits.double().mean().item()}
