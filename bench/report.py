#!/usr/bin/env python3
"""Runs bench/kernels and bench/networks and writes what they say to docs/benchmarks.md:

    cmake --build --preset release --target bench-report
    python3 bench/report.py --programs build/release/bench [--page docs/benchmarks.md] [--repetitions 9] [--filter REGEX]
                            [--seconds 0.05] [--keep]

The repetitions of all benchmarks are interleaved at random, so that what changes on a shared machine changes for everybody;
medians are compared, spread is the coefficient of variation. --keep renders the JSON of an earlier run again.
"""
import argparse
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(program, output, given):
    command = [str(program), f"--benchmark_repetitions={given.repetitions}", "--benchmark_enable_random_interleaving=true",
               f"--benchmark_min_time={given.seconds}", f"--benchmark_out={output}", "--benchmark_out_format=json"]
    if given.filter:
        command.append(f"--benchmark_filter={given.filter}")
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", BLIS_NUM_THREADS="1")
    status = subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL).returncode
    if status != 0:
        sys.exit(f"report.py: {program} ended with {status}; the page stays as it was")


class Measured:
    """One benchmark: the median of a figure and its spread."""

    def __init__(self, rows):
        self.median = next(r for r in rows if r.get("aggregate_name") == "median")
        spread = [r for r in rows if r.get("aggregate_name") == "cv"]
        self.spread = spread[0] if spread else {}

    def nanoseconds(self):
        unit = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}[self.median["time_unit"]]
        return unit * self.median["real_time" if "real_time" in self.median["run_name"] else "cpu_time"]

    def of(self, figure):
        return self.median.get(figure, 0.0)

    def variation(self):
        return self.spread.get("real_time" if "real_time" in self.median["run_name"] else "cpu_time", 0.0)


def read(path):
    """{run name: Measured} of one JSON file of Google Benchmark. What ended with an error is left out; strata's own may not."""
    groups = {}
    for row in json.loads(path.read_text())["benchmarks"]:
        if row.get("error_occurred"):
            if "/strata" in row["run_name"]:
                sys.exit(f"report.py: {row['run_name']}: {row.get('error_message', 'failed')}; the page stays as it was")
        elif row["run_type"] == "aggregate":
            groups.setdefault(row["run_name"], []).append(row)
    in_order = sorted(groups, key=lambda name: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)])
    return {name: Measured(groups[name]) for name in in_order if any(r["aggregate_name"] == "median" for r in groups[name])}


def grouped(measured, pattern):
    """{what is timed: {library: Measured}} of the names that match (?P<what>...)(?P<library>...)(?P<rest>...)."""
    table = {}
    for name, m in measured.items():
        found = re.fullmatch(pattern, name)
        if found:
            what = found["what"] + (found.groupdict().get("rest") or "")
            table.setdefault(what, {})[found["library"]] = m
    return {what: row for what, row in table.items() if "strata" in row}


def quantity(x):
    return f"{x:,.0f}" if x >= 1000 else f"{x:.3g}"


# DLL (commit df1fcae4 of 2020-09), which no distribution ships: samples/s of training steps and microseconds of one sample's inference on
# a machine whose core multiplied and added at 230 GFLOP/s. What it would reach here is its share of that peak of the peak measured now.
DLL_PEAK = 230.0
DLL_TRAINING = {"mlp/batch:32/threads:1": 140349.0, "keras_cnn/batch:32/threads:1": 3784.0, "lenet5/batch:64/threads:1": 8034.0}
DLL_INFERENCE = {"mlp/batch:1": 2.9, "keras_cnn/batch:1": 113.0, "lenet5/batch:1": 24.0}


def beside_dll(training, inference, peak):
    """A table of strata and what DLL's share of the peak would be here."""
    scale = peak / DLL_PEAK
    lines = ["| | strata | DLL, scaled | against it |", "|---|---|---|---|"]
    for what, there in DLL_TRAINING.items():
        if what in training:
            mine, other = training[what]["strata"].of("items_per_second"), there * scale
            lines.append(f"| {what}, samples/s | {quantity(mine)} | {quantity(other)} | {mine / other:.2f} x |")
    for what, there in DLL_INFERENCE.items():
        if what in inference:
            mine, other = inference[what]["strata"].nanoseconds() / 1e3, there / scale
            lines.append(f"| {what}, us per call | {quantity(mine)} | {quantity(other)} | {other / mine:.2f} x |")
    return "\n".join(lines) if len(lines) > 2 else ""


def comparison(table, heading, figure, unit, larger_is_better=True):
    """A table: strata, its spread, each other library, and how many times as fast as the fastest of them strata is."""
    libraries = sorted({library for row in table.values() for library in row if library != "strata"})
    lines = [f"| {heading} ({unit}) | strata | spread | " + " | ".join(libraries + ["against the fastest"]) + " |",
             "|" + "---|" * (len(libraries) + 4)]
    for what, row in table.items():
        mine = figure(row["strata"])
        others = {library: figure(row[library]) for library in libraries if library in row}
        cells = [quantity(others[library]) if library in others else "" for library in libraries]
        ratio = ""
        if others:
            best = max(others.values()) if larger_is_better else min(others.values())
            ratio = f"{mine / best if larger_is_better else best / mine:.2f} x"
        lines.append(f"| {what} | {quantity(mine)} | {100 * row['strata'].variation():.0f} % | " + " | ".join(cells + [ratio]) + " |")
    return "\n".join(lines)


def machine(programs):
    model = platform.processor()
    try:
        model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())[1]
    except (OSError, TypeError):
        pass
    cache = programs.parent / "CMakeCache.txt"
    text = cache.read_text() if cache.exists() else ""
    setting = lambda name: (re.search(rf"^{name}:\w+=(.*)$", text, re.M) or ["", ""])[1]  # noqa: E731
    compiler = setting("CMAKE_CXX_COMPILER") or "c++"
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=False).stdout.splitlines()[:1]
    flags = f"{setting('CMAKE_CXX_FLAGS_RELEASE')}{' -march=native' if setting('STRATA_NATIVE') == 'ON' else ''}"
    return f"{model}, {os.cpu_count()} virtual cores; {version[0] if version else compiler}, `{flags}`"


def versions():
    packages = {"libtorch-dev": "libtorch", "libdlib-dev": "dlib", "libdnnl-dev": "oneDNN", "libopenblas-dev": "OpenBLAS",
                "libblis-dev": "BLIS", "libxsmm-dev": "libxsmm", "libeigen3-dev": "Eigen", "libxsimd-dev": "xsimd"}
    known = []
    for package, name in packages.items():
        try:
            asked = subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], capture_output=True, text=True, check=False)
        except OSError:
            return ""
        if asked.returncode == 0 and asked.stdout:
            known.append(f"{name} {asked.stdout.split('+')[0].rsplit('-', 1)[0]}")
    return ", ".join(known)


def wrapped(text):
    """A paragraph in lines of at most 120 characters; code in backticks is not broken."""
    lines = [""]
    for word in re.findall(r"(?:`[^`]*`|[^`\s])+", text):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > 120:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return "\n".join(lines)


def page(kernels, networks, given):
    any_row = next(iter({**kernels, **networks}.values()))
    repetitions = any_row.median.get("repetitions", given.repetitions)
    text = ["# Benchmarks", "",
            "Written by `cmake --build --preset release --target bench-report` (`bench/report.py`) from one run of",
            f"`bench/kernels` and one of `bench/networks`: medians of {repetitions} interleaved repetitions. The spread is the",
            "coefficient of variation. The other libraries run in the same program. One thread uses CPU time, two threads use",
            "wall-clock time. [performance.md](performance.md) explains the figures.", "",
            wrapped(f"Machine: {machine(given.programs)}."), "",
            wrapped(f"Libraries: {versions()}. All of them flush denormals in training."), ""]
    if "machine/fma_peak" in kernels:
        peak = kernels["machine/fma_peak"].of("GFLOP/s")
        reads = ", ".join(f"{kernels[n].of('bytes_per_second') / 1e9:.0f} GB/s of {n.rsplit(':', 1)[1]} KiB"
                          for n in kernels if n.startswith("machine/read/"))
        text += [wrapped(f"One core multiplies and adds at {peak:.0f} GFLOP/s and reads {reads}, measured in the same run."), ""]
    rate = lambda m: m.of("items_per_second")  # noqa: E731
    flops = lambda m: m.of("FLOPS") / 1e9  # noqa: E731
    training = grouped(networks, r"train/(?P<what>\w+)/(?P<library>\w+)(?P<rest>/.*)")
    if training:
        text += ["## Training steps", "",
                 "Forward, backward and the optimiser. `mlp` is 784-128-10 with Adam, `keras_cnn` is Keras' first convolutional",
                 "network with Adam, `lenet5` has SGD with momentum, `tiny` is 8-16-16-1 with tanh.", "",
                 comparison(training, "network", rate, "samples/s"), ""]
    inference = grouped(networks, r"infer/(?P<what>\w+)/(?P<library>\w+)(?P<rest>/.*)")
    if inference:
        text += ["## Inference", "", comparison(inference, "network", Measured.nanoseconds, "ns per call", larger_is_better=False), ""]
    dll = beside_dll(training, inference, kernels["machine/fma_peak"].of("GFLOP/s")) if "machine/fma_peak" in kernels else ""
    if dll:
        text += ["## Compared with DLL", "",
                 "DLL is not in the same run. Its figures are what it reached on a machine with AVX-512, as a share of that core's",
                 "peak, times the peak of this one.", "", dll, ""]
    functions = grouped(kernels, r"elementary/(?P<what>\w+)/(?P<library>\w+)")
    if functions:
        nanoseconds = lambda m: 1e9 / m.of("items_per_second")  # noqa: E731
        text += ["## Elementary functions", "", "For floats in the L1 cache, 4096 at a time.", "",
                 comparison(functions, "function", nanoseconds, "ns per number", larger_is_better=False), ""]
    memory = grouped(kernels, r"memory/(?P<what>.*)/(?P<library>\w+)")
    if memory:
        text += ["## Kernels limited by memory", "",
                 "batch x channels x size, in training; batch x classes. The bytes are those that must be read and written: for",
                 "batch_norm three times its input forward and five times backward.", "",
                 comparison(memory, "kernel", lambda m: m.of("bytes_per_second") / 1e9, "GB/s"), ""]
    for kind, title in (("affine", "Products"), ("conv", "Convolutions")):
        rows = grouped(kernels, rf"{kind}/(?P<what>.*)/(?P<library>\w+)")
        if rows:
            note = ("batch x units x inputs. `forward_relu` has bias and relu in its epilogue; both sides pack the weights before."
                    if kind == "affine" else
                    "batch x channels x size -> filters, kernel, padding. oneDNN's data are in the layouts that it chose before\n"
                    "the clock starts.")
            text += [f"## {title}", "", note, "", comparison(rows, "kernel", flops, "GFLOP/s"), ""]
    return "\n".join(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=Path, default=ROOT / "build/release/bench")
    parser.add_argument("--page", type=Path, default=ROOT / "docs/benchmarks.md")
    parser.add_argument("--repetitions", type=int, default=9)
    parser.add_argument("--seconds", default="0.05", help="of each benchmark in each repetition")
    parser.add_argument("--filter", default="")
    parser.add_argument("--keep", action="store_true", help="run nothing: render the last run again")
    given = parser.parse_args()
    found = {}
    for name in ("kernels", "networks"):
        program, output = given.programs / name, given.programs / f"{name}.json"
        if not given.keep:
            if not program.exists():
                sys.exit(f"report.py: {program} is not there; build it: cmake --build --preset release --target bench_{name}")
            run(program, output, given)
        if not output.exists():
            sys.exit(f"report.py: there is no earlier run in {given.programs}; run it without --keep")
        found[name] = read(output)
    given.page.write_text(page(found["kernels"], found["networks"], given))
    print(f"written: {given.page}")


if __name__ == "__main__":
    main()
