"""Ordinary slips in NRM, component, StatsWales and Census files: refused in words, or read for what they mean."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.release.recognise import RELEASES
from tests import synthetic as made

CARDIFF = "W06000015"
Rows = list[dict[str, object]]


def book(dataset: str, tmp_path: Path, change: Callable[[made.Grid], object]) -> pd.DataFrame:
    """Return what a dataset's made-up workbook gives after a change to its sheet."""
    make, sheet = {
        "nrm_county": (made.table_12, "Table_12"),
        "nrm_first_responders": (made.responders, "Table_12"),
        "components_of_change_rebased": (made.myeb3, "MYEB3"),
    }[dataset]
    whole = make()
    change(whole[sheet])
    return tidy_table(RELEASES[dataset], file=made.write_ods(tmp_path / "a.ods", whole))


def of(first: object, *, column: int = 0) -> Callable[[made.Grid], list[made.Cell]]:
    return lambda grid: next(row for row in grid if len(row) > column and row[column] == first)


GLAMORGAN = of("South Glamorgan")


def another_column(heading: str) -> Callable[[made.Grid], None]:
    def change(grid: made.Grid) -> None:
        for number, row in enumerate(grid[5:]):
            row.insert(1, 3 if number else heading)

    return change


@pytest.mark.parametrize("name", ["SOUTH GLAMORGAN", "South Glamorgan [note 2]", " South\u00a0Glamorgan "])
def test_the_county_is_known_however_it_is_written(tmp_path, name):
    written = book("nrm_county", tmp_path, lambda grid: GLAMORGAN(grid).__setitem__(0, name))
    assert written["value"].tolist() == ["27"]


def test_a_suppressed_county_is_suppressed(tmp_path):
    written = book("nrm_county", tmp_path, lambda grid: GLAMORGAN(grid).__setitem__(1, "*"))
    assert written[["value", "marker"]].to_numpy().tolist() == [["", "[c]"]]


@pytest.mark.parametrize(
    ("dataset", "change", "told"),
    [
        ("nrm_county", another_column("People"), "one column of 'Total' or .*; came 'Total' and 'People'"),
        ("nrm_county", lambda g: GLAMORGAN(g).__setitem__(0, "S Glamorgan"), "came 0 among 'Gwent', 'S Glamorgan', "),
        ("nrm_first_responders",
         lambda g: g.remove(next(r for r in g if r[1:6] == ["Cheshire Constabulary", *["Total"] * 4])),
         "expected the forces' totals to add to that of all police; came 2024-Q1 30 of 45"),
        ("nrm_first_responders", lambda g: [r.__setitem__(0, "Police force") for r in g if r[0] == "Police"],
         "expected police forces under the type 'Police' alone; came 'Police force'"),
        ("nrm_first_responders", lambda g: [r.__setitem__(0, "Council") for r in g if r[0] == "Police"],
         "expected rows of the type 'Police'; came 'Council' and 'Local authority'"),
        ("nrm_first_responders", lambda g: [r.__setitem__(4, "All") for r in g if r[0] == "Police"], "lacking all"),
        ("components_of_change_rebased", lambda g: of(CARDIFF)(g).__setitem__(2, "E"),
         f"expected each code beside its country; came {CARDIFF} E"),
        ("components_of_change_rebased", lambda g: of(CARDIFF)(g).__setitem__(5, "#N/A"),
         r"F\d+: expected a cell without a spreadsheet's error; came '#N/A'"),
    ],
)  # fmt: skip
def test_a_slip_in_a_workbook_is_refused(tmp_path, dataset, change, told):
    with pytest.raises(ContractError, match=told):
        book(dataset, tmp_path, change)


def statswales(tmp_path: Path, change: Callable[[Rows], Rows | None], *, codes: bool) -> pd.DataFrame:
    rows = [{k: v for k, v in row.items() if codes or k != "Area code"} for row in made.statswales()]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(change(rows) or rows), encoding="utf-8")
    return tidy_table(RELEASES["population_mid_year_wales"], file=path)


def every(column: str, to: Callable[[str], object]) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        for row in rows:
            row[column] = to(str(row.get(column, "")))

    return change


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> pd.DataFrame:
    return statswales(tmp_path_factory.mktemp("plain"), lambda _rows: None, codes=True)


@pytest.mark.parametrize("codes", [True, False])
@pytest.mark.parametrize(
    "change",
    [
        every("Data values", lambda text: f"{int(text):,}"),
        every("Year", lambda text: f"Mid-{text}"),
        every("Area", lambda text: {"Cardiff": "CARDIFF [r]", "Swansea": "Abertawe"}.get(text, text)),
        every("Measure", lambda _: "Population"),
    ],
)
def test_what_means_the_same_gives_the_same(tmp_path, plain, change, codes):
    pd.testing.assert_frame_equal(plain, statswales(tmp_path, change, codes=codes))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: [row for row in rows if row["Year"] != "2010"], "expected every year .*; came none of '2010'"),
        (
            every("Data values", lambda text: int(text) // 1_000),
            "at least 20,000 people in an authority; came",
        ),
        (every("Data values", lambda _: "#REF!"), "expected a whole number in 'people'; came '#REF!'"),
        (every("Year", lambda text: f"{text}-{int(text) % 100 + 1}"), "expected years such as 2025; came '2005-6'"),
        (every("Year", lambda _: "#REF!"), "expected years such as 2025; came '#REF!'"),
        (every("Area", lambda text: "Swansea" if text == "Cardiff" else text), f"'Swansea' beside {CARDIFF}"),
        (every("Unit", lambda _: "Thousands"), "expected numbers of people by 'Unit'; came 'Thousands'"),
        (every("Data description", lambda _: "Population density"), "by 'Data description'; came 'Population density'"),
    ],
)
def test_a_slip_in_rows_of_statswales_is_refused(tmp_path, change, told):
    with pytest.raises(ContractError, match=told):
        statswales(tmp_path, change, codes=True)


def census(tmp_path: Path, change: Callable[[dict[str, made.Grid]], object]) -> pd.DataFrame:
    parts = made.ts021()
    change(parts)
    return tidy_table(RELEASES["census_ethnic_group"], file=made.write_nomis(tmp_path / "a.zip", parts))


LTLA = "b-ltla.csv"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda parts: of(CARDIFF, column=2)(parts[LTLA]).__setitem__(0, "2011"),
            "2021 in every row; came '2011'",
        ),
        (lambda parts: parts[LTLA].append(of(CARDIFF, column=2)(parts[LTLA])), f"each area once; came '{CARDIFF}'"),
        (
            lambda parts: parts.__setitem__("c-ltla.csv", parts[LTLA]),
            "one only; came 'b-ltla.csv' and 'c-ltla.csv'",
        ),
        (
            lambda parts: parts[LTLA].remove(of(CARDIFF, column=2)(parts[LTLA])),
            "22 .*; came 21 authorities",
        ),
    ],
)
def test_a_slip_in_a_census_table_is_refused(tmp_path, change, told):
    with pytest.raises(ContractError, match=told):
        census(tmp_path, change)
