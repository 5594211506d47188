"""yekun init --template."""
from cli import Case, main


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


if __name__ == "__main__":
    main()
