"""Each example's generator writes the data that lie beside it (targets and the like are written by hand)."""
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from examples import EXAMPLES

BY_HAND = {"az-association": {"readers.csv", "targets.csv"}, "az-social-services": {"readers.csv", "targets.csv"}, "ge-association": {"readers.csv", "targets.csv", "projects.csv"},
           "tm-field-work": {"readers.csv", "targets.csv", "comments.csv"}, "tm-online-training": {"readers.csv", "targets.csv"}}


def content(path):
    """Bytes; of a database its SQL, since the file names the library's version."""
    if path.suffix != ".sqlite":
        return path.read_bytes()
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as book:
        return "\n".join(book.iterdump())


class Generators(unittest.TestCase):
    def test_the_data_are_what_the_generators_write(self):
        for generator in sorted(EXAMPLES.glob("*/generate.py")):
            with self.subTest(generator.parent.name):
                folder = pathlib.Path(tempfile.mkdtemp(prefix="yekun-generated-"))
                self.addCleanup(shutil.rmtree, folder)
                subprocess.run(["/usr/bin/python3", "-B", generator, folder], check=True, timeout=120)
                data = generator.parent / "data"
                self.assertEqual({path.name for path in data.iterdir()} - BY_HAND[generator.parent.name], {path.name for path in folder.iterdir()})
                for path in folder.iterdir():
                    self.assertTrue(content(path) == content(data / path.name), path.name)

    def test_the_new_examples_are_small(self):
        for data in sorted(EXAMPLES.glob("*/data")):
            size = sum(path.stat().st_size for path in data.iterdir())
            if data.parent.name != "az-social-services":  # ten thousand people, once a month
                self.assertLess(size, 1_000_000, data)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
