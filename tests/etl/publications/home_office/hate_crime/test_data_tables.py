"""Hate crime: what is missing stays missing, strands are not summed, and the figures are the published ones."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.hate_crime import data_tables as hate_crime
from tests.scratch import DATA

TIDY = DATA / "tidy"
STRANDS_2024_25 = {
    "year": "2024/25",
    "race": 82490,
    "religion": 7164,
    "sexualOrientation": 18702,
    "disability": 10224,
    "transgender": 3809,
    "totalOffences": 115990,
}
JEWISH = {"religion": "Jewish", "2023/24": 2093, "2024/25": 1715}
WALES = {"all": 5929, "race": 3632, "sexual orientation": 1139, "disability": 752, "religion": 346, "transgender": 306}


def table_file(folder: Path, *, strands: list[dict], religions: list[dict]) -> Path:
    path = folder / "tables.json"
    series = {"byStrand": {"data": strands}, "byReligion": {"data": religions}}
    path.write_text(json.dumps({"series": series}), encoding="utf-8")
    return path


def cells(folder: Path, strand: dict = STRANDS_2024_25, religion: dict = JEWISH) -> pd.DataFrame:
    return hate_crime.read(table_file(folder, strands=[strand], religions=[religion]))


def values(made: pd.DataFrame) -> dict[str, float]:
    return dict(zip(made["category"], made["value"], strict=True))


def committed(name: str) -> pd.DataFrame:
    return pd.read_csv(TIDY / f"{name}.csv", keep_default_na=False, dtype=str)


def figure(name: str, *, area: str, start: str, category: str) -> str:
    table = committed(name)
    at = (table["area_code"] == area) & (table["period_start"] == start) & (table["category"] == category)
    assert at.sum() == 1
    return table.loc[at, "value"].iloc[0] + table.loc[at, "marker"].iloc[0]


def test_a_year_of_strands_becomes_six_figures(tmp_path: Path) -> None:
    made = hate_crime.tidy_strands(cells(tmp_path))
    assert values(made) == {
        "race": 82490,
        "religion": 7164,
        "sexual_orientation": 18702,
        "disability": 10224,
        "transgender": 3809,
        "total": 115990,
    }
    assert made[["area_code", "period_start", "period_months", "measure"]].drop_duplicates().to_numpy().tolist() == [
        ["XEWEXMET", "2024-04-01", 12, "hate_crimes"]
    ]


def test_an_empty_cell_is_missing_with_a_reason_and_never_zero(tmp_path: Path) -> None:
    made = hate_crime.tidy_strands(cells(tmp_path, strand={**STRANDS_2024_25, "race": None}))
    race = made[made["category"] == "race"].iloc[0]
    assert pd.isna(race["value"])
    assert race["marker"] == "[x]"


def test_an_unknown_symbol_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"hate_crimes 2024/25: expected a number or one of the markers.*'n/k'"):
        hate_crime.tidy_strands(cells(tmp_path, strand={**STRANDS_2024_25, "race": "n/k"}))


def test_a_renamed_strand_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="came ethnicity"):
        hate_crime.tidy_strands(cells(tmp_path, strand={"year": "2024/25", "ethnicity": 1}))


def test_a_wrong_financial_year_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="came '2024/26'"):
        hate_crime.tidy_strands(cells(tmp_path, strand={**STRANDS_2024_25, "year": "2024/26"}))


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tables.json"
    path.write_text('{"series": {"byStrand": {"data": []}}}', encoding="utf-8")
    with pytest.raises(ContractError, match="no 'byReligion'"):
        hate_crime.read(path)


def test_religions_have_no_total(tmp_path: Path) -> None:
    made = hate_crime.tidy_religions(cells(tmp_path))
    assert values(made[made["period_start"] == "2024-04-01"]) == {"jewish": 1715}
    assert set(made["measure"]) == {"hate_crimes_by_religion_targeted"}


def made_years(**changes: object) -> pd.DataFrame:
    """Return the committed table as `tidy` makes it, with one figure changed ("2018-04-01 race" -> value)."""
    table = committed("hate_crime_england_wales")
    made = table.assign(value=pd.to_numeric(table["value"], errors="coerce"))
    for key, number in changes.items():
        start, category = key.split(" ")
        made.loc[(made["period_start"] == start) & (made["category"] == category), "value"] = number
    return made


NOTHING_READ = pd.DataFrame()


@pytest.mark.parametrize(
    "check",
    [
        hate_crime.every_category_every_year,
        hate_crime.only_known_blanks,
        hate_crime.strands_overlap,
        hate_crime.headlines_hold,
    ],
)
def test_the_committed_years_pass_every_check(check) -> None:
    check(NOTHING_READ, made_years())


def test_a_lost_year_is_an_error() -> None:
    made = made_years()
    with pytest.raises(ContractError, match="2018-04-01"):
        hate_crime.every_category_every_year(NOTHING_READ, made[made["period_start"] != "2018-04-01"])


def test_a_new_gap_is_an_error() -> None:
    with pytest.raises(ContractError, match=r"off 2018-04-01 race"):
        hate_crime.only_known_blanks(NOTHING_READ, made_years(**{"2018-04-01 race": None}))


def test_a_figure_where_none_was_published_is_an_error() -> None:
    with pytest.raises(ContractError, match=r"off 2019-04-01 race"):
        hate_crime.only_known_blanks(NOTHING_READ, made_years(**{"2019-04-01 race": 1}))


@pytest.mark.parametrize("total", [82489, 122390])
def test_a_total_below_a_strand_or_above_their_sum_is_an_error(total: int) -> None:
    with pytest.raises(ContractError, match="not so for 2024-04-01"):
        hate_crime.strands_overlap(NOTHING_READ, made_years(**{"2024-04-01 total": total}))


def test_a_total_that_differs_from_the_bulletin_is_an_error() -> None:
    with pytest.raises(ContractError, match=r"came .*137,550"):
        hate_crime.headlines_hold(NOTHING_READ, made_years(**{"2024-04-01 total": 137550}))


def test_a_religion_whose_change_differs_from_the_bulletin_is_an_error() -> None:
    table = committed("hate_crime_religion_targeted")
    made = table.assign(value=pd.to_numeric(table["value"]))
    hate_crime.headline_changes_hold(NOTHING_READ, made)
    made.loc[(made["category"] == "muslim") & (made["period_start"] == "2024-04-01"), "value"] = 3299
    with pytest.raises(ContractError, match="muslim"):
        hate_crime.headline_changes_hold(NOTHING_READ, made)


def test_an_empty_cell_among_the_religions_is_an_error(tmp_path: Path) -> None:
    made = hate_crime.tidy_religions(cells(tmp_path, religion={"religion": "Sikh", "2024/25": None}))
    with pytest.raises(ContractError, match="1 came empty"):
        hate_crime.no_blanks(NOTHING_READ, made)


def force_rows(**changes: str) -> pd.DataFrame:
    south_wales = {
        "force": "South Wales",
        "hate_crimes_2024_25": "2868",
        "hate_crimes_2023_24": "2801",
        "printed_change": "67",
    }
    return pd.DataFrame([{**south_wales, **changes}])


def test_a_force_has_two_years() -> None:
    made = hate_crime.tidy_forces(force_rows())
    assert dict(zip(made["period_start"], made["value"], strict=True)) == {"2023-04-01": 2801, "2024-04-01": 2868}
    assert set(made["area_code"]) == {"W15000003"}


def test_an_unknown_force_is_named() -> None:
    with pytest.raises(ContractError, match="'Cardiff'"):
        hate_crime.tidy_forces(force_rows(force="Cardiff"))


def test_a_mistyped_figure_shows_against_the_printed_change() -> None:
    hate_crime.printed_change_holds(force_rows(), NOTHING_READ)
    with pytest.raises(ContractError, match="South Wales"):
        hate_crime.printed_change_holds(force_rows(hate_crimes_2024_25="2686"), NOTHING_READ)


def test_a_list_that_lost_forces_is_an_error() -> None:
    with pytest.raises(ContractError, match="expected 34 forces with two years each; came 1 forces"):
        hate_crime.every_force_twice(force_rows(), hate_crime.tidy_forces(force_rows()))


def test_a_force_listed_twice_is_an_error() -> None:
    table = committed("hate_crime_force_totals")
    hate_crime.every_force_twice(NOTHING_READ, table)
    with pytest.raises(ContractError, match="came 34 forces and 69 figures"):
        hate_crime.every_force_twice(NOTHING_READ, pd.concat([table, table.head(1)]))


def test_welsh_forces_that_do_not_add_to_the_stated_total_are_an_error() -> None:
    with pytest.raises(ContractError, match="add to 5,929 in 2023/24; came 2,801"):
        hate_crime.welsh_forces_add_to_stated_total(force_rows(), NOTHING_READ)


def test_a_renamed_column_of_the_force_list_is_named(tmp_path: Path) -> None:
    path = tmp_path / "forces.csv"
    force_rows().rename(columns={"printed_change": "change"}).to_csv(path, index=False)
    with pytest.raises(ContractError, match=r"forces\.csv: expected the columns .*printed_change"):
        hate_crime.read_forces(path)


def text_row(strand: str, value: int, **changes: str) -> dict[str, str]:
    stated = {
        "measure": "police recorded hate crime",
        "area": "Wales (4 forces)",
        "period": "2023/24",
        "strand": strand,
        "value": str(value),
        "basis": "Welsh Government written statement",
        "note": "",
    }
    return {**stated, **changes}


def statement(*others: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame([*(text_row(strand, value) for strand, value in WALES.items()), *others])


@pytest.mark.parametrize(
    "changes",
    [
        {"period": "2021/22"},
        {"area": "Wales (region)"},
        {"basis": "quoted by press/Senedd/Welsh Government"},
        {"measure": "force's own hate crime count"},
        {"note": "UNCERTAIN: typed from a cut-off excerpt"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_wales_is_the_statement_of_one_year_and_nothing_else(changes: dict[str, str]) -> None:
    made = hate_crime.tidy_wales(statement(text_row("race", 1, **changes)))
    assert len(made) == 6
    assert values(made) == {
        "total": 5929,
        "race": 3632,
        "sexual_orientation": 1139,
        "disability": 752,
        "religion": 346,
        "transgender": 306,
    }
    assert set(made["area_code"]) == {"W92000004"}
    hate_crime.strands_overlap(NOTHING_READ, made)


def test_a_lost_strand_of_wales_is_an_error() -> None:
    with pytest.raises(ContractError, match="once each"):
        hate_crime.every_strand_once(NOTHING_READ, hate_crime.tidy_wales(statement().iloc[1:]))


def test_wales_is_checked_against_the_four_forces() -> None:
    forces = {"South Wales": 2801, "Gwent": 1436, "North Wales": 1098, "Dyfed-Powys": 594}
    basis = "PA list of Home Office appendix table"
    rows = statement(*(text_row("all", value, area=force, basis=basis) for force, value in forces.items()))
    made = hate_crime.tidy_wales(rows)
    hate_crime.total_is_the_sum_of_forces(rows, made)
    with pytest.raises(ContractError, match="came 3 that add to 5,335"):
        hate_crime.total_is_the_sum_of_forces(rows.iloc[:-1], made)


@pytest.mark.parametrize(
    ("name", "area", "start", "category", "published"),
    [
        ("hate_crime_england_wales", "XEWEXMET", "2024-04-01", "race", "82490"),
        ("hate_crime_england_wales", "XEWEXMET", "2024-04-01", "total", "115990"),
        ("hate_crime_england_wales", "XEWEXMET", "2023-04-01", "total", "113166"),
        ("hate_crime_england_wales", "XEWEXMET", "2019-04-01", "total", "[x]"),
        ("hate_crime_england_wales", "XEWEXMET", "2019-04-01", "race", "[x]"),
        ("hate_crime_england_wales", "XEWEXMET", "2011-04-01", "total", "[x]"),
        ("hate_crime_england_wales", "XEWEXMET", "2011-04-01", "race", "27961"),
        ("hate_crime_religion_targeted", "XEWEXMET", "2024-04-01", "muslim", "3199"),
        ("hate_crime_religion_targeted", "XEWEXMET", "2023-04-01", "jewish", "2093"),
        ("hate_crime_force_totals", "W15000003", "2024-04-01", "total", "2868"),
        ("hate_crime_force_totals", "W15000004", "2024-04-01", "total", "397"),
        ("hate_crime_force_totals", "W15000002", "2023-04-01", "total", "1436"),
        ("hate_crime_force_totals", "XBTP", "2024-04-01", "total", "4624"),
        ("hate_crime_wales_strands", "W92000004", "2023-04-01", "race", "3632"),
        ("hate_crime_wales_strands", "W92000004", "2023-04-01", "total", "5929"),
    ],
)
def test_published_figures_are_in_the_committed_tables(
    name: str, area: str, start: str, category: str, published: str
) -> None:
    assert figure(name, area=area, start=start, category=category) == published


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("hate_crime_england_wales", 14 * 6),
        ("hate_crime_religion_targeted", 4 * 9),
        ("hate_crime_force_totals", 34 * 2),
        ("hate_crime_wales_strands", 6),
    ],
)
def test_the_committed_tables_are_whole(name: str, rows: int) -> None:
    assert len(committed(name)) == rows


@pytest.mark.shared
@pytest.mark.parametrize("dataset", hate_crime.DATASETS, ids=lambda dataset: dataset.name)
def test_the_committed_table_is_what_the_source_gives(dataset: Dataset, shared_sources: Path) -> None:
    again = tidy_table(dataset, file=shared_sources / dataset.material)
    written = (TIDY / f"{dataset.name}.csv").read_text(encoding="utf-8")
    assert again.to_csv(index=False, lineterminator="\n") == written


def test_a_table_without_one_total_is_refused_in_words() -> None:
    strand = {"period_start": ["2024-04-01"], "category": ["race"], "value": [3.0]}
    with pytest.raises(ContractError, match="expected a total beside the strands; came no year with one"):
        hate_crime.strands_overlap(NOTHING_READ, pd.DataFrame(strand))
