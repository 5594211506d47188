"""What the ledger remembers of builds: restatements in reports, and verify."""
import csv
import email
import email.policy
import hashlib
import io
import json
import sqlite3
import subprocess
import zipfile

from cli import Case, main


class Remembered(Case):
    def setUp(self):
        super().setUp()
        self.change("report.json", '"outputs": ["pdf", "xlsx"]', '"deliver": {"ledger": "ledger.sqlite"}, "outputs": ["pdf", "xlsx", "html"]')

    def build(self, *more, period="2025-Q1", **variables):
        run = self.run_yekun("build", "report.json", "--period", period, *more, **variables)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run

    def submit(self, period="2025-Q1"):
        run = self.run_yekun("ledger", "submit", "report.json", "--period", period, "--to", "A donor")
        self.assertEqual(run.returncode, 0, run.stderr)

    def add_row(self, row="2025-02-03,p99,Quba,delivered,10,1,1970-01-01"):
        with open(self.folder / "data" / "visits.csv", "a", encoding="utf-8") as data:
            data.write(row + "\n")

    def bytes_of(self, folder="out"):
        return {path.name: path.read_bytes() for path in sorted((self.folder / folder).iterdir()) if not path.name.startswith(".")}

    def ask(self, sql):
        database = sqlite3.connect(self.folder / "ledger.sqlite")
        self.addCleanup(database.close)
        return database.execute(sql).fetchall()

    def page(self, language="en"):
        return (self.folder / "out" / f"report-2025-Q1-{language}.html").read_text(encoding="utf-8")

    def pdf(self, language="en"):
        path = self.folder / "out" / f"report-2025-Q1-{language}.pdf"
        return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout

    def sheet_text(self, language="en"):
        with zipfile.ZipFile(self.folder / "out" / f"report-2025-Q1-{language}.xlsx") as book:
            return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


class Restatements(Remembered):
    def test_a_build_is_recorded_with_inputs_figures_and_files(self):
        self.build()
        (report, period, spec), = self.ask("select report, period, spec_sha256 from build")
        self.assertEqual((report, period, len(spec)), ("report", "2025-Q1", 64))
        self.assertEqual(dict(self.ask("select name, sha256 from input"))["data/visits.csv"],
                         hashlib.sha256((self.folder / "data" / "visits.csv").read_bytes()).hexdigest())
        self.assertEqual(dict(self.ask("select name, sha256 from output")),
                         {name: hashlib.sha256(data).hexdigest() for name, data in self.bytes_of().items()})
        self.assertEqual(self.ask("select number from figure where id = 'people@2025-Q1'"), [("1",)])
        self.build()
        self.assertEqual(len(self.ask("select id from build")), 1)
        self.assertNotIn(b"p1", b"".join(str(row).encode() for row in self.ask("select * from figure")))

    def test_what_changed_since_it_was_submitted_is_listed_in_every_output_and_marked(self):
        self.submit()
        self.build()
        self.assertNotIn("changed since", self.page())
        self.add_row()
        self.build()
        for text in (self.page(), self.pdf(), self.sheet_text()):
            self.assertIn("changed since they were submitted", " ".join(text.split()))
            self.assertIn("rows came later", text)
        self.assertIn("†", self.page())
        self.assertIn("restated: published differently in an earlier report", self.page())
        self.assertIn("sətirlər sonradan daxil olub", self.page("az"))
        self.assertIn("Təqdim edildikdən sonra dəyişən göstəricilər", self.pdf("az"))

    def test_each_cause_is_told(self):
        self.submit()
        text = (self.folder / "data" / "visits.csv").read_text(encoding="utf-8")
        causes = {"rows were corrected": text.replace("12.50", "13.50"), "rows were removed": "".join(text.splitlines(True)[:-1])}
        for cause, data in causes.items():
            (self.folder / "data" / "visits.csv").write_text(data, encoding="utf-8")
            self.build()
            self.assertIn(cause, self.page(), cause)
        (self.folder / "data" / "visits.csv").write_text(text, encoding="utf-8")
        self.build()
        self.assertNotIn("changed since", self.page())
        self.change("programme.json", '"where": "status = \'delivered\'"', '"where": "status in (\'delivered\', \'refused\')"')
        self.build()
        self.assertIn("the rule changed", self.page())

    def test_a_changed_target_is_told_with_both_targets(self):
        self.change("programme.json", '"unit": "people"}', '"unit": "people", "targets": {"2025-Q1": 40}}')
        self.change("report.json", '{"chart"', '{"table": {"indicators": ["people"], "comparisons": true}}, {"chart"')
        self.submit()
        self.change("programme.json", '"2025-Q1": 40', '"2025-Q1": 50')
        self.build()
        self.assertIn("the target changed", self.page())
        table = self.page()[self.page().index("changed since they were submitted"):]
        self.assertIn("people: target", table)
        self.assertLess(table.index("40"), table.index("50"))

    def test_later_periods_tell_of_earlier_ones_and_earlier_ones_do_not_of_later(self):
        self.submit()
        self.add_row()
        self.build(period="2025-Q2")
        page = (self.folder / "out" / "report-2025-Q2-en.html").read_text(encoding="utf-8")
        self.assertIn("rows came later", page)
        self.build(period="2024-Q4")
        self.assertNotIn("rows came later", (self.folder / "out" / "report-2024-Q4-en.html").read_text(encoding="utf-8"))

    def test_the_same_inputs_and_submissions_give_the_same_bytes(self):
        self.submit()
        self.add_row()
        self.build()
        first = self.bytes_of()
        self.build("--out", "again", SOURCE_DATE_EPOCH="1760000000")
        self.assertEqual(first, self.bytes_of("again"))

    def test_members_of_a_burst_list_their_own_figures(self):
        self.change("report.json", '"period": "quarter",', '"period": "quarter", "for_each": "region",')
        self.add_row("2025-02-02,p7,Baku,delivered,3,1,1990-01-01")
        self.build()
        self.submit()
        self.add_row()
        self.build()
        read = lambda name: (self.folder / "out" / name).read_text(encoding="utf-8")
        self.assertIn("rows came later", read("report-2025-Q1-Quba-en.html"))
        self.assertNotIn("rows came later", read("report-2025-Q1-Baku-en.html"))
        self.assertNotIn("2023", read("report-2025-Q1-Quba-en.html"))  # totals of the cards' history, which nobody sees
        self.assertIn("rows came later", read("report-2025-Q1-en.html"))
        last, = self.ask("select max(id) from build")[0]
        self.assertEqual(dict(self.ask(f"select name, sha256 from output where build = {last}")),
                         {name: hashlib.sha256(data).hexdigest() for name, data in self.bytes_of().items()})

    def test_a_ledger_that_cannot_be_used_stops_the_build_before_anything_is_written(self):
        (self.folder / "ledger.sqlite").write_text("not a ledger, " * 1000)
        run = self.run_yekun("build", "report.json", "--period", "2025-Q1")
        self.assertEqual(run.returncode, 6)
        self.assertIn("error[ledger-damaged]: the ledger is damaged, or is no ledger", run.stderr)
        self.assertFalse((self.folder / "out").exists())


class Differences(Remembered):
    def test_a_difference_is_csv_whatever_a_place_is_called_and_each_cause_is_one_word(self):
        self.add_row('2025-02-03,p98,"He said ""no"", twice",delivered,10,1,1970-01-01')
        self.submit()
        self.add_row('2025-02-04,p97,"He said ""no"", twice",delivered,10,1,1970-01-01')
        diff = self.run_yekun("ledger", "diff", "report.json")
        rows = list(csv.DictReader(io.StringIO(diff.stdout)))
        self.assertTrue(rows and all(set(row) == {"period", "figure", "what", "submitted", "now", "cause"} for row in rows), diff.stdout)
        self.assertTrue(any('[region=He said "no", twice' in row["figure"] for row in rows), diff.stdout)
        self.assertEqual({row["cause"] for row in rows}, {"late-rows"})

    def test_nothing_of_a_person_is_in_the_ledger(self):
        self.change("report.json", '"deliver": {', '"deliver": {"email": {"from": "r@example.org", "to": ["a@example.org"], "attach": ["pdf"]}, "through": {"folder": "mailed"}, ')
        self.add_row("2025-02-03,person-4711,Quba,delivered,10,1,1971-12-13")
        self.submit()
        self.assertEqual(self.run_yekun("send", "report.json", "--period", "2025-Q1").returncode, 0)
        self.build()
        for path in self.folder.glob("ledger.sqlite*"):
            held = path.read_bytes()
            for word in (b"person-4711", b"1971-12-13"):
                self.assertNotIn(word, held, path)
        self.assertIn(b"a@example.org", b"".join(path.read_bytes() for path in self.folder.glob("ledger.sqlite*")))  # so that it would be seen


class Verify(Remembered):
    def verify(self, name, *more):
        return self.run_yekun("verify", f"out/{name}", *more)

    def test_files_as_they_were_built_are_the_same(self):
        self.build()
        for name in ("report-2025-Q1-az.xlsx", "report-2025-Q1-en.pdf", "report-2025-Q1-en.html"):
            run = self.verify(name)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
            self.assertEqual(run.stdout, f"out/{name}: same: it is build 1 of 2025-10-09: report 2025-Q1, as of 2025-10-09, "
                                         "and building it again gives the same bytes\n")
        self.assertEqual(json.loads(self.verify("report-2025-Q1-en.pdf", "--json").stdout)["state"], "same")

    def test_what_readers_got_and_drafts_are_the_same_too(self):
        self.change("report.json", '"deliver": {"ledger"', '"deliver": {"email": {"from": "r@example.org", "to": ["a@example.org"], "attach": ["pdf", "xlsx", "html"]}, '
                                                           '"through": {"folder": "mailed"}, "ledger"')
        self.assertEqual(self.run_yekun("send", "report.json", "--period", "2025-Q1").returncode, 0)
        sent, = (self.folder / "mailed").glob("*.eml")
        got = self.folder / "got"
        got.mkdir()
        for part in email.message_from_bytes(sent.read_bytes(), policy=email.policy.default).iter_attachments():
            (got / part.get_filename()).write_bytes(part.get_payload(decode=True))
        self.run_yekun("build", "report.json", "--period", "2025-Q1", "--only", "eml", "--out", "got")
        files = sorted(got.iterdir())
        self.assertEqual(len(files), 5, files)
        for path in files:
            run = self.run_yekun("verify", path)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.add_row()
        said = self.run_yekun("verify", got / "report-2025-Q1-az.pdf").stdout
        self.assertIn(": inputs-changed: it is as build 1 of 2025-10-09: report 2025-Q1, as of 2025-10-09 wrote it", said)

    def test_a_draft_with_attachments_is_the_same(self):
        self.change("report.json", '"xlsx", "html"]', '"xlsx", "html", "eml"]')
        self.build()
        for language in ("az", "en"):
            self.assertEqual(self.verify(f"report-2025-Q1-{language}.eml").returncode, 0)

    def test_a_file_that_a_dry_run_wrote_is_not_called_edited(self):
        self.build()
        self.change("report.json", '"deliver": {"ledger"', '"deliver": {"email": {"from": "r@example.org", "to": ["a@example.org"]}, "ledger"')
        self.assertEqual(self.run_yekun("build", "report.json", "--period", "2025-Q1", "--only", "pdf", "--out", "first").returncode, 0)
        dry = self.run_yekun("send", "report.json", "--period", "2025-Q1", "--dry-run", "--out", "dry")
        self.assertEqual(dry.returncode, 0, dry.stderr)
        run = self.run_yekun("verify", "dry/report-2025-Q1-az.xlsx")
        self.assertEqual(run.returncode, 0, run.stdout)

    def test_inputs_that_changed_are_named(self):
        self.build()
        self.add_row()
        self.change("report.json", '"en": "Quarter, {period}"', '"en": "The quarter, {period}"')
        run = self.verify("report-2025-Q1-en.pdf")
        self.assertEqual(run.returncode, 4)
        self.assertIn(": inputs-changed: ", run.stdout)
        self.assertIn("  'data/visits.csv' is another file now (4 rows, 3 then)\n", run.stdout)
        self.assertIn("  the report or the programme was edited\n", run.stdout)
        self.assertNotIn("regions.csv", run.stdout)

    def test_a_later_submission_does_not_make_an_earlier_file_another(self):
        self.submit()
        self.add_row()
        self.build()
        self.submit()
        run = self.verify("report-2025-Q1-en.html")
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_an_edited_file_is_known_by_its_receipt(self):
        self.build()
        page = self.folder / "out" / "report-2025-Q1-en.html"
        page.write_text(self.page().replace("Quarter", "Quarrel"), encoding="utf-8")
        run = self.verify(page.name)
        self.assertEqual(run.returncode, 4)
        self.assertIn(": edited: it carries the receipt of build 1", run.stdout)
        book = self.folder / "out" / "report-2025-Q1-en.xlsx"
        copy = book.with_name("copy.xlsx")
        with zipfile.ZipFile(book) as old, zipfile.ZipFile(copy, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
        self.assertIn(": edited: ", self.verify("copy.xlsx").stdout)
        pdf = self.folder / "out" / "report-2025-Q1-en.pdf"
        pdf.write_bytes(pdf.read_bytes() + b"\n% more")
        self.assertIn(": edited: ", self.verify(pdf.name).stdout)

    def test_a_file_that_nobody_knows_is_told_so(self):
        self.build()
        (self.folder / "out" / "letter.pdf").write_bytes(b"%PDF-1.4\n")
        run = self.verify("letter.pdf")
        self.assertEqual((run.returncode, run.stdout), (4, "out/letter.pdf: unknown: the ledger knows no such file\n"))

    def test_without_a_ledger_the_receipt_and_the_report_are_enough(self):
        self.build()
        for path in self.folder.glob("ledger.sqlite*"):
            path.unlink()
        alone = self.verify("report-2025-Q1-en.pdf")
        self.assertEqual(alone.returncode, 4)
        self.assertIn("built from 'report.json' for 2025-Q1 as of 2025-10-09: name that report to compare", alone.stdout)
        named = self.verify("report-2025-Q1-en.pdf", "report.json")
        self.assertEqual(named.returncode, 0, named.stdout + named.stderr)
        self.assertFalse((self.folder / "ledger.sqlite").exists())
        self.add_row()
        self.assertIn("no ledger knows it, and building it again gives other bytes", self.verify("report-2025-Q1-en.pdf", "report.json").stdout)

    def test_a_member_s_chart_is_found_by_its_hash_alone(self):
        self.change("report.json", '"period": "quarter",', '"period": "quarter", "for_each": "region",')
        self.build("--only", "png")
        name = sorted(path.name for path in (self.folder / "out").glob("*Quba*.png"))[0]
        run = self.verify(name)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)


if __name__ == "__main__":
    main()
