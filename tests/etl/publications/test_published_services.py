"""What ArcGIS and StatsWales give: places are held against the reference tables, rows are told by what is in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from etl.contract import KEY_COLUMNS, ContractError
from etl.pipeline.extract import tidy_table
from etl.pipeline.tables import read_table
from etl.publications.ons.boundaries.published_file import compared, is_geojson
from etl.reading import text_files
from etl.release.recognise import RELEASES, REPLACED, recognise
from tests import synthetic as made
from tests.scratch import DATA, scratch_data


def write(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("give", [made.lookup, made.outlines])
def test_places_as_we_hold_them_agree(tmp_path, give):
    path = write(tmp_path / "a.json", give())
    assert is_geojson(path)
    assert "agrees with data/reference" in compared(path)


def place(code: str, **changed: str):
    def change(content: dict[str, Any]) -> None:
        (found,) = (f for f in content["features"] if f["properties"]["LAD24CD"] == code)
        found["properties"] |= changed

    return change


def dropped(code: str):
    def change(content: dict[str, Any]) -> None:
        content["features"] = [f for f in content["features"] if f["properties"]["LAD24CD"] != code]

    return change


@pytest.mark.parametrize(
    ("give", "change", "told"),
    [
        (made.lookup, place("W06000015", PFA24CD="W15000002"), "expected W06000015 in its area .* in W15000002"),
        (made.lookup, place("W06000016", CSP24CD="W14000015"), "expected W06000016 in its area .* in W14000015"),
        (made.lookup, place("W06000015", LAD24CD="W06000099"), "only codes of areas.csv for LAD; came W06000099"),
        (made.lookup, dropped("W06000014"), "every Welsh local_authority; came none of W06000014"),
        (made.outlines, dropped("W06000014"), "every Welsh local_authority; came none of W06000014"),
        (made.outlines, lambda c: c["features"][0].update(geometry=None), "a shape for every area, or a lookup"),
        (
            made.outlines,
            lambda c: c.update(features=[]),
            "a property such as LAD24CD, one for each kind of place; came no features",
        ),
        (made.outlines, lambda c: c.pop("features"), "expected GeoJSON features"),
    ],
)
def test_a_place_that_came_went_or_moved_is_told(tmp_path, give, change, told):
    content = give()
    change(content)
    with pytest.raises(ContractError, match=told):
        compared(write(tmp_path / "a.json", content))


@pytest.mark.parametrize("code", [1, 1.5, None, True, [], {}, ["W06000015"], ""])
@pytest.mark.parametrize("name", ["LAD24CD", "CSP24CD", "PFA24CD"])
def test_what_stands_where_a_code_must_is_refused_by_what_it_is(tmp_path, name, code):
    content = made.lookup()
    content["features"][3]["properties"][name] = code
    with pytest.raises(ContractError, match=f"property {name}: expected a code such as W06000015; came"):
        compared(write(tmp_path / "a.json", content))


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "FeatureCollection", "features": [1]}',
        '{"type": "FeatureCollection", "features": null}',
        '{"type": "FeatureCollection", "features": [{"properties": null}]}',
        '{"type": "FeatureCollection", "features": [{"properties": "LAD24CD"}]}',
        '{"type": "FeatureCollection", "features": {"properties": {}}}',
        '{"type": "FeatureCollection", "features": [' + "[" * 100_000,
        '{"type": "FeatureCollection", "features": [{"properties": {"LAD24CD": "W06000015", "LAD25CD": "W06000015"}}]}',
        '{"type": "FeatureCollection", "features": [' + "1" * 5_000 + "]}",
    ],
)
def test_geojson_of_another_form_is_refused_through_add(tmp_path, capsys, text):
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    data = scratch_data(tmp_path)
    assert main(["--data", str(data), "add", str(path), "--released", "2026-11-01"]) == 1
    assert "a.json: expected" in capsys.readouterr().err


def test_json_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(text_files, "LARGEST_JSON", 10)
    for content in (made.lookup(), made.statswales()):
        path = write(tmp_path / "a.json", content)
        with pytest.raises(ContractError, match="expected at most 10 bytes of JSON"):
            compared(path) if is_geojson(path) else recognise(path)


def population(path: Path):
    return tidy_table(RELEASES["population_mid_year_wales"], file=path)


def test_statswales_rows_give_everyone_in_every_authority_and_year(tmp_path):
    path = write(tmp_path / "rows.json", made.statswales())
    assert recognise(path) == ("population_mid_year_wales",)
    table = population(path)
    assert len(table) == 22 * 21
    cardiff = table[(table["area_code"] == "W06000015") & (table["period_start"] == "2025-06-30")]
    (wanted,) = (
        row["Data values"]
        for row in made.statswales()
        if (row["Area code"], row["Year"], row["Sex"]) == ("W06000015", "2025", "Persons")
    )
    assert list(cardiff["value"]) == [str(wanted)]


def test_every_table_that_holds_the_same_populations_steps_back(tmp_path):
    mine = population(write(tmp_path / "rows.json", made.statswales()))
    given = set(mine[list(KEY_COLUMNS)].astype(str).itertuples(index=False, name=None))
    for path in sorted((DATA / "tidy").glob("population*.csv")):
        if given & set(read_table(path)[list(KEY_COLUMNS)].itertuples(index=False, name=None)):
            assert path.stem in {"population_mid_year_wales", *REPLACED["population_mid_year_wales"]}


def test_places_in_words_are_matched_too(tmp_path):
    rows = [{name: cell for name, cell in row.items() if name != "Area code"} for row in made.statswales()]
    assert set(population(write(tmp_path / "a.json", rows))["area_code"]) == {
        code for code, _, nation in made.authorities() if nation == "W"
    }


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: [{"Area": r["Area"], "Year": r["Year"]} for r in rows], "came the columns 'Area', 'Year'"),
        (lambda rows: [r for r in rows if r["Sex"] != "Persons"], "a row for everyone .* none in 'Sex'"),
        (lambda rows: [r for r in rows if r["Area"] != "Cardiff"], "expected 22 authorities once a year"),
        (lambda rows: [*rows, rows[0]], "category once; came twice 'population W06"),
        (lambda rows: [{**r, "Data values": "many"} for r in rows], "a whole number"),
        (lambda rows: [], "came the columns none"),
    ],
)
def test_rows_of_another_make_are_refused_by_what_came(tmp_path, change, told):
    path = write(tmp_path / "rows.json", change(made.statswales(years=[2024, 2025])))
    with pytest.raises(ContractError, match=told):
        population(path)
