"""The workbooks that workbook.py judges: those of every example's reports, and of copies that ask for more.

A copy is bilingual, at the level of rows, or has its source files changed by change_sources().
"""
import glob
import os
import re
import shutil
import subprocess
import sys

AS_OF = "2026-01-05"  # after all periods of the examples


def build(yekun, report, period, folder, *more):
    built = subprocess.run([yekun, "build", report, "--period", period, "--out", folder, "--only", "xlsx", "--as-of", AS_OF, *more],
                           capture_output=True, text=True)
    if built.returncode != 0:
        sys.exit(f"yekun build {report} ended with {built.returncode}: {built.stderr}")
    if "[WARNING]" in built.stderr:
        sys.exit(f"yekun build {report}: the workbook's library complains: {built.stderr}")
    return built.stdout.split("\n")[:-1]


def change_lines(path, changes):
    """Rewrites the first lines that match: [(pattern, replacement)]."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for pattern, replacement in changes:
        text, count = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        if count != 1:
            sys.exit(f"{path} has no {pattern}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def period_of(report):
    """The period that the example's README builds the report for."""
    example = os.path.dirname(os.path.dirname(report))
    with open(os.path.join(example, "README.md"), encoding="utf-8") as file:
        found = re.search(rf"yekun build reports/{re.escape(os.path.basename(report))} --period (\S+)", file.read())
    if not found:
        sys.exit(f"{example}/README.md does not say how to build {os.path.basename(report)}")
    return found[1]


def copied(report, folder, options="", programme=()):
    """Copies the programme's folder; the report gets `options`, its programme the changes. Returns the copy's report."""
    root = os.path.dirname(report)
    root = root if os.path.exists(os.path.join(root, "programme.json")) else os.path.dirname(root)
    shutil.copytree(root, folder)
    copy = os.path.join(folder, os.path.relpath(report, root))
    schema = (r'^\s*"\$schema": "[^"]*",', "")
    is_example = root != os.path.dirname(report)  # these name their schema
    change_lines(copy, [schema] * is_example + [(r'^  "outputs": ', f'  {options}"outputs": ')] * bool(options))
    change_lines(os.path.join(folder, "programme.json"), [schema] * is_example + list(programme))
    return copy


OPEN_ROWS = [(r'^(\s*)"source": \{"file": "data/rehabilitation.csv"', r'\1"rows": "pseudonymous", "source": {"file": "data/rehabilitation.csv"'),
             (r'"source": "data/assessments.csv"', '"rows": "pseudonymous", "source": "data/assessments.csv"')]
NO_THRESHOLD = [(r'^  "disclosure": \{"threshold": 3\},\n', "")]


def change_sources(folder):
    """A dearer month, a person who turns out to be another one, an assessment with a plan, more places in a home."""
    data = os.path.join(folder, "data")
    if os.path.exists(os.path.join(data, "rehabilitation.csv")):
        change_lines(os.path.join(data, "rehabilitation.csv"),
                     [(r"^(\d\d\.08\.2025;\w+;[^;]*;)(\d+);[\d,]+$", r"\g<1>\g<2>;99999,25"),
                      (r"^(\d\d\.09\.2025;)(\w+)(;.*\n\d\d\.09\.2025;)\w+(;)", r"\g<1>\g<2>\g<3>\g<2>\g<4>")])
        change_lines(os.path.join(data, "assessments.csv"), [(r"^(\w+,2025-08-\d\d,[^,]*,[^,]*,),", r"\g<1>2025-09-20,")])
        change_lines(os.path.join(data, "occupancy-2025-Q3.csv"), [(r"^(2025-09-30,\w+),\d+,", r"\1,222,")])
    else:
        change_lines(os.path.join(data, "visits.csv"), [(r"^(2025-08-\d\d,\w+,Quba,\w),\d*,[\d.]+$", r"\1,90,987.65"),
                                                        (r"^(2025-05-\d\d,\w+,\w+,\w),\d*,[\d.]+$", r"\1,90,1.05")])
        change_lines(os.path.join(data, "beds.csv"), [(r"^(2025-08-01,North),\d+,\d+$", r"\1,16,2"),
                                                      (r"^(2025-09-01,South),\d+,\d+$", r"\1,24,19")])


def books_to_judge(yekun, examples, fixture, folder):
    """Paths of all workbooks, each with a name of its own."""
    jobs = [(report, period_of(report)) for report in sorted(glob.glob(os.path.join(examples, "*", "reports", "*.json")))]
    if not jobs:
        sys.exit(f"{examples} has no reports")
    services, georgian = (os.path.join(examples, *parts) for parts in
                          (("az-social-services", "reports", "quarterly.json"), ("ge-association", "reports", "annual.json")))
    both = '"bilingual": true, '
    jobs.append((copied(georgian, os.path.join(folder, "georgian-bilingual"), both), period_of(georgian)))
    jobs.append((copied(services, os.path.join(folder, "services-rows"), both + '"workbook": "rows", ', OPEN_ROWS), period_of(services)))
    jobs.append((fixture, "2025-Q3"))
    jobs.append((copied(fixture, os.path.join(folder, "fixture-rows"), '"workbook": "rows", ', NO_THRESHOLD), "2025-Q3"))
    books = []
    for number, (report, period) in enumerate(jobs):
        for built in build(yekun, report, period, os.path.join(folder, f"built-{number}")):
            books.append(os.path.join(folder, f"{number:02}-{os.path.basename(built)}"))
            shutil.move(built, books[-1])
    return books


def pairs_to_compare(yekun, examples, fixture, folder):
    """[(name, workbook, workbook of the changed sources)]: examples' and fixture's, at both levels."""
    services = os.path.join(examples, "az-social-services", "reports", "quarterly.json")
    rows = '"workbook": "rows", '
    pairs = []
    for name, report, period, options, programme in (("services, cells", services, period_of(services), "", ()),
                                                     ("services, rows", services, period_of(services), rows, OPEN_ROWS),
                                                     ("fixture, cells", fixture, "2025-Q3", "", ()),
                                                     ("fixture, rows", fixture, "2025-Q3", rows, NO_THRESHOLD)):
        pair = []
        for state in ("old", "new"):
            copy = os.path.join(folder, f"{name} {state}")
            report_copy = copied(report, copy, options, programme)
            if state == "new":
                change_sources(copy)
            pair += build(yekun, report_copy, period, os.path.join(copy, "out"), "--lang", "en")
        pairs.append((name, *pair))
    return pairs
