"""What stays true of other figures once a newer edition of some came in: sums, their cautions, and what is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from etl import load
from etl.__main__ import main
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


def test_publishers_are_not_added_to_each_other(data):
    assert people(data, UK) == {}
