#!/usr/bin/env python3
"""Writes the synthetic data of this example, with Python's standard library.

Run from this folder:  python3 generate.py [FOLDER]
"""
import datetime as dt
import os
import sqlite3
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from synthetic import DAY, Random, comma, iso, write_csv  # noqa: E402

FIRST, END = dt.date(2018, 1, 1), dt.date(2020, 1, 1)
REGIONS = [("თბილისი", 34), ("იმერეთი", 15), ("კახეთი", 9), ("ქვემო ქართლი", 11), ("შიდა ქართლი", 8), ("სამეგრელო-ზემო სვანეთი", 10), ("აჭარა", 8),
           ("გურია", 4), ("სამცხე-ჯავახეთი", 5), ("მცხეთა-მთიანეთი", 3), ("რაჭა-ლეჩხუმი და ქვემო სვანეთი", 2)]
FIELDS = [  # code, people reached in a year, projects
    ("child", 640, ["P-01", "P-02"]), ("justice", 210, ["P-03"]), ("housing", 160, ["P-04"]), ("mental", 230, ["P-05"]), ("school", 470, ["P-06", "P-07"]),
    ("minorities", 150, ["P-08"]), ("idp", 260, ["P-09"]), ("elderly", 190, ["P-10"]), ("disability", 310, ["P-11"])]


def members(rng):
    """402 have joined since 2004; some left."""
    rows = []
    for number in range(402):
        if number < 290:
            joined = dt.date(2004, 5, 1) + DAY * rng.below(4900)
        else:
            joined = dt.date(2017, 11, 1) + DAY * rng.below(750)
        left = None
        if rng.chance(0.1):
            left = max(joined + DAY * 300, dt.date(2016, 6, 1) + DAY * rng.below(1250))
            left = left if left < END else None
        kind = rng.weighted([("პრაქტიკოსი", 62), ("სტუდენტი", 24), ("აკადემიური", 14)])
        rows.append((f"GASW-{number + 1:04d}", iso(joined), iso(left) or None, kind, rng.weighted(REGIONS)))
    return rows


def fees(rng, people):
    rows = []
    for year in (2018, 2019):
        for member, joined, left, kind, _ in people:
            there = joined < f"{year}-12-01" and (left is None or left > f"{year}-03-01")
            if there and rng.chance(0.78 if year == 2019 else 0.71):
                paid = max(dt.date(year, 1, 10) + DAY * rng.below(300), dt.date.fromisoformat(joined))
                rows.append((member, year, iso(paid), 10 if kind == "სტუდენტი" else 30))
    return sorted(rows, key=lambda r: (r[2], r[0]))


def workers(rng):
    """Social workers of the Social Service Agency."""
    rows = []
    for number in range(338):
        hired = dt.date(2009, 3, 1) + DAY * rng.below(3200) if number < 286 else FIRST + DAY * rng.below(600)
        left = FIRST + DAY * rng.below(730) if rng.chance(0.09) else None
        left = left if left and left > hired + 2 * DAY else None
        rows.append((f"SW-{number + 1:03d}", rng.weighted(REGIONS), iso(hired), iso(left) or None))
    return rows


def at_work(staff, day):
    return [w for w in staff if w[2] <= iso(day) and (w[3] is None or w[3] > iso(day))]


def evaluations(rng, staff):
    rows = []
    for worker in staff:
        for year, share in ((2018, 0.52), (2019, 0.83)):
            day = dt.date(year, 3, 1) + DAY * rng.below(290)
            if worker in at_work(staff, day) and rng.chance(share):
                rows.append((worker[0], iso(day), rng.weighted([(5, 18), (4, 44), (3, 29), (2, 9)])))
                if rng.chance(0.03):
                    rows.append((worker[0], iso(min(day + DAY * 20, dt.date(year, 12, 30))), 4))  # repeated after an appeal
    return sorted(rows, key=lambda r: (r[1], r[0]))


def database(folder, tables):
    path = os.path.join(folder, "association.sqlite")
    if os.path.exists(path):
        os.remove(path)
    book = sqlite3.connect(path)
    book.execute("create table members (member_id text primary key, joined text not null, left_on text, kind text, region text)")
    book.execute("create table fees (member_id text not null, year integer, paid_on text, amount integer)")
    book.execute("create table workers (worker_id text primary key, region text, hired text, left_on text)")
    book.execute("create table evaluations (worker_id text, evaluated_on text, grade integer)")
    for name, rows in tables.items():
        book.executemany(f"insert into {name} values ({','.join('?' * len(rows[0]))})", rows)
    book.commit()
    book.execute("vacuum")
    book.close()


def supervision(rng, staff, folder):
    """The supervisors' log: one row for a social worker in a session; Georgian headings, semicolons, decimal commas."""
    rows, number = [["სესია", "თარიღი", "რეგიონი", "ფორმა", "საათი", "სოციალური მუშაკი", "ხანგრძლივობა სესიაზე"]], 0
    day = FIRST
    while day < END:
        if day.weekday() < 5 and day.month != 8 and rng.chance(0.62 if day.year == 2018 else 0.8):
            region = rng.weighted(REGIONS)
            team = [w[0] for w in at_work(staff, day) if w[1] == region]
            group = rng.chance(0.6)
            present = sorted(rng.sample(team, min(len(team), 3 + rng.below(5) if group else 1)))
            number += 1
            hours = (3 + rng.below(3)) / 2 if group else (2 + rng.below(2)) / 2
            name = region if not rng.chance(0.06) else {"თბილისი": "ქ. თბილისი", "შიდა ქართლი": "შიდა  ქართლი"}.get(region, region + " ")
            for n, worker in enumerate(present):
                mark = "-" if rng.chance(0.008) else comma(hours, 1)
                rows.append([f"სს-{number:04d}", day.strftime("%d.%m.%Y"), name, "ჯგუფური" if group else "ინდივიდუალური", mark, worker,
                             comma(hours, 1) if n == 0 else ""])
        day += DAY
    write_csv(os.path.join(folder, "supervision.csv"), rows, ";", "utf-8-sig", "\r\n")


def trainings(rng, staff, folder):
    rows = [["date", "training", "worker_id", "finished"]]
    topics = ["T-case", "T-violence", "T-forms", "T-interview", "T-children", "T-ethics", "T-disability"]
    for n in range(34):
        day = dt.date(2018, 2, 5) + DAY * (n * 20)
        team = rng.sample([w[0] for w in at_work(staff, day)], 14 + rng.below(9))
        for worker in sorted(team):
            rows.append([iso(day), f"{topics[n % 7]}-{n + 1:02d}", worker, rng.weighted([("კი", 92), ("არა", 8)])])
            if rng.chance(0.012):
                rows.append(rows[-1])
    write_csv(os.path.join(folder, "trainings.csv"), rows)


def contacts(rng, folder):
    """What the projects' teams noted, saved by Excel as "Unicode text": UTF-16 with tabs."""
    rows = [["თარიღი", "პროექტი", "პირი", "სქესი", "დაბადების წელი"]]
    old = []
    for field, people, projects in FIELDS:
        for year, share in ((2018, 0.86), (2019, 1.0)):
            for n in range(round(people * share)):
                if old and rng.chance(0.09):
                    person = rng.pick(old)  # known from another project or the year before
                else:
                    birth = {"child": 2004, "school": 2006, "justice": 2001, "elderly": 1942}.get(field, 1978) - 6 + rng.below(13)
                    person = (f"B{len(old) + 10001}", rng.weighted([("ქალი", 56), ("კაცი", 44)]), birth)
                    old.append(person)
                for _ in range(1 + (rng.below(3) == 0)):
                    day = dt.date(year, 1, 8) + DAY * rng.below(350)
                    rows.append([day.strftime("%d.%m.%Y"), rng.pick(projects), person[0], "" if rng.chance(0.01) else person[1],
                                 "" if rng.chance(0.02) else person[2]])
    body = sorted(rows[1:], key=lambda r: (r[0][6:], r[0][3:5], r[0][:2], r[2]))
    write_csv(os.path.join(folder, "contacts.txt"), [rows[0]] + body, "\t", "utf-16", "\r\n")


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "data")
    os.makedirs(folder, exist_ok=True)
    rng = Random(2004)
    people, staff = members(rng), workers(rng)
    database(folder, {"members": people, "fees": fees(rng, people), "workers": staff, "evaluations": evaluations(rng, staff)})
    supervision(rng, staff, folder)
    trainings(rng, staff, folder)
    contacts(rng, folder)


if __name__ == "__main__":
    main()
