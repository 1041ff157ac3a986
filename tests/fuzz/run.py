#!/usr/bin/env python3
"""Builds a fuzz target with clang's libFuzzer and both sanitizers, holds it to its seeds, and lets it run.

    python3 run.py --compiler clang++-19 --target csv [--seconds 60] [--work FOLDER] [-- FLAGS]

Exit status 77, "skipped", where the compiler has no fuzzer runtime (Debian: libclang-rt-19-dev). What breaks a target is left in
the work folder, and its path printed.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
flags = ["-std=c++20", "-O1", "-g1", "-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=all"]


def fuzzes(compiler, work):
    """Whether the compiler can link a fuzz target."""
    source = work / "nothing.cpp"
    source.write_text('extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }\n')
    try:
        return subprocess.run([compiler, *flags, str(source), "-o", str(work / "nothing")], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--target", required=True)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--work", type=pathlib.Path)
    parser.add_argument("flags", nargs="*", help="what the compiler needs to find dependencies")
    given = parser.parse_args()
    work = given.work or pathlib.Path(tempfile.mkdtemp(prefix="strata-fuzz-"))
    work.mkdir(parents=True, exist_ok=True)
    if not fuzzes(given.compiler, work):
        print(f"STRATA_SKIP: {given.compiler} has no fuzzer runtime; Debian has it in libclang-rt-19-dev")
        return 77

    program = work / given.target
    libraries = ["-lpng", "-lturbojpeg"] if given.target == "image" else []
    subprocess.run([given.compiler, *flags, f"-I{here.parent.parent / 'include'}", *given.flags, str(here / f"{given.target}.cpp"), "-o",
                    str(program), "-lz", *libraries], check=True)
    seeds, corpus, folders = work / "seeds", work / "corpus", work / "folders"
    for folder in (seeds, corpus, folders):
        shutil.rmtree(folder, ignore_errors=True)
    corpus.mkdir()
    folders.mkdir()
    environment = {**os.environ, "TMPDIR": str(folders)}
    subprocess.run([sys.executable, str(here / "make_seeds.py"), given.target, str(seeds)], check=True)

    # Bounds: no single request of memory beyond what an unpacked file may take, no input that takes ten seconds.
    bounds = ["-rss_limit_mb=1024", "-malloc_limit_mb=160", "-timeout=10", "-max_len=8192", f"-artifact_prefix={work}/"]
    good = sorted(str(seed) for seed in seeds.glob("good-*"))
    accepted = subprocess.run([str(program), *bounds, *good], env={**environment, "STRATA_FUZZ_ACCEPT": "1"}, capture_output=True, text=True,
                              errors="replace")
    if not good or accepted.returncode != 0:
        print("\n".join(accepted.stderr.splitlines()[-60:]))
        print(f"{given.target}: a seed that is right was refused")
        return 1
    log = work / "log"
    with log.open("w") as to:
        status = subprocess.run([str(program), *bounds, f"-max_total_time={given.seconds}", "-print_final_stats=1", "-seed=1", str(corpus),
                                 str(seeds)], stdout=to, stderr=subprocess.STDOUT, env=environment).returncode
    said = log.read_text(errors="replace")
    runs = re.search(r"stat::number_of_executed_units:\s*(\d+)", said)
    covered = re.findall(r"cov: (\d+)", said)
    if status != 0 or runs is None or int(runs[1]) < 1000:
        print("\n".join(said.splitlines()[-60:]))
        print(f"{given.target}: status {status}; {log}")
        return 1
    print(f"{given.target}: {runs[1]} executions in {given.seconds} s, {covered[-1] if covered else '?'} places of the program reached, "
          "nothing found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
