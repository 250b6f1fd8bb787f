"""A candidate who thinks in torch: masked maxima for matching, cummax for the envelope, gather for AP."""

import numpy as np
import torch


def tensor(array, keep):
    return torch.from_numpy(np.ascontiguousarray(array[keep], dtype=np.float64))


def iou(a, b):
    sides = torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(a[:, None, :2], b[None, :, :2])
    shared = sides.clamp(min=0).prod(-1)
    areas_a, areas_b = ((x[:, 2:] - x[:, :2]).prod(-1) for x in (a, b))
    return shared / (areas_a[:, None] + areas_b - shared)


def mean_average_precision(detections, truths, iou_thresholds=None):
    thresholds = torch.arange(50, 100, 5) / 100.0 if iou_thresholds is None else torch.tensor(iou_thresholds)
    thresholds = thresholds.double()
    labels = sorted({int(label) for truth in truths for label in truth["labels"]})
    aps = torch.zeros(len(labels), len(thresholds), dtype=torch.float64)
    for row, label in enumerate(labels):
        scores, hits, total = [], [], 0
        for found, truth in zip(detections, truths, strict=True):
            mine = found["labels"] == label
            score, order = torch.sort(tensor(found["scores"], mine), descending=True, stable=True)
            ious = iou(
                tensor(found["boxes"], mine)[order[:100]], tensor(truth["boxes"], truth["labels"] == label)
            )
            total += ious.shape[1]
            hit = torch.zeros(len(thresholds), len(ious), dtype=torch.bool)
            for k, threshold in enumerate(thresholds):
                free = torch.ones(ious.shape[1], dtype=torch.bool)
                for i, one in enumerate(ious):
                    if free.any():
                        value, j = torch.where(free, one, -1.0).max(0)
                        hit[k, i] = value >= threshold
                        free[j] &= ~hit[k, i]
            scores.append(score[:100])
            hits.append(hit)
        order = torch.argsort(torch.cat(scores), descending=True, stable=True)
        if not len(order):
            continue
        found = torch.cat(hits, 1)[:, order].cumsum(1).double()
        precision = (found / torch.arange(1, len(order) + 1)).flip(1).cummax(1).values.flip(1)
        precision = torch.cat([precision, torch.zeros(len(thresholds), 1)], 1)
        grid = torch.linspace(0, 1, 101, dtype=torch.float64).expand(len(thresholds), 101).contiguous()
        aps[row] = precision.gather(1, torch.searchsorted((found / total).contiguous(), grid)).mean(1)
    return aps.mean().item()
