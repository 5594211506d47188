"""yekun doctor, completion and manual."""
import json
import re
import shutil
import socket
import subprocess
import threading

from cli import YEKUN, Case, main


class Doctor(Case):
    def test_a_machine_that_has_all_gives_0_and_a_line_for_each_answer(self):
        run = self.run_yekun("doctor")
        self.assertEqual((run.returncode, run.stderr), (0, ""), run.stdout)
        self.assertEqual([line.split("  ")[0].strip() for line in run.stdout.splitlines()],
                         ["program", "fonts", "languages", "time zones", "clock", "output", "cache"])
        self.assertIn("Asia/Tbilisi", run.stdout)
        self.assertNotIn("WRONG", run.stdout)
        self.assertFalse((self.folder / "out").exists())

    def test_json_is_one_object_for_each_answer(self):
        answers = [json.loads(line) for line in self.run_yekun("doctor", "--json").stdout.splitlines()]
        self.assertTrue(all(one["good"] for one in answers))
        self.assertEqual(answers[1]["check"], "fonts")

    def test_a_folder_that_cannot_be_written_gives_5_and_what_to_do(self):
        run = self.run_yekun("doctor", "--out", "programme.json/out")
        self.assertEqual(run.returncode, 5)
        self.assertIn("output       WRONG  'programme.json/out' cannot be written\n", run.stdout)
        self.assertIn("to do: ask for the right to write", run.stdout)

    def test_a_ledger_that_is_none_yet_is_good_and_a_damaged_one_gives_6(self):
        self.assertIn("none yet; the first delivery makes", self.run_yekun("doctor", "report.json").stdout)
        (self.folder / "ledger.sqlite").write_text("no database at all, but long enough to be looked at" * 20)
        run = self.run_yekun("doctor", "report.json")
        self.assertEqual(run.returncode, 6, run.stdout)
        self.assertIn("ledger       WRONG", run.stdout)

    def deliver(self, port):
        self.change("report.json", '"outputs"', '"deliver": {"email": {"from": "a@example.org", "to": ["b@example.org"]}, '
                    f'"through": {{"smtp": {{"server": "127.0.0.1", "port": {port}, "security": "none"}}}}}}, "outputs"')

    def test_a_mail_server_that_greets_is_good_and_only_asked_with_smtp(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(20)

            def greet():
                peer, _ = server.accept()
                with peer:
                    peer.sendall(b"220 mail.example.org ready\r\n")
                    peer.settimeout(5)
                    self.heard = peer.recv(100)
            thread = threading.Thread(target=greet)
            thread.start()
            self.deliver(server.getsockname()[1])
            self.assertNotIn("mail server", self.run_yekun("doctor", "report.json").stdout)
            run = self.run_yekun("doctor", "report.json", "--smtp")
            thread.join()
        self.assertEqual(run.returncode, 0, run.stdout)
        self.assertIn("220 mail.example.org ready", run.stdout)
        self.assertEqual(self.heard, b"")

    def test_a_copy_of_the_ledger_replaces_nothing(self):
        self.assertEqual(self.run_yekun("ledger", "submit", "report.json", "--period", "2025-Q1", "--to", "D").returncode, 0)
        self.assertEqual(self.run_yekun("ledger", "backup", "report.json", "copy.sqlite").returncode, 0)
        self.assertIn("report 2025-Q1  to D", self.run_yekun("ledger", "list", "copy.sqlite").stdout)
        again = self.run_yekun("ledger", "backup", "report.json", "copy.sqlite")
        self.assertEqual(again.returncode, 6)
        self.assertEqual(again.stderr, "copy.sqlite: error[copy-exists]: there is such a file already\n"
                                       "  hint: name another one; copies never replace anything\n")

    def test_a_mail_server_that_does_not_listen_gives_6(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        self.deliver(port)
        run = self.run_yekun("doctor", "report.json", "--smtp")
        self.assertEqual(run.returncode, 6)
        self.assertIn(f"mail server  WRONG  '127.0.0.1' port {port} cannot be reached: nothing listens there\n", run.stdout)


class Shells(Case):
    def commands(self):
        listed = self.run_yekun("--help").stdout.split("Subcommands:")[1].split("\n\n")[0]
        return [line.split()[0] for line in listed.splitlines() if re.match(r"  [a-z]", line)]

    def completed(self, *words):
        script = self.folder / "yekun.bash"
        script.write_text(self.run_yekun("completion", "bash").stdout)
        typed = " ".join(f"'{word}'" for word in words)
        run = subprocess.run(["bash", "-c", f"source yekun.bash; COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; "
                              "_yekun 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\""], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(run.stderr, "")
        return [word for word in run.stdout.splitlines() if word]

    def test_bash_completes_commands_options_words_and_files(self):
        self.assertEqual(self.completed("yekun", ""), self.commands())
        self.assertEqual(self.completed("yekun", "bui"), ["build"])
        self.assertEqual(self.completed("yekun", "build", "--per"), ["--period"])
        self.assertEqual(self.completed("yekun", "build", "rep"), ["report.json"])
        self.assertEqual(self.completed("yekun", "query", "programme.json", "--format", ""), ["table", "csv", "json"])
        self.assertEqual(self.completed("yekun", "ledger", "sub"), ["submit"])
        self.assertEqual(set(self.completed("yekun", "ledger", "submit", "report.json", "--t")), {"--to", "--threads"})

    def test_bash_offers_every_option_of_the_help(self):
        for command in self.commands():
            named = set(re.findall(r"--[a-z][a-z-]+", re.sub(r"(?m)^ {10,}.*$", "", self.run_yekun(command, "--help").stdout).split("Options:")[-1]))
            if command not in ("ledger", "schedule"):
                self.assertLessEqual({"--json", "--help"}, set(self.completed("yekun", command, "--")))
            self.assertLessEqual(set(self.completed("yekun", command, "--")) - {"--help"}, named | {"--help"}, command)

    def test_zsh_and_fish_read_their_scripts_and_fish_completes(self):
        for shell in ("zsh", "fish"):
            if shutil.which(shell):
                script = self.folder / f"yekun.{shell}"
                script.write_text(self.run_yekun("completion", shell).stdout)
                run = subprocess.run([shell, "-n", script], capture_output=True, text=True)
                self.assertEqual((run.returncode, run.stderr), (0, ""))
        if shutil.which("fish"):
            run = subprocess.run(["fish", "--no-config", "-c", f"source yekun.fish; complete -C 'yekun query --format '"],
                                 cwd=self.folder, capture_output=True, text=True, env={"HOME": str(self.folder), "PATH": "/usr/bin:/bin"})
            self.assertEqual(sorted(line.split("\t")[0] for line in run.stdout.splitlines()), ["csv", "json", "table"], run.stderr)

    def test_an_unknown_shell_gives_2(self):
        self.assertEqual(self.run_yekun("completion", "tcsh").returncode, 2)

    def test_every_man_page_is_well_formed_and_holds_what_the_help_says(self):
        for command in ["", *self.commands()]:
            page = self.run_yekun("manual", *([command] if command else []))
            self.assertEqual((page.returncode, page.stderr), (0, ""))
            for tool in (["mandoc", "-Tlint", "-Werror"], ["man", "--warnings=all", "-E", "UTF-8", "-l", "-Tutf8", "-Z", "-"]):
                if shutil.which(tool[0]):
                    run = subprocess.run(tool, input=page.stdout, capture_output=True, text=True)
                    self.assertNotRegex(run.stdout + run.stderr if tool[0] == "mandoc" else run.stderr, "ERROR|warning", command)
        page = self.run_yekun("manual", "build").stdout
        self.assertIn("only the report of this member", page)
        self.assertIn("\\fB\\-\\-period\\fR", page)
        self.assertIn("yekun ledger submit", self.run_yekun("manual", "ledger").stdout.replace("\\-", "-"))

    def test_a_man_page_of_no_command_gives_2_and_the_nearest(self):
        run = self.run_yekun("manual", "buidl")
        self.assertEqual((run.returncode, run.stderr), (2, "error[unknown-command]: unknown command 'buidl'\n  hint: did you mean 'build'?\n"))


if __name__ == "__main__":
    main()
