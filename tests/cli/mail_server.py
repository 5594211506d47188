"""A scripted mail server on loopback: what it does wrong is said by whom a message is for, and it remembers all it took."""
import socketserver
import ssl
import threading


class MailServer(socketserver.ThreadingTCPServer):
    """`plan(to, turn)` gives the fault of the turn-th try (from 1) for a reader, or None:
    "rcpt 451 words", "data 451 words", "end 552 words": that answer, at that point;
    "drop mail|rcpt|data|body|end|kept": hangs up there; "end" has the whole message and forgets it, "kept" keeps it.
    `early`: what it answers to ehlo, star(ttls), auth or mail instead, or "drop". `greet(n)` is the same for the n-th connection: "421 words", or "drop". `tls`: a certificate and key file; `starttls`: False
    where the server must not offer it; `password`: what it asks of the user "reports"."""
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, plan=lambda to, turn: None, greet=lambda n: None, tls=None, at_once=False, starttls=True, password=None, early=None):
        self.plan, self.greet, self.at_once, self.starttls, self.password = plan, greet, at_once, starttls, password
        self.early = early or {}
        self.taken, self.asked, self.logins, self.lost, self.cut_short = [], [], [], [], []
        self.connections, self.lock = 0, threading.Lock()
        self.context = None
        if tls:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*tls)
        self.hold_next, self.held = False, 0
        super().__init__(("127.0.0.1", 0), Session)
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        """Clients are killed in the middle of what they say; that is what the tests are for."""

    def close(self):
        self.shutdown()
        self.server_close()


class HangUp(Exception):
    pass


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        server = self.server
        with server.lock:
            server.connections += 1
            number = server.connections
        try:
            if server.at_once:
                self.secure()
            fault = server.greet(number)
            if fault == "drop":
                return
            self.say(fault or "220 test")
            if not fault:
                self.talk()
        except (HangUp, OSError, ssl.SSLError):
            pass
        finally:
            self.request.close()

    def say(self, line):
        self.wfile.write((line if isinstance(line, bytes) else line.encode()) + b"\r\n")
        self.wfile.flush()

    def secure(self):
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)

    def talk(self):
        self.secured, self.known = self.server.at_once, self.server.password is None
        self.to, self.fault = "", None
        while line := self.rfile.readline().decode("utf-8", "replace").rstrip("\r\n"):
            word = line[:4].upper()
            if word == "QUIT":
                return self.say("221 bye")
            early = self.server.early.get(word.lower())
            if early == "drop":
                return
            if early is None:
                getattr(self, "on_" + word.lower(), self.on_other)(line)
            else:
                self.say(early)

    def on_other(self, line):
        self.say("250 fine")

    def on_ehlo(self, line):
        offers = ["test"]
        if self.server.context and self.server.starttls and not self.secured:
            offers.append("STARTTLS")
        if self.server.password is not None and self.secured:
            offers.append("AUTH PLAIN")
        for offer in offers[:-1]:
            self.say("250-" + offer)
        self.say("250 " + offers[-1])

    def on_star(self, line):
        if not self.server.context or not self.server.starttls:
            return self.say("502 no")
        self.say("220 go on")
        self.secure()
        self.secured = True

    def on_auth(self, line):
        import base64
        words = line.split()
        if len(words) < 3:
            self.say("334 ")
            words.append(self.rfile.readline().decode().strip())
        login = base64.b64decode(words[2]).decode().split("\0")[1:]
        self.server.logins.append((self.secured, *login))
        self.known = login == ["reports", self.server.password]
        self.say("235 welcome" if self.known else "535 wrong user or password")

    def on_mail(self, line):
        self.say("250 fine" if self.known else "530 who are you")

    def on_rcpt(self, line):
        self.to = line[line.index("<") + 1:line.index(">")]
        with self.server.lock:
            self.server.asked.append(self.to)
            turn = self.server.asked.count(self.to)
        self.fault = self.server.plan(self.to, turn)
        self.at("rcpt", "250 fine")

    def on_data(self, line):
        if not self.at("data", "354 go on"):
            return
        message = b""
        while not message.endswith(b"\r\n.\r\n"):
            line = self.rfile.readline()
            if not line:
                raise HangUp
            message += line
            if self.fault == "drop body" and len(message) > 2000:
                self.server.cut_short.append(self.to)  # all of it may have been on its way
                raise HangUp
        if self.server.hold_next:  # keeps the message and does not answer until the client is gone
            self.server.hold_next = False
            self.server.taken.append((self.to, message))
            self.server.lost.append(self.to)
            self.server.held += 1
            self.rfile.read(1)
            raise HangUp
        if self.fault == "drop end":
            self.server.lost.append(self.to)
            raise HangUp
        if self.fault is None or not self.fault.startswith("end"):
            with self.server.lock:
                self.server.taken.append((self.to, message[:-3].replace(b"\r\n..", b"\r\n.")))
        if self.fault == "drop kept":
            self.server.lost.append(self.to)
            raise HangUp
        self.at("end", "250 taken")

    def at(self, stage, answer):
        """Says the answer or what the plan has for this stage; whether the answer was the good one."""
        if self.fault == "drop " + stage:
            raise HangUp
        if self.fault and self.fault.startswith(stage + " "):
            self.say(self.fault[len(stage) + 1:].encode("utf-8", "surrogateescape"))
            return False
        self.say(answer)
        return True
