"""Write a workbook as XLSX.

The awkward fact: the library that writes the cells knows neither the language of a workbook nor cell styles that mark
a heading, and a screen reader needs both; so two parts of the finished file are completed here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from lxml import etree

from dashboard.briefing.archive import packed, unpacked
from dashboard.briefing.reproducible_zip import noon
from dashboard.briefing.sheets import (
    HEADING_SIZE,
    SANS,
    TEXT_SIZE,
    TITLE_SIZE,
    Book,
    Entry,
    Grid,
    Head,
    Line,
    Sheet,
    heights,
    widths,
)
from dashboard.i18n import LOCALE

PAPER_A4 = 9
_FONT = {"font_name": SANS, "font_size": TEXT_SIZE}
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_DC = "http://purl.org/dc/elements/1.1/"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL_STYLES = ((1, "Heading 1", 16), (2, "Heading 2", 17))  # number here, name, number in every Excel
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": TITLE_SIZE},
    "heading": {"bold": True, "font_size": HEADING_SIZE},
    "text": {},
    "link": {"underline": 1},
    "head": {"bold": True, "text_wrap": True, "valign": "top"},
    "head_number": {"bold": True, "text_wrap": True, "valign": "top", "align": "right", "indent": 1},
    "cell": {"text_wrap": True, "valign": "top"},
    "cell_link": {"text_wrap": True, "valign": "top", "underline": 1},
    "marker": {"align": "right", "valign": "top", "indent": 1},
}
DAY = "yyyy-mm-dd"
_STYLE_OF = {"title": 1, "heading": 2}


def write(book: Book) -> bytes:
    """Return a workbook as XLSX bytes, the same for the same workbook."""
    target = BytesIO()
    # The library writes into the properties it is given, so each workbook is given its own.
    with xlsxwriter.Workbook(target, _OPTIONS | {"default_format_properties": dict(_FONT)}) as workbook:
        workbook.set_properties(_properties(book))
        looks = _Looks(book=workbook)
        for sheet in book.sheets:
            page = workbook.add_worksheet(sheet.name)
            _write_sheet(page, sheet, looks)
            if book.mark:
                page.set_header(f"&R{book.mark.replace('&', '&&')}")
    parts = unpacked(target.getvalue())
    parts["docProps/core.xml"] = _with_language(parts["docProps/core.xml"], book)
    parts["xl/styles.xml"] = _with_headings(parts["xl/styles.xml"])
    return packed({name: _with_free_rows(name, part) for name, part in parts.items()}, made_on=book.made_on)


def _properties(book: Book) -> dict[str, object]:
    return {
        "title": book.title,
        "subject": book.subject,
        "author": book.author,
        "keywords": ", ".join(book.keywords),
        "created": noon(book.made_on),
    }


@dataclass(frozen=True, kw_only=True)
class _Looks:
    """The formats of one workbook, each made once: a workbook that is being written is nobody else's."""

    book: Any
    formats: dict[str, Any] = field(default_factory=dict)

    def of(self, name: str, **more: object) -> Any:
        key = f"{name} {sorted(more.items())}"
        if key not in self.formats:
            self.formats[key] = self.book.add_format(_FONT | _LOOKS[name] | more)
            self.formats[key].xf_id = _STYLE_OF.get(name, 0)
        return self.formats[key]


def _write_sheet(page: Any, sheet: Sheet, looks: _Looks) -> None:
    page.set_landscape()
    page.set_paper(PAPER_A4)
    page.fit_to_pages(1, 0)
    # Lines over a table run on to the right of column A; where there is no table they are wrapped.
    more = {} if sheet.grid else {"text_wrap": True, "valign": "top"}
    for across, width in enumerate(widths(sheet)):
        page.set_column(across, across, width)
    for down, height in enumerate(heights(sheet)):
        page.set_row(down, height)
    for down, line in enumerate(sheet.lines):
        look = line.style if not (line.sheet or line.url) else "link"
        _write_line(page, (down, 0), line, looks.of(look, **more))
    if sheet.grid:
        _write_grid(page, sheet.grid, top=len(sheet.lines), looks=looks)


def _write_line(page: Any, at: tuple[int, int], line: Line, look: Any) -> None:
    if line.sheet:
        page.write_url(*at, f"internal:'{line.sheet}'!A1", look, line.text)
    elif line.url:
        page.write_url(*at, line.url, look, line.text)
    else:
        page.write_string(*at, line.text, look)


def _write_grid(page: Any, grid: Grid, *, top: int, looks: _Looks) -> None:
    heads = [
        {"header": head.label, "header_format": looks.of("head" if head.decimals is None else "head_number")}
        for head in grid.heads
    ]
    # A plain look: no bands, no colours, no filter buttons.
    page.add_table(
        *(top, 0, top + len(grid.rows), len(grid.heads) - 1),
        {"name": grid.name, "columns": heads, "style": None, "autofilter": False, "banded_rows": False},
    )
    page.repeat_rows(top)
    if grid.frozen:
        page.freeze_panes(top + 1, 1)
    for down, row in enumerate(grid.rows, start=top + 1):
        for across, (entry, head) in enumerate(zip(row, grid.heads, strict=True)):
            if entry is not None:
                _write_entry(page, (down, across), entry, head, looks)


def _write_entry(page: Any, at: tuple[int, int], entry: Entry, head: Head, looks: _Looks) -> None:
    if isinstance(entry, Line):
        _write_line(page, at, entry, looks.of("cell_link" if entry.sheet or entry.url else "cell"))
    elif isinstance(entry, date):
        page.write_datetime(*at, datetime(entry.year, entry.month, entry.day), looks.of("cell", num_format=DAY))
    elif isinstance(entry, str):
        page.write_string(*at, entry, looks.of("cell" if head.decimals is None else "marker"))
    else:
        pattern = "#,##0" + ("." + "0" * head.decimals if head.decimals else "")
        page.write_number(*at, entry, looks.of("marker", num_format=pattern))


def _with_free_rows(name: str, part: bytes) -> bytes:
    """Return a sheet whose rows have a height to start with but are not held to it when letters are made larger."""
    return part.replace(b' customHeight="1"', b"") if name.startswith("xl/worksheets/sheet") else part


def _with_language(core: bytes, book: Book) -> bytes:
    """Return the properties of a workbook with its language in them."""
    root = etree.fromstring(core)
    etree.SubElement(root, f"{{{_DC}}}language").text = LOCALE[book.lang]
    return _xml(root)


def _with_headings(styles: bytes) -> bytes:
    """Return the styles with "Heading 1" and "Heading 2" among them, which the cells already name by number."""
    root: Any = etree.fromstring(styles)
    bases, cells, names = (root.find(f"{_MAIN}{tag}") for tag in ("cellStyleXfs", "cellXfs", "cellStyles"))
    for number, name, builtin in _CELL_STYLES:
        fonts = [one.get("fontId") for one in cells if one.get("xfId") == str(number)]
        base = {"numFmtId": "0", "fontId": fonts[0] if fonts else "0", "fillId": "0", "borderId": "0"}
        etree.SubElement(bases, f"{_MAIN}xf", base)
        etree.SubElement(names, f"{_MAIN}cellStyle", {"name": name, "xfId": str(number), "builtinId": str(builtin)})
    for counted in (bases, names):
        counted.set("count", str(len(counted)))
    return _xml(root)


def _xml(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
