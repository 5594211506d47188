"""The PDF files of all examples, by qpdf and poppler: sound, all fonts embedded, every word can be copied and searched."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from examples import EXAMPLES, REPORTS, yekun


def tool(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def bare(text):
    return re.sub(r"\s", "", text)


class Pdf(unittest.TestCase):
    def judge(self, path, title, least_pages):
        checked = tool("qpdf", "--check", path)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        fonts = tool("pdffonts", path).stdout.splitlines()[2:]
        self.assertTrue(fonts and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts), fonts)
        text = tool("pdftotext", "-layout", path, "-").stdout
        pages = text.split("\f")[:-1]
        self.assertGreaterEqual(len(pages), least_pages)
        for number, page in enumerate(pages, 1):
            self.assertIn(f"{number}", page)
            least = 60 if number == 1 else 150  # the first may be a title page
            self.assertGreater(len(bare(page)), least, f"{path.name}, page {number} is nearly empty")
        self.assertIn(bare(title), bare(pages[0]))
        self.assertNotIn("\ufffd", text)
        return len(pages)

    def test_every_pdf(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="yekun-pdf-"))
        self.addCleanup(shutil.rmtree, folder)
        for report in REPORTS:
            run = yekun("build", f"reports/{report['report']}.json", "--period", report["period"], "--as-of", report["as_of"], "--only", "pdf", "--out",
                        folder / report["example"], cwd=EXAMPLES / report["example"])
            self.assertEqual(run.returncode, 0, run.stderr)
            text = (EXAMPLES / report["example"] / "reports" / f"{report['report']}.json").read_text(encoding="utf-8")
            spec = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
            titles = spec.get("title", {})  # else its template's
            least_pages = 1 if spec.get("template") in ("one-page-brief", "email-dashboard") else 3
            for language in report["languages"]:
                name = f"{report['report']}-{report['period']}-{language}.pdf"
                with self.subTest(f"{report['example']}/{name}"):
                    pages = self.judge(folder / report["example"] / name, titles.get(language, ""), least_pages)
                    if spec.get("template") == "one-page-brief":
                        self.assertEqual(pages, 1)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
