#!/usr/bin/env python3
"""Files of the safetensors package are read, and files of strata are read by the package, with the same bits.

    python3 safetensors_package.py TOOL WORK

TOOL is the program of safetensors_tool.cpp. Where this Python has no safetensors and numpy, they are installed into a virtual
environment in WORK; where that is not possible, the exit status is 77, "skipped".
"""
import json
import os
import pathlib
import struct
import subprocess
import sys


def with_packages(work):
    """Starts this script again with a Python that has the packages."""
    environment = work / "environment"
    python = environment / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True, capture_output=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "safetensors", "numpy"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        print("STRATA_SKIP: the packages safetensors and numpy are not installed, and could not be")
        sys.exit(77)
    os.execv(str(python), [str(python), __file__, *sys.argv[1:], "--installed"])


tool, work = sys.argv[1], pathlib.Path(sys.argv[2])
work.mkdir(parents=True, exist_ok=True)
try:
    import numpy
    import safetensors
    from safetensors import numpy as of_numpy
except ImportError:
    if "--installed" in sys.argv:
        raise
    with_packages(work)

checks = 0


def check(holds, what):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"not so: {what}")


def strata(*words):
    subprocess.run([tool, *map(str, words)], check=True)


def raw(path):
    """What the package finds in a file: name -> (dtype, shape, bytes)."""
    return {name: (t["dtype"], list(t["shape"]), bytes(t["data"])) for name, t in safetensors.deserialize(path.read_bytes())}


def texts(path):
    with safetensors.safe_open(path, framework="numpy") as file:
        return file.metadata()


def write(path, tensors, metadata):
    """A file as the format's page says, for the dtypes that numpy lacks: tensors is name -> (dtype, shape, bytes)."""
    header, data = {"__metadata__": metadata}, b""
    for name, (dtype, shape, content) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, ensure_ascii=False).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def equal(a, b):
    """The same numbers, signs of zeros included; NaN where NaN is."""
    a, b = numpy.asarray(a), numpy.asarray(b)
    nan = numpy.isnan(a)
    return a.shape == b.shape and (nan == numpy.isnan(b)).all() and (a[~nan] == b[~nan]).all() and (
        numpy.signbit(a[~nan]) == numpy.signbit(b[~nan])).all()


numpy.seterr(invalid="ignore")  # signalling NaNs
random = numpy.random.default_rng(1)

# Every dtype of numpy, all bit patterns likely: the package writes, strata copies, the package reads.
arrays = {}
for dtype in ("uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float16", "float32", "float64"):
    bits = random.integers(0, 256, 4096 * numpy.dtype(dtype).itemsize, dtype=numpy.uint8)
    arrays[dtype] = bits.view(dtype).reshape(4, 32, 32)
arrays["uint64"] &= numpy.uint64(2**63 - 1)  # what as_integers holds
arrays["bool"] = random.integers(0, 2, (3, 5)).astype(bool)
arrays["scalar"] = numpy.array(1.5, numpy.float32)
arrays["empty \u00e4\n\""] = numpy.zeros((0, 7), numpy.int16)
about = {"format": "np", "words": "\u20ac \"quoted\"\n"}
of_numpy.save_file(arrays, work / "package", metadata=about)
strata("copy", work / "package", work / "copy")
check(texts(work / "copy") == about, "the metadata is kept")
back = of_numpy.load_file(work / "copy")
check(set(back) == set(arrays), "the names are kept")
for name, x in arrays.items():
    check(back[name].dtype == x.dtype and back[name].shape == x.shape and back[name].tobytes() == x.tobytes(), f"{name} is kept")

# What numpy has no dtype for, every number of 16 and 8 bits.
small = {"brain": ("BF16", [256, 256], numpy.arange(65536, dtype=numpy.uint16).tobytes()),
         "e4m3": ("F8_E4M3", [256], bytes(range(256))), "e5m2": ("F8_E5M2", [2, 128], bytes(range(256))),
         "half": ("F16", [65536], numpy.arange(65536, dtype=numpy.uint16).tobytes())}
write(work / "small", small, about)
check({name: (shape, data) for name, (_, shape, data) in raw(work / "small").items()}
      == {name: (shape, data) for name, (_, shape, data) in small.items()}, "the package reads what this script writes")
strata("copy", work / "small", work / "copy")
check(raw(work / "copy") == raw(work / "small"), "BF16 and F8 are kept")

# Their numbers, by the formats' definitions.
strata("widen", work / "small", work / "wide")
wide = of_numpy.load_file(work / "wide")
check(equal(wide["half"], numpy.arange(65536, dtype=numpy.uint16).view(numpy.float16).astype(numpy.float64)), "F16 is exact")
brain = (numpy.arange(65536, dtype=numpy.uint32) << 16).view(numpy.float32).astype(numpy.float64)
check(equal(wide["brain"], brain.reshape(256, 256)), "BF16 is exact")
e5m2 = (numpy.arange(256, dtype=numpy.uint16) << 8).view(numpy.float16).astype(numpy.float64)
check(equal(wide["e5m2"], e5m2.reshape(2, 128)), "F8_E5M2 is exact")
code = numpy.arange(256)
sign, exponent, fraction = numpy.where(code >= 128, -1.0, 1.0), code >> 3 & 15, code & 7
e4m3 = sign * numpy.where(exponent == 0, fraction * 2.0**-9, (8 + fraction) * 2.0**(exponent - 10))
e4m3[code & 127 == 127] = numpy.nan
check(equal(wide["e4m3"], e4m3), "F8_E4M3 is exact")
strata("widen", work / "package", work / "wide")
wide = of_numpy.load_file(work / "wide")
for name, x in arrays.items():
    kind = numpy.float64 if x.dtype.kind == "f" else numpy.int64
    check(wide[name].dtype == kind and equal(wide[name], x.astype(kind)), f"{name} is read exactly")

# Rounding, as numpy rounds; BF16 by its bits.
numbers = {"any": random.integers(0, 2**32, 200_000, dtype=numpy.uint32).view(numpy.float32),
           "near": (random.standard_normal(200_000) * 1e-3).astype(numpy.float32),
           "small": (random.standard_normal(200_000) * 1e-7).astype(numpy.float32)}
of_numpy.save_file(numbers, work / "numbers")
strata("narrow", work / "numbers", work / "narrow")
narrow = raw(work / "narrow")
for name, x in numbers.items():
    with numpy.errstate(over="ignore"):
        half = x.astype(numpy.float16)
    check(equal(numpy.frombuffer(narrow[name + ".f16"][2], numpy.float16), half), f"{name} is rounded to F16 as numpy rounds")
    bits = x.view(numpy.uint32).astype(numpy.uint64)
    even = ((bits + 0x7FFF + (bits >> 16 & 1)) >> 16).astype(numpy.uint16)
    got = numpy.frombuffer(narrow[name + ".bf16"][2], numpy.uint16)
    check((got == even)[~numpy.isnan(x)].all(), f"{name} is rounded to BF16, ties to even")

# A model: its names, its numbers, its test of itself.
for dtype, kind, tolerance in (("F32", numpy.float32, 1e-6), ("F16", numpy.float16, 1e-6)):
    strata("model", work / "model", dtype)
    m = of_numpy.load_file(work / "model")
    check(texts(work / "model")["format"] == "strata", "the model's file says whose it is")
    check({n: x.shape for n, x in m.items()} == {"0.weight": (4, 3), "0.bias": (4,), "2.weight": (2, 4), "2.bias": (2,), "self_test.input": (2, 3),
                                                "self_test.output": (2, 2), "self_test.tolerance": (1,)}, "the model's names and shapes")
    check(all(m[n].dtype == kind for n in m if not n.startswith("self_test")), f"the model is stored as {dtype}")
    w = {n: x.astype(numpy.float64) for n, x in m.items()}
    hidden = numpy.maximum(w["self_test.input"] @ w["0.weight"].T + w["0.bias"], 0)
    y = hidden @ w["2.weight"].T + w["2.bias"]
    # Sums of at most four float products of size 1.
    check(numpy.abs(y - w["self_test.output"]).max() < tolerance, "numpy computes what the model computed")
    # The package writes it again, and strata loads that.
    of_numpy.save_file(m, work / "model_of_package", metadata={"format": "pt"})
    strata("load", work / "model_of_package", work / "loaded")
    loaded = of_numpy.load_file(work / "loaded")
    check(all(equal(loaded[n], m[n].astype(numpy.float32)) for n in loaded), "the model is loaded with the same numbers")

# PyTorch itself, where it is there: a module takes our file as it is, and we take the module's.
try:
    import torch
    from safetensors import torch as of_torch
except ImportError:
    torch = None
if torch is not None:
    strata("model", work / "model", "F32")
    tensors = of_torch.load_file(work / "model")
    of_test = {n: tensors.pop(n) for n in list(tensors) if n.startswith("self_test")}
    module = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))
    module.load_state_dict(tensors)  # strictly: every name, every shape
    with torch.no_grad():
        y = module(of_test["self_test.input"])
    check((y - of_test["self_test.output"]).abs().max() < 1e-6, "PyTorch computes what the model computed")
    torch.manual_seed(1)
    module = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))
    of_torch.save_file(module.state_dict(), work / "module")
    strata("load", work / "module", work / "loaded")
    loaded = of_torch.load_file(work / "loaded")
    check(all(torch.equal(loaded[n], x) for n, x in module.state_dict().items()), "the module's numbers are loaded, to the bit")

print(f"PyTorch {torch.__version__ if torch else '(not there)'}, safetensors {safetensors.__version__}, numpy {numpy.__version__}: {checks} comparisons")
