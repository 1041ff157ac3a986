#!/usr/bin/env python3
"""The training steps of bench/networks in PyTorch, on an NVIDIA GPU (or --device cpu): samples per second, eager and, on a GPU,
as a captured CUDA graph. The loss must fall first.

    python3 bench/peers/networks_pytorch.py [--device cuda] [--json FILE]
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn


def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def keras_cnn():
    return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(32 * 13 * 13, 128), nn.ReLU(),
                         nn.Linear(128, 10))


def lenet5():
    return nn.Sequential(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(),
                         nn.MaxPool2d(2), nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
                         nn.Linear(84, 10))


def adam(parameters, capturable):
    return torch.optim.Adam(parameters, lr=1e-4, capturable=capturable)


def sgd(parameters, capturable):
    return torch.optim.SGD(parameters, lr=0.01, momentum=0.9)


def samples_per_second(make, optimiser, batch, device, graph):
    torch.manual_seed(1)
    net = make().to(device)
    step_of = optimiser(net.parameters(), graph)
    loss_of = nn.CrossEntropyLoss()
    x = torch.rand(batch, 1, 28, 28, device=device)
    target = (torch.arange(batch, device=device) * 7) % 10

    def step():
        step_of.zero_grad(set_to_none=True)
        loss = loss_of(net(x), target)
        loss.backward()
        step_of.step()
        return loss

    first = step().item()
    for _ in range(20):
        last = step().item()
    assert last < first, "the loss does not fall"
    run = step
    if graph:
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                step()
        torch.cuda.current_stream().wait_stream(side)
        captured = torch.cuda.CUDAGraph()
        step_of.zero_grad(set_to_none=True)
        with torch.cuda.graph(captured):
            step()
        run = captured.replay
    wait = torch.cuda.synchronize if device == "cuda" else lambda: None
    rates = []
    for _ in range(9):
        wait()
        start, steps = time.perf_counter(), 0
        while steps < 20 or time.perf_counter() - start < 0.15:
            run()
            steps += 1
            if steps % 20 == 0:
                wait()
        wait()
        rates.append(steps * batch / (time.perf_counter() - start))
    return statistics.median(rates)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--json")
    given = parser.parse_args()
    if given.device == "cpu":
        torch.set_num_threads(1)
        torch.set_flush_denormal(True)
    torch.backends.cudnn.benchmark = True
    rows = []
    for name, make, optimiser in (("mlp", mlp, adam), ("keras_cnn", keras_cnn, adam), ("lenet5", lenet5, sgd)):
        for batch in (32, 64, 256, 1024):
            for graph in (False, True) if given.device == "cuda" else (False,):
                rate = samples_per_second(make, optimiser, batch, given.device, graph)
                rows.append({"name": f"train/{name}", "batch": batch, "how": "graph" if graph else "eager", "samples_per_second": rate})
                print(f"train/{name:10} batch {batch:5} {'graph' if graph else 'eager':6} {rate:12.0f} samples/s", flush=True)
    if given.json:
        with open(given.json, "w") as file:
            json.dump({"torch": torch.__version__, "rows": rows}, file, indent=1)


if __name__ == "__main__":
    main()
