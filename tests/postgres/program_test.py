"""The program over PostgreSQL as users run it: numbers, --sql, Ctrl-C, a connection lost midway. And three servers: a fact
table whose parts lie on two others (postgres_fdw)."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
import cli  # noqa: E402  (takes its arguments from sys.argv)
from server import PASSWORD, Server  # noqa: E402

REGIONS = ["Baku", "Quba", "Shaki", "Lankaran"]
TABLE = "(day date, region text, person text, cost numeric(9,2))"
ROWS = """insert into {table} select date '2025-01-01' + n % 200, {region}, 'p' || n % 997, n % 100 / 8.0
          from generate_series(1, 4000) as n where {condition}"""
REGION = "(array['Baku','Quba','Shaki','Lankaran'])[1 + n % 4]"


def programme(source):
    return {
        "programme": {"id": "t", "title": {"en": "T"}, "languages": ["en"], "timezone": "Asia/Baku"},
        "datasets": {"visits": {"source": source, "date": "day", "personal": ["person"],
                                "columns": {"day": "date", "region": "text", "person": "text", "cost": "decimal"}}},
        "indicators": {"visits": {"dataset": "visits", "measure": "count(*)", "unit": "visits", "over_time": "sum"},
                       "cost": {"dataset": "visits", "measure": "sum(cost)", "unit": "AZN", "over_time": "sum"},
                       "people": {"dataset": "visits", "measure": "count(distinct person)", "unit": "people"}}}


QUERY = ("query", "programme.json", "--indicators", "visits,cost,people", "--by", "region", "--period", "2025-Q1..2025-Q2",
         "--per", "quarter", "--totals", "--format", "csv")


class Program(cli.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.server.sql(f"create table visits {TABLE};" + ROWS.format(table="visits", region=REGION, condition="true"))

    def write(self, source):
        (self.folder / "programme.json").write_text(json.dumps(programme(source)), encoding="utf-8")

    def in_database(self, **more):
        self.write({"connection": self.server.connection(), "table": "visits", **more})

    def numbers_of_files(self):
        rows = self.server.sql("copy visits to stdout with (format csv, header)")
        (self.folder / "data" / "visits.csv").write_text(rows, encoding="utf-8")
        self.write("data/visits.csv")
        return self.run_yekun(*QUERY).stdout

    def test_numbers_are_those_of_files(self):
        expected = self.numbers_of_files()
        self.assertEqual(expected.count("\n"), 16)
        self.in_database()
        run = self.run_yekun(*QUERY, PGPASSWORD=PASSWORD)
        self.assertEqual((run.returncode, run.stderr, run.stdout), (0, "", expected))
        check = self.run_yekun("check", "programme.json", PGPASSWORD=PASSWORD)
        self.assertEqual((check.returncode, check.stderr), (0, "programme.json: no mistakes\n"))

    def test_the_server_is_told_that_the_program_ends(self):
        self.in_database()
        log = pathlib.Path(self.server.directory) / "log"
        before = len(log.read_text(encoding="utf-8"))
        self.assertEqual(self.run_yekun(*QUERY, PGPASSWORD=PASSWORD).returncode, 0)
        connected = "select count(*) from pg_stat_activity where application_name = 'yekun'"
        self.wait_for(lambda: self.server.sql(connected).strip() == "0")
        said = log.read_text(encoding="utf-8")[before:]
        self.assertIn("group by 1, 2", said)
        self.assertNotIn("unexpected EOF", said)

    def test_a_password_file_or_service_gives_the_password(self):
        expected = self.numbers_of_files()
        secret = self.folder / "pgpass"
        secret.write_text(f"127.0.0.1:*:*:postgres:{PASSWORD}\n", encoding="utf-8")
        secret.chmod(0o600)
        self.in_database()
        self.assertEqual(self.run_yekun(*QUERY, PGPASSFILE=str(secret)).stdout, expected)
        service = self.folder / "services"
        service.write_text(f"[registry]\nhost=127.0.0.1\nport={self.server.port}\nuser=postgres\ndbname=postgres\n"
                           f"password={PASSWORD}\n", encoding="utf-8")
        self.write({"connection": "registry", "table": "visits"})
        self.assertEqual(self.run_yekun(*QUERY, PGSERVICEFILE=str(service)).stdout, expected)

    def test_without_a_password_and_without_a_server_the_exit_code_is_4(self):
        self.in_database()
        run = self.run_yekun(*QUERY)
        self.assertEqual((run.returncode, run.stdout), (4, ""))
        self.assertIn("error[no-password]: '127.0.0.1' asks for the password of user 'postgres'", run.stderr)
        self.write({"connection": "host=127.0.0.1 port=1 user=postgres dbname=x", "table": "visits"})
        run = self.run_yekun("check", "programme.json")
        self.assertEqual(run.returncode, 4)
        self.assertIn("programme.json:1:", run.stderr)
        self.assertIn("error[unreachable-database]", run.stderr)

    def test_sql_is_printed_and_nothing_computed(self):
        self.in_database()
        run = self.run_yekun(*QUERY, "--sql", PGPASSWORD=PASSWORD)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn("sum(r.\"cost\")", run.stdout)
        self.assertIn("group by 1, 2", run.stdout)
        self.numbers_of_files()
        run = self.run_yekun(*QUERY, "--sql")
        self.assertEqual(run.stdout, "-- visits: the rows are read, since they are in files\n")

    def test_a_database_that_must_compute_is_refused_by_check_at_the_indicator(self):
        wanted = programme({"connection": self.server.connection(), "table": "visits", "compute": "database"})
        wanted["indicators"]["middle"] = {"dataset": "visits", "measure": "median(cost)", "unit": "AZN"}
        (self.folder / "programme.json").write_text(json.dumps(wanted, indent=1), encoding="utf-8")
        check = self.run_yekun("check", "programme.json", PGPASSWORD=PASSWORD)
        self.assertEqual((check.returncode, check.stderr), (0, "programme.json: no mistakes\n"))
        wanted["indicators"]["newest"] = {"dataset": "visits", "measure": "last(cost)", "unit": "AZN"}
        (self.folder / "programme.json").write_text(json.dumps(wanted, indent=1), encoding="utf-8")
        refused = self.run_yekun("check", "programme.json", PGPASSWORD=PASSWORD)
        self.assertEqual(refused.returncode, 3, refused.stderr)
        line = json.dumps(wanted, indent=1).split("\n").index('  "newest": {') + 1
        self.assertIn(f"programme.json:{line}:13: error[not-in-database]: the database of 'visits' cannot compute this: "
                      "'first' and 'last' go by the order in which rows are read\n", refused.stderr)
        self.assertIn('leave out "compute": "database"', refused.stderr)
        self.assertEqual(refused.stderr.count("error["), 1)

    def test_ctrl_c_cancels_what_the_server_does(self):
        query = "select visits.* from visits, pg_sleep(60)"
        self.write({"connection": self.server.connection(), "query": query})
        process = subprocess.Popen([cli.YEKUN, *QUERY], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env={"PATH": os.environ["PATH"], "PGPASSWORD": PASSWORD})
        active = "select count(*) from pg_stat_activity where application_name = 'yekun' and state = 'active'"
        self.wait_for(lambda: self.server.sql(active).strip() == "1")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130)
        self.wait_for(lambda: self.server.sql(active).strip() == "0")

    def test_a_connection_lost_midway_leaves_no_output(self):
        self.write({"connection": self.server.connection(), "query": "select visits.* from visits, pg_sleep(5)"})
        report = {"programme": "programme.json", "title": {"en": "R"}, "period": "quarter", "outputs": ["xlsx"],
                  "sections": [{"kpis": ["visits"]}]}
        (self.folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
        process = subprocess.Popen([cli.YEKUN, "build", "report.json", "--period", "2025-Q1", "--out", "out"],
                                   cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env={"PATH": os.environ["PATH"], "PGPASSWORD": PASSWORD,
                                        "SOURCE_DATE_EPOCH": "1760000000"})
        asking = ("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'yekun' and "
                  "state = 'active' and query like '-- the finest groups%'")
        # The first loss may come before a row was used: asked again, once.
        while process.poll() is None:
            self.server.sql(asking)
            time.sleep(0.1)
        said = process.communicate()[1]
        self.assertEqual(process.returncode, 4, said)
        self.assertIn("error[connection-lost]", said)
        self.assertEqual(list((self.folder / "out").glob("*")) if (self.folder / "out").exists() else [], [])

    def wait_for(self, met):
        for _ in range(300):
            if met():
                return
            time.sleep(0.1)
        self.fail("it did not happen within 30 seconds")


class Cluster(cli.Case):
    """The head holds a table partitioned by region; two regions lie on each of two other servers."""

    @classmethod
    def setUpClass(cls):
        cls.servers = []
        for _ in range(3):
            cls.servers.append(Server())
            cls.addClassCleanup(cls.servers[-1].close)
        head = cls.servers[0]
        head.sql(f"create extension postgres_fdw; create table visits {TABLE} partition by list (region);")
        for at, worker in enumerate(cls.servers[1:]):
            regions = REGIONS[2 * at: 2 * at + 2]
            names = ", ".join(f"'{region}'" for region in regions)
            worker.sql(f"create table visits {TABLE};" +
                       ROWS.format(table="visits", region=REGION, condition=f"{REGION} in ({names})"))
            worker.sql("analyze visits")
            head.sql(f"""
                create server worker{at} foreign data wrapper postgres_fdw options (host '127.0.0.1',
                  port '{worker.port}', dbname 'postgres', use_remote_estimate 'true');
                create user mapping for postgres server worker{at} options (user 'postgres', password '{PASSWORD}');""")
            for region in regions:  # a partition a region: only groups that contain the key are aggregated there
                worker.sql(f"create view visits_{region} as select * from visits where region = '{region}'")
                head.sql(f"create foreign table visits_{region} partition of visits for values in ('{region}') server "
                         f"worker{at} options (table_name 'visits_{region.lower()}')")
        head.sql("alter system set enable_partitionwise_aggregate = on")
        head.sql("select pg_reload_conf()")

    def test_the_numbers_are_those_of_one_table_and_groups_by_region_are_made_remotely(self):
        head = self.servers[0]
        one = "(select * from visits) as one"
        (self.folder / "programme.json").write_text(
            json.dumps(programme({"connection": head.connection(), "table": "visits"})), encoding="utf-8")
        run = self.run_yekun(*QUERY, PGPASSWORD=PASSWORD)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        rows = head.sql(f"copy (select * from {one}) to stdout with (format csv, header)")
        (self.folder / "data" / "visits.csv").write_text(rows, encoding="utf-8")
        (self.folder / "files.json").write_text(json.dumps(programme("data/visits.csv")), encoding="utf-8")
        expected = self.run_yekun(QUERY[0], "files.json", *QUERY[2:])
        self.assertEqual(run.stdout, expected.stdout)
        self.assertEqual(run.stdout.count("\n"), 16)

        printed = self.run_yekun("query", "programme.json", "--indicators", "visits,cost", "--by", "region", "--period",
                                 "2025-Q1", "--sql", PGPASSWORD=PASSWORD).stdout
        statement = printed.split(";\n")[0]
        parameters = [line.split(" = ", 1)[1] for line in printed.splitlines() if line.startswith("--   $")]
        for at in range(len(parameters), 0, -1):
            statement = statement.replace(f"${at}::", f"{parameters[at - 1]}::")
        plan = head.sql("explain (verbose, costs off) " + statement)
        self.assertIn("Relations: Aggregate on", plan)


if __name__ == "__main__":
    cli.main()
