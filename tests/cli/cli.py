"""Runs yekun in a folder of its own and checks what it says. Used by *_test.py: unittest, standard library only."""
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

YEKUN, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
EXAMPLE = SOURCE / "examples" / "az-social-services"


class Case(unittest.TestCase):
    """Each test has a copy of the small programme of tests/specs."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="yekun-cli-"))
        self.addCleanup(shutil.rmtree, self.folder)
        specs = SOURCE / "tests" / "specs"
        shutil.copytree(specs / "data", self.folder / "data")
        for name in ("programme.json", "report.json"):
            shutil.copy(specs / name, self.folder / name)

    def run_yekun(self, *arguments, cwd=None, **variables):
        environment = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "1760000000"}
        environment.update(variables)
        return subprocess.run([YEKUN, *map(str, arguments)], cwd=cwd or self.folder, env=environment,
                              capture_output=True, text=True, timeout=120)

    def change(self, name, old, new):
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def main():
    unittest.main(argv=[sys.argv[0]])


def run_alone(test):
    result = unittest.TestResult()
    test.run(result)
    return result


def main_at_once():
    """As main(), all tests at the same time: for those that mostly wait, and share nothing that setUpClass makes."""
    suites = list(unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"]))
    tests = [test for suite in suites for test in suite]
    with concurrent.futures.ThreadPoolExecutor(len(tests)) as pool:
        results = list(pool.map(run_alone, tests))
    wrong = [(test, why) for result in results for test, why in result.failures + result.errors]
    for test, why in wrong:
        print(f"{test}\n{why}", file=sys.stderr)
    print(f"{len(tests)} tests, {len(wrong)} failures", file=sys.stderr)
    sys.exit(1 if wrong else 0)
