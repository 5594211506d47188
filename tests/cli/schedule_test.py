"""yekun run and schedule install: what is due when, after downtime too, and the units that call it."""
import fcntl
import json
import shutil
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


class Due(Case):
    """A report of each quarter, due on the 7th of the month after it, into a folder."""

    def setUp(self):
        super().setUp()
        self.deliver()
        self.schedule()

    def deliver(self, **more):
        spec = {"email": {"from": "reports@example.org", "to": ["a@example.org"], "attach": [], **more}, "through": {"folder": "mailed"}}
        self.change("report.json", '"outputs"', f'"deliver": {json.dumps(spec)}, "outputs"')

    def schedule(self, **more):
        job = {"id": "q", "report": "report.json", "every": "quarter", "on": "day 7", "at": "08:00", "period": "last-quarter", "useful_days": 3}
        notices = {"from": "reports@example.org", "to": "operator@example.org", "through": {"folder": "notices"}}
        (self.folder / "schedule.json").write_text(json.dumps({"timezone": "Asia/Baku", "notices": notices, "jobs": [job | more]}))

    def at(self, now, *more):
        """Exit code, what became of what was due, and warnings and errors."""
        run = self.run_yekun("run", "schedule.json", "--now", now, "--json", *more)
        return run.returncode, [(one["due"], one["state"]) for one in json.loads(run.stdout)["jobs"]], run.stderr

    def count(self, folder="mailed"):
        return len(list((self.folder / folder).glob("*.eml")))

    def test_after_weeks_without_a_run_what_is_useful_is_sent_and_the_rest_is_told_once(self):
        self.schedule(every="week", on="monday", useful_days=9)
        self.assertEqual(self.at("2025-03-31 08:00")[:2], (0, [("2025-03-24 08:00 +04:00", "delivered"), ("2025-03-31 08:00 +04:00", "delivered")]))
        exit, ran, said = self.at("2025-05-06 12:00")  # a Tuesday; 28 April is within nine days, 21 April is not
        self.assertEqual(exit, 6)
        self.assertEqual(ran, [("2025-04-07 08:00 +04:00", "too-late"), ("2025-04-14 08:00 +04:00", "too-late"), ("2025-04-21 08:00 +04:00", "too-late"),
                               ("2025-04-28 08:00 +04:00", "delivered"), ("2025-05-05 08:00 +04:00", "delivered")])
        last = json.loads(said.splitlines()[-1])
        self.assertEqual((last["severity"], last["code"], last["message"], last["hint"]),
                         ("warning", "too-late", "'q' of 2025-04-21 08:00 +04:00 was not delivered to everybody within 9 days",
                          "send it by hand if it is still wanted: yekun send report.json --period 2025-Q1"))
        self.assertEqual((self.count(), self.count("notices")), (4, 3))
        self.assertEqual(self.at("2025-05-06 12:05"), (0, [], ""))
        self.assertEqual(self.at("2025-05-05 07:00"), (0, [], ""))  # a clock that was set back
        self.assertEqual((self.count(), self.count("notices")), (4, 3))

    def test_a_job_whose_hour_or_day_is_changed_after_it_was_sent_is_not_sent_again(self):
        self.assertEqual(self.at("2025-04-07 08:00")[1], [("2025-04-07 08:00 +04:00", "delivered")])
        self.schedule(at="09:00")
        self.assertEqual(self.at("2025-04-07 09:30"), (0, [], ""))
        self.schedule(on="working day 6")
        self.assertEqual(self.at("2025-04-08 09:30"), (0, [], ""))
        self.assertEqual(self.at("2025-07-08 09:30")[1], [("2025-07-08 08:00 +04:00", "delivered")])

    def test_a_report_waits_for_what_is_missing_while_it_is_useful(self):
        self.change("programme.json", '"key": ["date", "person_id"]', '"key": ["date", "person_id"], "reported_by": "region", "expected": ["Quba", "Ganja"]')
        self.change("report.json", '"attach": []', '"attach": [], "only_if": {"complete": 0.9}')
        for now in ("2025-04-07 08:00", "2025-04-08 08:00"):
            exit, ran, said = self.at(now)
            self.assertEqual((exit, ran), (0, [("2025-04-07 08:00 +04:00", "waiting")]))
            self.assertEqual(said, "")
        self.assertEqual((self.count(), self.count("notices")), (0, 0))
        late = self.at("2025-04-11 08:00")
        self.assertEqual(late[:2], (6, [("2025-04-07 08:00 +04:00", "too-late")]))
        self.assertIn("was not delivered to everybody within 3 days: only 50% of the expected reports have come", late[2])
        self.assertEqual((self.count(), self.count("notices")), (0, 1))
        self.schedule(every="month")
        with open(self.folder / "data" / "visits.csv", "a", encoding="utf-8") as data:
            data.write("2025-03-03,p8,Ganja,delivered,5,1,1960-03-04\n")
        self.assertEqual(self.at("2025-05-07 09:00")[1][-1:], [("2025-05-07 08:00 +04:00", "delivered")])

    def test_what_is_not_needed_is_kept_with_the_reason(self):
        self.change("report.json", '"attach": []', '"attach": [], "only_if": {"alert": "people > 100"}')
        run = self.run_yekun("run", "schedule.json", "--now", "2025-04-07 08:00", "--json")
        self.assertEqual(json.loads(run.stdout)["jobs"], [{"job": "q", "occurrence": "due in 2025-Q2", "due": "2025-04-07 08:00 +04:00", "state": "not-needed",
                                                           "why": "the alert does not hold: people > 100", "exit": 0}])
        self.assertIn("held back\n  2025-04-07 04:00Z  not-needed  q due in 2025-Q2  the alert does not hold: people > 100\n",
                      self.run_yekun("ledger", "list", "report.json").stdout)
        self.assertEqual(self.at("2025-04-07 08:05"), (0, [], ""))

    def test_while_another_run_is_at_work_nothing_is_sent_and_it_is_said(self):
        self.at("2025-04-01 08:00")
        with open(self.folder / "ledger.sqlite.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            exit, ran, said = self.at("2025-04-07 08:00")
        self.assertEqual((exit, ran), (0, [("2025-04-07 08:00 +04:00", "another-run")]))
        self.assertEqual(said, "")
        self.assertEqual(self.at("2025-04-07 08:05")[1], [("2025-04-07 08:00 +04:00", "delivered")])

    def test_a_dry_run_shows_what_is_due_and_leaves_it_due(self):
        dry = lambda now: self.run_yekun("run", "schedule.json", "--now", now, "--dry-run", "--out", "dry")
        for _ in range(2):
            self.assertEqual(len(dry("2025-04-07 08:00").stdout.splitlines()), 1)
        self.assertEqual(self.at("2025-04-07 08:00")[1], [("2025-04-07 08:00 +04:00", "delivered")])
        before = (self.folder / "ledger.sqlite").read_bytes()
        self.assertEqual((dry("2025-04-07 08:05").stdout, dry("2025-04-07 08:05").stderr), ("", "nothing is due\n"))
        self.assertEqual(len(dry("2025-07-07 08:05").stdout.splitlines()), 1)
        self.assertEqual((self.folder / "ledger.sqlite").read_bytes(), before)
        self.assertEqual(self.count(), 1)

    def test_a_week_without_a_working_day_is_refused(self):
        (self.folder / "schedule.json").write_text(json.dumps({
            "timezone": "Asia/Baku", "rest_days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
            "jobs": [{"id": "q", "report": "report.json", "every": "day", "on": "working day", "at": "08:00"}]}))
        run = self.run_yekun("run", "schedule.json", "--plan")
        self.assertEqual(run.returncode, 3)
        self.assertIn("error[no-working-day]: a week needs a day that is not one of 'rest_days'", run.stderr)


if __name__ == "__main__":
    main()
