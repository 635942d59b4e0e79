"""A reorganisation rehearsed as docs/reorganisation.md says: two Welsh authorities merge, and two English; made up."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import memory, places, queries, store
from dashboard.model import Period
from etl.__main__ import main
from etl.geo import geography
from tests.pages.conftest import open_page  # noqa: F401
from tests.scratch import DATA
from tests.synthetic import asy_d11, reg_02, write_ods, write_xlsx

LAST, FIRST, NEWEST = "2026-06-30", "2026-07-01", date(2026, 9, 30)
CONWY, DENBIGHSHIRE, NEW = "W06000003", "W06000004", "W06000099"
ELMBRIDGE, WOKING, SURREY_NEW = "E07000207", "E07000217", "E06000099"
WALES, ENGLAND = "W92000004", "E92000001"
PARTNERSHIP = "W14000099"
MERGED = {
    NEW: (CONWY, DENBIGHSHIRE),
    PARTNERSHIP: ("W14000003", "W14000004"),
    SURREY_NEW: (ELMBRIDGE, WOKING),
}
NAMES = {
    NEW: ("Coast and Clwyd", "Glannau Clwyd", "yng Nglannau Clwyd", "i Lannau Clwyd", "o Lannau Clwyd"),
    SURREY_NEW: ("Elmbridge and Woking", "Elmbridge and Woking", "", "", ""),
}  # fmt: skip
NAMES[PARTNERSHIP] = NAMES[NEW]
BREAK = {
    "kind": "boundary", "severity": "hard", "until": "", "label_en": "New authority", "label_cy": "Awdurdod newydd",
    "effect_en": "It was two authorities before.", "effect_cy": "Dau awdurdod oedd cynt.",
    "origin": "made up for a test",
}  # fmt: skip


def change(path: Path, to: Callable[[list[dict[str, str]]], None]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    to(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def areas_as_the_guide_says(rows: list[dict[str, str]]) -> None:
    held = {row["code"]: row for row in rows}
    for new, (first, second) in MERGED.items():
        english, welsh, in_, to, from_ = NAMES[new]
        phrases = {"in_cy": in_, "to_cy": to, "from_cy": from_}
        phrases |= {f"{word}_en": f"{word} {english}" if in_ else "" for word in ("in", "to", "from")}
        rows.append(held[first] | phrases | {"code": new, "name_en": english, "name_cy": welsh, "valid_from": FIRST})
        for old in (first, second):
            held[old]["valid_to"] = LAST


def members_as_the_guide_says(rows: list[dict[str, str]]) -> None:
    for new, (first, _) in MERGED.items():
        wholes = [row["area_code"] for row in rows if row["member_code"] == first]
        own = {PARTNERSHIP if whole == "W14000003" else whole for whole in wholes}
        rows.extend({"area_code": whole, "member_code": new} for whole in sorted(own))


def breaks_as_the_guide_says(rows: list[dict[str, str]]) -> None:
    rows.append(BREAK | {"measure": "asylum_supported", "area_code": NEW, "date": FIRST})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder after the guide was followed and both releases with the new codes were brought in."""
    there = tmp_path_factory.mktemp("reorganised")
    data = there / "data"
    for part in ("reference", "tidy"):
        shutil.copytree(DATA / part, data / part)
    change(data / "reference" / "areas.csv", areas_as_the_guide_says)
    change(data / "reference" / "area_members.csv", members_as_the_guide_says)
    change(data / "reference" / "breaks.csv", breaks_as_the_guide_says)
    with geography.reference_of(data):
        files = [write_ods(there / "a.ods", reg_02(day="30 September 2026")), write_xlsx(there / "b.xlsx", d11())]
    for file in files:
        released = "2026-11-20" if file.name == "a.ods" else "2026-10-20"  # made-up counts that need not agree
        command = ["--data", str(data), "add", str(file), "--released", released]
        assert main([*command, "--accept-large-changes"]) == 0
    return data


def d11() -> dict[str, list[list[object]]]:
    book = asy_d11(last="30 Sep 2026")
    rows = [("Wales", NEW, 70), ("South East", SURREY_NEW, 40)]
    newest = [["30 Sep 2026", "Section 95", where, NAMES[code][0], code, "Dispersal Accommodation", people]
              for where, code, people in rows]  # fmt: skip
    book["Data_Asy_D11"][-1:-1] = newest
    return book


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    """Let go of this build at the end: what is remembered is kept by the name of its build."""
    yield
    memory.forget()


@pytest.fixture(autouse=True)
def on_show(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(store, "DATA", folder)
    return store.build_id(data=folder)


def newest(measure: str, place: str, build: str) -> tuple[date, float | None]:
    last = queries.series(measure, place, build=build).latest
    assert last
    return last.period.start, last.value


def test_the_old_series_stay_to_their_end_and_the_new_one_begins(on_show):
    assert newest("asylum_supported", CONWY, on_show)[0] == date(2026, 6, 30)
    series = queries.series("asylum_supported", NEW, build=on_show)
    assert [(o.period.start, o.value) for o in series.observations] == [(NEWEST, 70)]
    assert [b.severity for b in series.breaks if b.area == NEW] == ["hard"]
    assert queries.area(CONWY, build=on_show).until == date(2026, 6, 30)
    assert queries.area(NEW, build=on_show).since == date(2026, 7, 1)


@pytest.mark.parametrize("whole", [WALES, ENGLAND])
def test_sums_go_on_over_the_authorities_of_each_day(on_show, whole):
    held = {o.period.start: o for o in queries.series("asylum_supported", whole, build=on_show).observations}
    for day in (date(2026, 3, 31), NEWEST):
        parts = queries.snapshot(
            "asylum_supported", kind="local_authority", period=Period(start=day, months=0), nation=whole, build=on_show
        )
        assert held[day].derived
        assert held[day].value == sum(o.value or 0 for o in parts)
        assert (NEW in {o.area for o in parts}) == (day == NEWEST and whole == WALES)


def test_the_map_is_of_the_newest_day_and_nobody_is_missing(on_show):
    found = places.compared(choice="asylum_supported", among="wales", place="W06000015", build=on_show)
    assert found is not None
    assert (found.period.start, len(found.counted), found.without) == (NEWEST, 21, ())
    assert CONWY not in {row.area.code for row in found.rows}


@pytest.mark.parametrize("place", [NEW, CONWY])
@pytest.mark.parametrize(("page", "lang"), [("home", "cy"), ("compare", "en"), ("sanctuary", "cy")])
def test_pages_open_for_the_new_authority_and_for_the_ended_ones(open_page, page, lang, place):  # noqa: F811
    session: AppTest = open_page(page, lang=lang, place=place)
    assert not session.exception
