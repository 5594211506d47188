"""What the way to the mail server must be like: TLS with a certificate that is checked, passwords only over it."""
import json
import subprocess

from cli import Case, main_at_once
from mail_server import MailServer


class Secured(Case):
    def certificate(self, name, *days):
        key, cert = self.folder / f"{name}.key", self.folder / f"{name}.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", *(days or ("-days", "36500")),
                        "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", key, "-out", cert],
                       check=True, capture_output=True)
        return cert, key

    def serve(self, name="localhost", **more):
        cert, key = self.certificate(name)
        server = MailServer(tls=(cert, key), **more)
        self.addCleanup(server.close)
        return server

    def send(self, server, *, ca="localhost.pem", security="starttls", **more):
        smtp = {"server": "localhost", "port": server.port, "security": security, **({"ca_file": ca} if ca else {})}
        if server.password is not None:
            smtp |= {"user": "reports", "password_env": "MAIL_PASSWORD"}
        smtp |= more.pop("smtp", {})
        spec = {"email": {"from": "reports@example.org", "to": ["a@example.org"], "attach": ["pdf"]}, "through": {"smtp": smtp}}
        self.change("report.json", '"outputs"', f'"deliver": {json.dumps(spec)}, "outputs"')
        return self.run_yekun("send", "report.json", "--period", "2025-Q1", **more)

    def refused(self, server, run, words):
        self.assertEqual(run.returncode, 6, run.stderr)
        self.assertIn(words, run.stderr)
        self.assertEqual((server.asked, server.taken, server.logins), ([], [], []))


class Tls(Secured):
    def test_starttls_and_a_password_over_it(self):
        server = self.serve(password="geheim ə")
        run = self.send(server, MAIL_PASSWORD="geheim ə")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(server.logins, [(True, "reports", "geheim ə")])
        self.assertEqual([to for to, _ in server.taken], ["a@example.org"])

    def test_tls_from_the_first_byte(self):
        server = self.serve(at_once=True, password="p")
        self.assertEqual(self.send(server, security="tls", MAIL_PASSWORD="p").returncode, 0)
        self.assertEqual(server.logins, [(True, "reports", "p")])

    def test_a_password_from_a_file(self):
        (self.folder / "secret").write_text("from a file\n")
        server = self.serve(password="from a file")
        spec = {"user": "reports", "password_file": "secret"}
        server_password, server.password = server.password, None
        run = self.send(server, smtp=spec)
        server.password = server_password
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_a_wrong_password_is_told_and_not_shown(self):
        server = self.serve(password="right")
        run = self.send(server, MAIL_PASSWORD="hunter2")
        self.assertEqual(run.returncode, 6)
        self.assertIn("535 wrong user or password", run.stderr)
        self.assertNotIn("hunter2", run.stderr + (self.folder / "ledger.sqlite").read_bytes().decode("latin-1"))
        self.assertEqual(server.taken, [])

    def test_a_missing_password_is_told_before_anybody_is_asked(self):
        server = self.serve(password="right")
        run = self.send(server)
        self.refused(server, run, "error[no-password]: the environment has no variable 'MAIL_PASSWORD'")

    def test_a_certificate_that_nobody_vouches_for_is_refused(self):
        server = self.serve(password="p")
        self.refused(server, self.send(server, ca=None, MAIL_PASSWORD="p"), "certificate")

    def test_a_certificate_of_another_server_is_refused(self):
        server = self.serve("other.example.org", password="p")
        self.refused(server, self.send(server, ca="other.example.org.pem", MAIL_PASSWORD="p"), "certificate")

    def test_a_server_whose_starttls_was_taken_away_is_refused(self):
        server = self.serve(starttls=False, password="p")
        self.refused(server, self.send(server, MAIL_PASSWORD="p"), "SSL")


    def dated_is_refused(self, begin, end):
        cert, key = self.dated("dated", begin, end)
        server = MailServer(tls=(cert, key), password="p")
        self.addCleanup(server.close)
        self.refused(server, self.send(server, ca="dated/dated.pem", MAIL_PASSWORD="p"), "the mail server cannot be used: SSL peer certificate")

    def test_a_certificate_that_is_over_is_refused(self):
        self.dated_is_refused("20200101000000Z", "20210101000000Z")

    def test_a_certificate_that_has_not_begun_is_refused(self):
        self.dated_is_refused("20960101000000Z", "20970101000000Z")

    def dated(self, name, begin, end):
        """openssl req sets no dates: an authority does."""
        folder = self.folder / name
        folder.mkdir()
        (folder / "index").write_text("")
        (folder / "ca.cnf").write_text("[ca]\ndefault_ca=a\n[a]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=p\nemail_in_dn=no\n"
                                       "copy_extensions=copy\n[p]\ncommonName=supplied\n")
        ask = lambda *words: subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=folder)
        ask("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-keyout", f"{name}.key", "-out", "request")
        ask("ca", "-batch", "-selfsign", "-config", "ca.cnf", "-keyfile", f"{name}.key", "-in", "request", "-startdate", begin, "-enddate", end, "-notext", "-out", f"{name}.pem")
        return folder / f"{name}.pem", folder / f"{name}.key"

    def test_a_server_that_offers_no_login_takes_the_message_without_hearing_the_password(self):
        server = self.serve()
        run = self.send(server, MAIL_PASSWORD="hunter2", smtp={"user": "reports", "password_env": "MAIL_PASSWORD"})
        self.assertEqual((run.returncode, server.logins, len(server.taken)), (0, [], 1), run.stderr)
        self.assertNotIn(b"hunter2", server.taken[0][1])


class Early(Secured):
    """What goes wrong before a message is tried later, and ends no delivery."""

    def comes_later(self, stage, answer):
        server = self.serve(password="p")
        server.early[stage] = answer
        run = self.send(server, MAIL_PASSWORD="p")
        self.assertEqual((run.returncode, server.taken), (6, []), run.stderr)
        self.assertIn("a@example.org: not taken yet: ", run.stderr)
        server.early.clear()
        again = self.run_yekun("send", "report.json", "--period", "2025-Q1", MAIL_PASSWORD="p", SOURCE_DATE_EPOCH="1760050000")
        self.assertEqual((again.returncode, len(server.taken)), (0, 1), again.stderr)


EARLY = {"ehlo": ("554 5.7.1 not you", "550-a\r\n550 b", "drop", "250-\r\n250 " + "x" * 5000), "star": ("454 4.7.0 no TLS today", "554 no", "drop"),
         "auth": ("454 4.7.0 later", "535-5.7.8 wrong\r\n535 5.7.8 again", "drop"), "mail": ("451 4.3.0 later", "drop")}
for stage, answers in EARLY.items():
    for n, answer in enumerate(answers):
        setattr(Early, f"test_{stage}_{n}", lambda self, stage=stage, answer=answer: self.comes_later(stage, answer))


class Answers(Secured):
    def answered(self, words):
        server = MailServer(lambda to, turn: "rcpt " + words)
        self.addCleanup(server.close)
        run = self.send(server, ca=None, security="none")
        listed = self.run_yekun("ledger", "list", "report.json")
        self.assertEqual((run.returncode, listed.returncode), (6, 0), run.stderr)
        return run.stderr, listed.stdout

    def test_an_answer_of_several_lines_is_told_whole(self):
        for said in self.answered("550-5.7.26 your mail has been blocked\r\n550-5.7.26 because the sender is not authenticated.\r\n550 5.7.26 see our pages"):
            self.assertIn("550-5.7.26 your mail has been blocked 5.7.26 because the sender is not authenticated. 5.7.26 see our pages\n", said)

    def test_an_answer_in_other_bytes_and_controls_is_told_in_letters(self):
        words = b"550 Empf\xe4nger \x1b[31munbekannt\xc2\x9b2J \x07 istifad\xc9\x99\xc3\xa7i".decode("utf-8", "surrogateescape")
        for said in self.answered(words):
            self.assertIn("550 Empf\ufffdnger  [31munbekannt 2J   istifadəçi\n", said)

    def is_cut(self, words, outcome):
        told, _ = self.answered(words)
        line, = [one for one in told.splitlines() if f"a@example.org: {outcome}: " in one]
        self.assertTrue(300 < len(line.encode()) < 400, line)
        self.assertNotIn("\ufffd", line)

    def test_an_endless_line_is_cut(self):
        self.is_cut("550 " + "ə" * 3000, "refused")

    def test_an_answer_of_endless_lines_is_cut(self):
        self.is_cut("\r\n".join(["550-more and more"] * 3000) + "\r\n550 end", "refused")


if __name__ == "__main__":
    main_at_once()
