#!/usr/bin/python3
"""Writes the PyTorch reference files in the folders here; README.md says what is in them.

    /usr/bin/python3 tests/pytorch/make_reference.py           write every file
    /usr/bin/python3 tests/pytorch/make_reference.py softplus  write the files of these networks alone
    /usr/bin/python3 tests/pytorch/make_reference.py --check   read them back, compare with central differences

Needs PyTorch (Debian: python3-torch). The C++ tests need only the files.
"""

import itertools
import json
import math
import re
import struct
import sys
import warnings
import zlib
from collections import namedtuple
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

FOLDER = Path(__file__).resolve().parent
MARGIN = 1e-2  # distance kept from every kink of relu and max_pool, so central differences are valid
STEP = 1e-6  # of the central differences
STEP_RATE = 0.0625  # of Adam's steps
FAMILIES = {  # a folder, and how the names of its files begin
    "conv": ["conv"],
    "conv_transpose": ["conv_transpose", "conv_transpose1d"],
    "conv1d": ["conv1d"],
    "join": ["mul"],
    "loss": ["cross_entropy", "mse"],
    "move": ["crop", "embedding", "pad1d", "pad_reflect", "pad_replicate", "pad_zero", "pixel_shuffle", "pixel_unshuffle",
             "upsample"],
    "norm": ["batch_norm", "group_norm", "instance_norm", "layer_norm", "local_response_norm", "rms_norm", "softmax"],
    "pointwise": ["elu", "gelu", "hard_sigmoid", "hard_swish", "hard_tanh", "leaky_relu", "mish", "prelu", "relu", "relu6",
                  "selu", "sigmoid", "silu", "softplus", "tanh"],
    "pool": ["adaptive_avg_pool", "adaptive_max_pool", "avg_pool", "avg_pool1d", "global_avg_pool", "global_max_pool",
             "max_pool", "max_pool1d"],
    "positions": ["max_over_positions", "mean_over_positions"],
    "product": ["dense", "matmul"],
    "structure": ["lenet_mini", "parallel", "residual", "squeeze_excite", "tokens_and_numbers", "two_inputs",
                  "two_outputs"],
    "training": ["fit_options", "formulas", "losses", "optimisers", "schedules"],
}


def file_of(name):
    """The file of a case, in the family whose word its name begins with."""
    fitting = [(word, family) for family, words in FAMILIES.items() for word in words if f"{name}_".startswith(f"{word}_")]
    assert fitting, f"{name} belongs to no family: add its first word to FAMILIES"
    return FOLDER / max(fitting, key=lambda pair: len(pair[0]))[1] / f"{name}.safetensors"


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
    path.parent.mkdir(exist_ok=True)
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


class CausalConv(nn.Conv1d):
    """No output sees a later input: all padding stands before the signal."""

    def forward(self, x):
        return super().forward(F.pad(x, [self.dilation[0] * (self.kernel_size[0] - 1), 0]))


class Hardsigmoid(nn.Module):
    """As nn.Hardsigmoid, whose derivative in double is the float nearest to 1/6."""

    def forward(self, x):
        return F.relu6(x + 3) / 6


class MeanOverTimes(nn.Module):
    def forward(self, x):
        return x.mean(dim=2)


class Crop(nn.Module):
    def __init__(self, top, left, height, width):
        super().__init__()
        self.rows, self.columns = slice(top, top + height), slice(left, left + width)

    def forward(self, x):
        return x[:, :, self.rows, self.columns]


class PaddedEmbedding(nn.Embedding):
    """Keeps which positions come before the end of each sample: its last token that is not 0."""

    def forward(self, x):
        KEPT["counts"] = (x != 0).flip(1).cummax(1).values.flip(1)
        return super().forward(x)


class MeanOverPositions(nn.Module):
    def forward(self, x):
        counts = KEPT["counts"].unsqueeze(2)
        return (x * counts).sum(dim=1) / counts.sum(dim=1).clamp(min=1)


class MaxOverPositions(nn.Module):
    def forward(self, x):
        counts = KEPT["counts"].unsqueeze(2)
        largest = x.masked_fill(~counts, -math.inf).max(dim=1).values
        return torch.where(counts.any(dim=1), largest, torch.zeros_like(largest))


class LayerNormOfPixels(nn.LayerNorm):
    """Over the channels, as torchvision's LayerNorm2d."""

    def forward(self, x):
        return super().forward(x.movedim(1, -1)).movedim(-1, 1)


class RMSNormOf(nn.Module):
    """torch.nn.RMSNorm, which release 1.13 lacks, over the dimensions from `first` to `last`."""

    def __init__(self, shape, first, last, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(shape))
        self.over, self.eps = list(range(first, last + 1)), eps

    def forward(self, x):
        return self.weight * x * torch.rsqrt((x * x).mean(self.over, keepdim=True) + self.eps)


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


KEPT = {}  # what a Tag has seen last, by its name


class Tag(nn.Identity):
    def __init__(self, name):
        super().__init__()
        self.name = name

    def forward(self, x):
        KEPT[self.name] = x
        return x


class Use(Tag):
    def forward(self, x):
        return KEPT[self.name]


class Add(Tag):
    def forward(self, x):
        return x + KEPT[self.name]


class Concat(Tag):
    """Along the features of a sequence [N, T, D], which stand last, or along the channels."""

    def forward(self, x):
        return torch.cat([x, KEPT[self.name]], dim=2 if x.dim() == 3 else 1)


class Mul(Tag):
    """Of equal shapes, or an image and a value per channel, whichever comes first."""

    def forward(self, x):
        image, scale = sorted([KEPT[self.name], x], key=lambda v: -v.dim())
        return image * scale.reshape(*scale.shape, *[1] * (image.dim() - scale.dim()))


class SqueezeExcite(nn.Module):
    """torchvision.ops.SqueezeExcitation"""

    def __init__(self, channels, squeezed, activation, gate):
        super().__init__()
        self.fc1, self.fc2 = nn.Conv2d(channels, squeezed, 1), nn.Conv2d(squeezed, channels, 1)
        self.activation, self.gate = activation, gate

    def forward(self, x):
        return x * self.gate(self.fc2(self.activation(self.fc1(F.adaptive_avg_pool2d(x, 1)))))


class Matmul(Tag):
    def forward(self, x):
        return torch.matmul(x, KEPT[self.name])


class MatmulTransposed(Tag):
    def forward(self, x):
        return torch.matmul(x, KEPT[self.name].transpose(-2, -1))


# ---------------------------------------------------------------------- cases
# `strata` is the list inside network<...>; `python` what goes into nn.Sequential(...). With `tokens` the input is integers
# below it; with `steps` so many steps of Adam are made.

Case = namedtuple("Case", "name batch input strata python loss tokens steps", defaults=("weighted", 0, 0))

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
    Case("max_pool_ceil_larger", 3, [2, 2, 4], "image<2, 2, 4>, max_pool<3, ceil_mode>",
         "nn.MaxPool2d(3, ceil_mode=True)"),
    Case("avg_pool_ceil_larger", 3, [2, 1, 5], "image<2, 1, 5>, avg_pool<4, stride<2>, padding<1>, ceil_mode>",
         "nn.AvgPool2d(4, stride=2, padding=1, ceil_mode=True)"),
    Case("avg_pool_exclude_padding", 3, [2, 7, 6],
         "image<2, 7, 6>, avg_pool<3, stride<2>, padding<1>, exclude_padding>",
         "nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)"),
    Case("avg_pool_exclude_padding_ceil", 3, [2, 6, 7],
         "image<2, 6, 7>, avg_pool<3, stride<2>, padding<1>, ceil_mode, exclude_padding>",
         "nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False)"),
    Case("global_avg_pool", 3, [5, 3, 4], "image<5, 3, 4>, global_avg_pool", "nn.AdaptiveAvgPool2d(1), nn.Flatten()"),
    Case("upsample_2", 3, [3, 4, 5], "image<3, 4, 5>, upsample<2>", "nn.Upsample(scale_factor=2)"),
    Case("upsample_2_3", 3, [2, 4, 3], "image<2, 4, 3>, upsample<2, 3>", "nn.Upsample(scale_factor=(2, 3))"),
    Case("upsample_3_conv", 3, [2, 3, 4],
         "image<2, 3, 4>, conv<5, 3, padding<1>>, softplus, upsample<3>, conv<4, 3, padding<1>>",
         "nn.Conv2d(2, 5, 3, padding=1), nn.Softplus(), nn.Upsample(scale_factor=3), nn.Conv2d(5, 4, 3, padding=1)"),
    Case("upsample_bilinear", 3, [2, 4, 3], "image<2, 4, 3>, upsample<2, 3, bilinear>",
         "nn.Upsample(scale_factor=(2, 3), mode='bilinear')"),
    Case("upsample_bilinear_conv", 2, [2, 3, 4],
         "image<2, 3, 4>, conv<3, 3, padding<1>>, softplus, upsample<4, bilinear>, conv<2, 1>",
         "nn.Conv2d(2, 3, 3, padding=1), nn.Softplus(), nn.Upsample(scale_factor=4, mode='bilinear'), nn.Conv2d(3, 2, 1)"),
    Case("pad_zero", 2, [2, 3, 4], "image<2, 3, 4>, pad<sides(1, 2, 3, 0)>", "nn.ZeroPad2d((3, 0, 1, 2))"),
    Case("pad_reflect", 2, [2, 4, 3], "image<2, 4, 3>, pad<sides(3, 1, 2, 0), reflect>",
         "nn.ReflectionPad2d((2, 0, 3, 1))"),
    Case("pad_replicate", 2, [2, 2, 3], "image<2, 2, 3>, pad<sides(3, 1, 2, 0), replicate>",
         "nn.ReplicationPad2d((2, 0, 3, 1))"),
    Case("pad1d", 2, [2, 5], "time_series<2, 5>, pad1d<1, 2>, pad1d<3, 0, reflect>, pad1d<1, 4, replicate>",
         "nn.ConstantPad1d((1, 2), 0), nn.ReflectionPad1d((3, 0)), nn.ReplicationPad1d((1, 4))"),
    Case("crop", 2, [2, 5, 6], "image<2, 5, 6>, crop<1, 2, 3, 3>", "Crop(1, 2, 3, 3)"),
    Case("pixel_shuffle", 2, [18, 2, 3], "image<18, 2, 3>, pixel_shuffle<3>", "nn.PixelShuffle(3)"),
    Case("pixel_unshuffle", 2, [2, 4, 6], "image<2, 4, 6>, pixel_unshuffle<2>", "nn.PixelUnshuffle(2)"),
    Case("adaptive_avg_pool", 2, [2, 7, 5], "image<2, 7, 5>, adaptive_avg_pool<3, 4>", "nn.AdaptiveAvgPool2d((3, 4))"),
    Case("adaptive_avg_pool_larger", 2, [2, 3, 4], "image<2, 3, 4>, adaptive_avg_pool<5>", "nn.AdaptiveAvgPool2d(5)"),
    Case("adaptive_max_pool", 2, [2, 7, 5], "image<2, 7, 5>, adaptive_max_pool<3, 4>", "nn.AdaptiveMaxPool2d((3, 4))"),
    Case("global_max_pool", 2, [3, 4, 3], "image<3, 4, 3>, global_max_pool", "nn.AdaptiveMaxPool2d(1), nn.Flatten()"),
    Case("conv_transpose", 2, [3, 3, 4],
         "image<3, 3, 4>, conv_transpose<4, 3, stride<2>, padding<1>, output_padding<1>>",
         "nn.ConvTranspose2d(3, 4, 3, stride=2, padding=1, output_padding=1)"),
    Case("conv_transpose_plain", 2, [2, 4, 3], "image<2, 4, 3>, conv_transpose<3, kernel(3, 2), padding<1, 0>>",
         "nn.ConvTranspose2d(2, 3, (3, 2), padding=(1, 0))"),
    Case("conv_transpose_groups", 2, [4, 3, 3],
         "image<4, 3, 3>, conv_transpose<6, 3, stride<3, 2>, dilation<2>, groups<2>, output_padding<2, 1>, no_bias>",
         "nn.ConvTranspose2d(4, 6, 3, stride=(3, 2), dilation=2, groups=2, output_padding=(2, 1), bias=False)"),
    Case("conv_transpose_decoder", 2, [3, 2, 2],
         "image<3, 2, 2>, conv_transpose<4, 4, stride<2>, padding<1>, no_bias>, batch_norm, softplus, "
         "conv_transpose<2, 4, stride<2>, padding<1>>, tanh_activation",
         "nn.ConvTranspose2d(3, 4, 4, stride=2, padding=1, bias=False), nn.BatchNorm2d(4), nn.Softplus(), "
         "nn.ConvTranspose2d(4, 2, 4, stride=2, padding=1), nn.Tanh()"),
    Case("conv_transpose1d", 2, [4, 5],
         "time_series<4, 5>, conv_transpose1d<6, 4, stride<3>, padding<1>, output_padding<2>, groups<2>>",
         "nn.ConvTranspose1d(4, 6, 4, stride=3, padding=1, output_padding=2, groups=2)"),
    Case("conv_depthwise_stride2", 2, [5, 7, 6],
         "image<5, 7, 6>, conv<5, 3, groups<5>, stride<2>, padding<1>>, softplus, conv<5, 3, groups<5>, dilation<2>, "
         "padding<2>, no_bias>, tanh_activation",
         "nn.Conv2d(5, 5, 3, groups=5, stride=2, padding=1), nn.Softplus(), "
         "nn.Conv2d(5, 5, 3, groups=5, dilation=2, padding=2, bias=False), nn.Tanh()"),
    Case("conv1d_valid", 3, [3, 9], "time_series<3, 9>, conv1d<5, 3>", "nn.Conv1d(3, 5, 3)"),
    Case("conv1d_same", 3, [2, 8], "time_series<2, 8>, conv1d<4, 4, same, dilation<2>>",
         "nn.Conv1d(2, 4, 4, padding='same', dilation=2)"),
    Case("conv1d_groups", 3, [4, 10], "time_series<4, 10>, conv1d<6, 3, groups<2>, stride<2>, padding<1>, no_bias>",
         "nn.Conv1d(4, 6, 3, groups=2, stride=2, padding=1, bias=False)"),
    Case("conv1d_causal", 3, [3, 9], "time_series<3, 9>, conv1d<17, 3, causal, dilation<2>>",
         "CausalConv(3, 17, 3, dilation=2)"),
    Case("conv1d_blocks", 4, [2, 12],
         "time_series<2, 12>, conv1d<6, 3, causal, no_bias>, batch_norm, relu, "
         "residual<sequence<conv1d<6, 2, causal, dilation<4>>, tanh_activation, conv1d<6, 1>>>, "
         "conv1d<3, 3, causal, stride<2>>, flatten, dense<4>",
         "CausalConv(2, 6, 3, bias=False), nn.BatchNorm1d(6), nn.ReLU(), "
         "Residual(nn.Sequential(CausalConv(6, 6, 2, dilation=4), nn.Tanh(), nn.Conv1d(6, 6, 1))), "
         "CausalConv(6, 3, 3, stride=2), nn.Flatten(), nn.Linear(18, 4)"),
    Case("max_pool1d", 3, [3, 9], "time_series<3, 9>, max_pool1d<3, stride<2>, padding<1>>",
         "nn.MaxPool1d(3, stride=2, padding=1)"),
    Case("avg_pool1d", 3, [2, 9], "time_series<2, 9>, avg_pool1d<3, stride<2>, padding<1>>",
         "nn.AvgPool1d(3, stride=2, padding=1)"),
    Case("conv1d_pools", 3, [2, 10],
         "time_series<2, 10>, conv1d<6, 3>, batch_norm, relu, max_pool1d<2>, conv1d<5, 2>, global_avg_pool, dense<3>",
         "nn.Conv1d(2, 6, 3), nn.BatchNorm1d(6), nn.ReLU(), nn.MaxPool1d(2), nn.Conv1d(6, 5, 2), "
         "MeanOverTimes(), nn.Linear(5, 3)"),
    Case("relu", 3, [13], "features<13>, relu", "nn.ReLU()"),
    Case("leaky_relu", 3, [13], "features<13>, leaky_relu of slope 0.01", "nn.LeakyReLU(0.01)"),
    Case("leaky_relu_02", 3, [13], "features<13>, leaky_relu of slope 0.2", "nn.LeakyReLU(0.2)"),
    Case("sigmoid", 3, [13], "features<13>, sigmoid", "nn.Sigmoid()"),
    Case("tanh", 3, [13], "features<13>, tanh_activation", "nn.Tanh()"),
    Case("softplus", 3, [13], "features<13>, softplus", "nn.Softplus()"),
    Case("elu", 3, [13], "features<13>, elu<>", "nn.ELU()"),
    Case("elu_half", 3, [13], "features<13>, elu<0.5>", "nn.ELU(0.5)"),
    Case("selu", 3, [13], "features<13>, selu", "nn.SELU()"),
    Case("gelu", 3, [13], "features<13>, gelu", "nn.GELU()"),
    Case("gelu_tanh", 3, [13], "features<13>, gelu_tanh", "nn.GELU(approximate='tanh')"),
    Case("silu", 3, [13], "features<13>, silu", "nn.SiLU()"),
    Case("mish", 3, [13], "features<13>, mish", "nn.Mish()"),
    Case("hard_swish", 3, [13], "features<13>, hard_swish", "nn.Hardswish()"),
    Case("hard_sigmoid", 3, [13], "features<13>, hard_sigmoid", "Hardsigmoid()"),
    Case("hard_tanh", 3, [13], "features<13>, hard_tanh", "nn.Hardtanh()"),
    Case("relu6", 3, [13], "features<13>, relu6", "nn.ReLU6()"),
    Case("prelu", 3, [3, 3, 4], "image<3, 3, 4>, prelu", "nn.PReLU(3)"),
    Case("prelu_shared", 3, [13], "features<13>, dense<6>, prelu_shared", "nn.Linear(13, 6), nn.PReLU()"),
    Case("softmax", 3, [7], "features<7>, softmax", "nn.Softmax(dim=1)"),
    Case("batch_norm_image", 4, [3, 4, 5], "image<3, 4, 5>, batch_norm", "nn.BatchNorm2d(3)"),
    Case("batch_norm_features", 3, [6], "features<6>, batch_norm", "nn.BatchNorm1d(6)"),
    Case("batch_norm_as_keras", 4, [3, 4, 5], "image<3, 4, 5>, batch_norm_with<epsilon<1e-3>, momentum<0.01>>",
         "nn.BatchNorm2d(3, eps=1e-3, momentum=0.01)"),
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

CASES += [
    Case("mul", 3, [5], "features<5>, dense<4>, tag<\"x\">, dense<4>, sigmoid, mul<\"x\">",
         "nn.Linear(5, 4), Tag('x'), nn.Linear(4, 4), nn.Sigmoid(), Mul('x')"),
    Case("mul_channels", 3, [3, 4, 5],
         "image<3, 4, 5>, tag<\"x\">, global_avg_pool, dense<2>, tanh_activation, dense<3>, sigmoid, mul<\"x\">",
         "Tag('x'), nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), nn.Linear(3, 2), nn.Tanh(), nn.Linear(2, 3), "
         "nn.Sigmoid(), Mul('x')"),
    Case("squeeze_excite", 3, [3, 4, 5], "image<3, 4, 5>, conv<8, 3, padding<1>>, squeeze_excite<4, silu>",
         "nn.Conv2d(3, 8, 3, padding=1), SqueezeExcite(8, 2, nn.SiLU(), nn.Sigmoid())"),
    Case("squeeze_excite_hard", 3, [8, 3, 4], "image<8, 3, 4>, squeeze_excite<3, relu, hard_sigmoid>",
         "SqueezeExcite(8, 2, nn.ReLU(), Hardsigmoid())"),
]

CASES += [case._replace(steps=5) for case in [
    Case("dense_sequence", 3, [4, 5], "vectors<4, 5>, dense<3>", "nn.Linear(5, 3)"),
    Case("layer_norm_sequence", 3, [4, 6], "vectors<4, 6>, layer_norm", "nn.LayerNorm(6)"),
    Case("layer_norm_features", 3, [9], "features<9>, layer_norm_with<epsilon<1e-3>, no_bias>",
         "nn.LayerNorm(9, eps=1e-3, bias=False)"),
    Case("rms_norm_sequence", 3, [4, 6], "vectors<4, 6>, rms_norm", "nn.RMSNorm(6, eps=1e-5)"),
    Case("layer_norm_image", 3, [5, 3, 4], "image<5, 3, 4>, layer_norm", "LayerNormOfPixels(5)"),
    Case("layer_norm_signal", 3, [4, 7], "time_series<4, 7>, layer_norm", "LayerNormOfPixels(4)"),
    Case("layer_norm_all", 3, [3, 2, 4], "image<3, 2, 4>, layer_norm_with<all_positions>", "nn.LayerNorm([3, 2, 4])"),
    Case("rms_norm_image", 3, [5, 3, 4], "image<5, 3, 4>, rms_norm", "RMSNormOf([5, 1, 1], 1, 1, 1e-5)"),
    Case("rms_norm_all", 3, [3, 2, 4], "image<3, 2, 4>, rms_norm_with<all_positions>",
         "RMSNormOf([3, 2, 4], 1, 3, 1e-5)"),
    Case("group_norm_image", 3, [6, 3, 4], "image<6, 3, 4>, group_norm<3>", "nn.GroupNorm(3, 6)"),
    Case("group_norm_plain", 3, [4, 3, 2], "image<4, 3, 2>, conv<6, 2>, group_norm<2, no_affine, epsilon<1e-3>>",
         "nn.Conv2d(4, 6, 2), nn.GroupNorm(2, 6, eps=1e-3, affine=False)"),
    Case("group_norm_features", 3, [6], "features<6>, group_norm<2>", "nn.GroupNorm(2, 6)"),
    Case("instance_norm_image", 3, [3, 4, 5], "image<3, 4, 5>, instance_norm_with<affine>",
         "nn.InstanceNorm2d(3, affine=True)"),
    Case("instance_norm_signal", 3, [3, 8], "time_series<3, 8>, conv1d<4, 2, no_bias>, instance_norm, conv1d<2, 1>",
         "nn.Conv1d(3, 4, 2, bias=False), nn.InstanceNorm1d(4), nn.Conv1d(4, 2, 1)"),
    Case("local_response_norm", 3, [3, 2, 3], "image<3, 2, 3>, conv<7, 1>, local_response_norm<5, 0.5, 0.75, 2>",
         "nn.Conv2d(3, 7, 1), nn.LocalResponseNorm(5, alpha=0.5, beta=0.75, k=2)"),
    Case("local_response_norm_even", 2, [3, 4, 3], "image<3, 4, 3>, conv<6, 2>, local_response_norm<4, 1, 0.6>, conv<2, 1>",
         "nn.Conv2d(3, 6, 2), nn.LocalResponseNorm(4, alpha=1, beta=0.6), nn.Conv2d(6, 2, 1)"),
    Case("matmul_attention", 3, [5, 3],
         "vectors<5, 3>, dense<4>, tag<\"keys\">, dense<4>, matmul_transposed<\"keys\">, softmax, matmul<\"keys\">",
         "nn.Linear(3, 4), Tag('keys'), nn.Linear(4, 4), MatmulTransposed('keys'), nn.Softmax(dim=-1), Matmul('keys')"),
    Case("embedding", 3, [5], "tokens<5, 7>, embedding<7, 3>", "nn.Embedding(7, 3)", tokens=7),
    Case("mean_over_positions", 6, [6], "tokens<6, 7, padding<0>>, embedding<7, 3>, layer_norm, mean_over_positions, dense<2>",
         "PaddedEmbedding(7, 3), nn.LayerNorm(3), MeanOverPositions(), nn.Linear(3, 2)", tokens=7),
    Case("max_over_positions", 6, [6], "tokens<6, 7, padding<0>>, embedding<7, 3>, dense<4>, max_over_positions, dense<2>",
         "PaddedEmbedding(7, 3), nn.Linear(3, 4), MaxOverPositions(), nn.Linear(4, 2)", tokens=7),
    Case("cross_entropy_sequence", 3, [4, 3], "vectors<4, 3>, dense<5>", "nn.Linear(3, 5)",
         "cross_entropy{.ignore_index = 3}"),
    Case("cross_entropy_tokens", 4, [6],
         "tokens<6, 9>, embedding<9, 8>, layer_norm, dense<5>, tanh_activation, dense<4>",
         "nn.Embedding(9, 8), nn.LayerNorm(8), nn.Linear(8, 5), nn.Tanh(), nn.Linear(5, 4)",
         "cross_entropy{.label_smoothing = 0.125, .class_weights = {1, 0.25, 4, 2}}", tokens=9),
    Case("cross_entropy_pixels", 2, [2, 3, 4], "image<2, 3, 4>, conv<5, 3, padding<1>>",
         "nn.Conv2d(2, 5, 3, padding=1)",
         "cross_entropy{.label_smoothing = 0.125, .class_weights = {1, 0.25, 4, 2, 0.5}, .ignore_index = 2}"),
    Case("cross_entropy_signal", 3, [2, 7], "time_series<2, 7>, conv1d<5, 3, padding<1>>, tanh_activation, conv1d<4, 1>",
         "nn.Conv1d(2, 5, 3, padding=1), nn.Tanh(), nn.Conv1d(5, 4, 1)", "cross_entropy{.ignore_index = 0}"),
    Case("cross_entropy_upsample", 2, [3, 3, 2],
         "image<3, 3, 2>, conv<4, 3, padding<1>>, tanh_activation, upsample<2>, conv<3, 1>",
         "nn.Conv2d(3, 4, 3, padding=1), nn.Tanh(), nn.Upsample(scale_factor=2), nn.Conv2d(4, 3, 1)",
         "cross_entropy{}"),
]]

# Networks of several inputs or outputs: each input as C++ writes it, and of each output, which a Tag keeps, the loss
# and its weight.

PortsCase = namedtuple("PortsCase", "name batch inputs strata python losses")
STEPS_OF_PORTS = 5

PORTS_CASES = [
    PortsCase("two_inputs", 3, {"picture": "image<2, 5, 4>", "place": "features<3>"},
              "conv<3, 3>, tanh_activation, flatten, dense<4>, tag<\"seen\">, use<\"place\">, dense<4>, add<\"seen\">, softplus, "
              "concat<\"place\">, dense<2>, tag<\"values\">, outputs<\"values\">",
              "nn.Conv2d(2, 3, 3), nn.Tanh(), nn.Flatten(), nn.Linear(18, 4), Tag('seen'), Use('place'), nn.Linear(3, 4), "
              "Add('seen'), nn.Softplus(), Concat('place'), nn.Linear(7, 2), Tag('values')",
              {"values": ("mean_squared_error{}", 1.0)}),
    PortsCase("two_outputs", 4, {"numbers": "features<5>"},
              "dense<6>, tanh_activation, tag<\"trunk\">, dense<4>, tag<\"class\">, use<\"trunk\">, dense<3>, softplus, dense<2>, "
              "tag<\"values\">, outputs<\"class\", \"values\">",
              "nn.Linear(5, 6), nn.Tanh(), Tag('trunk'), nn.Linear(6, 4), Tag('class'), Use('trunk'), nn.Linear(6, 3), "
              "nn.Softplus(), nn.Linear(3, 2), Tag('values')",
              {"class": ("cross_entropy{}", 0.7), "values": ("mean_squared_error{}", 0.3)}),
    PortsCase("tokens_and_numbers", 3, {"words": "tokens<6, 9>", "marks": "vectors<6, 2>", "age": "features<3>"},
              "embedding<9, 4>, concat<\"marks\">, layer_norm, dense<5>, tanh_activation, tag<\"seen\">, dense<4>, tag<\"kinds\">, "
              "use<\"seen\">, flatten, concat<\"age\">, dense<2>, tag<\"yes\">, outputs<\"kinds\", \"yes\">",
              "nn.Embedding(9, 4), Concat('marks'), nn.LayerNorm(6), nn.Linear(6, 5), nn.Tanh(), Tag('seen'), nn.Linear(5, 4), "
              "Tag('kinds'), Use('seen'), nn.Flatten(), Concat('age'), nn.Linear(33, 2), Tag('yes')",
              {"kinds": ("cross_entropy{.ignore_index = 3}", 0.5), "yes": ("binary_cross_entropy{}", 2.0)}),
]

LOSSES = {
    "weighted": "sum(loss.weight * output)",
    "cross_entropy": "cross_entropy, mean over the batch",
    "mean_squared_error": "mean_squared_error, mean over all elements",
}

# Optimisers, as C++ and as Python write them. Powers of two and their like are the same number in float and in double; the
# rest are the defaults.

PYTHON_NAMES = {"rate": "lr", "rate_decay": "lr_decay", "epsilon": "eps", "initial_accumulator": "initial_accumulator_value"}
PYTHON_TYPES = {"sgd": "SGD", "adam": "Adam", "adamw": "AdamW", "rmsprop": "RMSprop", "adagrad": "Adagrad"}
DEFAULTS = {  # of the options that the textbook's updates below ask for
    "sgd": dict(rate=1e-2, momentum=0, dampening=0, weight_decay=0, nesterov=False),
    "adam": dict(rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0),
    "adamw": dict(rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=1e-2),
    "rmsprop": dict(rate=1e-2, alpha=0.99, epsilon=1e-8, weight_decay=0, momentum=0, centered=False),
    "adagrad": dict(rate=1e-2, rate_decay=0, weight_decay=0, initial_accumulator=0, epsilon=1e-10),
}


def combinations(**choices):
    """Every combination of the options given as name=[values]; None leaves the option out."""
    for values in itertools.product(*choices.values()):
        yield {k: v for k, v in zip(choices, values) if v is not None}


OPTIMISERS = [
    *(("sgd", o) for o in combinations(rate=[0.125], weight_decay=[None, 0.0625])),
    *(("sgd", o) for o in combinations(rate=[0.125], momentum=[0.875], dampening=[None, 0.25], weight_decay=[None, 0.0625])),
    *(("sgd", o) for o in combinations(rate=[0.125], momentum=[0.875], weight_decay=[None, 0.0625], nesterov=[True])),
    *(("adam", o) for o in combinations(weight_decay=[None, 0.0625])),
    *(("adam", o) for o in combinations(rate=[0.0625], beta1=[0.75], beta2=[0.9375], epsilon=[0.125], weight_decay=[None, 0.0625])),
    *(("adamw", o) for o in combinations(rate=[None, 0.0625], weight_decay=[None, 0, 0.5])),
    ("adamw", dict(rate=0.0625, beta1=0.75, beta2=0.9375, epsilon=0.125, weight_decay=0.0625)),
    *(("rmsprop", o) for o in combinations(weight_decay=[None, 0.0625], momentum=[None, 0.875], centered=[None, True])),
    *(("rmsprop", o) for o in combinations(rate=[0.0625], alpha=[0.875], epsilon=[0.125], momentum=[None, 0.875], centered=[None, True])),
    *(("adagrad", o) for o in combinations(rate_decay=[None, 0.125], weight_decay=[None, 0.0625], initial_accumulator=[None, 0.5])),
    ("adagrad", dict(rate=0.25, epsilon=0.125)),
]


def in_cpp(name, options):
    """What the C++ test writes, and so the name of the tensor: sgd{.rate = 0.125, .nesterov = true}"""
    return name + "{" + ", ".join(f".{k} = {str(v).lower() if isinstance(v, bool) else v}" for k, v in options.items()) + "}"


def in_python(name, options):
    given = {PYTHON_NAMES.get(k, k): v for k, v in options.items() if k not in ("beta1", "beta2")}
    if "beta1" in options:
        given["betas"] = (options["beta1"], options["beta2"])
    if name == "sgd":
        given.setdefault("lr", 0.01)
    return f"torch.optim.{PYTHON_TYPES[name]}(" + ", ".join(["[p]", *(f"{k}={v}" for k, v in given.items())]) + ")"


# Schedules: the C++ expression, PyTorch's scheduler of an optimiser o whose rate is 1, and whether that is told of epochs or
# of steps. 24 epochs of 5 steps.
EPOCHS, STEPS = 24, 5
SCHEDULES = {
    "cosine": ("lr_scheduler.CosineAnnealingLR(o, T_max=120)", "step"),
    "step_decay{.every = 7, .gamma = 0.5}": ("lr_scheduler.StepLR(o, step_size=7, gamma=0.5)", "epoch"),
    "step_decay{}": ("lr_scheduler.StepLR(o, step_size=10)", "epoch"),
    "exponential_decay{.gamma = 0.9}": ("lr_scheduler.ExponentialLR(o, gamma=0.9)", "epoch"),
    "one_cycle{}": ("lr_scheduler.OneCycleLR(o, max_lr=1, total_steps=120, cycle_momentum=False)", "step"),
    "one_cycle{.pct_start = 0.45, .div_factor = 10, .final_div_factor = 100}":
        ("lr_scheduler.OneCycleLR(o, max_lr=1, total_steps=120, pct_start=0.45, div_factor=10, final_div_factor=100, "
         "cycle_momentum=False)", "step"),
    "warm_up{}": ("lr_scheduler.LinearLR(o, total_iters=5)", "step"),
    "warm_up{.epochs = 2.4, .start = 0.25}": ("lr_scheduler.LinearLR(o, start_factor=0.25, total_iters=12)", "step"),
    "warm_up{.epochs = 4, .start = 0.125, .then = cosine}":
        ("lr_scheduler.SequentialLR(o, [lr_scheduler.LinearLR(o, start_factor=0.125, total_iters=20), "
         "lr_scheduler.CosineAnnealingLR(o, T_max=100)], milestones=[20])", "step"),
    "warm_up{.epochs = 2, .then = step_decay{.every = 7, .gamma = 0.5}}":
        ("lr_scheduler.SequentialLR(o, [lr_scheduler.LinearLR(o, total_iters=10), "
         "lr_scheduler.StepLR(o, step_size=35, gamma=0.5)], milestones=[10])", "step"),
    "plateau{}": ("lr_scheduler.ReduceLROnPlateau(o)", "loss"),
    "plateau{.factor = 0.5, .patience = 2}": ("lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=2)", "loss"),
    "plateau{.factor = 0.5, .patience = 0, .cooldown = 2, .min_factor = 0.2}":
        ("lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=0, cooldown=2, min_lr=0.2)", "loss"),
    "plateau{.factor = 0.25, .patience = 1, .threshold = 0.25}":
        ("lr_scheduler.ReduceLROnPlateau(o, factor=0.25, patience=1, threshold=0.25)", "loss"),
}
# Better, hardly better, worse, as good as the best, better again, and then no more.
LOSSES_OF_EPOCHS = [2, 1.5, 1.25, 1.24, 1.2399, 1.2399, 1.23985, 1.5, 1.23, 1.25, 1.25, 1.0, 0.5, 0.5, 0.5] + [0.5625] * 9

# Losses: the C++ expression, PyTorch's, and which of the targets it takes. A hundred steps of descent for each, over four batches
# in turn.
CRITERIA = {
    "mean_squared_error{}": ("nn.MSELoss()", "values"),
    "l1{}": ("nn.L1Loss()", "values"),
    "huber{}": ("nn.HuberLoss()", "values"),
    "huber<0.25>{}": ("nn.HuberLoss(delta=0.25)", "values"),
    "binary_cross_entropy{}": ("nn.BCEWithLogitsLoss()", "yes"),
    "binary_cross_entropy<3>{}": ("nn.BCEWithLogitsLoss(pos_weight=number(3.0))", "yes"),
    "binary_cross_entropy<>{.ignore_index = -100}": ("lambda x, t: nn.BCEWithLogitsLoss()(x[t != -100], t[t != -100])", "marked"),
    "binary_cross_entropy<3>{.ignore_index = 255}":
        ("lambda x, t: nn.BCEWithLogitsLoss(pos_weight=number(3.0))(x[t != 255], t[t != 255])", "marked_255"),
    "cross_entropy{}": ("nn.CrossEntropyLoss()", "classes"),
    "cross_entropy{.label_smoothing = 0.125}": ("nn.CrossEntropyLoss(label_smoothing=0.125)", "classes"),
    "cross_entropy{.label_smoothing = 0.25}": ("nn.CrossEntropyLoss(label_smoothing=0.25)", "shares"),
    "cross_entropy{.class_weights = {1, 0.25, 4}}": ("nn.CrossEntropyLoss(weight=number([1, 0.25, 4]))", "classes"),
    "cross_entropy{.label_smoothing = 0.125, .class_weights = {1, 0.25, 4}}":
        ("nn.CrossEntropyLoss(weight=number([1, 0.25, 4]), label_smoothing=0.125)", "classes"),
}
RATE = 0.125

# What fit does between a gradient and its step, and after it: the C++ expression, and the same for PyTorch. clip_value cuts
# before clip_norm scales. A hundred steps of descent for each; the 28 samples come in batches, in order, and where several are
# accumulated the last step of an epoch has fewer of them.
FIT_OPTIONS = {
    "fit_options{.batch = 7, .clip_norm = 0.5}": dict(batch=7, clip_norm=0.5),
    "fit_options{.batch = 7, .clip_value = 0.125}": dict(batch=7, clip_value=0.125),
    "fit_options{.batch = 7, .clip_norm = 0.25, .clip_value = 0.125}": dict(batch=7, clip_norm=0.25, clip_value=0.125),
    "fit_options{.batch = 7, .accumulate = 2}": dict(batch=7, accumulate=2),
    "fit_options{.batch = 8, .accumulate = 2}": dict(batch=8, accumulate=2),
    "fit_options{.batch = 5, .accumulate = 4}": dict(batch=5, accumulate=4),
    "fit_options{.batch = 7, .average = 0.875}": dict(batch=7, average=0.875),
    "fit_options{.batch = 8, .accumulate = 2, .clip_norm = 0.5, .average = 0.96875}":
        dict(batch=8, accumulate=2, clip_norm=0.5, average=0.96875),
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
    if case.tokens:
        x = torch.randint(case.tokens, [case.batch, *case.input], generator=generator)
        if "padding<0>" in case.strata:  # from nothing but padding to one position less than all
            for n in range(case.batch):
                x[n, n:] = 0
        return x
    return normal([case.batch, *case.input]) * 1.5


def pool_windows(pool, x, out):
    """Every window's values, largest first, a list of 1-D tensors (padding left out)."""
    stride, padding, dilation, kernel = pool.stride, pool.padding, pool.dilation, pool.kernel_size
    if isinstance(pool, nn.MaxPool1d):
        for row in x.flatten(0, 1):
            for j in range(out.shape[2]):
                times = range(j * stride - padding, j * stride - padding + kernel * dilation, dilation)
                yield row[[t for t in times if 0 <= t < len(row)]].sort(descending=True).values
        return
    for plane in x.flatten(0, 1):
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                rows = [r for r in range(i * stride - padding, i * stride - padding + kernel * dilation, dilation)
                        if 0 <= r < plane.shape[0]]
                columns = [c for c in range(j * stride - padding, j * stride - padding + kernel * dilation, dilation)
                           if 0 <= c < plane.shape[1]]
                yield plane[rows][:, columns].flatten().sort(descending=True).values


KINKS = {nn.ReLU: [0], nn.LeakyReLU: [0], nn.PReLU: [0], nn.ELU: [0], nn.SELU: [0], nn.ReLU6: [0, 6], nn.Hardtanh: [-1, 1],
         nn.Hardswish: [-3, 3], Hardsigmoid: [-3, 3]}


def near_a_kink(net, x):
    found = []

    def look(module, inputs, out):
        if found:
            return
        for kind, kinks in KINKS.items():
            if isinstance(module, kind) and any((inputs[0] - kink).abs().min() < MARGIN for kink in kinks):
                found.append(1)
                return
        if isinstance(module, (nn.MaxPool1d, nn.MaxPool2d)):
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


def of_positions(case):
    """Is the loss one of class numbers, each a position's? Then its options, as F.cross_entropy takes them."""
    return options_of_classes(case.loss) if "{" in case.loss else None


def options_of_classes(loss):
    options = loss.split("{", 1)[1]
    def option(pattern, default):
        found = re.search(pattern, options)
        return json.loads(f"[{found[1]}]") if found else default
    (smoothing,), (ignored,) = option(r"smoothing = ([\d.]+)", [0.0]), option(r"ignore_index = (\d+)", [-100])
    weights = option(r"weights = {([^}]+)", None)
    return {"label_smoothing": smoothing, "ignore_index": ignored, "weight": None if weights is None else number(weights)}


def classes_second(case, output):
    """PyTorch has the classes of a sequence [N, T, K] second, as those of an image or a signal [N, K, T]."""
    return output if output.dim() == 4 or "time_series" in case.strata else output.movedim(-1, 1)


def loss_of(case, output, tensors):
    if of_positions(case):
        return F.cross_entropy(classes_second(case, output), tensors["target"].long(), **of_positions(case))
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
    if not case.tokens:
        x.requires_grad_()
    output = net.train()(x)
    output.retain_grad()
    tensors["output"] = output
    if not torch.equal(inference, output):
        tensors["output.inference"] = inference
    if case.loss == "cross_entropy":
        tensors["target"] = torch.randint(output.shape[1], [case.batch], generator=generator)
    elif of_positions(case):
        scores = classes_second(case, output)
        tensors["target"] = torch.randint(scores.shape[1], [case.batch, *scores.shape[2:]], generator=generator)
    else:
        name = "target" if case.loss == "mean_squared_error" else "loss.weight"
        tensors[name] = torch.randn(output.shape, generator=generator, dtype=torch.float64)
    loss = loss_of(case, output, tensors)
    loss.backward()
    if case.loss != "weighted":
        tensors["loss"] = loss.reshape(1)
        tensors["gradient.output"] = output.grad
    if not case.tokens:
        tensors["gradient.input"] = x.grad
    # copies: up to release 1.13, zero_grad() sets the gradients themselves to zero
    tensors.update({f"gradient.{k}": p.grad.clone() for k, p in net.named_parameters()})
    tensors.update({f"after.{k}": v for k, v in stored(net).items() if "running_" in k})
    if case.steps:
        optimiser = torch.optim.Adam(net.parameters(), lr=STEP_RATE)
        for _ in range(case.steps):
            optimiser.zero_grad()
            loss_of(case, net(x.detach()), tensors).backward()
            optimiser.step()
        tensors.update({f"step {case.steps}.{k}": p.clone() for k, p in net.named_parameters()})
    write_safetensors(file_of(case.name), tensors,
                      {"torch": torch.__version__, "case": f"nn.Sequential({case.python})",
                       "strata": f"network<{case.strata}>", "loss": LOSSES.get(case.loss, case.loss)})


def shape_of(port):
    """The extents of one sample of "image<2, 5, 4>", and the vocabulary of tokens<length, vocabulary>, else 0."""
    extents = [int(n) for n in re.findall(r"\d+", port)]
    return (extents[:-1], extents[-1]) if port.startswith("tokens") else (extents, 0)


def results_of(case, net, inputs):
    """The outputs by name: the layers begin with the first input."""
    KEPT.clear()
    KEPT.update(inputs)
    net(inputs[next(iter(case.inputs))])
    return {name: KEPT[name] for name in case.losses}


def loss_on(loss, output, target):
    if loss.startswith("cross_entropy"):
        scores = output.movedim(-1, 1) if output.dim() == 3 else output
        return F.cross_entropy(scores, target.long(), **options_of_classes(loss))
    return {"mean_squared_error{}": F.mse_loss, "binary_cross_entropy{}": F.binary_cross_entropy_with_logits}[loss](output, target)


def weighted_loss(case, outputs, tensors, of_one=loss_on):
    return sum(weight * of_one(loss, outputs[name], tensors[f"target.{name}"]) for name, (loss, weight) in case.losses.items())


def inputs_in(case, tensors):
    return {name: tensors[f"input.{name}"].long() if shape_of(port)[1] else tensors[f"input.{name}"].clone()
            for name, port in case.inputs.items()}


def make_ports(case):
    generator = torch.Generator().manual_seed(zlib.crc32(case.name.encode()))
    def normal(shape):
        return torch.randn(shape, generator=generator, dtype=torch.float64)
    net, tensors = build(case), {}
    for name, port in case.inputs.items():
        extents, vocabulary = shape_of(port)
        tensors[f"input.{name}"] = draw(Case(case.name, case.batch, extents, "", "", tokens=vocabulary), net, generator)
    tensors.update({k: v.clone() for k, v in stored(net).items()})
    inputs = inputs_in(case, tensors)
    for x in inputs.values():
        x.requires_grad_(x.is_floating_point())
    outputs = results_of(case, net, inputs)
    for name, (loss, _) in case.losses.items():
        shape = outputs[name].shape
        tensors[f"output.{name}"] = outputs[name]
        tensors[f"target.{name}"] = (torch.randint(shape[-1], shape[:-1], generator=generator) if loss.startswith("cross_entropy")
                                     else (normal(shape) > 0).double() if loss.startswith("binary") else normal(shape))
        tensors[f"loss.{name}"] = loss_on(loss, outputs[name], tensors[f"target.{name}"]).reshape(1)
    loss = weighted_loss(case, outputs, tensors)
    loss.backward()
    tensors["loss"] = loss.reshape(1)
    tensors.update({f"gradient.input.{k}": x.grad for k, x in inputs.items() if x.requires_grad})
    # copies: up to release 1.13, zero_grad() sets the gradients themselves to zero
    tensors.update({f"gradient.{k}": p.grad.clone() for k, p in net.named_parameters()})
    optimiser = torch.optim.Adam(net.parameters(), lr=STEP_RATE)
    for _ in range(STEPS_OF_PORTS):
        optimiser.zero_grad()
        weighted_loss(case, results_of(case, net, inputs_in(case, tensors)), tensors).backward()
        optimiser.step()
    tensors.update({f"step {STEPS_OF_PORTS}.{k}": p for k, p in net.named_parameters()})
    ins = ", ".join(f'in<"{k}", {port}>' for k, port in case.inputs.items())
    ons = ", ".join(f'on<"{k}">({loss}, {weight})' for k, (loss, weight) in case.losses.items())
    write_safetensors(file_of(case.name), tensors,
                      {"torch": torch.__version__, "case": f"nn.Sequential({case.python})",
                       "strata": f"network<inputs<{ins}>, {case.strata}>", "loss": f"losses{{{ons}}}"})


def follow(python, start, steps):
    """The parameters before the first and after every step, as PyTorch makes them."""
    p = start.clone().requires_grad_()
    parameters, optimiser = [start.clone()], eval(python)
    for g in steps:
        p.grad = g.clone()
        optimiser.step()
        parameters.append(p.detach().clone())
    return torch.stack(parameters)


def make_optimisers():
    generator = torch.Generator().manual_seed(zlib.crc32(b"trajectory"))  # the same steps for every optimiser
    start = torch.randn(7, generator=generator, dtype=torch.float64).float().double()  # numbers of float
    steps = torch.randn([100, 7], generator=generator, dtype=torch.float64)
    steps *= torch.tensor([1, 1e-3, 1e3, 1, 1, 1, 1], dtype=torch.float64)
    steps[:5, 3] = 0  # a parameter that rests at first
    steps[:, 4] = steps[:, 4].abs()  # one that is always pushed the same way
    steps[10:, 5] = 0  # and one whose gradient stops
    steps = steps.float().double()
    tensors, texts = {"gradients": steps}, {"torch": torch.__version__}
    for name, options in OPTIMISERS:
        cpp, python = in_cpp(name, options), in_python(name, options)
        assert cpp not in tensors, cpp
        tensors[cpp], texts[cpp] = follow(python, start, steps), python
    write_safetensors(file_of("optimisers"), tensors, texts)


def number(x):
    return torch.tensor(x, dtype=torch.float64)


def network_of_losses(start):
    net = nn.Sequential(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 3)).double()
    nn.utils.vector_to_parameters(start.clone(), net.parameters())
    return net


def descend(loss_of_batch, net, x, t):
    """The parameters before the first step and after every tenth, and the loss before each of a hundred steps."""
    def now():
        return nn.utils.parameters_to_vector(net.parameters()).detach().clone()
    rows, losses, batch = [now()], [], 7
    optimiser = torch.optim.SGD(net.parameters(), lr=RATE)
    for step in range(100):
        part = slice(step % 4 * batch, (step % 4 + 1) * batch)
        optimiser.zero_grad()
        loss = loss_of_batch(net(x[part]), t[part])
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
        if step % 10 == 9:
            rows.append(now())
    return torch.stack(rows), number(losses)


def make_losses():
    generator = torch.Generator().manual_seed(zlib.crc32(b"losses"))
    def normal(*shape):
        return torch.randn(shape, generator=generator, dtype=torch.float64).float().double()
    start, x = 0.5 * normal(39), normal(28, 5)
    yes = (normal(28, 3) > 0.5).double()
    yes[::5] = torch.rand(6, 3, generator=generator).double()  # some are in between
    targets = {"values": normal(28, 3), "yes": yes, "classes": torch.randint(3, [28], generator=generator),
               "shares": torch.softmax(normal(28, 3), 1)}
    for name, ignored in ("marked", -100), ("marked_255", 255):
        targets[name] = torch.where(torch.rand(28, 3, generator=generator) < 0.25, number(ignored), yes)
    tensors, texts = {"start": start, "input": x, **targets}, {"torch": torch.__version__}
    for cpp, (python, target) in CRITERIA.items():
        tensors[cpp], tensors[f"loss of {cpp}"] = descend(eval(python), network_of_losses(start), x, targets[target])
        texts[cpp] = f"{python} of {target}"
    write_safetensors(file_of("losses"), tensors, texts)


# Losses that PyTorch has as formulas alone: of a layer's outputs x and a batch's targets t. The file holds, of each, the gradient
# to the input and the loss of the first of five steps of descent, then the losses and the parameters behind them.

def soft_dice(x, t, smoothing, ignored=-100):
    """Per sample and class, over the pixels."""
    counts = (t != ignored).double()
    shares = F.softmax(x, 1).flatten(2) * counts.flatten(1)[:, None]
    wanted = (F.one_hot(t.clamp(min=0), x.shape[1]).movedim(-1, 1) * counts[:, None]).flatten(2)
    return (1 - (2 * (shares * wanted).sum(2) + smoothing) / (shares.sum(2) + wanted.sum(2) + smoothing)).mean()


def of_normal(mean, log_variance):
    return torch.distributions.Normal(mean, (0.5 * log_variance).exp())


FORMULAS = {  # the layer, the shape of a batch's input, the formula, the targets
    "hinge{}": ("nn.Linear(4, 3)", [6, 4], lambda x, t: F.relu(1 - t * x).mean(), "signs"),
    "squared_hinge{}": ("nn.Linear(4, 3)", [6, 4], lambda x, t: F.relu(1 - t * x).square().mean(), "signs"),
    "wasserstein{}": ("nn.Linear(4, 3)", [6, 4], lambda x, t: (t * x).mean(), "signs"),
    "kl_divergence{}": ("nn.Linear(4, 6)", [6, 4],
                        lambda x, t: torch.distributions.kl_divergence(of_normal(*x.chunk(2, 1)), of_normal(*t.chunk(2, 1)))
                        .sum(1).mean(), "values"),
    "soft_dice{}": ("nn.Conv2d(2, 3, 2)", [4, 2, 4, 5], lambda x, t: soft_dice(x, t.long(), 1), "classes"),
    "soft_dice<0.5>{.ignore_index = 2}": ("nn.Conv2d(2, 3, 2)", [4, 2, 4, 5], lambda x, t: soft_dice(x, t.long(), 0.5, 2),
                                          "classes"),
    "weighted_cross_entropy{}": ("nn.Conv2d(2, 3, 2)", [4, 2, 4, 5],
                                 lambda x, t: (F.cross_entropy(x, t[:, 0].long(), reduction="none") * t[:, 1]).mean(), "weighted"),
}


def formula_of(cpp):
    """The layer, the input and the targets: the same in every run."""
    layer, extents, loss, kind = FORMULAS[cpp]
    generator = torch.Generator().manual_seed(zlib.crc32(cpp.encode()))
    net, x = eval(layer).double(), torch.randn(extents, generator=generator, dtype=torch.float64)
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(0.5 * torch.randn(p.shape, generator=generator, dtype=torch.float64))
        y = net(x)
    classes = torch.randint(3, [len(y), *y.shape[2:]], generator=generator).double()
    return net, x, loss, {"signs": torch.where(torch.randn(y.shape, generator=generator) > 0, 1.0, -1.0).double(),
                          "values": 0.5 * torch.randn(y.shape, generator=generator, dtype=torch.float64), "classes": classes,
                          "weighted": torch.stack([classes, torch.rand(classes.shape, generator=generator).double() * 3], 1)}[kind]


def descend_by_formula(net, x, t, loss):
    x, losses = x.clone().requires_grad_(), []
    start = nn.utils.parameters_to_vector(net.parameters()).detach().clone()
    optimiser = torch.optim.SGD(net.parameters(), lr=RATE)
    for step in range(5):
        optimiser.zero_grad()
        value = loss(net(x), t)
        (gradient,) = torch.autograd.grad(value, x, retain_graph=True)
        value.backward()
        optimiser.step()
        losses.append(value.item())
        first = gradient if step == 0 else first
    return {"input": x.detach(), "target": t, "gradient": first, "losses": number(losses), "start": start,
            "end": nn.utils.parameters_to_vector(net.parameters()).detach()}


def make_formulas():
    tensors, texts = {}, {"torch": torch.__version__}
    for cpp, (layer, _, _, kind) in FORMULAS.items():
        net, x, loss, t = formula_of(cpp)
        tensors.update({f"{what} of {cpp}": v for what, v in descend_by_formula(net, x, t, loss).items()})
        texts[cpp] = f"{layer}, {kind}"
    write_safetensors(file_of("formulas"), tensors, texts)


def check_formulas():
    """Central differences of each formula to its input; returns the worst relative error."""
    tensors, texts = read_safetensors(file_of("formulas"))
    assert set(texts) == {*FORMULAS, "torch"}
    worst = 0.0
    for cpp in FORMULAS:
        net, x, loss, t = formula_of(cpp)
        assert torch.equal(x, tensors[f"input of {cpp}"]) and torch.equal(t, tensors[f"target of {cpp}"]), cpp
        worst = max(worst, check_gradients({"it": x}, lambda: loss(net(x), t), {"gradient.it": tensors[f"gradient of {cpp}"]}))
        found = descend_by_formula(net, x, t, loss)
        worst = max(worst, *((found[k] - tensors[f"{k} of {cpp}"]).abs().max().item() for k in ("losses", "end")))
    return worst


def steps_of(batch, accumulate=1, **_):
    """For each of a hundred steps the slices of its batches."""
    steps = []
    while len(steps) < 100:
        batches = [slice(first, min(first + batch, 28)) for first in range(0, 28, batch)]
        steps += [batches[first : first + accumulate] for first in range(0, len(batches), accumulate)]
    return steps[:100]


def fit_as(options, net, x, t):
    """The parameters before the first step and after every tenth, the loss of each of a hundred steps, the norm of its gradient
    before it is scaled, and the running averages of the parameters behind those rows but the first, where one is kept."""
    optimiser = torch.optim.SGD(net.parameters(), lr=RATE)
    decay = options.get("average")
    averaged = torch.optim.swa_utils.AveragedModel(net, avg_fn=lambda average, p, _: decay * average + (1 - decay) * p)
    def now(net):
        return nn.utils.parameters_to_vector(net.parameters()).detach().clone()
    rows, averages, losses, norms = [now(net)], [], [], []
    for step, batches in enumerate(steps_of(**options)):
        samples, loss_of_step = sum(b.stop - b.start for b in batches), 0.0
        optimiser.zero_grad()
        for b in batches:
            loss = F.mse_loss(net(x[b]), t[b]) * ((b.stop - b.start) / samples)
            loss.backward()
            loss_of_step += loss.item()
        if "clip_value" in options:
            nn.utils.clip_grad_value_(net.parameters(), options["clip_value"])
        if "clip_norm" in options:
            norms.append(nn.utils.clip_grad_norm_(net.parameters(), options["clip_norm"]).item())
        optimiser.step()
        losses.append(loss_of_step)
        if decay is not None:
            averaged.update_parameters(net)
        if step % 10 == 9:
            rows.append(now(net))
            averages += [now(averaged)] if decay is not None else []
    return torch.stack(rows), number(losses), number(norms), torch.stack(averages) if averages else None


def make_fit_options():
    generator = torch.Generator().manual_seed(zlib.crc32(b"fit_options"))
    def normal(*shape):
        return torch.randn(shape, generator=generator, dtype=torch.float64).float().double()
    start, x, t = 0.5 * normal(39), normal(28, 5), normal(28, 3)
    tensors, texts = {"start": start, "input": x, "values": t}, {"torch": torch.__version__}
    for cpp, options in FIT_OPTIONS.items():
        rows, losses, norms, averages = fit_as(options, network_of_losses(start), x, t)
        tensors[cpp], tensors[f"loss of {cpp}"] = rows, losses
        if norms.numel():
            tensors[f"norm of {cpp}"] = norms
        if averages is not None:
            tensors[f"average of {cpp}"] = averages
        texts[cpp] = ", ".join(f"{k} {v}" for k, v in options.items())
    write_safetensors(file_of("fit_options"), tensors, texts)


def factors_of(python, when):
    """The rate before each step of an optimiser whose own rate is 1."""
    o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler, rates = eval(f"torch.optim.{python}".replace("[lr_", "[torch.optim.lr_").replace(" lr_", " torch.optim.lr_")), []
    for epoch in range(EPOCHS):
        for step in range(STEPS):
            rates.append(o.param_groups[0]["lr"])
            o.step()
            if when == "step" and len(rates) < EPOCHS * STEPS:
                scheduler.step()
        if when == "epoch":
            scheduler.step()
        if when == "loss":
            scheduler.step(LOSSES_OF_EPOCHS[epoch])
    return torch.tensor(rates, dtype=torch.float64)


def make_schedules():
    warnings.filterwarnings("ignore", "The epoch parameter", UserWarning)  # PyTorch's SequentialLR calls what PyTorch deprecates
    tensors, texts = {"losses": torch.tensor(LOSSES_OF_EPOCHS, dtype=torch.float64)}, {"torch": torch.__version__}
    for cpp, (python, when) in SCHEDULES.items():
        tensors[cpp], texts[cpp] = factors_of(python, when), f"{python}, told after each {when}"
    write_safetensors(file_of("schedules"), tensors, texts)


# ------------------------------------------------------------------- checking

def check(case):
    """Central differences of the stored network, every element; returns the worst relative error."""
    tensors, metadata = read_safetensors(file_of(case.name))
    assert set(metadata) == {"torch", "case", "strata", "loss"}, metadata
    net = build(case)
    state = {k: tensors[k].clone() for k in stored(net)}
    net.load_state_dict(state, strict=False)
    same = {"rtol": 1e-12, "atol": 1e-12}  # another machine may sum in another order
    given = tensors["input"].long() if case.tokens else tensors["input"]
    inference = net.eval()(given)
    assert torch.allclose(inference, tensors.get("output.inference", tensors["output"]), **same), case.name
    assert torch.allclose(net.train()(given), tensors["output"], **same), case.name
    for k, v in stored(net).items():
        assert "running_" not in k or torch.allclose(v, tensors[f"after.{k}"], **same), k
    net.load_state_dict(state, strict=False)
    assert not near_a_kink(net, given), case.name

    worst, expected = 0.0, {"input", "output", *state}
    x = tensors["input"].long() if case.tokens else tensors["input"].clone()
    points = {**({} if case.tokens else {"input": x}), **dict(net.named_parameters())}
    if of_positions(case):
        worst = abs(textbook_of_positions(case, tensors["output"], tensors["target"].long()) - tensors["loss"]).item()
    worst = max(worst, check_gradients(points, lambda: loss_of(case, net(x), tensors), tensors))
    expected |= {f"gradient.{name}" for name in points}
    if case.steps:
        expected |= {f"step {case.steps}.{k}" for k, _ in net.named_parameters()}
        worst = max(worst, check_steps(case.steps, net, lambda: loss_of(case, net(x), tensors), tensors))
    expected |= {f"after.{k}" for k in state if "running_" in k}
    expected |= {"output.inference"} if any("running_" in k for k in state) else set()
    expected |= {"loss.weight"} if case.loss == "weighted" else {"target", "loss", "gradient.output"}
    assert set(tensors) == expected, (case.name, set(tensors) ^ expected)
    return worst


def check_gradients(points, loss, tensors):
    """Every element by central differences of the loss: the worst relative error."""
    worst = 0.0
    with torch.no_grad():
        for name, point in points.items():
            flat, numeric = point.view(-1), []
            for i in range(flat.numel()):
                centre, values = flat[i].item(), []
                for sign in (1, -1):
                    flat[i] = centre + sign * STEP
                    values.append(loss().item())
                flat[i] = centre
                numeric.append((values[0] - values[1]) / (2 * STEP))
            numeric, analytic = torch.tensor(numeric, dtype=torch.float64), tensors[f"gradient.{name}"].flatten()
            worst = max(worst, ((analytic - numeric).abs().max() / max(1e-3, numeric.abs().max())).item())
    return worst


def textbook_of_positions(case, output, target):
    return textbook_of_classes(of_positions(case), classes_second(case, output), target)


def textbook_of_classes(o, scores, target):
    """The loss written out, position by position."""
    total, weights = 0.0, 0.0
    for n, *at in itertools.product(*map(range, target.shape)):
        x, t = scores[(n, slice(None), *at)], target[(n, *at)]
        if t == o["ignore_index"]:
            continue
        w = torch.ones_like(x) if o["weight"] is None else o["weight"]
        log_p = x - x.exp().sum().log()
        shares = (1 - o["label_smoothing"]) * F.one_hot(t, len(x)) + o["label_smoothing"] / len(x)
        total, weights = total - (w * shares * log_p).sum(), weights + w[t]
    return total / weights


def check_steps(steps, net, loss, tensors):
    """The steps again, by the textbook's Adam of all parameters as one: the worst difference."""
    parameters = list(net.parameters())
    def gradients():
        while True:
            net.zero_grad()
            loss().backward()
            yield nn.utils.parameters_to_vector([p.grad for p in parameters]).detach().clone()
    for p in itertools.islice(textbook("adam", {"rate": STEP_RATE}, nn.utils.parameters_to_vector(parameters).detach(),
                                       gradients()), steps):
        nn.utils.vector_to_parameters(p, parameters)
    return max((tensors[f"step {steps}.{k}"] - p).abs().max().item() for k, p in net.named_parameters())


def textbook_on(loss, output, target):
    """The loss of an output written out."""
    if loss.startswith("cross_entropy"):
        scores = output.movedim(-1, 1) if output.dim() == 3 else output
        return textbook_of_classes(options_of_classes(loss), scores, target.long())
    return textbook_loss(loss, output, target)


def check_ports(case):
    """As check, for a network of several inputs or outputs: the loss is the weighted sum of those written out."""
    tensors, metadata = read_safetensors(file_of(case.name))
    assert set(metadata) == {"torch", "case", "strata", "loss"}, metadata
    net = build(case)
    state = {k: tensors[k].clone() for k in stored(net)}
    net.load_state_dict(state)
    inputs = inputs_in(case, tensors)
    outputs = results_of(case, net, inputs)
    worst = abs(weighted_loss(case, outputs, tensors, textbook_on) - tensors["loss"]).item()
    for name, (loss, _) in case.losses.items():
        assert torch.allclose(outputs[name], tensors[f"output.{name}"], rtol=1e-12, atol=1e-12), (case.name, name)
        worst = max(worst, abs(textbook_on(loss, outputs[name], tensors[f"target.{name}"]) - tensors[f"loss.{name}"]).item())
        if "ignore_index" in loss:
            ignored = tensors[f"target.{name}"] == options_of_classes(loss)["ignore_index"]
            assert ignored.any() and not ignored.all(), case.name
    points = {**{f"input.{k}": x for k, x in inputs.items() if x.is_floating_point()}, **dict(net.named_parameters())}
    def loss_now():
        return weighted_loss(case, results_of(case, net, inputs), tensors)
    worst = max(worst, check_gradients(points, loss_now, tensors))
    worst = max(worst, check_steps(STEPS_OF_PORTS, net, loss_now, tensors))
    expected = {"loss", *state, *(f"gradient.{k}" for k in points), *(f"input.{k}" for k in inputs)}
    expected |= {f"step {STEPS_OF_PORTS}.{k}" for k, _ in net.named_parameters()}
    expected |= {f"{what}.{k}" for k in case.losses for what in ("output", "target", "loss")}
    assert set(tensors) == expected, (case.name, set(tensors) ^ expected)
    return worst


def textbook(name, options, p, steps):
    """The optimiser's update written out: the parameters after each step."""
    o = namedtuple("Options", DEFAULTS[name])(**{**DEFAULTS[name], **options})
    first = second = mean = torch.zeros_like(p)
    for t, g in enumerate(steps, 1):
        if name != "adamw":
            g = g + o.weight_decay * p
        if name == "sgd":
            first = o.momentum * first + (1 if t == 1 else 1 - o.dampening) * g
            p = p - o.rate * (g + o.momentum * first if o.nesterov else first if o.momentum else g)
        elif name == "adagrad":
            second = second + g * g
            p = p - o.rate / (1 + (t - 1) * o.rate_decay) * g / ((o.initial_accumulator + second).sqrt() + o.epsilon)
        elif name == "rmsprop":
            second = o.alpha * second + (1 - o.alpha) * g * g
            mean = o.alpha * mean + (1 - o.alpha) * g if o.centered else mean
            first = o.momentum * first + g / ((second - mean**2).sqrt() + o.epsilon)
            p = p - o.rate * first
        else:
            first, second = o.beta1 * first + (1 - o.beta1) * g, o.beta2 * second + (1 - o.beta2) * g * g
            if name == "adamw":
                p = p - o.rate * o.weight_decay * p
            p = p - o.rate * (first / (1 - o.beta1**t)) / ((second / (1 - o.beta2**t)).sqrt() + o.epsilon)
        yield p


def check_optimisers():
    """Every trajectory against the textbook's; returns the worst difference, relative to the largest parameter."""
    tensors, texts = read_safetensors(file_of("optimisers"))
    assert set(tensors) == {"gradients"} | {in_cpp(*case) for case in OPTIMISERS} and set(texts) == set(tensors) - {"gradients"} | {"torch"}
    worst = 0.0
    for name, options in OPTIMISERS:
        rows = tensors[in_cpp(name, options)]
        for p, expected in zip(textbook(name, options, rows[0], tensors["gradients"]), rows[1:]):
            worst = max(worst, ((p - expected).abs().max() / rows.abs().max()).item())
    return worst


def textbook_loss(cpp, x, t):
    """The loss written out."""
    name, options = cpp.split("{", 1)
    def option(pattern, default):
        found = re.search(pattern, options)
        return json.loads(f"[{found[1]}]") if found else default
    given = float(name.split("<")[1][:-1] or 1) if "<" in name else 1.0
    if name.startswith("binary_cross_entropy"):
        (ignored,) = option(r"ignore_index = (-?\d+)", [-100])
        x, t = x[t != ignored], t[t != ignored]
        p = 1 / (1 + torch.exp(-x))
        return -(given * t * p.log() + (1 - t) * (1 - p).log()).mean()
    d = x - t if name != "cross_entropy" else None
    if name == "mean_squared_error":
        return (d * d).mean()
    if name == "l1":
        return d.abs().mean()
    if name.startswith("huber"):
        return torch.where(d.abs() <= given, d * d / 2, given * (d.abs() - given / 2)).mean()
    (smoothing,), w = option(r"smoothing = ([\d.]+)", [0]), number(option(r"weights = {([^}]+)", [1, 1, 1]))
    t = F.one_hot(t.long(), 3).double() if t.dim() == 1 else t
    log_p = x - x.exp().sum(1, keepdim=True).log()
    return -(w * ((1 - smoothing) * t + smoothing / 3) * log_p).sum() / (w * t).sum()


def check_losses():
    """Every trajectory against that of the loss written out; returns the worst difference."""
    tensors, texts = read_safetensors(file_of("losses"))
    given = {"start", "input", "values", "yes", "classes", "shares", "marked", "marked_255"}
    assert set(tensors) == given | set(CRITERIA) | {f"loss of {cpp}" for cpp in CRITERIA} and set(texts) == {*CRITERIA, "torch"}
    worst = 0.0
    for cpp, (_, target) in CRITERIA.items():
        rows, losses = descend(lambda x, t: textbook_loss(cpp, x, t), network_of_losses(tensors["start"]), tensors["input"],
                               tensors[target])
        worst = max(worst, (rows - tensors[cpp]).abs().max().item(), (losses - tensors[f"loss of {cpp}"]).abs().max().item())
        assert losses[-4:].sum() < losses[:4].sum(), cpp  # it learns
    return worst


def check_fit_options():
    """Every fit against one written out: the gradient of a step is that of the mean over all its samples, clipping is
    arithmetic, and an average is a weighted sum of all parameters so far. Returns the worst difference."""
    tensors, texts = read_safetensors(file_of("fit_options"))
    expected, worst = {"start", "input", "values"}, 0.0
    x, t = tensors["input"], tensors["values"]
    assert set(texts) == {*FIT_OPTIONS, "torch"}
    for cpp, options in FIT_OPTIONS.items():
        p, path, decay, met = tensors["start"].clone(), [], options.get("average"), [0, 0]
        rows, averages = [p], []
        for step, batches in enumerate(steps_of(**options)):
            part = slice(batches[0].start, batches[-1].stop)
            net = network_of_losses(p)
            loss = F.mse_loss(net(x[part]), t[part])
            g = nn.utils.parameters_to_vector(torch.autograd.grad(loss, list(net.parameters())))
            if "clip_value" in options:
                met[0] += (g.abs() > options["clip_value"]).any().item()
                g = g.clamp(-options["clip_value"], options["clip_value"])
            if "clip_norm" in options:
                norm = (g * g).sum().sqrt()
                met[1] += (norm > options["clip_norm"]).item()
                g = g * min(1, options["clip_norm"] / (norm + 1e-6))
                worst = max(worst, abs(norm - tensors[f"norm of {cpp}"][step]).item())
            p = p - RATE * g
            path.append(p)
            worst = max(worst, abs(loss - tensors[f"loss of {cpp}"][step]).item())
            if step % 10 == 9:
                rows.append(p)
                if decay is not None:
                    weights = [decay**step] + [(1 - decay) * decay ** (step - k) for k in range(1, step + 1)]
                    averages.append(sum(w * q for w, q in zip(weights, path)))
        worst = max(worst, (torch.stack(rows) - tensors[cpp]).abs().max().item())
        expected |= {cpp, f"loss of {cpp}"}
        if "clip_norm" in options:
            expected.add(f"norm of {cpp}")
        if decay is not None:
            expected.add(f"average of {cpp}")
            worst = max(worst, (torch.stack(averages) - tensors[f"average of {cpp}"]).abs().max().item())
        bounds = ["clip_value" in options, "clip_norm" in options]
        assert all(10 <= n <= 100 if has else n == 0 for n, has in zip(met, bounds)), (cpp, met)  # the bounds are met
        assert tensors[f"loss of {cpp}"][-4:].sum() < tensors[f"loss of {cpp}"][:4].sum(), cpp  # it learns
    assert set(tensors) == expected, set(tensors) ^ expected
    return worst


def check_schedules():
    """The file against the schedulers here, and against what must hold of some; returns the worst difference."""
    warnings.filterwarnings("ignore", "The epoch parameter", UserWarning)
    tensors, _ = read_safetensors(file_of("schedules"))
    assert set(tensors) == {"losses", *SCHEDULES}
    assert tensors["losses"].tolist() == LOSSES_OF_EPOCHS
    assert tensors["one_cycle{}"].max() == 1 and abs(tensors["one_cycle{}"][0] - 1 / 25) < 1e-12
    assert abs(tensors["cosine"][60] - 0.5) < 1e-12, tensors["cosine"][60]
    return max((tensors[cpp] - factors_of(*how)).abs().max().item() for cpp, how in SCHEDULES.items())


def main():
    torch.set_num_threads(1)
    networks = [case.name for case in CASES + PORTS_CASES]
    names = networks + ["fit_options", "formulas", "losses", "optimisers", "schedules"]
    assert set(FOLDER.glob("**/*.safetensors")) <= set(map(file_of, names)), "a file that no case makes"
    if "--check" not in sys.argv:
        chosen = sys.argv[1:]
        assert set(chosen) <= {*networks, "formulas"}, "a network that is no case"
        for case in CASES:
            if not chosen or case.name in chosen:
                make(case)
        for case in PORTS_CASES:
            if not chosen or case.name in chosen:
                make_ports(case)
        if not chosen or "formulas" in chosen:
            make_formulas()
        if chosen:
            return 0
        make_fit_options()
        make_losses()
        make_optimisers()
        make_schedules()
        return 0
    failed = 0
    for name, worst, bound in ([(c.name, check(c), 1e-6) for c in CASES] + [(c.name, check_ports(c), 1e-6) for c in PORTS_CASES]
                               + [("fit_options", check_fit_options(), 1e-12), ("formulas", check_formulas(), 1e-6), ("losses", check_losses(), 1e-12),
                                  ("optimisers", check_optimisers(), 1e-12), ("schedules", check_schedules(), 1e-14)]):
        failed += not worst <= bound
        print(f"{name:30} {worst:.1e} {'ok' if worst <= bound else 'FAILED'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
