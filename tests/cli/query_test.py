"""yekun query: the CSV contract, and what is refused."""
import json
import subprocess

from cli import YEKUN, Case, main

CSV = ("--format", "csv")


class Query(Case):
    def query(self, *arguments, **variables):
        return self.run_yekun("query", "programme.json", *arguments, **variables)

    def test_csv_of_the_whole_period(self):
        run = self.query("--indicators", "visits,people,cost,cost_per_person", *CSV)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertEqual(run.stdout, "period,visits,people,cost,cost_per_person\nall,3,1,19.75,19.75\n")

    def test_csv_by_dimension_and_month_sorts_by_period_then_code_point(self):
        run = self.query("--indicators", "visits,people", "--by", "region", "--per", "month", *CSV)
        self.assertEqual(run.stdout, "period,region,visits,people\n2025-01,Baku,1,0\n2025-01,Quba,1,1\n2025-02,Quba,1,1\n")

    def test_totals_have_the_rolled_up_dimension_empty(self):
        run = self.query("--indicators", "visits", "--by", "region", "--totals", *CSV)
        self.assertEqual(run.stdout.splitlines()[1], "all,,3")

    def test_sort_having_and_top(self):
        by_region = ("--indicators", "cost", "--by", "region", "--period", "2025", *CSV)
        self.assertEqual(self.query(*by_region, "--sort", "cost:desc").stdout,
                         "period,region,cost\n2025,Quba,19.75\n2025,Baku,0\n")
        self.assertEqual(self.query(*by_region, "--sort", "cost:asc", "--top", "1").stdout, "period,region,cost\n2025,Baku,0\n")
        self.assertEqual(self.query(*by_region, "--having", "cost > 1").stdout, "period,region,cost\n2025,Quba,19.75\n")

    def test_personal_columns_filter_but_do_not_group(self):
        run = self.query("--indicators", "visits", "--where", "person_id = 'p1'", *CSV)
        self.assertEqual(run.stdout, "period,visits\nall,2\n")
        run = self.query("--indicators", "visits", "--by", "person_id", *CSV)
        self.assertEqual((run.returncode, run.stdout), (3, ""))

    def test_relative_periods_refer_to_as_of_and_print_resolved(self):
        run = self.query("--indicators", "visits", "--period", "last-quarter", "--as-of", "2025-04-02", *CSV)
        self.assertEqual(run.stdout, "period,visits\n2025-Q1,3\n")

    def test_what_is_asked_wrongly(self):
        self.assertEqual(self.query("--indicators", "vists").returncode, 3)
        self.assertEqual(self.query("--indicators", "visits", "--where", "regoin = 'Quba'").returncode, 3)
        for wrong in (("--period", "2025-Q5"), ("--per", "decade"), ("--format", "xml"), ("--sort", "visits:down"),
                      ("--as-of", "yesterday"), ("--top", "0"), ("--threads", "none")):
            run = self.query("--indicators", "visits", *wrong)
            self.assertEqual((run.returncode, run.stdout), (2, ""), wrong)
        self.assertEqual(self.run_yekun("query", "programme.json").returncode, 2)

    def test_rejected_cells_warn_and_a_broken_rule_is_fatal_with_strict(self):
        with open(self.folder / "data" / "visits.csv", "a", encoding="utf-8") as data:
            data.write("2025-02-02,p3,Quba,delivered,many,1,\n2025-02-03,p3,Quba,delivered,-1,1,\n")
        run = self.query("--indicators", "cost", *CSV)
        self.assertEqual((run.returncode, run.stdout), (0, "period,cost\nall,18.75\n"))
        self.assertIn("row 5, column 'cost': warning[rejected-cell]", run.stderr)
        run = self.query("--indicators", "cost", "--strict", *CSV)
        self.assertEqual((run.returncode, run.stdout), (4, ""))

    def test_threads_time_zone_and_locale_change_nothing(self):
        asked = ("--indicators", "visits,people,cost,cost_per_person", "--by", "region,age_group", "--totals")
        for form in ("csv", "json", "table"):
            first = self.query(*asked, "--format", form, "--threads", "1").stdout
            other = self.query(*asked, "--format", form, "--threads", "7", LC_ALL="az_AZ.UTF-8", LANG="az_AZ.UTF-8",
                               TZ="Pacific/Kiritimati").stdout
            self.assertTrue(first)
            self.assertEqual(first, other)

    def test_json_has_states(self):
        run = self.query("--indicators", "cost", "--period", "2024", "--format", "json")
        self.assertEqual(json.loads(run.stdout)["rows"][0]["figures"]["cost"]["state"], "missing")

    def test_the_table_is_in_the_programmes_first_language(self):
        run = self.query("--indicators", "visits", "--period", "2025-Q1")
        self.assertIn("2025-ci ilin 1-ci rübü", run.stdout)

    def test_a_reader_that_stops_early_is_no_error(self):
        command = f"'{YEKUN}' query programme.json --indicators visits --by region --format csv | true; exit ${{PIPESTATUS[0]}}"
        run = subprocess.run(["bash", "-c", command], cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertEqual((run.returncode, run.stderr), (0, ""))


if __name__ == "__main__":
    main()
