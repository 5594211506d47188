"""yekun send, run and ledger: each reader once, whatever the mail server does."""
import email
import email.policy
import json

from cli import Case, main_at_once
from mail_server import MailServer

READERS = ["ok@example.org", "busy@example.org", "no@example.org", "drop@example.org"]


def plan(to, _):
    """busy@ is busy, no@ is refused, drop@ is hung up on once its whole message is there."""
    return {"busy": "rcpt 451 later", "no": "rcpt 550 no such reader", "drop": "drop end"}.get(to.split("@")[0])


class Send(Case):
    def setUp(self):
        super().setUp()
        self.server = MailServer(plan)
        self.addCleanup(self.server.close)

    def deliver(self, readers, through=None):
        through = through or {"smtp": {"server": "127.0.0.1", "port": self.server.port, "security": "none"}}
        spec = {"email": {"from": "Hesabat şöbəsi <reports@example.org>", "to": readers, "attach": ["pdf"]}, "through": through}
        self.change("report.json", '"outputs"', f'"deliver": {json.dumps(spec)}, "outputs"')

    def send(self, *more, command="send", **variables):
        return self.run_yekun(command, "report.json", "--period", "2025-Q1", *more, **variables)

    def parsed(self):
        return [email.message_from_bytes(body, policy=email.policy.default) for _, body in self.server.taken]

    def test_each_reader_gets_it_once_and_what_became_of_it_is_told(self):
        self.deliver(READERS)
        first = self.send()
        self.assertEqual(first.returncode, 7, first.stderr)
        self.assertEqual([to for to, _ in self.server.taken], ["ok@example.org"])
        self.assertIn("ok@example.org: delivered", first.stderr)
        self.assertIn("no@example.org: refused: 550 no such reader", first.stderr)
        self.assertIn("busy@example.org: not taken yet: 451 later", first.stderr)
        self.assertIn("drop@example.org: it may or may not have arrived", first.stderr)
        asked = len(self.server.asked)
        second = self.send()
        self.assertEqual(second.returncode, 7)
        self.assertEqual(len(self.server.taken), 1)
        self.assertNotIn("drop@example.org", self.server.asked[asked:])
        self.assertNotIn("no@example.org", self.server.asked[asked:])

    def test_an_uncertain_delivery_is_sent_again_only_when_a_person_says_so(self):
        self.deliver(["drop@example.org"])
        self.assertEqual(self.send().returncode, 6)
        self.assertEqual(self.send().returncode, 6)
        self.assertEqual(self.server.asked, ["drop@example.org"])
        self.assertEqual(self.run_yekun("ledger", "resolve", "report.json", "1", "--again").returncode, 0)
        self.assertEqual(self.send().returncode, 6)
        self.assertEqual(self.server.asked, ["drop@example.org"] * 2)
        self.assertEqual(self.run_yekun("ledger", "resolve", "report.json", "1", "--arrived").returncode, 0)
        self.assertEqual(self.send().returncode, 0)
        self.assertEqual(self.server.asked, ["drop@example.org"] * 2)

    def test_the_message_is_one_that_python_reads_without_defects(self):
        self.deliver(["Rəis <ok@example.org>", {"address": "ok2@example.org", "language": "en", "formats": ["xlsx", "pdf"]}])
        self.assertEqual(self.send().returncode, 0)
        first, second = self.parsed()
        self.assertEqual(str(first["to"]), "Rəis <ok@example.org>")
        self.assertEqual(str(first["from"]), "Hesabat şöbəsi <reports@example.org>")
        self.assertEqual(first["auto-submitted"], "auto-generated")
        self.assertEqual([part.get_filename() for part in first.iter_attachments()], ["report-2025-Q1-az.pdf"])
        self.assertEqual([part.get_filename() for part in second.iter_attachments()], ["report-2025-Q1-en.xlsx", "report-2025-Q1-en.pdf"])
        for message in (first, second):
            self.assertEqual([part.defects for part in message.walk() if part.defects], [])
            page = message.get_body(("html",)).get_content()
            self.assertLess(len(page.encode()), 100 * 1024)
            self.assertNotIn("<script", page)
            shown = [part["content-id"].strip("<>") for part in message.walk() if part.get_content_type() == "image/png"]
            self.assertTrue(shown and all(f'src="cid:{one}"' in page for one in shown))
            self.assertIn("2025", message.get_body(("plain",)).get_content())
        self.assertNotEqual(first["message-id"], second["message-id"])

    def test_a_dry_run_writes_messages_and_contacts_nobody(self):
        self.deliver(READERS)
        run = self.send("--dry-run", "--out", "there")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(run.stdout.splitlines(), [f"there/report-2025-Q1-az-{n}.eml" for n in (1, 2, 3, 4)])
        self.assertEqual(self.server.asked, [])
        self.assertFalse((self.folder / "ledger.sqlite").exists())

    def test_dry_runs_are_the_same_bytes_and_bear_the_date_they_are_told(self):
        self.deliver(["Rəis <ok@example.org>"])
        names = [self.send("--dry-run", "--out", out).stdout.strip() for out in ("one", "two")]
        first, second = ((self.folder / name).read_bytes() for name in names)
        self.assertTrue(first == second)
        message = email.message_from_bytes(first, policy=email.policy.strict)
        self.assertEqual(message["date"].datetime.isoformat(), "2025-10-09T08:53:20+00:00")
        self.assertEqual(str(message["list-id"]), "test report <test-report.example.org>")
        self.assertRegex(message["message-id"], r"^<[0-9a-f]{40}@example\.org>$")
        self.assertEqual({name: message[name] for name in ("precedence", "x-auto-response-suppress", "content-language", "mime-version")},
                         {"precedence": "bulk", "x-auto-response-suppress": "All", "content-language": "az", "mime-version": "1.0"})
        self.assertEqual(message.get_content_type(), "multipart/mixed")
        self.assertTrue(all(len(line) <= 998 for line in first.split(b"\r\n")) and first.count(b"\n") == first.count(b"\r\n"))
        later = (self.folder / self.send("--dry-run", "--out", "three", SOURCE_DATE_EPOCH="1760000001").stdout.strip()).read_bytes()
        self.assertEqual(email.message_from_bytes(later)["message-id"], message["message-id"])

    def test_a_password_is_never_in_a_spec_and_never_shown(self):
        self.deliver(["ok@example.org"], {"smtp": {"server": "mail.example.org", "user": "u", "password": "hunter2"}})
        run = self.run_yekun("check", "report.json")
        self.assertEqual(run.returncode, 3)
        self.assertIn("error[secret-in-spec]: a spec must not hold a password", run.stderr)
        self.assertNotIn("hunter2", run.stderr)

    def test_a_server_without_tls_is_refused_unless_the_spec_says_none(self):
        self.deliver(["ok@example.org"], {"smtp": {"server": "127.0.0.1", "port": self.server.port}})
        self.assertEqual(self.send().returncode, 6)
        self.assertEqual(self.server.asked, [])

    def test_a_schedule_sends_what_is_due_once(self):
        self.deliver(["ok@example.org"])
        (self.folder / "schedule.json").write_text(json.dumps({"timezone": "Asia/Baku", "jobs": [
            {"id": "quarterly", "report": "report.json", "every": "quarter", "on": "working day 5", "at": "08:00", "period": "last-quarter",
             "useful_days": 3}]}))
        at = lambda now, *more: self.run_yekun("run", "schedule.json", "--now", now, *more)
        self.assertIn("nothing is due", at("2025-04-07 07:59").stderr)
        run = at("2025-04-07 08:00", "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(json.loads(run.stdout)["jobs"], [{"job": "quarterly", "occurrence": "due in 2025-Q2", "due": "2025-04-07 08:00 +04:00",
                                                            "state": "delivered", "exit": 0}])
        self.assertIn("nothing is due", at("2025-04-07 08:05").stderr)
        self.assertEqual(len(self.server.taken), 1)
        late = at("2025-07-15 09:00")  # due on 7 July, useful until the 10th
        self.assertEqual(late.returncode, 6)
        self.assertIn("warning[too-late]", late.stderr)
        self.assertEqual(at("2025-07-15 09:05").returncode, 0)
        self.assertEqual(len(self.server.taken), 1)
        self.assertEqual(at("2025-04-01 09:00", "--plan").stdout.splitlines()[0], "2025-04-07 08:00 +04:00  quarterly  report.json  2025-Q1")

    def test_the_operator_is_told_of_each_failure_once(self):
        self.deliver(["ok@example.org", "no@example.org"])
        (self.folder / "schedule.json").write_text(json.dumps({
            "timezone": "Asia/Baku", "notices": {"from": "reports@example.org", "to": "Operator <operator@example.org>", "through": {"folder": "notices"}},
            "jobs": [{"id": "quarterly", "report": "report.json", "every": "quarter", "on": "day 7", "at": "08:00", "period": "last-quarter", "useful_days": 3}]}))
        at = lambda now: self.run_yekun("run", "schedule.json", "--now", now)
        notices = lambda: [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                           for path in sorted((self.folder / "notices").glob("*.eml"))]
        self.assertEqual(at("2025-04-07 08:00").returncode, 7)
        first, = notices()
        self.assertEqual(first.defects, [])
        self.assertEqual(str(first["to"]), "Operator <operator@example.org>")
        self.assertEqual(str(first["subject"]), "Yekun: quarterly of 2025-04-07 08:00 +04:00: some readers did not get it")
        self.assertIn("no@example.org: refused: 550 no such reader", first.get_body(("plain",)).get_content())
        for now in ("2025-04-07 08:05", "2025-04-07 08:10"):
            at(now)
        self.assertEqual(len(notices()), 1)
        self.change("report.json", '"kpis"', '"kpies"')
        for now in ("2025-07-07 08:00", "2025-07-07 08:05"):
            self.assertEqual(at(now).returncode, 3)
        self.assertEqual(len(notices()), 2)
        self.assertTrue(any("the report or its programme has a mistake" in str(one["subject"]) for one in notices()))
        self.assertTrue(any("'kpies'" in one.get_body(("plain",)).get_content() for one in notices()))

    def test_a_notice_that_no_server_took_is_sent_by_a_later_run(self):
        self.deliver(["no@example.org"])
        def greedy(to, turn):
            return {1: "rcpt 451 later", 2: "drop rcpt"}.get(turn) if to == "operator@example.org" else plan(to, turn)
        self.server.plan = greedy
        (self.folder / "schedule.json").write_text(json.dumps({
            "timezone": "Asia/Baku", "notices": {"from": "reports@example.org", "to": "operator@example.org",
                                                 "through": {"smtp": {"server": "127.0.0.1", "port": self.server.port, "security": "none"}}},
            "jobs": [{"id": "quarterly", "report": "report.json", "every": "quarter", "on": "day 7", "at": "08:00", "period": "last-quarter", "useful_days": 3}]}))
        at = lambda now: self.run_yekun("run", "schedule.json", "--now", now)
        first = at("2025-04-07 08:00")
        self.assertEqual(first.returncode, 6)
        self.assertIn("warning[not-yet-delivered]: operator@example.org: not taken yet: 451 later", first.stderr)
        self.assertEqual((at("2025-04-07 08:01").returncode, self.server.asked.count("operator@example.org")), (0, 1))  # it waits five minutes
        self.assertEqual((at("2025-04-07 08:10").returncode, self.server.asked.count("operator@example.org")), (6, 2))
        third = at("2025-04-07 09:00")
        self.assertEqual((third.returncode, third.stderr), (0, "nothing is due\noperator@example.org: delivered\n"))
        self.assertEqual(at("2025-04-08 09:00").stderr, "nothing is due\n")
        (to, message), = self.server.taken
        self.assertEqual(to, "operator@example.org")
        self.assertIn("no@example.org: refused: 550 no such reader", email.message_from_bytes(message, policy=email.policy.default).get_body(("plain",)).get_content())
        listed = self.run_yekun("ledger", "list", "report.json").stdout
        self.assertEqual(listed.count("operator@example.org"), 1)
        self.assertIn("notice of quarterly", listed)

    def test_a_ledger_in_a_folder_that_is_not_there_is_told(self):
        self.deliver(["ok@example.org"])
        self.change("report.json", '"deliver": {', '"deliver": {"ledger": "absent/ledger.sqlite", ')
        run = self.send()
        self.assertEqual((run.returncode, self.server.asked), (6, []))
        self.assertIn("error[ledger-closed]: the ledger cannot be opened for writing", run.stderr)

    def test_the_operator_is_not_told_of_what_only_waits(self):
        self.deliver(["busy@example.org"])
        (self.folder / "schedule.json").write_text(json.dumps({
            "timezone": "Asia/Baku", "notices": {"from": "reports@example.org", "to": "operator@example.org", "through": {"folder": "notices"}},
            "jobs": [{"id": "quarterly", "report": "report.json", "every": "quarter", "on": "day 7", "at": "08:00", "period": "last-quarter", "useful_days": 1}]}))
        self.assertEqual(self.run_yekun("run", "schedule.json", "--now", "2025-04-07 08:00").returncode, 6)
        self.assertFalse((self.folder / "notices").exists())
        self.assertEqual(self.run_yekun("run", "schedule.json", "--now", "2025-04-09 08:00").returncode, 6)
        self.assertEqual(len(list((self.folder / "notices").glob("*.eml"))), 1)

    def test_what_was_submitted_and_changed_since_is_told_with_its_cause(self):
        self.assertEqual(self.run_yekun("ledger", "submit", "report.json", "--period", "2025-Q1", "--to", "A donor").returncode, 0)
        same = self.run_yekun("ledger", "diff", "report.json")
        self.assertEqual((same.returncode, same.stdout), (0, "period,figure,what,submitted,now,cause\n"))
        with open(self.folder / "data" / "visits.csv", "a", encoding="utf-8") as data:
            data.write("2025-02-03,p99,Quba,delivered,10,1,\n")
        rows = self.run_yekun("ledger", "diff", "report.json").stdout.splitlines()[1:]
        self.assertTrue(rows and all(row.endswith(",late-rows") for row in rows), rows)


if __name__ == "__main__":
    main_at_once()
