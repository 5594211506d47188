"""Typical mistakes of people who do not program, each with the whole of what is said to them: mistakes.json.

A case changes the small programme of tests/specs ("change" a text "to" another, "write" or "append" to a file, "copy" one of ours),
runs a command and compares its exit code and standard error, line by line.
"""
import json
import pathlib
import shutil

from cli import SOURCE, Case, main

CASES = json.loads((pathlib.Path(__file__).parent / "mistakes.json").read_text(encoding="utf-8"))


class Mistakes(Case):
    def make(self, step):
        path = self.folder / step["file"]
        if "copy" in step:
            shutil.copy(SOURCE / step["copy"], path)
        elif "write" in step:
            path.write_text(step["write"], encoding="latin-1" if path.suffix == ".xls" else "utf-8")
        elif "append" in step:
            with path.open("a", encoding="utf-8") as file:
                file.write(step["append"])
        else:
            self.change(step["file"], step["change"], step["to"])

    def test_there_are_at_least_forty_of_each_its_own(self):
        self.assertGreaterEqual(len(CASES), 40)
        self.assertEqual(len({one["name"] for one in CASES}), len(CASES))

    def test_every_mistake_is_refused_and_says_what_to_do(self):
        for case in CASES:
            with self.subTest(case["name"]):
                says = "\n".join(case["says"])
                self.assertIn(case["exit"], (2, 3, 4, 5))
                self.assertIn("error[", says)
                self.assertTrue(any(word in says for word in ("hint: ", "expected", "did you mean", "not ", "no such day", "before it starts")), says)

    def test_the_messages_are_these(self):
        for case in CASES:
            with self.subTest(case["name"]):
                self.doCleanups()
                self.setUp()
                for step in case["steps"]:
                    self.make(step)
                run = self.run_yekun(*case["command"].split())
                self.assertEqual(run.stderr.rstrip("\n").split("\n"), case["says"])
                self.assertEqual((run.returncode, run.stdout), (case["exit"], ""))


if __name__ == "__main__":
    main()
