"""yekun chart: one chart of a report, to a file of the kind its ending names."""
from cli import SOURCE, Case, main

MAP = (SOURCE / "tests" / "gallery" / "maps" / "sample.geojson").read_text(encoding="utf-8")


class Chart(Case):
    def chart(self, *arguments, **more):
        return self.run_yekun("chart", "report.json", "--period", "2025-Q1", *arguments, **more)

    def test_draws_a_png_by_default_and_prints_its_path(self):
        run = self.chart()
        self.assertEqual((run.returncode, run.stdout), (0, "report-2025-Q1-az-chart-1.png\n"), run.stderr)
        self.assertEqual((self.folder / "report-2025-Q1-az-chart-1.png").read_bytes()[:4], b"\x89PNG")

    def test_the_ending_says_how_it_is_drawn(self):
        for name, start in (("c.png", b"\x89PNG"), ("c.svg", b"<?xml"), ("deep/c.pdf", b"%PDF-")):
            run = self.chart("1", "--out", name, "--lang", "en")
            self.assertEqual((run.returncode, run.stdout), (0, name + "\n"), run.stderr)
            self.assertTrue((self.folder / name).read_bytes().startswith(start), name)

    def test_the_same_bytes_twice(self):
        for name in ("a.pdf", "b.pdf"):
            self.chart("--out", name)
        self.assertEqual((self.folder / "a.pdf").read_bytes(), (self.folder / "b.pdf").read_bytes())

    def test_a_picture_has_the_density_asked_for(self):
        self.chart("--out", "a.png", "--dpi", "72")
        self.chart("--out", "b.png", "--dpi", "144")
        width = [int.from_bytes((self.folder / name).read_bytes()[16:20], "big") for name in ("a.png", "b.png")]
        self.assertAlmostEqual(width[1], 2 * width[0], delta=1)

    def test_what_there_is_not_gives_2_and_says_what_there_is(self):
        run = self.chart("7")
        self.assertEqual(run.returncode, 2)
        self.assertIn("the report has no chart '7'", run.stderr)
        self.assertIn("hint: its charts: 1 (", run.stderr)
        run = self.chart("--out", "c.doc")
        self.assertEqual(run.returncode, 2)
        self.assertIn("cannot draw a chart to 'c.doc'", run.stderr)

    def test_a_map_is_read_from_the_programmes_folder(self):
        self.change("report.json", '"chart": {',
                    '"chart": {"type": "choropleth", "x": "region", "y": "cost_per_person", "geojson": "maps/m.geojson"}}, {"chart": {')
        run = self.chart("--out", "c.svg")
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("maps/m.geojson", run.stderr)
        (self.folder / "maps").mkdir()
        (self.folder / "maps" / "m.geojson").write_text(MAP.replace("Lakeside", "Quba"), encoding="utf-8")
        run = self.chart("--out", "c.svg")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn('class="region"', (self.folder / "c.svg").read_text(encoding="utf-8"))

    def test_a_map_outside_the_programmes_folder_is_refused(self):
        self.change("report.json", '"chart": {',
                    '"chart": {"type": "choropleth", "x": "region", "y": "cost_per_person", "geojson": "../m.geojson"}}, {"chart": {')
        run = self.chart()
        self.assertIn("'../m.geojson' is outside the programme's folder", run.stderr)
        self.assertNotEqual(run.returncode, 0)


if __name__ == "__main__":
    main()
