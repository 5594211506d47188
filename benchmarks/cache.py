#!/usr/bin/env python3
"""benchmarks/cache.py [--build DIR] [--runs N] [--rows N] [--data DIR] [--only-make]

A question by region and month over attendance in a file a month (different participants, sum, share, median), asked whole
(--no-cache), with an empty cache, again with a full one, and after a month was added: 'yekun query' of 1, 12 and 36 files. What is
printed must be the same without a cache. Whole processes, warm page cache, two threads; medians of N runs, ratios to the whole run.

--data  where files are made and kept for the next time (default: a temporary folder)
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAMME = {
    "programme": {"id": "cache", "title": {"en": "Attendance"}, "languages": ["en"], "timezone": "UTC"},
    "datasets": {"attendance": {"source": "", "date": "date", "personal": ["participant_id"], "columns": {
        "participant_id": "text", "date": "date", "region": "text", "sex": "text", "status": "text", "hours": "decimal", "score": "decimal"}}},
    "indicators": {
        "n": {"dataset": "attendance", "measure": "count()"},
        "participants": {"dataset": "attendance", "measure": "count(distinct participant_id)"},
        "hours": {"dataset": "attendance", "measure": "sum(hours)"},
        "rate": {"dataset": "attendance", "measure": "share(status = 'present')"},
        "score": {"dataset": "attendance", "measure": "average(score)"}}}
HEADER = "event_id,participant_id,date,region,district,organisation,activity,sex,birth_year,status,hours,score,note\n"
REGIONS = [f"Region {i}" for i in range(14)]


def month_file(path, number, rows, seed):
    if path.exists():
        return
    choose = random.Random(seed)
    year, month = 2023 + number // 12, number % 12 + 1
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEADER)
        for i in range(rows):
            person = choose.randrange(rows * 2)
            region = REGIONS[person % 14]
            file.write(f"E{number:02}{i:07},P{person:08},{year}-{month:02}-{1 + i * 28 // rows:02},{region},District {person % 90},Organisation {person % 40},"
                       f"training {person % 7},{'fm'[person % 2]},{1950 + person % 60},{'present' if i % 9 else 'absent'},{person % 8}.5,"
                       f"{i % 100}.{i % 10},\"noted, then filed\"\n")


def timed(yekun, folder, caches, *more):
    """Wall, processor seconds and what was printed."""
    environment = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(caches)}
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([yekun, "query", "programme.json", "--indicators", "n,participants,hours,rate,score", "--by", "region,sex", "--per", "month",
                                  "--totals", "--period", "2023..2026", "--format", "csv", "--threads", "2", *more], cwd=folder, stdout=out, env=environment)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"yekun gave {child.returncode}")
        out.seek(0)
        return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read()


def same(plain, other, what):
    if plain != other:
        sys.exit(f"{what}: what is printed differs from the run without a cache")


def medians(results):
    return [statistics.median(one[i] for one in results) for i in range(3)]


def measure(yekun, folder, caches, data, months, runs, rows):
    def use(files):
        spec = json.loads(json.dumps(PROGRAMME))
        spec["datasets"]["attendance"]["source"] = files
        (folder / "programme.json").write_text(json.dumps(spec), encoding="utf-8")

    names = [f"{number:02}.csv" for number in range(months)]
    use("data/m*.csv")
    for path in (folder / "data").glob("*"):
        path.unlink()
    for name in names:
        os.link(data / name, folder / "data" / f"m{name}")
    time.sleep(5)  # linking changes a file's facts: until they are settled its hash is not remembered
    timed(yekun, folder, caches, "--no-cache")
    whole = [timed(yekun, folder, caches, "--no-cache") for _ in range(runs)]
    empty, again, added = [], [], []
    for run in range(runs):
        shutil.rmtree(caches, ignore_errors=True)
        empty.append(timed(yekun, folder, caches))
        same(whole[0][3], empty[-1][3], "empty cache")
    for run in range(runs):
        again.append(timed(yekun, folder, caches))
        same(whole[0][3], again[-1][3], "full cache")
    for run in range(runs):
        link = folder / "data" / f"m{months:02}.csv"
        link.unlink(missing_ok=True)
        shutil.copy(data / f"new{run}-{months:02}.csv", link)
        added.append(timed(yekun, folder, caches))
        same(timed(yekun, folder, caches, "--no-cache")[3], added[-1][3], "a month added")
    size = sum(path.stat().st_size for path in caches.rglob("*.entry")) / 2**20
    base = medians(whole)
    print(f"| {months} | {rows * months:,} | " + " | ".join(
        f"{one[0]:.3f} ({one[0] / base[0]:.2f}) | {one[1]:.2f} ({one[1] / base[1]:.2f})" for one in map(medians, (whole, empty, again, added))) +
        f" | {base[2]:.0f} / {medians(again)[2]:.0f} | {size:.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=ROOT / "build/release", type=pathlib.Path)
    parser.add_argument("--runs", default=3, type=int)
    parser.add_argument("--rows", default=100_000, type=int, help="rows a month")
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--only-make", action="store_true", help="make the files and measure nothing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        data = options.data or pathlib.Path(temporary) / "files"
        folder = data / "programme"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "data").mkdir(parents=True)
        for number in range(36):
            month_file(data / f"{number:02}.csv", number, options.rows, number)
        for months in (1, 12, 36):
            for run in range(options.runs):
                month_file(data / f"new{run}-{months:02}.csv", months, options.rows, 1000 + 100 * run + months)
        if options.only_make:
            return
        print("| files | rows | whole: wall s | cpu s | empty cache: wall s | cpu s | full cache: wall s | cpu s | a month added: wall s | cpu s |"
              " peak MiB whole / full | entries MiB |\n|" + "---|" * 12)
        for months in (1, 12, 36):
            measure(str(options.build.resolve() / "yekun"), folder, pathlib.Path(temporary) / "caches", data, months, options.runs, options.rows)


if __name__ == "__main__":
    main()
