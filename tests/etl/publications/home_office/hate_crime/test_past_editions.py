"""Past editions by force and strand: two header rows, digits on names, commas, a region named like its force."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.hate_crime import appendix_tables_file as hate_crime_appendix
from etl.publications.home_office.hate_crime import past_editions as past
from etl.publications.home_office.hate_crime.past_editions import DATASETS
from etl.publications.typed_from_texts import later_search as later_texts
from etl.release.recognise import RELEASES, recognise
from tests.synthetic import appendix, appendix_of_2015_16, write_ods, write_xlsx

BY_NAME = {dataset.name: dataset for dataset in DATASETS}
OF_2015, RACIST = BY_NAME["hate_crimes_first_published_2015_16"], BY_NAME["racist_incidents"]
WEST_MIDLANDS, SOUTH_WALES, WALES, EW = "E23000014", "W15000003", "W92000004", "K04000001"


def value(made: pd.DataFrame, area: str, category: str = "total", start: str = "2015-04-01") -> str:
    there = (made["area_code"] == area) & (made["category"] == category) & (made["period_start"] == start)
    (found,) = made.loc[there, "value"]
    return str(found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("appendix")


@pytest.fixture(scope="module", params=[write_ods, write_xlsx], ids=["ods", "xlsx"])
def twin(request: pytest.FixtureRequest, folder: Path) -> Path:
    return request.param(folder / request.param.__name__, appendix_of_2015_16())


def test_the_twin_of_the_layout_is_recognised_and_read_with_both_header_rows(twin: Path) -> None:
    assert recognise(twin) == ("hate_crime_strands_by_force",)
    rows = hate_crime_appendix.read(twin)
    assert set(rows["year"]) == {"2015/16"}
    assert rows.loc[rows["force"] == "South Wales"].to_numpy().tolist() == [
        ["South Wales", "2015/16", "1527", "29", "31", "33", "35", "1539"]
    ]


def test_a_digit_stuck_to_a_name_or_a_heading_and_a_comma_in_a_count_are_no_part_of_them(twin: Path) -> None:
    rows = hate_crime_appendix.read(twin).set_index("force")
    assert rows.loc["Gwent", "race"] == "1509"
    assert rows.loc["Gwent", "transgender"] == "17"


def test_the_force_west_midlands_is_not_its_region(twin: Path) -> None:
    rows = hate_crime_appendix.read(twin)
    assert rows["force"].tolist().count("West Midlands") == 1
    made = tidy_table(OF_2015, file=twin)
    assert value(made, WEST_MIDLANDS, "race") == "1527"
    assert value(made, WALES, "race") == str(1500 * 4 + 9 * 6)
    assert len(set(made["area_code"])) == 8 + 2


def test_two_rows_of_one_force_of_which_neither_is_the_region_are_refused(folder: Path) -> None:
    book = deepcopy(appendix_of_2015_16())
    region = next(row for row in reversed(book["2_01"]) if row[:1] == ["West Midlands"])
    region[1] = 1
    with pytest.raises(ContractError, match="expected each year, force once; came 2015/16 / West Midlands"):
        hate_crime_appendix.read(write_ods(folder / "neither", book))


def test_a_whole_that_its_forces_do_not_add_to_is_refused(folder: Path) -> None:
    book = deepcopy(appendix_of_2015_16())
    wales = next(row for row in book["2_01"] if row[:1] == ["Wales"])
    wales[2] = 7
    with pytest.raises(ContractError, match=r"expected the forces to add to W92000004; off by .*religion"):
        tidy_table(OF_2015, file=write_ods(folder / "off", book))


@pytest.mark.parametrize("cell", ["1,5x", "n/k", "12.5.1"])
def test_a_cell_that_is_no_number_is_refused_with_its_place(folder: Path, cell: str) -> None:
    book = deepcopy(appendix_of_2015_16())
    book["2_01"][6][1] = cell
    with pytest.raises(ContractError, match=rf"sheet '2_01', B7: expected a number for 'Race'; came '{cell}'"):
        hate_crime_appendix.read(write_ods(folder / "cell", book))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("the year ending March 2025 and the year ending March 2026", "came '2024/25, 2025/26'"),
        ("change between the year ending March 2025 and the year ending March 2026", "expected a table of counts"),
        ("2024/25 against 2023/24", "came '2024/25, 2023/24'"),
        ("Percentage by strand, year ending March 2025", "expected a table of counts; came 'Percentage by strand"),
        ("Hate crimes, rate for 1,000 people, 2024/25", "expected a table of counts"),
        ("By strand (%), 2024/25", "expected a table of counts"),
    ],
)
def test_a_title_of_two_years_or_of_no_counts_is_refused(folder: Path, title: str, told: str) -> None:
    book = appendix(years=["2024/25"])
    book["Appendix_0"][0] = [title]
    with pytest.raises(ContractError, match=re.escape(told)):
        hate_crime_appendix.read(write_ods(folder / "title", book))


def test_racist_incidents_take_their_years_from_the_upper_header_row(twin: Path) -> None:
    made = past.tidy_racist(past.read_racist(twin))
    assert value(made, "W15000002", start="2009-04-01") == "1509"
    assert value(made, "W15000002", start="2015-04-01") == "1521"
    assert sorted(set(made["period_start"]))[:2] == ["2009-04-01", "2010-04-01"]
    assert len(made) == (8 + 2) * 7


def test_an_older_edition_never_joins_todays_series(twin: Path) -> None:
    with pytest.raises(ContractError, match=r"expected years from 2023/24 on.*as first published\); came 2015/16"):
        tidy_table(RELEASES["hate_crime_strands_by_force"], file=twin)


COPY_ROW = ["Dyfed-Powys", "2018-19", "264", "12", "62", "35", "16", "389", "371"]


def copy(path: Path, *rows: list[str]) -> Path:
    columns = ["Force", "Year", *list(past.COPY_COLUMNS)[2:]]
    pd.DataFrame(list(rows), columns=columns).to_csv(path, index=False)
    return path


def test_a_row_of_the_copy_gives_five_strands_and_all(tmp_path: Path) -> None:
    made = past.tidy(past.read_copy(copy(tmp_path / "copy.csv", COPY_ROW)))
    assert dict(zip(made["category"], made["value"], strict=True)) == {
        "race": 264, "religion": 12, "sexual_orientation": 62, "disability": 35, "transgender": 16, "total": 371,
    }  # fmt: skip
    assert set(made["period_start"]) == {"2018-04-01"}


def test_a_count_of_the_copy_with_a_comma_is_a_number_and_factors_that_do_not_add_are_refused(tmp_path: Path) -> None:
    rows = past.read_copy(copy(tmp_path / "copy.csv", ["Kent", "2017-18", "1,264", *COPY_ROW[3:]]))
    assert rows["race"].tolist() == ["1264"]
    with pytest.raises(ContractError, match=r"add to the motivating factors; not so for .*Kent"):
        past.factors_are_the_sum_of_strands(rows, past.tidy(rows))


def test_only_sure_rows_of_a_listed_place_and_year_are_quoted() -> None:
    columns = ["measure", "area", "period", "category", "value", "url", "confidence"]
    url = "https://www.gov.wales/"
    crime = "police recorded hate crime"
    rows = pd.DataFrame(
        [
            [crime, "Wales", "2018/19", "race", "2676", url, "sure"],
            [crime, "Wales", "2018/19", "disability", "443", url, "check"],
            [crime, "South Wales Police (text: 'South East Wales')", "2015/16", "all", "1693", url, "sure"],
            ["hate crime (force's own count)", "Wales", "2018/19", "all", "9", url, "sure"],
        ],
        columns=columns,
    )
    made = past.tidy_quoted(rows)
    assert made[["area_code", "category", "value"]].to_numpy().tolist() == [[WALES, "race", 2676]]
    with pytest.raises(ContractError, match=r"expected each of .*W15000001"):
        past.the_quoted_are_all_there(rows, made)


@pytest.mark.shared
@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
def test_the_committed_table_is_what_the_source_gives(
    dataset: Dataset, shared_sources: Path, data_folder: Path
) -> None:
    again = tidy_table(dataset, file=shared_sources / dataset.material)
    committed = (data_folder / "tidy" / f"{dataset.name}.csv").read_text(encoding="utf-8")
    assert again.to_csv(index=False, lineterminator="\n") == committed


@pytest.mark.shared
def test_the_publishers_own_file_of_2015_16_is_met(shared_sources: Path) -> None:
    file = shared_sources / past.APPENDIX
    assert recognise(file) == ("hate_crime_strands_by_force",)
    rows = hate_crime_appendix.read(file).set_index("force")
    assert rows.loc["West Midlands", "offences"] == "3780"
    assert rows.loc["West Midlands Region", "offences"] == "5997"
    assert rows.loc["Humberside", "transgender"] == "1"
    racist = past.read_racist(file).set_index("force")
    assert racist.loc["North Wales", "2013/14"] == "282"


@pytest.mark.shared
@pytest.mark.parametrize("name", ["hate-crime-1516-hosb1116-tables.ods", "hate-crime-1819-hosb2419-tables.ods"])
def test_a_bulletins_tables_are_not_taken_for_the_appendix(shared_sources: Path, name: str) -> None:
    with pytest.raises(ContractError, match="expected"):
        recognise(shared_sources / "real" / name)


@pytest.mark.shared
def test_both_editions_and_the_texts_agree_on_wales(shared_sources: Path) -> None:
    made = past.tidy(past.read_copy(shared_sources / past.COPY))
    welsh = made[made["area_code"].str.startswith("W15") & (made["period_start"] == "2018-04-01")]
    sums = welsh.groupby("category")["value"].sum().to_dict()
    quoted = past.tidy_quoted(later_texts.read(shared_sources / later_texts.MATERIAL))
    wales = quoted[(quoted["area_code"] == WALES) & (quoted["period_start"] == "2018-04-01")]
    assert {**sums, **dict(zip(wales["category"], wales["value"], strict=True))} == sums
    assert sums["total"] == 3_932
