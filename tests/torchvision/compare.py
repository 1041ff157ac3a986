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
except ImportError:
    print("STRATA_SKIP: torchvision is not installed for this Python")
    sys.exit(77)

HERE = Path(__file__).resolve().parent
reference = importlib.util.spec_from_file_location("make_reference", HERE.parent / "pytorch" / "make_reference.py")
sys.argv, arguments = sys.argv[:1], sys.argv[1:]
make_reference = importlib.util.module_from_spec(reference)
reference.loader.exec_module(make_reference)
write = make_reference.write_safetensors

OPTIONS = {"googlenet": {"aux_logits": False, "init_weights": False}}
NETWORKS = ["alexnet", "vgg11", "squeezenet1_0", "squeezenet1_1", "googlenet", "resnet18", "resnet50", "densenet121"]


def case(name, folder):
    torch.manual_seed(len(name))
    net = getattr(torchvision.models, name)(**OPTIONS.get(name, {})).double()
    for module in net.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
        if isinstance(module, torch.nn.BatchNorm2d):  # numbers that inference can see
            torch.nn.init.uniform_(module.weight, 0.5, 1.5), torch.nn.init.normal_(module.bias, 0, 0.1)
            module.running_mean.normal_(0, 0.1), module.running_var.uniform_(0.5, 1.5)
    x = torch.randn(2, 3, 224, 224, dtype=torch.float64)
    target = torch.tensor([3, 997])
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "before.safetensors", net.state_dict(), {})
    with torch.no_grad():
        output = net.eval()(x)
    optimiser = torch.optim.SGD(net.parameters(), 1.0)
    loss = torch.nn.functional.cross_entropy(net.train()(x), target)
    loss.backward()
    optimiser.step()
    write(folder / "after.safetensors", net.state_dict(), {})
    write(folder / "case.safetensors", {"input": x, "output": output, "loss": loss.reshape(1),
                                        "target": torch.nn.functional.one_hot(target, 1000)}, {})


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
