#!/usr/bin/env python3
"""Writes the synthetic data of this example; needs python3-xlsxwriter.

Run from this folder:  python3 generate.py [FOLDER]
"""
import datetime as dt
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from synthetic import DAY, Random, Workbook, comma, write_csv  # noqa: E402

FIRST = dt.date(2021, 6, 14)  # a Monday
TOPICS = ["Ethics and anti-discriminatory practice", "Active listening", "Non-verbal communication",
          "Work with beneficiaries and groups", "Interpersonal communication in assessment and planning"]
SHORT = ["ethics", "listening", "non-verbal", "groups", "assessment"]
# Who sent them, how many from where: 36 people.
SENT = [
    ("Ministry of Education", [("Aşgabat", 3), ("Ahal", 1), ("Mary", 1), ("Lebap", 1)]),
    ("Higher education institutions", [("Aşgabat", 3), ("Daşoguz", 2), ("Lebap", 2), ("Mary", 3)]),
    ("Academy of Civil Service", [("Aşgabat", 5)]),
    ("Ministry of Labour and Social Protection", [("Ahal", 3), ("Balkan", 3), ("Daşoguz", 1), ("Lebap", 1), ("Mary", 1)]),
    ("Civil society organisations", [("Ahal", 1), ("Balkan", 2), ("Daşoguz", 2), ("Lebap", 1)]),
]
SPELT = {"Aşgabat": ["Aşgabat", "Aşgabat", "Ashgabat", "Aşgabat ş."], "Daşoguz": ["Daşoguz", "Dashoguz"],
         "Ahal": ["Ahal", "Ahal ", "Akhal"]}
PRESENT, LATE, ABSENT = ["+", "+", "+", "+", "present"], ["late", "gijä galdy"], ["-", "н/б", "absent"]


def register(rng):
    people = []
    for organisation, places in SENT:
        for velayat, n in places:
            people += [{"velayat": velayat, "organisation": organisation} for _ in range(n)]
    rng.shuffle(people)
    for number, person in enumerate(people):
        person.update(id=f"ToT-{number + 1:02d}", sex="zenan" if number % 18 not in (2, 5, 7, 11, 12, 15) else "erkek",
                      never=False, left_after=5)
    in_town = [p for p in people if p["velayat"] == "Aşgabat"]
    for organisation in (SENT[0][0], SENT[1][0]):  # two who never came
        next(p for p in in_town if p["organisation"] == organisation)["never"] = True
    for person in [p for p in people if p["organisation"] == SENT[3][0]][:2]:  # two who were called back to work
        person["left_after"] = 2
    for person in people:
        person["keen"] = 0.84 + rng.below(15) / 100
    return people


def participants(rng, people, folder):
    rows = []
    for n, person in enumerate(people):
        sex = {"zenan": ["zenan", "zenan", "Z", "ж"], "erkek": ["erkek", "erkek", "E", "м"]}[person["sex"]]
        spelt = SPELT.get(person["velayat"], [person["velayat"]])
        rows.append([n + 1, person["id"], rng.pick(sex), person["organisation"], rng.pick(spelt), FIRST, FIRST + 4 * DAY])
    book = Workbook(os.path.join(folder, "participants.xlsx"), dt.datetime(2021, 6, 25))
    book.sheet("Participants", "Online training of trainers in social work: participants", [
        ("", ["No."]), ("Participant", ["ID", "Sex"]), ("Sent by", ["Organisation", "Velayat"]), ("Course", ["From", "To"])], rows)
    book.close()


def attendance(rng, people, folder):
    book = Workbook(os.path.join(folder, "attendance.xlsx"), dt.datetime(2021, 6, 25))
    came = {}
    for day in range(5):
        date, rows = FIRST + day * DAY, []
        for session in range(1, 4):
            for person in people:
                here = not person["never"] and day < person["left_after"] and rng.chance(person["keen"] - (0.05 if session == 3 else 0))
                late = here and rng.chance(0.06)
                mark = rng.pick(LATE if late else PRESENT if here else ABSENT)
                if not here and not person["never"] and day < 2 and rng.chance(0.25):
                    mark = ""  # the moderator forgot to note it
                minutes = (80 - 12 * late - rng.below(6)) if here else None
                if here:
                    came[person["id"]] = came.get(person["id"], 0) + 1
                row = [person["id"], date, 3 * day + session, TOPICS[day], mark, minutes]
                rows.append(row)
                if here and rng.chance(0.012):
                    rows.append(row)  # came back after the connection was lost, and was noted twice
        book.sheet(f"Day {day + 1}", f"Attendance, {date:%d.%m.%Y}", [
            ("Participant", ["ID"]), ("Session", ["Date", "No.", "Topic"]), ("Attendance", ["Mark", "Minutes"])], rows)
    book.close()
    return came


def scores(rng, people, came, folder):
    """The tests of the learning platform, exported by an Excel that writes in Windows-1251 with decimal commas."""
    rows = [["Код", "Дата", "Тест до", "Тест после"]]
    for person in people:
        busy = person["organisation"] in (SENT[1][0], SENT[3][0])  # only these missed a test
        before = None if person["never"] or busy and rng.chance(0.12) else (38 + rng.below(29)) + rng.below(2) / 2
        stayed = came.get(person["id"], 0)
        after = None
        if not person["never"] and person["left_after"] == 5 and not (busy and rng.chance(0.06)):
            after = min(98, (before or 52) + 14 + rng.below(14) + rng.below(2) / 2 + (stayed - 11) * 0.5)
        rows.append([person["id"], FIRST.strftime("%d.%m.%Y"), comma(before, 1), comma(after, 1)])
    write_csv(os.path.join(folder, "scores.csv"), rows, ";", "windows-1251", "\r\n")


def feedback(rng, people, came, folder):
    """Anonymous forms at the end of each day; some answer late, and some leave a question out."""
    rows = [["date", "topic", "useful", "clear", "connection"]]
    for day in range(5):
        answers = 24 + rng.below(6)
        for _ in range(answers):
            late = rng.chance(0.03)
            useful = rng.weighted([(5, 52), (4, 33 - 4 * (day == 2)), (3, 11 + 6 * (day == 2)), (2, 3)])
            clear = rng.weighted([(5, 45), (4, 36), (3, 14), (2, 4)])
            connection = rng.weighted([(5, 18), (4, 30), (3, 30), (2, 16), (1, 6)])
            cells = [useful, clear, connection]
            cells = ["n/a" if rng.chance(0.03) else cell for cell in cells]
            rows.append([(FIRST + day * DAY + (7 if late else 0) * DAY).isoformat(), SHORT[day], *cells])
    write_csv(os.path.join(folder, "feedback.csv"), rows)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "data")
    os.makedirs(folder, exist_ok=True)
    rng = Random(20210614)
    people = register(rng)
    participants(rng, people, folder)
    came = attendance(rng, people, folder)
    scores(rng, people, came, folder)
    feedback(rng, people, came, folder)


if __name__ == "__main__":
    main()
