"""Each check sees the failure it is named for, and lets what is right pass."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.contract import TIDY_COLUMNS, ContractError
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


def test_a_quarter_without_a_total_is_no_difference():
    reconciles_with_total(offences(SUMMER_2023, total=None), measure="rra_offences")


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
