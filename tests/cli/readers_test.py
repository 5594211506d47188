"""Who gets a report and when it is sent at all: readers from a dataset, and the conditions of only_if."""
import email
import email.policy
import json

from cli import Case, main

HEAD = "email,name,language,formats,region\n"


class Mailed(Case):
    """Sends into a folder: each message is a file."""

    def deliver(self, **more):
        spec = {"email": {"from": "reports@example.org", "attach": ["pdf"], **more}, "through": {"folder": "mailed"}}
        self.change("report.json", '"outputs"', f'"deliver": {json.dumps(spec)}, "outputs"')

    def readers(self, rows, **columns):
        (self.folder / "data" / "readers.csv").write_text(HEAD + rows, encoding="utf-8")
        self.change("programme.json", '"regions": {', '"readers": {"source": "data/readers.csv", "personal": ["email", "name"]},\n    "regions": {')
        self.deliver(recipients={"dataset": "readers", "address": "email", **columns})

    def send(self, *more, **variables):
        return self.run_yekun("send", "report.json", "--period", "2025-Q1", *more, **variables)

    def mailed(self):
        """The messages by their reader's address."""
        out = {}
        for path in sorted((self.folder / "mailed").glob("*.eml")):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            out.setdefault(message["to"].addresses[0].addr_spec, []).append(message)
        return out

    def files(self, message):
        return [part.get_filename() for part in message.iter_attachments()]

    def add_rows(self, *rows):
        with open(self.folder / "data" / "visits.csv", "a", encoding="utf-8") as data:
            data.writelines(row + "\n" for row in rows)


class Readers(Mailed):
    def test_each_reader_gets_the_language_and_formats_of_their_row(self):
        self.readers("a@example.org,Ayşə,az,,\nb@example.org,Ben,en,xlsx pdf,\nc@example.org,,,,\n", name="name", language="language", formats="formats")
        run = self.send()
        self.assertEqual(run.returncode, 0, run.stderr)
        got = self.mailed()
        self.assertEqual(sorted(got), ["a@example.org", "b@example.org", "c@example.org"])
        self.assertEqual(got["a@example.org"][0]["to"].addresses[0].display_name, "Ayşə")
        self.assertEqual(str(got["a@example.org"][0]["subject"]), "Rüb, 2025-ci ilin 1-ci rübü, 2025-ci ilin 1-ci rübü")
        self.assertEqual(self.files(got["a@example.org"][0]), ["report-2025-Q1-az.pdf"])
        self.assertEqual(self.files(got["b@example.org"][0]), ["report-2025-Q1-en.xlsx", "report-2025-Q1-en.pdf"])
        self.assertEqual(got["c@example.org"][0]["content-language"], "az")

    def test_with_for_each_each_member_s_reader_gets_that_member_s_report(self):
        self.add_rows("2025-02-02,p7,Baku,delivered,3,1,1990-01-01")
        self.change("report.json", '"period": "quarter",', '"period": "quarter", "for_each": "region",')
        self.readers("q@example.org,,en,,Quba\nb@example.org,,en,,Baku\nall@example.org,,en,,\nx@example.org,,en,,Qubba\n",
                     language="language", member="region")
        run = self.send()
        self.assertEqual(run.returncode, 7, run.stderr)
        self.assertIn("a reader gets 'Qubba', which is no 'region' of this period", run.stderr)
        got = self.mailed()
        self.assertEqual({who: self.files(one[0]) for who, one in got.items()},
                         {"q@example.org": ["report-2025-Q1-Quba-en.pdf"], "b@example.org": ["report-2025-Q1-Baku-en.pdf"],
                          "all@example.org": ["report-2025-Q1-en.pdf"]})
        self.assertIn("Quba", str(got["q@example.org"][0]["subject"]) + got["q@example.org"][0].get_body(("plain",)).get_content())
        only = self.send("--for", "region=Quba", "--again")
        self.assertEqual(only.returncode, 0, only.stderr)
        self.assertEqual({who: len(one) for who, one in self.mailed().items()}, {"q@example.org": 2, "b@example.org": 1, "all@example.org": 1})

    def test_a_row_whose_address_is_none_is_told_without_the_address(self):
        self.readers("ok@example.org,,,,\nsecret.person@ex_ample,,,,\nsecret person@example.org,,,,\n,,,,\nsecret@nodots,,,,\n")
        run = self.send()
        self.assertEqual(run.returncode, 7, run.stderr)
        self.assertEqual(list(self.mailed()), ["ok@example.org"])
        for row in (2, 3, 4, 5):
            self.assertIn(f"readers: row {row}, column 'email': error[bad-recipient]: the address ", run.stderr)
        for part in ("secret", "person", "ex_ample", "nodots"):
            self.assertNotIn(part, run.stderr)

    def test_words_that_are_no_language_or_format_are_told_and_the_others_get_theirs(self):
        self.readers("a@example.org,,fr,,\nb@example.org,,az,docx,\nc@example.org,,az,\"pdf, xlsx\",\n", language="language", formats="formats")
        run = self.send()
        self.assertEqual(run.returncode, 7)
        self.assertIn("unknown language 'fr'", run.stderr)
        self.assertIn("unknown format 'docx'", run.stderr)
        self.assertEqual({who: len(self.files(one[0])) for who, one in self.mailed().items()}, {"c@example.org": 2})

    def test_nothing_in_a_row_can_begin_a_header(self):
        self.readers('"a@example.org\r\nBcc: spy@example.org",,,,\n"b@example.org","Eve\r\nBcc: spy@example.org\r\n\r\nHello",,,\n'
                     '"c@example.org>\r\nRCPT TO:<spy@example.org",,,,\n"d@example.org, spy@example.org",,,,\n', name="name")
        run = self.send()
        self.assertEqual(run.returncode, 7)
        self.assertNotIn("spy", run.stderr)
        got = self.mailed()
        self.assertEqual(list(got), ["b@example.org"])
        message = got["b@example.org"][0]
        self.assertNotIn("bcc", [name.lower() for name in message.keys()])
        self.assertEqual(message.defects, [])
        self.assertEqual(message["to"].addresses[0].display_name, "Eve Bcc: spy@example.org Hello")

    def test_a_subject_may_name_title_and_period_and_is_checked(self):
        self.add_rows("2025-02-02,p7,Baku,delivered,3,1,1990-01-01")
        self.change("report.json", '"period": "quarter",', '"period": "quarter", "for_each": "region",')
        self.deliver(to=[{"address": "q@example.org", "member": "Quba"}, {"address": "all@example.org", "language": "en"}],
                     subject={"az": "{title}\r\nBcc: spy@example.org", "en": "From {period}: {title}"})
        self.assertEqual(self.send().returncode, 0)
        got = self.mailed()
        quba = got["q@example.org"][0]
        self.assertRegex(str(quba["subject"]), r"^Rüb, 2025-ci ilin 1-ci rübü +Bcc: spy@example.org$")
        self.assertIsNone(quba["bcc"])
        self.assertEqual(str(got["all@example.org"][0]["subject"]), "From 1st quarter of 2025: Quarter, 1st quarter of 2025")
        self.change("report.json", "{title}", "{visits}")
        wrong = self.run_yekun("check", "report.json")
        self.assertEqual(wrong.returncode, 3)
        self.assertIn("error[unknown-argument]: '{visits}' cannot stand in a subject", wrong.stderr)

    def test_an_empty_list_attaches_nothing(self):
        self.deliver(to=["a@example.org", {"address": "b@example.org", "formats": "pdf"}, {"address": "c@example.org", "formats": []}], attach=[])
        self.assertEqual(self.send().returncode, 0)
        self.assertEqual({who: self.files(one[0]) for who, one in self.mailed().items()},
                         {"a@example.org": [], "b@example.org": ["report-2025-Q1-az.pdf"], "c@example.org": []})
        self.assertEqual(sorted(path.name for path in (self.folder / "out").iterdir()), ["report-2025-Q1-az.pdf"])

    def test_a_reader_may_get_a_format_that_the_report_does_not_build(self):
        self.readers("a@example.org,,,html,\n", formats="formats")
        self.assertEqual(self.send().returncode, 0)
        self.assertEqual(self.files(self.mailed()["a@example.org"][0]), ["report-2025-Q1-az.html"])

    def test_a_long_georgian_file_name_comes_whole(self):
        name = "სამეგრელო-ზემო სვანეთის კვარტალური ანგარიში დონორებისთვის"
        self.deliver(to=["a@example.org"])
        (self.folder / "report.json").rename(self.folder / f"{name}.json")
        self.assertEqual(self.run_yekun("send", f"{name}.json", "--period", "2025-Q1").returncode, 0)
        message, = self.mailed()["a@example.org"]
        part, = message.iter_attachments()
        self.assertEqual(part.get_filename(), f"{name}-2025-Q1-az.pdf")
        self.assertEqual(part.get_content(), (self.folder / "out" / f"{name}-2025-Q1-az.pdf").read_bytes())
        self.assertEqual([one.defects for one in message.walk() if one.defects], [])
        sent, = (self.folder / "mailed").iterdir()
        lines = [line for line in sent.read_bytes().split(b"\r\n") if b"name*" in line]
        self.assertTrue(len(lines) > 4 and all(len(line) <= 78 and line.isascii() for line in lines), lines)

    def test_a_reader_named_twice_gets_it_once(self):
        self.readers("a@example.org,,,,\nA@EXAMPLE.ORG,,,,\na@example.org,,,,\n")
        self.assertEqual(self.send().returncode, 0)
        self.assertEqual([len(one) for one in self.mailed().values()], [1])


class Conditions(Mailed):
    def test_only_if_changed_sends_again_only_when_what_is_watched_moved_enough(self):
        self.deliver(to=["a@example.org"], only_if={"changed": ["people"], "changed_by": 0.5})
        self.assertEqual(self.send("--again").returncode, 0)
        self.assertEqual(len(self.mailed()["a@example.org"]), 1)
        again = self.send("--again", SOURCE_DATE_EPOCH="1760000100")
        self.assertEqual(again.returncode, 0)
        self.assertIn("not sent: nothing that is watched has changed since the last delivery", again.stderr)
        self.add_rows("2025-02-03,p1,Quba,delivered,5,1,1950-03-04")  # a visit, not a person: 'people' stays 1
        self.assertIn("not sent:", self.send("--again", SOURCE_DATE_EPOCH="1760000200").stderr)
        self.add_rows("2025-02-03,p8,Quba,delivered,5,1,1960-03-04")  # 1 -> 2
        moved = self.send("--again", SOURCE_DATE_EPOCH="1760000300")
        self.assertIn("1 delivered", moved.stderr)
        self.assertEqual(len(self.mailed()["a@example.org"]), 2)
        self.add_rows("2025-02-03,p9,Quba,delivered,5,1,1960-03-04")  # 2 -> 3: exactly the half
        self.assertIn("1 delivered", self.send("--again", SOURCE_DATE_EPOCH="1760000400").stderr)
        self.add_rows("2025-02-03,p10,Quba,delivered,5,1,1960-03-04")  # 3 -> 4: less than the half
        self.assertIn("not sent:", self.send("--again", SOURCE_DATE_EPOCH="1760000500").stderr)

    def test_what_is_held_back_does_not_make_the_last_delivery_forgotten(self):
        self.deliver(to=["a@example.org"], only_if={"changed": ["people"]})
        self.assertIn("1 delivered", self.send().stderr)
        self.assertIn("a@example.org: has it already", self.send().stderr)
        for n in range(2):
            held = self.send("--again", SOURCE_DATE_EPOCH=str(1760000100 + n))
            self.assertIn("not sent: nothing that is watched has changed since the last delivery", held.stderr)
        self.assertEqual(len(self.mailed()["a@example.org"]), 1)
        listed = self.run_yekun("ledger", "list", "report.json").stdout
        self.assertIn("held back\n  2025-10-09 08:55Z  not-needed  report 2025-Q1 again 2  nothing that is watched has changed since the last delivery\n", listed)

    def test_readers_that_are_left_get_it_though_the_condition_does_not_hold_any_more(self):
        self.deliver(to=["a@example.org"], only_if={"alert": "people >= 1"})
        self.assertIn("1 delivered", self.send().stderr)
        self.change("report.json", '"to": ["a@example.org"]', '"to": ["a@example.org", "b@example.org"]')
        self.change("programme.json", "status = 'delivered'", "status = 'nothing'")
        self.assertIn("1 delivered, 1 before", self.send().stderr)

    def test_an_alert_that_holds_sends_and_its_reason_is_the_first_thing_in_the_mail(self):
        self.deliver(to=[{"address": "a@example.org", "language": "en"}, {"address": "b@example.org", "language": "az"}],
                     only_if={"alert": "people >= 1", "in_any": ["region"]})
        self.add_rows("2025-02-03,p8,Baku,delivered,5,1,1960-03-04")
        run = self.send()
        self.assertEqual(run.returncode, 0, run.stderr)
        got = self.mailed()
        plain = got["a@example.org"][0].get_body(("plain",)).get_content()
        page = got["a@example.org"][0].get_body(("html",)).get_content()
        for text in (plain, page):
            self.assertIn("Why you get this message", text)
            self.assertIn("people: 1, Quba", text)
            self.assertIn("Baku", text)
            self.assertLess(text.index("Why you get this message"), text.index("visits"))
        self.assertIn("Bu məktub sizə niyə gəlir", got["b@example.org"][0].get_body(("plain",)).get_content())

    def test_an_alert_that_does_not_hold_keeps_the_mail_back(self):
        self.deliver(to=["a@example.org"], only_if={"alert": "people > 100", "in_any": ["region"]})
        run = self.send()
        self.assertEqual(run.returncode, 0)
        self.assertIn("not sent: the alert does not hold: people > 100", run.stderr)
        self.assertEqual(self.mailed(), {})

    def test_a_report_that_is_not_complete_enough_waits(self):
        self.change("programme.json", '"key": ["date", "person_id"]', '"key": ["date", "person_id"], "reported_by": "region", "expected": ["Quba", "Baku", "Ganja"]')
        self.deliver(to=["a@example.org"], only_if={"complete": 0.9})
        waits = self.send()
        self.assertEqual(waits.returncode, 0, waits.stderr)
        self.assertIn("not sent yet: only 67% of the expected reports have come", waits.stderr)
        self.assertEqual(self.mailed(), {})
        self.add_rows("2025-03-03,p8,Ganja,delivered,5,1,1960-03-04")
        self.assertIn("1 delivered", self.send().stderr)

    def test_a_dry_run_says_that_it_would_not_be_sent(self):
        self.deliver(to=["a@example.org"], only_if={"alert": "people > 100"})
        run = self.send("--dry-run")
        self.assertIn("would not be sent: the alert does not hold: people > 100", run.stderr)


if __name__ == "__main__":
    main()
