"""Partnership tables: Cardiff and the Vale by quarter, Cwm Taf as one, and the unassigned never shared out."""

# ruff: noqa: E501 (a case of damage and its refusal stand on one line)

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.police_recorded_crime import published_file as police
from etl.publications.home_office.police_recorded_crime.partnerships import (
    COLUMNS,
    DATASETS,
    RRA_CODES,
    read,
    whole_authorities,
)
from etl.release.recognise import RELEASES
from tests.synthetic import WELSH_CSPS, csp, write_ods, write_xlsx

NAME = "police_recorded_crime_csp"
SHEET = "2024_25"


def read_csp(path):
    return police.read_csp(path, dataset="police_recorded_crime_csp")


def tidy(path):
    return tidy_table(RELEASES[NAME], file=path)


def of(table, **where):
    for column, wanted in where.items():
        table = table[table[column] == wanted]
    return {row.category: int(row.value) for row in table.itertuples()}


def offences(book, place, quarter):
    rows = [r for r in book[SHEET][1:] if r[3] == place and r[1] == quarter and r[7] in RRA_CODES]
    return {r[7]: r[8] for r in rows} | {"total": sum(r[8] for r in rows)}


@settings(deadline=None, max_examples=5)
@given(seed=st.integers(0, 1000))
def test_cardiff_and_the_vale_have_their_own_figures_by_quarter(tmp_path_factory, seed):
    book = csp(seed=seed)
    table = tidy(write_ods(tmp_path_factory.mktemp("csp") / "any.ods", book))
    for place, partnership, authority in (
        ("Cardiff", "W14000015", "W06000015"),
        ("Vale of Glamorgan", "W14000014", "W06000014"),
    ):
        for quarter, start in ((1, "2024-04-01"), (4, "2025-01-01")):
            expected = offences(book, place, quarter)
            for area in (partnership, authority):
                assert of(table, area_code=area, period_start=start, measure="rra_offences") == expected


@pytest.mark.parametrize("anew", ["9C", "9b", "8K"])
def test_a_code_that_is_gone_or_spelled_anew_is_refused(tmp_path, anew):
    book = csp()
    book[SHEET] = [[anew if cell == "9B" and row[2] == "Gwent" else cell for cell in row] for row in book[SHEET]]
    if anew == "8K":  # gone: its rows are another's
        book[SHEET] = [row for n, row in enumerate(book[SHEET]) if row not in book[SHEET][:n] and row[7] != "8K"]
    told = r"of every Welsh force and year; lacking .*Gwent 9B|the aggravated offences .* and no other, spelt so"
    with pytest.raises(ContractError, match=told):
        tidy(write_ods(tmp_path / "a.ods", book))


@pytest.mark.parametrize(
    "sheet",
    [
        "2025_26 (provisional)",
        "2025_26_p",
        " 2025-26 Q1",
        "2025/26",
        "Table 2025 - 26",
        "FY2025_2026",
        "YE March 2026",
        "2025_26 (see notes)",
    ],
)
def test_a_sheet_that_is_nearly_called_after_its_year_is_refused_and_not_left_out(tmp_path, sheet):
    book = csp(years=["2024/25", "2025/26"])
    book = {sheet if name == "2025_26" else name: rows for name, rows in book.items()}
    with pytest.raises(ContractError, match="expected a sheet of a year to be called after it alone"):
        read_csp(write_xlsx(tmp_path / "a.xlsx", book) if "/" not in sheet else write_ods(tmp_path / "a.ods", book))


def test_notes_may_be_called_after_a_year(tmp_path):
    book = csp()
    book["Notes 2024-25"] = book["Notes"]
    assert len(read_csp(write_ods(tmp_path / "a.ods", book))) == len(read_csp(write_ods(tmp_path / "b.ods", csp())))


def test_two_sheets_of_one_year_are_refused(tmp_path):
    book = csp()
    book["2024-25"] = book[SHEET]
    with pytest.raises(ContractError, match="expected one sheet for one table; came '2024_25' and '2024-25'"):
        read_csp(write_ods(tmp_path / "a.ods", book))


def test_cwm_taf_stands_alone_and_neither_of_its_authorities_has_a_row(tmp_path):
    table = tidy(write_ods(tmp_path / "a.ods", csp()))
    assert of(table, area_code="W14000023", period_start="2024-04-01") == offences(csp(), "Cwm Taf", 1)
    assert not set(table["area_code"]) & {"W06000016", "W06000024"}
    assert len(whole_authorities()) == 20
    assert "W14000023" not in whole_authorities()


def test_unassigned_offences_stay_visible_by_force_and_in_no_place(tmp_path):
    book = csp()
    table = tidy(write_ods(tmp_path / "a.ods", book))
    left = table[table["measure"] == "rra_offences_unassigned"]
    assert set(left["area_code"]) == {"W15000001", "W15000002", "W15000003", "W15000004"}
    expected = offences(book, "Unassigned South Wales", 2)
    assert of(left, area_code="W15000003", period_start="2024-07-01") == expected
    placed = table[(table["measure"] == "rra_offences") & table["area_code"].str.startswith("W14")]
    assert len(set(placed["area_code"])) == sum(map(len, WELSH_CSPS.values())) == 21


def test_english_places_and_other_codes_do_not_come_in(tmp_path):
    table = tidy(write_ods(tmp_path / "a.ods", csp()))
    assert set(table["category"]) == {*RRA_CODES, "total"}
    assert set(table["area_code"].str[0]) == {"W"}


@pytest.mark.parametrize("count", ["Offence Count", "Number of Offences"])
def test_both_names_of_the_count_are_read(tmp_path, count):
    assert len(read_csp(write_ods(tmp_path / "a.ods", csp(count=count)))) > 0


def test_a_copy_saved_as_csv_gives_the_same(tmp_path):
    live = read_csp(write_ods(tmp_path / "a.ods", csp()))
    live[list(COLUMNS)].to_csv(tmp_path / "a.csv", index=False)
    saved = DATASETS[0].tidy(read(tmp_path / "a.csv"))
    assert saved["value"].tolist() == DATASETS[0].tidy(live)["value"].tolist()


def lose(word):
    return lambda rows: [r for r in rows if word not in r]


def change(column, old, new):
    return lambda rows: [[new if n == column and c == old else c for n, c in enumerate(r)] for r in rows]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lose("Cardiff"), "expected 21 Welsh partnerships in every quarter"),
        (lose("Gwent"), r"no row of Gwent"),
        (lambda rows: [r for r in rows if r[1] != 2], "expected 21 Welsh partnerships in every quarter; came 2024-07-01 0"),
        (change(3, "Cardiff", "Cardiff Bay"), "a Welsh Community Safety Partnership of areas.csv; came 'Cardiff Bay'"),
        (change(2, "Gwent", "Monmouth"), "a Welsh partnership under a force that etl/geo/geography.py knows; came 'Monmouth'"),
        (change(8, "Offence Count", "Offences"), "sheet '2024_25', row 1: expected a column 'Number of Offences' or 'Offence Count'"),
        (change(0, "2024/25", "2023/24"), "sheet '2024_25': expected rows of that year only"),
        (lambda rows: [*rows, rows[1]], "Offence Code once"),
        (lambda rows: [*rows[:3], [*rows[3][:8], "x"], *rows[4:]], "sheet '2024_25', I4: expected a number for 'Number of Offences'; came 'x'"),
        (lambda rows: [rows[0]], "expected rows below the header"),
        (lambda rows: rows[1:], "a row among the first 30 with the headings"),
    ],
)  # fmt: skip
def test_a_damaged_table_is_refused(tmp_path, damage, told):
    book = deepcopy(csp())
    book[SHEET] = damage(book[SHEET])
    with pytest.raises(ContractError) as refusal:
        tidy(write_ods(tmp_path / "a.ods", book))
    assert told in str(refusal.value)


def test_a_negative_correction_is_summed_as_it_is(tmp_path):
    book = deepcopy(csp())
    row = next(r for r in book[SHEET] if r[3] == "Cardiff" and r[7] == "8P" and r[1] == 1)
    row[8] = -2
    assert of(tidy(write_ods(tmp_path / "a.ods", book)), area_code="W06000015", period_start="2024-04-01")["8P"] == -2
