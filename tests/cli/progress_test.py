"""The progress bar: on a terminal, for what takes over a second, and nowhere else."""
import gzip
import os
import pty
import subprocess

from cli import YEKUN, Case, main

QUERY = ("query", "programme.json", "--indicators", "cost", "--format", "csv")


def on_terminal(folder, *arguments, **variables):
    """What yekun writes on a terminal that is its standard error; standard output goes elsewhere."""
    ours, its = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm", "SOURCE_DATE_EPOCH": "1760000000", **variables}
    with subprocess.Popen([YEKUN, *arguments], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=its) as run:
        os.close(its)
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:  # how a terminal ends on Linux
            pass
    os.close(ours)
    return run.returncode, shown.decode()


class Progress(Case):
    def make_long(self):
        """A dataset that takes over a second: 1.2 GB of rows, packed, in one member after another."""
        path = self.folder / "data" / "visits.csv"
        head, *rows = path.read_bytes().splitlines(keepends=True)
        with open(f"{path}.gz", "wb") as out:
            out.write(gzip.compress(head))
            block = b"".join(rows) * 10000
            out.write(gzip.compress(block) * (1_200_000_000 // len(block)))
        path.unlink()
        self.change("programme.json", '"data/visits.csv"', '"data/visits.csv.gz"')

    def test_long_reading_is_shown_on_a_terminal_only_and_erased(self):
        self.make_long()
        code, shown = on_terminal(self.folder, *QUERY)
        self.assertEqual(code, 0)
        self.assertRegex(shown, r"reading data/visits\.csv\.gz  \[#*-*\] [0-9]+ %  [0-9.]+ [kM]B of [0-9.]+ [kM]B")
        self.assertTrue(shown.endswith("\r\x1b[K"), shown[-40:])
        self.assertEqual(on_terminal(self.folder, *QUERY, "--json"), (0, ""))
        run = self.run_yekun(*QUERY)
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_short_reading_shows_nothing(self):
        self.assertEqual(on_terminal(self.folder, *QUERY), (0, ""))


if __name__ == "__main__":
    main()
