"""Two loops over queries and keys; the maximum of a row taken off before exp; all in scalars."""

import torch


def info_nce(queries, keys, temperature=0.07):
    n, total = len(queries), 0
    for i in range(n):
        length = torch.sqrt((queries[i] * queries[i]).sum())
        similarities = []
        for j in range(n):
            dot = (queries[i] / length * keys[j]).sum()
            similarities.append(dot / torch.sqrt((keys[j] * keys[j]).sum()) / temperature)
        highest = max(s.item() for s in similarities)
        rest = sum(torch.exp(s - highest) for s in similarities)
        total = total + (highest + torch.log(rest) - similarities[i])
    return total / n
