"""One number, from the row of its publication to the page and both downloads: one value, one source, one caveat."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd
import pytest
from markupsafe import escape
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from dashboard import queries, store
from dashboard.blocks import census, hate_crime, migration, sanctuary
from dashboard.briefing.figure_workbook import xlsx_bytes
from dashboard.downloads import csv_bytes
from dashboard.figure import Block, View
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.numbers import decimal
from tests.said import html

ROOT = Path(__file__).parents[2]
RRA = ("8P", "105B", "8M", "9B", "58J")


def south_wales_aggravated(sources: Path) -> float:
    rows = pd.read_parquet(sources / "hate-crime" / "prc-pfa-to-dec-2025-all-forces.parquet")
    quarter = (rows["FY"] == "2025/26") & (rows["Financial Quarter"] == 3) & (rows["Force"] == "South Wales")
    return float(rows.loc[quarter & rows["Offence Code"].isin(RRA), "n"].sum())


def race(sources: Path) -> float:
    file = sources / "hate-crime" / "hate-crime-data-tables-2024-25-strands-and-religion.json"
    years = json.loads(file.read_text(encoding="utf-8"))["series"]["byStrand"]["data"]
    return next(year["race"] for year in years if year["year"] == "2024/25")


def cardiff_population(sources: Path) -> float:
    rows = (sources / "migration" / "mye24tablesew.csv").read_text(encoding="utf-8-sig").splitlines()
    return next(float(row[3]) for row in csv.reader(rows) if row[0] == "W06000015")


def snapshot(sources: Path, *, column: str, codes: tuple[str, ...]) -> float:
    rows = (sources / "migration" / "reg_02-wales-la-snapshots.csv").read_text(encoding="utf-8-sig").splitlines()
    wanted = [r for r in csv.DictReader(rows) if r["snapshot"] == "2026-06-30" and r["lad_code"] in codes]
    assert len(wanted) == len(codes)
    return sum(float(r[column]) for r in wanted)


def cardiff_white(sources: Path) -> float:
    rows = (sources / "census-2021" / "ts021-ethnic-group-ltla21.csv").read_text(encoding="utf-8-sig").splitlines()
    cardiff = [r for r in csv.DictReader(rows) if r["ltla21_code"] == "W06000015"]
    return sum(float(r["value"]) for r in cardiff if r["ethnic_group"].startswith("White:"))


@dataclass(frozen=True, kw_only=True)
class Case:
    """One number: where it is published, where we keep it, and where a reader meets it."""

    value: float
    published: Callable[[Path], float]
    table: str
    key: tuple[str, str, str, str]  # measure, area, period_start, category
    block: Callable[[View], Block]
    page: str
    place: str
    said: str = ""  # how the title or sentence writes it, when not as the number itself
    members: tuple[str, ...] = field(default=())  # the areas whose rows we added


CASES = {
    "racially or religiously aggravated offences, South Wales, October to December 2025": Case(
        value=414,
        published=south_wales_aggravated,
        table="police_recorded_crime_pfa",
        key=("rra_offences", "W15000003", "2025-10-01", "total"),
        block=hate_crime.aggravated_by_quarter,
        page="hate_crime",
        place="XCAV",
    ),
    "strand race, England and Wales without the Metropolitan Police, 2024/25": Case(
        value=82_490,
        published=race,
        table="hate_crime_england_wales",
        key=("hate_crimes", "XEWEXMET", "2024-04-01", "race"),
        block=hate_crime.strands,
        page="hate_crime",
        place="W06000015",
    ),
    "population of Cardiff, mid-2024": Case(
        value=383_919,
        published=cardiff_population,
        table="population_mid_year_2024",
        key=("population", "W06000015", "2024-06-30", "total"),
        block=migration.population,
        page="migration",
        place="W06000015",
    ),
    "asylum support, Cardiff and the Vale, 30 June 2026": Case(
        value=1_334,
        published=partial(snapshot, column="supported_asylum_total", codes=("W06000014", "W06000015")),
        table="asylum_support_reg02_jun_2026",
        key=("asylum_supported", "XCAV", "2026-06-30", "total"),
        block=sanctuary.asylum_support,
        page="sanctuary",
        place="XCAV",
        members=("W06000014", "W06000015"),
    ),
    "Afghan programme, Vale of Glamorgan, 30 June 2026": Case(
        value=127,
        published=partial(snapshot, column="afghan_resettlement_programme_total", codes=("W06000014",)),
        table="immigration_groups_jun_2026",
        key=("afghan_programme_population", "W06000014", "2026-06-30", "total"),
        block=sanctuary.afghan_programme,
        page="sanctuary",
        place="W06000014",
    ),
    "ethnic group White, Cardiff, Census 2021": Case(
        value=286_931,
        published=cardiff_white,
        table="census_ethnic_group",
        key=("census_ethnic_group", "W06000015", "2021-03-21", "white"),
        block=partial(census.answer, next(s for s in census.SECTIONS if s.name == "ethnic_group")),
        page="profile",
        place="W06000015",
        said="79.2%",
    ),
}
every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
both_languages = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture
def ask(build) -> Callable:
    """Return what a case's block says in a language."""
    return lambda case, lang: case.block(View(place=queries.area(case.place, build=build), lang=lang, build=build))


@pytest.mark.shared
@every_case
def test_the_publication_says_it(shared_sources, case):
    assert case.published(shared_sources) == case.value


@every_case
def test_the_tidy_table_the_database_and_the_query_hold_it_once_under_one_source(data_folder, build, case):
    measure, area, start, category = case.key
    with (data_folder / "tidy" / f"{case.table}.csv").open(encoding="utf-8", newline="") as file:
        tidy = [
            r
            for r in csv.DictReader(file)
            if (r["measure"], r["period_start"], r["category"]) == (measure, start, category)
            and r["area_code"] in (case.members or (area,))
        ]
    assert sum(float(r["value"]) for r in tidy) == case.value
    assert len(tidy) == (len(case.members) or 1)
    bound = {"m": measure, "a": area, "s": start, "c": category}
    held = store.rows(
        """SELECT value, source, derived FROM observation WHERE measure = $m AND area_code = $a AND category = $c
           AND period_start = CAST($s AS DATE)""",
        bound,
        build=build,
    )
    assert held == [{"value": case.value, "source": case.table, "derived": bool(case.members)}]
    series = queries.series(measure, area, category=category, build=build)
    asked = [o for o in series.observations if o.period.start.isoformat() == start]
    assert [(o.value, o.source, o.derived) for o in asked] == [(case.value, case.table, bool(case.members))]


def row_of(rows: list[dict[str, str]], case: Case, lang: str, build: str) -> dict[str, str]:
    """Return the one row of a download or table that is about the case's number."""
    measure, _, start, category = case.key
    name = queries.categories(measure, build=build)[category].name.text(lang)
    by = {t("column.period_start", lang=lang): start, t("column.category", lang=lang): name}
    (found,) = [r for r in rows if all(r.get(key, text) == text for key, text in by.items())]
    return found


@every_case
@both_languages
def test_the_figure_and_both_downloads_say_it_with_one_source_and_one_caveat(ask, build, case, lang):
    figure = ask(case, lang)
    written = case.said or decimal(case.value, places=0, lang=lang)
    assert written in f"{figure.title} {figure.sentence}"
    source = queries.sources(build=build)[case.table]
    assert [s.code for s in figure.sources].count(case.table) == 1
    assert not source.caution.text(lang) or figure.caveat_texts.count(source.caution.text(lang)) == 1

    rows = list(csv.DictReader(StringIO(csv_bytes(figure, lang=lang).decode("utf-8-sig"), newline="")))
    row = row_of(rows, case, lang, build)
    assert [text for text in row.values() if text == f"{case.value:.0f}"] == [f"{case.value:.0f}"]
    assert source.title.text(lang) in row[t("column.source", lang=lang)]

    book = CalamineWorkbook.from_filelike(BytesIO(xlsx_bytes(figure, lang=lang, build=build)))
    table = book.get_sheet_by_name(t("figure.sheet_table", lang=lang)).to_python()
    assert row.pop(t("figure.does_not_tell", lang=lang)) == " ".join(
        figure.caveat_texts
    )  # the workbook has a sheet for them
    head = next(n for n, line in enumerate(table) if line[: len(row)] == list(row))
    sheet = row_of([dict(zip(row, map(str, line), strict=False)) for line in table[head + 1 :]], case, lang, build)
    assert [cell for cell in sheet.values() if cell in (f"{case.value:.0f}", f"{case.value:.1f}")] == [
        f"{case.value:.1f}"
    ]
    assert source.title.text(lang) in sheet[t("column.source", lang=lang)]

    notes = [line[0] for line in book.get_sheet_by_name(t("figure.notes", lang=lang)).to_python()]
    cited = f"{t('figure.source', lang=lang)}: {source.publisher_inside(lang)}, {source.title.text(lang)}"
    assert len([note for note in notes if note == cited]) == len(
        {s.code for s in figure.sources if cites(s, cited, lang)}
    )
    assert f"{t('figure.edition', lang=lang)}: {source.edition.text(lang)}" in notes
    assert not source.caution.text(lang) or notes.count(source.caution.text(lang)) == 1


def cites(source, line: str, lang: str) -> bool:
    return line.endswith(f": {source.publisher_inside(lang)}, {source.title.text(lang)}")


def open_page(case: Case, lang: str) -> str:
    session = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=30)
    session.query_params["lang"], session.query_params["place"] = lang, case.place
    session.switch_page(f"../pages/{case.page}.py").run()
    assert not session.exception
    return html(session)


@every_case
@both_languages
def test_the_page_says_what_the_figure_says_in_words_table_and_source(ask, build, case, lang):
    figure, html = ask(case, lang), open_page(case, lang)
    said = unescape(html)
    for words in (figure.title, figure.subtitle, figure.sentence, *figure.caveat_texts, *figure.chips):
        assert words in said
    assert html.count(f"<h3 class='ct-title'>{escape(figure.title)}</h3>") == 1
    caption = f"<caption>{escape(f'{figure.title}. {figure.subtitle}')}</caption>"
    (table,) = [found for found in re.findall(r"<table.*?</table>", html, flags=re.DOTALL) if caption in found]
    written = decimal(case.value, places=0, lang=lang)
    values = re.findall(r"<td class=ct-number>([^<]*)</td>", table)
    assert values.count(written) == 1
    footers = re.findall(r"<footer class='ct-source'>(.*?)</footer>", html, flags=re.DOTALL)
    source = queries.sources(build=build)[case.table]
    assert any(escape(source.title.text(lang)) in f and escape(source.edition.text(lang)) in f for f in footers)


@every_case
def test_both_languages_give_the_same_number_and_source_in_other_words(ask, case):
    english, welsh = (ask(case, lang) for lang in LANGUAGES)
    assert english.title != welsh.title
    assert [s.code for s in english.sources] == [s.code for s in welsh.sources]
    numbers = [[[c for c in row if isinstance(c, int | float)] for row in f.table.rows] for f in (english, welsh)]
    assert numbers[0] == numbers[1]
    assert len(english.caveat_texts) == len(welsh.caveat_texts)
