"""A briefing's tables as data for programs: one CSV file per table, and what every column means (CSV on the Web).

The awkward fact: a CSV cell has no type, so what a column holds is told beside it; and a spreadsheet runs what looks
like a formula, so an officer's own words stand in no CSV file at all. See docs/decisions/0008-csvw.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cohesion.vocabulary import GRADES
from dashboard.briefing.archive import packed
from dashboard.briefing.model import Briefing, Remark
from dashboard.briefing.tabular import DataTable, data_tables
from dashboard.briefing.words import closing, other_language, standing
from dashboard.downloads import csv_of_table
from dashboard.figure import Cell, Column, Table, in_language
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.text import Translatable, Wording, each, list_of, say, translatable
from dashboard.model import MARKERS, Source

METADATA, README = "csv-metadata.json", "README.txt"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_BYTE_ORDER_MARK = "utf-8-sig"  # so that a spreadsheet reads "Môn" right

Described = dict[str, object]


def csv_zip_bytes(briefing: Briefing, *, lang: Language) -> bytes:
    """Return a zip: a CSV file per table, a README, both in `lang`, and the metadata in both languages."""
    tables = tuple(_complete(one) for one in data_tables(briefing))
    files = {file_name(one): csv_of_table(in_language(one.table, lang)) for one in tables}
    described = json.dumps(metadata(briefing, tables, lang=lang), ensure_ascii=False, indent=2)
    readme = "\r\n".join((*_readme(briefing, tables, lang), ""))
    return packed(
        {README: readme.encode(_BYTE_ORDER_MARK), METADATA: described.encode(), **files}, made_on=briefing.made_on
    )


def file_name(one: DataTable) -> str:
    """Return the name of a table's file."""
    return f"{one.code}.csv"


@dataclass(frozen=True, kw_only=True)
class _Added:
    """A column that says where figures come from, for tables of one source that leave it to the lines around them."""

    key: str
    label: str

    def value(self, source: Source) -> Wording:
        """Return what the column says of a source."""
        by_column: dict[str, Wording] = {"source": source.title, "edition": source.edition, "grade": source.grade}
        return by_column[self.key]


_ORIGIN = (
    _Added(key="source", label="column.source"),
    _Added(key="edition", label="figure.edition"),
    _Added(key="grade", label="grade.label"),
)


def _complete(one: DataTable) -> DataTable:
    """Return a table in which every row names its source, edition and grade, where all rows have one source."""
    if len(one.sources) != 1 or not one.sources[0].url:  # an own table says so in each row already
        return one
    return replace(one, table=_with_origin(one.table, one.sources[0]))


def _with_origin(table: Table[Wording], source: Source) -> Table[Wording]:
    there = {column.key for column in table.columns}
    added = [one for one in _ORIGIN if one.key not in there]
    columns = (Column(key=one.key, label=say(one.label), is_shown=False) for one in added)
    origin = tuple(one.value(source) for one in added)
    return Table(columns=(*table.columns, *columns), rows=each(table.rows, lambda row: (*row, *origin)))


def metadata(briefing: Briefing, tables: Iterable[DataTable], *, lang: Language) -> Described:
    """Return the tables of a zip described by the W3C's Metadata Vocabulary for Tabular Data, with `lang` headings."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": lang}],
        "dc:title": _both(briefing.title),
        "dc:description": _both(briefing.subtitle),
        "dc:language": lang,
        "dc:creator": _both_of_key("app.title"),
        "dc:publisher": _both_of_key("app.title"),
        **({} if briefing.mark.text(lang) else {"dc:license": {"@id": LICENCE}}),
        "dc:issued": {"@value": briefing.made_on.isoformat(), "@type": "xsd:date"},
        "dc:identifier": briefing.build,
        "dc:temporal": f"{briefing.first.isoformat()}/{briefing.last.isoformat()}",
        "dc:spatial": [briefing.place.code, *_both(briefing.place.name)],
        "rdfs:comment": [one for warning in briefing.warnings for one in _both(warning)],
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tables": [_described(one, lang) for one in tables],
    }


def _described(one: DataTable, lang: Language) -> Described:
    return {
        "url": file_name(one),
        "lang": lang,
        "dc:title": _both(one.title),
        "rdfs:comment": [text for note in one.notes for text in _both(note)],
        "dc:source": [_source(source) for source in one.sources],
        "tableSchema": {
            "columns": [_column(one.table, number, column, lang) for number, column in enumerate(one.table.columns)],
        },
    }


def _column(table: Table[Wording], number: int, column: Column[Wording], lang: Language) -> Described:
    label = translatable(column.label)
    cells = [row[number] for row in table.rows]
    described: Described = {
        "name": column.key,
        # The file's own language first: a reader stops at the first title that is the heading, and some are alike.
        "titles": {one: label.text(one) for one in sorted(LANGUAGES, key=lambda one: one != lang)},
        "datatype": _datatype(column, cells),
    }
    if column.kind == "number":
        described["schema:unitText"] = _both(label)
        marked = sorted({str(cell) for cell in cells if cell in MARKERS})
        described |= {"null": ["", *marked]} if marked else {}
    if column.key in _MEANINGS:
        described["dc:description"] = _meanings(*_MEANINGS[column.key])
    return described


_MEANINGS = {
    "marker": tuple((mark, f"marker.{mark[1:-1]}") for mark in MARKERS),
    "grade": tuple((grade, f"grade.{grade}") for grade in GRADES),
}


def _meanings(*codes_and_keys: tuple[str, str]) -> list[Described]:
    """Say in both languages what each code in a column means."""
    return _both(list_of(say("dataset.cell", mark=mark, meaning=say(key)) for mark, key in codes_and_keys))


def _datatype(column: Column[Wording], cells: Iterable[Cell[Wording]]) -> str | Described:
    if column.kind == "date":
        return {"base": "date", "format": "yyyy-MM-dd"}
    if column.kind in ("text", "written"):
        return "string"
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    whole = all(float(cell).is_integer() for cell in numbers)
    return "integer" if whole and column.decimals == 0 else "double"


def _source(source: Source) -> Described:
    """Describe the edition of a publication that figures come from, and the very file that was read."""
    return {
        **({"@id": source.url} if source.url else {}),
        "dc:identifier": source.code,
        "dc:title": _both(source.title),
        "dc:publisher": _both(source.publisher),
        "dc:issued": source.released,
        "schema:version": _both(source.edition),
        "dc:license": _both(source.licence),
        **({"rdfs:comment": _both(source.caution)} if source.caution else {}),
        "dc:provenance": _both_of_key(f"grade.{source.grade}"),
        **({"schema:sha256": source.sha256} if source.sha256 else {}),
    }


def _both_of_key(key: str) -> list[Described]:
    return _both(say(key))


def _both(words: Translatable) -> list[Described]:
    """Return a text in both languages as the metadata writes it."""
    return [{"@value": words.text(lang), "@language": lang} for lang in LANGUAGES]


def _readme(briefing: Briefing, tables: tuple[DataTable, ...], lang: Language) -> Iterator[str]:
    """Yield what a person who opens the folder reads first."""
    yield from filter(None, [briefing.mark.text(lang)])
    yield from (briefing.title.text(lang), briefing.subtitle.text(lang), *standing(briefing, lang=lang), "")
    yield from (t(key, lang=lang) for key in ("dataset.intro", "dataset.format", "dataset.formula", "footer.licence"))
    yield from _officer(briefing, lang)
    yield from ("", t("dataset.tables", lang=lang))
    for one in tables:
        yield t("dataset.table", lang=lang, file=file_name(one), title=one.title.text(lang))
    yield from ("", t("dataset.marks", lang=lang))
    for codes_and_keys in _MEANINGS.values():
        yield from (t("dataset.cell", lang=lang, mark=mark, meaning=t(key, lang=lang)) for mark, key in codes_and_keys)
    yield from ("", t("briefing.sources", lang=lang), *closing(briefing, lang=lang))
    yield from ("", other_language(briefing, lang=lang).text)


def _officer(briefing: Briefing, lang: Language) -> Iterator[str]:
    officer = briefing.officer
    if text := officer.introduced(lang):
        yield from ("", t("briefing.introduction", lang=lang), *text.splitlines())
    remarks = (item for item in briefing.items() if isinstance(item, Remark))
    yield from (text for item in remarks if (text := item.text.text(lang)))
    if contact := officer.reached(lang):
        yield t("briefing.contact", lang=lang, contact=contact)
