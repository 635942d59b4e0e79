"""An example of every template, made here and nowhere else: numbers that nobody counted, for tests and pictures.

The awkward fact: an example that looks real is quoted. It is made by this code when a test runs, and kept in no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from math import sin

from local_figures import door
from local_figures.store import editions
from local_figures.store.editions import Act
from local_figures.store.engine import Store

AREA = "W06000015"
ACT = Act(workspace="zebra-council", who="ann@council.example", now=datetime(2026, 11, 29, tzinfo=UTC))
STRANDS = {"race": 60, "religion": 9, "sexual_orientation": 17, "disability": 8, "transgender": 3}
Lines = Mapping[int, Mapping[str, str]]


def quarters(count: int, *, last: date = date(2026, 7, 1)) -> list[str]:
    """Return the first days of some quarters up to the last, oldest first."""
    number = last.year * 4 + (last.month - 1) // 3
    return [f"{n // 4}-{n % 4 * 3 + 1:02d}-01" for n in range(number - count + 1, number + 1)]


def police(count: int = 16, *, kinds: tuple[str, ...] = ("crime",)) -> Lines:
    """Return quarters of what a force could give, with a summer that is higher."""
    rows = []
    for kind in kinds:
        for at, quarter in enumerate(quarters(count)):
            swing = 1 + 0.15 * sin(at * 1.57) + 0.01 * at
            parts = {strand: round(usual * swing) + at % 3 for strand, usual in STRANDS.items()}
            total = sum(parts.values()) - 2
            for strand, number in {"total": total, **parts}.items():
                cells = {"quarter": quarter, "area_code": AREA, "crime_or_incident": kind, "strand": strand}
                rows.append({**cells, "count": str(number), "extracted_on": "2026-10-12"})
    return dict(enumerate(rows, start=2))


def third_party(count: int = 6) -> Lines:
    """Return quarters of reports by strand and route."""
    rows = []
    for at, quarter in enumerate(quarters(count)):
        for route, usual in {"self": 14, "third_party": 7, "police": 9, "online": 6}.items():
            numbers = {"total": usual + at, "race": usual - 1 + at, "religion": 2 + at % 2}
            for strand, number in numbers.items():
                where = {"quarter": quarter, "area_code": AREA, "organisation_type": "voluntary", "strand": strand}
                rows.append({**where, "route": route, "reported_to_police": "no", "count": str(number)})
    return dict(enumerate(rows, start=2))


def outcomes() -> Lines:
    """Return what could have come of a year's offences."""
    found = {"total": 240, "charged": 40, "out_of_court": 12, "evidence": 98, "no_suspect": 30, "other": 10, "open": 50}
    where = {"year": "2025/26", "area_code": AREA, "cohort_year": "2025/26"}
    return dict(enumerate(({**where, "outcome_group": g, "count": str(n)} for g, n in found.items()), start=2))


def bullying() -> Lines:
    """Return what schools could have returned for two terms."""
    numbers = {"total": 45, "race": 21, "religion": 3, "sexual_orientation": 12, "disability": 9, "sex": 7}
    rows = []
    for term, more in (("autumn", 0), ("spring", 4)):
        for sector, extra in (("primary", 0), ("secondary", 12)):
            where = {"academic_year": "2025/26", "area_code": AREA, "term": term, "sector": sector}
            for characteristic, number in numbers.items():
                kept = {"characteristic": characteristic, "bullying_method": "", "bullying_target": ""}
                counted = {"count": str(number + more + extra if number > 4 else number)}
                rows.append({**where, **kept, **counted, "schools_returned": "14", "schools_total": "18"})
    return dict(enumerate(rows, start=2))


def support() -> Lines:
    """Return referrals to two services."""
    rows = []
    for at, quarter in enumerate(quarters(5)):
        for service, usual in (("Victim support", 20), ("Advocacy", 8)):
            numbers = {"referred": usual + at, "accepted": usual - 1, "asked_n": 7, "satisfied_n": 6}
            where = {"quarter": quarter, "area_code": AREA, "service": service}
            rows.append(where | {name: str(number) for name, number in numbers.items()})
    return dict(enumerate(rows, start=2))


def caravans() -> Lines:
    """Return two counts of caravans."""
    found = {"authorised_social": 88, "authorised_private": 12, "unauthorised_own": 6, "unauthorised_other": 0}
    rows = [
        {"date": day, "area_code": AREA, "caravan_status": status, "caravans": str(number)}
        for day in ("2026-01-15", "2026-07-16")
        for status, number in {**found, "total": sum(found.values())}.items()
    ]
    return dict(enumerate(rows, start=2))


def referrals() -> Lines:
    """Return referrals of possible victims by who referred them."""
    rows = []
    for at, quarter in enumerate(quarters(5)):
        for responder, usual in (("police", 14), ("council", 9), ("home_office", 2)):
            numbers = {"total": usual + at, "adult": usual - 1 + at, "child": 1}
            where = {"quarter": quarter, "area_code": AREA, "first_responder": responder}
            rows += [{**where, "age_group": age, "count": str(number)} for age, number in numbers.items()]
    return dict(enumerate(rows, start=2))


def training() -> Lines:
    """Return courses: one of which shares can be told, one that too few answered."""
    rows = []
    for quarter in quarters(2):
        for course, numbers in (("Responding to hate crime", (32, 26, 20)), ("Cohesion basics", (12, 7, 6))):
            told = dict(zip(("attended", "feedback_n", "more_confident_n"), map(str, numbers), strict=True))
            rows.append({"quarter": quarter, "department": "Education", "course": course, **told})
    return dict(enumerate(rows, start=2))


GROUPS = (("all", 412, 70.0, 4.4), ("aged 16 to 24", 64, 61.0, 12.0), ("few", 12, 50.0, 28.0))


def survey() -> Lines:
    """Return answers of residents: one group large, one to be read with care, one too small to be told."""
    rows = []
    for year, more in (("2024/25", 0.0), ("2025/26", 1.5)):
        for group, n, share, half in GROUPS:
            where = {"year": year, "area_code": AREA, "question_code": "get_on_well", "group": group, "n": str(n)}
            numbers = {"percent": share + more, "lower": share + more - half, "upper": share + more + half}
            rows.append(where | {name: str(number) for name, number in numbers.items()})
    return dict(enumerate(rows, start=2))


EVERY: Mapping[str, Lines] = {
    "police_figures": police(kinds=("crime", "incident")),
    "third_party_reports": third_party(),
    "outcomes": outcomes(),
    "school_bullying": bullying(),
    "training": training(),
    "support": support(),
    "resident_survey": survey(),
    "caravans": caravans(),
    "nrm_referrals": referrals(),
}


def put_on_show(store: Store, every: Mapping[str, Lines], *, act: Act = ACT) -> None:
    """Bring in and approve one edition of each template."""
    for template, lines in every.items():
        number = editions.upload(store, act, template=template, lines=lines)
        door.approve(store, act, template, number)


def on_show(store: Store, names: Iterable[str], *, act: Act = ACT) -> dict[str, door.Disclosure]:
    """Return what the door gives of some templates, as figures are made from it."""
    found = {name: door.show(store, act, name) for name in names}
    return {name: one for name, one in found.items() if one}
