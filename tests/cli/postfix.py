"""A Postfix of its own for tests: on loopback, with its own configuration, queue and mailboxes in a temporary directory, gone
afterwards; the machine's own mail service is not touched. Needs root, which Postfix starts as. Standard library only.

    with Postfix() as mail: mail.port, mail.tls_port, mail.authority, mail.received("ok"), mail.log()

STARTTLS is required on `port`, TLS from the first byte on `tls_port`; both want the password of USER."""
import contextlib
import os
import pathlib
import pwd
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time

PROGRAM = pathlib.Path("/usr/lib/postfix/sbin/master")
USER, PASSWORD = "reports", "only for tests ə"
READERS = ("ok", "second", "third")  # at example.org; others are refused

MAIN = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}/log
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost
mydestination =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/mailboxes
virtual_mailbox_maps = inline:{{ {mailboxes} }}
virtual_uid_maps = static:{user.pw_uid}
virtual_gid_maps = static:{user.pw_gid}
virtual_minimum_uid = 1
message_size_limit = 3000000
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = example.org
smtpd_delay_reject = no
smtpd_sender_restrictions = permit_sasl_authenticated, reject
smtpd_relay_restrictions = permit_sasl_authenticated, reject
"""
MASTER = """{port} inet n - n - - smtpd
{tls_port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
SASL = "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {folder}/etc/sasl/users\n"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def run(*command, **more):
    return subprocess.run([str(one) for one in command], check=True, capture_output=True, **more)


class Postfix:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="yekun-postfix-"))
        self.process, self.port, self.tls_port = None, free_port(), free_port()
        self.authority = self.folder / "authority.pem"
        try:
            self.make()
            self.start()
        except BaseException:
            self.close()
            raise

    def make(self):
        self.folder.chmod(0o755)
        user = pwd.getpwnam("postfix")
        places = {"etc": 0o755, "etc/sasl": 0o755, "data": 0o700, "log": 0o755, "mailboxes": 0o700, "queue": 0o755, "queue/pid": 0o755}
        places |= {f"queue/{one}": 0o700 for one in ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming",
                                                     "private", "saved", "trace")}
        places |= {"queue/maildrop": 0o1730, "queue/public": 0o2710}
        for name, mode in places.items():
            path = self.folder / name
            path.mkdir()
            if name not in ("etc", "etc/sasl", "log", "queue", "queue/pid"):
                shutil.chown(path, "postfix", "postdrop" if name in ("queue/maildrop", "queue/public") else None)
            path.chmod(mode)
        mailboxes = ", ".join(f"{{ {one}@example.org = {one}/ }}" for one in READERS)
        (self.folder / "etc" / "main.cf").write_text(MAIN.format(folder=self.folder, user=user, mailboxes=mailboxes))
        (self.folder / "etc" / "master.cf").write_text(MASTER.format(port=self.port, tls_port=self.tls_port))
        (self.folder / "etc" / "sasl" / "smtpd.conf").write_text(SASL.format(folder=self.folder))
        users = self.folder / "etc" / "sasl" / "users"
        run("saslpasswd2", "-p", "-c", "-u", "example.org", "-f", users, USER, input=PASSWORD.encode())
        shutil.chown(users, "postfix")
        self.make_certificates()

    def make_certificates(self):
        """An authority, and the server's certificate for the name localhost, signed by it."""
        new_key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        run("openssl", "req", "-x509", *new_key, "-days", "36500", "-subj", "/CN=Test authority", "-keyout", self.folder / "authority.key",
            "-out", self.authority)
        run("openssl", "req", *new_key, "-subj", "/CN=localhost", "-keyout", self.folder / "server.key", "-out", self.folder / "server.csr")
        names = self.folder / "names"
        names.write_text("subjectAltName=DNS:localhost\n")
        run("openssl", "x509", "-req", "-in", self.folder / "server.csr", "-CA", self.authority, "-CAkey", self.folder / "authority.key",
            "-CAcreateserial", "-days", "36500", "-extfile", names, "-out", self.folder / "server.pem")

    def start(self):
        said = open(self.folder / "said", "wb")
        self.process = subprocess.Popen([PROGRAM, "-c", self.folder / "etc", "-d"], stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                                        env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, start_new_session=True)
        said.close()
        until = time.monotonic() + 20
        while self.process.poll() is None and time.monotonic() < until:
            with contextlib.suppress(OSError, smtplib.SMTPException), smtplib.SMTP("127.0.0.1", self.port, timeout=5) as one:
                one.noop()
                return
            time.sleep(0.05)
        raise RuntimeError(f"Postfix does not start: {(self.folder / 'said').read_text()}{self.log()}")

    def close(self):
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)  # the master and all that it started
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def log(self):
        path = self.folder / "log" / "mail.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def settle(self):
        """Waits until the queue is empty: what was taken lies in a mailbox."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            if not any(path.is_file() for name in ("incoming", "active", "deferred") for path in (self.folder / "queue" / name).rglob("*")):
                return
            time.sleep(0.02)
        raise RuntimeError("Postfix does not deliver: " + self.log())

    def received(self, reader):
        """The messages in a reader's mailbox, as bytes."""
        self.settle()
        return [path.read_bytes() for path in sorted((self.folder / "mailboxes" / reader / "new").glob("*"))]

    def limit(self, size):
        """Takes messages up to this size from now on."""
        path = self.folder / "etc" / "main.cf"
        path.write_text(re.sub(r"message_size_limit = \d+", f"message_size_limit = {size}", path.read_text()))
        self.process.send_signal(signal.SIGHUP)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with contextlib.suppress(OSError, smtplib.SMTPException), smtplib.SMTP("127.0.0.1", self.port, timeout=5) as one:
                one.ehlo()
                if one.esmtp_features.get("size") == str(size):
                    return
            time.sleep(0.05)
        raise RuntimeError("Postfix does not read its configuration again: " + self.log())

    def forget(self):
        """Empties the mailboxes."""
        self.settle()
        for one in READERS:
            shutil.rmtree(self.folder / "mailboxes" / one, ignore_errors=True)
