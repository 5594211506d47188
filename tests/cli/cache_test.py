"""The cache of the command line: where it is, who may look into it, how it is switched off, what is said of it."""
import os
import shutil
import stat
import subprocess
import unittest

from cli import YEKUN, Case, main

QUERY = ("query", "programme.json", "--indicators", "visits", "--by", "region", "--format", "csv")


class Cache(Case):
    def setUp(self):
        super().setUp()
        # Two files: a question keeps nothing of a single one.
        self.change("programme.json", "data/visits.csv", "data/visits*.csv")
        head, first, *others = (self.folder / "data" / "visits.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (self.folder / "data" / "visits.csv").write_text(head + first, encoding="utf-8")
        (self.folder / "data" / "visits-2.csv").write_text(head + "".join(others), encoding="utf-8")
        self.caches = self.folder.parent / (self.folder.name + "-caches")
        self.addCleanup(shutil.rmtree, self.caches, ignore_errors=True)
        self.cache = self.caches / "yekun"

    def query(self, *more, **variables):
        run = self.run_yekun(*QUERY, *more, **{"XDG_CACHE_HOME": str(self.caches), **variables})
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout, run.stderr

    def entries(self):
        return sorted(path.name for path in self.cache.glob("*")) if self.cache.exists() else []

    def test_entries_are_made_once_and_are_the_owners_alone(self):
        plain = self.query("--no-cache")
        self.assertEqual(self.entries(), [])
        self.assertEqual(self.query(), plain)
        entries = self.entries()
        self.assertTrue(entries)
        self.assertEqual(self.query(), plain)
        self.assertEqual([name for name in entries if name not in self.entries()], [])
        self.assertEqual(stat.S_IMODE(self.cache.stat().st_mode), 0o700)
        for name in entries:
            self.assertEqual(stat.S_IMODE((self.cache / name).stat().st_mode), 0o600)

    def test_of_a_single_file_a_question_keeps_nothing_and_a_report_does(self):
        plain = self.query()
        first, second = (self.folder / "data" / name for name in ("visits.csv", "visits-2.csv"))
        first.write_text(first.read_text() + second.read_text().split("\n", 1)[1], encoding="utf-8")
        second.unlink()
        shutil.rmtree(self.cache)
        self.assertEqual(self.query(), plain)
        self.assertEqual([name for name in self.entries() if name.endswith(".entry")], [])
        built = self.run_yekun("build", "report.json", "--out", "out", XDG_CACHE_HOME=str(self.caches))
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertTrue([name for name in self.entries() if name.endswith(".entry")])

    def test_where_it_is(self):
        self.query(XDG_CACHE_HOME="", HOME=str(self.caches / "home"))
        self.assertTrue(list((self.caches / "home" / ".cache" / "yekun").glob("*.entry")))
        self.query(XDG_CACHE_HOME="relative", HOME="")  # nowhere: nothing is kept, nothing is said
        self.assertFalse((self.folder / "relative").exists())
        self.query(YEKUN_CACHE_MB="0")
        self.assertEqual(self.entries(), [])

    def test_a_damaged_entry_is_told(self):
        plain = self.query()
        for path in self.cache.glob("*.entry"):
            path.write_bytes(path.read_bytes()[:-1])
        out, said = self.query()
        self.assertEqual(out, plain[0])
        self.assertRegex(said, r"note\[damaged-cache\]: the cache entry '[0-9a-f]{40}\.entry' is damaged; it is made again\n")
        self.assertEqual(self.query(), plain)

    def test_a_folder_that_others_may_look_into_is_left_alone(self):
        self.cache.mkdir(parents=True)
        self.cache.chmod(0o755)
        out, said = self.query()
        self.assertEqual(out, self.query("--no-cache")[0])
        self.assertEqual(said.splitlines()[-2:], [
            f"note[open-cache]: the cache folder '{self.cache}' can be looked into by others, so nothing is kept in it",
            f"  hint: chmod 700 '{self.cache}'"])
        self.assertEqual(self.entries(), [])

    def test_a_folder_that_cannot_be_made_is_told(self):
        self.caches.write_text("a file")
        self.addCleanup(self.caches.unlink)
        out, said = self.query()
        self.assertIn(f"note[no-cache]: the cache folder '{self.cache}' cannot be made: Not a directory\n", said)
        self.assertEqual(out, self.query("--no-cache")[0])

    def test_a_folder_that_can_only_be_read_is_used_and_told_once(self):
        # A file system of its own: permissions do not bind an administrator.
        plain = self.query("--no-cache")
        self.cache.mkdir(parents=True)
        steps = (f"mount -t tmpfs -o mode=0700,size={{size}} none '{self.cache}' && {{before}} exec '{YEKUN}' {' '.join(QUERY)}")

        def mounted(size, before):
            environment = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "1760000000", "XDG_CACHE_HOME": str(self.caches)}
            return subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", steps.format(size=size, before=before)],
                                  cwd=self.folder, env=environment, capture_output=True, text=True, timeout=60)
        if subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "true"], capture_output=True).returncode != 0:
            self.skipTest("nothing can be mounted here")
        fill = f"'{YEKUN}' {' '.join(QUERY)} > /dev/null; "
        told = f"note[unwritable-cache]: the cache folder '{self.cache}' cannot be written: {{}}\n  hint: the next run reads the files again\n"
        for size, before, why in (("1m", f"mount -o remount,ro '{self.cache}';", "Read-only file system"),
                                  ("1m", f"{fill} rm '{self.cache}'/*; mount -o remount,ro '{self.cache}';", "Read-only file system"),
                                  ("8k", f"head -c 8192 /dev/zero > '{self.cache}/.unfinished-1'; ", "No space left on device")):
            run = mounted(size, before)
            self.assertEqual((run.returncode, run.stdout), (0, plain[0]), run.stderr)
            self.assertEqual(run.stderr, plain[1] + told.format(why))
        full = mounted("1m", f"{fill} mount -o remount,ro '{self.cache}';")  # found, and nothing to write
        self.assertEqual((full.returncode, full.stdout, full.stderr), (0, *plain))
        little = mounted("12k", "")  # some of it fits
        self.assertEqual((little.returncode, little.stdout), (0, plain[0]), little.stderr)

    def test_doctor_tells_of_it(self):
        def told(*more, **variables):
            run = self.run_yekun("doctor", *more, **{"XDG_CACHE_HOME": str(self.caches), **variables})
            return next(line for line in run.stdout.splitlines() if line.startswith("cache"))
        self.assertEqual(told(), f"cache        good   none yet; the first run makes '{self.cache}'")
        self.query()
        self.assertEqual(told(), f"cache        good   '{self.cache}' holds 0 MB of at most 1024 in {len(self.entries())} entries")
        self.assertEqual(told("--no-cache"), "cache        good   switched off by --no-cache")
        self.assertEqual(told(YEKUN_CACHE_MB="0"), "cache        good   switched off by YEKUN_CACHE_MB=0")
        self.assertEqual(told(XDG_CACHE_HOME=""), "cache        good   none: neither XDG_CACHE_HOME nor HOME names a folder")
        self.assertEqual(told(YEKUN_CACHE_MB="1 GB"), "cache        good   none: YEKUN_CACHE_MB is '1 GB', a number of megabytes was expected")
        self.cache.chmod(0o777)
        self.assertEqual(told(), f"cache        WRONG  the cache folder '{self.cache}' can be looked into by others, so nothing is kept in it")

    def test_runs_at_once_and_killed_ones_say_the_same(self):
        plain = self.query("--no-cache")[0]
        environment = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "1760000000", "XDG_CACHE_HOME": str(self.caches)}
        for round_number in range(3):
            shutil.rmtree(self.cache, ignore_errors=True)
            runs = [subprocess.Popen([YEKUN, *QUERY], cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                    for _ in range(8)]
            runs[round_number].kill()
            for number, run in enumerate(runs):
                out, said = run.communicate(timeout=60)
                if number != round_number:
                    self.assertEqual((run.returncode, out), (0, plain))
                    self.assertNotIn("damaged", said)
        self.assertEqual(self.query()[0], plain)


if __name__ == "__main__":
    main()
