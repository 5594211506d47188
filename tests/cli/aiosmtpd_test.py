"""A second judge of what yekun says to a mail server: aiosmtpd, which misbehaves at one stage of the conversation after the other.
   aiosmtpd_test.py YEKUN SOURCE, by a Python that has aiosmtpd"""
import asyncio
import collections
import concurrent.futures
import email
import email.policy
import json
import logging
import shutil
import ssl
import subprocess
import sys
import warnings

from cli import Case, main_at_once

try:
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import SMTP, AuthResult
except ImportError:
    print("skipped: there is no aiosmtpd (scripts/setup --tests)")
    sys.exit(77)

HANG_UP = "hang up"


class Server(SMTP):
    """`plan(stage, to, turn)` gives what is done instead of the good answer at a stage (greeting, mail, rcpt, data, end) on the
    turn-th time: words to say, HANG_UP, or seconds to wait before the good answer; None: nothing."""

    def __init__(self, *arguments, script, **more):
        super().__init__(*arguments, **more)
        self.script, self.greeted = script, False

    async def push(self, status):
        if not self.greeted:
            self.greeted = True
            if await self.spoilt("greeting"):
                return
        await super().push(status)

    async def spoilt(self, stage, to=""):
        self.script.turns[stage, to] += 1
        fault = self.script.plan(stage, to, self.script.turns[stage, to])
        if fault == HANG_UP:
            self.transport.abort()
        elif isinstance(fault, str):
            await super().push(fault)
        elif fault:
            await asyncio.sleep(fault)
        return isinstance(fault, str)

    async def smtp_MAIL(self, arg):
        if not await self.spoilt("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        self.to = arg[arg.index("<") + 1:arg.index(">")].split("@")[0]
        if not await self.spoilt("rcpt", self.to):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if not await self.spoilt("data", self.to):
            await super().smtp_DATA(arg)


class Script(Controller):
    """The server, its script, and what it took: (reader, message)."""

    def __init__(self, plan=lambda stage, to, turn: None, **more):
        self.plan, self.turns, self.taken, self.given = plan, collections.Counter(), [], more
        super().__init__(self, hostname="127.0.0.1", port=0)
        self.start()

    def factory(self):
        return Server(self, script=self, **self.given)

    def _trigger_server(self):
        """The one port that was free."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    async def handle_DATA(self, server, session, envelope):
        taken = (envelope.rcpt_tos[0].split("@")[0], envelope.mail_from, envelope.original_content)
        fault = self.plan("end", server.to, 1)
        if fault == HANG_UP:
            server.transport.abort()
        elif isinstance(fault, str):
            return fault
        elif fault:
            await asyncio.sleep(fault)
        self.taken.append(taken)
        return "250 2.0.0 taken"


class Judged(Case):
    def serve(self, *arguments, **more):
        script = Script(*arguments, **more)
        self.addCleanup(script.stop)
        return script

    def place(self, script, readers, **smtp):
        """A folder of its own whose report goes to these readers."""
        folder = self.folder / f"case-{script.port}"
        folder.mkdir()
        for name in ("programme.json", "report.json", "data"):
            (shutil.copytree if name == "data" else shutil.copy)(self.folder / name, folder / name)
        smtp = {"server": "127.0.0.1", "port": script.port, "security": "none", "timeout_seconds": 3} | smtp
        spec = {"email": {"from": "reports@example.org", "to": [f"{one}@example.org" for one in readers], "attach": []}, "through": {"smtp": smtp}}
        report = folder / "report.json"
        report.write_text(report.read_text(encoding="utf-8").replace('"outputs"', f'"deliver": {json.dumps(spec)}, "outputs"', 1), encoding="utf-8")
        return folder

    def send(self, folder, **variables):
        return self.run_yekun("send", "report.json", "--period", "2025-Q1", "--as-of", "2025-10-09", cwd=folder, **variables)

    def later(self, folder):
        """Seven hours on, when whatever waits is due."""
        return self.send(folder, SOURCE_DATE_EPOCH="1760025200")

    def told(self, run):
        """What became of each reader."""
        words = {"delivered": "sent", "has it already": "already", "not taken yet": "later", "refused": "refused", "it may or may not have arrived": "uncertain"}
        out = {}
        for line in run.stderr.splitlines():
            who, _, rest = line.rpartition("]: ")[2].partition("@example.org: ")
            for start, state in words.items():
                if rest.startswith(start):
                    out[who] = state
        return out


class Stages(Judged):
    def test_each_answer_at_each_stage_of_a_message(self):
        faults = {"451": "451 4.3.0 later", "550": "550 5.7.1 never", "gone": HANG_UP, "slow": 0.2, "asleep": 8}
        readers = [f"{stage}-{name}" for stage in ("rcpt", "data", "end") for name in faults]

        def plan(stage, to, turn):
            where, _, name = to.partition("-")
            return faults[name] if where == stage and (turn == 1 or stage == "end") else None
        script = self.serve(plan)
        wanted = {one: "sent" for one in readers}  # what the server has against the first try is mended in the second round
        wanted |= {f"{stage}-550": "refused" for stage in ("rcpt", "data", "end")}
        wanted |= {"end-451": "later", "end-gone": "uncertain", "end-asleep": "uncertain"}
        folder = self.place(script, readers)
        run = self.send(folder)
        self.assertEqual(self.told(run), wanted, run.stderr)
        self.assertEqual(run.returncode, 7)
        self.assertIn("rcpt-550@example.org: refused: 550 5.7.1 never", run.stderr)
        self.assertIn("end-451@example.org: not taken yet: 451 4.3.0 later", run.stderr)
        self.assertRegex(run.stderr, "end-asleep@example.org: it may or may not have arrived: Timeout was reached")
        script.plan = lambda stage, to, turn: None
        again = self.later(folder)
        self.assertEqual(self.told(again), {one: {"sent": "already", "later": "sent"}.get(state, state) for one, state in wanted.items()})
        taken = collections.Counter(to for to, _, _ in script.taken)
        self.assertEqual({one for one, times in taken.items() if times > 1}, set())
        self.assertEqual(set(taken) - {"end-asleep", "end-gone"}, {one for one, state in wanted.items() if state == "sent"} | {"end-451"})

    def test_each_answer_before_a_message(self):
        faults = [("greeting", "421 4.3.2 closed today", "later"), ("greeting", "554 5.3.2 no service", "later"), ("greeting", HANG_UP, "later"),
                  ("greeting", 0.3, "sent"), ("greeting", 8, "later"), ("mail", "450 4.7.1 busy", "later"), ("mail", "550 5.7.1 not from you", "refused"),
                  ("mail", HANG_UP, "later"), ("mail", 8, "later")]

        def case(one):
            where, fault, wanted = one
            script = self.serve(lambda stage, to, turn: fault if stage == where else None)
            folder = self.place(script, ["ok"])
            run = self.send(folder)
            script.plan = lambda stage, to, turn: None
            return one, self.told(run), run, self.told(self.later(folder)), len(script.taken)
        with concurrent.futures.ThreadPoolExecutor(len(faults)) as pool:
            for (where, fault, wanted), told, run, later, taken in pool.map(case, faults):
                with self.subTest(where=where, fault=fault):
                    self.assertEqual((told, run.returncode), ({"ok": wanted}, 0 if wanted == "sent" else 6), run.stderr)
                    self.assertEqual(later, {"ok": {"sent": "already", "later": "sent"}.get(wanted, wanted)})
                    self.assertEqual(taken, 0 if wanted == "refused" else 1)
                    if isinstance(fault, str) and fault != HANG_UP:
                        self.assertIn(fault, run.stderr)

    def test_greylisting_takes_the_second_try_and_each_reader_once(self):
        script = self.serve(lambda stage, to, turn: "451 4.7.1 greylisted, come back" if stage == "rcpt" and turn == 1 else None)
        run = self.send(self.place(script, ["a", "b", "c"]))
        self.assertEqual((run.returncode, self.told(run)), (0, {"a": "sent", "b": "sent", "c": "sent"}), run.stderr)
        self.assertEqual(sorted(to for to, _, _ in script.taken), ["a", "b", "c"])
        self.assertEqual(script.turns["rcpt", "a"], 2)

    def test_the_message_is_what_the_server_heard(self):
        script = self.serve()
        folder = self.place(script, ["ok"])
        self.assertEqual(self.send(folder).returncode, 0)
        (to, sender, content), = script.taken
        self.assertEqual((to, sender), ("ok", "reports@example.org"))
        self.run_yekun("send", "report.json", "--period", "2025-Q1", "--dry-run", "--out", "dry", cwd=folder)
        dry, = (folder / "dry").glob("*.eml")
        self.assertEqual(content, dry.read_bytes())
        message = email.message_from_bytes(content, policy=email.policy.strict)
        self.assertEqual((str(message["to"]), list(message.iter_attachments())), ("ok@example.org", []))

    def test_a_server_that_sleeps_is_left_alone_after_three_messages(self):
        script = self.serve(lambda stage, to, turn: 8 if stage == "rcpt" else None)
        run = self.send(self.place(script, [f"r{n}" for n in range(8)]))
        self.assertEqual((run.returncode, set(self.told(run).values()), len(self.told(run))), (6, {"later"}, 8), run.stderr)
        self.assertEqual(len(script.turns), 3 + 1 + 1)  # three readers, the greeting and MAIL


class Secured(Judged):
    def certificate(self, name, *days):
        """For localhost, by nobody but itself."""
        key, cert = self.folder / f"{name}.key", self.folder / f"{name}.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", *(days or ["-days", "36500"]),
                        "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", key, "-out", cert], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        return context

    def test_tls_and_a_login_and_what_is_wrong_with_either(self):
        heard = []

        def login(server, session, envelope, mechanism, data):
            heard.append((server.port if hasattr(server, "port") else session.ssl is not None, data.login, data.password))
            return AuthResult(success=data.password == b"right", handled=False)
        good, other = self.certificate("localhost"), self.certificate("other.example.org")
        wanted = {
            "good": (dict(tls_context=good), {}, {}, 0, "ok@example.org: delivered"),
            "wrong password": (dict(tls_context=good), {}, {"MAIL_PASSWORD": "wrong"}, 6, "the mail server cannot be used: 535 5.7.8"),
            "unknown authority": (dict(tls_context=good), {"ca_file": None}, {}, 6, "the mail server cannot be used: SSL peer certificate"),
            "other name": (dict(tls_context=other), {"ca_file": "other.example.org.pem"}, {}, 6, "the mail server cannot be used: SSL peer certificate"),
            "STARTTLS taken away": ({}, {}, {}, 6, "the mail server cannot be used: Requested SSL level failed"),
        }

        def case(name):
            server, smtp, variables, _, _ = wanted[name]
            secure = {"require_starttls": True} if server else {"auth_require_tls": False}
            script = self.serve(**server, **secure, auth_required=True, authenticator=login)
            settings = {"server": "localhost", "security": "starttls", "user": "reports", "password_env": "MAIL_PASSWORD", "ca_file": "localhost.pem"} | smtp
            folder = self.place(script, ["ok"], **{key: value for key, value in settings.items() if value})
            for one in ("localhost.pem", "other.example.org.pem"):
                shutil.copy(self.folder / one, folder / one)
            return name, self.send(folder, **({"MAIL_PASSWORD": "right"} | variables)), script
        with concurrent.futures.ThreadPoolExecutor(len(wanted)) as pool:
            for name, run, script in pool.map(case, wanted):
                with self.subTest(name):
                    self.assertEqual(run.returncode, wanted[name][3], run.stderr)
                    self.assertIn(wanted[name][4], run.stderr)
                    self.assertEqual(len(script.taken), 1 if name == "good" else 0)
        self.assertEqual(sorted(heard), [(True, b"reports", b"right"), (True, b"reports", b"wrong")])


if __name__ == "__main__":
    logging.disable()  # what clients that hang up do to it
    warnings.simplefilter("ignore")
    main_at_once()
