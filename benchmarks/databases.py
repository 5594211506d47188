#!/usr/bin/env python3
"""benchmarks/databases.py [--build DIR] [--runs N] DATA.csv

Attendance rows (docs/performance.md says what is in them) in PostgreSQL: 'yekun query' against the statement that one would
write by hand for psql, on one server, and on three (a table partitioned by region, whose parts lie on two others by postgres_fdw).
Whole processes, by turns, warm; medians of N runs, and what came over the wire: by a relay that counts bytes, in a run of its
own. Then the first question with the rows read (a column declared clean cannot be grouped by there). Servers are started on
loopback in temporary directories and stopped. Last the same rows in a SQLite file, which yekun reads, against SQLite's own
grouping. Exit code 1 if a question on one server takes more than 1.1 times its statement.
"""
import argparse
import csv
import json
import os
import pathlib
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/postgres"))
sys.dont_write_bytecode = True
from server import PASSWORD, Server, binaries, free_port  # noqa: E402

LIMIT = 1.1
COLUMNS = ("event_id text, participant_id text, date date, region text, district text, organisation text, activity text, sex text,"
           "birth_year integer, disability text, status text, hours numeric(6,1), score_pre numeric(6,1), score_post numeric(6,1), note text")
KEYS = "date_trunc('quarter', date), region, sex"
SUMS = "count(*), sum(hours), avg(score_post - score_pre), avg((status = 'present')::int)"
PEOPLE = "count(*), count(distinct participant_id)"
QUESTIONS = {
    "count, sum, average, share": ("n,hours,gain,rate", [], f"select {KEYS}, {SUMS} from {{t}} group by 1, 2, 3 order by 1, 2, 3"),
    "one quarter of twelve": ("n,hours,gain,rate", ["--period", "2023-Q2"],
                              f"select {KEYS}, {SUMS} from {{t}} where date >= '2023-04-01' and date < '2023-07-01' group by 1, 2, 3 order by 1, 2, 3"),
    "count, distinct people": ("n,participants", [], f"select {KEYS}, {PEOPLE} from {{t}} group by 1, 2, 3 order by 1, 2, 3"),
    "all five with all totals": ("n,hours,gain,rate,participants", ["--totals"],
                                 f"select {KEYS}, {SUMS}, count(distinct participant_id) from {{t}} group by cube(1, 2, 3) order by 1, 2, 3"),
}


def programme(connection, table, clean):
    out = {"programme": {"id": "w1", "title": {"en": "Attendance"}, "languages": ["en"], "timezone": "UTC"},
           "datasets": {"attendance": {"source": {"connection": connection, "table": table}, "date": "date", "personal": ["participant_id"],
                                       "columns": {"participant_id": "text", "date": "date", "region": "text", "sex": "text", "status": "text",
                                                   "hours": "decimal", "score_pre": "decimal", "score_post": "decimal"}}},
           "indicators": {"n": {"dataset": "attendance", "measure": "count()"},
                          "participants": {"dataset": "attendance", "measure": "count(distinct participant_id)"},
                          "hours": {"dataset": "attendance", "measure": "sum(hours)"},
                          "gain": {"dataset": "attendance", "measure": "average(score_post - score_pre)"},
                          "rate": {"dataset": "attendance", "measure": "share(status = 'present')"}}}
    if clean:
        out["datasets"]["attendance"]["columns"]["region"] = {"type": "text", "clean": True}
    return out


class Relay:
    """Passes a connection on to the server and counts what the server says."""

    def __init__(self, port):
        self.bytes = 0
        self.port = free_port()
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.target = port
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            server = socket.create_connection(("127.0.0.1", self.target))
            for one, other, counted in ((client, server, False), (server, client, True)):
                threading.Thread(target=self.pump, args=(one, other, counted), daemon=True).start()

    def pump(self, source, sink, counted):
        try:
            while data := source.recv(1 << 16):
                self.bytes += len(data) if counted else 0
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class Measurement:
    def __init__(self, yekun, server, folder, runs):
        self.yekun, self.server, self.folder, self.runs = yekun, server, folder, runs
        self.environment = {**os.environ, **server.variables()}

    def run(self, command):
        started = time.perf_counter()
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)}\n{done.stderr}")
        return time.perf_counter() - started, done.stdout

    def ask(self, indicators, more, name="programme.json"):
        return self.run([self.yekun, "query", name, "--indicators", indicators, "--by", "region,sex", "--per", "quarter",
                         "--format", "csv", *more])

    def write(self, name, port, table, clean=False):
        connection = f"host=127.0.0.1 port={port} user=postgres dbname=postgres"
        (self.folder / name).write_text(json.dumps(programme(connection, table, clean)), encoding="utf-8")

    def moved(self, question, clean=False):
        indicators, more, _ = question
        relay = Relay(self.server.port)
        self.write("relayed.json", relay.port, "att", clean)
        self.ask(indicators, more, "relayed.json")
        return relay.bytes

    def compare(self, title):
        """Prints a line a question; the worst ratio."""
        self.write("programme.json", self.server.port, "att")
        self.write("read.json", self.server.port, "att", clean=True)
        worst = 0
        print(f"{title}\n{'':28}{'yekun':>9}{'by hand':>9}{'ratio':>7}{'moved':>12}")
        for name, (indicators, more, statement) in QUESTIONS.items():
            psql = [os.path.join(binaries(), "psql"), "-X", "-q", "-A", "-t", "-c", statement.format(t="att")]
            self.ask(indicators, more)
            self.run(psql)
            times = [(self.ask(indicators, more)[0], self.run(psql)[0]) for _ in range(self.runs)]
            ours, hand = (statistics.median(column) for column in zip(*times))
            worst = max(worst, ours / hand)
            print(f"{name:28}{ours:8.2f}s{hand:8.2f}s{ours / hand:7.2f}{self.moved((indicators, more, None)) / 1000:9.0f} kB", flush=True)
        question = next(iter(QUESTIONS.values()))
        same = self.ask(*question[:2])[1] == self.ask(*question[:2], "read.json")[1]
        read = statistics.median(self.ask(*question[:2], "read.json")[0] for _ in range(self.runs))
        print(f"{'the first, rows read':28}{read:8.2f}s{'':16}{self.moved(question, clean=True) / 1000:9.0f} kB\n")
        if not same:
            sys.exit("the numbers of rows read differ")
        return worst


def load(server, data, table="att"):
    server.sql(f"create table {table} ({COLUMNS});\n\\copy {table} from '{data}' with (format csv, header)\nvacuum analyze {table}")


def compare_sqlite(measurement, data):
    """SQLite's own group by in a process of its own, as its user would run it; the file has no index."""
    path = measurement.folder / "att.sqlite"
    with open(data, newline="", encoding="utf-8") as rows, sqlite3.connect(path) as database:
        reader = csv.reader(rows)
        names = next(reader)
        kinds = dict(part.split(" ", 1) for part in COLUMNS.replace("(6,1)", "").replace(", ", ",").split(","))
        database.execute(f"create table att ({', '.join(f'{name} {kinds[name]}' for name in names)})")
        database.executemany(f"insert into att values ({', '.join('?' * len(names))})", ([cell or None for cell in row] for row in reader))
    database.close()
    spec = programme("", "att", False)
    spec["datasets"]["attendance"]["source"] = {"file": path.name, "table": "att"}
    (measurement.folder / "sqlite.json").write_text(json.dumps(spec), encoding="utf-8")
    quarter = "strftime('%Y', date) || (strftime('%m', date) + 2) / 3"
    print(f"SQLite\n{'':28}{'yekun':>9}{'SQLite':>9}{'ratio':>7}")
    for name in ("count, sum, average, share", "count, distinct people"):
        indicators, more, statement = QUESTIONS[name]
        asked = statement.format(t="att").replace("date_trunc('quarter', date)", quarter).replace("::int", "")
        itself = [sys.executable, "-c", f"import sqlite3; print(len(sqlite3.connect({str(path)!r}).execute({asked!r}).fetchall()))"]
        times = [(measurement.ask(indicators, more, "sqlite.json")[0], measurement.run(itself)[0]) for _ in range(measurement.runs + 1)][1:]
        ours, theirs = (statistics.median(column) for column in zip(*times))
        print(f"{name:28}{ours:8.2f}s{theirs:8.2f}s{ours / theirs:7.2f}", flush=True)


def spread(servers, data):
    """Regions by turns on the last two servers; the first holds the partitions' names."""
    head, *workers = servers
    for worker in workers:
        load(worker, data, "every")
    regions = workers[0].sql("select distinct coalesce(region, '') from every order by 1").split("\n")[:-1]
    head.sql(f"create extension postgres_fdw; create table att ({COLUMNS}) partition by list (region)")
    for at, worker in enumerate(workers):
        head.sql(f"""create server worker{at} foreign data wrapper postgres_fdw options (host '127.0.0.1', port '{worker.port}',
                     dbname 'postgres', use_remote_estimate 'true', fetch_size '10000');
                     create user mapping for postgres server worker{at} options (user 'postgres', password '{PASSWORD}')""")
    for at, region in enumerate(regions):
        worker = workers[at % len(workers)]
        quoted = region.replace("'", "''")
        value = f"'{quoted}'" if region else "null"
        worker.sql(f"create table att_{at} as select * from every where region is not distinct from {value}; vacuum analyze att_{at}")
        head.sql(f"create foreign table att_{at} partition of att for values in ({value}) server worker{at % len(workers)} "
                 f"options (table_name 'att_{at}')")
    head.sql("alter system set enable_partitionwise_aggregate = on; select pg_reload_conf()")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[1])
    parser.add_argument("--build", default=str(ROOT / "build/release"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("data")
    arguments = parser.parse_args()
    yekun = str(pathlib.Path(arguments.build).resolve() / "yekun")
    data = str(pathlib.Path(arguments.data).resolve())
    settings = {"shared_buffers": "512MB", "work_mem": "64MB", "log_statement": "none"}
    with tempfile.TemporaryDirectory() as folder:
        with Server(**settings) as one:
            load(one, data)
            measurement = Measurement(yekun, one, pathlib.Path(folder), arguments.runs)
            worst = measurement.compare("one server")
            compare_sqlite(measurement, data)
        with Server(**settings) as head, Server(**settings) as left, Server(**settings) as right:
            spread([head, left, right], data)
            Measurement(yekun, head, pathlib.Path(folder), arguments.runs).compare("three servers")
    sys.exit(worst > LIMIT)


if __name__ == "__main__":
    main()
