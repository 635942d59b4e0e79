"""A line that a reference table lost, or a digit that changed in it, is named: another table misses it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from etl.contract import ContractError
from etl.pipeline.tables import read_tables
from tests.scratch import edit, scratch_data


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    return scratch_data(tmp_path) / "reference"


def without(path: Path, line: str) -> None:
    """Take one line out of a table, which must have it once."""

    def change(lines: list[str]) -> list[str]:
        assert lines.count(line) == 1 or sum(one.startswith(line) for one in lines) == 1
        return [one for one in lines if not one.startswith(line)]

    edit(path, change)


@pytest.mark.parametrize(
    ("table", "line", "told"),
    [
        ("area_members.csv", "W92000004,W06000015", "expected W06000015 in W92000004; came no such line"),
        ("area_members.csv", "K02000001,N09000011", "expected N09000011 in K02000001; came no such line"),
        ("area_members.csv", "W15000003,W06000015", "expected W06000015 in one police force; came none"),
        ("area_members.csv", "E23000031,E07000207", "expected E07000207 in one police force; came none"),
        ("small_area_lookup.csv", "W01001059,", "expected a line of lsoa W01001059; came none"),
        (
            "measures.csv",
            "recorded_crime,",
            "expected the measure recorded_crime, which has categories; came no such line",
        ),
    ],
)
def test_a_lost_line_is_named(reference, table, line, told):
    without(reference / table, line)
    with pytest.raises(ContractError, match=told):
        read_tables(data=reference.parent)


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("area_members.csv", "W15000003,W06000015", "W15000002,W06000015", "W06000015 in one police force"),
        ("area_members.csv", "E92000001,E07000207", "E92000001,E07000208", "each area_code and member_code once"),
        ("small_area_lookup.csv", "W01001059,W02000251", "W01001059,W02000999", "a msoa of today .* came W02000999"),
        ("small_area_lookup.csv", "W01001059,W02000251", "W01009999,W02000251", "a line of lsoa W01001059; came none"),
    ],
)
def test_a_changed_digit_is_named(reference, table, old, new, told):
    edit(
        reference / table,
        lambda lines: [new + line.removeprefix(old) if line.startswith(old) else line for line in lines],
    )
    if table == "area_members.csv" and new.startswith("W15000002"):
        edit(reference / table, lambda lines: [*lines, old])  # in two forces at once
    with pytest.raises(ContractError, match=told):
        read_tables(data=reference.parent)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (
            "persons",
            "row 2: expected one of people, .* in counts of rra_offences: what one of its unit is; came persons",
        ),
        ("", "row 2: expected one of people, .* in counts of rra_offences.*; came nothing"),
        (
            "people",
            "row 3: expected people in counts of recorded_crime, as rra_offences has, whose unit is offences too",
        ),
    ],
)
def test_what_a_unit_counts_is_known_and_the_same_wherever_it_is_the_unit(reference, counts, told):
    def change(lines: list[str]) -> list[str]:
        return [one.replace(",of_people,", f",{counts},") if one.startswith("rra_offences,") else one for one in lines]

    edit(reference / "measures.csv", change)
    with pytest.raises(ContractError, match=told):
        read_tables(data=reference.parent)


def test_a_share_has_one_decimal_at_most(reference):
    def change(lines: list[str]) -> list[str]:
        is_share = "hate_crime_charged_share,"
        return [re.sub(r",percent,\d,", ",percent,2,", one) if one.startswith(is_share) else one for one in lines]

    edit(reference / "measures.csv", change)
    with pytest.raises(ContractError, match=r"expected 0 or 1 in decimals of hate_crime_charged_share.*; came 2"):
        read_tables(data=reference.parent)


@pytest.mark.parametrize(
    ("measure", "now", "counts", "told"),
    [
        ("wimd_most_deprived_share", "percent", "people", "expected percent .* whose unit is % .* came people"),
        ("hate_crime_charged_share", "percent", "of_people", "expected percent .* unit is per cent of offences"),
        ("household_income_per_head", "pounds", "other", "expected pounds .* whose unit is £ .* came other"),
        ("homicide_rate", "other", "percent", "expected people or of_people or other .* per million people"),
        ("gypsy_traveller_caravans", "other", "pounds", "expected people or of_people or other .* came pounds"),
        ("population", "pobl,people", "pobl,other", "expected people in counts of population, whose unit is people"),
    ],
)
def test_what_a_measure_counts_is_what_its_unit_says(reference, measure, now, counts, told):
    def change(lines: list[str]) -> list[str]:
        return [one.replace(f",{now},", f",{counts},", 1) if one.startswith(f"{measure},") else one for one in lines]

    edit(reference / "measures.csv", change)
    with pytest.raises(ContractError, match=told):
        read_tables(data=reference.parent)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("measures.csv", "base_cy"),
        ("breaks.csv", "until"),
        ("breaks.csv", "revised_from"),
        ("breaks.csv", "while_held"),
        ("gaps.csv", "filled_after"),
        ("areas.csv", "valid_to"),
        ("small_areas.csv", "within_code"),
        ("measures.csv", "negative"),
    ],
)
def test_a_column_that_is_lost_is_named_though_its_cells_may_be_empty(reference, table, column):
    def change(lines: list[str]) -> list[str]:
        rows = list(csv.reader(lines))
        at = rows[0].index(column)
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows([*row[:at], *row[at + 1 :]] for row in rows)
        return written.getvalue().splitlines()

    edit(reference / table, change)
    with pytest.raises(ContractError, match=rf"{table}, row 1: expected the columns .*; came none of {column}"):
        read_tables(data=reference.parent)


def test_a_base_is_given_in_both_languages(reference):
    def change(lines: list[str]) -> list[str]:
        return [one.replace("o bobl sy'n dair oed a throsodd", "") for one in lines]

    edit(reference / "measures.csv", change)
    with pytest.raises(ContractError, match="is of in both languages, or in neither; came of people aged"):
        read_tables(data=reference.parent)


def test_the_tables_as_they_are_keep_their_promises(reference):
    assert len(read_tables(data=reference.parent).reference["area"]) > 300
