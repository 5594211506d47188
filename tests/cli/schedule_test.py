"""yekun run and schedule install: what is due when, after downtime too, and the units that call it."""
import json
import pathlib
import shutil
import stat
import subprocess
import unittest

from cli import YEKUN, Case, main

ANALYZE = shutil.which("systemd-analyze")


class Units(Case):
    def printed(self, folder, name, *more):
        there = self.folder / folder
        there.mkdir()
        (there / name).write_text('{"timezone": "UTC", "jobs": [{"id": "q", "report": "r.json", "every": "quarter", "on": "day 7", "at": "08:00"}]}')
        return there, self.run_yekun("schedule", "install", name, "--print", *more, cwd=there)

    def sections(self, text):
        """The text under each line that names a file."""
        out = {}
        for line in text.splitlines(keepends=True):
            if line.startswith("# /etc/systemd") or line.startswith("# or, with cron"):
                name = line.rpartition("/")[2].split()[0] if "systemd" in line else "cron"
            out.setdefault(name, []).append(line)
        return {name: "".join(lines) for name, lines in out.items()}

    def judged(self, sections):
        folder = self.folder / "units"
        folder.mkdir(exist_ok=True)
        for name in ("yekun.service", "yekun.timer"):
            (folder / name).write_text(sections[name])
        return subprocess.run([ANALYZE, "verify", folder / "yekun.service", folder / "yekun.timer"], capture_output=True, text=True)

    @unittest.skipUnless(ANALYZE, "there is no systemd")
    def test_systemd_takes_the_units_whatever_the_folder_is_called(self):
        for folder, name in (("plain", "schedule.json"), ("a b %n $HOME 'c' \"d\" ə", "s %h $x.json")):
            there, run = self.printed(folder, name, "--program", YEKUN)
            self.assertEqual(run.returncode, 0, run.stderr)
            judged = self.judged(self.sections(run.stdout))
            self.assertEqual((judged.returncode, judged.stdout, judged.stderr), (0, "", ""))
            self.assertIn(f"\nWorkingDirectory={there}\n".replace("%", "%%"), run.stdout)

    def test_the_cron_line_runs_the_schedule_whatever_the_folder_is_called(self):
        program = self.folder / "program"
        program.write_text('#!/bin/sh\npwd; printf "%s\\n" "$@"\n')
        program.chmod(0o755)
        there, run = self.printed("a b %n $HOME 'c' \"d\" ə", "s %h $x.json", "--program", str(program), "--every", "15")
        line = self.sections(run.stdout)["cron"].splitlines()[-1]
        self.assertTrue(line.startswith("*/15 * * * * yekun "), line)
        command = line.split(" ", 6)[6].replace("\\%", "%")  # as cron does
        said = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True).stdout
        self.assertEqual(said.splitlines(), [str(there), "run", str(there / "s %h $x.json")])

    def test_a_path_with_a_line_break_is_refused(self):
        _, run = self.printed("one\ntwo", "schedule.json")
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertIn("error[bad-path]: a unit cannot name a path with a line break or another control character", run.stderr)

    def test_nothing_is_installed_without_print(self):
        run = self.run_yekun("schedule", "install", "absent.json")
        self.assertEqual(run.returncode, 3)
        _, run = self.printed("plain", "schedule.json")
        self.assertIn("[Service]", run.stdout)
        run = self.run_yekun("schedule", "install", "plain/schedule.json")
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertIn("error[print-only]: nothing is installed by itself", run.stderr)


if __name__ == "__main__":
    main()
