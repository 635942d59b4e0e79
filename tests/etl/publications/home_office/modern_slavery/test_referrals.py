"""NRM referrals: totals in the cube count once, no row of a held force is 0, uncertain quarters stay out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.modern_slavery import referrals as nrm
from etl.publications.typed_from_texts.hate_crime import TEXT_COLUMNS
from tests.scratch import DATA

TIDY = DATA / "tidy"
SOUTH_WALES, GWENT, UK = "W15000003", "W15000002", "K02000001"
# South Wales Police, April to June 2022, as the cube holds it for all genders and nationalities.
CRIMINAL = [
    ("Criminal", "Adult (18 or over)", "4.0"),
    ("Criminal", "Child (17 or under)", "6.0"),
    ("Criminal", "Total", "10.0"),
]
LABOUR = [("Labour & Criminal", "Adult (18 or over)", "9.0"), ("Labour & Criminal", "Total", "9.0")]
TOTAL = [("Total", "Total", "19.0")]


def cube_row(
    kind: str, age: str, people: str, *, responder: str = "South Wales Police", **other: str
) -> dict[str, str]:
    row = {"calendar_quarter": "2022-Q2", "First responder": responder, "Exploitation type": kind}
    row |= {"Age at exploitation": age, "Gender": "Total", "Nationality": "Total", "People": people}
    return {**row, **other}


def cube(*others: dict[str, str]) -> pd.DataFrame:
    """Return one quarter in which every Welsh force referred the same people, with the police total printed."""
    rows = [cube_row(*cells, responder=force) for force in nrm.WELSH_FORCES for cells in (*CRIMINAL, *LABOUR, *TOTAL)]
    rows.append(cube_row("Total", "Total", "76.0", responder="Police total"))
    return pd.DataFrame([*rows, *others], columns=list(nrm.POLICE_COLUMNS), dtype="str")


def figure(made: pd.DataFrame, *, area: str, start: str, category: str) -> int:
    chosen = (made["area_code"] == area) & (made["period_start"] == start) & (made["category"] == category)
    return int(made.loc[chosen, "value"].item())


def committed(name: str) -> pd.DataFrame:
    return pd.read_csv(TIDY / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.mark.parametrize(
    ("category", "people"),
    [
        ("total", 19),
        ("criminal", 10),
        ("labour_criminal", 9),
        ("adult", 13),
        ("child", 6),
        ("sexual", 0),
        ("age_not_known", 0),
    ],
)
def test_a_force_has_its_total_its_kinds_and_its_ages(category: str, people: int) -> None:
    made = nrm.tidy_police(cube())
    assert figure(made, area=SOUTH_WALES, start="2022-04-01", category=category) == people
    assert set(made["period_months"]) == {3}


def test_totals_nested_in_the_cube_are_not_counted_again() -> None:
    nested = [
        cube_row("Criminal", "Total", "10.0", Nationality="UK"),
        cube_row("Total", "Total", "19.0", Gender="Male"),
        cube_row("Total", "Total", "76.0", responder="Police total", Nationality="UK"),
        cube_row("Total", "Adult (18 or over)", "13.0"),
        cube_row("Criminal", "Total", "40.0", responder="Police total"),
    ]
    pd.testing.assert_frame_equal(nrm.tidy_police(cube(*nested)), nrm.tidy_police(cube()))


def test_the_uk_is_the_printed_total_and_the_sum_of_all_forces_by_kind() -> None:
    made = nrm.tidy_police(cube())
    assert figure(made, area=UK, start="2022-04-01", category="total") == 76
    assert figure(made, area=UK, start="2022-04-01", category="criminal") == 40
    nrm.kinds_and_ages_add_to_total(cube(), made)


def test_a_force_that_the_police_total_leaves_out_is_noticed() -> None:
    rows = cube(*(cube_row(*cells, responder="Kent Police") for cells in (*CRIMINAL, ("Total", "Total", "10.0"))))
    with pytest.raises(ContractError, match=r"not so for .*K02000001"):
        nrm.kinds_and_ages_add_to_total(rows, nrm.tidy_police(rows))


@pytest.mark.parametrize("people", ["*", "[c]", "", "2.5", "1,000"])
def test_a_marker_or_a_broken_number_is_refused_with_its_row(people: str) -> None:
    with pytest.raises(ContractError, match=r"NRM police table, row 27: expected a whole number in 'People'"):
        nrm.tidy_police(cube(cube_row("Sexual", "Total", people)))


def test_a_new_kind_of_exploitation_or_age_is_named() -> None:
    with pytest.raises(ContractError, match="known Exploitation type; came 'Financial'"):
        nrm.tidy_police(cube(cube_row("Financial", "Total", "1.0")))
    with pytest.raises(ContractError, match="known Age at exploitation; came 'Elder'"):
        nrm.tidy_police(cube(cube_row("Criminal", "Elder", "1.0")))


def test_a_quarter_without_a_force_is_an_error_and_not_a_zero() -> None:
    rows = cube()
    nrm.every_force_every_quarter(rows, pd.DataFrame())
    with pytest.raises(ContractError, match=r"lacking 2022-Q2 Gwent Police"):
        nrm.every_force_every_quarter(rows[rows["First responder"] != "Gwent Police"], pd.DataFrame())


def test_a_lost_quarter_is_an_error() -> None:
    made = pd.DataFrame({"period_start": ["2022-04-01", "2022-10-01"]})
    with pytest.raises(ContractError, match="2022-07-01"):
        nrm.no_quarter_is_missing(pd.DataFrame(), made)


def long(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame([("2009", "Q2", *row) for row in rows], columns=list(nrm.LONG_COLUMNS), dtype="str")


SPRING_2009 = (
    ("Adult (18 or over)", "Overseas", "1"),
    ("Adult (18 or over)", "UK", "4"),
    ("Adult (18 or over)", "Not specified or unknown", "122"),
    ("Adult (18 or over)", "Total", "127"),
    ("Child (17 or under)", "UK", "1"),
    ("Child (17 or under)", "UK and Overseas", "46"),
    ("Child (17 or under)", "Total", "47"),
    ("Age not specified or unknown", "Total", "0"),
)


def test_the_uk_series_counts_ages_and_places_once() -> None:
    made = nrm.tidy_uk(long(*SPRING_2009))
    values = dict(zip(made["category"], made["value"], strict=True))
    assert values == {"adult": 127, "child": 47, "age_not_known": 0, "total": 174} | {
        "in_uk": 5, "overseas": 1, "in_uk_and_overseas": 46, "location_not_known": 122
    }  # fmt: skip
    nrm.ages_and_places_agree(pd.DataFrame(), made)


def test_a_total_among_the_parts_of_the_uk_series_is_noticed() -> None:
    made = nrm.tidy_uk(long(*SPRING_2009))
    made.loc[made["category"] == "total", "value"] *= 2
    with pytest.raises(ContractError, match="not so for '2009-04-01'"):
        nrm.ages_and_places_agree(pd.DataFrame(), made)


def test_a_new_place_or_a_marker_in_the_uk_series_is_named() -> None:
    with pytest.raises(ContractError, match="came 'Abroad'"):
        nrm.tidy_uk(long(("Adult (18 or over)", "Abroad", "1")))
    with pytest.raises(ContractError, match=r"row 2: expected a whole number in 'NRM referrals'; came '\[x\]'"):
        nrm.tidy_uk(long(("Adult (18 or over)", "UK", "[x]")))


def test_a_year_that_differs_from_the_summary_is_an_error() -> None:
    made = committed("nrm_uk").assign(value=lambda f: f["value"].astype(int))
    nrm.headlines_hold(pd.DataFrame(), made)
    made.loc[(made["category"] == "child") & (made["period_start"] == "2023-10-01"), "value"] += 1
    with pytest.raises(ContractError, match=r"2023 child 7,433"):
        nrm.headlines_hold(pd.DataFrame(), made)


def text(**changes: str) -> dict[str, str]:
    row = {"measure": nrm.COUNTY_MEASURE, "area": nrm.SOUTH_GLAMORGAN, "period": nrm.COUNTY_QUARTER, "strand": ""}
    return {**row, "value": "27", "basis": "derived CSV", "note": "24984ecb", **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"period": "UNCERTAIN: probably 2025 Q4 (Oct-Dec)", "value": "16"},
        {"period": "2025 Q2 (Apr-Jun)", "value": "30"},
        {"note": "UNCERTAIN"},
        {"area": "Gwent", "value": "17"},
        {"area": "Mid Glamorgan", "value": "18"},
        {"measure": "NRM referrals, by police force the case was sent to for investigation"},
    ],
    ids=str,
)
def test_only_the_certain_quarter_of_south_glamorgan_is_shown(changes: dict[str, str]) -> None:
    rows = pd.DataFrame([text(), text(**changes)], columns=list(TEXT_COLUMNS), dtype="str")
    made = nrm.tidy_county(rows)
    assert made[["area_code", "period_start", "value"]].to_numpy().tolist() == [["XCAV", "2025-07-01", 27]]
    nrm.one_county_figure(rows, made)


def test_no_certain_figure_or_two_is_an_error() -> None:
    rows = pd.DataFrame([text(period="UNCERTAIN")], columns=list(TEXT_COLUMNS), dtype="str")
    with pytest.raises(ContractError, match="came 0"):
        nrm.one_county_figure(rows, nrm.tidy_county(rows))
    rows = pd.DataFrame([text(), text(value="28")], columns=list(TEXT_COLUMNS), dtype="str")
    with pytest.raises(ContractError, match="came 2"):
        nrm.one_county_figure(rows, nrm.tidy_county(rows))


@pytest.mark.parametrize(
    ("name", "area", "start", "category", "published"),
    [
        ("nrm_first_responders", SOUTH_WALES, "2023-04-01", "total", 25),
        ("nrm_first_responders", SOUTH_WALES, "2022-04-01", "criminal", 10),
        ("nrm_first_responders", SOUTH_WALES, "2022-04-01", "sexual", 0),
        ("nrm_first_responders", GWENT, "2022-04-01", "child", 15),
        ("nrm_first_responders", "W15000004", "2023-07-01", "total", 1),
        ("nrm_first_responders", UK, "2023-10-01", "total", 995),
        ("nrm_uk", UK, "2009-04-01", "total", 174),
        ("nrm_uk", UK, "2023-10-01", "child", 1945),
        ("nrm_county", "XCAV", "2025-07-01", "total", 27),
    ],
)
def test_published_figures_are_in_the_committed_tables(
    name: str, area: str, start: str, category: str, published: int
) -> None:
    assert figure(committed(name), area=area, start=start, category=category) == published


def test_north_wales_as_first_responder_in_2023_adds_to_39() -> None:
    table = committed("nrm_first_responders")
    here = table[(table["area_code"] == "W15000001") & (table["category"] == "total")]
    assert here.loc[here["period_start"] >= "2023-01-01", "value"].astype(int).sum() == 39


@pytest.mark.parametrize(
    ("name", "rows"), [("nrm_first_responders", 5 * 7 * 23), ("nrm_uk", 59 * 8), ("nrm_county", 1)]
)
def test_the_committed_tables_are_whole(name: str, rows: int) -> None:
    assert len(committed(name)) == rows


@pytest.mark.shared
@pytest.mark.parametrize("dataset", nrm.DATASETS, ids=lambda dataset: dataset.name)
def test_the_committed_table_is_what_the_source_gives(dataset: Dataset, shared_sources: Path) -> None:
    again = tidy_table(dataset, file=shared_sources / dataset.material)
    assert again.to_csv(index=False, lineterminator="\n") == (TIDY / f"{dataset.name}.csv").read_text(encoding="utf-8")
