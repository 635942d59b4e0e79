"""National Survey for Wales: named percentages only; what was not seen stays out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.extract import tidy_table
from etl.publications.welsh_government.national_survey import cohesion as survey
from tests.scratch import DATA

NOTHING = pd.DataFrame()
tidy = partial(survey.tidy, facts=survey.FACTS_2025)
once = partial(survey.every_fact_once, facts=survey.FACTS_2025)


def fact(topic: str, period: str, measure: str, value: str, area: str = "Wales") -> dict[str, str]:
    return {"topic": topic, "area": area, "period": period, "measure": measure, "value": value}


SAFE = fact("feeling safe after dark", "2024-25", "% safe after dark", "68")
VOLUNTEERS = fact("volunteering", "2024-25", "% volunteering", "32")
AWAITED = fact("community cohesion", "2024-25", "same", "NOT IN RETRIEVED TEXT")


def rows(*facts: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(facts, columns=list(survey.COLUMNS), dtype="str")


def committed(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / "tidy" / f"{name}.csv", keep_default_na=False, dtype=str)


def test_a_financial_year_of_adults_in_wales():
    made = tidy(rows(SAFE, VOLUNTEERS, AWAITED))
    assert made[["measure", "area_code", "period_start", "period_months", "value"]].to_numpy().tolist() == [
        ["safe_after_dark_share", "W92000004", "2024-04-01", 12, 68],
        ["volunteering_share", "W92000004", "2024-04-01", 12, 32],
    ]
    once(NOTHING, made)
    survey.awaited_fact_is_not_seen(rows(AWAITED), made)


@pytest.mark.parametrize(
    "other",
    [
        AWAITED,
        fact("community cohesion", "June 2020 (monthly)", "% feel they belong to local area", "84"),
        fact("bullying (secondary pupils)", "2021", "% bullied in past couple of months", "32.4"),
        fact("Gypsy and Traveller caravan count", "2021-07-22", "caravans (sites)", "1095 (143)"),
        fact("volunteering", "2024-25", "% volunteering", "40", area="Cardiff"),
    ],
    ids=lambda other: other["topic"],
)
def test_every_other_fact_stays_out(other):
    assert len(tidy(rows(SAFE, other))) == 1


@pytest.mark.parametrize("bad", ["NOT SEEN", "NOT IN RETRIEVED TEXT", "", "71.8 / 48.5", "101", "[x]", "6 8"])
def test_a_named_fact_that_is_no_percentage_is_refused(bad):
    with pytest.raises(ContractError, match=r"expected a whole percentage from 0 to 100; came .*volunteering"):
        tidy(rows(SAFE, {**VOLUNTEERS, "value": bad}))


def test_a_lost_or_repeated_fact_is_refused():
    for found in (rows(SAFE), rows(SAFE, SAFE, VOLUNTEERS)):
        with pytest.raises(ContractError, match="once each"):
            once(NOTHING, tidy(found))


def test_the_awaited_figure_must_be_declared_when_it_comes():
    with pytest.raises(ContractError, match=r"not to be seen yet; came '60'"):
        survey.awaited_fact_is_not_seen(rows({**AWAITED, "value": "60"}), NOTHING)


def test_a_renamed_column_is_named(tmp_path):
    path = tmp_path / "facts.csv"
    rows(SAFE).rename(columns={"value": "figure"}).to_csv(path, index=False)
    with pytest.raises(ContractError, match=r"facts\.csv: expected the columns value"):
        survey.read(path)


@pytest.mark.parametrize(
    ("name", "measure", "start", "published"),
    [
        ("national_survey_cohesion", "community_cohesion_agree_share", "2018-04-01", "52"),
        ("national_survey_cohesion", "community_cohesion_agree_share", "2021-04-01", "64"),
        ("national_survey_cohesion", "safe_after_dark_share", "2018-04-01", "71"),
        ("national_survey_cohesion", "safe_after_dark_share", "2021-04-01", "66"),
        ("national_survey_cohesion_2025", "safe_after_dark_share", "2024-04-01", "68"),
        ("national_survey_cohesion_2025", "volunteering_share", "2024-04-01", "32"),
    ],
)
def test_published_figures_are_in_the_committed_tables(name, measure, start, published):
    table = committed(name)
    assert table.loc[(table["measure"] == measure) & (table["period_start"] == start), "value"].item() == published


def test_nothing_else_is_held():
    assert len(committed("national_survey_cohesion")) == 4
    assert len(committed("national_survey_cohesion_2025")) == 2


def test_the_change_to_telephone_is_a_soft_break_of_both_series():
    breaks = pd.read_csv(DATA / "reference" / "breaks.csv", dtype=str)
    both = breaks[breaks["measure"].isin(["community_cohesion_agree_share", "safe_after_dark_share"])]
    telephone = both[both["date"] == "2020-04-01"]
    assert telephone[["measure", "area_code", "severity"]].to_numpy().tolist() == [
        ["community_cohesion_agree_share", "W92000004", "soft"],
        ["safe_after_dark_share", "W92000004", "soft"],
    ]


@pytest.mark.shared
@pytest.mark.parametrize("dataset", survey.DATASETS, ids=lambda dataset: dataset.name)
def test_the_committed_table_is_what_the_source_gives(dataset: Dataset, shared_sources: Path):
    again = tidy_table(dataset, file=shared_sources / dataset.material)
    written = (DATA / "tidy" / f"{dataset.name}.csv").read_text(encoding="utf-8")
    assert again.to_csv(index=False, lineterminator="\n") == written


@pytest.mark.shared
def test_no_unseen_cell_of_the_source_is_in_a_table(shared_sources: Path):
    source = survey.read(shared_sources / survey.DATASETS[0].material)
    unseen = source[source["value"].str.fullmatch(survey.NOT_SEEN)]
    assert unseen[["topic", "period"]].to_numpy().tolist() == [["community cohesion", "2024-25"]]
    held = pd.concat([committed(dataset.name) for dataset in survey.DATASETS])
    cohesion = held[held["measure"] == "community_cohesion_agree_share"]
    assert "2024-04-01" not in set(cohesion["period_start"])
