"""yekun data, and Ctrl-C."""
import gzip
import json
import os
import pathlib
import signal
import subprocess
import time

from cli import YEKUN, Case, main


class Data(Case):
    def test_profiles_each_dataset_on_standard_output(self):
        run = self.run_yekun("data", "programme.json")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn("visits\n", run.stdout)
        self.assertIn("regions\n", run.stdout)
        self.assertIn("2025-01-02 .. 2025-02-01", run.stdout)

    def test_personal_values_are_not_shown(self):
        run = self.run_yekun("data", "programme.json", "visits")
        self.assertNotIn("p1", run.stdout)
        self.assertNotIn("1950", run.stdout)

    def test_json_and_one_dataset(self):
        run = self.run_yekun("data", "programme.json", "visits", "--json")
        self.assertEqual(json.loads(run.stdout)["dataset"], "visits")

    def test_an_unknown_dataset_gives_2(self):
        run = self.run_yekun("data", "programme.json", "vists")
        self.assertEqual(run.returncode, 2)
        self.assertIn("did you mean 'visits'?", run.stderr)

    def test_a_broken_rule_gives_4_with_strict(self):
        with open(self.folder / "data" / "visits.csv", "a", encoding="utf-8") as data:
            data.write("2025-02-02,p3,Quba,delivered,-1,1,\n")
        self.assertEqual(self.run_yekun("data", "programme.json").returncode, 0)
        self.assertEqual(self.run_yekun("data", "programme.json", "--strict").returncode, 4)


class StandardInput(Case):
    def piped(self, bytes_, *arguments):
        """What yekun says when the visits come through a pipe."""
        self.change("programme.json", '"data/visits.csv"', '"-"')
        run = subprocess.run([YEKUN, *arguments], cwd=self.folder, input=bytes_, capture_output=True, timeout=60,
                             env={"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "1760000000"}, check=False)
        return run.returncode, run.stdout.decode(), run.stderr.decode()

    def test_a_dataset_from_a_pipe_gives_what_its_file_gives(self):
        for arguments in (("query", "programme.json", "--indicators", "cost", "--format", "csv"), ("data", "programme.json", "visits")):
            self.setUp()
            plain = self.run_yekun(*arguments)
            bytes_ = (self.folder / "data" / "visits.csv").read_bytes()
            code, out, err = self.piped(bytes_, *arguments)
            self.assertEqual((code, err), (plain.returncode, plain.stderr))
            self.assertEqual(out.replace("-: ", "data/visits.csv: "), plain.stdout)

    def test_a_packed_pipe_is_read_too(self):
        bytes_ = gzip.compress((self.folder / "data" / "visits.csv").read_bytes())
        code, out, _ = self.piped(bytes_, "data", "programme.json", "visits")
        self.assertEqual(code, 0)
        self.assertIn("2025-01-02 .. 2025-02-01", out)


class Explain(Case):
    def test_says_the_rule_and_the_rows(self):
        run = self.run_yekun("explain", "programme.json", "cost", "--period", "2025-01", "--at", "region=Quba")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn("12.5", run.stdout)
        self.assertIn("visits.csv", run.stdout)

    def test_shows_rows_without_personal_values(self):
        run = self.run_yekun("explain", "programme.json", "cost", "--rows", "2")
        self.assertEqual(run.returncode, 0)
        self.assertIn("first rows used", run.stdout)
        self.assertIn("•••", run.stdout)
        self.assertNotIn("p1", run.stdout)

    def test_names_what_was_found_in_the_rows_of_the_period(self):
        with open(self.folder / "data" / "visits.csv", "a", encoding="utf-8") as data:
            data.write("2025-02-02,p3,Quba,delivered,-1,1,\n")
        line = "finding in data/visits.csv, row"
        self.assertIn(line, self.run_yekun("explain", "programme.json", "cost", "--period", "2025-02").stdout)
        self.assertNotIn(line, self.run_yekun("explain", "programme.json", "cost", "--period", "2025-01").stdout)

    def test_what_is_asked_wrongly(self):
        self.assertEqual(self.run_yekun("explain", "programme.json", "csot").returncode, 3)
        self.assertEqual(self.run_yekun("explain", "programme.json", "cost", "--at", "region").returncode, 2)
        self.assertEqual(self.run_yekun("explain", "programme.json", "cost", "--at", "person_id=p1").returncode, 3)


class Interrupt(Case):
    def interrupted(self, *arguments):
        """The exit code after Ctrl-C while a million rows are read."""
        row = "2025-02-02,p3,Quba,delivered,1,1,\n"
        with open(self.folder / "data" / "visits.csv", "a", encoding="utf-8") as data:
            for _ in range(100):
                data.write(row * 10_000)
        run = subprocess.Popen([YEKUN, *arguments], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env={"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "1760000000"})
        tasks = pathlib.Path(f"/proc/{run.pid}/task")
        while run.poll() is None and len(list(tasks.iterdir())) < 2:  # until the thread that waits for signals is there
            time.sleep(0.001)
        run.send_signal(signal.SIGINT)
        return run.wait(timeout=60)

    def test_ctrl_c_gives_130_and_leaves_nothing_behind(self):
        self.assertEqual(self.interrupted("build", "report.json", "--period", "2025-Q1"), 130)
        self.assertFalse((self.folder / "out").exists() and any((self.folder / "out").iterdir()))


if __name__ == "__main__":
    main()
