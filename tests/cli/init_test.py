"""yekun init --template and yekun init --from."""
import json
import re
import sqlite3
import zipfile

from cli import SOURCE, Case, main


class Init(Case):
    def test_a_template_is_copied_and_says_what_to_fill_in(self):
        run = self.run_yekun("init", ".", "--template", "one-page-brief")
        self.assertEqual((run.returncode, run.stdout), (0, "./one-page-brief.json\n"))
        self.assertIn("yekun check ./one-page-brief.json", run.stderr)
        text = (self.folder / "one-page-brief.json").read_text(encoding="utf-8")
        self.assertTrue(text.startswith("// One page to hand over"))
        self.assertIn('"programme": "programme.json"', text)
        self.assertNotIn("$schema", text)
        check = self.run_yekun("check", "one-page-brief.json")
        self.assertEqual(check.returncode, 3)
        self.assertIn("error[missing-parameter]: the parameter 'headline' has no value", check.stderr)

    def test_the_copy_is_right_once_it_is_filled_in(self):
        self.run_yekun("init", ".", "--template", "one-page-brief")
        self.change("one-page-brief.json", '"headline": null', '"headline": ["visits", "people"]')
        self.change("one-page-brief.json", '"focus": null', '"focus": "visits"')
        run = self.run_yekun("check", "one-page-brief.json")
        self.assertEqual((run.returncode, run.stderr), (0, "one-page-brief.json: no mistakes\n"))
        run = self.run_yekun("build", "one-page-brief.json", "--only", "pdf", "--lang", "en")
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_in_a_folder_below_the_programme_is_found_above(self):
        self.run_yekun("init", "reports", "--template", "donor-progress")
        self.assertIn('"programme": "../programme.json"',
                      (self.folder / "reports" / "donor-progress.json").read_text(encoding="utf-8"))

    def test_a_file_that_is_there_is_never_written_over(self):
        self.run_yekun("init", ".", "--template", "one-page-brief")
        run = self.run_yekun("init", ".", "--template", "one-page-brief")
        self.assertEqual(run.returncode, 2)
        self.assertIn("error[file-exists]: './one-page-brief.json' is there already", run.stderr)

    def test_an_unknown_template_gives_2_and_the_nearest(self):
        run = self.run_yekun("init", ".", "--template", "one-page-breif")
        self.assertEqual(run.returncode, 2)
        self.assertIn("did you mean 'one-page-brief'?", run.stderr)


VISITS = "Date;Client ID;Full name;Sex;Village;Hours\n" + "".join(
    f"{1 + i % 9:02d}/{1 + i % 12:02d}/2025;C{i % 17:03d};Aida K.;{'FM'[i % 2]};{'AB'[i % 3 % 2]};{i % 5},5\n" for i in range(60))


class InitFrom(Case):
    def propose(self, *files, folder="mine"):
        """Runs init; what it wrote has no mistakes and builds. Gives what it said, and the programme without comments."""
        run = self.run_yekun("init", folder, "--from", *files)
        self.assertEqual(run.returncode, 0, run.stderr)
        check = self.run_yekun("check", f"{folder}/programme.json", f"{folder}/report.json")
        self.assertEqual(check.returncode, 0, check.stderr)
        build = re.search(r"then: yekun (build .*)", run.stderr).group(1).split()
        built = self.run_yekun(*build)
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertEqual(len([line for line in built.stdout.splitlines() if line.endswith((".xlsx", ".pdf", ".html"))]), 3)
        text = (self.folder / folder / "programme.json").read_text(encoding="utf-8")
        return run.stderr, json.loads(re.sub(r"(?m)(^|\s)//.*$", "", text)), text

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def test_a_list_of_visits_becomes_a_programme(self):
        self.write("visits.csv", VISITS)
        said, programme, text = self.propose("visits.csv")
        visits = programme["datasets"]["visits"]
        self.assertEqual(visits["source"], {"file": "data/visits.csv", "decimal": ","})
        self.assertEqual(visits["columns"]["date"], {"type": "date", "from": "Date", "format": "dd/mm/yyyy"})
        self.assertEqual(visits["personal"], ["client_id", "full_name"])
        self.assertEqual(programme["indicators"]["visits_people"]["measure"], "count(distinct client_id)")
        self.assertEqual(programme["indicators"]["hours"]["measure"], "sum(hours)")
        self.assertEqual(list(programme["dimensions"]), ["sex", "village"])
        self.assertIn("warning[ambiguous-date]: in 'Date' every value reads as day/month and as month/day; taken as day/month", said)
        self.assertIn("visits.csv: dataset 'visits', 60 rows, 6 columns; dated by 'date'; people by 'client_id'; "
                      "never shown: 'client_id', 'full_name'", said)
        self.assertNotIn("Aida", said + text)
        self.assertEqual((self.folder / "mine/data/visits.csv").read_text(encoding="utf-8"), VISITS)

    def test_a_slip_in_a_column_of_numbers_is_told_and_the_column_stays_numbers(self):
        self.write("meals.csv", "day,site,meals\n" + "".join(f"2025-03-{1 + i % 28:02d},S{i % 2},{'1O' if i == 7 else i}\n" for i in range(56)))
        said, programme, _ = self.propose("meals.csv")
        self.assertEqual(programme["datasets"]["meals"]["columns"]["meals"], "integer")
        self.assertIn("warning[rejected-cell]: 1 cell in 'meals' cannot be read as integer", said)

    def test_a_russian_register_is_understood_with_its_totals_row_and_slips(self):
        places = ["Ахал", "Мары", "Лебап", "Балкан"]
        rows = [f"{1 + i % 28} {['января', 'мая', 'июня'][i % 3]} 2025 г.;С-{i % 50:04d};{places[i % 4]};{'жм'[i % 2]};"
                f"{'неизв.' if i % 6 == 0 else 10 + i % 60};{['да', 'Да', 'нет', 'Д'][i % 4]};{i},50 ман." for i in range(120)]
        self.write("посещения.csv", "\n".join(["Дата посещения;№ семьи;Велаят;Пол;Возраст;Направлен;Помощь", *rows, rows[5], "Итого;;;;;;"]) + "\n")
        said, programme, text = self.propose("посещения.csv")
        self.assertEqual(programme["programme"]["languages"], ["ru"])
        visits = programme["datasets"]["poseshcheniya"]
        self.assertEqual(visits["columns"], {
            "data_poseshcheniya": {"type": "date", "from": "Дата посещения", "format": "d mmmm yyyy г."},
            "no_semi": {"type": "text", "from": "№ семьи"}, "velayat": {"type": "text", "from": "Велаят"},
            "pol": {"type": "text", "from": "Пол"}, "vozrast": {"type": "integer", "from": "Возраст", "missing": ["неизв."]},
            "napravlen": {"type": "boolean", "from": "Направлен"}, "pomoshch": {"type": "text", "from": "Помощь"}})
        self.assertIn("warning[total-rows]: in 'Дата посещения' 'Итого' seems to name a row that adds up others\n"
                      "  hint: it has no day and is in no period; better delete it in the file: totals are counted anew", said)
        self.assertIn("warning[unit-in-cells]: in 'Помощь' each number has 'ман.' behind it, so that it is text\n"
                      "  hint: let the cells hold numbers only and the heading their unit; then begin anew", said)
        self.assertIn("warning[repeated-rows]: 1 row is the same as a row before in every column\n"
                      "  hint: if they were entered twice, delete them in the file: each is counted", said)
        self.assertNotIn("rejected-cell", said)  # the totals row is told once
        self.assertIn('"x": "velayat"', (self.folder / "mine/report.json").read_text(encoding="utf-8"))

    def test_headings_say_the_language_and_shares_stay_shares(self):
        self.write("scores.csv", "Participant ID,Date,District,Score before,Score after,Completed?,Comment\n" + "".join(
            f"P{i:03d},2025-03-{1 + i % 28:02d},{['Şəki', 'Lənkəran', 'Lənkəran '][i % 3]},{30 + i % 40}%,"
            f"{'absent' if i % 5 == 0 else str(50 + i % 40) + '%'},{['Yes', 'Y', 'no'][i % 3]},{['late', ''][i % 2]}\n" for i in range(60)))
        self.write("districts.csv", "District,Region,Population\nŞəki,Şəki-Zaqatala,190000\nLənkəran,Lənkəran-Astara,230000\nTotal,,420000\n")
        said, programme, text = self.propose("scores.csv", "districts.csv")
        self.assertEqual(programme["programme"]["languages"], ["en"])
        scores = programme["datasets"]["scores"]
        self.assertEqual(scores["columns"]["score_after"], {"type": "decimal", "from": "Score after", "missing": ["absent"]})
        self.assertEqual(scores["columns"]["completed"], {"type": "boolean", "from": "Completed?"})
        self.assertEqual(scores["lookup"], {"district": "districts.district"})
        self.assertIn("comment", scores["personal"])
        self.assertEqual(programme["indicators"]["score_after"]["unit"], "percent")
        self.assertIn("each row weighs the same", text)
        self.assertNotIn("similar-values", said)  # "clean" merges them
        self.assertIn("""hint: delete it in the file: totals are counted anew; or leave it out: "where": "district <> 'Total'\"""", said)
        query = self.run_yekun("query", "mine/programme.json", "--indicators", "score_before", "--format", "csv")
        mean = sum(30 + i % 40 for i in range(60)) / 6000
        self.assertAlmostEqual(float(query.stdout.splitlines()[1].split(",")[1]), mean)

    def test_people_that_are_added_up_are_drawn_rather_than_rows_and_names_rather_than_codes(self):
        self.write("reached.csv", "Month,Region,Region code,Women,Men,Total reached,Cost GEL\n" + "".join(
            f"{['January', 'February', 'March'][i % 3]} 2025,R{'ABC'[i % 3]},0{i % 3},{i},{i + 1},{2 * i + 1},{i}.5\n" for i in range(24)))
        _, programme, _ = self.propose("reached.csv")
        self.assertEqual(programme["datasets"]["reached"]["columns"]["month"], {"type": "date", "from": "Month", "format": "mmmm yyyy"})
        self.assertEqual(programme["indicators"]["cost_gel"]["unit"], "GEL")
        report = (self.folder / "mine/report.json").read_text(encoding="utf-8")
        self.assertIn('"chart": {"type": "bar", "x": "region", "y": "total_reached"', report)
        self.assertNotIn("region_code", report)

    def test_levels_are_never_added_up_over_time(self):
        self.write("homes.csv", "date,home,capacity,residents\n" + "".join(
            f"2025-0{1 + i // 2}-01,H{i % 2},50,{40 + i}\n" for i in range(12)))
        _, programme, _ = self.propose("homes.csv")
        self.assertEqual(programme["datasets"]["homes"]["key"], ["date", "home"])
        self.assertEqual(programme["packs"], [{"use": "residential-census", "roles": {
            "counts": {"dataset": "homes", "residents": "residents", "places": "capacity"}}}])
        self.assertEqual(programme["indicators"], {})

    def test_files_below_the_folder_stay_and_files_of_one_shape_are_one_dataset(self):
        for quarter in ("2025-Q1", "2025-Q2"):
            self.write(f"data/sessions-{quarter}.csv", f"day,group,attended\n2025-0{quarter[-1]}-03,A,yes\n2025-0{quarter[-1]}-04,B,no\n")
        for name in ("programme.json", "report.json"):
            (self.folder / name).unlink()
        _, programme, _ = self.propose("data/sessions-2025-Q1.csv", "data/sessions-2025-Q2.csv", folder=".")
        self.assertFalse((self.folder / "data" / "data").exists())
        self.assertEqual(programme["datasets"]["sessions"]["source"], "data/sessions-*.csv")

    def test_databases_and_zip_files_give_a_dataset_for_each_table_and_their_keys_are_joined(self):
        base = sqlite3.connect(self.folder / "office.sqlite")
        base.execute("create table clients (client_id text, sex text, district text)")
        base.execute("create table visits (held text, client_id text)")
        base.executemany("insert into clients values (?, ?, ?)", [(f"C{i}", "fm"[i % 2], "NS"[i % 2]) for i in range(9)])
        base.executemany("insert into visits values (?, ?)", [(f"2025-03-{1 + i % 28:02d}", f"C{i % 9}") for i in range(40)])
        base.commit()
        with zipfile.ZipFile(self.folder / "form.zip", "w") as packed:
            packed.writestr("form.csv", "KEY,day,village\n" + "".join(f"u{i},2025-03-{1 + i:02d},{'XY'[i % 2]}\n" for i in range(20)))
            packed.writestr("form-children.csv", "PARENT_KEY,KEY,child_age\n" + "".join(f"u{i % 20},c{i},{i % 12}\n" for i in range(30)))
        _, programme, _ = self.propose("office.sqlite", "form.zip")
        self.assertEqual(list(programme["datasets"]), ["clients", "visits", "form", "form_children"])
        self.assertEqual(programme["datasets"]["visits"]["source"], {"file": "data/office.sqlite", "table": "visits"})
        self.assertEqual(programme["datasets"]["visits"]["lookup"], {"client_id": "clients.client_id"})

    def test_a_number_of_something_is_added_up_and_a_running_number_is_not(self):
        self.write("moves.csv", "Month,No,District code,Number of families\n" + "".join(f"2025-0{1 + i % 6}-28,{i},{i % 4},{i % 7}\n" for i in range(40)))
        _, programme, _ = self.propose("moves.csv")
        measures = [one["measure"] for one in programme["indicators"].values()]
        self.assertEqual(measures, ["count()", "sum(number_of_families)"])

    def test_a_table_without_dates_is_in_no_period_and_that_is_told(self):
        self.write("beds.csv", "name,region,beds\nOne,N,10\nTwo,S,20\nThree,N,5\nFour,S,5\n")
        said, programme, _ = self.propose("beds.csv")
        self.assertIn("warning[no-days]: no column holds days: a report is of a period, and rows without a day are in none\n"
                      "  hint: add a column with each row's day and begin anew; all rows together: yekun query programme.json "
                      "--indicators beds", said)
        built = self.run_yekun("build", "mine/report.json")
        self.assertIn("hint: rows without a day are in no period: name their column of days as \"date\", or ask for all rows "
                      "with yekun query", built.stderr)
        self.assertEqual(programme["indicators"]["beds"]["measure"], "sum(beds)")

    def test_headings_that_are_key_words_or_come_again_are_quoted(self):
        self.write("odd.csv", 'date,"Say ""hi""",end,Target,Target,1st\n' + "".join(f"2025-0{1 + i % 9}-05,{'ab'[i % 2]},{i % 3},{i},{i + 1},{i}\n" for i in range(30)))
        _, programme, _ = self.propose("odd.csv")
        measures = [one["measure"] for one in programme["indicators"].values()]
        self.assertIn('sum("end")', measures)
        self.assertIn('sum("target (2)")', measures)
        self.assertIn("sum(_1st)", measures)

    def test_the_files_of_every_example_give_a_programme_that_builds(self):
        for example in sorted((SOURCE / "examples").iterdir()):
            if example.is_dir() and (example / "data").is_dir():
                with self.subTest(example=example.name):
                    said, programme, _ = self.propose(*sorted((example / "data").iterdir()), folder=example.name)
                    self.assertIn("left out; it looks like a list of targets", said)
                    self.assertGreater(len(programme["indicators"]), 3)

    def test_what_holds_no_table_is_refused_and_nothing_is_written(self):
        self.write("empty.csv", "a,b\n")
        run = self.run_yekun("init", "mine", "--from", "empty.csv")
        self.assertEqual((run.returncode, run.stderr), (4, "empty.csv: left out; it has no rows\n"
                         "error[no-table]: none of the files has a table with rows and at least two columns\n"))
        self.assertFalse((self.folder / "mine").exists())

    def test_a_file_that_is_not_there_gives_2(self):
        run = self.run_yekun("init", "mine", "--from", "visit.csv")
        self.assertEqual((run.returncode, run.stderr), (2, "error[no-file]: 'visit.csv' is not there\n"
                         "  hint: name your data files: yekun init my-programme --from services.xlsx people.csv\n"))

    def test_a_folder_gives_2_and_two_files_of_one_name_too(self):
        run = self.run_yekun("init", "mine", "--from", "data")
        self.assertEqual((run.returncode, run.stderr), (2, "error[no-file]: 'data' is a folder, files were expected\n  hint: name the files in it: data/*\n"))
        self.write("visits.csv", VISITS)
        run = self.run_yekun("init", "mine", "--from", "visits.csv", "data/visits.csv")
        self.assertEqual((run.returncode, run.stderr), (2, "error[same-name]: 'visits.csv' and 'data/visits.csv' have the same name\n  hint: rename one of them\n"))

    def test_the_command_that_builds_it_can_be_typed_as_it_stands(self):
        self.write("visits.csv", VISITS)
        run = self.run_yekun("init", "Nino's visits", "--from", "visits.csv")
        self.assertIn("then: yekun build 'Nino'\\''s visits/report.json' --period", run.stderr)
        self.assertEqual(json.loads(re.sub(r"(?m)(^|\s)//.*$", "", (self.folder / "Nino's visits/programme.json").read_text(encoding="utf-8")))["programme"]["id"],
                         "ninos-visits")

    def test_a_folder_whose_name_begins_with_a_digit_gives_a_programme_that_builds(self):
        self.write("visits.csv", VISITS)
        self.assertEqual(self.propose("visits.csv", folder="2025-report")[1]["programme"]["id"], "2025-report")
        self.assertEqual(self.propose("visits.csv", folder="./--")[1]["programme"]["id"], "programme")

    def test_a_file_without_headings_is_told(self):
        self.write("bare.csv", "".join(f"2025-01-{day:02d},A,{day}\n" for day in range(1, 20)))
        said, _, _ = self.propose("bare.csv")
        self.assertIn("bare.csv: warning[no-headings]: the first row seems to be data: '2025-01-01' is taken for the heading of a "
                      "column of days\n  hint: write a row of headings above it and begin anew: until then that row is not counted", said)

    def test_a_programme_that_is_there_is_never_written_over(self):
        self.write("visits.csv", VISITS)
        run = self.run_yekun("init", ".", "--from", "visits.csv")
        self.assertEqual(run.returncode, 2)
        self.assertIn("error[file-exists]: './programme.json' is there already", run.stderr)

    def test_without_anything_to_start_from_it_says_what_there_is(self):
        run = self.run_yekun("init", "mine")
        self.assertEqual((run.returncode, run.stderr), (2, "error[usage]: nothing to start from: --from or --template was expected\n"
                         "  hint: yekun init my-programme --from services.xlsx; or: yekun init . --template donor-progress\n"))


if __name__ == "__main__":
    main()
