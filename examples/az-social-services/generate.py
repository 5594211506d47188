#!/usr/bin/env python3
"""Writes the synthetic data of this example. The same seed gives the same bytes on every machine.

Every person, enterprise figure and amount is invented. The totals agree with the public facts that README.md lists.
Run from this folder:  python3 generate.py [FOLDER]
"""
import datetime as dt
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from synthetic import DAY, Random, iso, write_csv  # noqa: E402

FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "data")
FIRST, END = dt.date(2024, 7, 1), dt.date(2025, 10, 1)

REGIONS = [  # economic regions and their weight among people served
    ("Bakı", 21), ("Abşeron-Xızı", 8), ("Gəncə-Daşkəsən", 9), ("Qazax-Tovuz", 8), ("Şəki-Zaqatala", 8),
    ("Lənkəran-Astara", 11), ("Quba-Xaçmaz", 7), ("Mərkəzi Aran", 9), ("Qarabağ", 7), ("Mil-Muğan", 6),
    ("Şirvan-Salyan", 6), ("Dağlıq Şirvan", 5), ("Şərqi Zəngəzur", 2), ("Naxçıvan", 5),
]
ENTERPRISES = [  # code, name, region, kind, capacity, share occupied at the start and at the end
    ("SX01", "Bilgəh", "Bakı", "elderly", 150, 0.95, 0.97),
    ("SX02", "Şüvəlan", "Bakı", "disability", 110, 0.93, 0.96),
    ("SX03", "Mərdəkan", "Bakı", "children", 64, 0.86, 0.81),
    ("SX04", "Sabunçu", "Bakı", "shelter", 40, 0.80, 1.06),
    ("SX05", "Sumqayıt", "Abşeron-Xızı", "elderly", 96, 0.94, 0.98),
    ("SX06", "Gəncə", "Gəncə-Daşkəsən", "disability", 120, 0.92, 0.95),
    ("SX07", "Tovuz", "Qazax-Tovuz", "elderly", 60, 0.88, 0.90),
    ("SX08", "Şəki", "Şəki-Zaqatala", "elderly", 84, 0.95, 1.03),
    ("SX09", "Lənkəran", "Lənkəran-Astara", "disability", 90, 0.91, 0.94),
    ("SX10", "Quba", "Quba-Xaçmaz", "elderly", 66, 0.90, 0.92),
    ("SX11", "Mingəçevir", "Mərkəzi Aran", "children", 58, 0.84, 0.78),
    ("SX12", "Bərdə", "Qarabağ", "elderly", 72, 0.93, 0.95),
    ("SX13", "Salyan", "Şirvan-Salyan", "disability", 68, 0.89, 0.91),
    ("SX14", "Şamaxı", "Dağlıq Şirvan", "shelter", 36, 0.75, 0.86),
    ("SX15", "Naxçıvan", "Naxçıvan", "elderly", 80, 0.90, 0.93),
]
ENLARGED = ("SX06", dt.date(2025, 4, 1), 130)  # a new wing in Gəncə


def write(name, header, rows, separator=","):
    write_csv(os.path.join(FOLDER, name), [header, *rows], separator)


def quarter(day):
    return f"{day.year}-Q{(day.month + 2) // 3}"


def capacity(code, places, day):
    return ENLARGED[2] if code == ENLARGED[0] and day >= ENLARGED[1] else places


class Register:
    """People, numbered once; the same person may be met by several services."""

    def __init__(self, rng):
        self.rng, self.people = rng, []

    def add(self, region, youngest, oldest, women, disability):
        rng = self.rng
        birth = dt.date(2025 - youngest - rng.below(oldest - youngest), 1, 1) + DAY * rng.below(365)
        if rng.chance(0.004):
            birth = dt.date(birth.year - birth.year % 4, 2, 29)
        sex = "qadın" if rng.chance(women) else "kişi"
        if rng.chance(0.015):
            sex = ""
        person = f"AZ{len(self.people) + 100001:06d}"
        self.people.append([person, "" if rng.chance(0.006) else iso(birth), sex, region,
                            "bəli" if rng.chance(disability) else "xeyr"])
        return person


def stays_and_census(rng, register):
    stays, census = [], []
    span = (END - FIRST).days
    for code, name, region, kind, places, at_start, at_end in ENTERPRISES:
        ages = {"children": (4, 17), "shelter": (18, 60)}.get(kind, (60, 96) if kind == "elderly" else (19, 70))
        turnover = 45 if kind == "shelter" else 900

        def admit(day):
            person = register.add(region, *ages, 0.9 if kind == "shelter" else 0.52, 0.9 if kind == "disability" else 0.3)
            stay = [person, code, day, None, ""]
            stays.append(stay)
            return stay

        living = [admit(FIRST - DAY * (1 + rng.below(2 * turnover))) for _ in range(round(places * at_start))]
        for n in range(span):
            day = FIRST + DAY * n
            staying = []
            for stay in living:
                if stay[2] < day and rng.chance(1 / turnover):
                    stay[3] = day
                    stay[4] = rng.weighted([("family", 5), ("transfer", 2), ("independent", 2), ("death", 2)]
                                           if kind != "shelter" else [("family", 4), ("independent", 6)])
                else:
                    staying.append(stay)
            living = staying
            beds = capacity(code, places, day)
            wanted = round(beds * (at_start + (at_end - at_start) * n / (span - 1)))
            while len(living) < wanted and (rng.chance(0.45) or n > span - 4):
                living.append(admit(day))
            census.append([day, code, beds, len(living)])
    return stays, census


def census_files(rng, census):
    by_quarter = {}
    for day, code, beds, residents in sorted(census, key=lambda r: (r[0], r[1])):
        text = str(residents)
        inside = day.day not in (28, 29, 30, 31)  # month ends were always reported
        if inside and rng.chance(0.0011):
            text = ""  # nobody counted that day
        elif inside and rng.chance(0.0003):
            text = "sayılmayıb"  # "not counted", typed into a number column
        by_quarter.setdefault(quarter(day), []).append([iso(day), code, beds, text])
    for name, rows in by_quarter.items():
        write(f"occupancy-{name}.csv", ["date", "enterprise", "capacity", "residents"], rows)


def home_services(rng, register):
    clients = []
    for _ in range(9870):
        elderly = rng.chance(0.72)
        clients.append(register.add(rng.weighted(REGIONS), *((65, 97) if elderly else (19, 66)), 0.64 if elderly else 0.5,
                                    0.34 if elderly else 0.97))
    rows = []
    span = (END - FIRST).days
    for number, person in enumerate(clients):
        joined = 0 if number < 8700 else rng.below(span - 30)
        left = span if rng.chance(0.97) else max(joined + 30, 100 + rng.below(span - 100))
        n = joined + rng.below(50)
        while n < min(left, span):
            service = rng.weighted([("məişət xidməti", 46), ("tibbi-sosial xidmət", 22), ("psixoloji dəstək", 12),
                                    ("ərzaq və dərman", 20)])
            status = rng.weighted([("delivered", 955), ("refused", 20), ("not at home", 25)])
            rows.append([iso(FIRST + DAY * n), person, service, status])
            n += 25 + rng.below(42)
    rows.sort()
    write("home-services.csv", ["date", "person_id", "service", "status"], rows)
    return clients


PROJECTS = [  # code, title, partner, weight, price of a session in manat
    ("SS-01", "Uşaqların erkən reabilitasiyası", "Ümid İctimai Birliyi", 24, 1850),
    ("SS-02", "Gündüz reabilitasiya mərkəzi", "Himayə Fondu", 20, 1420),
    ("SS-03", "Məişət zorakılığından zərərçəkənlər", "Təmiz Dünya Mərkəzi", 6, 2300),
    ("SS-04", "Gənclər üçün peşə reabilitasiyası", "Yeni Nəsil Birliyi", 14, 1275),
    ("SS-05", "Nitq və davranış terapiyası", "Autizm Dəstək Mərkəzi", 18, 2150),
    ("SS-06", "Ahıllar üçün fiziki reabilitasiya", "Qayğı Evi", 12, 990),
    ("SS-07", "Sığınacaqdan müstəqil həyata", "Sabah İctimai Birliyi", 6, 1730),
]


def rehabilitation(rng, register, clients, residents):
    write("projects.csv", ["project", "title", "partner"], [p[:3] for p in PROJECTS])
    old = [register.add(rng.weighted(REGIONS), 3, 62, 0.47, 0.72) for _ in range(8930)]
    people = old + [clients[rng.below(len(clients))] for _ in range(1280)]
    people += [residents[rng.below(len(residents))] for _ in range(310)]
    rng.shuffle(people)
    rows = []
    for number, person in enumerate(people):
        courses = 1 + (rng.below(100) < 17)
        for _ in range(courses):
            late = number >= 2300  # the first ones were served in 2024
            day = (dt.date(2025, 1, 6) + DAY * rng.below(264)) if late else (FIRST + DAY * rng.below(180))
            code, _, _, _, price = rng.weighted([(p, p[3]) for p in PROJECTS])
            sessions = 4 + rng.below(21)
            cost = sessions * (price + rng.below(300))
            rows.append([day, person, code, sessions, f"{cost // 100},{cost % 100:02d}"])
    rows.sort(key=lambda r: (r[0], r[1], r[2]))
    out = [[r[0].strftime("%d.%m.%Y"), *r[1:]] for r in rows]
    write("rehabilitation.csv", ["tarix", "person_id", "layihə", "seans", "məbləğ"], out, ";")


CATEGORIES = [("lonely elderly", 38), ("people with disabilities", 27), ("children with limited health", 17),
              ("children in socially dangerous conditions", 12), ("victims of domestic violence", 6)]
FORMS = [("at home", 46), ("day care", 27), ("residential", 15), ("shelter", 6), ("counselling", 6)]


def assessments(rng):
    rows = []
    day = FIRST
    case = 24001
    while day < END:
        if day.weekday() < 5:
            for _ in range(14 + rng.below(9)):
                category = rng.weighted(CATEGORIES)
                plan = day + DAY * (1 + rng.below(14)) if rng.chance(0.865 if day.year == 2024 else 0.9) else None
                urgent = category == "victims of domestic violence"
                wait = 1 + rng.below(6) if urgent else 6 + rng.below(22 if day.year == 2024 else 18) + rng.below(14)
                service = day + DAY * wait if plan and rng.chance(0.93) else None
                rows.append([f"Q{case}", iso(day), category, rng.weighted(REGIONS), iso(plan if plan and plan < END else None),
                             iso(service if service and service < END else None), rng.weighted(FORMS) if plan else ""])
                case += 1
        day += DAY
    write("assessments.csv", ["case_id", "assessed_on", "category", "region", "plan_on", "service_on", "form"], rows)


def main():
    os.makedirs(FOLDER, exist_ok=True)
    rng = Random(20260122)
    register = Register(rng)
    stays, census = stays_and_census(rng, register)
    write("enterprises.csv", ["code", "name", "region", "kind"], [e[:4] for e in ENTERPRISES])
    census_files(rng, census)
    stays.sort(key=lambda s: (s[2], s[0]))
    write("stays.csv", ["person_id", "enterprise", "admitted", "discharged", "reason"],
          [[s[0], s[1], iso(s[2]), iso(s[3]), s[4]] for s in stays])
    clients = home_services(rng, register)
    rehabilitation(rng, register, clients, [s[0] for s in stays])
    assessments(rng)
    write("people.csv", ["person_id", "birth_date", "sex", "region", "disability"], register.people)


if __name__ == "__main__":
    main()
