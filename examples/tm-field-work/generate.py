#!/usr/bin/env python3
"""Writes the synthetic data of this example; needs python3-xlsxwriter.

Run from this folder:  python3 generate.py [FOLDER]
"""
import datetime as dt
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from synthetic import DAY, Random, Workbook, iso, write_csv  # noqa: E402

FIELD, FIELD_DAYS = dt.date(2022, 3, 1), 61  # March and April
TRAINING = dt.date(2022, 6, 6)  # three weeks, Monday to Friday
ETRAPS = [  # code, Turkmen name, velayat, share of the work
    ("gokdepe", "Gökdepe", "Ahal", 7), ("kaka", "Kaka", "Ahal", 5), ("sarahs", "Sarahs", "Ahal", 4), ("tejen", "Tejen", "Ahal", 6),
    ("bereket", "Bereket", "Balkan", 4), ("esenguly", "Esenguly", "Balkan", 3), ("etrek", "Etrek", "Balkan", 2),
    ("magtymguly", "Magtymguly", "Balkan", 3),
    ("akdepe", "Akdepe", "Daşoguz", 5), ("boldumsaz", "Boldumsaz", "Daşoguz", 6), ("gorogly", "Görogly", "Daşoguz", 6),
    ("koneurgenc", "Köneürgenç", "Daşoguz", 7),
    ("danew", "Dänew", "Lebap", 6), ("halac", "Halaç", "Lebap", 5), ("hojambaz", "Hojambaz", "Lebap", 3), ("koytendag", "Köýtendag", "Lebap", 5),
    ("murgap", "Murgap", "Mary", 7), ("sakarcage", "Sakarçäge", "Mary", 6), ("tagtabazar", "Tagtabazar", "Mary", 3), ("yoloten", "Ýolöten", "Mary", 6),
]
LATE_ETRAPS = {"etrek", "hojambaz", "tagtabazar"}  # reached in April only
GROUPS = ["child", "disability", "elderly", "gbv", "substance", "youth"]
NEEDS = ["cash", "health", "school", "rehabilitation", "home_care", "documents", "counselling", "housing"]
REFERRED_TO = [("social_protection_office", 34), ("health_house", 27), ("school", 12), ("rehabilitation_centre", 12), ("womens_centre", 6),
               ("legal_aid", 5), ("narcology", 4)]


def specialists(rng):
    """Two or three specialists in each etrap, 46 in all."""
    out = []
    for number, (etrap, _, velayat, _) in enumerate(ETRAPS):
        for _ in range(3 if number in (0, 3, 9, 11, 12, 16) else 2):
            out.append({"code": f"S-{len(out) + 1:02d}", "etrap": etrap, "velayat": velayat, "sex": "zenan" if rng.chance(0.7) else "erkek"})
    return out


def people(rng):
    """Everybody who is met in the two months; some by several specialists."""
    out, numbers = [], {}
    while len(out) < 1086:
        etrap = rng.weighted([(e[0], e[3]) for e in ETRAPS])
        numbers[etrap] = numbers.get(etrap, 0) + 1
        group = rng.weighted([("child", 38), ("disability", 18), ("elderly", 18), ("gbv", 5), ("substance", 6), ("youth", 15)])
        youngest, oldest = {"child": (0, 17), "disability": (3, 59), "elderly": (62, 91), "gbv": (17, 52), "substance": (22, 49), "youth": (14, 24)}[group]
        age = youngest + rng.below(oldest - youngest + 1)
        birth = dt.date(2022 - age, 1, 1) + DAY * rng.below(60) if age == 0 else dt.date(2022 - age - 1, 1, 1) + DAY * rng.below(365)
        groups = {group}
        if rng.chance(0.13):
            groups.add("disability")
        if age < 18 and rng.chance(0.4):
            groups.add("child")
        if group == "gbv" and rng.chance(0.4) or group == "child" and rng.chance(0.04):
            groups.add("substance" if group == "child" else "child")
        sex = "female" if group == "gbv" or rng.chance(0.53) else "male"
        out.append({"id": f"{etrap[:3].upper()}-{numbers[etrap]:04d}", "etrap": etrap, "birth": birth, "sex": sex,
                    "groups": [g for g in GROUPS if g in groups]})
    return out


def submissions(rng, staff, clients):
    rows = []
    for person in clients:
        times = 1 + (rng.below(100) < 17) + (rng.below(100) < 4)
        team = [s for s in staff if s["etrap"] == person["etrap"]]
        seen_by = [rng.pick(team)["code"]]
        first = 31 + rng.below(25) if person["etrap"] in LATE_ETRAPS else rng.below(FIELD_DAYS - 1)
        for n in range(times):
            day = FIELD + DAY * min(FIELD_DAYS - 1, first + n * (3 + rng.below(18)))
            if day.weekday() == 6:
                day -= DAY
            # Another specialist comes the second time more often than not, and asks everything again.
            if n and rng.chance(0.7):
                seen_by.append(rng.pick([s["code"] for s in team if s["code"] not in seen_by] or seen_by))
            needs = [need for need in NEEDS if rng.chance(0.24)] or ["counselling"]
            plan = rng.chance(0.8 if day.month == 3 else 0.88)
            rows.append(dict(person, day=day, specialist=seen_by[-1], needs=needs, plan=plan,
                             plan_on=day + DAY * (1 + rng.below(12)) if plan else None,
                             sent=day + DAY * (rng.below(3) if rng.chance(0.9) else 8 + rng.below(21)),
                             referrals=[rng.weighted(REFERRED_TO) for _ in range(rng.weighted([(0, 52), (1, 36), (2, 12)]))]))
    rows.sort(key=lambda r: (r["sent"], r["id"], r["specialist"]))
    return rows


def spelt(rng, text):
    """A person's number as it is typed on a telephone."""
    return rng.weighted([(text, 93), (text.lower(), 4), (text.replace("-", " - "), 2), (" " + text, 1)])


def kobo(rng, rows, folder):
    heading = ["start", "end", "general/specialist", "general/visit_date", "general/etrap", "etrap_name", "general/locality", "person/person_no",
               "person/birth_date", "person/sex", "person/target_groups"]
    heading += ["person/target_groups/" + g for g in GROUPS]
    heading += ["assessment/needs"] + ["assessment/needs/" + n for n in NEEDS]
    heading += ["plan/plan_made", "plan/plan_date", "_id", "_uuid", "_submission_time", "_index"]
    main, repeats = [heading], [["referral/referred_to", "referral/accepted", "_index", "_parent_table_name", "_parent_index", "_submission__id",
                                 "_submission__uuid"]]
    names = {e[0]: e[1] for e in ETRAPS}

    def add(row, uuid, number, locality):
        index = len(main)
        first_form = row["day"] < dt.date(2022, 3, 8)  # the first version of the form asked for the etrap in words
        words = rng.pick([names[row["etrap"]], names[row["etrap"]] + " etraby", row["etrap"].capitalize()]) if first_form else ""
        birth = "" if rng.chance(0.02) else iso(row["birth"]) if not rng.chance(0.008) else "1900-01-01"
        start = f"{iso(row['day'])}T{8 + rng.below(9):02d}:{rng.below(60):02d}:00.000+05:00"
        main.append([start, start, row["specialist"], iso(row["day"]), "" if first_form else row["etrap"], words, locality, spelt(rng, row["id"]),
                     birth, "" if rng.chance(0.01) else row["sex"], " ".join(row["groups"])]
                    + [int(g in row["groups"]) for g in GROUPS]
                    + [" ".join(row["needs"])] + [int(n in row["needs"]) for n in NEEDS]
                    + ["yes" if row["plan"] else "no", iso(row["plan_on"]), number, uuid, f"{iso(row['sent'])}T18:20:00", index])
        return index

    for n, row in enumerate(rows):
        uuid = f"{rng.next():016x}-{rng.next() >> 32:08x}"
        index = add(row, uuid, 4100200 + n, f"oba {1 + rng.below(9)}")
        for to in row["referrals"]:
            repeats.append([to, rng.weighted([("yes", 70), ("no", 12), ("", 18)]), len(repeats), "zerurlyk", index, 4100200 + n, uuid])
        if rng.chance(0.006):
            add(row, uuid, 4100200 + n, f"oba {1 + rng.below(9)}")  # sent twice over a bad connection
    for n in range(4):  # tried out in the office
        row = dict(rows[n], id="XX-0000", day=FIELD, sent=FIELD)
        add(row, f"{rng.next():016x}-test{n}", 4100100 + n, "TEST")
    book = Workbook(os.path.join(folder, "kobo-zerurlyk.xlsx"), dt.datetime(2022, 6, 30))
    book.plain("zerurlyk", main)
    book.plain("referral", repeats)
    book.close()


def etraps(rng, folder):
    rows = [["Estimated on", "Velayat", "Etrap", "Code", "People in need"], ["#date", "#adm1+name", "#adm2+name", "#adm2+code", "#inneed"]]
    for code, name, velayat, weight in ETRAPS:
        rows.append(["2022-01-01", velayat, name, code, weight * 32 + rng.below(60)])
    write_csv(os.path.join(folder, "etraps-hxl.csv"), rows)


def awareness(rng, folder):
    """Meetings with communities: heads counted, no names taken."""
    rows = [["Date", "Etrap", "Topic", "Women", "Men"], ["#date", "#adm2+code", "#activity+topic", "#reached+f", "#reached+m"]]
    for day in range(FIELD_DAYS):
        date = FIELD + DAY * day
        if date.weekday() in (2, 5):
            for code in rng.sample([e[0] for e in ETRAPS if day > 30 or e[0] not in LATE_ETRAPS], 4):
                topic = rng.pick(["rights of the child", "disability", "violence in the family", "alcohol and narcotics"])
                rows.append([iso(date), code, topic, 8 + rng.below(22), "" if rng.chance(0.03) else 3 + rng.below(12)])
    write_csv(os.path.join(folder, "awareness-hxl.csv"), rows)


def training(rng, staff, folder):
    write_csv(os.path.join(folder, "specialists.csv"), [["specialist", "velayat", "etrap", "sex"]] + [[s["code"], s["velayat"], s["etrap"], s["sex"]] for s in staff])
    days = [TRAINING + DAY * n for n in range(19) if (TRAINING + DAY * n).weekday() < 5]
    rows = [["Sene", "Hünärmen", "Gatnaşdy", "Tema"]]
    topics = ["child protection", "family support", "disability support", "elderly support", "gender-based violence", "narcotics and alcohol", "youth at risk",
              "case management", "case management", "individual plans", "individual plans", "quality standards", "practice", "practice", "practice"]
    left = {"S-09": 6, "S-28": 9, "S-41": 4}
    for n, day in enumerate(days):
        for s in staff:
            if s["code"] == "S-15":
                continue  # left the service before the training
            here = n < left.get(s["code"], 99) and not rng.chance(0.06 if day.weekday() < 4 else 0.11)
            rows.append([day.strftime("%d.%m.%Y"), s["code"], "hawa" if here else "ýok", topics[n]])
    write_csv(os.path.join(folder, "training-attendance.csv"), rows, ";")


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "data")
    os.makedirs(folder, exist_ok=True)
    rng = Random(20220301)
    staff = specialists(rng)
    rows = submissions(rng, staff, people(rng))
    kobo(rng, rows, folder)
    etraps(rng, folder)
    awareness(rng, folder)
    training(rng, staff, folder)


if __name__ == "__main__":
    main()
