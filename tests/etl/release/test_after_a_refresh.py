"""What stays true of other figures once a newer edition of some came in: sums, their cautions, and what is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from etl.__main__ import main
from etl.pipeline import load
from tests import synthetic as made
from tests.scratch import DATA

POPULATION = (
    "population_mid_year_wales",
    "population_mid_year_2024",
    "population_mid_year_2024_scotland_ni",
    "population_mid_year_2025",
)
ENGLAND_AND_WALES, WITHOUT_THE_MET, WALES, UK = "K04000001", "XEWEXMET", "W92000004", "K02000001"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    shutil.copytree(DATA / "reference", data / "reference")
    (data / "tidy").mkdir()
    for name in POPULATION:
        for kind in ("csv", "toml"):
            shutil.copy(DATA / "tidy" / f"{name}.{kind}", data / "tidy")
    load.build(data=data)
    return data


def add(data: Path, file: Path) -> None:
    assert main(["--data", str(data), "add", str(file), "--released", "2026-10-01", "--accept-large-changes"]) == 0


def people(data: Path, *areas: str) -> dict[tuple[str, str], tuple[float, bool]]:
    """Return the population of each area and day, and whether it is a sum of ours."""
    cells = load.figures(data=data)
    rows = cells[(cells["measure"] == "population") & cells["area_code"].isin(areas)]
    return {
        (r.area_code, r.period_start): (float(r.value), bool(r.derived)) for r in rows.itertuples() if r.value != ""
    }


def test_england_and_wales_stay_when_a_newer_edition_gives_wales_alone(data, tmp_path, capsys):
    before = people(data, ENGLAND_AND_WALES, WITHOUT_THE_MET, WALES)
    file = tmp_path / "rows.json"
    file.write_text(json.dumps(made.statswales()), encoding="utf-8")
    add(data, file)
    after = people(data, ENGLAND_AND_WALES, WITHOUT_THE_MET, WALES)
    assert set(before) <= set(after)
    gained = after[WALES, "2024-06-30"][0] - before[WALES, "2024-06-30"][0]
    for area in (ENGLAND_AND_WALES, WITHOUT_THE_MET):
        assert after[area, "2024-06-30"][0] == before[area, "2024-06-30"][0] + gained
    told = capsys.readouterr().out
    assert "derived: " in told
    assert f"population {ENGLAND_AND_WALES} 2024-06-30 0 total: " in told
    origin = (data / "tidy" / "population_mid_year_2024.toml").read_text(encoding="utf-8")
    assert "adds figures of two editions." in origin
    assert "adio ffigurau dau argraffiad." in origin


@pytest.fixture
def rebased(tmp_path: Path) -> Path:
    return made.write_xlsx(tmp_path / "myeb.xlsx", made.myeb3(years=range(2012, 2026)))


def table(data: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(data / "tidy" / f"{name}.csv", dtype=str)


def test_the_populations_of_the_rebased_accounts_take_the_place_of_the_years_they_give(data, rebased):
    add(data, rebased)
    assert set(table(data, "population_mid_year_wales")["period_start"].str[:4]) == {str(y) for y in range(2005, 2011)}
    assert not (data / "tidy" / "population_mid_year_2024.csv").exists()
    assert not (data / "tidy" / "population_mid_year_2025.csv").exists()
    found = people(data, ENGLAND_AND_WALES, WALES, "W06000015")
    for area in (ENGLAND_AND_WALES, WALES, "W06000015"):
        assert {day for code, day in found if code == area} >= {f"{year}-06-30" for year in range(2011, 2026)}
    moved = load.figures(data=data)
    change = moved[(moved["measure"] == "population_change") & (moved["area_code"] == WALES)]
    assert change["period_start"].max() == "2024-07-01"  # mid-2025 joins on
    breaks = [one for one in load.check(data=data).reference["break"].to_dict("records") if one["while_held"]]
    assert "population_mid_year_2025" in {one["while_held"] for one in breaks}  # and goes in the build


def test_of_two_publications_of_one_population_the_newer_release_stays_whichever_comes_last(data, rebased, tmp_path):
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps(made.statswales()), encoding="utf-8")
    for file, released in ((rows, "2026-10-01"), (rebased, "2026-07-29")):
        command = ["--data", str(data), "add", str(file), "--released", released, "--accept-large-changes"]
        assert main(command) == 0
    assert set(table(data, "population_mid_year_rebased")["area_code"].str[0]) == {"E"}
    assert table(data, "population_mid_year_wales")["period_start"].max() == "2025-06-30"
    assert (ENGLAND_AND_WALES, "2025-06-30") in people(data, ENGLAND_AND_WALES)
    command = ["--data", str(data), "add", str(rebased), "--released", "2026-11-20", "--accept-large-changes"]
    again = made.write_xlsx(rebased, made.myeb3(years=range(2012, 2026), unattributed="unattrib"))
    assert main([*command[:3], str(again), *command[4:]]) == 0
    assert set(table(data, "population_mid_year_rebased")["area_code"].str[0]) == {"E", "W"}
    assert table(data, "population_mid_year_wales")["period_start"].max() == "2010-06-30"


def test_publishers_are_not_added_to_each_other(data):
    assert people(data, UK) == {}
