"""Runs yekun in a folder of its own and checks what it says. Used by *_test.py: unittest, standard library only."""
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
