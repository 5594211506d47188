"""Whatever happens to files and specs between runs: what is printed with the cache is what is printed without it. A random sequence of
edits, after each of which questions of every kind are asked both ways. YEKUN_EDITS says how many edits (default 40), YEKUN_SEED where
they begin."""
import json
import os
import random
import shutil
import time
import unittest

from cli import Case, main

QUESTIONS = [
    ("--indicators", "n,people,hours,middle,spread,mean,first_score,last_score,share,fresh,regular,kinds,stayed,per_person", "--by", "region", "--per", "month", "--totals"),
    ("--indicators", "people,hours,band_hours", "--by", "band,sex", "--per", "quarter"),
    ("--indicators", "beds,beds_first,beds_mean,most", "--by", "house", "--per", "month"),
    ("--indicators", "there,middle_stay,before,all_people", "--per", "month"),
    ("--indicators", "n,fresh,regular", "--where", "sex = 'f'", "--per", "month"),
    ("--indicators", "people", "--by", "together", "--per", "quarter"),
    ("--indicators", "people_per_place,people", "--by", "region", "--per", "half"),
]
PERIODS = ["2024", "2024-02..2024-05", "2024-H1", "2023..2024", "2024-01-20..2024-04-10", None]
VISITS = ["date", "person", "place", "sex", "kind", "hours", "score"]


def programme():
    return {
        "programme": {"id": "edits", "title": {"en": "Edits"}, "languages": ["en"], "timezone": "UTC"},
        "datasets": {
            "visits": {"source": {"file": "data/v-*.csv"}, "date": "date", "personal": ["person"],
                       "columns": {"date": "date", "person": "text", "hours": "decimal", "score": "number"},
                       "lookup": {"place": "places.code", "region_of": {"to": "people.region", "on": "region"}},
                       "derived": {"region": "place.region", "twice": "hours * 2", "many": "region_of.people"}},
            "places": {"source": "data/places.csv", "key": "code", "columns": {"code": "text", "region": "text"}},
            "people": {"source": "data/people.csv", "key": "region", "columns": {"region": "text", "people": "integer"}},
            "houses": {"source": "data/h-*.csv", "date": "date", "key": ["date", "house"], "reported_by": ["house"], "columns": {"date": "date", "beds": "integer"}},
            "stays": {"source": "data/s-*.csv", "date": ["admitted", "left"], "personal": ["person"],
                      "columns": {"admitted": "date", "left": "date", "person": "text"}}},
        "dimensions": {
            "region": {"of": "region"}, "sex": {}, "house": {},
            "band": {"of": "hours", "bands": [0, 2, 4], "dataset": "visits"},
            "together": {"of": "kind", "combined_by": "person", "dataset": "visits"}},
        "indicators": {
            "n": {"dataset": "visits", "measure": "count()"},
            "people": {"dataset": "visits", "measure": "count(distinct person)", "unit": "people"},
            "hours": {"dataset": "visits", "measure": "sum(hours)"},
            "band_hours": {"dataset": "visits", "measure": "sum(twice)", "where": "kind <> 'b'"},
            "middle": {"dataset": "visits", "measure": "median(hours)"},
            "spread": {"dataset": "visits", "measure": "stddev(score)"},
            "mean": {"dataset": "visits", "measure": "average(score weighted by hours)"},
            "first_score": {"dataset": "visits", "measure": "first(hours)"},
            "last_score": {"dataset": "visits", "measure": "last(score)"},
            "share": {"dataset": "visits", "measure": "share(kind = 'a')"},
            "fresh": {"dataset": "visits", "measure": "new_people(person)", "unit": "people"},
            "regular": {"dataset": "visits", "measure": "people_with(person, 2)", "unit": "people"},
            "kinds": {"dataset": "visits", "measure": "people_with(person, 2, kind)", "unit": "people"},
            "stayed": {"dataset": "visits", "measure": "retained_people(person)", "unit": "people"},
            "per_person": {"formula": "hours / people"},
            "people_per_place": {"dataset": "visits", "measure": "max(many)"},
            "before": {"formula": "previous(hours)"},
            "most": {"dataset": "houses", "measure": "sum(beds)", "over_time": "max"},
            "beds": {"dataset": "houses", "measure": "sum(beds)", "over_time": "last", "carry": 40},
            "beds_first": {"dataset": "houses", "measure": "sum(beds)", "over_time": "first"},
            "beds_mean": {"dataset": "houses", "measure": "sum(beds)", "over_time": "average", "holds": 31},
            "there": {"dataset": "stays", "measure": "count(distinct person)", "over_time": "last", "unit": "people"},
            "middle_stay": {"dataset": "stays", "measure": "median(days_between(admitted, window_end))"},
            "all_people": {"people": ["visits.person", "stays.person"], "unit": "people"}}}


class Edits(Case):
    def setUp(self):
        super().setUp()
        shutil.rmtree(self.folder / "data")
        self.data = self.folder / "data"
        self.data.mkdir()
        self.seed = int(os.environ.get("YEKUN_SEED", "2"))
        self.random = random.Random(self.seed)
        self.caches = self.folder / "caches"
        self.spec = programme()
        self.done = []
        for month in range(1, 7):
            self.write(f"v-{month:02}.csv", VISITS, self.visits(month))
            self.write(f"h-{month:02}.csv", ["date", "house", "beds"],
                       [[f"2024-{month:02}-{self.random.randint(1, 28):02}", f"H{n}", self.random.randint(0, 90)] for n in range(4)])
        for number in range(3):
            self.write(f"s-{number}.csv", ["admitted", "left", "person"], [self.stay() for _ in range(12)])
        self.write("places.csv", ["code", "region"], [[f"P{n}", "north south east".split()[n % 3]] for n in range(5)])
        self.write("people.csv", ["region", "people"], [["north", 100], ["south", 200], ["east", 300]])
        self.save()

    def stay(self):
        begin, end = sorted((self.random.randint(1, 6), self.random.randint(1, 6)))
        left = "" if self.random.random() < 0.2 else f"2024-{end:02}-{self.random.randint(15, 28)}"
        return [f"2024-{begin:02}-{self.random.randint(1, 14):02}", left, f"person {self.random.randint(0, 30)}"]

    def visit(self, month):
        r = self.random
        date = "" if r.random() < 0.03 else f"2024-{month:02}-{r.randint(1, 29 if month == 2 else 28):02}"
        return [date, f"person {r.randint(0, 40)}" if r.random() < 0.9 else f"p{r.randint(0, 9)}", f"P{r.randint(0, 5)}", r.choice("fm"), r.choice("abc"),
                f"{r.randint(0, 60) / 10}" if r.random() < 0.95 else "many", f"{r.random():.3f}"]

    def visits(self, month):
        return [self.visit(month) for _ in range(self.random.randint(1, 40))]

    def write(self, name, head, rows, separator=",", encoding="utf-8"):
        text = "".join(separator.join(map(str, row)) + "\n" for row in [head, *rows])
        (self.data / name).write_bytes(text.encode(encoding))

    def save(self):
        (self.folder / "programme.json").write_text(json.dumps(self.spec), encoding="utf-8")

    def pick(self):
        return self.random.choice(sorted(self.data.glob("v-*.csv")))

    # The edits. Each changes something that figures depend on, or that they must not depend on.
    def add_month(self):
        self.write(f"v-{self.random.randint(10, 99)}.csv", VISITS, self.visits(self.random.randint(1, 12)))

    def delete(self):
        if len(list(self.data.glob("v-*.csv"))) > 2:
            self.pick().unlink()

    def rename(self):
        path = self.pick()
        path.rename(path.with_name(f"v-{self.random.choice('0ab9')}{path.name[2:]}"))

    def swap(self):
        one, two = self.pick(), self.pick()
        first, second = one.read_bytes(), two.read_bytes()
        one.write_bytes(second)
        two.write_bytes(first)

    def copy_rows(self):
        one, two = self.pick(), self.pick()
        if b";" not in one.read_bytes()[:40] and b";" not in two.read_bytes()[:40] and one.read_bytes()[:2] != b"\xff\xfe" != two.read_bytes()[:2]:
            rows = one.read_bytes().splitlines(keepends=True)
            if len(rows[0].split(b",")) == len(two.read_bytes().splitlines()[0].split(b",")):
                two.write_bytes(two.read_bytes() + rows[-1])

    def same_stamp(self):
        path = self.pick()
        facts, content = path.stat(), bytearray(path.read_bytes())
        for at in range(len(content) - 1, 0, -1):
            if content[at:at + 1] in b"12345678":
                content[at] ^= 1 if content[at:at + 1] in b"2468" else 2
                break
        path.write_bytes(content)
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))

    def touch(self):
        os.utime(self.pick())

    def another_column(self):
        self.write(self.pick().name, [*VISITS, "note"], [[*self.visit(3), "x"] for _ in range(9)])

    def columns_in_another_order(self):
        self.write(self.pick().name, VISITS[::-1], [self.visit(4)[::-1] for _ in range(9)])

    def another_separator(self):
        self.write(self.pick().name, VISITS, self.visits(5), ";")

    def another_encoding(self):
        rows = self.visits(2)
        self.write(self.pick().name, VISITS, [[row[0], "Şəhla", *row[2:]] for row in rows], encoding=self.random.choice(["utf-8-sig", "utf-16"]))

    def another_lookup(self):
        self.write("places.csv", ["code", "region"], [[f"P{n}", self.random.choice("north south east west".split())] for n in range(self.random.randint(3, 6))])

    def another_population(self):
        self.write("people.csv", ["region", "people"], [[name, self.random.randint(1, 999)] for name in ("north", "south", "east")])

    def another_house(self):
        self.write(f"h-{self.random.randint(1, 9):02}.csv", ["date", "house", "beds"],
                   [[f"2024-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}", f"H{n}", self.random.randint(0, 90)] for n in range(5)])

    def another_stay(self):
        self.write(f"s-{self.random.randint(0, 3)}.csv", ["admitted", "left", "person"], [self.stay() for _ in range(self.random.randint(1, 20))])

    def another_derived(self):
        self.spec["datasets"]["visits"]["derived"]["twice"] = f"hours * {self.random.randint(2, 9)}"

    def another_rule(self):
        self.spec["datasets"]["visits"]["rules"] = [{"id": "hours", "expect": f"hours < {self.random.randint(1, 5)}"}]

    def another_target(self):
        self.spec["indicators"]["hours"]["targets"] = {"2024": self.random.randint(1, 99)}

    def another_condition(self):
        self.spec["indicators"]["fresh"]["where"] = f"hours > {self.random.randint(0, 3)}"

    def another_threshold(self):
        self.spec["programme"]["disclosure"] = {"threshold": self.random.randint(1, 9)}

    def no_threshold(self):
        self.spec["programme"].pop("disclosure", None)

    def another_type(self):
        self.spec["datasets"]["visits"]["columns"]["score"] = self.random.choice(["number", "decimal"])

    def another_carry(self):
        self.spec["indicators"]["beds"]["carry"] = self.random.choice([0, 10, 40, 90])

    def files_by_name(self):
        names = [f"data/{path.name}" for path in self.data.glob("v-*.csv")]
        self.random.shuffle(names)
        self.spec["datasets"]["visits"]["source"] = {"files": names}

    def cache_damaged(self):
        entries = sorted((self.caches / "yekun").glob("*.entry"))
        for path in self.random.sample(entries, min(len(entries), 3)):
            content = bytearray(path.read_bytes())
            if content and self.random.random() < 0.5:
                content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(8)
            path.write_bytes(content[:self.random.randint(len(content) // 2, len(content))])

    def cache_partly_gone(self):
        for path in sorted((self.caches / "yekun").glob("*.entry")):
            if self.random.random() < 0.3:
                path.unlink()

    OF_DATA = [add_month, add_month, delete, rename, swap, copy_rows, same_stamp, same_stamp, touch, another_column, columns_in_another_order,
               another_separator, another_encoding, another_lookup, another_lookup, another_population, another_population, another_house, another_house,
               another_stay, another_stay, cache_damaged, cache_partly_gone]
    # Seldom: another text of the programme, and nothing that was kept is found.
    OF_SPEC = [another_derived, another_rule, another_target, another_condition, another_threshold, no_threshold, another_type, another_carry, files_by_name]

    def edit(self):
        edit = self.random.choice(self.OF_SPEC if self.random.random() < 0.15 else self.OF_DATA)
        edit(self)
        names = self.spec["datasets"]["visits"]["source"].get("files")
        if names and {f"data/{path.name}" for path in self.data.glob("v-*.csv")} != set(names):
            self.spec["datasets"]["visits"]["source"] = {"file": "data/v-*.csv"}
        self.save()
        self.done.append(edit.__name__)

    def question(self):
        question, period = self.random.choice(QUESTIONS), self.random.choice(PERIODS)
        return (*question, "--period", period) if period else question

    def ask(self, question, *more, **variables):
        run = self.run_yekun("query", "programme.json", *question, "--format", "json", *more, XDG_CACHE_HOME=str(self.caches), **variables)
        said = "".join(line for line in run.stderr.splitlines(keepends=True) if not line.startswith("note[damaged-cache]"))
        return run.returncode, run.stdout, said

    def compare(self):
        if self.random.random() < 0.3:
            self.questions[self.random.randrange(len(self.questions))] = self.question()
        for question in self.questions:
            plain = self.ask(question, "--no-cache")
            self.assertIn(plain[0], (0, 1, 3), plain)
            self.answered += plain[0] == 0
            for threads in ("8", "1"):
                self.assertEqual(self.ask(question, "--threads", threads), plain, f"seed {self.seed}, {question}, after {self.done}")

    def test_a_sequence_of_edits(self):
        self.answered = 0
        self.questions = [self.question() for _ in range(3)]  # the same again and again, so that what is kept is used
        edits = int(os.environ.get("YEKUN_EDITS", "40"))
        time.sleep(4.5)  # what is known of files that have been left alone is remembered
        for _ in range(edits):
            self.compare()
            self.edit()
        self.assertGreater(self.answered, edits)  # most questions have an answer, and are not refused alike


if __name__ == "__main__":
    main()
