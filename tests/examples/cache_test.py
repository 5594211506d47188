"""Every report of the examples without a cache, with an empty one and with a full one: the same files, the same messages."""
import hashlib
import pathlib
import shutil
import sys
import tempfile
import unittest

from examples import EXAMPLES, REPORTS, yekun


def hashes(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


class Cache(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="yekun-cache-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def build(self, report, name, *more, **variables):
        out = self.folder / f"{report['example']}-{report['report']}" / name
        run = yekun("build", f"reports/{report['report']}.json", "--period", report["period"], "--as-of", report["as_of"], "--out", out, *more,
                    cwd=EXAMPLES / report["example"], **variables)
        self.assertEqual(run.returncode, 0, run.stderr)
        return hashes(out), run.stdout.replace(str(out), "OUT"), run.stderr

    def test_reports_are_the_same_with_a_cache(self):
        caches = {"XDG_CACHE_HOME": str(self.folder / "caches")}
        for report in REPORTS:
            with self.subTest(f"{report['example']}/{report['report']}"):
                plain = self.build(report, "plain", "--no-cache", **caches)
                self.assertEqual(plain, self.build(report, "empty", **caches))
                self.assertEqual(plain, self.build(report, "full", "--threads", "1", **caches))
        self.assertTrue(list((self.folder / "caches" / "yekun").glob("*.entry")))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
