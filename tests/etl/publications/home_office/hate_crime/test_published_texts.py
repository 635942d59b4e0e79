"""Figures from texts: kept apart from the comparable series, uncertain rows never shown, nothing worked backwards."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.hate_crime import published_texts as texts
from etl.publications.typed_from_texts.hate_crime import TEXT_COLUMNS, certain
from tests.scratch import DATA

TIDY = DATA / "tidy"
PRESS = "local press from Home Office tables"


def row(**changes: str) -> dict[str, str]:
    stated = {"measure": "police recorded hate crime", "area": "North Wales", "period": "2022/23", "strand": "race"}
    return {**stated, "value": "862", "basis": PRESS, "note": "", **changes}


def rows(*records: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(records), columns=list(TEXT_COLUMNS), dtype="str")


def committed(name: str) -> pd.DataFrame:
    return pd.read_csv(TIDY / f"{name}.csv", dtype=str, keep_default_na=False)


def figure(table: pd.DataFrame, *, area: str, start: str, category: str = "total") -> int:
    chosen = (table["area_code"] == area) & (table["period_start"] == start) & (table["category"] == category)
    return int(table.loc[chosen, "value"].item())


def numbered(name: str) -> pd.DataFrame:
    return committed(name).assign(value=lambda f: f["value"].astype(int))


@pytest.mark.parametrize(
    "changes",
    [
        {"period": "UNCERTAIN: probably 2021/22"},
        {"note": "unverified; other rows on that page are mislabelled"},
        {"note": "excerpt cut off: strand inferred as disability"},
        {"note": "CONFIRM before use"},
        {"basis": "figure not seen by us"},
    ],
    ids=lambda changes: next(iter(changes.values())),
)
def test_a_row_that_expresses_a_doubt_is_never_certain(changes: dict[str, str]) -> None:
    assert certain(rows(row(**changes))).empty
    assert texts.tidy_first_published(rows(row(), row(**changes)))["value"].tolist() == [862]


@pytest.mark.parametrize(
    "changes",
    [
        {"measure": "force's own hate crime count"},
        {"area": "South Wales", "basis": "PA list of Home Office appendix table"},
        {"area": "England and Wales"},
        {"area": "Wales (region)"},
        {"area": "Wales (4 forces)", "basis": "Welsh Government written statement"},
    ],
    ids=str,
)
def test_other_counts_stay_out_of_the_older_figures(changes: dict[str, str]) -> None:
    made = texts.tidy_first_published(rows(row(), row(**changes)))
    assert len(made) == 1
    assert set(made["measure"]) == {"hate_crimes_as_first_published"}


@pytest.mark.parametrize("value", ["n/k", "*", "", "1,346", "about 900"])
def test_a_value_that_is_no_number_is_refused_with_its_row(value: str) -> None:
    with pytest.raises(ContractError, match=r"figures-from-text\.csv, row 2: expected a whole number"):
        texts.tidy_first_published(rows(row(value=value)))


def test_a_new_strand_or_a_wrong_year_is_named() -> None:
    with pytest.raises(ContractError, match="came 'ethnicity'"):
        texts.tidy_first_published(rows(row(strand="ethnicity")))
    with pytest.raises(ContractError, match="came '2022/24'"):
        texts.tidy_first_published(rows(row(period="2022/24")))


def test_older_figures_are_listed_once_and_within_their_total() -> None:
    made = numbered("hate_crimes_first_published")
    texts.every_listed_year_once(pd.DataFrame(), made)
    texts.strands_are_within_total(pd.DataFrame(), made)
    with pytest.raises(ContractError, match=r"not so for W15000001 2021-04-01 total"):
        texts.every_listed_year_once(pd.DataFrame(), pd.concat([made, made.head(1)]))
    strand = made[made["category"] == "race"].head(1)
    with pytest.raises(ContractError, match="2022-04-01 race"):
        texts.every_listed_year_once(pd.DataFrame(), pd.concat([made, strand]))
    lost = made[~((made["area_code"] == "W92000004") & (made["period_start"] == "2016-04-01"))]
    with pytest.raises(ContractError, match=r"W92000004 2016-04-01"):
        texts.every_listed_year_once(pd.DataFrame(), lost)
    made.loc[made["category"] == "race", "value"] += 1000
    with pytest.raises(ContractError, match="each strand within its total"):
        texts.strands_are_within_total(pd.DataFrame(), made)


def test_older_figures_share_no_key_with_the_comparable_series() -> None:
    older, today = committed("hate_crimes_first_published"), committed("hate_crime_force_totals")
    assert not set(older["measure"]) & set(today["measure"])
    assert not older["period_start"].isin(["2023-04-01", "2024-04-01"]).any()


def test_the_strand_inferred_from_a_cut_off_sentence_is_not_held() -> None:
    table = committed("hate_crimes_first_published")
    here = table[(table["area_code"] == "W15000001") & (table["period_start"] == "2022-04-01")]
    assert "disability" not in set(here["category"])


def test_shares_are_per_cent_as_printed() -> None:
    shares = row(
        measure="outcome charged/summonsed", area="England and Wales", period="2021/22", strand="all hate crime"
    )
    made = texts.tidy_outcomes(rows({**shares, "value": "9%"}))
    assert made[["area_code", "category", "value"]].to_numpy().tolist() == [["K04000001", "all_hate_crime", 9]]
    with pytest.raises(ContractError, match="came 'x'"):
        texts.tidy_outcomes(rows({**shares, "value": "x%"}))
    with pytest.raises(ContractError, match="five shares"):
        texts.five_shares_within_a_hundred(pd.DataFrame(), made)


def test_a_share_above_a_hundred_is_an_error() -> None:
    made = numbered("hate_crime_outcomes")
    texts.five_shares_within_a_hundred(pd.DataFrame(), made)
    with pytest.raises(ContractError, match="121"):
        texts.five_shares_within_a_hundred(pd.DataFrame(), made.assign(value=made["value"] + 100))


def test_the_survey_is_an_average_year_over_three() -> None:
    survey = row(measure="CSEW hate crime incidents", period=texts.SURVEY_PERIOD, strand="all", value="176000")
    made = texts.tidy_survey(rows(survey, {**survey, "period": "avg/yr, 2017/18-2019/20", "value": "190000"}))
    assert made[["period_start", "period_months", "value"]].to_numpy().tolist() == [["2022-04-01", 36, 176000]]
    texts.one_figure(pd.DataFrame(), made)


def test_the_year_before_is_not_worked_back_from_the_change() -> None:
    referrals = row(measure="third-party referrals", area="Wales", period="2024/25", strand="all", value="2230")
    made = texts.tidy_support_centre(rows({**referrals, "note": "+12.6% on 2023/24"}))
    assert made[["period_start", "value"]].to_numpy().tolist() == [["2024-04-01", 2230]]
    with pytest.raises(ContractError, match="came 2"):
        texts.one_figure(pd.DataFrame(), pd.concat([made, made]))


@pytest.mark.parametrize(
    ("name", "area", "start", "category", "published"),
    [
        ("hate_crimes_first_published", "W92000004", "2013-04-01", "total", 1877),
        ("hate_crimes_first_published", "W92000004", "2016-04-01", "total", 2941),
        ("hate_crimes_first_published", "W92000004", "2018-04-01", "total", 3932),
        ("hate_crimes_first_published", "W92000004", "2021-04-01", "total", 6295),
        ("hate_crimes_first_published", "W15000004", "2022-04-01", "race", 458),
        ("hate_crimes_first_published", "W15000001", "2021-04-01", "transgender", 50),
        ("hate_crimes_first_published", "W15000002", "2019-04-01", "total", 629),
        ("hate_crime_outcomes", "K04000001", "2015-04-01", "all_hate_crime", 21),
        ("hate_crime_outcomes", "K04000001", "2021-04-01", "rra_offences", 8),
        ("crime_survey_hate_crime", "K04000001", "2022-04-01", "total", 176000),
        ("hate_support_centre", "W92000004", "2024-04-01", "total", 2230),
    ],
)
def test_published_figures_are_in_the_committed_tables(
    name: str, area: str, start: str, category: str, published: int
) -> None:
    assert figure(committed(name), area=area, start=start, category=category) == published


@pytest.mark.shared
@pytest.mark.parametrize("dataset", texts.DATASETS, ids=lambda dataset: dataset.name)
def test_the_committed_table_is_what_the_source_gives(dataset: Dataset, shared_sources: Path) -> None:
    again = tidy_table(dataset, file=shared_sources / dataset.material)
    assert again.to_csv(index=False, lineterminator="\n") == (TIDY / f"{dataset.name}.csv").read_text(encoding="utf-8")
