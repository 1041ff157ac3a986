#!/usr/bin/env python3
"""Measures what the compiler pays for a network: seconds (median), peak resident memory, size of the object file.

    python3 bench/compile_time/measure.py [--runs 3] [--json FILE] [--peers] [--flags FLAGS] [NAME...]

Prints a table, writes JSON (build/compile_time.json), and ends with 1 if a bar is missed. A case whose source or compiler is
not there is named as skipped; where one was, and no bar is missed, the exit code is 77.
"""
import argparse
import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NATIVE = "-O3 -march=native"

# source, compiler, flags, most seconds, most MB. Without seconds the bar is that it compiles, at the compiler's own limits.
CASES = [
    ("examples/lenet5.cpp", "g++", NATIVE, 7.0, 450),
    ("examples/lenet5.cpp", "clang++-19", NATIVE, None, None),
    ("examples/lenet5_gpu.cu", "nvcc", "-O3 -arch=sm_90 -Icuda", 60.0, None),
    ("bench/compile_time/resnet50.cpp", "g++", "-O2", 25.0, 1500),
    ("bench/compile_time/resnet50.cpp", "clang++-19", "-O2", None, None),
    ("bench/compile_time/resnet152.cpp", "g++", "-O2", None, None),
    ("bench/compile_time/resnet152.cpp", "clang++-19", "-O2", None, None),
    ("bench/compile_time/resnet152.cpp", "clang++-14", "-O2", None, None),
    *[("bench/compile_time/network.cpp", "g++", f"-O2 -DSTRATA_NETWORK={name}", 40.0, 2000)
      for name in ("alexnet", "vgg16", "squeezenet1_0", "googlenet", "resnet18", "resnet110", "densenet121", "unet", "unet_same",
                   "autoencoder")],
    ("bench/compile_time/layers_100.cpp", "g++", "-O2", None, None),
    ("bench/compile_time/layers_500.cpp", "g++", "-O2", None, None),
    ("bench/compile_time/layers_500.cpp", "clang++-19", "-O2", None, None),
    ("bench/compile_time/layers_500.cpp", "clang++-14", "-O2", None, None),
]
# (the longer, the shorter, compiler, most times as long)
RATIOS = [("layers_500", "layers_100", "g++", 6.0)]
# (source, the peer's program of the same, compiler, flags, most of the peer's time). Seconds differ from machine to machine; this
# does not. The bar of 7 s was set where dlib's program took 12.2 s. Without the peer's headers it is not measured.
PEERS = [("examples/lenet5.cpp", "bench/compile_time/lenet5_dlib.cpp", "g++", NATIVE, 0.57)]


def name_of(source, flags):
    """What a case is called: its source, or the network that its flags name."""
    named = [flag.split("=")[1] for flag in shlex.split(flags) if flag.startswith("-DSTRATA_NETWORK=")]
    return named[0] if named else Path(source).stem


def compile_once(command):
    """Seconds and peak MB of one compilation, the processes that the driver starts included, and what it printed."""
    with tempfile.TemporaryFile() as output:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return seconds, usage.ru_maxrss / 1000 * 1.024, process.returncode, output.read().decode(errors="replace")


def measure(source, compiler, flags, runs, scratch):
    target = scratch / "object.o"
    command = [compiler, "-std=c++20", *shlex.split(flags), "-Iinclude", "-c", source, "-o", str(target)]
    samples = []
    for _ in range(runs):
        seconds, megabytes, status, text = compile_once(command)
        if status != 0:
            lines = text.strip().splitlines() or ["(it printed nothing)"]
            return {"compiles": False, "error": "\n".join(lines[:5])}
        samples.append((seconds, megabytes))
    return {
        "compiles": True,
        "seconds": round(statistics.median(s for s, _ in samples), 2),
        "seconds_of_each_run": [round(s, 2) for s, _ in samples],
        "peak_mb": round(max(m for _, m in samples)),
        "object_kb": round(target.stat().st_size / 1000),
    }


def version_of(compiler):
    return subprocess.run([compiler, "--version"], capture_output=True, text=True).stdout.splitlines()[0]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("names", nargs="*", help="only sources with these names (lenet5, resnet50, ...)")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--json", type=Path, default=ROOT / "build" / "compile_time.json")
    options.add_argument("--peers", action="store_true", help="also against the same program with a peer, in turns")
    options.add_argument("--flags", default="", help="added to every command")
    options = options.parse_args()

    results, missed, skipped, seconds_of = [], [], [], {}
    print(f"{'source':<14} {'compiler':<11} {'flags':<28} {'seconds':>8} {'bar':>5} {'peak MB':>8} {'bar':>5} {'object kB':>10}")
    with tempfile.TemporaryDirectory() as scratch:
        for source, compiler, flags, most_seconds, most_mb in CASES:
            name = name_of(source, flags)
            if options.names and name not in options.names:
                continue
            head = f"{name:<14} {compiler:<11} {re.sub(' -DSTRATA_NETWORK=.*', '', flags):<28}"
            if not (ROOT / source).exists() or shutil.which(compiler) is None:
                print(f"{head} skipped: {source if shutil.which(compiler) else compiler} is not there")
                skipped.append(f"{name}, {compiler}")
                continue
            result = measure(source, compiler, f"{flags} {options.flags}", options.runs, Path(scratch))
            results.append({"source": source, "compiler": version_of(compiler), "flags": flags, "most_seconds": most_seconds,
                            "most_mb": most_mb, **result})
            if not result["compiles"]:
                missed.append(f"{name} does not compile with {compiler} {flags}")
                print(f"{head} DOES NOT COMPILE\n{result['error']}")
                continue
            seconds_of[name, compiler] = result["seconds"]
            if most_seconds and result["seconds"] > most_seconds:
                missed.append(f"{name}, {compiler} {flags}: {result['seconds']} s, at most {most_seconds} s")
            if most_mb and result["peak_mb"] > most_mb:
                missed.append(f"{name}, {compiler} {flags}: {result['peak_mb']} MB, at most {most_mb} MB")
            print(f"{head} {result['seconds']:>8.2f} {most_seconds or '':>5} {result['peak_mb']:>8} {most_mb or '':>5} "
                  f"{result['object_kb']:>10}", flush=True)
    ratios = []
    for longer, shorter, compiler, most in RATIOS:
        if (longer, compiler) in seconds_of and (shorter, compiler) in seconds_of:
            ratio = seconds_of[longer, compiler] / seconds_of[shorter, compiler]
            ratios.append({"longer": longer, "shorter": shorter, "compiler": compiler, "ratio": round(ratio, 2), "most": most})
            print(f"{longer} / {shorter}, {compiler}: {ratio:.2f} times as long, at most {most}")
            if ratio > most:
                missed.append(f"{longer} takes {ratio:.2f} times as long as {shorter} with {compiler}, at most {most}")

    for source, peer, compiler, flags, most in PEERS:
        name, peers_name = Path(source).stem, Path(peer).stem
        if not options.peers or (name, compiler) not in seconds_of:
            continue
        times = {source: [], peer: []}
        with tempfile.TemporaryDirectory() as scratch:
            for _ in range(options.runs):  # in turns, since a machine that others use is not equally fast all the time
                for each in times:
                    result = measure(each, compiler, f"{flags} {options.flags}", 1, Path(scratch))
                    if result["compiles"]:
                        times[each].append(result["seconds"])
        if not times[peer]:
            print(f"{peers_name}: not measured, its headers are not there")
            continue
        mine, its = (statistics.median(times[each]) for each in (source, peer))
        ratios.append({"longer": name, "shorter": peers_name, "compiler": compiler, "ratio": round(mine / its, 2), "most": most,
                       "seconds_of_each_run": times})
        print(f"{name} / {peers_name}, {compiler}, in turns: {mine:.2f} s / {its:.2f} s = {mine / its:.2f}, at most {most}")
        if mine / its > most:
            missed.append(f"{name} takes {mine / its:.2f} of the time of {peers_name} with {compiler}, at most {most}")

    if not results:
        print("STRATA_SKIP: nothing to measure")
        return 77
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps({"runs": options.runs, "cases": results, "ratios": ratios, "missed": missed,
                                        "skipped": skipped}, indent=2) + "\n")
    print(f"written to {options.json}")
    for bar in missed:
        print(f"MISSED: {bar}")
    if missed:
        return 1
    if skipped:
        print(f"STRATA_SKIP: {len(skipped)} of {len(results) + len(skipped)} cases could not be measured; every other bar held")
        return 77
    print("every bar held")
    return 0


if __name__ == "__main__":
    sys.exit(main())
