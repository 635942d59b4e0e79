"""The police open data: offences picked by code, corrections kept, and the figures as the Home Office gives them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.geo.geography import force_codes
from etl.pipeline.dataset import Dataset
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.police_recorded_crime.force_areas import (
    COLUMNS,
    COPY_COLUMNS,
    DATASETS,
    MATERIAL,
    all_five_offences_every_quarter,
    all_forces_every_quarter,
    each_count_once,
    every_rra_offence_is_kept,
    modern_slavery_begins_as_declared,
    modern_slavery_is_whole,
    offence_codes_add_to_total,
    read,
    tidy,
    tidy_modern_slavery,
)
from tests.scratch import DATA

VIOLENCE = "Violence against the person"
NEWEST_SPRING_2022 = {"8P": 19, "105B": 34, "58J": 13, "8M": 21, "9B": 241}  # as the edition of April 2026 has it
SOUTH_WALES_SPRING_2022 = {"8P": 18, "105B": 34, "58J": 13, "8M": 21, "9B": 243}


def row(code: str, number: int, *, force: str = "South Wales", year: str = "2022/23", quarter: str = "1", **other: str):
    return {
        "Financial Year": year,
        "Financial Quarter": quarter,
        "Force Name": force,
        "Offence Description": other.get("description", "an offence"),
        "Offence Group": other.get("group", VIOLENCE),
        "Offence Subgroup": other.get("subgroup", "Violence with injury"),
        "Offence Code": code,
        "Number of Offences": str(number),
    }


def rows(*records: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(records), columns=list(COLUMNS))


def value(made: pd.DataFrame, **key: object) -> float:
    found = made
    for column, wanted in key.items():
        found = found[found[column] == wanted]
    assert len(found) == 1, f"{len(found)} rows for {key}"
    return float(found["value"].iloc[0])


@pytest.fixture(scope="module")
def committed() -> pd.DataFrame:
    path = DATA / "tidy" / "police_recorded_crime_pfa.csv"
    return pd.read_csv(path, dtype={"category": str})


SPRING = [row(code, number) for code, number in SOUTH_WALES_SPRING_2022.items()]


def spring_2022() -> pd.DataFrame:
    return rows(*SPRING)


def test_the_five_offences_and_their_total() -> None:
    made = tidy(spring_2022())
    here = made[made["measure"] == "rra_offences"]
    assert dict(zip(here["category"], here["value"], strict=True)) == {**SOUTH_WALES_SPRING_2022, "total": 329}
    assert set(here["area_code"]) == {"W15000003"}
    assert set(here["period_start"]) == {"2022-04-01"}
    assert set(here["period_months"]) == {3}


def test_the_second_financial_quarter_is_the_summer() -> None:
    made = tidy(rows(row("9B", 246, year="2023/24", quarter="2")))
    assert value(made, measure="rra_offences", category="9B", period_start="2023-07-01") == 246


def test_8k_and_the_outcomes_only_codes_are_never_picked() -> None:
    decoys = [row("8K", 5, description="Poisoning or female genital mutilation (outcomes only)")]
    decoys += [
        row(code, 7, description="Racially or religiously aggravated … (outcomes only)")
        for code in ("8H", "8J", "58E", "58F", "58G", "58H")
    ]
    made = tidy(rows(row("8P", 18), *decoys))
    assert set(made.loc[made["measure"] == "rra_offences", "category"]) == {"8P", "total"}
    assert value(made, measure="rra_offences", category="total") == 18


def test_a_negative_correction_is_kept_and_summed_as_it_is() -> None:
    made = tidy(rows(row("105B", -1, force="North Wales"), row("9B", 20, force="North Wales")))
    assert value(made, measure="rra_offences", category="105B") == -1
    assert value(made, measure="rra_offences", category="total") == 19


def test_all_crime_is_kept_for_welsh_forces_with_and_without_fraud() -> None:
    made = tidy(rows(row("1", 3), row("51", 4, group="Fraud offences"), row("1", 9, force="Kent")))
    crime = made[made["measure"] == "recorded_crime"]
    assert dict(zip(crime["category"], crime["value"], strict=True)) == {"total": 7, "excluding_fraud": 3}
    assert set(crime["area_code"]) == {"W15000003"}


def test_bodies_that_are_no_force_are_set_aside() -> None:
    assert tidy(rows(row("53D", 9, force="Action Fraud"), row("53E", 9, force="CIFAS"))).empty


def test_an_unknown_force_is_named() -> None:
    with pytest.raises(ContractError, match="'Heddlu Newydd'"):
        tidy(rows(row("9B", 1, force="Heddlu Newydd")))


@pytest.mark.parametrize("year", ["2022", "2022/24", "Apr-Jun 2022"])
def test_a_wrong_financial_year_is_refused(year: str) -> None:
    with pytest.raises(ContractError, match="financial year such as 2012/13"):
        tidy(rows(row("9B", 1, year=year)))


def test_a_renamed_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "prc.csv"
    spring_2022().rename(columns={"Number of Offences": "Offence Count"}).to_csv(path, index=False)
    with pytest.raises(
        ContractError, match=r"prc\.csv: expected the columns .*Number of Offences; came .*Offence Count"
    ):
        read(path)


def all_forces() -> pd.DataFrame:
    names = {code: name for name, code in force_codes().items()}
    return rows(*(row("9B", 10, force=name) for name in names.values()))


def test_a_quarter_with_all_forces_passes() -> None:
    all_forces_every_quarter(all_forces(), tidy(all_forces()))


def test_a_force_missing_in_a_quarter_is_an_error() -> None:
    read_rows = all_forces().iloc[1:]
    with pytest.raises(ContractError, match=r"expected 44 forces in every quarter; came 2022-04-01 43"):
        all_forces_every_quarter(read_rows, tidy(read_rows))


def test_a_lost_row_is_an_error() -> None:
    with pytest.raises(ContractError, match="add to 329 as read; came 86"):
        every_rra_offence_is_kept(spring_2022(), tidy(spring_2022().iloc[:4]))


@pytest.mark.parametrize("anew", ["9C", "9b", "9B "])
def test_a_code_that_is_gone_or_spelled_anew_is_an_error(anew: str) -> None:
    all_five_offences_every_quarter(spring_2022(), tidy(spring_2022()))
    changed = spring_2022().replace({"Offence Code": {"9B": anew}})
    with pytest.raises(ContractError, match=r"8P, 105B.* came W15000003 2022-04-01 4"):
        all_five_offences_every_quarter(changed, tidy(changed))
    none = spring_2022().assign(**{"Offence Code": "8K"})
    with pytest.raises(ContractError, match="came none at all"):
        all_five_offences_every_quarter(none, tidy(none))


def test_a_quarter_pasted_twice_is_an_error() -> None:
    each_count_once(spring_2022(), tidy(spring_2022()))
    twice = rows(*SPRING, SPRING[0])
    with pytest.raises(ContractError, match=r"once; came twice 1: .*2022/23/1/South Wales/8P"):
        each_count_once(twice, tidy(twice))


def test_codes_that_do_not_add_to_the_total_are_an_error() -> None:
    made = tidy(spring_2022())
    made.loc[made["category"] == "9B", "value"] -= 1
    with pytest.raises(ContractError, match="differ from the total"):
        offence_codes_add_to_total(spring_2022(), made)


@pytest.mark.parametrize(("category", "published"), [*NEWEST_SPRING_2022.items(), ("total", 328)])
def test_published_figures_of_south_wales_are_in_the_committed_table(
    committed: pd.DataFrame, category: str, published: int
) -> None:
    key = {"measure": "rra_offences", "area_code": "W15000003", "period_start": "2022-04-01", "category": category}
    assert value(committed, **key) == published


@pytest.mark.parametrize(("year", "published"), [(2016, 88), (2017, 137), (2018, 245)])
def test_published_years_of_dyfed_powys_are_in_the_committed_table(
    committed: pd.DataFrame, year: int, published: int
) -> None:
    totals = committed[
        (committed["measure"] == "rra_offences")
        & (committed["area_code"] == "W15000004")
        & (committed["category"] == "total")
        & committed["period_start"].between(f"{year}-04-01", f"{year + 1}-03-31")
    ]
    assert totals["value"].sum() == published


def test_the_committed_table_covers_every_quarter_it_says(committed: pd.DataFrame) -> None:
    quarters = sorted(committed["period_start"].unique())
    assert (quarters[0], quarters[-1], len(quarters)) == ("2012-04-01", "2025-10-01", 55)


@pytest.mark.parametrize("number", ["*", "[c]", "", "1.5"])
def test_a_marker_in_the_number_column_is_refused_with_its_row(number: str) -> None:
    bad = rows(row("9B", 1)).assign(**{"Number of Offences": number})
    with pytest.raises(ContractError, match="police recorded crime, row 2: expected a whole number in 'Number of Off"):
        tidy(bad)


def test_modern_slavery_is_picked_by_its_code_and_keeps_negative_corrections() -> None:
    made = tidy_modern_slavery(rows(row("106", -2, year="2015/16"), row("9B", 5, year="2015/16")))
    assert made[["area_code", "period_start", "period_months", "category", "value"]].to_numpy().tolist() == [
        ["W15000003", "2015-04-01", 3, "total", -2]
    ]


def test_lost_or_early_modern_slavery_is_noticed() -> None:
    read_rows = rows(row("106", 2, year="2015/16"), row("106", 3, year="2015/16", force="Gwent"))
    modern_slavery_is_whole(read_rows, tidy_modern_slavery(read_rows))
    with pytest.raises(ContractError, match="expected 5 modern slavery offences; came 2"):
        modern_slavery_is_whole(read_rows, tidy_modern_slavery(read_rows.iloc[:1]))
    early = rows(row("106", 2, year="2014/15"))
    with pytest.raises(ContractError, match="from 2014-04-01"):
        modern_slavery_begins_as_declared(early, tidy_modern_slavery(early))


def test_a_force_missing_in_a_quarter_of_modern_slavery_is_an_error() -> None:
    read_rows = all_forces().assign(**{"Offence Code": "106"}).iloc[1:]
    with pytest.raises(ContractError, match="expected 44 forces"):
        all_forces_every_quarter(read_rows, tidy_modern_slavery(read_rows))


@pytest.mark.parametrize(
    ("area", "start", "published"),
    [("W15000003", "2021-10-01", 65), ("W15000001", "2016-04-01", 55), ("W15000002", "2015-04-01", 0)],
)
def test_published_modern_slavery_is_in_the_committed_table(
    data_folder: Path, area: str, start: str, published: int
) -> None:
    table = pd.read_csv(data_folder / "tidy" / "modern_slavery_offences.csv")
    assert value(table, measure="modern_slavery_offences", area_code=area, period_start=start) == published
    assert len(table) == 44 * 43


@pytest.mark.shared
@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
def test_the_committed_table_is_what_the_source_gives(
    dataset: Dataset, shared_sources: Path, data_folder: Path
) -> None:
    again = tidy_table(dataset, file=shared_sources / dataset.material)
    committed = (data_folder / "tidy" / f"{dataset.name}.csv").read_text(encoding="utf-8")
    assert again.to_csv(index=False, lineterminator="\n") == committed


# The copy of the newest edition, as parquet.

COPY_HEADINGS = {theirs: ours for ours, theirs in COPY_COLUMNS.items()}
FRAUD = {"code": "AF", "group": "Fraud offences", "force": "Action Fraud"}


def parquet(path: Path, *records: dict[str, str], n: list[float | None] | None = None) -> Path:
    """Write rows as the copy holds them: its own headings, quarters and counts as floats."""
    copy = rows(*records).rename(columns=COPY_HEADINGS)
    counts = n or copy["n"].astype(float).tolist()
    numbers = {"Financial Quarter": copy["Financial Quarter"].astype(float), "n": counts}
    file = path / "prc.parquet"
    copy.assign(**numbers, territorial=True).to_parquet(file)
    return file


def test_the_copy_gives_the_same_cells_as_the_publication(tmp_path: Path) -> None:
    pd.testing.assert_frame_equal(read(parquet(tmp_path, *SPRING)), spring_2022(), check_dtype=False)


def test_a_body_without_one_count_in_a_quarter_supplied_none_and_cannot_be_added(tmp_path: Path) -> None:
    fraud = [row(number=9, **FRAUD), row(number=0, quarter="3", **FRAUD)]
    came = read(parquet(tmp_path, row("8P", 0), row("9B", 3), *fraud))
    assert came["Number of Offences"].tolist() == ["0", "3", "9", "[x]"]
    silent = read(parquet(tmp_path, row("8P", 0), row("9B", 0)))
    with pytest.raises(ContractError, match=r"row 2: expected a whole number in 'Number of Offences'; came '\[x\]'"):
        tidy(silent)


def test_a_float_that_is_no_whole_number_is_refused_with_its_row(tmp_path: Path) -> None:
    came = read(parquet(tmp_path, *SPRING[:3], n=[18.0, 34.5, 13.0]))
    with pytest.raises(ContractError, match=r"row 3: expected a whole number in 'Number of Offences'; came '34\.5'"):
        tidy(came)


def test_an_empty_count_is_refused_and_never_0(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="row 3: expected a whole number in 'Number of Offences'; came ''"):
        tidy(read(parquet(tmp_path, *SPRING[:3], n=[18.0, None, 13.0])))


@pytest.mark.parametrize("column", ["FY", "Force", "Offence Code", "n"])
def test_a_missing_column_of_the_copy_is_named(tmp_path: Path, column: str) -> None:
    file = parquet(tmp_path, *SPRING)
    pd.read_parquet(file).drop(columns=column).to_parquet(file)
    with pytest.raises(ContractError, match=rf"prc\.parquet: expected the columns {column}; came "):
        read(file)


def test_a_force_spelled_anew_in_the_copy_is_named_and_a_known_spelling_matched(tmp_path: Path) -> None:
    anew = row("9B", 4, force="Devon, Cornwall and Isles of Scilly")
    with pytest.raises(ContractError, match="'Devon, Cornwall and Isles of Scilly'"):
        tidy(read(parquet(tmp_path, anew)))
    made = tidy(read(parquet(tmp_path, row("9B", 4, force="Devon and Cornwall"))))
    assert value(made, area_code="E23000035", category="9B") == 4


@pytest.mark.parametrize("count", [1e300, float("inf"), 1e16])
def test_a_count_beyond_all_counts_is_refused_with_its_row(tmp_path: Path, count: float) -> None:
    with pytest.raises(ContractError, match="row 3: expected a whole number in 'Number of Offences'"):
        tidy(read(parquet(tmp_path, *SPRING[:3], n=[18.0, count, 13.0])))


def test_a_copy_without_a_row_says_so(tmp_path: Path) -> None:
    file = parquet(tmp_path, *SPRING)
    pd.read_parquet(file).head(0).to_parquet(file)
    with pytest.raises(ContractError, match=r"prc\.parquet: expected rows; came the columns only"):
        read(file)


def test_a_file_that_is_no_parquet_says_so(tmp_path: Path) -> None:
    (tmp_path / "prc.parquet").write_text("FY,Force\n", encoding="utf-8")
    with pytest.raises(ContractError, match=r"prc\.parquet: expected a parquet file; came "):
        read(tmp_path / "prc.parquet")


@pytest.mark.shared
def test_three_counts_of_fraud_bodies_were_not_supplied_and_no_other(shared_sources: Path) -> None:
    came = read(shared_sources / MATERIAL)
    left_out = came[came["Number of Offences"] == "[x]"]
    assert set(left_out["Force Name"]) == {"Action Fraud", "CIFAS", "UK Finance"}
    assert set(zip(left_out["Financial Year"], left_out["Financial Quarter"], strict=True)) == {("2025/26", "3")}
    assert len(left_out) == 3
    numbers = came.loc[left_out.index.symmetric_difference(came.index), "Number of Offences"].astype(int)
    assert (len(came), int((numbers < 0).sum())) == (321_893, 426)


@pytest.mark.shared
def test_the_overlap_with_the_edition_before_is_what_the_origin_says(shared_sources: Path) -> None:
    older = tidy(read(shared_sources / "hate-crime" / "prc-pfa-mar2013-onwards-tables-191023.csv.gz"))
    newer = tidy(read(shared_sources / MATERIAL))
    both = older.merge(newer, on=["measure", "area_code", "period_start", "category"], suffixes=("_old", "_new"))
    codes = both[(both["measure"] == "rra_offences") & (both["category"] != "total")]
    change = codes["value_new"] - codes["value_old"]
    assert (len(codes), int((change == 0).sum()), int(change.sum())) == (9_900, 9_228, -266)
    assert len(both) == len(older)
