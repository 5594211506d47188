"""All outputs of all examples: every language, no mistake in a spec, and the same bytes in another place, zone and locale."""
import hashlib
import json
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

from examples import EXAMPLES, REPORTS, yekun


def hashes(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def outputs_of(report):
    text = (EXAMPLES / report["example"] / "reports" / f"{report['report']}.json").read_text(encoding="utf-8")
    found = re.search(r'"outputs": \[(.*?)\]', text)
    return json.loads("[" + found.group(1) + "]") if found else []  # else its template says


class Build(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="yekun-examples-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def build(self, report, folder, out, *more, **variables):
        run = yekun("build", f"reports/{report['report']}.json", "--period", report["period"], "--as-of", report["as_of"], "--out", out, *more,
                    cwd=folder / report["example"], **variables)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout.splitlines()

    def test_every_report_is_listed_here(self):
        there = {(path.parent.parent.name, path.stem) for path in EXAMPLES.glob("*/reports/*.json")}
        self.assertEqual(there, {(report["example"], report["report"]) for report in REPORTS})

    def test_no_report_has_a_mistake(self):
        for example in sorted({report["example"] for report in REPORTS}):
            specs = sorted(path.relative_to(EXAMPLES) for path in (EXAMPLES / example / "reports").iterdir())
            run = yekun("check", *specs, cwd=EXAMPLES)
            self.assertEqual((run.returncode, run.stdout), (0, ""), example)

    def test_a_year_that_the_data_does_not_reach_gives_every_output_too(self):
        for report in REPORTS:
            with self.subTest(f"{report['example']}/{report['report']}"):
                made = self.build({**report, "period": "2031", "as_of": "2032-02-01"}, EXAMPLES, str(self.folder / report["report"]))
                self.assertGreater(len(made), 0)

    def test_every_output_in_every_language_twice_alike(self):
        copy = self.folder / "copy"
        shutil.copytree(EXAMPLES, copy)
        for report in REPORTS:
            with self.subTest(f"{report['example']}/{report['report']}"):
                name = f"{report['example']}-{report['report']}"
                one, two = self.folder / name / "one", self.folder / name / "two"
                written = self.build(report, EXAMPLES, one, "--threads", "1")
                self.build(report, copy, two, "--threads", "5", LC_ALL="az_AZ.UTF-8", LANG="az_AZ.UTF-8", TZ="America/Anchorage")
                self.assertEqual(hashes(one), hashes(two))
                self.assertEqual(len(written), len(hashes(one)))
                for output in outputs_of(report):
                    for language in report["languages"]:
                        pattern = f"{report['report']}-{report['period']}-{language}*.{output}"
                        self.assertTrue(list(one.glob(pattern)), pattern)

    def test_documents_are_of_a_size_that_can_be_mailed(self):
        report = next(r for r in REPORTS if (r["example"], r["report"]) == ("tm-field-work", "final"))
        self.build(report, EXAMPLES, self.folder / "out", "--only", "html,pdf,xlsx")
        for path in (self.folder / "out").iterdir():
            self.assertLess(path.stat().st_size, 1_000_000, path.name)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
