"""Mail that leaves through a program like sendmail: what it gets, and what is said of it."""
import json
import signal
import subprocess
import time

from cli import YEKUN, Case, main_at_once


class Program(Case):
    def program(self, script, readers=("a@example.org",), **more):
        path = self.folder / "bin" / "sendmail"
        path.parent.mkdir()
        path.write_text("#!/bin/sh\n" + script)
        path.chmod(0o755)
        spec = {"email": {"from": "Hesabat <reports@example.org>", "to": list(readers), "attach": ["pdf"]}, "through": {"sendmail": "bin/sendmail", **more}}
        self.change("report.json", '"outputs"', f'"deliver": {json.dumps(spec)}, "outputs"')

    def send(self, *more, **variables):
        return self.run_yekun("send", "report.json", "--period", "2025-Q1", *more, **variables)

    def states(self):
        lines = self.run_yekun("ledger", "list", "report.json").stdout.splitlines()
        return {line.split()[6]: line.split()[3] for line in lines if "@example.org" in line}

    def test_it_gets_sender_reader_and_the_message_that_a_dry_run_writes(self):
        self.program('cat > taken; printf "%s " "$@" > words')
        run = self.send()
        self.assertEqual((run.returncode, self.states()), (0, {"a@example.org": "sent"}), run.stderr)
        self.assertEqual((self.folder / "words").read_text(), "-i -f reports@example.org -- a@example.org ")
        dry = self.folder / self.send("--dry-run", "--out", "dry").stdout.strip()
        self.assertEqual((self.folder / "taken").read_bytes(), dry.read_bytes())

    def test_what_it_says_of_each_reader_is_kept_and_what_waits_goes_later(self):
        readers = [f"{name}@example.org" for name in ("ok", "nouser", "full", "killed")]
        self.program('cat > /dev/null; echo "$5" >> asked\ncase "$5" in nouser*) exit 67;; full*) [ -e room ] || exit 75;; killed*) kill -9 $$;; esac', readers)
        run = self.send()
        self.assertEqual(run.returncode, 7)
        self.assertIn("nouser@example.org: refused: ", run.stderr)
        self.assertIn("ended with status 67\n", run.stderr)
        self.assertIn("full@example.org: not taken yet: ", run.stderr)
        self.assertIn("killed@example.org: it may or may not have arrived: ", run.stderr)
        self.assertEqual(self.states(), {"ok@example.org": "sent", "nouser@example.org": "refused", "full@example.org": "later", "killed@example.org": "uncertain"})
        (self.folder / "room").touch()
        (self.folder / "asked").unlink()
        self.send(SOURCE_DATE_EPOCH="1760050000")
        self.assertEqual(self.states()["full@example.org"], "sent")
        self.assertEqual((self.folder / "asked").read_text(), "full@example.org\n")

    def test_a_run_that_is_killed_meanwhile_cuts_no_message_short_and_sends_none_twice(self):
        self.program('echo > begun; sleep 1; cat > "taken-$$"; echo > ended')
        process = subprocess.Popen([YEKUN, "send", "report.json", "--period", "2025-Q1"], cwd=self.folder, stderr=subprocess.DEVNULL,
                                   env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "1760000000"})
        self.wait_for("begun")
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.wait_for("ended")
        again = self.send(SOURCE_DATE_EPOCH="1760050000")
        self.assertEqual((again.returncode, self.states()), (6, {"a@example.org": "uncertain"}), again.stderr)
        taken, = self.folder.glob("taken-*")
        self.assertTrue(taken.read_bytes().endswith(b"--\r\n"))

    def wait_for(self, name):
        for _ in range(3000):
            if (self.folder / name).exists():
                return
            time.sleep(0.01)
        self.fail(f"no {name}")

    def test_one_that_hangs_is_stopped_and_told(self):
        self.program("cat > /dev/null; sleep 60", timeout_seconds=1)
        run = self.send()
        self.assertEqual((run.returncode, self.states()), (6, {"a@example.org": "uncertain"}))
        self.assertIn("did not end within 1 second", run.stderr)

    def test_one_that_is_not_there_is_told(self):
        self.program("")
        (self.folder / "bin" / "sendmail").unlink()
        run = self.send()
        self.assertEqual((run.returncode, self.states()), (6, {"a@example.org": "later"}))
        self.assertIn("cannot be run: No such file or directory\n", run.stderr)


if __name__ == "__main__":
    main_at_once()
