"""Each check sees the failure it is named for, and lets what is right pass."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.contract import TIDY_COLUMNS, ContractError
from etl.geo.geography import current_authorities, load_areas
from etl.pipeline import checks
from etl.pipeline.checks import (
    SHOWN_AT_MOST,
    coverage_did_not_shrink,
    nothing_dropped,
    reconciles_with_total,
    text_problems,
    tidy_problems,
)
from etl.pipeline.tables import REFERENCE

# South Wales Police, April to June 2023, as the Home Office published it on 19 October 2023.
SUMMER_2023 = {"9B": 243, "8M": 17, "105B": 34, "8P": 9, "58J": 13}


def offences(figures: dict[str, int | None], *, total: int | None) -> pd.DataFrame:
    rows = [(category, value) for category, value in {**figures, "total": total}.items()]
    return pd.DataFrame(
        {
            "measure": "rra_offences",
            "area_code": "W15000003",
            "period_start": "2023-04-01",
            "period_months": "3",
            "category": [category for category, _ in rows],
            "value": ["" if value is None else str(value) for _, value in rows],
            "lower": "",
            "upper": "",
            "marker": "",
        },
        columns=list(TIDY_COLUMNS),
    )


@pytest.fixture(scope="module")
def reference(request: pytest.FixtureRequest) -> dict[str, pd.DataFrame]:
    folder = request.getfixturevalue("data_folder") / "reference"
    return {name: pd.read_csv(folder / file, dtype=str, keep_default_na=False) for name, file in REFERENCE.items()}


def test_offences_that_add_to_their_total_pass():
    reconciles_with_total(offences(SUMMER_2023, total=316), measure="rra_offences")


def test_offences_that_differ_from_their_total_are_named_by_area_and_quarter():
    with pytest.raises(ContractError, match=r"rra_offences.*W15000003.*2023-04-01.*-1"):
        reconciles_with_total(offences(SUMMER_2023, total=317), measure="rra_offences")


def test_a_total_that_is_marked_as_missing_is_no_difference():
    reconciles_with_total(offences(SUMMER_2023, total=None), measure="rra_offences")


def test_what_stands_beside_a_marked_figure_is_not_more_than_the_total():
    marked = {**SUMMER_2023, "8P": None}
    reconciles_with_total(offences(marked, total=316), measure="rra_offences")
    with pytest.raises(ContractError, match="differ from the total"):
        reconciles_with_total(offences(marked, total=12), measure="rra_offences")


@pytest.mark.parametrize("lost", [["total"], [*SUMMER_2023]], ids=["the total", "every category"])
def test_a_total_or_categories_that_were_lost_are_named(lost):
    whole = offences(SUMMER_2023, total=316)
    with pytest.raises(ContractError, match=r"expected a total and its categories; came one of the two.*W15000003"):
        reconciles_with_total(whole[~whole["category"].isin(lost)], measure="rra_offences")


def test_a_dropped_row_is_noticed_by_the_sum_of_what_was_read():
    read = pd.DataFrame({"Number of Offences": ["243", "17", "34", "9", "13"]})
    made = offences(SUMMER_2023, total=316)
    nothing_dropped(read, made, column="Number of Offences", measures=("rra_offences",))
    with pytest.raises(ContractError, match="add to 316 as read; came 299"):
        nothing_dropped(read, made[made["category"] != "8M"], column="Number of Offences", measures=("rra_offences",))


def test_a_lost_area_or_measure_is_named_and_new_ones_are_welcome(tmp_path: Path):
    previous = tmp_path / "table.csv"
    offences(SUMMER_2023, total=316).to_csv(previous, index=False)
    wider = pd.concat([offences(SUMMER_2023, total=316), offences({}, total=1).assign(area_code="W15000002")])
    coverage_did_not_shrink(wider, previous=previous)
    coverage_did_not_shrink(wider.iloc[:0], previous=tmp_path / "the first time.csv")
    with pytest.raises(ContractError, match="W15000003"):
        coverage_did_not_shrink(wider[wider["area_code"] != "W15000003"], previous=previous)
    with pytest.raises(ContractError, match="rra_offences"):
        coverage_did_not_shrink(wider.assign(measure="recorded_crime"), previous=previous)


def test_real_rows_have_no_problem(reference):
    assert tidy_problems(offences(SUMMER_2023, total=316), file="t.csv", reference=reference) == []


def test_problems_stand_in_the_order_of_rows_and_one_row_may_have_several(reference):
    cells = offences(SUMMER_2023, total=316)
    cells.loc[4, "category"] = "8K"
    cells.loc[1, ["value", "marker"]] = ["many", "?"]
    found = tidy_problems(cells, file="t.csv", reference=reference)
    assert [(p.row, p.came) for p in found] == [(3, "'many'"), (3, "'?'"), (6, "'8K'")]


def test_a_whole_column_gone_wrong_is_summed_up_and_not_printed_row_by_row(reference):
    cells = pd.concat([offences({}, total=1)] * (SHOWN_AT_MOST + 5), ignore_index=True)
    cells["period_start"] = [f"{1990 + n}-04-01" for n in cells.index]
    found = tidy_problems(cells.assign(area_code="South Wales"), file="t.csv", reference=reference)
    assert len(found) == SHOWN_AT_MOST + 1
    assert str(found[-1]) == "t.csv: expected an area of data/reference/areas.csv; came 5 more such rows"


def test_negative_corrections_are_real_where_the_measure_says_so(reference):
    corrected = offences({"8M": -3}, total=-3)
    assert tidy_problems(corrected, file="t.csv", reference=reference) == []
    (told,) = tidy_problems(corrected[:1].assign(measure="births", category="total"), file="t.csv", reference=reference)
    assert told.expected == "no negative number for this measure"


@pytest.mark.parametrize("text", ["Ynys Môn", "Côr â’r ŵyl", "Ã"])
def test_welsh_letters_are_no_damage(text):
    assert text_problems(pd.DataFrame({"name": [text]}), file="t.csv") == []


@pytest.mark.parametrize("text", ["Ynys MÃ´n", "itâ€™s", "M\ufffdn"])
def test_text_that_was_decoded_twice_is_named_with_its_row(text):
    (told,) = text_problems(pd.DataFrame({"name": ["Ynys Môn", text]}), file="t.csv")
    assert (told.row, told.came) == (3, repr(text))


@pytest.mark.parametrize("letter", ["\0", "\t", "\x1b", "\x92", "\u202e", "\u2028"])
def test_a_letter_that_no_eye_can_see_is_named_with_its_row(letter):
    (told,) = text_problems(pd.DataFrame({"name": ["Ynys Môn", f"Ynys{letter} Môn"]}), file="t.csv")
    assert (told.row, told.expected) == (3, "letters that can be seen")


READ = pd.DataFrame(
    {
        "name": ["Cardiff", "Newport"],
        "code": ["W06000015", "W06000022"],
        "one": ["2", "3"],
        "two": ["3", "4"],
        "whole": ["5", "7"],
    }
)


def test_columns_that_do_not_add_up_are_named_by_their_row():
    check = checks.columns_add_to("whole", parts=("one", "two"), names="name", where="made-up.csv")
    check(READ, READ)
    with pytest.raises(ContractError, match=r"made-up\.csv: expected one, two to add to whole; .* for 'Newport'"):
        check(READ.assign(whole=["5", "8"]), READ)


def test_a_name_beside_anothers_code_is_named_and_rows_of_no_place_are_left_out():
    check = checks.names_match_codes(codes="code", names="name", only=lambda rows: rows["code"] != "")
    check(READ, READ)
    check(READ.assign(code=["W06000015", ""]), READ)
    with pytest.raises(ContractError, match="'Newport' beside W06000015"):
        check(READ.assign(code="W06000015"), READ)


@pytest.mark.parametrize(
    ("ends", "days", "gap"),
    [(False, ["2025-01-01", "2025-07-01"], "2025-04-01"), (True, ["2025-03-31", "2025-09-30"], "2025-06-30")],
)
def test_a_lost_quarter_is_named(ends, days, gap):
    check = checks.quarters_without_a_gap(ends=ends, where="X")
    check(READ, pd.DataFrame({"period_start": days[:1]}))
    with pytest.raises(ContractError, match=f"X: expected every quarter.*{gap}"):
        check(READ, pd.DataFrame({"period_start": days}))
    with pytest.raises(ContractError, match="came none"):
        check(READ, pd.DataFrame({"period_start": []}))


def test_a_welsh_place_that_is_lost_or_comes_twice_is_told_by_its_day():
    welsh = sorted(code for code in current_authorities(areas=load_areas())["code"] if code.startswith("W06"))
    days = pd.Series("2025-06-30", index=range(22))
    assert checks.wrong_welsh_places(pd.Series(welsh), days=days) == {}
    assert checks.wrong_welsh_places(pd.Series(welsh[1:]), days=days[1:].reset_index(drop=True)) == {
        "2025-06-30": welsh[:1]
    }
    twice = pd.Series([*welsh, welsh[0]])
    assert checks.wrong_welsh_places(twice, days=pd.Series("2025-06-30", index=range(23))) == {"2025-06-30": welsh[:1]}


def test_sums_may_differ_by_what_is_allowed():
    parts, wholes = pd.Series({"a": 10, "b": 20}), pd.Series({"a": 12, "b": 30})
    assert checks.differences(parts, wholes, within=2) == {"b": -10.0}
    assert checks.differences(parts, wholes.drop("a"), within=2) == {"a": 10.0, "b": -10.0}
    with pytest.raises(ContractError, match="list: expected 3 people as read; came 2"):
        checks.as_many(3, 2, of="people", where="list")


def test_categories_that_are_counted_twice_are_told_by_their_group():
    figures = pd.DataFrame({"period_start": "2025-01-01", "category": ["x", "y", "total"], "value": [1, 2, 3]})
    checks.categories_add_to_total(figures, categories=("x", "y"), by=("period_start",))
    with pytest.raises(ContractError, match="expected x, y to add to the total; not so for '2025-01-01'"):
        checks.categories_add_to_total(figures.assign(value=[1, 1, 3]), categories=("x", "y"), by=("period_start",))


LOST = {
    "the total": pd.Series([1, 2, None]),
    "a category": pd.Series([None, 3, 3]),
    "all": pd.Series([None, None, None], dtype=float),
}


@pytest.mark.parametrize("values", LOST.values(), ids=LOST)
def test_a_number_that_is_missing_is_no_sum(values):
    figures = pd.DataFrame({"period_start": "2025-01-01", "category": ["x", "y", "total"], "value": values})
    with pytest.raises(ContractError, match="not so for '2025-01-01'"):
        checks.categories_add_to_total(figures, categories=("x", "y"), by=("period_start",))


def test_a_total_or_every_category_that_has_no_row_is_named_and_one_category_without_a_row_is_nought():
    figures = pd.DataFrame({"period_start": "2025-01-01", "category": ["x", "y", "total"], "value": [3, 0, 3]})
    checks.categories_add_to_total(figures[figures["category"] != "y"], categories=("x", "y"), by=("period_start",))
    for lost in (["total"], ["x", "y"]):
        rest = figures[~figures["category"].isin(lost)]
        with pytest.raises(ContractError, match="not so for '2025-01-01'"):
            checks.categories_add_to_total(rest, categories=("x", "y"), by=("period_start",))
