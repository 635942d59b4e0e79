"""A reorganisation elsewhere never stops Wales: a new authority is told and kept apart, an ended one is no loss."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pandas as pd
import pytest

from etl.__main__ import main
from etl.contract import ContractError
from etl.pipeline.checks import coverage_did_not_shrink
from etl.pipeline.extract import tidy_and_apart
from etl.pipeline.unknown_places import cautioned, sentence
from etl.publications.ons.boundaries import published_file as geography
from etl.release.recognise import RELEASES
from tests import synthetic as made
from tests.scratch import edit, scratch_data

ELMBRIDGE, NEW, NAME = "E07000207", "E06000099", "Elmbridge and Woking"
ENGLAND, KINGDOM, WALES = "E92000001", "K02000001", "W92000004"
NEWEST = "30 Jun 2026"


def read(tmp_path: Path, dataset: str, book: made.Book) -> tuple[pd.DataFrame, dict[str, str]]:
    return tidy_and_apart(RELEASES[dataset], file=made.write_xlsx(tmp_path / "release", book))


def reorganised(grid: made.Grid, *, code: int, name: int, new: str = NEW) -> None:
    row = next(row for row in grid if len(row) > code and row[code] == ELMBRIDGE)
    row[code], row[name] = new, NAME


def at(table: pd.DataFrame, area: str, **cells: str) -> list[tuple[str, str]]:
    chosen = table["area_code"] == area
    for column, text in cells.items():
        chosen &= table[column] == text
    return list(table.loc[chosen, ["value", "marker"]].itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> pd.DataFrame:
    """Return the table of a file in which every authority is known."""
    return read(tmp_path_factory.mktemp("before"), "immigration_groups", made.reg_02())[0]


@pytest.mark.parametrize("code", [NEW, "E07000999", "E08000099", "E09000099", "S12000099", "N09000099"])
def test_a_new_authority_in_reg_02_is_kept_apart_and_wales_goes_through(tmp_path, before, code):
    whole = deepcopy(made.reg_02())
    reorganised(whole["Reg_02"], code=2, name=0, new=code)
    after, names = read(tmp_path, "immigration_groups", whole)
    assert names == {code: NAME}
    assert set(before["area_code"]) - set(after["area_code"]) == {ELMBRIDGE}
    welsh = before["area_code"].str.startswith("W")
    pd.testing.assert_frame_equal(
        before[welsh].reset_index(drop=True), after[after["area_code"].str.startswith("W")].reset_index(drop=True)
    )
    asylum = {"measure": "asylum_supported_accommodation", "category": "total"}
    assert at(after, KINGDOM, **asylum) == [("", "[x]")]
    assert at(after, ENGLAND, **asylum) == ([("", "[x]")] if code.startswith("E") else [])
    assert at(after, WALES, **asylum) == []  # the sum of Wales is made, as ever


def test_a_new_welsh_code_is_refused_and_the_guide_named(tmp_path):
    book = deepcopy(made.reg_02())
    reorganised(book["Reg_02"], code=2, name=0, new="W06000099")
    with pytest.raises(ContractError, match=r"expected a Welsh authority of areas\.csv \(docs/reorganisation\.md"):
        read(tmp_path, "immigration_groups", book)


@pytest.mark.parametrize("code", ["E1200009", "E99000099", "Surrey", ""])
def test_what_is_no_authoritys_code_is_refused_still(tmp_path, code):
    book = deepcopy(made.reg_02())
    reorganised(book["Reg_02"], code=2, name=0, new=code or "-")
    with pytest.raises(ContractError, match=r"a local authority code of areas\.csv"):
        read(tmp_path, "immigration_groups", book)


def test_a_welsh_name_beside_an_unknown_code_is_a_slip(tmp_path):
    book = deepcopy(made.reg_02())
    row = next(row for row in book["Reg_02"] if len(row) > 2 and row[2] == ELMBRIDGE)
    row[2], row[0] = NEW, "Cardiff"
    with pytest.raises(ContractError, match="Cardiff"):
        read(tmp_path, "immigration_groups", book)


def test_an_english_authority_that_ended_is_no_loss_and_a_welsh_one_is(tmp_path):
    gone = deepcopy(made.reg_02())
    gone["Reg_02"] = [row for row in gone["Reg_02"] if len(row) < 3 or row[2] != ELMBRIDGE]
    table, names = read(tmp_path, "immigration_groups", gone)
    assert names == {}
    assert ELMBRIDGE not in set(table["area_code"])
    held = tmp_path / "held.csv"
    pd.concat([table, table.tail(1).assign(area_code=ELMBRIDGE)]).to_csv(held, index=False)
    coverage_did_not_shrink(table, previous=held)
    with pytest.raises(ContractError, match="W06000015"):
        coverage_did_not_shrink(table[table["area_code"] != "W06000015"], previous=held)


def test_nobody_in_england_is_given_a_zero_where_a_new_authority_stands(tmp_path):
    book = deepcopy(made.asy_d11())
    row = [NEWEST, "Section 95", "South East", NAME, NEW, "Dispersal Accommodation", 40]
    book["Data_Asy_D11"].insert(-1, row)
    table, names = read(tmp_path, "asylum_support", book)
    assert set(names) == {NEW}
    newest, before = {"period_start": "2026-06-30"}, {"period_start": "2026-03-31"}
    assert at(table, ELMBRIDGE, **newest) == []
    assert at(table, ELMBRIDGE, **before) == [("0", "")]
    assert at(table, "W06000001", **newest) == [("0", "")]
    assert at(table, ENGLAND, **newest) == [("", "[x]")]
    assert at(table, ENGLAND, **before) == []
    kinds, names = read(tmp_path, "asylum_support_by_type", book)
    assert names == {NEW: NAME}
    assert at(kinds, ENGLAND, category="section_95", **newest) == [("", "[x]")]


def test_afghans_of_a_new_authority_stay_in_the_kingdoms_figure(tmp_path):
    book = deepcopy(made.res_d01())
    book["Data_Res_D01"].insert(-1, [2026, "2026 Q2", "South East", NEW, NAME, "Relocation - ARAP", 9])
    table, names = read(tmp_path, "resettlement", book)
    assert names == {NEW: NAME}
    assert at(table, KINGDOM, category="afghan_arap") == [("36", "")]
    assert NEW not in set(table["area_code"])


def test_components_of_a_new_authority_are_kept_apart(tmp_path):
    book = deepcopy(made.myeb3())
    reorganised(book["MYEB3"], code=0, name=1)
    table, names = read(tmp_path, "components_of_change_rebased", book)
    assert names == {NEW: NAME}
    births = {"measure": "births", "period_start": "2013-07-01"}
    assert at(table, ENGLAND, **births) == [("", "[x]")]
    assert at(table, KINGDOM, **births) == []  # never held: MYEB3 is of England and Wales
    assert at(table, ENGLAND, measure="internal_inflow") == []  # no sum of it is ever made


def test_a_lookup_with_a_new_english_authority_agrees_and_tells(tmp_path):
    features = made.lookup()
    features["features"].append(
        {"properties": {"LAD24CD": NEW, "CSP24CD": "E22000999", "PFA24CD": "E23000031"}, "geometry": None}
    )
    path = tmp_path / "lookup.geojson"
    path.write_text(json.dumps(features), encoding="utf-8")
    said = geography.compared(path)
    assert f"not in our list of areas: {NEW}; kept apart" in said


def test_once_the_authority_is_in_the_list_its_file_is_read_again(tmp_path, capsys):
    data, book = scratch_data(tmp_path), deepcopy(made.reg_02())
    reorganised(book["Reg_02"], code=2, name=0)
    command = ["--data", str(data), "add", str(made.write_ods(tmp_path / "reg.ods", book)), "--released", "2026-08-20"]
    assert main(command) == 0
    assert f"not in our list of areas: {NEW} {NAME}; kept apart" in capsys.readouterr().out
    assert main(command) == 0
    assert "nothing new" in capsys.readouterr().out
    add_to_the_list(data / "reference")
    assert main(command) == 0
    table = pd.read_csv(data / "tidy" / "immigration_groups_jun_2026.csv", dtype=str, keep_default_na=False)
    assert NEW in set(table["area_code"])
    assert ENGLAND not in set(table["area_code"])
    assert "kept apart" not in (data / "tidy" / "immigration_groups_jun_2026.toml").read_text(encoding="utf-8")


def add_to_the_list(reference: Path) -> None:
    def area(lines: list[str]) -> list[str]:
        own = next(line for line in lines if line.startswith(f"{ELMBRIDGE},"))
        return [*lines, own.replace(ELMBRIDGE, NEW).replace("Elmbridge", NAME)]

    edit(reference / "areas.csv", area)
    edit(
        reference / "area_members.csv",
        lambda lines: [*lines, *(line.replace(ELMBRIDGE, NEW) for line in lines if line.endswith(ELMBRIDGE))],
    )


def test_the_reason_stands_in_the_caution_in_both_languages():
    origin = RELEASES["immigration_groups"].origin
    again = cautioned(origin, names={NEW: NAME})
    assert f"sums over them are not available: {NEW} {NAME}." in again.caution_en
    assert f"nid yw symiau drostynt ar gael: {NEW} {NAME}." in again.caution_cy
    assert cautioned(origin, names={}) is origin
    assert sentence({NEW: NAME}).startswith(f"not in our list of areas: {NEW} {NAME}; kept apart")
