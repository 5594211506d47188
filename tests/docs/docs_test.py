"""Runs the commands in docs/tutorial.md and docs/how-to/*.md, each page in a folder of its own, and compares what they print.

In a page, ```console blocks hold commands after "$ " and what they print below; a line "..." stands for any lines. Comments before
a block or alone on a line say what else happens:
  <!-- copy: examples/…/people.csv -->     a file of ours is there (its name; "to" another: "a.csv to data/b.csv")
  <!-- file: report.json -->               the next block is that file
  <!-- change: programme.json -->          the next block is a diff: the lines with - are there and those with + take their place
  <!-- today: 2025-10-06 -->               what day it is from here on
  <!-- fails -->                           the next block's last command gives another exit code than 0
"""
import calendar
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

YEKUN, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
PAGES = [SOURCE / "docs/tutorial.md", *sorted((SOURCE / "docs/how-to").glob("*.md"))]


def fits(shown, printed):
    """Whether the lines printed are those shown, "..." standing for any."""
    if not shown:
        return not printed
    if shown[0].strip() == "...":
        return any(fits(shown[1:], printed[i:]) for i in range(len(printed) + 1))
    return bool(printed) and shown[0].rstrip() == printed[0].rstrip() and fits(shown[1:], printed[1:])


class Page:
    def __init__(self, test, path, folder):
        self.test, self.path, self.folder, self.commands = test, path, folder, 0
        self.pending, self.today = None, "2025-10-06"

    def run(self):
        for comment, kind, block in re.findall(r"(?ms)^<!-- (.*?) -->$|^```(\w*)\n(.*?)^```$", self.path.read_text(encoding="utf-8")):
            if comment:
                self.note(comment)
            elif kind == "console":
                self.console(block)
            elif self.pending and self.pending[0] == "file":
                path = self.folder / self.pending[1]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block, encoding="utf-8")
                self.pending = None
            elif self.pending and self.pending[0] == "change":
                self.change(self.folder / self.pending[1], block)
                self.pending = None

    def note(self, comment):
        name, _, value = comment.partition(": ")
        if name == "copy":
            source, _, target = value.partition(" to ")
            target = self.folder / (target or pathlib.Path(source).name)
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (SOURCE / source).is_dir() else shutil.copy)(SOURCE / source, target)
        elif name == "today":
            self.today = value
        else:
            self.pending = (name, value)

    def change(self, path, block):
        old = "".join(line[1:] + "\n" for line in block.splitlines() if line[:1] in "- ")
        new = "".join(line[1:] + "\n" for line in block.splitlines() if line[:1] in "+ ")
        text = path.read_text(encoding="utf-8")
        self.test.assertEqual(text.count(old), 1, f"{self.path.name}: in {path.name} there should be once:\n{old}")
        path.write_text(text.replace(old, new), encoding="utf-8")

    def console(self, block):
        commands = re.split(r"(?m)^\$ ", block)[1:]
        for i, one in enumerate(commands):
            command, _, shown = one.partition("\n")
            may_fail = self.pending == ("fails", "") and i == len(commands) - 1
            epoch = calendar.timegm(time.strptime(self.today, "%Y-%m-%d"))
            run = subprocess.run(["bash", "-c", command], cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                 env={"PATH": f"{YEKUN.parent}:{os.environ['PATH']}", "SOURCE_DATE_EPOCH": str(epoch), "HOME": str(self.folder)}, timeout=120)
            self.commands += 1
            self.test.assertEqual(run.returncode != 0, may_fail, f"{self.path.name}: $ {command}\n{run.stdout}")
            self.test.assertTrue(fits(shown.splitlines(), run.stdout.splitlines()),
                                 f"{self.path.name}: $ {command}\nprints:\n{run.stdout}\nbut the page shows:\n{shown}")
        self.pending = None


class Docs(unittest.TestCase):
    def test_every_page_does_what_it_shows(self):
        self.assertGreaterEqual(len(PAGES), 2)
        for path in PAGES:
            with self.subTest(path.name):
                folder = pathlib.Path(tempfile.mkdtemp(prefix="yekun-docs-"))
                self.addCleanup(shutil.rmtree, folder)
                page = Page(self, path, folder)
                page.run()
                self.assertGreater(page.commands, 0, f"{path.name} runs nothing")

    def test_the_comparison_knows_when_a_page_is_wrong(self):
        self.assertTrue(fits(["a", "...", "d"], ["a", "b", "c", "d"]))
        self.assertTrue(fits(["..."], []))
        self.assertFalse(fits(["a", "...", "d"], ["a", "b", "c"]))
        self.assertFalse(fits(["a"], ["a", "b"]))
        self.assertFalse(fits([], ["a"]))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
