"""LAMIS indicators: each under its own year, with its interval or its marker, and nothing taken for a zero."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.ons.migration_indicators import indicator_sheets as lamis
from etl.publications.ons.migration_indicators import indicators as module

CARDIFF, VALE, WALES, NEWRY = "W06000015", "W06000014", "W92000004", "N09000010"
BY_NAME = {dataset.name: dataset for dataset in module.DATASETS}
POPULATION = "Mid-2020 Population Estimate"
NOTES = (
    ("Sources: ONS, NISRA, Patient Register data", ""),
    (": = not available", ""),
    ("1", "The completeness of figures …"),
)


def sheet(*rows: tuple[str, ...], period: str, headings: tuple[str, ...], first_period: int = 2) -> pd.DataFrame:
    """Return a sheet of two header rows as published: the period over its columns, then code, name and headings."""
    width = 2 + len(headings)
    periods = ["" if column < first_period else period for column in range(width)]
    lines = [periods, ["Area Code", "Area Name", *headings], *rows]
    return pd.DataFrame([[*line, *[""] * (width - len(line))] for line in lines], dtype="str")


def gp(*rows: tuple[str, ...], period: str = "Mid-2019 to Mid-2020") -> pd.DataFrame:
    headings = (POPULATION, "New Migrant GP Registrations")
    return lamis.long_cells(sheet(*rows, period=period, headings=headings), sheet=module.GP_SHEET)


def survey(*rows: tuple[str, ...], first_period: int = 2) -> pd.DataFrame:
    """Return "Non-British Population" of one year, three header rows, the period where it is asked to stand."""
    periods = ["", "", "", "", ""]
    periods[first_period] = "Jan 2020 to Dec 2020"
    head = [
        periods,
        ["", "", "Nationality", "", ""],
        ["Area Code", "Area Name", "Resident Population", "Non-British Estimate", "CI +/-"],
    ]
    return lamis.long_cells(pd.DataFrame([*head, *rows], dtype="str"), sheet=module.NON_BRITISH_SHEET)


def non_british(cells: pd.DataFrame) -> pd.DataFrame:
    return module.tidy_estimates(
        cells, sheet=module.NON_BRITISH_SHEET, headings=module.NON_BRITISH, measure="non_british_population"
    )


CARDIFF_GP = (CARDIFF, "Cardiff / Caerdydd", "369202", "6722")
CARDIFF_SURVEY = (CARDIFF, "Cardiff / Caerdydd", "372000", "34000", "11000")


def committed(data_folder, name: str) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str, keep_default_na=False)


def row_of(table: pd.DataFrame, *, area: str, start: str, measure: str = "") -> pd.Series:
    chosen = (table["area_code"] == area) & (table["period_start"] == start)
    return table[chosen & (table["measure"] == measure if measure else True)].squeeze()


def test_gp_year_runs_from_july_and_a_survey_year_from_january():
    made = module.tidy_gp(gp(CARDIFF_GP))
    assert made[["measure", "period_start", "period_months", "value"]].to_numpy().tolist() == [
        ["gp_registrations_flag4", "2019-07-01", 12, 6722]
    ]
    assert non_british(survey(CARDIFF_SURVEY))["period_start"].tolist() == ["2020-01-01"]


@pytest.mark.parametrize("bad", ["Mid-2019 to Mid-2021", "Jan 2019 to Dec 2020", "Year to March 2020", ""])
def test_a_period_that_is_no_twelve_months_is_named(bad):
    with pytest.raises(ContractError, match="expected twelve months"):
        lamis.period_start(bad)


def test_a_survey_estimate_carries_its_interval():
    made = non_british(survey(CARDIFF_SURVEY)).squeeze()
    assert made[["value", "lower", "upper", "marker"]].tolist() == [34000, 23000, 45000, ""]


def test_an_interval_wider_than_its_estimate_stops_at_nobody():
    made = non_british(survey((*CARDIFF_SURVEY[:3], "3000", "4000"))).squeeze()
    assert made[["value", "lower", "upper"]].tolist() == [3000, 0, 7000]


@pytest.mark.parametrize(
    ("estimate", "interval", "marker"),
    [("c", "c", "[c]"), (":", ":", "[x]"), (".", ".", "[z]"), ("0~", "0~", "[low]"), ("0~", "1000", "[low]")],
)
def test_an_estimate_with_a_marker_has_no_number_and_no_interval(estimate, interval, marker):
    made = non_british(survey((*CARDIFF_SURVEY[:3], estimate, interval))).squeeze()
    assert made["marker"] == marker
    assert made[["value", "lower", "upper"]].isna().all()


def test_an_interval_rounded_to_zero_is_not_certainty():
    made = non_british(survey((*CARDIFF_SURVEY[:3], "1000", "0~"))).squeeze()
    assert made["value"] == 1000
    assert made["marker"] == ""
    assert made[["lower", "upper"]].isna().all()


def test_each_interval_stands_beside_its_own_place():
    """The nations come after the authorities in what is made, and before them in the sheet."""
    wales = (WALES, "Wales", "3130000", "167000", "17000")
    made = non_british(survey(wales, CARDIFF_SURVEY)).set_index("area_code")
    assert made.loc[WALES, ["lower", "upper"]].tolist() == [150000, 184000]
    assert made.loc[CARDIFF, ["lower", "upper"]].tolist() == [23000, 45000]


def test_the_period_one_column_too_far_right_still_heads_its_first_column():
    assert non_british(survey(CARDIFF_SURVEY, first_period=3))["value"].tolist() == [34000]


@pytest.mark.parametrize("bad", ["", "n/a", "6,722", "6722*"])
def test_a_cell_that_is_neither_number_nor_marker_is_named(bad):
    with pytest.raises(ContractError, match="GP Registrations, row 3"):
        module.tidy_gp(gp((*CARDIFF_GP[:3], bad)))


def test_only_the_one_known_blank_is_not_available():
    blank = (module.BLANK_AREA, "East Dunbartonshire", "108750", " ")
    cells = gp(blank)
    assert module.tidy_gp(cells)["marker"].tolist() == ["[x]"]
    module.only_the_known_blank(cells, pd.DataFrame())
    with pytest.raises(ContractError, match="GP Registrations, row 3, Mid-2018"):
        module.tidy_gp(gp(blank, period="Mid-2018 to Mid-2019"))
    with pytest.raises(ContractError, match=r"expected a blank for S12000045.*came ':'"):
        module.only_the_known_blank(gp((*blank[:3], ":")), pd.DataFrame())


def test_footnotes_below_the_table_are_known_and_other_words_are_refused():
    assert len(gp(CARDIFF_GP, *NOTES)) == 2
    with pytest.raises(ContractError, match="row 4: expected an area, or notes that begin 'Source'; came 'Revised"):
        gp(CARDIFF_GP, ("Revised figures", ""), *NOTES)
    with pytest.raises(ContractError, match=r"row 3: .*came 'W0600014 Vale of Glamorgan'"):
        gp(("W0600014", "Vale of Glamorgan"), CARDIFF_GP, *NOTES)


def test_figures_among_the_footnotes_are_refused():
    with pytest.raises(ContractError, match="row 5: expected an area code beside figures; came 'Total'"):
        gp(CARDIFF_GP, NOTES[0], ("Total", "", "1", "2"))


def test_renamed_and_new_headings_are_named():
    cells = gp(CARDIFF_GP)
    renamed = cells.assign(heading=cells["heading"].str.replace("New Migrant ", ""))
    with pytest.raises(ContractError, match=r"'New Migrant GP Registrations'.*came 'GP Registrations'"):
        module.tidy_gp(renamed)
    with pytest.raises(ContractError, match="came none"):
        module.tidy_gp(cells[cells["heading"] == POPULATION])
    nested = pd.concat([cells, cells.assign(heading="New Migrant GP Registrations / EU")])
    with pytest.raises(ContractError, match="GP Registrations / EU"):
        module.tidy_gp(nested)


def test_a_code_that_changed_is_todays_and_one_that_nobody_knows_is_named():
    made = module.tidy_gp(gp(("E08000019", "Sheffield", "589214", "6722")))
    assert made["area_code"].tolist() == ["E08000039"]
    with pytest.raises(ContractError, match="W06000099"):
        module.tidy_gp(gp(("W06000099", "Cardiff / Caerdydd", "1", "2")))


def test_the_provisional_year_says_so_but_for_what_is_not_available():
    headings = ("Mid-2017 Population Estimate", module.PROVISIONAL)
    rows = (
        (CARDIFF, "Cardiff / Caerdydd", "362756", "1660.67396031661"),
        (NEWRY, "Newry, Mourne and Down", "178996", ":"),
    )
    raw = sheet(*rows, period="Mid-2016 to Mid-2017", headings=headings)
    older = raw.replace(module.PROVISIONAL, module.SHORT_TERM).replace("Mid-2016 to Mid-2017", "Mid-2015 to Mid-2016")
    both = pd.concat([lamis.long_cells(r, sheet="s") for r in (raw, older)], ignore_index=True)
    made = module.tidy_short_term(both).set_index(["area_code", "period_start"])
    assert made.loc[(CARDIFF, "2016-07-01"), ["value", "marker"]].tolist() == [1660.67396031661, "[p]"]
    assert made.loc[(CARDIFF, "2015-07-01"), "marker"] == ""
    assert made.loc[(NEWRY, "2016-07-01"), "marker"] == "[x]"


def test_authorities_that_do_not_add_to_their_nation_are_noticed():
    made = module.tidy_gp(gp((WALES, "Wales", "3169586", "6724"), CARDIFF_GP))
    module.authorities_add_to_nations(pd.DataFrame(), made, within=0, wales=2)
    with pytest.raises(ContractError, match=rf" {WALES} -2"):
        module.authorities_add_to_nations(pd.DataFrame(), made, within=2, wales=1)


def test_a_lost_place_is_noticed():
    with pytest.raises(ContractError, match="expected 378 places"):
        module.every_place_every_period(pd.DataFrame(), module.tidy_gp(gp(CARDIFF_GP)))


def test_more_births_to_some_mothers_than_to_all_are_noticed():
    births = pd.DataFrame(
        {
            "area_code": CARDIFF,
            "period_start": "2019-01-01",
            "measure": ["births_all_mothers", "births_non_uk_born_mothers"],
            "value": [3738, 1070],
        }
    )
    module.mothers_are_among_all(pd.DataFrame(), births)
    with pytest.raises(ContractError, match=CARDIFF):
        module.mothers_are_among_all(pd.DataFrame(), births.assign(value=[1070, 3738]))


PUBLISHED = [
    ("lamis_nino_registrations", "nino_registrations", CARDIFF, "2019-01-01", "4384"),
    ("lamis_nino_registrations", "nino_registrations", CARDIFF, "2020-01-01", "2972"),
    ("lamis_nino_registrations", "nino_registrations", VALE, "2020-01-01", "96"),
    ("lamis_gp_registrations", "gp_registrations_flag4", CARDIFF, "2019-07-01", "6722"),
    ("lamis_gp_registrations", "gp_registrations_flag4", WALES, "2019-07-01", "16419"),
    ("lamis_births", "births_all_mothers", CARDIFF, "2019-01-01", "3738"),
    ("lamis_births", "births_non_uk_born_mothers", CARDIFF, "2019-01-01", "1070"),
    ("lamis_births", "births_non_uk_born_mothers", WALES, "2011-01-01", "3824"),
    ("lamis_short_term_inflow", "short_term_inflow", CARDIFF, "2008-07-01", "909"),
]


@pytest.mark.parametrize(("name", "measure", "area", "start", "value"), PUBLISHED)
def test_published_figures(name, measure, area, start, value, data_folder):
    assert row_of(committed(data_folder, name), measure=measure, area=area, start=start)["value"] == value


def test_published_estimates_with_their_intervals(data_folder):
    born = committed(data_folder, "lamis_non_uk_born")
    assert row_of(born, area=VALE, start="2020-01-01")[["value", "lower", "upper"]].tolist() == ["5000", "2000", "8000"]
    assert row_of(born, area=CARDIFF, start="2020-01-01")["upper"] == "62000"
    british = committed(data_folder, "lamis_non_british")
    assert row_of(british, area=CARDIFF, start="2011-01-01")[["value", "lower"]].tolist() == ["24000", "17000"]


def test_no_estimate_has_half_an_interval(data_folder):
    tables = pd.concat([committed(data_folder, name) for name in ("lamis_non_uk_born", "lamis_non_british")])
    assert ((tables["lower"] == "") == (tables["upper"] == "")).all()
    without = tables[(tables["lower"] == "") & (tables["value"] != "")]
    assert set(without["value"]) == {"1000"}
    assert len(without) == 3


@pytest.mark.shared
@pytest.mark.parametrize("name", BY_NAME)
def test_extraction_repeats_the_committed_table(name, shared_sources, data_folder):
    made = tidy_table(BY_NAME[name], file=shared_sources / BY_NAME[name].material)
    pd.testing.assert_frame_equal(made, committed(data_folder, name))
