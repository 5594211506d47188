"""yekun build: whole or not at all, and the same bytes anywhere."""
import email
import email.policy
import hashlib
import shutil

from cli import EXAMPLE, Case, main

NAMES = ["report-2025-Q1-az-chart-1.png", "report-2025-Q1-az.pdf", "report-2025-Q1-az.xlsx",
         "report-2025-Q1-en-chart-1.png", "report-2025-Q1-en.pdf", "report-2025-Q1-en.xlsx"]


class Build(Case):
    def setUp(self):
        super().setUp()
        self.change("report.json", '["pdf", "xlsx"]', '["pdf", "xlsx", "png"]')

    def build(self, *arguments, **more):
        return self.run_yekun("build", "report.json", "--period", "2025-Q1", *arguments, **more)

    def names(self, folder="out"):
        return sorted(path.name for path in (self.folder / folder).iterdir())

    def test_writes_all_outputs_in_all_languages_and_prints_their_paths(self):
        run = self.build()
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(self.names(), NAMES)
        self.assertEqual(sorted(run.stdout.splitlines()), ["out/" + name for name in NAMES])

    def test_only_and_lang_choose(self):
        run = self.build("--only", "xlsx", "--lang", "az", "--out", "there/deep")
        self.assertEqual(run.stdout, "there/deep/report-2025-Q1-az.xlsx\n")
        self.assertEqual(self.names("there/deep"), ["report-2025-Q1-az.xlsx"])

    def test_without_period_the_last_complete_one_is_built(self):
        run = self.run_yekun("build", "report.json", "--only", "xlsx", "--lang", "en", "--as-of", "2025-04-01")
        self.assertEqual(run.stdout, "out/report-2025-Q1-en.xlsx\n")

    def test_a_period_without_rows_is_told_and_built_in_words(self):
        run = self.run_yekun("build", "report.json", "--period", "2031-Q1", "--only", "xlsx,pdf", "--lang", "en")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(run.stderr, "warning[no-rows-in-period]: no row of 'visits' lies in 2031-Q1\n"
                                     "  hint: see whether all files are there, or name another period with --period\n")
        self.assertEqual(self.names(), ["report-2031-Q1-en.pdf", "report-2031-Q1-en.xlsx"])
        self.assertNotIn("no-rows-in-period", self.build().stderr)

    def test_a_failed_run_leaves_the_last_good_outputs(self):
        self.build("--only", "xlsx")
        before = {path.name: path.read_bytes() for path in (self.folder / "out").iterdir()}
        self.change("report.json", '"y": "visits"', '"y": "visitz"')
        self.assertEqual(self.build("--only", "xlsx").returncode, 3)
        self.assertEqual({path.name: path.read_bytes() for path in (self.folder / "out").iterdir()}, before)

    def test_an_output_folder_that_cannot_be_made_gives_5(self):
        (self.folder / "out").write_text("a file")
        run = self.build("--only", "xlsx")
        self.assertEqual((run.returncode, run.stdout), (5, ""))

    def test_letters_that_no_font_has_give_5_and_lenient_writes_the_pdf(self):
        self.change("report.json", '"en": "Quarter, {period}"', '"en": "Quarter \u6f22, {period}"')
        run = self.build("--only", "pdf")
        self.assertEqual(run.returncode, 5)
        self.assertIn("error[missing-glyph]: page 1: no font has a glyph for '\u6f22'", run.stderr)
        run = self.build("--only", "pdf", "--lenient")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("warning[missing-glyph]", run.stderr)
        self.assertEqual(self.names(), ["report-2025-Q1-az.pdf", "report-2025-Q1-en.pdf"])

    def test_a_bilingual_report_is_one_pdf_and_one_workbook(self):
        self.change("report.json", '"outputs"', '"bilingual": true, "outputs"')
        run = self.build("--only", "pdf,xlsx")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(self.names(), ["report-2025-Q1-az-en.pdf", "report-2025-Q1-az-en.xlsx"])

    def test_strict_stops_before_anything_is_written(self):
        with open(self.folder / "data" / "visits.csv", "a", encoding="utf-8") as data:
            data.write("2025-02-03,p3,Quba,delivered,-1,1,\n")
        run = self.build("--strict")
        self.assertEqual((run.returncode, run.stdout), (4, ""))
        self.assertFalse((self.folder / "out").exists())

    def test_options_that_do_not_fit_give_2(self):
        for wrong in (("--only", "docx"), ("--lang", "ka"), ("--for", "region=Quba"), ("--period", "2025-Q7")):
            self.assertEqual(self.build(*wrong).returncode, 2, wrong)

    def test_the_same_bytes_twice_in_another_place_zone_and_locale(self):
        def hashes(folder):
            return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}

        one, two = self.folder / "one", self.folder / "elsewhere" / "two"
        first = self.run_yekun("build", "reports/quarterly.json", "--period", "2025-Q3", "--out", one, "--threads", "1",
                               cwd=EXAMPLE)
        self.assertEqual(first.returncode, 0, first.stderr)
        copy = self.folder / "copy"
        shutil.copytree(EXAMPLE, copy)
        second = self.run_yekun("build", "copy/reports/quarterly.json", "--period", "2025-Q3", "--out", two, "--threads", "5",
                                LC_ALL="az_AZ.UTF-8", LANG="az_AZ.UTF-8", TZ="America/Anchorage")
        self.assertEqual(second.returncode, 0, second.stderr)
        self.assertGreaterEqual(len(hashes(one)), 6)
        self.assertEqual(sorted(hashes(one)), sorted(hashes(two)))
        self.assertEqual([name for name, value in hashes(one).items() if hashes(two)[name] != value], [])


class Drafts(Case):
    def test_eml_is_a_message_that_a_person_sends_with_what_is_built_beside_it(self):
        self.change("report.json", '"pdf", "xlsx"', '"eml", "pdf", "xlsx"')
        run = self.run_yekun("build", "report.json", "--period", "2025-Q1", "--lang", "az")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        draft = (self.folder / "out" / "report-2025-Q1-az.eml").read_bytes()
        message = email.message_from_bytes(draft, policy=email.policy.default)
        self.assertEqual([part.defects for part in message.walk() if part.defects], [])
        self.assertEqual((message["x-unsent"], message["to"], message["from"], message["message-id"]), ("1", None, None, None))
        self.assertEqual(str(message["subject"]), "Rüb, 2025-ci ilin 1-ci rübü, 2025-ci ilin 1-ci rübü")
        files = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
        self.assertEqual(files, {name: (self.folder / "out" / name).read_bytes() for name in ("report-2025-Q1-az.xlsx", "report-2025-Q1-az.pdf")})
        self.run_yekun("build", "report.json", "--period", "2025-Q1", "--lang", "az", "--out", "again", SOURCE_DATE_EPOCH="1760000009")
        self.assertEqual((self.folder / "again" / "report-2025-Q1-az.eml").read_bytes(), draft)

    def test_only_eml_attaches_nothing_and_bears_the_sender_of_the_report(self):
        self.change("report.json", '"outputs"', '"deliver": {"email": {"from": "Office <o@example.org>", "to": "a@example.org", "subject": "{period}"}}, "outputs"')
        run = self.run_yekun("build", "report.json", "--period", "2025-Q1", "--only", "eml")
        self.assertEqual((run.returncode, run.stdout.splitlines()), (0, ["out/report-2025-Q1-az.eml", "out/report-2025-Q1-en.eml"]), run.stderr)
        message = email.message_from_bytes((self.folder / "out" / "report-2025-Q1-en.eml").read_bytes(), policy=email.policy.default)
        self.assertEqual((str(message["from"]), str(message["subject"])), ("Office <o@example.org>", "1st quarter of 2025"))
        self.assertEqual(list(message.iter_attachments()), [])


if __name__ == "__main__":
    main()
