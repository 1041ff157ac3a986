#!/usr/bin/python3
"""Writes the PyTorch reference files in this folder; README.md says what is in them.

    /usr/bin/python3 tests/pytorch/make_reference.py           write every file
    /usr/bin/python3 tests/pytorch/make_reference.py --check   read them back, compare with central differences

Needs PyTorch (Debian: python3-torch). The C++ tests need only the files.
"""

import json
import math
import struct
import sys
import zlib
from collections import namedtuple
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

FOLDER = Path(__file__).resolve().parent
MARGIN = 1e-2  # distance kept from every kink of relu and max_pool, so central differences are valid
STEP = 1e-6  # of the central differences


# ---------------------------------------------------------------- safetensors
# 8 bytes: length of the header, little-endian; the header, JSON padded with spaces; the data, F64.

def write_safetensors(path, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().double().contiguous().flatten().tolist()
        block = struct.pack(f"<{len(values)}d", *values)
        offsets = [len(data), len(data) + len(block)]
        header[name] = {"dtype": "F64", "shape": list(tensor.shape), "data_offsets": offsets}
        data += block
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def read_safetensors(path):
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header, data = json.loads(content[8 : 8 + length]), content[8 + length :]
    metadata, tensors, end = header.pop("__metadata__"), {}, 0
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        assert entry["dtype"] == "F64" and first == end and last - first == 8 * math.prod(entry["shape"]), name
        tensors[name] = torch.tensor(struct.unpack(f"<{(last - first) // 8}d", data[first:last]),
                                     dtype=torch.float64).reshape(entry["shape"])
        end = last
    assert end == len(data), path
    return tensors, metadata


# ------------------------------------------------- blocks torch does not name

class ConvSame(nn.Conv2d):
    """out = ceil(in / stride); of an odd total padding, the extra row or column stands at the end."""

    def forward(self, x):
        sides = []
        for axis in (1, 0):  # F.pad counts from the last dimension
            extent, kernel, stride = x.shape[2 + axis], self.kernel_size[axis], self.stride[axis]
            total = max((-(-extent // stride) - 1) * stride + kernel - extent, 0)
            sides += [total // 2, total - total // 2]
        return super().forward(F.pad(x, sides))


class Residual(nn.Module):
    def __init__(self, body, shortcut=None):
        super().__init__()
        self.body = body
        self.shortcut = nn.Identity() if shortcut is None else shortcut

    def forward(self, x):
        return self.body(x) + self.shortcut(x)


class ParallelConcat(nn.Sequential):
    def forward(self, x):
        return torch.cat([branch(x) for branch in self], dim=1)


class ParallelAdd(nn.Sequential):
    def forward(self, x):
        return sum(branch(x) for branch in self)


# ---------------------------------------------------------------------- cases
# `strata` is the list inside network<...>; `python` what goes into nn.Sequential(...).

Case = namedtuple("Case", "name batch input strata python loss", defaults=("weighted",))

CASES = [
    Case("dense_5_3", 3, [5], "features<5>, dense<3>", "nn.Linear(5, 3)"),
    Case("dense_no_bias", 1, [7], "features<7>, dense<4, no_bias>", "nn.Linear(7, 4, bias=False)"),
    Case("dense_17_16", 3, [17], "features<17>, dense<16>", "nn.Linear(17, 16)"),
    Case("conv_valid", 3, [3, 7, 9], "image<3, 7, 9>, conv<5, 3>", "nn.Conv2d(3, 5, 3)"),
    Case("conv_padding", 1, [2, 6, 6], "image<2, 6, 6>, conv<4, 3, padding<1>>", "nn.Conv2d(2, 4, 3, padding=1)"),
    Case("conv_stride_dilation", 3, [2, 11, 10], "image<2, 11, 10>, conv<3, 3, stride<2>, dilation<2>, padding<2>>",
         "nn.Conv2d(2, 3, 3, stride=2, dilation=2, padding=2)"),
    Case("conv_stride3_dilation2", 1, [2, 11, 10], "image<2, 11, 10>, conv<3, 3, stride<3>, dilation<2>, padding<1>>",
         "nn.Conv2d(2, 3, 3, stride=3, dilation=2, padding=1)"),
    Case("conv_groups", 3, [4, 5, 5], "image<4, 5, 5>, conv<6, 3, groups<2>, padding<1>>",
         "nn.Conv2d(4, 6, 3, groups=2, padding=1)"),
    Case("conv_depthwise", 3, [3, 6, 5], "image<3, 6, 5>, conv<3, 3, groups<3>>", "nn.Conv2d(3, 3, 3, groups=3)"),
    Case("conv_1x1", 1, [17, 3, 3], "image<17, 3, 3>, conv<15, 1>", "nn.Conv2d(17, 15, 1)"),
    Case("conv_same_odd", 3, [2, 5, 7], "image<2, 5, 7>, conv<3, 3, same>", "ConvSame(2, 3, 3)"),
    Case("conv_same_even", 3, [2, 5, 7], "image<2, 5, 7>, conv<3, 4, same>", "ConvSame(2, 3, 4)"),
    Case("conv_same_stride2", 3, [2, 7, 8], "image<2, 7, 8>, conv<3, 3, same, stride<2>>",
         "ConvSame(2, 3, 3, stride=2)"),
    Case("conv_unequal_kernel", 3, [2, 6, 8], "image<2, 6, 8>, conv<4, kernel(3, 5)>", "nn.Conv2d(2, 4, (3, 5))"),
    Case("conv_no_bias", 1, [3, 5, 7], "image<3, 5, 7>, conv<2, 3, no_bias>", "nn.Conv2d(3, 2, 3, bias=False)"),
    Case("max_pool_2", 3, [3, 7, 6], "image<3, 7, 6>, max_pool<2>", "nn.MaxPool2d(2)"),
    Case("max_pool_3_stride2_padding1", 3, [2, 7, 6], "image<2, 7, 6>, max_pool<3, stride<2>, padding<1>>",
         "nn.MaxPool2d(3, stride=2, padding=1)"),
    Case("max_pool_ceil", 3, [3, 7, 6], "image<3, 7, 6>, max_pool<2, ceil_mode>", "nn.MaxPool2d(2, ceil_mode=True)"),
    Case("max_pool_ceil_dropped", 1, [2, 6, 7], "image<2, 6, 7>, max_pool<2, stride<3>, ceil_mode>",
         "nn.MaxPool2d(2, stride=3, ceil_mode=True)"),
    Case("max_pool_dilation", 1, [2, 7, 6], "image<2, 7, 6>, max_pool<3, stride<1>, dilation<2>>",
         "nn.MaxPool2d(3, stride=1, dilation=2)"),
    Case("avg_pool_2", 3, [3, 7, 6], "image<3, 7, 6>, avg_pool<2>", "nn.AvgPool2d(2)"),
    Case("avg_pool_padding", 3, [2, 7, 6], "image<2, 7, 6>, avg_pool<3, stride<2>, padding<1>>",
         "nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=True)"),
    Case("avg_pool_ceil", 1, [2, 6, 7], "image<2, 6, 7>, avg_pool<3, stride<2>, padding<1>, ceil_mode>",
         "nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=True)"),
    Case("global_avg_pool", 3, [5, 3, 4], "image<5, 3, 4>, global_avg_pool", "nn.AdaptiveAvgPool2d(1), nn.Flatten()"),
    Case("relu", 3, [13], "features<13>, relu", "nn.ReLU()"),
    Case("leaky_relu", 3, [13], "features<13>, leaky_relu of slope 0.01", "nn.LeakyReLU(0.01)"),
    Case("leaky_relu_02", 3, [13], "features<13>, leaky_relu of slope 0.2", "nn.LeakyReLU(0.2)"),
    Case("sigmoid", 3, [13], "features<13>, sigmoid", "nn.Sigmoid()"),
    Case("tanh", 3, [13], "features<13>, tanh_activation", "nn.Tanh()"),
    Case("softmax", 3, [7], "features<7>, softmax", "nn.Softmax(dim=1)"),
    Case("batch_norm_image", 4, [3, 4, 5], "image<3, 4, 5>, batch_norm", "nn.BatchNorm2d(3)"),
    Case("batch_norm_features", 3, [6], "features<6>, batch_norm", "nn.BatchNorm1d(6)"),
    Case("conv_batch_norm_relu", 3, [2, 5, 4], "image<2, 5, 4>, conv<3, 3, padding<1>, no_bias>, batch_norm, relu",
         "nn.Conv2d(2, 3, 3, padding=1, bias=False), nn.BatchNorm2d(3), nn.ReLU()"),
    Case("residual_plain", 1, [4, 5, 5],
         "image<4, 5, 5>, residual<sequence<conv<4, 3, padding<1>>, relu, conv<4, 3, padding<1>>>>",
         "Residual(nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1)))"),
    Case("residual_projected", 3, [4, 7, 5],
         "image<4, 7, 5>, residual<sequence<conv<6, 3, padding<1>, stride<2>>, relu, conv<6, 3, padding<1>>>, "
         "conv<6, 1, stride<2>>>",
         "Residual(nn.Sequential(nn.Conv2d(4, 6, 3, padding=1, stride=2), nn.ReLU(), nn.Conv2d(6, 6, 3, padding=1)), "
         "nn.Conv2d(4, 6, 1, stride=2))"),
    Case("parallel_concat", 3, [3, 5, 4], "image<3, 5, 4>, parallel<concat_all, conv<2, 3, padding<1>>, conv<4, 1>>",
         "ParallelConcat(nn.Conv2d(3, 2, 3, padding=1), nn.Conv2d(3, 4, 1))"),
    Case("parallel_add", 3, [3, 5, 4], "image<3, 5, 4>, parallel<add_all, conv<2, 3, padding<1>>, conv<2, 1>>",
         "ParallelAdd(nn.Conv2d(3, 2, 3, padding=1), nn.Conv2d(3, 2, 1))"),
    Case("lenet_mini", 3, [1, 12, 12],
         "image<1, 12, 12>, conv<2, 3, same>, relu, max_pool<2>, conv<3, 3>, relu, max_pool<2>, flatten, dense<5>, "
         "relu, dense<4>",
         "ConvSame(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(2, 3, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), "
         "nn.Linear(12, 5), nn.ReLU(), nn.Linear(5, 4)", "cross_entropy"),
    Case("cross_entropy", 3, [5], "features<5>, dense<7>", "nn.Linear(5, 7)", "cross_entropy"),
    Case("mse", 3, [5], "features<5>, dense<3>", "nn.Linear(5, 3)", "mean_squared_error"),
]

LOSSES = {
    "weighted": "sum(loss.weight * output)",
    "cross_entropy": "cross_entropy, mean over the batch",
    "mean_squared_error": "mean_squared_error, mean over all elements",
}

# Powers of two and their like are the same number in float and in double; adam has its usual defaults.
TRAJECTORIES = {
    "sgd": ("sgd{.rate = 0.125}", "torch.optim.SGD([p], lr=0.125)"),
    "sgd_momentum": ("sgd{.rate = 0.125, .momentum = 0.875}", "torch.optim.SGD([p], lr=0.125, momentum=0.875)"),
    "sgd_nesterov": ("sgd{.rate = 0.125, .momentum = 0.875, .nesterov = true}",
                     "torch.optim.SGD([p], lr=0.125, momentum=0.875, nesterov=True)"),
    "adam": ("adam{}", "torch.optim.Adam([p], lr=1e-3, betas=(0.9, 0.999), eps=1e-8)"),
}


# --------------------------------------------------------------------- making

def build(case):
    return eval(f"nn.Sequential({case.python})").double()


def stored(net):
    return {k: v for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}


def draw(case, net, generator):
    """Fills parameters and buffers, returns the input."""
    def normal(shape):
        return torch.randn(shape, generator=generator, dtype=torch.float64)
    with torch.no_grad():
        for name, tensor in stored(net).items():
            if name.endswith("running_var"):
                tensor.copy_(0.5 + torch.rand(tensor.shape, generator=generator, dtype=torch.float64))
            elif name.endswith("weight") and tensor.dim() == 1:  # of a batch_norm
                tensor.copy_(1 + 0.25 * normal(tensor.shape))
            elif tensor.dim() > 1:
                tensor.copy_(normal(tensor.shape) * (1.5 / math.sqrt(tensor[0].numel())))
            else:
                tensor.copy_(0.5 * normal(tensor.shape))
    return normal([case.batch, *case.input]) * 1.5


def pool_windows(pool, x, out):
    """Every window's values, largest first, a list of 1-D tensors (padding left out)."""
    stride, padding, dilation, kernel = pool.stride, pool.padding, pool.dilation, pool.kernel_size
    for plane in x.flatten(0, 1):
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                rows = [r for r in range(i * stride - padding, i * stride - padding + kernel * dilation, dilation)
                        if 0 <= r < plane.shape[0]]
                columns = [c for c in range(j * stride - padding, j * stride - padding + kernel * dilation, dilation)
                           if 0 <= c < plane.shape[1]]
                yield plane[rows][:, columns].flatten().sort(descending=True).values


def near_a_kink(net, x):
    found = []

    def look(module, inputs, out):
        if found:
            return
        if isinstance(module, (nn.ReLU, nn.LeakyReLU)):
            found.extend([1] if inputs[0].abs().min() < MARGIN else [])
        elif isinstance(module, nn.MaxPool2d):
            for w in pool_windows(module, inputs[0], out):  # a tie of zeros made by relu carries no gradient
                if len(w) > 1 and w[0] != 0 and w[0] - w[1] < MARGIN:
                    found.append(1)
                    break
    handles = [m.register_forward_hook(look) for m in net.modules()]
    buffers = {k: v.clone() for k, v in stored(net).items()}
    with torch.no_grad():
        net.train()(x)
    net.load_state_dict(buffers, strict=False)
    for handle in handles:
        handle.remove()
    return bool(found)


def loss_of(case, output, tensors):
    if case.loss == "cross_entropy":
        return F.cross_entropy(output, tensors["target"].long())
    if case.loss == "mean_squared_error":
        return F.mse_loss(output, tensors["target"])
    return (tensors["loss.weight"] * output).sum()


def make(case):
    generator = torch.Generator().manual_seed(zlib.crc32(case.name.encode()))
    net = build(case)
    x = draw(case, net, generator)
    while near_a_kink(net, x):
        x = draw(case, net, generator)

    before = {k: v.clone() for k, v in stored(net).items()}
    tensors = {"input": x, **before}
    inference = net.eval()(x)
    x.requires_grad_()
    output = net.train()(x)
    output.retain_grad()
    tensors["output"] = output
    if not torch.equal(inference, output):
        tensors["output.inference"] = inference
    if case.loss == "cross_entropy":
        tensors["target"] = torch.randint(output.shape[1], [case.batch], generator=generator)
    else:
        name = "target" if case.loss == "mean_squared_error" else "loss.weight"
        tensors[name] = torch.randn(output.shape, generator=generator, dtype=torch.float64)
    loss = loss_of(case, output, tensors)
    loss.backward()
    if case.loss != "weighted":
        tensors["loss"] = loss.reshape(1)
        tensors["gradient.output"] = output.grad
    tensors["gradient.input"] = x.grad
    tensors.update({f"gradient.{k}": p.grad for k, p in net.named_parameters()})
    tensors.update({f"after.{k}": v for k, v in stored(net).items() if "running_" in k})
    write_safetensors(FOLDER / f"{case.name}.safetensors", tensors,
                      {"torch": torch.__version__, "case": f"nn.Sequential({case.python})",
                       "strata": f"network<{case.strata}>", "loss": LOSSES[case.loss]})


def make_trajectory(name):
    strata, python = TRAJECTORIES[name]
    generator = torch.Generator().manual_seed(zlib.crc32(b"trajectory"))  # the same steps for every optimiser
    p = torch.randn(7, generator=generator, dtype=torch.float64).requires_grad_()
    steps = torch.randn([20, 7], generator=generator, dtype=torch.float64)
    steps *= torch.tensor([1, 1e-3, 1e3, 1, 1, 1, 1], dtype=torch.float64)
    steps[:5, 3] = 0  # a parameter that rests at first
    steps[:, 4] = steps[:, 4].abs()  # one that is always pushed the same way
    steps[10:, 5] = 0  # and one whose gradient stops
    parameters, optimiser = [p.detach().clone()], eval(python)
    for g in steps:
        p.grad = g.clone()
        optimiser.step()
        parameters.append(p.detach().clone())
    write_safetensors(FOLDER / f"{name}.safetensors", {"gradient.steps": steps, "parameters": torch.stack(parameters)},
                      {"torch": torch.__version__, "case": python, "strata": strata})


# ------------------------------------------------------------------- checking

def check(case):
    """Central differences of the stored network, every element; returns the worst relative error."""
    tensors, metadata = read_safetensors(FOLDER / f"{case.name}.safetensors")
    assert set(metadata) == {"torch", "case", "strata", "loss"}, metadata
    net = build(case)
    state = {k: tensors[k].clone() for k in stored(net)}
    net.load_state_dict(state, strict=False)
    same = {"rtol": 1e-12, "atol": 1e-12}  # another machine may sum in another order
    inference = net.eval()(tensors["input"])
    assert torch.allclose(inference, tensors.get("output.inference", tensors["output"]), **same), case.name
    assert torch.allclose(net.train()(tensors["input"]), tensors["output"], **same), case.name
    for k, v in stored(net).items():
        assert "running_" not in k or torch.allclose(v, tensors[f"after.{k}"], **same), k
    net.load_state_dict(state, strict=False)
    assert not near_a_kink(net, tensors["input"]), case.name

    x, worst, expected = tensors["input"].clone(), 0.0, {"input", "output", "gradient.input", *state}
    points = {"input": x, **dict(net.named_parameters())}
    with torch.no_grad():
        for name, point in points.items():
            flat, numeric = point.view(-1), []
            for i in range(flat.numel()):
                centre, values = flat[i].item(), []
                for sign in (1, -1):
                    flat[i] = centre + sign * STEP
                    values.append(loss_of(case, net(x), tensors).item())
                flat[i] = centre
                numeric.append((values[0] - values[1]) / (2 * STEP))
            numeric, analytic = torch.tensor(numeric, dtype=torch.float64), tensors[f"gradient.{name}"].flatten()
            worst = max(worst, ((analytic - numeric).abs().max() / max(1e-3, numeric.abs().max())).item())
            expected.add(f"gradient.{name}")
    expected |= {f"after.{k}" for k in state if "running_" in k}
    expected |= {"output.inference"} if any("running_" in k for k in state) else set()
    expected |= {"loss.weight"} if case.loss == "weighted" else {"target", "loss", "gradient.output"}
    assert set(tensors) == expected, (case.name, set(tensors) ^ expected)
    return worst


def check_trajectory(name):
    """The textbook's update written out; returns the worst difference over the 20 steps."""
    tensors, _ = read_safetensors(FOLDER / f"{name}.safetensors")
    p, m, v, worst = tensors["parameters"][0].clone(), 0, 0, 0.0
    for t, g in enumerate(tensors["gradient.steps"], 1):
        if name == "adam":
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            p = p - 1e-3 * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)).sqrt() + 1e-8)
        else:
            m = (0 if name == "sgd" else 0.875) * m + g
            p = p - 0.125 * (g + 0.875 * m if name == "sgd_nesterov" else m)
        worst = max(worst, (p - tensors["parameters"][t]).abs().max().item() / p.abs().max().item())
    return worst


def main():
    torch.set_num_threads(1)
    names = [case.name for case in CASES] + list(TRAJECTORIES)
    assert {f.stem for f in FOLDER.glob("*.safetensors")} <= set(names), "a file that no case makes"
    if "--check" not in sys.argv:
        for case in CASES:
            make(case)
        for name in TRAJECTORIES:
            make_trajectory(name)
        return 0
    failed = 0
    for name, worst, bound in ([(c.name, check(c), 1e-6) for c in CASES]
                               + [(n, check_trajectory(n), 1e-14) for n in TRAJECTORIES]):
        failed += not worst <= bound
        print(f"{name:30} {worst:.1e} {'ok' if worst <= bound else 'FAILED'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
