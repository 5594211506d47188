"""yekun build with for_each: a report for each value, whole or not at all, done once, whatever happens on the way."""
import ctypes
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import threading
import time

from cli import YEKUN, Case, main

NAMES = {"Quba": "Quba", "Şəki": "Seki", "Seki": None, "თბილისი": "tbilisi", "Москва": "Moskva", "—": None, "con": "con",
         "../up": "up", "QUBA": None}


class Opens:
    """Counts how often a file is opened while it is watched."""
    OPEN, CLOSE = 0x20, 0x18

    def __init__(self, path):
        libc = ctypes.CDLL(None, use_errno=True)
        self.file = libc.inotify_init1(os.O_CLOEXEC)
        assert libc.inotify_add_watch(self.file, os.fsencode(path), self.OPEN | self.CLOSE) >= 0
        self.count = 0
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            events = os.read(self.file, 4096)
            for at in range(0, len(events), 16):  # the watch is on a file: no names follow
                self.count += int.from_bytes(events[at + 4:at + 8], "little") & self.OPEN != 0


class Burst(Case):
    def setUp(self):
        super().setUp()
        self.regions(list(NAMES))
        spec = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))
        spec.update({"for_each": "region", "outputs": ["pdf", "xlsx", "png"], "languages": ["en"],
                     "title": {"az": "{group}", "en": "{group}, {period}"}})
        (self.folder / "report.json").write_text(json.dumps(spec), encoding="utf-8")

    def regions(self, names):
        rows = ["date,person_id,region,status,cost,sessions,birth_date"]
        for i, name in enumerate(names):
            rows += [f"2025-01-0{n},p{i}-{n},{name},delivered,{n}.50,1,1950-03-04" for n in range(1, 4 + i % 5)]
        (self.folder / "data" / "visits.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        (self.folder / "data" / "regions.csv").write_text("name,population\n" + "".join(f"{n},1000\n" for n in names), encoding="utf-8")

    def build(self, *arguments, **more):
        return self.run_yekun("build", "report.json", "--period", "2025-Q1", *arguments, **more)

    def hashes(self, folder="out"):
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((self.folder / folder).iterdir())
                if not path.name.endswith(".yekun-done")}

    def list_file(self, folder="out"):
        return self.folder / folder / ".report-2025-Q1.yekun-done"

    def times(self):
        return {path.name: path.stat().st_mtime_ns for path in (self.folder / "out").iterdir()}

    def test_one_report_for_each_value_and_the_overview_with_names_that_no_two_share(self):
        run = self.build()
        self.assertEqual(run.returncode, 0, run.stderr)
        names = set(self.hashes())
        self.assertEqual(len(names), 3 * (len(NAMES) + 1))
        self.assertEqual(len({name.lower() for name in names}), len(names))
        self.assertIn("report-2025-Q1-en.pdf", names)
        for name in filter(None, NAMES.values()):
            if name not in ("Quba", "Seki"):
                self.assertIn(f"report-2025-Q1-{name}-en.pdf", names)
        self.assertIn("report-2025-Q1-Seki-en.pdf", names)  # the plain one keeps its name; 'Şəki' has a hash
        self.assertTrue(all(name.isascii() for name in names))
        self.assertEqual(sorted(run.stdout.splitlines()), sorted("out/" + name for name in names))
        self.assertEqual(run.stdout.splitlines()[:3], ["out/report-2025-Q1-en.pdf", "out/report-2025-Q1-en.xlsx",
                                                       "out/report-2025-Q1-en-chart-1.png"])

    def test_for_writes_the_same_file_that_the_whole_burst_writes(self):
        self.build("--out", "all")
        run = self.build("--for", "region=Şəki", "--out", "one")
        self.assertEqual(run.returncode, 0, run.stderr)
        one, every = self.hashes("one"), self.hashes("all")
        self.assertEqual(len(one), 3)
        self.assertEqual(one, {name: every[name] for name in one})

    def test_the_number_of_workers_changes_neither_bytes_nor_what_is_said(self):
        said = [self.build("--threads", threads, "--out", f"out{threads}") for threads in ("1", "2", "7")]
        self.assertEqual({run.returncode for run in said}, {0})
        self.assertEqual({run.stdout.replace(f"out{n}/", "out/") for run, n in zip(said, "127")}.__len__(), 1)
        self.assertEqual(self.hashes("out1"), self.hashes("out2"))
        self.assertEqual(self.hashes("out1"), self.hashes("out7"))

    def test_what_is_done_and_unchanged_is_not_written_again(self):
        self.assertEqual(self.build().returncode, 0)
        before = self.times()
        run = self.build()
        self.assertEqual((run.returncode, run.stdout), (0, ""))
        self.assertEqual(run.stderr.splitlines()[-1],
                         "10 of 10 reports are unchanged and were not written again (--force writes them)")
        self.assertEqual(self.times(), before)
        self.assertEqual(len(self.build("--force").stdout.splitlines()), 30)

    def test_a_changed_or_deleted_output_is_written_again_and_no_other(self):
        self.build()
        whole = self.hashes()
        (self.folder / "out" / "report-2025-Q1-tbilisi-en.xlsx").unlink()
        (self.folder / "out" / "report-2025-Q1-Moskva-en.pdf").write_bytes(b"broken")
        run = self.build()
        self.assertEqual({path.split("Q1-")[1].split("-")[0] for path in run.stdout.splitlines()}, {"tbilisi", "Moskva"})
        self.assertIn("8 of 10 reports are unchanged", run.stderr)
        self.assertEqual(self.hashes(), whole)

    def test_other_data_spec_day_or_outputs_are_another_report(self):
        self.build()
        self.assertEqual(len(self.build("--as-of", "2025-05-05").stdout.splitlines()), 30)
        self.assertEqual(len(self.build("--only", "pdf", "--as-of", "2025-05-05").stdout.splitlines()), 10)
        self.change("report.json", "{group}, {period}", "{group}: {period}")
        self.assertEqual(len(self.build("--as-of", "2025-05-05").stdout.splitlines()), 30)
        with open(self.folder / "data" / "visits.csv", "a", encoding="utf-8") as data:
            data.write("2025-02-02,p99,con,delivered,1,1,\n")
        self.assertEqual(len(self.build("--as-of", "2025-05-05").stdout.splitlines()), 30)
        with open(self.folder / "data" / "regions.csv", "a", encoding="utf-8") as data:  # a lookup
            data.write("nowhere,5\n")
        self.assertEqual(len(self.build("--as-of", "2025-05-05").stdout.splitlines()), 30)
        self.assertEqual(self.build("--as-of", "2025-05-05").stdout, "")

    def test_a_damaged_list_is_told_and_all_is_written_again(self):
        self.build()
        with open(self.list_file(), "a", encoding="utf-8") as done:
            done.write("not a line of ours\n")
        run = self.build()
        self.assertEqual((run.returncode, len(run.stdout.splitlines())), (0, 30))
        self.assertIn("warning[damaged-list]: 'out/.report-2025-Q1.yekun-done', which says what is done, is damaged: "
                      "all reports are written again", run.stderr)
        self.assertEqual(self.build().stdout, "")

    def test_a_list_cannot_name_files_elsewhere(self):
        self.build()
        (self.folder / "secret").write_text("s")
        line = {"member": "", "options": "pdf,xlsx,png;en", "key": "k", "files": {"../secret": hashlib.sha256(b"s").hexdigest()}}
        self.list_file().write_text(json.dumps(line) + "\n", encoding="utf-8")
        self.assertIn("damaged-list", self.build().stderr)

    def test_one_that_cannot_be_written_is_told_at_the_end_with_5_and_the_rest_is_there(self):
        (self.folder / "out" / "report-2025-Q1-tbilisi-en.pdf").mkdir(parents=True)
        run = self.build()
        self.assertEqual(run.returncode, 5)
        self.assertEqual(len(run.stdout.splitlines()), 27)
        self.assertFalse((self.folder / "out" / "report-2025-Q1-tbilisi-en.xlsx").exists())
        self.assertEqual(run.stderr.splitlines()[-3:], [
            "error[unwritable]: 'თბილისი': cannot write 'out/report-2025-Q1-tbilisi-en.pdf': Is a directory",
            "error[burst]: 1 of 10 reports were not written: 'თბილისი'",
            "  hint: the others are in 'out'; the same command writes only what is missing"])
        (self.folder / "out" / "report-2025-Q1-tbilisi-en.pdf").rmdir()
        again = self.build()
        self.assertEqual((again.returncode, len(again.stdout.splitlines())), (0, 3))

    def test_the_data_are_read_once_however_many_reports_there_are(self):
        def opens(count):
            self.regions([f"region {i}" for i in range(count)])
            watched = Opens(self.folder / "data" / "visits.csv")
            run = self.build("--force", "--only", "png")
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(len(run.stdout.splitlines()), count + 1)
            time.sleep(0.2)
            return watched.count

        few, many = opens(2), opens(40)
        self.assertGreaterEqual(few, 1)
        self.assertLessEqual(many, few + 2)


class Killed(Burst):
    """Runs that are ended from outside."""

    def setUp(self):
        super().setUp()
        self.regions([f"region {i}" for i in range(60)])

    def start(self, *arguments):
        environment = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "1760000000"}
        return subprocess.Popen([YEKUN, "build", "report.json", "--period", "2025-Q1", *arguments], cwd=self.folder,
                                env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                start_new_session=True)

    def wait_for_reports(self, count):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            done = self.list_file()
            if done.exists() and done.read_text(encoding="utf-8").count("\n") >= count:
                return
            time.sleep(0.002)
        self.fail("no report was written")

    def children(self, process):
        path = pathlib.Path(f"/proc/{process}/task/{process}/children")
        return [int(word) for word in path.read_text().split()]

    def temporaries(self):
        return [path.name for path in (self.folder / "out").iterdir() if "yekun-tmp" in path.name]

    def test_after_sigkill_the_rest_is_written_and_all_bytes_are_those_of_an_undisturbed_run(self):
        self.build("--out", "whole")
        process = self.start()
        self.wait_for_reports(5)
        workers = self.children(process.pid)
        process.kill()
        process.communicate()
        for worker in workers:  # they die with it
            for _ in range(500):
                if not pathlib.Path(f"/proc/{worker}").exists():
                    break
                time.sleep(0.01)
            else:
                self.fail("a worker lives on")
        whole = self.hashes("whole")
        for path in (self.folder / "out").iterdir():  # what is there is whole
            if not path.name.startswith("."):
                self.assertEqual(hashlib.sha256(path.read_bytes()).hexdigest(), whole[path.name], path.name)
        run = self.build()
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertGreater(len(run.stdout.splitlines()), 0)
        self.assertLessEqual(len(run.stdout.splitlines()), 3 * (61 - 5))
        self.assertEqual(self.hashes(), whole)
        self.assertEqual(self.temporaries(), [])

    def test_ctrl_c_ends_with_130_leaves_nothing_half_done_and_no_temporary_file(self):
        process = self.start()
        self.wait_for_reports(3)
        workers = self.children(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        process.communicate()
        self.assertEqual(process.returncode, 130)
        self.assertEqual([worker for worker in workers if pathlib.Path(f"/proc/{worker}").exists()], [])
        self.assertEqual(self.temporaries(), [])
        self.assertEqual(len(self.hashes()) % 3, 0)

    def test_a_worker_that_dies_fails_only_its_report(self):
        process = self.start("--threads", "1")
        self.wait_for_reports(2)
        for worker in self.children(process.pid):
            os.kill(worker, signal.SIGKILL)
        out, said = process.communicate()
        self.assertEqual(process.returncode, 5, said)
        self.assertIn("the process that wrote it ended: signal 9 (Killed)", said)
        self.assertIn("error[burst]: 1 of 61 reports were not written: ", said)
        self.assertEqual(len(out.splitlines()), 180)
        self.assertEqual(self.temporaries(), [])
        again = self.build()
        self.assertEqual((again.returncode, len(again.stdout.splitlines())), (0, 3))


for name in [name for name in dir(Burst) if name.startswith("test_")]:  # Killed has its own
    setattr(Killed, name, None)

if __name__ == "__main__":
    main()
