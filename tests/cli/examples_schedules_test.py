"""The schedules of the examples: when their jobs are due, and what they would send."""
import email
import email.policy
import json
import re
import shutil

from cli import SOURCE, Case, main

# Example: just after its first job is due, the job, how many readers there are, their languages.
DUE = {"az-social-services": ("2025-10-07 08:05", "quarterly", 3, {"az", "en"}),
       "az-association": ("2024-12-31 16:05", "donors", 2, {"az", "en"}),
       "ge-association": ("2020-01-14 09:05", "annual", 2, {"ka", "en"}),
       "tm-field-work": ("2022-07-10 10:05", "quarterly", 3, {"tk", "ru", "en"}),
       "tm-online-training": ("2021-06-30 17:35", "donor", 2, {"en", "ru"})}


class Schedules(Case):
    def setUp(self):
        super().setUp()
        for name in DUE:
            shutil.copytree(SOURCE / "examples" / name, self.folder / name)

    def test_every_example_has_one_and_its_plan_names_each_job_thrice(self):
        self.assertEqual(sorted(DUE), sorted(path.parent.name for path in (SOURCE / "examples").glob("*/schedule.json")))
        for name, (now, job, _, _) in DUE.items():
            text = (self.folder / name / "schedule.json").read_text(encoding="utf-8")
            jobs = json.loads(re.sub(r"^//.*$", "", text, flags=re.M))["jobs"]
            run = self.run_yekun("run", f"{name}/schedule.json", "--now", now, "--plan")
            self.assertEqual(run.returncode, 0, run.stderr)
            lines = run.stdout.splitlines()
            self.assertEqual(len(lines), 3 * len(jobs), name)
            self.assertTrue(all(line > now for line in lines), lines)
            self.assertEqual(sum(f"  {job}  " in line for line in lines), 3)

    def test_a_dry_run_on_the_day_writes_one_message_a_reader(self):
        for name, (now, job, readers, languages) in DUE.items():
            run = self.run_yekun("run", f"{name}/schedule.json", "--now", now, "--dry-run", "--out", f"mails-{name}", cwd=self.folder, SOURCE_DATE_EPOCH="")
            self.assertEqual(run.returncode, 0, name + run.stderr)
            self.assertIn(f"{job}, due {now[:10]}", run.stderr)
            messages = [email.message_from_bytes((self.folder / line).read_bytes(), policy=email.policy.default)
                        for line in run.stdout.splitlines()]
            self.assertEqual(len(messages), readers, name)
            self.assertEqual({message["content-language"] for message in messages}, languages)
            for message in messages:
                self.assertEqual(message.defects, [])
                self.assertTrue(message["to"].addresses[0].domain == "example.org")
                self.assertLess(len(message.get_body(("html",)).get_content().encode()), 100 * 1024)
            self.assertFalse((self.folder / name / "ledger.sqlite").exists())


if __name__ == "__main__":
    main()
