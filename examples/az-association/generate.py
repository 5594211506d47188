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

CITIES = [("Bakı", 62), ("Sumqayıt", 9), ("Gəncə", 9), ("Lənkəran", 5), ("Şəki", 4), ("Quba", 4), ("Mingəçevir", 4), ("Naxçıvan", 3)]
KINDS = {"praktik": ["praktik", "praktik", "Praktik"], "tələbə": ["tələbə", "tələbə", "telebe"], "müəllim": ["müəllim", "müəllim", "muellim"]}
ASSEMBLIES = [dt.date(2022, 5, 21), dt.date(2024, 5, 18)]
# Direction, output, planned in each quarter of 2023 and of 2024.
PLAN = [
    ("Tədqiqat", "tədqiqat", [1, 1, 1, 1], [1, 1, 1, 2]), ("Tədqiqat", "ehtiyacların qiymətləndirilməsi", [1, 2, 1, 2], [2, 2, 2, 2]),
    ("Tədqiqat", "layihə qiymətləndirilməsi", [0, 1, 0, 1], [0, 1, 1, 1]),
    ("Vəkillik və lobbiçilik", "qanun layihəsinə təklif", [1, 1, 1, 1], [1, 2, 1, 2]), ("Vəkillik və lobbiçilik", "dövlət proqramına təklif", [0, 1, 1, 0], [1, 0, 1, 1]),
    ("Xidmətlərin inkişafı", "təşkilata məsləhət", [4, 5, 4, 5], [6, 6, 5, 7]), ("Xidmətlərin inkişafı", "dövlət qurumuna məsləhət", [2, 2, 1, 2], [2, 3, 2, 3]),
    ("Xidmətlərin inkişafı", "xidmət standartı", [0, 1, 0, 1], [1, 0, 1, 1]),
    ("Yerli potensialın gücləndirilməsi", "tədbir", [9, 10, 7, 10], [10, 11, 8, 12]), ("Yerli potensialın gücləndirilməsi", "universitetlərlə kurikulum işi", [1, 1, 0, 2], [1, 1, 1, 2]),
]
DONE = {"tədqiqat": 0.9, "ehtiyacların qiymətləndirilməsi": 1.05, "layihə qiymətləndirilməsi": 0.8, "qanun layihəsinə təklif": 0.8, "dövlət proqramına təklif": 0.7,
        "təşkilata məsləhət": 1.12, "dövlət qurumuna məsləhət": 1.0, "xidmət standartı": 0.85, "tədbir": 1.06, "universitetlərlə kurikulum işi": 0.9}
METHODS = [("təlim", 36), ("seminar", 24), ("canlı kitabxana", 12), ("forum teatrı", 11), ("pleybek teatrı", 7), ("grass talks", 10)]
PARTNERS = ["universitet", "nazirlik", "icra hakimiyyəti", "qeyri-hökumət təşkilatı", "bələdiyyə", "beynəlxalq təşkilat"]


def aze(day):
    return day.strftime("%d.%m.%Y") if day else ""


def members(rng):
    out = []
    for number in range(318):
        if number < 258:
            joined = dt.date(2009, 6, 1) + DAY * rng.below(4930)
        elif number < 286:
            joined = dt.date(2023, 1, 10) + DAY * rng.below(340)
        else:
            joined = dt.date(2024, 1, 10) + DAY * rng.below(340)
        until = None
        if number < 258 and rng.chance(0.19):
            # Who has not paid by the end of March is a member no longer.
            until = dt.date(max(joined.year + 1, 2024 - rng.below(7)), 3, 31)
        kind = rng.weighted([("praktik", 52), ("tələbə", 29), ("müəllim", 19)])
        out.append({"no": f"Ü-{number + 1:04d}", "kind": kind, "joined": joined, "until": until, "city": rng.weighted(CITIES),
                    "sex": rng.weighted([("qadın", 71), ("kişi", 29)])})
    return out


def at(people, day):
    return [m for m in people if m["joined"] <= day and (m["until"] is None or m["until"] > day)]


def member_file(rng, people, folder):
    rows = [["№", "Üzvlük", "Cins", "Şəhər", "Qəbul tarixi", "Bitmə tarixi", "İllik haqq"]]
    for m in people:
        city = rng.pick(["Baku", "Bakı şəh.", "Bakı"]) if m["city"] == "Bakı" and rng.chance(0.15) else m["city"]
        fee = {"praktik": 30.0, "tələbə": 7.5, "müəllim": 30.0}[m["kind"]]
        rows.append([m["no"], rng.pick(KINDS[m["kind"]]), m["sex"] if not rng.chance(0.01) else "", city, aze(m["joined"]), aze(m["until"]), comma(fee, 2)])
    for twice in (41, 187):
        rows.append(rows[twice])  # entered again when the card was renewed
    write_csv(os.path.join(folder, "members.csv"), rows, ";", "utf-8-sig", "\r\n")


def assembly(rng, people, folder):
    """The roll of each General Assembly: everybody who may vote."""
    rows = [["Yığıncaq", "Üzv", "İştirak"]]
    for day, share in zip(ASSEMBLIES, (0.55, 0.63)):
        for m in at(people, day):
            came = rng.chance(share)
            rows.append([aze(day), m["no"], rng.weighted([("iştirak etdi", 84), ("etibarnamə ilə", 16)]) if came else rng.pick(["gəlmədi", "gəlmədi", "-"])])
    write_csv(os.path.join(folder, "assembly.csv"), rows, ";", "utf-8-sig", "\r\n")


def plan(folder):
    book = Workbook(os.path.join(folder, "plan.xlsx"), dt.datetime(2024, 1, 15))
    for year, at_row in ((2023, 2), (2024, 3)):
        rows = [[row[0], row[1], *row[at_row], sum(row[at_row]), dt.date(year, 1, 15)] for row in PLAN]
        book.sheet(str(year), f"{year}-ci il üçün iş planı", [
            ("", ["İstiqamət", "Nəticə"]), ("Rüblər üzrə plan", ["I", "II", "III", "IV"]), ("İl", ["Cəmi", "Təsdiq tarixi"])], rows)
    book.close()


def outputs(rng, folder):
    """What was done; each event of capacity building is an output too."""
    rows, events, number = [], [], 0
    for year, at_row in ((2023, 2), (2024, 3)):
        for direction, output, *quarters in PLAN:
            for quarter, planned in enumerate(quarters[at_row - 2]):
                times = sum(rng.chance(DONE[output] / 1.15) for _ in range(planned)) + (planned > 0 and rng.chance(0.15 * planned))
                for _ in range(times):
                    number += 1
                    day = dt.date(year, 3 * quarter + 1, 6) + DAY * rng.below(80)
                    late = rng.chance(0.05)
                    rows.append([f"N{number:03d}", day, direction, output, rng.pick(PARTNERS),
                                 min(day + DAY * (45 + rng.below(40) if late else rng.below(9)), dt.date(2025, 1, 15))])
                    if output == "tədbir":
                        events.append({"id": f"N{number:03d}", "day": day, "method": rng.weighted(METHODS), "city": rng.weighted(CITIES),
                                       "hours": (4 + rng.below(9)) / 2})
    rows.sort(key=lambda r: r[5])  # as they were entered
    write_csv(os.path.join(folder, "outputs.csv"), [["Kod", "Tarix", "İstiqamət", "Nəticə", "Tərəfdaş", "Daxil edilib"]]
              + [[r[0], aze(r[1]), r[2], r[3], r[4], aze(r[5])] for r in rows], ";", "utf-8-sig", "\r\n")
    return sorted(events, key=lambda e: e["day"])


def attendance(rng, people, events, folder):
    write_csv(os.path.join(folder, "events.csv"), [["Kod", "Tarix", "Metod", "Şəhər", "Saat"]]
              + [[e["id"], aze(e["day"]), rng.pick([e["method"], e["method"].capitalize()]) if e["method"] != "grass talks" else e["method"], e["city"],
                  comma(e["hours"], 1)] for e in events], ";", "utf-8-sig", "\r\n")
    rows, guests = [["Tədbir", "Tarix", "İştirakçı", "Cins", "Kimdir"]], []
    for event in events:
        big = event["method"] in ("forum teatrı", "pleybek teatrı", "grass talks")
        size = (24 + rng.below(30)) if big else (11 + rng.below(12))
        here = [(m["no"], m["sex"], "üzv") for m in rng.sample(at(people, event["day"]), size // 3)]
        while len(here) < size:
            if guests and rng.chance(0.38):
                guest = rng.pick(guests)
            else:
                guest = (f"Q-{len(guests) + 1:04d}", rng.weighted([("qadın", 66), ("kişi", 34)]),
                         rng.weighted([("tələbə", 45), ("mütəxəssis", 35), ("icma üzvü", 20)]))
                guests.append(guest)
            if guest not in here:
                here.append(guest)
        for no, sex, who in here:
            rows.append([event["id"], aze(event["day"]), no.lower() if rng.chance(0.03) else no, sex if not rng.chance(0.012) else "", who])
            if rng.chance(0.006):
                rows.append(rows[-1])  # signed twice
    write_csv(os.path.join(folder, "participants.csv"), rows, ";", "utf-8-sig", "\r\n")


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "data")
    os.makedirs(folder, exist_ok=True)
    rng = Random(2006)
    people = members(rng)
    member_file(rng, people, folder)
    assembly(rng, people, folder)
    plan(folder)
    attendance(rng, people, outputs(rng, folder), folder)


if __name__ == "__main__":
    main()
