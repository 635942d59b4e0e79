"""The day of release that a workbook states itself: in either language, in one cell or two, and no other day."""

from __future__ import annotations

import pytest

from etl.reading.release_days import Stated, stated
from tests.synthetic import write_ods, write_xlsx


@pytest.mark.parametrize(
    "cells",
    [
        ["Published: 26 November 2026"],
        ["Last updated: 26 Nov 2026"],
        ["Date of publication", "26th November 2026"],
        ["Released on", "26/11/2026"],
        ["Release date: Thursday, 26 November 2026"],
        ["Published: 9:30am, 26 November 2026"],
        ["Published", "2026-11-26T00:00:00"],
        ["Cyhoeddwyd: 26 Tachwedd 2026"],
        ["Diweddarwyd ddiwethaf ar 26 Tachwedd 2026"],
        ["Dyddiad cyhoeddi", "26 Tachwedd 2026"],
    ],
)
def test_a_label_and_a_day_are_read(tmp_path, cells):
    file = write_ods(tmp_path / "a.ods", {"Cover_sheet": [["A title"], cells], "1": [["x"]]})
    assert stated(file) == Stated(day="2026-11-26", where="sheet 'Cover_sheet', row 2")


@pytest.mark.parametrize(
    "cells",
    [
        ["Next release: 25 February 2027"],
        ["Next published", "25 February 2027"],
        ["Cyhoeddiad nesaf: 25 Chwefror 2027"],
        ["Revised figures were published on 8 October 2024 and are not in this table."],
        ["Published: 31 February 2026"],
        ["Year ending September 2026"],
    ],
)
def test_another_day_is_not(tmp_path, cells):
    assert stated(write_xlsx(tmp_path / "a.xlsx", {"Notes": [cells], "1": [["x"]]})) is None


def test_of_two_the_newest_counts_and_a_table_below_is_not_looked_at(tmp_path):
    book = {
        "Cover": [["Published: 26 November 2026"], ["Last updated: 2 December 2026"]],
        "Data": [["Published: 9 December 2026"]],
    }
    assert stated(write_ods(tmp_path / "a.ods", book)).day == "2026-12-02"
