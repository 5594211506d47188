"""The headline figures of each programme: as a recount in Python says, and as the public texts say."""
import datetime as dt
import statistics
import sys
import unittest

from examples import one, query
from recount import database, day, number, rows, sheets

# Most figures are exact; ratios are divided once.
EXACT = 1e-9


class Figures(unittest.TestCase):
    def agree(self, example, period, want):
        got = one(example, list(want), period)
        for name, value in want.items():
            self.assertAlmostEqual(got[name], value, delta=EXACT * max(1, abs(value)), msg=f"{example}, {period}, {name}")
        return got

    def test_social_services_of_a_ministry(self):
        example, first, last = "az-social-services", dt.date(2025, 7, 1), dt.date(2025, 9, 30)
        inside = lambda text: first <= day(text) <= last
        census = [r for r in rows(example, "occupancy-2025-Q3.csv") if r["date"] == "2025-09-30"]
        home = {r["person_id"] for r in rows(example, "home-services.csv") if r["status"] == "delivered" and inside(r["date"])}
        courses = rows(example, "rehabilitation.csv", ";")
        rehabilitated = {r["person_id"] for r in courses if inside(r["tarix"])}
        living = {r["person_id"] for r in rows(example, "stays.csv") if day(r["admitted"]) <= last and (not r["discharged"] or day(r["discharged"]) >= first)}
        self.agree(example, "2025-Q3", {
            "enterprises": len({r["enterprise"] for r in census}), "residents": sum(int(r["residents"]) for r in census), "people_at_home": len(home),
            "rehabilitated": len(rehabilitated), "people_reached": len(home | rehabilitated | living)})
        self.assertEqual(len(census), 15)
        self.assertGreater(sum(int(r["residents"]) for r in census), 1100)
        self.assertTrue(9500 < len(home) <= 10000, len(home))
        self.assertLess(len(home | rehabilitated | living), len(home) + len(rehabilitated) + len(living))
        year = {r["person_id"] for r in courses if day(r["tarix"]).year == 2025}
        self.agree(example, "2025", {"rehabilitated": len(year)})
        self.assertGreater(len(year), 8000)

    def test_an_association_and_its_assembly(self):
        example = "az-association"
        members = {r["№"]: (day(r["Qəbul tarixi"]), day(r["Bitmə tarixi"])) for r in rows(example, "members.csv", ";")}
        end = dt.date(2024, 12, 31)
        roll = [r for r in rows(example, "assembly.csv", ";") if day(r["Yığıncaq"]).year == 2024]
        came = [r for r in roll if r["İştirak"] in ("iştirak etdi", "etibarnamə ilə")]
        outputs = [r for r in rows(example, "outputs.csv", ";") if day(r["Tarix"]).year == 2024]
        planned = sum(line[6] for title, line in sheets(example, "plan.xlsx", 4) if title == "2024")
        methods = {r["Kod"]: r["Metod"].lower() for r in rows(example, "events.csv", ";")}
        seats = {(r["Tədbir"], r["İştirakçı"].lower()) for r in rows(example, "participants.csv", ";") if day(r["Tarix"]).year == 2024}
        got = self.agree(example, "2024", {
            "members": sum(joined <= end and (until is None or until > end) for joined, until in members.values()),
            "new_members": sum(joined.year == 2024 for joined, _ in members.values()),
            "lapsed_members": sum(until is not None and until.year == 2024 for _, until in members.values()),
            "eligible": len(roll), "voters": len(came), "quorum": len(came) / len(roll), "planned": planned, "outputs": len(outputs),
            "plan_done": len(outputs) / planned, "seats": len(seats), "people": len({person for _, person in seats}),
            "trained": len({person for event, person in seats if methods[event] in ("təlim", "seminar")})})
        self.assertGreater(got["members"], 250)
        self.assertGreater(got["quorum"], 0.5)
        self.assertEqual(len(query(example, ["outputs"], "2024", ["direction"])), 4)

    def test_an_association_in_georgian(self):
        example = "ge-association"
        (members,), = database(example, "select count(*) from members where joined <= '2019-12-31' and (left_on is null or left_on > '2019-12-31')")
        (paid,), = database(example, "select count(distinct member_id) from fees where paid_on like '2019%'")
        (workers,), = database(example, "select count(*) from workers where hired <= '2019-12-31' and (left_on is null or left_on > '2019-12-31')")
        (evaluated,), = database(example, """select count(distinct e.worker_id) from evaluations e join workers w on w.worker_id = e.worker_id
                                             where evaluated_on like '2019%' and (left_on is null or left_on >= '2020-01-01')""")
        log = [r for r in rows(example, "supervision.csv", ";") if day(r["თარიღი"]).year == 2019]
        people = {}
        for r in rows(example, "contacts.txt", "\t", "utf-16"):
            if day(r["თარიღი"]).year == 2019:
                people.setdefault(r["პირი"], set()).add(r["პროექტი"])
        field = {r["project"]: r["field"] for r in rows(example, "projects.csv")}
        got = self.agree(example, "2019", {
            "members": members, "fee_share": paid / members, "supervision_sessions": len({r["სესია"] for r in log}),
            "supervision_hours": sum(number(r["ხანგრძლივობა სესიაზე"]) or 0 for r in log), "worker_hours": sum(number(r["საათი"]) or 0 for r in log),
            "supervised": len({r["სოციალური მუშაკი"] for r in log}), "evaluated_share": evaluated / workers,
            "trained": len({r["worker_id"] for r in rows(example, "trainings.csv") if r["date"].startswith("2019") and r["finished"] == "კი"}),
            "people_reached": len(people), "in_several": sum(len({field[p] for p in projects}) > 1 for projects in people.values())})
        self.assertGreater(got["members"], 350)
        for r in query(example, ["people_reached"], "2019", ["field"]):
            self.assertEqual(int(r["people_reached"]), sum(any(field[p] == r["field"] for p in projects) for projects in people.values()), r)
        self.assertEqual(got["people_reached"], len(people))

    def test_one_week_of_online_training(self):
        example = "tm-online-training"
        marks = {}
        for _, (person, date, session, _, mark, _) in sheets(example, "attendance.xlsx", 4):
            marks.setdefault((person, session, date.date()), set()).add(mark)
        came = {key for key, noted in marks.items() if noted & {"+", "present", "late", "gijä galdy"}}
        sittings = {}
        for person, session, _ in came:
            sittings.setdefault(person, set()).add(session)
        tests = {r["Код"]: (number(r["Тест до"]), number(r["Тест после"])) for r in rows(example, "scores.csv", ";", "windows-1251")}
        enrolled = [line[1] for _, line in sheets(example, "participants.xlsx", 4)]
        completed = [p for p, sessions in sittings.items() if len(sessions) >= 12 and (tests[p][1] or 0) >= 60]
        pairs = [(before, after) for before, after in tests.values() if before is not None and after is not None]
        got = self.agree(example, "2021-W24", {
            "enrolled": len(enrolled), "participants": len(sittings), "attendance_rate": len(came) / len(marks), "completed": len(completed),
            "completion_rate": len(completed) / len(enrolled), "score_pairs": len(pairs), "score_before": statistics.mean(b for b, _ in pairs),
            "score_after": statistics.mean(a for _, a in pairs), "gain": statistics.mean(a - b for b, a in pairs)})
        self.assertGreater(got["participants"], 30)
        for r in query(example, ["attendance_rate"], "2021-W24", ["slot"], "--per", "day"):
            cells = [key for key in marks if key[2].isoformat() == r["period"] and (key[1] - 1) % 3 + 1 == int(r["slot"])]
            self.assertAlmostEqual(float(r["attendance_rate"]), sum(key in came for key in cells) / len(cells), places=12)
        forms = lambda first, last: [int(r["useful"]) for r in rows(example, "feedback.csv") if first <= r["date"] <= last and r["useful"] != "n/a"]
        for period, answers in (("2021-W24", forms("2021-06-14", "2021-06-20")), ("2021-Q2", forms("2021-04-01", "2021-06-30"))):
            self.agree(example, period, {"satisfied": sum(a >= 4 for a in answers) / len(answers)})

    def field_work(self):
        """Submissions of the Kobo export, each once and without trials, as dictionaries."""
        table = [line for title, line in sheets("tm-field-work", "kobo-zerurlyk.xlsx", 0) if title == "zerurlyk"]
        head, seen = [name.rsplit("/", 1)[-1] if not name.startswith(("person/target_groups/", "assessment/needs/")) else name for name in table[0]], set()
        for line in table[1:]:
            row = dict(zip(head, line))
            if row["locality"] != "TEST" and row["_uuid"] not in seen:
                seen.add(row["_uuid"])
                words = (row["etrap_name"] or "").replace(" etraby", "")
                row["place"] = row["etrap"] or words.lower().translate(str.maketrans("äçöýň", "acoyn")).replace("ü", "u").replace("ş", "s")
                row["who"] = row["person_no"].replace(" ", "").lower()
                row["groups"] = row["target_groups"].split()
                yield row

    def test_field_work_in_twenty_etraps(self):
        example, forms = "tm-field-work", list(self.field_work())
        staff = {}
        for form in forms:
            staff.setdefault(form["who"], set()).add(form["specialist"])
        training = rows(example, "training-attendance.csv", ";")
        days = {}
        for r in training:
            days.setdefault(r["Hünärmen"], []).append(r["Gatnaşdy"] == "hawa")
        got = self.agree(example, "2022-H1", {
            "etraps_covered": len({form["place"] for form in forms}), "assessments": len(forms), "people_reached": len(staff),
            "seen_by_several": sum(len(specialists) > 1 for specialists in staff.values()), "plans": sum(form["plan_made"] == "yes" for form in forms),
            "coverage": len(staff) / sum(int(r["#inneed"]) for r in rows(example, "etraps-hxl.csv", skip=1)),
            "referrals": sum(title == "referral" for title, _ in sheets(example, "kobo-zerurlyk.xlsx", 1)), "trained": sum(any(d) for d in days.values()),
            "attendance_rate": sum(sum(d) for d in days.values()) / len(training), "completion_rate": sum(sum(d) >= 12 for d in days.values()) / len(days)})
        self.assertEqual(got["etraps_covered"], 20)
        self.assertGreater(got["seen_by_several"], 0)
        for r in query(example, ["people_reached"], "2022-H1", ["etrap"]):
            self.assertEqual(int(r["people_reached"]), len({form["who"] for form in forms if form["place"] == r["etrap"]}), r)

    def test_one_result_by_agency_is_counted_once(self):
        example, forms = "tm-field-work", list(self.field_work())
        of = {"child": {"UNICEF"}, "disability": {"UNDP"}, "elderly": {"UNDP"}, "gbv": {"UNFPA"}, "substance": {"UNODC"}, "youth": {"UNICEF", "UNODC"}}
        shown = {r["agency"]: int(r["people_reached"]) for r in query(example, ["people_reached"], "2022-H1", ["agency"], "--totals")}
        for agency in ("UNICEF", "UNDP", "UNFPA", "UNODC"):
            self.assertEqual(shown[agency], len({form["who"] for form in forms if any(agency in of[g] for g in form["groups"])}), agency)
        self.assertEqual(shown[""], len({form["who"] for form in forms}))
        self.assertLess(shown[""], sum(shown.values()) - shown[""])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
