"""yekun send against a real mail server, Postfix with TLS and SMTP AUTH, that delivers into mailboxes which are read again."""
import email
import email.policy
import json
import os
import sys

from cli import Case, main
from postfix import PASSWORD, PROGRAM, USER, Postfix

SKIPPED = 77  # as tests/cli/CMakeLists.txt says


class Delivered(Case):
    @classmethod
    def setUpClass(cls):
        cls.mail = Postfix()
        cls.addClassCleanup(cls.mail.close)

    def setUp(self):
        super().setUp()
        self.mail.forget()
        (self.folder / "authority.pem").write_bytes(self.mail.authority.read_bytes())

    def deliver(self, to, *, smtp=None, **more):
        settings = {"server": "localhost", "port": self.mail.port, "user": USER, "password_env": "MAIL_PASSWORD", "ca_file": "authority.pem"}
        settings = {key: value for key, value in (settings | (smtp or {})).items() if value is not None}
        spec = {"email": {"from": "Hesabat şöbəsi <reports@example.org>", "to": to, "attach": ["pdf", "xlsx"], **more}, "through": {"smtp": settings}}
        self.change("report.json", '"outputs"', f'"deliver": {json.dumps(spec)}, "outputs"')

    def send(self, *more, **variables):
        return self.run_yekun("send", "report.json", "--period", "2025-Q1", *more, **({"MAIL_PASSWORD": PASSWORD} | variables))

    def nothing_came(self, run, words):
        self.assertEqual(run.returncode, 6, run.stderr)
        self.assertIn(words, run.stderr)
        self.assertEqual(self.mail.received("ok"), [])

    def test_the_message_comes_whole_and_once_with_its_envelope_and_headers(self):
        self.deliver(["Rəis Ə. Məmmədov <ok@example.org>"])
        first = self.send()
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertEqual(self.send().returncode, 0)
        came, = self.mail.received("ok")
        envelope, _, sent = came.replace(b"\r\n", b"\n").partition(b"\nDate: ")
        self.assertIn(b"Return-Path: <reports@example.org>\nX-Original-To: ok@example.org\nDelivered-To: ok@example.org", envelope)
        self.assertIn(b"with ESMTPSA", envelope)  # with TLS and authenticated
        self.assertIn(f"sasl_username={USER}", self.mail.log())
        self.send("--dry-run", "--out", "dry")
        dry, = (self.folder / "dry").glob("*.eml")
        self.assertEqual(b"Date: " + sent, dry.read_bytes().replace(b"\r\n", b"\n"))  # to the byte what was meant
        message = email.message_from_bytes(came, policy=email.policy.default)
        self.assertEqual([part.defects for part in message.walk() if part.defects], [])
        self.assertEqual(message["to"].addresses[0].display_name, "Rəis Ə. Məmmədov")
        self.assertEqual(str(message["from"]), "Hesabat şöbəsi <reports@example.org>")
        files = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
        self.assertEqual(sorted(files), ["report-2025-Q1-az.pdf", "report-2025-Q1-az.xlsx"])
        for name, content in files.items():
            self.assertEqual(content, (self.folder / "out" / name).read_bytes())

    def test_each_reader_has_a_message_and_a_stranger_is_refused(self):
        self.deliver(["ok@example.org", "stranger@example.org", "second@example.org", "third@example.org"])
        run = self.send()
        self.assertEqual(run.returncode, 7, run.stderr)
        self.assertRegex(run.stderr, r"stranger@example\.org: refused: 550 .*User unknown in virtual mailbox table")
        for reader in ("ok", "second", "third"):
            came, = self.mail.received(reader)
            self.assertIn(f"\nTo: {reader}@example.org\n".encode(), came)
        self.assertEqual(self.mail.log().count("to=<stranger@example.org>"), 1)

    def test_tls_from_the_first_byte(self):
        self.deliver(["ok@example.org"], smtp={"port": self.mail.tls_port, "security": "tls"})
        self.assertEqual(self.send().returncode, 0)
        self.assertEqual(len(self.mail.received("ok")), 1)

    def test_a_wrong_password_is_told_in_the_server_s_words(self):
        self.deliver(["ok@example.org"])
        known = self.mail.log().count("authentication failed")
        run = self.send(MAIL_PASSWORD="hunter2")
        self.nothing_came(run, "535 5.7.8 Error: authentication failed")
        self.assertNotIn("hunter2", run.stderr)
        self.assertIn("error[server-closed]: the mail server cannot be used: 535 5.7.8", run.stderr)
        self.assertEqual(self.mail.log().count("authentication failed") - known, 1)  # not again and again: accounts get locked
        self.assertEqual(self.send(SOURCE_DATE_EPOCH="1760003600").returncode, 0)  # with the right one it goes

    def test_without_a_login_the_server_takes_nothing(self):
        self.deliver(["ok@example.org"], smtp={"user": None, "password_env": None})
        self.nothing_came(self.send(), "554 5.7.1")

    def test_without_tls_the_server_takes_nothing_and_hears_no_password(self):
        self.deliver(["ok@example.org"], smtp={"security": "none", "user": None, "password_env": None, "ca_file": None})
        self.nothing_came(self.send(), "530 5.7.0 Must issue a STARTTLS command first")

    def test_a_certificate_for_another_name_is_refused(self):
        self.deliver(["ok@example.org"], smtp={"server": "127.0.0.1"})
        self.nothing_came(self.send(), "SSL peer certificate or SSH remote key was not OK")

    def test_a_certificate_of_an_unknown_authority_is_refused(self):
        self.deliver(["ok@example.org"], smtp={"ca_file": None})
        self.nothing_came(self.send(), "SSL peer certificate or SSH remote key was not OK")

    def test_a_message_larger_than_the_server_takes_is_refused_once_and_for_all(self):
        self.deliver(["ok@example.org"], attach=["pdf", "xlsx", "html"])
        self.mail.limit(50_000)
        self.addCleanup(self.mail.limit, 3_000_000)
        run = self.send()
        self.nothing_came(run, "ok@example.org: refused: 552 5.3.4 Error: message file too big")
        self.mail.limit(3_000_000)
        self.nothing_came(self.send(), "ok@example.org: refused: 552 5.3.4 Error: message file too big")


if __name__ == "__main__":
    if os.geteuid() != 0 or not PROGRAM.exists():
        print(f"skipped: {PROGRAM} is not there (scripts/setup --tests)" if os.geteuid() == 0 else "skipped: Postfix starts as root only")
        sys.exit(SKIPPED)
    main()
