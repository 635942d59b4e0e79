"""The list of figures typed from texts: each row with its address, and as many as a module expects."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.publications.typed_from_texts import migration as module

ROWS = pd.DataFrame(
    [
        ("2020-06-30", "Cardiff", "EUSS applications received", "15340", "a text", "https://example.org/text"),
        ("2020-06-30", "Newport", "EUSS applications received", "6630", "same", "same"),
        ("2021-03-21", "Wales", "usual residents holding a non-UK passport", "124557", "a text", "https://example.org"),
    ],
    columns=list(module.COLUMNS),
    dtype="str",
)


def test_the_rows_of_one_kind_are_chosen():
    assert module.chosen(ROWS, pattern="EUSS .*", expected=2)["value"].tolist() == ["15340", "6630"]


def test_a_row_too_few_or_too_many_is_refused():
    for expected in (1, 3):
        with pytest.raises(ContractError, match=f"expected {expected} figures for 'EUSS .*came 2"):
            module.chosen(ROWS, pattern="EUSS .*", expected=expected)


def test_a_figure_without_an_address_is_refused():
    with pytest.raises(ContractError, match="each with its address"):
        module.chosen(ROWS.replace("same", ""), pattern="EUSS .*", expected=2)


def test_a_renamed_column_is_named(tmp_path):
    path = tmp_path / "figures.csv"
    path.write_text("period,area,measure,value,source,url\n", encoding="utf-8")
    with pytest.raises(ContractError, match="expected the columns reference_date_or_period"):
        module.read(path)
