"""Resettlement: a zero only where a scheme is counted by authority, and Afghans never in an authority's total."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.resettlement import by_scheme as module
from etl.reading.text_files import read_json, read_text_csv

CARDIFF, VALE, MONMOUTHSHIRE, UK = "W06000015", "W06000014", "W06000021", "K02000001"
(DATASET,) = module.DATASETS
VPRS, UKRS, ARAP = "Vulnerable Persons Resettlement Scheme", "UK Resettlement Scheme", "Relocation - ARAP"


def row(date: str, code: str, name: str, scheme: str, persons: str) -> tuple[str, ...]:
    return (date, date[:4], str((int(date[5:7]) + 2) // 3), code, name, scheme, persons)


def d01(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(module.COLUMNS), dtype="str")


CARDIFF_ROW = row("2016-09-30", CARDIFF, "Cardiff", VPRS, "21")
VALE_ROW = row("2016-09-30", VALE, "Vale of Glamorgan", VPRS, "10")
AFGHAN_ROW = row("2021-09-30", "Unknown", "Unknown", ARAP, "6267")


def committed(data_folder) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / "resettlement.csv", dtype=str, keep_default_na=False)


def figure(table: pd.DataFrame, *, area: str, start: str, category: str = "total") -> int:
    chosen = (table["area_code"] == area) & (table["period_start"] == start) & (table["category"] == category)
    return int(table.loc[chosen, "value"].item())


def test_a_quarter_starts_three_months_before_its_date_and_no_row_is_nobody():
    made = module.tidy(d01(CARDIFF_ROW, VALE_ROW))
    assert figure(made, area=CARDIFF, start="2016-07-01") == 21
    assert figure(made, area=MONMOUTHSHIRE, start="2016-07-01") == 0
    assert figure(made, area=MONMOUTHSHIRE, start="2016-07-01", category="vulnerable_persons_resettlement_scheme") == 0
    assert set(made["period_months"]) == {3}
    assert set(made["measure"]) == {"resettled_people"}


def test_zeros_are_for_welsh_authorities_and_schemes_counted_there():
    made = module.tidy(d01(CARDIFF_ROW, row("2016-09-30", "E08000026", "Coventry", VPRS, "35"), AFGHAN_ROW))
    zeros = made[made["value"] == 0]
    assert zeros["area_code"].str.startswith("W").all()
    assert set(zeros["category"]) == {"total", "vulnerable_persons_resettlement_scheme"}


def test_a_quarter_without_any_arrival_between_two_others_is_zero():
    made = module.tidy(
        d01(row("2020-03-31", CARDIFF, "Cardiff", VPRS, "1"), row("2020-12-31", VALE, "Vale", VPRS, "2"))
    )
    assert figure(made, area=CARDIFF, start="2020-04-01") == 0
    assert figure(made, area=CARDIFF, start="2020-07-01") == 0
    assert "2020-04-01" not in set(made.loc[made["category"] != "total", "period_start"])


def test_afghan_schemes_stand_for_the_kingdom_without_a_total():
    made = module.tidy(d01(CARDIFF_ROW, AFGHAN_ROW))
    kingdom = made[made["area_code"] == UK]
    assert kingdom[["category", "value"]].to_numpy().tolist() == [["afghan_arap", 6267]]
    assert figure(made, area=CARDIFF, start="2021-07-01") == 0


def test_an_afghan_row_in_an_authority_stops_everything():
    module.afghans_stand_in_no_authority(d01(AFGHAN_ROW), pd.DataFrame())
    placed = d01(row("2026-06-30", VALE, "Vale of Glamorgan", ARAP, "4"))
    with pytest.raises(ContractError, match="Vale of Glamorgan"):
        module.afghans_stand_in_no_authority(placed, pd.DataFrame())


def test_codes_that_changed_add_to_todays():
    made = module.tidy(
        d01(
            row("2016-09-30", "E07000051", "Purbeck", VPRS, "5"),
            row("2016-09-30", "E07000053", "Weymouth and Portland", VPRS, "4"),
            row("2016-09-30", "S12000024", "Perth and Kinross", VPRS, "3"),
        )
    )
    assert figure(made, area="E06000059", start="2016-07-01") == 9
    assert figure(made, area="S12000048", start="2016-07-01") == 3


@pytest.mark.parametrize("bad", ["", "*", "c", "1,000", "End of table"])
def test_a_marker_in_the_number_column_is_named(bad):
    with pytest.raises(ContractError, match="row 2: expected a whole number in 'Persons'"):
        module.tidy(d01((*CARDIFF_ROW[:-1], bad)))


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"Date": "2016-09-29"}, "row 2: expected the last day of its quarter; came '2016-09-29'"),
        ({"Quarter": "2"}, "the last day of its quarter"),
        ({"Year": "2015"}, "the last day of its quarter"),
        ({"Date": "Source: Home Office"}, "Source: Home Office"),
        ({"LAD Code": "W06000099"}, "W06000099"),
        ({"Resettlement Scheme": "Communities for All"}, "expected a known scheme; came 'Communities for All'"),
    ],
)
def test_bad_cells_are_named(cells, named):
    with pytest.raises(ContractError, match=named):
        module.tidy(d01(CARDIFF_ROW).assign(**cells))


def test_a_renamed_column_is_named(tmp_path):
    path = tmp_path / "res.csv"
    path.write_text(",".join(module.COLUMNS).replace("Persons", "People") + "\n", encoding="utf-8")
    with pytest.raises(ContractError, match="expected the columns Persons"):
        module.read(path)


def test_a_row_twice_and_a_name_beside_anothers_code_are_noticed():
    with pytest.raises(ContractError, match=r"came twice.*W06000015"):
        module.no_row_twice(d01(CARDIFF_ROW, CARDIFF_ROW), pd.DataFrame())
    former = row("2016-09-30", "E06000029", "Poole", VPRS, "1")
    module.names_stand_beside_their_codes(d01(CARDIFF_ROW, AFGHAN_ROW, former), pd.DataFrame())
    with pytest.raises(ContractError, match="Swansea"):
        module.names_stand_beside_their_codes(d01(row("2016-09-30", CARDIFF, "Swansea", VPRS, "1")), pd.DataFrame())


def test_people_lost_are_noticed():
    rows = d01(CARDIFF_ROW, AFGHAN_ROW, row("2024-03-31", "Unknown", "Unknown", UKRS, "1"))
    made = module.tidy(rows)
    module.every_person_is_kept(rows, made)
    with pytest.raises(ContractError, match=r"every person as read; came Afghan schemes 0 of 6,267"):
        module.every_person_is_kept(rows, made[made["area_code"] != UK])
    with pytest.raises(ContractError, match=r"came total 0 of 21"):
        module.every_person_is_kept(rows, made[made["category"] != "total"])


PUBLISHED = [
    (CARDIFF, "2016-07-01", "total", 21),
    (VALE, "2018-07-01", "total", 18),
    (VALE, "2021-10-01", "total", 11),
    (VALE, "2021-10-01", "uk_resettlement_scheme_community_sponsorship", 6),
    (CARDIFF, "2020-04-01", "total", 0),
    (UK, "2021-07-01", "afghan_arap", 6267),
    (UK, "2021-07-01", "afghan_acrs_pathway_1", 8490),
    ("E08000032", "2014-01-01", "total", 13),
]


@pytest.mark.parametrize(("area", "start", "category", "value"), PUBLISHED)
def test_published_figures(area, start, category, value, data_folder):
    assert figure(committed(data_folder), area=area, start=start, category=category) == value


def test_schemes_add_to_the_total_of_every_authority_and_every_welsh_one_has_every_quarter(data_folder):
    table = committed(data_folder).assign(value=lambda f: f["value"].astype(int))
    table = table[table["area_code"] != UK]
    key = ["area_code", "period_start"]
    total = table[table["category"] == "total"].set_index(key)["value"]
    parts = table[table["category"] != "total"].groupby(key)["value"].sum()
    assert parts.reindex(total.index, fill_value=0).to_dict() == total.to_dict()
    assert total[total.index.get_level_values("area_code").str.startswith("W")].size == 22 * 43


@pytest.mark.shared
def test_extraction_repeats_the_committed_table(shared_sources, data_folder):
    made = tidy_table(DATASET, file=shared_sources / DATASET.material)
    pd.testing.assert_frame_equal(made, committed(data_folder))


@pytest.mark.shared
def test_a_later_edition_never_gives_less(shared_sources, data_folder):
    """The sums since 2014 that a copy of December 2025 carries: 17 of the 22 Welsh ones have not moved since."""
    table = committed(data_folder).assign(value=lambda f: f["value"].astype(int))
    ours = table[table["category"] == "total"].groupby("area_code")["value"].sum()
    areas = pd.DataFrame(read_json(shared_sources / "migration/reg_02-dec-2025-local-route-latest.json")["areas"])
    later = areas.set_index("areaCode")["resettlementCumulativeTotal"].reindex(ours.index)
    welsh = ours.index.str.startswith("W")
    assert (later[welsh] >= ours[welsh]).all()
    typed = read_text_csv(shared_sources / "migration/reg_02-wales-la-snapshots.csv")
    typed = typed[typed["snapshot"] == "2025-12-31"].set_index("lad_code")["resettlement_cumulative_since_2014"]
    assert (typed.astype(int) == ours[welsh]).sum() == 17


@pytest.mark.shared
def test_a_text_of_2017_gives_the_same_syrians_by_the_end_of_2016(shared_sources, data_folder):
    """A list of the Home Office's first figures by council, read apart: 22 running totals that add to 397."""
    path = shared_sources / "hate-crime" / "figures-from-text-2.csv"
    rows = read_text_csv(path)[lambda f: f["measure"].str.startswith("Syrians resettled") & (f["area"] != "Wales")]
    typed = rows.set_index("area_code")["value"].astype(int)
    table = committed(data_folder).assign(value=lambda f: f["value"].astype(int))
    scheme = (table["category"] == "vulnerable_persons_resettlement_scheme") & (table["period_start"] < "2017-01-01")
    ours = table[scheme].groupby("area_code")["value"].sum().reindex(typed.index)
    assert typed.sum() == 397
    assert {code: (ours[code], n) for code, n in typed.items() if ours[code] != n} == {}
