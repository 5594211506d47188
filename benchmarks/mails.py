#!/usr/bin/env python3
"""A mail for each of 200 regions in one run: time, memory, and the size of a message.
     benchmarks/mails.py YEKUN [REGIONS [ROWS]]"""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

os.environ["YEKUN_CACHE_MB"] = "0"  # every run reads its files

yekun, regions, rows = pathlib.Path(sys.argv[1]).resolve(), *(int(one) for one in (sys.argv[2:] + ["200", "200000"][len(sys.argv) - 2:]))
with tempfile.TemporaryDirectory(prefix="yekun-mails-") as name:
    folder = pathlib.Path(name)
    (folder / "data").mkdir()
    with open(folder / "data" / "visits.csv", "w", encoding="utf-8") as data:
        data.write("date,person_id,region,cost\n")
        for n in range(rows):
            data.write(f"2025-{n % 3 + 1:02}-{n % 28 + 1:02},p{n * 7919 % (rows // 3)},r{n % regions:03},{n % 90}.50\n")
    with open(folder / "data" / "readers.csv", "w", encoding="utf-8") as data:
        data.write("email,region,language\n" + "".join(f"r{n:03}@example.org,r{n:03},{'az' if n % 2 else 'en'}\n" for n in range(regions)))
    (folder / "programme.json").write_text(json.dumps({
        "programme": {"id": "mails", "title": {"az": "Sınaq", "en": "Test"}, "languages": ["az", "en"], "timezone": "Asia/Baku"},
        "datasets": {"visits": {"source": "data/visits.csv", "date": "date", "columns": {"date": "date", "cost": "decimal"}, "personal": ["person_id"]},
                     "readers": {"source": "data/readers.csv", "personal": ["email"]}},
        "indicators": {"visits": {"dataset": "visits", "measure": "count(*)", "unit": "visits", "over_time": "sum"},
                       "people": {"dataset": "visits", "measure": "count(distinct person_id)", "unit": "people"},
                       "cost": {"dataset": "visits", "measure": "sum(cost)", "unit": "AZN", "over_time": "sum"}}}))
    (folder / "report.json").write_text(json.dumps({
        "programme": "programme.json", "period": "quarter", "for_each": "region", "title": {"az": "Rüb, {period}", "en": "Quarter, {period}"},
        "sections": [{"kpis": ["visits", "people", "cost"]}, {"table": {"indicators": ["visits", "people", "cost"], "columns": "month", "totals": True}},
                     {"chart": {"type": "bar", "x": "month", "y": "visits"}}],
        "outputs": ["pdf", "xlsx"],
        "deliver": {"email": {"from": "reports@example.org", "recipients": {"dataset": "readers", "address": "email", "language": "language", "member": "region"}},
                    "through": {"folder": "mailed"}}}))
    began = time.perf_counter()
    run = subprocess.run([yekun, "send", "report.json", "--period", "2025-Q1"], cwd=folder, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    sizes = [path.stat().st_size for path in (folder / "mailed").glob("*.eml")]
    print(run.stderr.splitlines()[-1])
    print(f"{len(sizes)} mails of {sum(sizes) / max(1, len(sizes)) / 1000:.0f} kB from {rows} rows: {seconds:.1f} s "
          f"({used.ru_utime + used.ru_stime:.1f} s of processor time), {used.ru_maxrss / 1024:.0f} MB")
    sys.exit(run.returncode)
