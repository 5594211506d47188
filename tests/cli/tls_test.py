"""What the way to the mail server must be like: TLS with a certificate that is checked, passwords only over it."""
import json
import subprocess

from cli import Case, main
from mail_server import MailServer


class Tls(Case):
    def certificate(self, name):
        key, cert = self.folder / f"{name}.key", self.folder / f"{name}.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "36500",
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


if __name__ == "__main__":
    main()
