"""Many deliveries while the program is killed and the server misbehaves: none lost, none twice, uncertain ones told.
   killed_test.py YEKUN SOURCE [READERS]"""
import json
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

from cli import YEKUN, Case, main
from mail_server import MailServer

READERS = int(sys.argv[3]) if len(sys.argv) > 3 else 50
FAULTS = ["rcpt 451 greylisted", "data 451 later", "end 452 no room", "drop rcpt", "drop data", "drop body", "drop end", "drop kept",
          "rcpt 550 no such reader", "end 554 not wanted"]


class Many(Case):
    def setUp(self):
        super().setUp()
        self.random = random.Random(8)
        self.readers = [f"r{n}@example.org" for n in range(READERS)]
        rows = "email\n" + "".join(one + "\n" for one in self.readers)
        (self.folder / "data" / "readers.csv").write_text(rows, encoding="utf-8")
        self.change("programme.json", '"regions": {', '"readers": {"source": "data/readers.csv"},\n    "regions": {')

    def deliver_to(self, server):
        spec = {"email": {"from": "reports@example.org", "recipients": {"dataset": "readers", "address": "email"}, "attach": ["pdf"]},
                "through": {"smtp": {"server": "127.0.0.1", "port": server.port, "security": "none"}}}
        self.change("report.json", '"outputs"', f'"deliver": {json.dumps(spec)}, "outputs"')

    def serve(self, *arguments, **more):
        server = MailServer(*arguments, **more)
        self.addCleanup(server.close)
        return server

    def start(self, turn):
        """Each run is seven hours after the last: whatever waits is due again."""
        return subprocess.Popen([YEKUN, "send", "report.json", "--period", "2025-Q1", "--as-of", "2025-10-09"], cwd=self.folder,
                                env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": str(1760000000 + turn * 25200)},
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def states(self):
        with sqlite3.connect(f"file:{self.folder}/ledger.sqlite", uri=True) as ledger:
            return dict(ledger.execute("select recipient, state from delivery"))

    def kill_when(self, process, server, target):
        """Once the server has taken so many; a run that ends before is not killed."""
        while process.poll() is None and len(server.taken) + len(server.lost) < target:
            time.sleep(0.001)
        held, server.hold_next = server.held, True  # the next one while it waits for its answer
        while process.poll() is None and server.held == held:
            time.sleep(0.001)
        server.hold_next = False
        process.send_signal(signal.SIGKILL)
        process.communicate()

    def test_none_is_lost_none_comes_twice_and_the_uncertain_are_told(self):
        def plan(to, turn):
            dice = random.Random(f"{to} {turn}")
            return dice.choice(FAULTS) if turn < 3 and dice.random() < 0.3 else None
        server = self.serve(plan, lambda n: {3: "421 busy", 7: "drop"}.get(n % 11))
        self.deliver_to(server)
        cut_off, turn = set(), 0
        step = max(4, READERS // 20)
        while len(server.taken) < READERS // 2:
            turn += 1
            before = len(server.taken) + len(server.lost)
            self.kill_when(self.start(turn), server, before + self.random.randint(1, step))
            cut_off |= {who for who, state in self.states().items() if state == "committing"}
            self.assertLess(turn, 40 * READERS)
        self.assertGreater(turn, 2)
        for _ in range(8):
            turn += 1
            run, second = self.start(turn), self.start(turn)
            said = run.communicate()[1] + second.communicate()[1]
            if not {"later", "queued", "sending", "committing"} & set(self.states().values()):
                break
        states = self.states()
        self.assertEqual(sorted(states), sorted(self.readers))
        self.assertEqual(set(states.values()) - {"sent", "uncertain", "refused"}, set(), said)
        taken = [to for to, _ in server.taken]
        self.assertEqual(len(taken), len(set(taken)), "some came twice")
        for who, state in states.items():
            if state != "uncertain":
                self.assertEqual(taken.count(who), 1 if state == "sent" else 0, (who, state))
        uncertain = {who for who, state in states.items() if state == "uncertain"}
        self.assertLessEqual(set(server.lost) | cut_off, uncertain)
        self.assertLessEqual(uncertain, set(server.lost) | cut_off | set(server.cut_short))
        final = self.start(turn + 1)
        said = final.communicate()[1]
        self.assertEqual(final.returncode, 7)
        for who in uncertain:
            self.assertIn(f"{who}: it may or may not have arrived", said)
        self.assertEqual([to for to, _ in server.taken], taken)

    def test_two_runs_at_once_send_each_message_once(self):
        server = self.serve()
        self.deliver_to(server)
        runs = [self.start(1) for _ in range(3)]
        said = [run.communicate()[1] for run in runs]
        self.assertEqual({run.returncode for run in runs}, {0}, said)
        self.assertEqual(sorted(to for to, _ in server.taken), sorted(self.readers))

    def test_a_disk_without_room_stops_the_run_and_leaves_nothing_half_done(self):
        server = self.serve()
        self.deliver_to(server)
        made = self.run_yekun("ledger", "submit", "report.json", "--period", "2025-Q1", "--to", "D")
        self.assertEqual(made.returncode, 0, made.stderr)
        room = max(path.stat().st_size for path in self.folder.glob("ledger.sqlite*")) + 40_000

        def narrow():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        run = subprocess.run([YEKUN, "send", "report.json", "--period", "2025-Q1", "--as-of", "2025-10-09"], cwd=self.folder, text=True,
                             capture_output=True, preexec_fn=narrow, env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "1760000000"})
        self.assertEqual(run.returncode, 6, run.stderr)
        self.assertIn("error[ledger-full]: the ledger cannot be written", run.stderr)
        self.assertLess(len(server.taken), READERS)
        after = self.start(1)
        said = after.communicate()[1]
        taken = [to for to, _ in server.taken]
        self.assertEqual(len(taken), len(set(taken)))
        open_ones = {who for who, state in self.states().items() if state != "sent"}
        self.assertEqual({self.states()[who] for who in open_ones} - {"uncertain"}, set(), said)
        self.assertEqual(set(taken) | open_ones, set(self.readers))
        self.assertLessEqual(len(open_ones), 1)

    def test_a_damaged_ledger_stops_before_anything_is_sent(self):
        server = self.serve()
        self.deliver_to(server)
        (self.folder / "ledger.sqlite").write_text("no ledger " * 1000)
        run = self.start(1)
        said = run.communicate()[1]
        self.assertEqual((run.returncode, server.asked), (6, []))
        self.assertIn("error[ledger-damaged]", said)

    @unittest.skipUnless(READERS >= 1000, "takes the ledger's ten seconds of patience")
    def test_a_locked_ledger_is_told_and_nothing_is_sent(self):
        server = self.serve()
        self.deliver_to(server)
        self.run_yekun("ledger", "submit", "report.json", "--period", "2025-Q1", "--to", "D")
        other = sqlite3.connect(self.folder / "ledger.sqlite", isolation_level=None)
        self.addCleanup(other.close)
        other.execute("begin immediate")
        run = self.start(1)
        said = run.communicate()[1]
        self.assertEqual((run.returncode, server.asked), (6, []), said)
        self.assertIn("error[ledger-locked]: another program holds the ledger and does not let go", said)


if __name__ == "__main__":
    main()
