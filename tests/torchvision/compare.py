"""Networks of the literature beside torchvision's own modules with the same random weights.

    python3 compare.py PROGRAMS SCRATCH [NAME...]     PROGRAMS holds compare_NAME, of compare.cpp

Two images, in double: scores in inference, then one step of gradient descent at a rate of 1 without dropout, which shows every
gradient and running statistic. Ends with 77 where torchvision is not installed.
"""
import importlib.util
import subprocess
import sys
from pathlib import Path

try:
    import torch
    import torchvision
    from torch import nn
except ImportError:
    print("STRATA_SKIP: torchvision is not installed for this Python")
    sys.exit(77)

HERE = Path(__file__).resolve().parent
reference = importlib.util.spec_from_file_location("make_reference", HERE.parent / "pytorch" / "make_reference.py")
sys.argv, arguments = sys.argv[:1], sys.argv[1:]
make_reference = importlib.util.module_from_spec(reference)
reference.loader.exec_module(make_reference)
write = make_reference.write_safetensors



def double_conv(inner, outer, valid):
    if valid:
        return nn.Sequential(nn.Conv2d(inner, outer, 3), nn.ReLU(), nn.Conv2d(outer, outer, 3), nn.ReLU())
    return nn.Sequential(nn.Conv2d(inner, outer, 3, padding=1, bias=False), nn.BatchNorm2d(outer), nn.ReLU(),
                         nn.Conv2d(outer, outer, 3, padding=1, bias=False), nn.BatchNorm2d(outer), nn.ReLU())


class Level(nn.Module):
    """A level of a U-Net, with the smaller ones inside; its parts are numbered as in strata's file."""

    def __init__(self, inner, filters, levels, valid):
        super().__init__()
        self.add_module("0", double_conv(inner, filters, valid))
        self.smaller = nn.Sequential(nn.MaxPool2d(2), unet_level(filters, 2 * filters, levels - 1, valid),
                                     nn.ConvTranspose2d(2 * filters, filters, 2, 2))
        self.add_module("1", nn.ModuleList([nn.Identity(), self.smaller]))
        self.add_module("2", double_conv(2 * filters, filters, valid))

    def forward(self, x):
        kept = self._modules["0"](x)
        risen = self.smaller(kept)
        cut = (kept.shape[2] - risen.shape[2]) // 2
        kept = kept[:, :, cut:cut + risen.shape[2], cut:cut + risen.shape[3]]
        return self._modules["2"](torch.cat([kept, risen], 1))


def unet_level(inner, filters, levels, valid):
    return Level(inner, filters, levels, valid) if levels > 0 else double_conv(inner, filters, valid)


class UNet(nn.Module):
    def __init__(self, channels, filters, levels, valid):
        super().__init__()
        self.levels, self.head = unet_level(channels, filters, levels, valid), nn.Conv2d(filters, 2, 1)

    def forward(self, x):
        return self.head(self.levels(x))

    def state_dict(self, *args, **kwargs):  # the same tensors have a second name
        return {k: v for k, v in super().state_dict(*args, **kwargs).items() if ".smaller." not in k and "smaller." not in k}


OPTIONS = {"googlenet": {"aux_logits": False, "init_weights": False}}
NETWORKS = ["alexnet", "vgg11", "squeezenet1_0", "squeezenet1_1", "googlenet", "resnet18", "resnet50", "densenet121", "mobilenet_v2", "efficientnet_b0",
            "convnext_tiny", "unet",
            "unet_same"]
OWN = {"unet": lambda: UNet(1, 64, 4, True), "unet_same": lambda: UNet(1, 16, 2, False)}
INPUTS = {"unet": (1, 188, 188), "unet_same": (1, 128, 128)}


def case(name, folder):
    torch.manual_seed(len(name))
    net = (OWN[name]() if name in OWN else getattr(torchvision.models, name)(**OPTIONS.get(name, {}))).double()
    for module in net.modules():
        if isinstance(module, (nn.Dropout, torchvision.ops.StochasticDepth)):
            module.p = 0.0
        if hasattr(module, "layer_scale"):  # a millionth would hide the blocks
            nn.init.uniform_(module.layer_scale, 0.5, 1.5)
        if isinstance(module, torch.nn.BatchNorm2d):  # numbers that inference can see
            torch.nn.init.uniform_(module.weight, 0.5, 1.5), torch.nn.init.normal_(module.bias, 0, 0.1)
            module.running_mean.normal_(0, 0.1), module.running_var.uniform_(0.5, 1.5)
    x = torch.randn(2, *INPUTS.get(name, (3, 224, 224)), dtype=torch.float64)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "before.safetensors", net.state_dict(), {})
    with torch.no_grad():
        output = net.eval()(x)
    target = torch.randint(output.shape[1], (2, *output.shape[2:]))
    optimiser = torch.optim.SGD(net.parameters(), 1.0)
    loss = torch.nn.functional.cross_entropy(net.train()(x), target)
    loss.backward()
    optimiser.step()
    write(folder / "after.safetensors", net.state_dict(), {})
    write(folder / "case.safetensors", {"input": x, "output": output, "loss": loss.reshape(1),
                                        "target": target}, {})


def main(programs, scratch, *names):
    worst = 0
    print("network: scores in inference, loss, gradients and statistics (the largest relative differences), of which tensor")
    for name in names or NETWORKS:
        folder = Path(scratch) / name
        case(name, folder)
        ran = subprocess.run([Path(programs) / f"compare_{name}", folder], capture_output=True, text=True)
        print(f"{name}: {ran.stdout.strip()}{ran.stderr.strip()}", flush=True)
        worst = max(worst, abs(ran.returncode))
        for file in folder.iterdir():
            file.unlink()
    return worst


if __name__ == "__main__":
    sys.exit(main(*arguments))
