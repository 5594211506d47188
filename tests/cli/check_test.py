"""yekun check, and the command line itself."""
import json

from cli import EXAMPLE, Case, main


class Check(Case):
    def test_right_specs_give_0_and_nothing_on_standard_output(self):
        run = self.run_yekun("check", "programme.json", "report.json")
        self.assertEqual((run.returncode, run.stdout), (0, ""))
        self.assertEqual(run.stderr, "programme.json: no mistakes\nreport.json: no mistakes\n")

    def test_all_mistakes_come_at_once_with_3(self):
        self.change("programme.json", "sum(cost)", "sum(csot)")
        self.change("report.json", '"rows": "region"', '"rows": "regoin"')
        run = self.run_yekun("check", "report.json")
        self.assertEqual((run.returncode, run.stdout), (3, ""))
        self.assertIn("programme.json:21:51: error[unknown-column]: unknown column 'csot'", run.stderr)
        self.assertIn("report.json:8:58: error[unknown-dimension]: 'regoin' is neither a dimension nor a column", run.stderr)
        self.assertEqual(run.stderr.count("did you mean"), 2)

    def test_json_is_one_object_for_each_diagnostic(self):
        self.change("programme.json", "sum(cost)", "sum(csot)")
        run = self.run_yekun("check", "programme.json", "--json")
        lines = [json.loads(line) for line in run.stderr.splitlines()]
        self.assertEqual(len(lines), 1)
        self.assertEqual((lines[0]["code"], lines[0]["line"], lines[0]["column"]), ("unknown-column", 21, 51))

    def test_a_mistake_of_a_shared_programme_is_reported_once(self):
        self.change("programme.json", "sum(cost)", "sum(csot)")
        run = self.run_yekun("check", "programme.json", "report.json")
        self.assertEqual(run.stderr.count("'csot'"), 1)

    def test_a_source_that_is_not_there_gives_4(self):
        (self.folder / "data" / "regions.csv").unlink()
        run = self.run_yekun("check", "programme.json")
        self.assertEqual(run.returncode, 4)
        self.assertIn("there is no file 'data/regions.csv'", run.stderr)

    def test_targets_files_are_opened(self):
        self.change("programme.json", '"measure": "sum(cost)"', '"targets": "targets.csv", "measure": "sum(cost)"')
        (self.folder / "targets.csv").write_text("indicator,period,target\ncsot,2025,3\n", encoding="utf-8")
        run = self.run_yekun("check", "programme.json")
        self.assertEqual(run.returncode, 3)
        self.assertIn("targets.csv: row 2, column 'indicator': error[unknown-indicator]: unknown indicator 'csot'", run.stderr)

    def test_a_lookup_key_that_is_there_twice_gives_4_and_both_rows(self):
        text = (self.folder / "data" / "regions.csv").read_text(encoding="utf-8")
        with open(self.folder / "data" / "regions.csv", "a", encoding="utf-8") as data:
            data.write(text.splitlines()[1] + "\n")
        rows = f"row 2 of data/regions.csv and row {len(text.splitlines()) + 1} of data/regions.csv have the same name"
        for arguments in (("check", "programme.json"), ("data", "programme.json", "visits"),
                          ("query", "programme.json", "--indicators", "visits", "--by", "region.population")):
            run = self.run_yekun(*arguments)
            self.assertEqual(run.returncode, 4, run.stderr)
            self.assertIn(f"lookup 'region' needs each key of 'regions' once, but {rows}", run.stderr)
        profile = self.run_yekun("data", "programme.json", "visits").stdout
        self.assertIn("person_id", profile)

    def test_a_spec_that_is_not_there_gives_3(self):
        run = self.run_yekun("check", "nowhere.json")
        self.assertEqual(run.returncode, 3)
        self.assertIn("cannot read 'nowhere.json': there is no such file", run.stderr)

    def test_broken_json_names_line_and_column(self):
        (self.folder / "programme.json").write_text('{"programme": {"id": "a",}\n')
        run = self.run_yekun("check", "programme.json")
        self.assertEqual(run.returncode, 3)
        self.assertIn("programme.json:1:", run.stderr)

    def test_the_example_is_right(self):
        run = self.run_yekun("check", "reports/quarterly.json", cwd=EXAMPLE)
        self.assertEqual(run.returncode, 0, run.stderr)


class CommandLine(Case):
    def test_unknown_commands_and_options_give_2_and_a_hint(self):
        run = self.run_yekun("chek", "programme.json")
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertIn("unknown command 'chek'", run.stderr)
        self.assertIn("did you mean 'check'?", run.stderr)
        run = self.run_yekun("check", "programme.json", "--jsno")
        self.assertEqual(run.returncode, 2)
        self.assertIn("did you mean '--json'?", run.stderr)

    def test_no_command_gives_2(self):
        self.assertEqual(self.run_yekun().returncode, 2)
        self.assertEqual(self.run_yekun("check").returncode, 2)

    def test_version_and_help_go_to_standard_output_with_0(self):
        run = self.run_yekun("--version")
        self.assertRegex(run.stdout, r"^yekun 0\.1\.0( \(build [^)]+\))?\n$")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        run = self.run_yekun("query", "--help")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn("--indicators", run.stdout)

    def test_no_colour_without_a_terminal(self):
        self.change("programme.json", "sum(cost)", "sum(csot)")
        self.assertNotIn("\x1b", self.run_yekun("check", "programme.json", TERM="xterm").stderr)


if __name__ == "__main__":
    main()
