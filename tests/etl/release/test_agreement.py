"""Figures that arrive, held against another publication of the same release and against the period before."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from etl.__main__ import main
from etl.contract import TIDY_COLUMNS, ContractError
from etl.pipeline.diff import table_diff
from etl.pipeline.origin import read_origin
from etl.publications.home_office.police_recorded_crime import published_file as police
from etl.release import agreement
from etl.release.recognise import recognise
from tests import synthetic
from tests.scratch import scratch_data

HELD = (
    ("asylum_supported", "W06000015", "2026-03-31", "0", "total", "1313"),
    ("asylum_supported", "W06000014", "2026-03-31", "0", "total", "21"),
)


def frame(*rows: tuple[str, ...]) -> pd.DataFrame:
    cells = pd.DataFrame(rows, columns=list(TIDY_COLUMNS[:6]))
    return cells.reindex(columns=list(TIDY_COLUMNS), fill_value="")


def questions(*new: tuple[str, ...], held: tuple[tuple[str, ...], ...] = HELD) -> list[str]:
    table = frame(*new)
    return agreement.large_changes(table, changed=table_diff(frame(*held), table), earlier=frame())


@pytest.mark.parametrize(
    ("figure", "is_asked"),
    [("1300", False), ("700", False), ("656", True), ("2700", True), ("0", True)],
    ids=["near", "little more than half", "half", "double", "nothing"],
)
def test_a_welsh_figure_that_falls_to_nothing_halves_or_doubles_is_a_question(figure, is_asked):
    new = ("asylum_supported", "W06000015", "2026-06-30", "0", "total", figure)
    assert bool(questions(*HELD, new)) == is_asked


@pytest.mark.parametrize(("measure", "is_asked"), [("homes_for_ukraine_arrivals", True), ("asylum_supported", False)])
@pytest.mark.parametrize(("before", "now"), [("503", "480"), ("12", "11")])
def test_a_running_total_that_falls_at_all_is_a_question_and_a_number_on_a_day_is_none(measure, is_asked, before, now):
    held = (measure, "W06000015", "2026-06-30", "0", "total", before)
    new = (measure, "W06000015", "2026-09-30", "0", "total", now)
    told = f"Cardiff, {measure} total 2026-09-30: a running total of {before} before, {now} now"
    assert questions(held, new, held=(held,)) == ([told] if is_asked else [])
    assert questions(held, (*new[:5], before), held=(held,)) == []


def test_a_rise_from_nothing_is_a_question_too():
    none = ("asylum_supported", "W06000023", "2026-03-31", "0", "total", "0")
    new = ("asylum_supported", "W06000023", "2026-06-30", "0", "total", "500")
    assert questions(*HELD, none, new, held=(*HELD, none))


def test_a_revised_figure_is_held_against_what_it_was():
    revised = ("asylum_supported", "W06000015", "2026-03-31", "0", "total", "131")
    assert questions(revised, HELD[1]) == ["Cardiff, asylum_supported total 2026-03-31: 1,313 before, 131 now"]


def test_small_figures_that_all_became_nothing_are_one_question():
    held = [("resettled_people", "W06000015", f"2025-0{month}-01", "3", "total", "12") for month in (1, 4, 7)]
    gone = [(*row[:5], "0") for row in held]
    told = "Cardiff, resettled_people total: 3 figures of 36 before, all 0 now"
    assert questions(*gone, held=tuple(held)) == [told]
    assert questions(*gone[:2], held[2], held=tuple(held)) == [told.replace("3 figures of 36", "2 figures of 24")]
    assert questions(gone[0], *held[1:], held=tuple(held)) == []


def test_a_figure_that_is_no_longer_available_is_a_question():
    gone = frame(("asylum_supported", "W06000015", "2026-03-31", "0", "total", "")).assign(marker="[x]")
    table = pd.concat([gone, frame(HELD[1])], ignore_index=True)
    changed = table_diff(frame(*HELD), table)
    told = "Cardiff, asylum_supported total 2026-03-31: 1313 before, not available now"
    assert agreement.large_changes(table, changed=changed, earlier=frame()) == [told]
    held_back = table.assign(marker=["[c]", ""])
    assert agreement.large_changes(held_back, changed=table_diff(frame(*HELD), held_back), earlier=frame()) == []


@pytest.mark.parametrize(("category", "is_asked"), [("total", True), ("8P", False)])
def test_the_total_of_a_force_elsewhere_is_looked_at_and_its_parts_are_not(category, is_asked):
    days = [("2026-01-01", "900"), ("2026-04-01", "90")]
    rows = [("rra_offences", "E23000005", day, "3", category, count) for day, count in days]
    assert bool(questions(*rows, held=(rows[0],))) == is_asked


def test_small_counts_and_authorities_outside_wales_ask_nobody():
    vale = ("asylum_supported", "W06000014", "2026-06-30", "0", "total", "45")
    leeds = [("asylum_supported", "E08000035", f"2026-0{m}-30", "0", "total", v) for m, v in ((3, "900"), (6, "90"))]
    assert questions(*HELD, vale, *leeds) == []


def test_the_period_before_may_stand_in_another_table():
    new = ("asylum_supported", "W06000015", "2026-06-30", "0", "total", "120")
    table = frame(new)
    changes = agreement.large_changes(table, changed=table_diff(frame(), table), earlier=frame(*HELD))
    assert changes == ["Cardiff, asylum_supported total 2026-06-30: 1,313 before, 120 now"]


def test_the_answer_is_given_by_a_flag_and_recorded_in_the_origin(tmp_path, capsys):
    data = scratch_data(tmp_path)
    book = synthetic.reg_02(day="30 September 2025")
    add = ["--data", str(data), "add", str(synthetic.write_ods(tmp_path / "a.ods", book)), "--released", "2025-11-27"]
    assert main(add) == 0
    later = synthetic.reg_02(day="31 December 2025")
    row = next(row for row in later["Reg_02"] if "Swansea" in row)
    row[:] = [cell * 9 if isinstance(cell, int) else cell for cell in row]
    add[3:] = [str(synthetic.write_ods(tmp_path / "b.ods", later)), "--released", "2026-02-26"]
    assert main(add) == 1
    assert re.search(r"Swansea, asylum_supported_accommodation total 2025-12-31: .* before, ", capsys.readouterr().err)
    assert main([*add, "--accept-large-changes"]) == 0
    origins = [read_origin(path) for path in (data / "tidy").glob("immigration_groups*.toml")]
    assert any(
        "halved or doubled, and running totals that fell, looked at and accepted on" in origin["checked_en"]
        for origin in origins
    )
    assert any("yr edrychwyd arnynt a'u derbyn ar" in origin["checked_cy"] for origin in origins)


D11 = frame(*HELD)
REG_02 = frame(
    ("asylum_supported_accommodation", "W06000015", "2026-03-31", "0", "total", "1313"),
    ("asylum_supported_accommodation", "W06000014", "2026-03-31", "0", "total", "22"),
)


def test_asylum_counts_of_one_release_must_be_the_same_number(tmp_path):
    found = agreement.contradictions({"a": D11, "b": REG_02}, released="2026-05-21", tidy=tmp_path)
    assert found == ["Vale of Glamorgan on 2026-03-31: 21 people in Asy_D11, 22 in Reg_02"]
    assert agreement.contradictions({"a": D11, "b": REG_02.iloc[:1]}, released="2026-05-21", tidy=tmp_path) == []


def test_only_publications_of_one_month_are_held_against_each_other(tmp_path, capsys):
    data = scratch_data(tmp_path)
    add = ["--data", str(data), "add", "--accept-large-changes"]
    reg_02 = synthetic.write_ods(tmp_path / "reg.ods", synthetic.reg_02(day="30 September 2025"))
    assert main([*add, str(reg_02), "--released", "2026-08-20"]) == 0
    d11 = synthetic.write_xlsx(tmp_path / "d11.xlsx", synthetic.asy_d11())
    capsys.readouterr()
    assert main([*add, str(d11), "--released", "2026-08-20"]) == 1
    assert "expected what another publication of this release says" in capsys.readouterr().err
    assert main([*add, str(d11), "--released", "2026-08-20", "--accept-contradictions", "--dry-run"]) == 3
    assert main([*add, str(d11), "--released", "2026-09-17"]) == 0


def test_partnerships_and_unassigned_add_to_their_force(tmp_path):
    gwent = [f"W140000{n}" for n in (18, 19, 20, 21, 22)]
    rows = [("rra_offences", code, "2026-01-01", "3", "total", "10") for code in gwent]
    rows += [("rra_offences_unassigned", "W15000002", "2026-01-01", "3", "total", "2")]
    csp = frame(*rows)
    pfa = frame(("rra_offences", "W15000002", "2026-01-01", "3", "total", "52"))
    assert agreement.contradictions({"csp": csp, "pfa": pfa}, released="2026-07-23", tidy=tmp_path) == []
    pfa["value"] = "53"
    (found,) = agreement.contradictions({"csp": csp, "pfa": pfa}, released="2026-07-23", tidy=tmp_path)
    assert found.endswith("53 of the force, 52 of its partnerships and unassigned")


def test_one_file_of_all_years_gives_each_table_its_own(tmp_path):
    path = synthetic.write_ods(tmp_path / "all.ods", synthetic.csp(years=["2014/15", "2019/20", "2025/26"]))
    names = recognise(path)
    assert set(names) == {
        "police_recorded_crime_csp",
        "police_recorded_crime_csp_2016_2020",
        "police_recorded_crime_csp_2012_2015",
    }
    years = {name: set(police.read_csp(path, dataset=name)["Financial Year"]) for name in names}
    assert sorted(map(sorted, years.values())) == [["2014/15"], ["2019/20"], ["2025/26"]]


@pytest.mark.parametrize(
    ("code", "described"),
    [
        ("9F", "Racially or religiously aggravated stalking"),
        ("8T", "Harassment aggravated by hostility towards disability"),
    ],
)
def test_an_aggravated_offence_under_a_new_code_is_refused_by_name(tmp_path, code, described):
    book = synthetic.csp()
    sheet = next(name for name in book if name != "Notes")
    header = book[sheet][0]
    new = list(book[sheet][1])
    new[header.index("Offence Code")], new[header.index("Offence Description")] = code, described
    book[sheet].append(new)
    with pytest.raises(ContractError, match=f"and no other, spelt so; came '{code}'"):
        police.read_csp(synthetic.write_ods(tmp_path / "a.ods", book), dataset="police_recorded_crime_csp")
