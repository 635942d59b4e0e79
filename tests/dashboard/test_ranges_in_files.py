"""What a chart draws about a figure stands in its rows: expected range, interval and days, as a program reads them.

Each file is read back by a library that did not write it. The numbers are those of South Wales Police in October to
December 2025 as they stood when the test was written.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import files
from dashboard.briefing import dataset, workbook
from dashboard.briefing.compose import compose
from dashboard.briefing.tabular import data_tables
from dashboard.figure import Figure, in_language
from dashboard.figures.catalogue import BY_CODE, first_shown
from dashboard.i18n import LANGUAGES, t
from dashboard.tables import EXPECTED

LANGS = pytest.mark.parametrize("lang", LANGUAGES)
NEWEST = {
    "period_start": date(2025, 10, 1),
    "period_end": date(2025, 12, 31),
    "value": 414,
    "expected_lower": 337,
    "expected_middle": 445.361859,
    "expected_upper": 563,
    "beside_expected": {"en": "Within", "cy": "O fewn"},
}
FIRST = {"period_start": date(2012, 4, 1), "period_end": date(2012, 6, 30), "value": 142}


@pytest.fixture(scope="module")
def client(build) -> TestClient:
    return TestClient(Starlette(routes=[Route(files.PATH, files.respond)]))


@pytest.fixture(scope="module")
def figure(view):
    """Return a reader of figures of Cardiff."""
    return lambda code, lang="en", **options: in_language(first_shown(view("W06000015").subject, code, **options), lang)


@pytest.fixture(scope="module")
def briefing(build):
    return compose(kind="data", place="W06000015", build=build, made_on=date(2026, 11, 25))


def heads(lang: str) -> dict[str, str]:
    """Return the keys of columns by what stands over them: the value's is its unit."""
    unit = {"en": "Offences", "cy": "Troseddau"}
    return {unit[lang] if key == "value" else t(f"column.{key}", lang=lang): key for key in (*NEWEST, *EXPECTED)}


def by_key(rows: list[list[object]], lang: str) -> list[dict[str, object]]:
    """Return the rows under the heads, by the keys of columns."""
    at = next(n for n, row in enumerate(rows) if t("column.period_end", lang=lang) in row)
    keys = [heads(lang).get(str(cell), str(cell)) for cell in rows[at]]
    return [dict(zip(keys, row, strict=True)) for row in rows[at + 1 :]]


def same(row: dict[str, object], right: dict[str, object], lang: str) -> None:
    for key, value in right.items():
        wanted = value[lang] if isinstance(value, dict) else value
        cell = row[key]
        cell = cell.date() if hasattr(cell, "date") else cell
        assert cell == (pytest.approx(wanted, rel=1e-14) if isinstance(wanted, float) else wanted), key


@LANGS
def test_a_workbook_of_one_figure_has_days_as_days_and_the_range_that_its_chart_draws(client, lang):
    content = client.get(f"/figures/rra_quarterly.xlsx?place=W06000015&lang={lang}").content
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    newest, *_, first = by_key([list(row) for row in sheet.iter_rows(values_only=True)], lang)
    same(newest, NEWEST, lang)
    same(first, FIRST, lang)
    assert [first[key] for key in EXPECTED] == [None] * 4  # nothing is expected before there are twelve quarters
    dated = [cell for row in sheet.iter_rows() for cell in row if cell.is_date]
    assert len(dated) == 2 * 55
    assert {cell.number_format for cell in dated} == {"yyyy-mm-dd"}


@LANGS
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_workbook_of_a_briefing_has_them_too_and_says_where_none_applies(briefing, form, lang):
    write = {"xlsx": workbook.xlsx_bytes, "ods": workbook.ods_bytes}[form]
    codes = [one.code for one in data_tables(briefing)]
    name = t("workbook.table", lang=lang, n=codes.index("rra_quarterly") + 1)
    book = CalamineWorkbook.from_filelike(BytesIO(write(briefing, lang=lang)))
    newest, *_, first = by_key(book.get_sheet_by_name(name).to_python(), lang)
    same(newest, NEWEST, lang)
    same(first, FIRST, lang)
    assert [first[key] for key in EXPECTED] == ["[z]"] * 4


@LANGS
def test_csv_has_days_in_iso_and_empty_cells_and_its_metadata_says_which_are_days(briefing, client, lang):
    content = client.get(f"/figures/rra_quarterly.csv?place=W06000015&lang={lang}").content
    newest, *_, first = by_key(list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))), lang)
    assert (newest["period_start"], newest["period_end"]) == ("2025-10-01", "2025-12-31")
    assert [newest[key] for key in EXPECTED[:3]] == ["337", "445.361859", "563"]
    assert [first[key] for key in EXPECTED] == [""] * 4
    told: Any = dataset.metadata(briefing, data_tables(briefing), lang=lang)
    table = next(one for one in told["tables"] if one["url"] == "rra_quarterly.csv")
    kinds = {column["name"]: column["datatype"] for column in table["tableSchema"]["columns"]}
    days = {"base": "date", "format": "yyyy-MM-dd"}
    assert (kinds["period_start"], kinds["period_end"]) == (days, days)
    assert (kinds["expected_lower"], kinds["expected_middle"]) == ("integer", "double")


def test_json_has_the_same_range_whether_or_not_the_picture_shows_it(client):
    usual, hidden = (
        client.get(f"/figures/rra_quarterly.json?place=W06000015&lang=en{more}").json()
        for more in ("", "&ranges=hidden")
    )
    assert usual["rows"] == hidden["rows"]
    keys = [column["key"] for column in usual["columns"]]
    newest = dict(zip(keys, usual["rows"][0], strict=True))
    assert [newest[key] for key in EXPECTED] == [337, 445.361859, 563, "Within"]
    assert {c["key"]: c["kind"] for c in usual["columns"]}["period_end"] == "date"


def test_a_range_of_rates_is_the_one_drawn(figure):
    rates = figure("rra_quarterly", unit="rate")
    band = rates.drawing.bands[-1]
    newest = dict(zip((c.key for c in rates.table.columns), rates.table.rows[0], strict=True))
    assert newest["expected_rate_lower"] == pytest.approx(337 / newest["population"] * 10_000, abs=1e-6)
    ends = tuple(newest[f"expected_rate_{end}"] for end in ("lower", "middle", "upper"))
    assert ends == pytest.approx((band.lower[-1], band.centre[-1], band.upper[-1]), abs=1e-6)


def test_rows_of_places_beside_have_no_range_of_ours(view):
    beside = first_shown(view("W06000015", beside="W92000004").subject, "rra_quarterly")
    for code, lower in zip(beside.table.cells("area_code"), beside.table.cells("expected_lower"), strict=True):
        assert code == "W15000003" or lower is None
    assert any(beside.table.cells("expected_lower"))


def test_every_interval_that_is_drawn_stands_in_its_row(figure):
    rates = {"measure": "hate_crimes", "set": "england_wales"}
    for code, chosen in {"born_abroad": {}, "not_british": {}, "compare_dots": rates}.items():
        one = figure(code, **chosen)
        ends = set(zip(one.table.cells("lower"), one.table.cells("upper"), strict=True))
        assert {(row.lower, row.upper) for row in one.drawing.rows} <= ends, code


def test_every_figure_has_the_days_of_its_periods(figure):
    for code in BY_CODE:
        one = figure(code)
        if isinstance(one, Figure):
            starts, ends = one.table.cells("period_start"), one.table.cells("period_end")
            assert all(bool(start) == bool(end) for start, end in zip(starts, ends, strict=True)), code
            held = [(date.fromisoformat(s), date.fromisoformat(e)) for s, e in zip(starts, ends, strict=True) if s]
            assert held, code
            assert all(start <= end for start, end in held), code
            assert json.dumps(one.table.rows), code
