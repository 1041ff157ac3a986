#!/usr/bin/env python3
"""The training steps of bench/vision in PyTorch on one thread, plain and channels-last: samples per second. The loss must fall.

    python3 bench/peers/vision_pytorch.py [--json FILE]
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, inner, outer, stride):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(inner, outer, 3, stride, 1, bias=False), nn.BatchNorm2d(outer), nn.ReLU(),
                                  nn.Conv2d(outer, outer, 3, 1, 1, bias=False), nn.BatchNorm2d(outer))
        self.shortcut = nn.Sequential() if inner == outer else nn.Sequential(
            nn.Conv2d(inner, outer, 1, stride, bias=False), nn.BatchNorm2d(outer))

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))


def resnet20():
    blocks, inner = [], 16
    for outer in (16, 32, 64):
        for i in range(3):
            blocks.append(Block(inner, outer, 2 if i == 0 and outer > 16 else 1))
            inner = outer
    return nn.Sequential(nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), *blocks, nn.AdaptiveAvgPool2d(1),
                         nn.Flatten(), nn.Linear(64, 10))


def twice(inner, outer):
    return nn.Sequential(nn.Conv2d(inner, outer, 3, padding=1), nn.ReLU(), nn.Conv2d(outer, outer, 3, padding=1), nn.ReLU())


class Level(nn.Module):
    def __init__(self, inner, filters, levels):
        super().__init__()
        self.down = twice(inner, filters)
        below = Level(filters, 2 * filters, levels - 1) if levels > 1 else twice(filters, 2 * filters)
        self.below = nn.Sequential(nn.MaxPool2d(2), below, nn.Upsample(scale_factor=2),
                                   nn.Conv2d(2 * filters, filters, 3, padding=1), nn.ReLU())
        self.up = twice(2 * filters, filters)

    def forward(self, x):
        kept = self.down(x)
        return self.up(torch.cat([kept, self.below(kept)], 1))


def unet():
    return nn.Sequential(Level(1, 16, 3), nn.Conv2d(16, 2, 1))


CASES = [("resnet20", resnet20, 32, (3, 32, 32), lambda p: torch.optim.SGD(p, 0.01, 0.9)),
         ("unet", unet, 4, (1, 128, 128), lambda p: torch.optim.Adam(p, 1e-3))]


def samples_per_second(make, batch, extents, optimiser, layout):
    torch.manual_seed(1)
    net = make().to(memory_format=layout)
    step_of, loss_of = optimiser(net.parameters()), nn.CrossEntropyLoss()
    x = torch.rand(batch, *extents).to(memory_format=layout)
    with torch.no_grad():
        scores = net(x)
    target = torch.arange(scores.numel() // scores.shape[1]).reshape(batch, *scores.shape[2:]) * 7 % scores.shape[1]

    def step():
        step_of.zero_grad(set_to_none=True)
        loss = loss_of(net(x), target)
        loss.backward()
        step_of.step()
        return loss.item()

    first = step()
    for _ in range(5):
        last = step()
    assert last < first, "the loss does not fall"
    rates = []
    for _ in range(7):
        start, steps = time.perf_counter(), 0
        while steps < 3 or time.perf_counter() - start < 1:
            step()
            steps += 1
        rates.append(steps * batch / (time.perf_counter() - start))
    return statistics.median(rates)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json")
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    rows = []
    for name, make, batch, extents, optimiser in CASES:
        for how, layout in (("plain", torch.contiguous_format), ("channels last", torch.channels_last)):
            rate = samples_per_second(make, batch, extents, optimiser, layout)
            rows.append({"name": f"train/{name}", "batch": batch, "how": how, "samples_per_second": rate})
            print(f"train/{name:10} batch {batch:3} {how:14} {rate:9.1f} samples/s", flush=True)
    if given.json:
        with open(given.json, "w") as file:
            json.dump({"torch": torch.__version__, "rows": rows}, file, indent=1)


if __name__ == "__main__":
    main()
