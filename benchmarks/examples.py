#!/usr/bin/env python3
"""benchmarks/examples.py [--build DIR] [--runs N]

Each example programme's full build: every report in every language with every output (tests/examples/examples.json says for which
period), one yekun process after the other into an empty folder. Wall time, processor time and peak memory of the largest process;
medians of N runs. "cold" drops the page cache before each example where that is permitted (root), so that program and data come
from the disk. Exit code 1 if the five together take 3 s or more, warm or cold, on two processors.
"""
import argparse
import json
import os
import pathlib
import statistics
import sys
import tempfile
import time

os.environ["YEKUN_CACHE_MB"] = "0"  # every run reads its files

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIMIT = 3.0


def reports():
    out = {}
    for one in json.loads((ROOT / "tests/examples/examples.json").read_text(encoding="utf-8")):
        out.setdefault(one["example"], []).append(one)
    return out


def drop_caches():
    try:
        os.sync()
        pathlib.Path("/proc/sys/vm/drop_caches").write_text("3\n")
        return True
    except OSError:
        return False


def build(yekun, example, report, out):
    """Wall seconds, processor seconds, peak MiB of one process."""
    started = time.perf_counter()
    child = os.posix_spawn(yekun, [yekun, "build", f"reports/{report['report']}.json", "--period", report["period"], "--as-of", report["as_of"],
                                   "--out", out, "--threads", "2"], os.environ,
                           file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)])
    _, status, used = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"{example}: {report['report']} gave {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(yekun, cold):
    """Of each example: wall, processor, peak, files."""
    out = {}
    for example, all_reports in reports().items():
        if cold and not drop_caches():
            return None
        os.chdir(ROOT / "examples" / example)
        with tempfile.TemporaryDirectory() as folder:
            runs = [build(yekun, example, report, folder) for report in all_reports]
            files = sum(len(names) for _, _, names in os.walk(folder))
        out[example] = (sum(run[0] for run in runs), sum(run[1] for run in runs), max(run[2] for run in runs), files)
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=str(ROOT / "build/release"))
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    yekun = str(pathlib.Path(options.build, "yekun").resolve())
    failed = False
    print("| example | reports | files | warm s | processor s | cold s | peak MiB |\n|---|---|---|---|---|---|---|")
    runs = {cold: [measure(yekun, cold) for _ in range(options.runs)] for cold in (False, True)}
    cold_known = all(run is not None for run in runs[True])
    sums = [0.0, 0.0, 0.0]
    for example, all_reports in reports().items():
        warm = [statistics.median(run[example][i] for run in runs[False]) for i in range(4)]
        cold = statistics.median(run[example][0] for run in runs[True]) if cold_known else float("nan")
        print(f"| {example} | {len(all_reports)} | {warm[3]:.0f} | {warm[0]:.2f} | {warm[1]:.2f} | {cold:.2f} | {warm[2]:.0f} |")
        sums = [sums[0] + warm[0], sums[1] + warm[1], sums[2] + cold]
    print(f"| together | | | {sums[0]:.2f} | {sums[1]:.2f} | {sums[2]:.2f} | |")
    failed = sums[0] >= LIMIT or (cold_known and sums[2] >= LIMIT)
    sys.exit(1 if failed else 0)


main()
