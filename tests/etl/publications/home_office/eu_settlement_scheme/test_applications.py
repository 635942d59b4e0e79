"""Settlement scheme: applications received and concluded, each figure with its address, or none."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.eu_settlement_scheme import applications as module
from etl.publications.typed_from_texts import later_search as later_texts
from etl.publications.typed_from_texts import migration as migration_text

CARDIFF, VALE, WALES = "W06000015", "W06000014", "W92000004"
DATASET, PRESS = module.DATASETS
RECEIVED = "EUSS applications received, cumulative"
CONCLUDED = "EUSS concluded applications, cumulative (910 settled, 400 pre-settled, 20 other)"


def text(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    cells = [(*row, "a text", "https://example.org/text") for row in rows]
    return pd.DataFrame(cells, columns=list(migration_text.COLUMNS), dtype="str")


def scheme(*, value: str = "1330", measure: str = CONCLUDED) -> pd.DataFrame:
    """Return ten rows, as many as the list has: nine for Cardiff and one for the Vale."""
    days = pd.date_range("2019-06-30", periods=9, freq="QE").strftime("%Y-%m-%d")
    return text(
        *((day, "Cardiff", RECEIVED, "15340") for day in days), ("2020-09-30", "Vale of Glamorgan", measure, value)
    )


def committed(data_folder, name: str = "eu_settlement_scheme") -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str, keep_default_na=False)


def test_applications_received_and_concluded_are_two_measures_on_a_day():
    made = module.tidy(scheme())
    assert made["measure"].value_counts().to_dict() == {"euss_applications": 9, "euss_concluded": 1}
    assert made.iloc[-1][["area_code", "period_start", "period_months", "value"]].tolist() == [
        VALE,
        "2020-09-30",
        0,
        1330,
    ]


def test_wales_is_no_authority_but_has_its_code():
    made = module.tidy(scheme().replace("Vale of Glamorgan", "Wales"))
    assert made["area_code"].tolist()[-1] == WALES


@pytest.mark.parametrize("bad", ["124315|3411|971", "*", "", "15,340"])
def test_a_row_of_several_numbers_or_a_marker_is_refused(bad):
    with pytest.raises(ContractError, match="row 11: expected a whole number"):
        module.tidy(scheme(value=bad))


def test_a_new_kind_of_figure_and_a_lost_row_are_named():
    with pytest.raises(ContractError, match="EUSS refusals"):
        module.tidy(scheme(measure="EUSS refusals"))
    with pytest.raises(ContractError, match=r"expected 10 figures for 'EUSS \.\*'.*came 9"):
        module.tidy(scheme().iloc[:9])


def test_outcomes_that_do_not_fit_their_total_are_noticed():
    module.outcomes_fit(scheme(), pd.DataFrame())
    module.outcomes_fit(scheme(value="1340", measure=CONCLUDED.replace(", 20 other", "")), pd.DataFrame())
    with pytest.raises(ContractError, match="Vale of Glamorgan: expected outcomes that fit 1,340; came 1,330"):
        module.outcomes_fit(scheme(value="1340"), pd.DataFrame())
    with pytest.raises(ContractError, match="expected outcomes that fit 900"):
        module.outcomes_fit(scheme(value="900", measure=CONCLUDED.replace(", 20 other", "")), pd.DataFrame())


PUBLISHED = [
    ("euss_applications", CARDIFF, "2020-06-30", "15340"),
    ("euss_applications", CARDIFF, "2021-03-31", "21200"),
    ("euss_applications", WALES, "2021-06-30", "99910"),
    ("euss_concluded", WALES, "2021-06-30", "90580"),
    ("euss_concluded", VALE, "2020-09-30", "1330"),
]


@pytest.mark.parametrize(("measure", "area", "start", "value"), PUBLISHED)
def test_published_figures(measure, area, start, value, data_folder):
    table = committed(data_folder)
    chosen = (table["measure"] == measure) & (table["area_code"] == area) & (table["period_start"] == start)
    assert table.loc[chosen, "value"].item() == value


@pytest.mark.shared
def test_extraction_repeats_the_committed_table(shared_sources, data_folder):
    made = tidy_table(DATASET, file=shared_sources / DATASET.material)
    pd.testing.assert_frame_equal(made, committed(data_folder))


ARGUS = "https://www.southwalesargus.co.uk/news/18681242/"


def press(**changed: str) -> pd.DataFrame:
    """Return the eight rows that are sure and one that is not; the first may be changed."""
    councils = [
        ("Caerphilly", "W06000018", "1370"), ("Monmouthshire", "W06000021", "1110"),
        ("Blaenau Gwent", "W06000019", "930"), ("Torfaen", "W06000020", "620"),
        ("Swansea", "W06000011", "5490"), ("Wrexham", "W06000006", "5580"),
    ]  # fmt: skip
    rows = [(name, code, "to 30 June 2020", value, "sure") for name, code, value in councils]
    rows += [("Wales", WALES, f"to {day}", value, "sure") for day, value in DAYS.items()]
    rows += [("Bridgend", "W06000013", "to 30 June 2019", "370", "check")]
    cells = [(module.PRESS_MEASURE, name, code, day, "all", value, ARGUS, how) for name, code, day, value, how in rows]
    table = pd.DataFrame(cells, columns=list(later_texts.COLUMNS), dtype="str")
    table.loc[0, list(changed)] = list(changed.values())
    return table


DAYS = {"31 Jan 2020": "50100", "31 Dec 2019": "44100"}


def test_what_newspapers_quote_stands_on_its_day_and_what_is_not_sure_stands_nowhere():
    made = module.tidy_press(press())
    assert made[["area_code", "period_start", "value"]].to_numpy().tolist()[-2:] == [
        [WALES, "2020-01-31", 50100],
        [WALES, "2019-12-31", 44100],
    ]
    assert "W06000013" not in set(made["area_code"])
    module.names_stand_beside_their_codes(press(), made)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"period": "June 2020"}, "the last day of a running total such as 'to 30 June 2020'; came 'June 2020'"),
        ({"value": "1,370"}, "row 2: expected a whole number in 'value'; came '1,370'"),
        ({"confidence": "check"}, "expected 8 sure figures"),
        ({"url": ""}, "each with its address"),
    ],
)
def test_a_row_that_slipped_is_named(changed, told):
    with pytest.raises(ContractError, match=told):
        module.tidy_press(press(**changed))


def test_a_councils_code_that_is_anothers_is_named():
    with pytest.raises(
        ContractError, match="beside its own name; came 'Caerphilly' beside W06000019, the code of Blaenau Gwent"
    ):
        module.names_stand_beside_their_codes(press(area_code="W06000019"), pd.DataFrame())


@pytest.mark.shared
def test_extraction_repeats_what_newspapers_quote(shared_sources, data_folder):
    made = tidy_table(PRESS, file=shared_sources / PRESS.material)
    pd.testing.assert_frame_equal(made, committed(data_folder, PRESS.name))
