"""The reports of examples/ (examples.json) and how they are run. Used by *_test.py."""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys

YEKUN, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
EXAMPLES = SOURCE / "examples"
REPORTS = json.loads((pathlib.Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))


def yekun(*arguments, cwd, **variables):
    environment = {"PATH": os.environ["PATH"], **variables}
    return subprocess.run([YEKUN, *map(str, arguments)], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)


def query(example, indicators, period, by=(), *more):
    """Rows as dictionaries of texts, in the order in which they are printed."""
    arguments = ["query", "programme.json", "--indicators", ",".join(indicators), "--period", period, "--format", "csv", "--as-of", "2026-01-01", *more]
    if by:
        arguments += ["--by", ",".join(by)]
    run = yekun(*arguments, cwd=EXAMPLES / example)
    if run.returncode != 0:
        raise AssertionError(run.stderr)
    return list(csv.DictReader(io.StringIO(run.stdout)))


def one(example, indicators, period):
    """The values of a single row, as numbers."""
    (row,) = query(example, indicators, period)
    return {name: float(row[name]) for name in indicators}
