"""A PostgreSQL server for tests: on loopback, in a temporary directory, gone afterwards.

    server.py COMMAND...    runs COMMAND with the server's address in the environment (PGHOST, PGPORT, PGUSER, PGPASSWORD,
                            PGDATABASE, and YEKUN_TEST_SERVER, which names its directory) and gives its exit code back

As a module: with Server() as server: ... Standard library only. root starts it as the user postgres.
"""
import glob
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

PASSWORD = "for tests only"


def binaries():
    """The directory of the newest server that is installed."""
    found = glob.glob("/usr/lib/postgresql/*/bin")
    if not found:
        sys.exit("no PostgreSQL server is installed: scripts/setup --tests installs it")
    return max(found, key=lambda path: int(re.search(r"postgresql/(\d+)", path).group(1)))


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    def __init__(self, **settings):
        self.directory = tempfile.mkdtemp(prefix="yekun-pg-")
        self.data = os.path.join(self.directory, "data")
        self.settings = settings
        self.port = None
        try:
            self.make()
            self.start()
        except BaseException:
            self.close()
            raise

    def run(self, program, *arguments, check=True):
        """As an unprivileged user: the server refuses to run as root."""
        command = [os.path.join(binaries(), program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, cwd=self.directory, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"}, timeout=120)
        if check and done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")
        return done

    def make(self):
        secret = os.path.join(self.directory, "password")
        with open(secret, "w", encoding="utf-8") as file:
            file.write(PASSWORD)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            for path in (self.directory, secret):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        self.run("initdb", "-D", self.data, "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync", "-A",
                 "scram-sha-256", f"--pwfile={secret}")

    def start(self):
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off",
                    "shared_buffers": "32MB", "max_connections": "40",
                    "log_statement": "all", **self.settings}
        for _ in range(5):  # another program may take the port first
            self.port = self.port or free_port()
            options = " ".join(f"-c {name}='{value}'" for name, value in {**settings, "port": self.port}.items())
            log = os.path.join(self.directory, "log")
            done = self.run("pg_ctl", "start", "-w", "-t", "60", "-D", self.data, "-l", log, "-o", options, check=False)
            if done.returncode == 0:
                return
            self.port = None
            time.sleep(0.2)
        with open(log, encoding="utf-8") as file:
            raise RuntimeError(f"the server does not start: {done.stdout}{done.stderr}{file.read()}")

    def stop(self):
        self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.data, check=False)

    def close(self):
        if self.port:
            self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def variables(self, database="postgres"):
        return {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": "postgres", "PGPASSWORD": PASSWORD,
                "PGDATABASE": database}

    def connection(self, database="postgres"):
        return f"host=127.0.0.1 port={self.port} user=postgres dbname={database}"

    def sql(self, text, database="postgres"):
        """Runs statements; what they print, tuples only."""
        done = subprocess.run([os.path.join(binaries(), "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"],
                              input=text, capture_output=True, text=True, timeout=120,
                              env={**os.environ, **self.variables(database)})
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout


if __name__ == "__main__":
    with Server() as one:
        code = subprocess.call(sys.argv[1:], env={**os.environ, **one.variables(),
                                                  "YEKUN_TEST_SERVER": one.directory})
    sys.exit(code)
