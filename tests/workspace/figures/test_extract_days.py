"""The day of an extract stands with police figures in every form; what was taken early or on several days is said."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest

from dashboard import queries, store
from dashboard.caveats import Weight
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES, t
from local_figures.store import editions
from local_figures.store.engine import open_store
from tests.workspace import example
from workspace.figures import catalogue, hate_crime
from workspace.figures.files import FORMS
from workspace.figures.inputs import Inputs

OF_POLICE = [code for code, one in catalogue.BY_CODE.items() if one.template == hate_crime.POLICE]
DAY = {"en": "on 12 October 2026", "cy": "ar 12 Hydref 2026"}


def given(folder, *, day=None) -> Inputs:
    """Return police figures of the example; each quarter's own extract is of `day` of the month after it."""
    lines = example.police(kinds=("crime", "incident"))
    if day:
        lines = {at: {**line, "extracted_on": next_month(line["quarter"], day)} for at, line in lines.items()}
    opened = open_store(folder=folder)
    editions.open_workspace(opened, example.ACT, areas=[example.AREA])
    example.put_on_show(opened, {hate_crime.POLICE: lines})
    shown = example.on_show(opened, [hate_crime.POLICE])
    opened.engine.dispose()
    return Inputs(place=queries.area(example.AREA, build=store.build_id()), editions=shown)


def next_month(quarter: str, day: int) -> str:
    year, month = int(quarter[:4]), int(quarter[5:7]) + 3
    return f"{year + (month > 12)}-{(month - 1) % 12 + 1:02d}-{day:02d}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", OF_POLICE)
def test_the_day_of_the_extract_stands_in_the_subtitle_and_in_every_row_of_a_file(tmp_path, code, lang):
    figure = in_language(catalogue.unread(code, given(tmp_path)), lang)
    assert figure.subtitle.endswith(DAY[lang])
    rows = list(csv.reader(StringIO(FORMS["csv"].make(figure, lang).decode("utf-8-sig"))))
    heading = catalogue.templates()[hate_crime.POLICE].column("extracted_on").heading[lang]
    at = rows[0].index(t("own.taken.first", lang=lang, what=heading))
    assert {row[at] for row in rows[1:]} == {"2026-10-12"}
    assert DAY[lang] in FORMS["svg"].make(figure, lang).decode().replace("</text>", " ").replace("\n", " ")
    book = openpyxl.load_workbook(BytesIO(FORMS["xlsx"].make(figure, lang)))
    assert any(DAY[lang] in str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row)
    shown = [column.label for column in figure.table.columns if column.is_shown]
    assert heading not in shown  # all of one day: it stands once


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_taken_less_than_thirty_days_after_its_quarter_is_said_to_grow(tmp_path, lang):
    figure = in_language(catalogue.unread("own_police_figures_recorded", given(tmp_path)), lang)
    soon = [one for one in figure.caveats if DAY[lang] in one.text]
    assert [one.weight for one in soon] == [Weight.MISLEADS]
    assert t("own.taken.snapshot", lang=lang) not in figure.caveat_texts
    beside = " ".join(one.text(lang) for one in hate_crime.beside_police(with_reports(given(tmp_path / "b"), tmp_path)))
    assert soon[0].text in beside


def with_reports(police: Inputs, folder) -> Inputs:
    opened = open_store(folder=folder / "reports")
    editions.open_workspace(opened, example.ACT, areas=[example.AREA])
    example.put_on_show(opened, {hate_crime.THIRD_PARTY: example.third_party()})
    shown = example.on_show(opened, [hate_crime.THIRD_PARTY])
    opened.engine.dispose()
    return Inputs(place=police.place, editions={**police.editions, **shown})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quarters_taken_on_different_days_are_said_to_be_and_each_row_has_its_own(tmp_path, lang):
    figure = in_language(catalogue.unread("own_police_figures_recorded", given(tmp_path, day=30)), lang)
    mixed = next(one for one in figure.caveats if "2023" in one.text and "2026" in one.text)
    assert mixed.weight == Weight.MISLEADS
    assert t("own.taken.snapshot", lang=lang) in figure.caveat_texts  # thirty days after: not early
    assert figure.table.cells("taken_first")[:2] == ("2026-10-30", "2026-07-30")
    assert any(column.key == "taken" and column.is_shown for column in figure.table.columns)
    years = in_language(catalogue.unread("own_police_figures_years", given(tmp_path / "b", day=30)), lang)
    newest = years.table.at("taken_first")
    assert years.table.rows[0][newest : newest + 2] == ("2025-07-30", "2026-04-30")
    assert t("own.taken.snapshot", lang=lang) in years.caveat_texts  # its first quarter was extracted before it ended


def test_figures_of_which_nobody_asks_when_they_were_taken_say_nothing_of_it(tmp_path):
    told = with_reports(given(tmp_path), tmp_path)
    figure = in_language(catalogue.unread("own_third_party_reports_strands", told), "en")
    assert "extracted" not in figure.subtitle
    assert not figure.table.holds("taken_first")
