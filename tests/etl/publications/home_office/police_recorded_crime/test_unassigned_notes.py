"""Notes that say whose offences stand under "Unassigned", and for which quarters."""

# ruff: noqa: E501 (a note stands on one line)

from __future__ import annotations

import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.police_recorded_crime.unassigned_notes import PARTNERSHIPS_OF, unusable
from etl.reading.note_periods import LAST, months_named
from etl.release.recognise import RELEASES
from tests.synthetic import csp, write_ods

NAME = "police_recorded_crime_csp"
HEAD = [["Notes"], ["Updated: 23 July 2026"], ["Force Notes"]]


def notes(*rows):
    return {"Notes": [*HEAD, *([row] if isinstance(row, str) else row for row in rows)]}


def month(text):
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def span(first, last):
    return frozenset(range(month(first), (LAST if last == "" else month(last)) + 1))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("in the year ending March 2026", "2025-04", "2026-03"),
        ("in the years ending March 2025 and March 2026", "2024-04", "2026-03"),
        ("between April and September 2025", "2025-04", "2025-09"),
        ("between October 2025 and March 2026", "2025-10", "2026-03"),
        ("between October and March 2026", "2025-10", "2026-03"),
        ("from 1 April 2025 to 30 September 2025", "2025-04", "2025-09"),
        ("for Q1 2025/26", "2025-04", "2025-06"),
        ("in 2025-26 Q4", "2026-01", "2026-03"),
        ("in quarters 1 and 2 of 2025/26", "2025-04", "2025-09"),
        ("Q1 to Q3 2025/26", "2025-04", "2025-12"),
        ("quarter 1 (April to June) 2025/26", "2025-04", "2025-06"),
        ("2023/24 to 2025/26", "2023-04", "2026-03"),
        ("in the first quarter of 2025/26", "2025-04", "2025-06"),
        ("since July 2025", "2025-07", ""),
        ("from April 2025 onwards", "2025-04", ""),
        ("in June 2025", "2025-06", "2025-06"),
        ("Apr\u2013Jun 2025", "2025-04", "2025-06"),
    ],
)
def test_a_period_in_prose_is_read(text, first, last):
    assert months_named(text) == span(first, last)


@pytest.mark.parametrize(
    "text", ["", "recently", "in the last two quarters", "in quarter 1", "in 2025/27", "it may be so"]
)
def test_words_that_name_no_period_give_none(text):
    assert not months_named(text)


def places(path_notes, tmp_path):
    declared = unusable(write_ods(tmp_path / "a.ods", path_notes))
    return {name for one in declared for name in one.partnerships}


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("South Wales: in the year ending March 2026 offences in Cardiff were recorded under the unassigned group.", {"Cardiff"}),
        ("Between April and September 2025, offences in Cardiff, Swansea and the Vale of Glamorgan were recorded as Unassigned South Wales.", {"Cardiff", "Swansea", "Vale of Glamorgan"}),
        ("For Q1 2025/26 all Dyfed\u2013Powys offences stand under 'Unassigned'.", set(PARTNERSHIPS_OF["Dyfed-Powys"])),
        ("Gwent Police: in the year ending March 2026 all offences were recorded under unassigned.", set(PARTNERSHIPS_OF["Gwent"])),
        ("Blaenau Gwent's offences were unassigned in 2025/26.", {"Blaenau Gwent"}),
        ("In 2025/26 offences in Merthyr Tydfil were unassigned.", {"Cwm Taf"}),
        (["South Wales", "2025/26", "Offences in Newport and Cardiff recorded under unassigned"], {"Newport", "Cardiff"}),
        ("South Wales moved to a new system in July 2025. Since then, offences in Bridgend are recorded as unallocated.", {"Bridgend"}),
    ],
)  # fmt: skip
def test_places_of_a_note_are_read(tmp_path, row, wanted):
    assert places(notes(row), tmp_path) == wanted


def test_a_note_under_the_heading_of_its_force_and_year_is_read(tmp_path):
    book = notes("North Wales", "Year ending March 2026", "All offences are under the unassigned group.")
    assert places(book, tmp_path) == set(PARTNERSHIPS_OF["North Wales"])


def test_a_heading_does_not_make_some_offences_all_of_them(tmp_path):
    with pytest.raises(ContractError, match="came 'Some offences are under"):
        places(
            notes("North Wales", "Year ending March 2026", "Some offences are under the unassigned group."), tmp_path
        )


@pytest.mark.parametrize(
    "row",
    [
        "'Unassigned' rows hold offences that could not be assigned to a Community Safety Partnership.",
        "Unassigned South Wales",
        "Offences without a location are shown as Unassigned South Wales.",
        "Kent: in the year ending March 2026 offences in Medway were recorded under unassigned.",
        "Avon and Somerset: offences in 2025/26 in Bristol were recorded under unassigned.",
        "Gwent: …",
    ],
)
def test_general_notes_and_those_on_england_declare_nothing(tmp_path, row):
    assert places(notes(row), tmp_path) == set()


@pytest.mark.parametrize(
    "row",
    [
        "Offences in Cardiff were recorded under unassigned.",
        "Offences in Cardiff were recorded under unassigned in the last two quarters.",
        "In 2025/26 offences in some partnerships were recorded under unassigned.",
        "South Wales: some offences were recorded under unassigned in 2025/26.",
        "Offences in Cardiff recorded under unassigned in 2024/25 have been reassigned.",
        "In 2025/26 no offences in Cardiff are no longer unassigned.",
    ],
)
def test_a_note_that_cannot_be_resolved_is_refused_with_its_words(tmp_path, row):
    with pytest.raises(ContractError) as refusal:
        places(notes(row), tmp_path)
    assert (
        f"expected a note on unassigned offences that names its partnerships or force, and its quarters; came '{row[:40]}"
        in str(refusal.value)
    )


NOTE = "South Wales: between July and December 2024 offences in Cardiff were recorded under the unassigned group."


@pytest.mark.parametrize("rows_are_there", [True, False])
def test_a_partnership_under_unassigned_has_no_figure_and_a_marker_and_never_0(tmp_path, rows_are_there):
    book = csp()
    if not rows_are_there:
        book["2024_25"] = [r for r in book["2024_25"] if not (r[3] == "Cardiff" and r[1] in (2, 3))]
    table = tidy_table(RELEASES[NAME], file=write_ods(tmp_path / "a.ods", book | notes(NOTE)))
    own = table[table["area_code"].isin(["W06000015", "W14000015"])]
    out = own["period_start"].isin(["2024-07-01", "2024-10-01"])
    assert len(own[out]) == 2 * 2 * 6
    assert set(own.loc[out, "marker"]) == {"[u]"}
    assert set(own.loc[out, "value"]) == {""}
    assert set(own.loc[~out, "marker"]) == {""}
    others = table[~table["area_code"].isin(["W06000015", "W14000015"])]
    assert set(others["marker"]) == {""}
