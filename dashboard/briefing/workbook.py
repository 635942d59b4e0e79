"""A briefing as an accessible workbook: cover, contents, notes, sources, then every table on a sheet of its own.

It follows the UK Government Analysis Function, "Releasing statistics in spreadsheets". The awkward fact: a cell without
a figure may be neither empty nor a dash, so a marker in square brackets stands in it, and every marker is explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cohesion.vocabulary import GRADES
from dashboard.briefing import ods, xlsx
from dashboard.briefing.model import Absent, Briefing, Remark
from dashboard.briefing.sheets import WIDE, WIDEST, Book, Entry, Grid, Head, Line, Sheet, width_for
from dashboard.briefing.tabular import DataTable, blank_columns, constant_columns, data_tables, markers, with_columns
from dashboard.briefing.words import citation, other_language, standing
from dashboard.figure import Cell, Column, Table, in_language
from dashboard.i18n import Language, t
from dashboard.i18n.periods import release_label
from dashboard.i18n.text import Translatable
from dashboard.model import MARKERS, Source
from dashboard.tables import OF_A_RANGE, meaning

NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
LENGTH = "period_months"  # a column that names a period for a machine
OWN_CODES = "X"
_SOURCE_HEADS = (
    *("data.publisher", "figure.source", "figure.edition", "figure.released", "grade.label", "data.status"),
    *("data.counts", "data.coverage", "data.cautions", "data.checked", "figure.licence", "workbook.notes.tables"),
)
_TOPICS = ("nav.hate_crime", "nav.migration", "nav.sanctuary", "nav.profile")


def xlsx_bytes(briefing: Briefing, *, lang: Language) -> bytes:
    """Return the workbook of a briefing for Excel: named tables, headings marked as such, its language set."""
    return xlsx.write(book(briefing, lang))


def ods_bytes(briefing: Briefing, *, lang: Language) -> bytes:
    """Return the same workbook as an OpenDocument spreadsheet, the form the guidance prefers."""
    return ods.write(book(briefing, lang))


def book(briefing: Briefing, lang: Language) -> Book:
    """Return the sheets of a briefing with what a file's properties say of it."""
    return Book(
        title=briefing.title.text(lang),
        subject=briefing.subtitle.text(lang),
        author=t("app.title", lang=lang),
        keywords=(briefing.place.name.text(lang), *(t(key, lang=lang) for key in _TOPICS)),
        lang=lang,
        made_on=briefing.made_on,
        sheets=tuple(_with_mark(sheet, briefing.mark.text(lang)) for sheet in sheets(briefing, lang)),
        mark=briefing.mark.text(lang),
    )


def _with_mark(sheet: Sheet, mark: str) -> Sheet:
    """Return a sheet that says under its title who may see it, as it is where anybody may."""
    return replace(sheet, lines=(sheet.lines[0], Line(text=mark), *sheet.lines[1:])) if mark else sheet


def sheets(briefing: Briefing, lang: Language) -> tuple[Sheet, ...]:
    """Return the sheets of a briefing in one language: cover, contents, notes, sources, figures not held, tables."""
    workbook = _Workbook(briefing=briefing, lang=lang, tables=data_tables(briefing))
    every = (_notes(workbook), _sources(workbook), *_absent(workbook), *(_table(workbook, n) for n in workbook.numbers))
    listed = tuple(one for one in every if one.grid and one.grid.rows)  # a table without a row opens damaged
    return (_cover(workbook), _contents(workbook, listed), *listed)


@dataclass(frozen=True, kw_only=True)
class _Workbook:
    """What the sheets are made of: a briefing, a language, and the tables by their numbers from 1 on."""

    briefing: Briefing
    lang: Language
    tables: tuple[DataTable, ...]

    @property
    def numbers(self) -> range:
        return range(1, len(self.tables) + 1)

    def table(self, number: int) -> Table:
        """Return a table with what pages show first, and without hidden columns that hold nothing.

        The months of a period are left out where all are of one length: the period's name says it in every row.
        """
        table = in_language(self.tables[number - 1].table, self.lang)
        idle = [*blank_columns(table), *(c for c in constant_columns(table) if c.key == LENGTH)]
        columns = [column for column in table.columns if column.is_shown or column not in idle]
        return with_columns(table, sorted(columns, key=lambda column: not column.is_shown))

    def sheet_name(self, number: int) -> str:
        return self.say("workbook.table", n=number)

    def named(self, numbers: Iterable[int]) -> str:
        """List some tables by their sheets, or say that there are none, or that it is all of them."""
        chosen = tuple(numbers)
        if len(chosen) == len(self.tables) > 1:
            return self.say("workbook.every_table")
        return ", ".join(self.sheet_name(number) for number in chosen) or self.say("workbook.none")

    def notes(self) -> dict[Translatable, tuple[int, ...]]:
        """Return each note once, with the numbers of the tables it is about."""
        tables_by_note: dict[Translatable, tuple[int, ...]] = {}
        for number in self.numbers:
            for note in dict.fromkeys(self.tables[number - 1].notes):
                tables_by_note[note] = (*tables_by_note.get(note, ()), number)
        return tables_by_note | {
            text: tuple(self.numbers) for text in self.briefing.warnings if text not in tables_by_note
        }

    def say(self, key: str, /, **values: object) -> str:
        return t(key, lang=self.lang, **values)


def _cover(workbook: _Workbook) -> Sheet:
    return Sheet(
        name=workbook.say("workbook.cover"),
        lines=(
            Line(text=workbook.briefing.title.text(workbook.lang), style="title"),
            Line(text=workbook.briefing.subtitle.text(workbook.lang)),
            *(Line(text=line) for line in standing(workbook.briefing, lang=workbook.lang)),
            *_officer(workbook),
            *_messages(workbook),
            *_use(workbook),
            *_languages(workbook),
        ),
    )


def _officer(workbook: _Workbook) -> Iterator[Line]:
    officer = workbook.briefing.officer
    if text := officer.introduced(workbook.lang):
        yield Line(text=workbook.say("briefing.introduction"), style="heading")
        yield from (Line(text=line) for line in text.splitlines() if line.strip())
    remarks = (item for item in workbook.briefing.items() if isinstance(item, Remark))
    yield from (Line(text=line) for item in remarks for line in item.text.text(workbook.lang).splitlines() if line)
    if contact := officer.reached(workbook.lang):
        yield Line(text=workbook.say("briefing.contact", contact=contact))


def _messages(workbook: _Workbook) -> Iterator[Line]:
    messages = workbook.briefing.messages
    if messages:
        yield Line(text=workbook.say("briefing.section.messages"), style="heading")
        yield from (Line(text=text) for text in dict.fromkeys(message.text(workbook.lang) for message in messages))


def _use(workbook: _Workbook) -> Iterator[Line]:
    yield Line(text=workbook.say("workbook.use"), style="heading")
    for key in ("workbook.use.sheets", "workbook.use.numbers", "workbook.use.notes"):
        yield Line(text=workbook.say(key))
    yield Line(text=workbook.say("workbook.to_contents"), sheet=workbook.say("briefing.contents"))
    yield Line(text=workbook.say("footer.licence"))


def _languages(workbook: _Workbook) -> Iterator[Line]:
    """Say where the other language is, in that language."""
    other = other_language(workbook.briefing, lang=workbook.lang)
    yield Line(text=other.text, url=other.url, lang=other.lang)


def _contents(workbook: _Workbook, listed: Iterable[Sheet]) -> Sheet:
    name = workbook.say("briefing.contents")
    return Sheet(
        name=name,
        lines=(Line(text=name, style="title"), Line(text=workbook.say("workbook.one_table"))),
        grid=_grid(
            "contents",
            (workbook.say("workbook.sheet"), workbook.say("workbook.holds")),
            ((Line(text=sheet.name, sheet=sheet.name), sheet.lines[0].text) for sheet in listed),
            widest=WIDE,
        ),
    )


def _notes(workbook: _Workbook) -> Sheet:
    lines = ("workbook.one_table", "workbook.notes.order", "workbook.notes.charts")
    numbered = (
        (workbook.say("workbook.note", n=n), note.text(workbook.lang), workbook.named(tables))
        for n, (note, tables) in enumerate(workbook.notes().items(), start=1)
    )
    return Sheet(
        name=workbook.say("figure.notes"),
        lines=(
            Line(text=workbook.say("workbook.notes.title"), style="title"),
            *(Line(text=workbook.say(key)) for key in lines),
        ),
        grid=_grid(
            "notes",
            tuple(workbook.say(key) for key in ("workbook.notes.mark", "workbook.notes.text", "workbook.notes.tables")),
            (*_marks(workbook), *numbered),
            widest=WIDE // 2,
        ),
    )


def _marks(workbook: _Workbook) -> Iterator[tuple[Entry, ...]]:
    """Yield what stands in cells and must be explained: the markers, an empty place, the grades, our own codes."""
    none = workbook.say("workbook.none")
    cells = {number: {cell for row in _entries(workbook, number) for cell in row} for number in workbook.numbers}
    for mark in MARKERS:
        holding = [number for number in workbook.numbers if mark in cells[number]]
        for key in dict.fromkeys((f"marker.{mark[1:-1]}", *(meaning(mark, workbook.table(n)) for n in holding))):
            yield mark, workbook.say(key), workbook.named(n for n in holding if meaning(mark, workbook.table(n)) == key)
    yield none, workbook.say("workbook.none.means"), workbook.named(n for n in workbook.numbers if none in cells[n])
    for grade in GRADES:
        in_column = workbook.say(
            "workbook.in_column", column=workbook.say("grade.label"), meaning=workbook.say(f"grade.{grade}")
        )
        yield grade, in_column, workbook.named(_beginning(workbook, grade, key="grade"))
    yield (
        OWN_CODES,
        workbook.say("workbook.own_codes"),
        workbook.named(_beginning(workbook, OWN_CODES, key="area_code")),
    )


def _beginning(workbook: _Workbook, letters: str, *, key: str) -> Iterator[int]:
    """Yield the numbers of the tables in which a cell of one column begins with some letters."""
    for number in workbook.numbers:
        table = workbook.table(number)
        places = [place for place, column in enumerate(table.columns) if column.key == key]
        if any(str(row[place]).startswith(letters) for row in table.rows for place in places):
            yield number


def _sources(workbook: _Workbook) -> Sheet:
    return Sheet(
        name=workbook.say("briefing.sources"),
        lines=(
            Line(text=workbook.say("workbook.sources.title"), style="title"),
            Line(text=workbook.say("workbook.one_table")),
        ),
        grid=_grid(
            "sources",
            tuple(workbook.say(key) for key in _SOURCE_HEADS),
            (_source_row(workbook, source) for source in workbook.briefing.sources),
        ),
    )


def _source_row(workbook: _Workbook, source: Source) -> tuple[Entry, ...]:
    lang = workbook.lang
    return (
        source.publisher.text(lang),
        Line(text=source.title.text(lang), url=source.url),
        source.edition.text(lang),
        release_label(source.released, lang=lang),
        workbook.say(f"grade.{source.grade}"),
        workbook.say(f"chip.{source.status}"),
        source.counts.text(lang),
        source.coverage.text(lang),
        source.caution.text(lang) or workbook.say("data.no_cautions"),
        source.checked.text(lang),
        source.licence.text(workbook.lang),
        workbook.named(n for n in workbook.numbers if source in workbook.tables[n - 1].sources),
    )


def _absent(workbook: _Workbook) -> tuple[Sheet, ...]:
    """Return the sheet of figures that are not held, if there are any: never an empty sheet."""
    rows = tuple(_absent_rows(workbook))
    if not rows:
        return ()
    keys = ("workbook.absent.part", "workbook.absent.figure", "workbook.absent.why", "workbook.absent.where")
    return (
        Sheet(
            name=workbook.say("workbook.absent"),
            lines=(
                Line(text=workbook.say("workbook.absent.title"), style="title"),
                Line(text=workbook.say("workbook.one_table")),
                Line(text=workbook.say("not_held.never_estimated")),
            ),
            grid=_grid("not_held", tuple(workbook.say(key) for key in keys), rows),
        ),
    )


def _absent_rows(workbook: _Workbook) -> Iterator[tuple[Entry, ...]]:
    for section in workbook.briefing.sections:
        for item in section.items:
            if isinstance(item, Absent):
                card = in_language(item.card, workbook.lang)
                link = Line(text=card.url_label, url=card.url)
                yield section.heading.text(workbook.lang), card.code, f"{card.title}. {card.reason}", link


def _table(workbook: _Workbook, number: int) -> Sheet:
    one, table = workbook.tables[number - 1], workbook.table(number)
    title = workbook.say("workbook.table_title", n=number, title=one.title.text(workbook.lang))
    return Sheet(
        name=workbook.sheet_name(number),
        lines=(Line(text=title, style="title"), *_above(workbook, one)),
        grid=Grid(name=one.code, heads=_heads(table.columns, workbook, number), rows=_entries(workbook, number)),
    )


def _above(workbook: _Workbook, one: DataTable) -> Iterator[Line]:
    """Yield what is read before a table: that it is one, what its chart says, its notes, status and sources."""
    lang = workbook.lang
    yield Line(text=workbook.say("workbook.one_table"))
    yield Line(text=workbook.say("workbook.marks"))
    if one.finding and one.sentence:
        chart_texts = {"title": one.finding.text(lang), "sentence": one.sentence.text(lang)}
        yield Line(text=workbook.say("workbook.chart", **chart_texts))
    numbers = [n for n, note in enumerate(workbook.notes(), start=1) if note in one.notes]
    if numbers:
        listed = ", ".join(workbook.say("workbook.note", n=n) for n in numbers)
        yield Line(text=workbook.say("workbook.table_notes", listed=listed), sheet=workbook.say("figure.notes"))
    if one.chips:
        listed = "; ".join(chip.text(lang) for chip in one.chips)
        yield Line(text=workbook.say("workbook.status", listed=listed))
    for source in one.sources:
        yield Line(text=workbook.say("workbook.source", citation=citation(source, lang=lang)))
    yield Line(text=workbook.say("workbook.to_contents"), sheet=workbook.say("briefing.contents"))


def _heads(columns: tuple[Column, ...], workbook: _Workbook, number: int) -> tuple[Head, ...]:
    down = zip(*_entries(workbook, number), strict=True)
    return tuple(
        Head(
            label=column.label,
            width=width_for(column.label, entries),
            decimals=column.decimals if column.kind == "number" else None,
        )
        for column, entries in zip(columns, down, strict=True)
    )


def _entries(workbook: _Workbook, number: int) -> tuple[tuple[Entry, ...], ...]:
    """Return the rows of a table as cells show them: numbers as numbers, and nowhere an empty cell."""
    table = workbook.table(number)
    none = workbook.say("workbook.none")
    return tuple(
        tuple(
            _entry(cell, column, instead=_instead(column, none=none, marker=marker))
            for cell, column in zip(row, table.columns, strict=True)
        )
        for row, marker in zip(table.rows, markers(table), strict=True)
    )


def _instead(column: Column, *, none: str, marker: str | None) -> str:
    """Return what an empty cell says: no range is missing where none applies."""
    if column.key in OF_A_RANGE:
        return NOT_APPLICABLE
    return (marker or NOT_AVAILABLE) if column.kind == "number" else none


def _entry(cell: Cell, column: Column, *, instead: str) -> Entry:
    """Return a cell, a day as a day: a pivot table can then put the rows into months and years."""
    if cell is None or cell == "":
        return instead
    return date.fromisoformat(str(cell)) if column.kind == "date" else cell


def _grid(name: str, labels: tuple[str, ...], rows: Iterable[tuple[Entry, ...]], *, widest: int = WIDEST) -> Grid:
    """Return a table of texts; one without a row has its heads alone."""
    every = tuple(rows)
    down = zip(labels, zip(*every, strict=True) if every else [()] * len(labels), strict=True)
    heads = (Head(label=label, width=width_for(label, cells, widest=widest)) for label, cells in down)
    return Grid(name=name, heads=tuple(heads), rows=every)
