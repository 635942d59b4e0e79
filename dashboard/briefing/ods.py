"""Write a workbook as an OpenDocument spreadsheet.

The awkward fact: the library knows the format, but it checks every cell against its grammar and takes seconds for a
workbook. It makes the styles, the properties and the empty sheets; the rows are then put in as plain elements.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from lxml import etree
from odf import dc, meta
from odf.element import Element
from odf.namespaces import OFFICENS, STYLENS, TABLENS, TEXTNS, XLINKNS, XMLNS, nsdict
from odf.number import DateStyle, Day, Month, Number, NumberStyle, Text, Year
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import (
    DefaultStyle,
    MasterPage,
    PageLayout,
    PageLayoutProperties,
    ParagraphProperties,
    Style,
    TableCellProperties,
    TableColumnProperties,
    TableRowProperties,
    TextProperties,
)
from odf.table import DatabaseRange, DatabaseRanges, Table, TableColumn
from xlsxwriter.utility import xl_col_to_name

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
from dashboard.i18n import LANGUAGES

# The library collects the namespaces it has met in one table for all threads and writes them all into every file. All
# it knows are put in at once, so that no file depends on the one before it and no thread meets a table that changes.
Element.namespaces.update((namespace, prefix) for namespace, prefix in nsdict.items() if namespace != XMLNS)

COUNTRY = "GB"
_CONTENT = "content.xml"
_LETTER = 0.23  # centimetres that a letter of the text's size takes in a column
_TITLE, _HEADING = "Heading_20_1", "Heading_20_2"
DAY = "day"
_WRAPPED = {"wrapoption": "wrap", "verticalalign": "top"}
_RIGHT = {"textalign": "end", "marginright": "0.25cm"}
_UNDERLINED = {"textunderlinestyle": "solid", "textunderlinewidth": "auto", "textunderlinecolor": "font-color"}
_LOOKS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {  # letters, cell, paragraph
    _TITLE: ({"fontsize": f"{TITLE_SIZE}pt", "fontweight": "bold"}, {}, {}),
    f"{_TITLE}_wrapped": ({"fontsize": f"{TITLE_SIZE}pt", "fontweight": "bold"}, _WRAPPED, {}),
    f"{_HEADING}_wrapped": ({"fontsize": f"{HEADING_SIZE}pt", "fontweight": "bold"}, {"wrapoption": "wrap"}, {}),
    "text": ({}, {}, {}),
    "text_wrapped": ({}, _WRAPPED, {}),
    "link": (_UNDERLINED, {}, {}),
    "link_wrapped": (_UNDERLINED, _WRAPPED, {}),
    "head": ({"fontweight": "bold"}, _WRAPPED, {"textalign": "start"}),
    "head_number": ({"fontweight": "bold"}, _WRAPPED, _RIGHT),
    "marker": ({}, {"verticalalign": "top"}, _RIGHT),
}


def write(book: Book) -> bytes:
    """Return a workbook as ODS bytes, the same for the same workbook."""
    document, target = OpenDocumentSpreadsheet(), BytesIO()
    _properties(document, book)
    _styles(document, book)
    ranges = DatabaseRanges()
    for sheet in book.sheets:
        document.spreadsheet.addElement(_empty(sheet))
        if sheet.grid:
            ranges.addElement(_range(sheet, sheet.grid))
    document.spreadsheet.addElement(ranges)
    document.save(target)
    parts = unpacked(target.getvalue())
    parts[_CONTENT] = _filled(parts[_CONTENT], book)
    return packed(parts, made_on=book.made_on)


def _properties(document: Any, book: Book) -> None:
    day = noon(book.made_on).isoformat()
    properties = [
        dc.Title(text=book.title),
        dc.Subject(text=book.subject),
        dc.Creator(text=book.author),
        meta.InitialCreator(text=book.author),
        dc.Language(text=f"{book.lang}-{COUNTRY}"),
        meta.CreationDate(text=day),
        dc.Date(text=day),
        *(meta.Keyword(text=word) for word in book.keywords),
    ]
    for one in properties:
        document.meta.addElement(one)


def _styles(document: Any, book: Book) -> None:
    plain = DefaultStyle(family="table-cell")
    letters = {"fontfamily": SANS, "fontsize": f"{TEXT_SIZE}pt", "language": book.lang, "country": COUNTRY}
    plain.addElement(TextProperties(**letters))
    document.styles.addElement(plain)
    for name, (text, cell, paragraph) in _LOOKS.items():
        _cell_style(document, name, text=text, cell=cell, paragraph=paragraph)
    for lang in LANGUAGES:
        spoken = {"language": lang, "country": COUNTRY}
        _cell_style(document, f"text_{lang}", text=spoken, cell=_WRAPPED)
        _cell_style(document, f"link_{lang}", text=spoken | _UNDERLINED, cell=_WRAPPED)
    grids = [sheet.grid for sheet in book.sheets if sheet.grid]
    for decimals in sorted({head.decimals for grid in grids for head in grid.heads if head.decimals is not None}):
        _number_style(document, decimals)
    _day_style(document)
    _size_styles(document, book.sheets)
    _page_style(document)


def _cell_style(
    document: Any, name: str, *, text: dict[str, Any], cell: dict[str, Any], paragraph: dict[str, Any] | None = None
) -> None:
    style = Style(name=name, displayname=name.replace("_20_", " "), family="table-cell")
    for kind, look in ((TableCellProperties, cell), (ParagraphProperties, paragraph), (TextProperties, text)):
        if look:
            style.addElement(kind(**look))
    document.styles.addElement(style)


def _number_style(document: Any, decimals: int) -> None:
    shape = NumberStyle(name=f"N{decimals}")
    shape.addElement(Number(decimalplaces=decimals, minintegerdigits=1, grouping=True))
    document.styles.addElement(shape)
    style = Style(name=f"number_{decimals}", family="table-cell", datastylename=f"N{decimals}")
    style.addElement(TableCellProperties(verticalalign="top"))
    style.addElement(ParagraphProperties(**_RIGHT))
    document.styles.addElement(style)


def _day_style(document: Any) -> None:
    """Add the style of a day: 2026-06-30."""
    shape = DateStyle(name="D")
    for part in (Year(style="long"), Text(text="-"), Month(style="long"), Text(text="-"), Day(style="long")):
        shape.addElement(part)
    document.styles.addElement(shape)
    style = Style(name=DAY, family="table-cell", datastylename="D")
    style.addElement(TableCellProperties(verticalalign="top"))
    document.styles.addElement(style)


def _size_styles(document: Any, sheets: Iterable[Sheet]) -> None:
    """Add a style for every width of a column, and for every height of a row, which may still grow with its text."""
    every = tuple(sheets)
    for width in sorted({width for sheet in every for width in widths(sheet)}):
        style = Style(name=f"column_{width}", family="table-column")
        style.addElement(TableColumnProperties(columnwidth=f"{width * _LETTER:.2f}cm"))
        document.automaticstyles.addElement(style)
    for height in sorted({height for sheet in every for height in heights(sheet)}):
        style = Style(name=_row_style(height), family="table-row")
        style.addElement(TableRowProperties(rowheight=f"{height:.1f}pt", useoptimalrowheight=True))
        document.automaticstyles.addElement(style)


def _row_style(height: float) -> str:
    return f"row_{round(height * 10)}"


def _page_style(document: Any) -> None:
    """Add pages that print landscape and as wide as the table."""
    layout = PageLayout(name="page")
    size = {"pagewidth": "29.7cm", "pageheight": "21cm", "printorientation": "landscape", "margin": "1.5cm"}
    properties = PageLayoutProperties(**size)
    properties.attributes[(STYLENS, "scale-to-X")] = "1"  # of ODF 1.3, which the library does not know yet
    layout.addElement(properties)
    document.automaticstyles.addElement(layout)
    document.masterstyles.addElement(MasterPage(name="Default", pagelayoutname=layout))
    document.automaticstyles.addElement(Style(name="sheet", family="table", masterpagename="Default"))


def _empty(sheet: Sheet) -> Any:
    table = Table(name=sheet.name, stylename="sheet")
    for width in widths(sheet):
        table.addElement(TableColumn(stylename=f"column_{width}"))
    return table


def _range(sheet: Sheet, grid: Grid) -> Any:
    """Return the range that names a table and says that its first row is its header."""
    first, last = len(sheet.lines) + 1, len(sheet.lines) + 1 + len(grid.rows)
    where = f"'{sheet.name}'.A{first}:'{sheet.name}'.{xl_col_to_name(len(grid.heads) - 1)}{last}"
    return DatabaseRange(name=grid.name, targetrangeaddress=where, containsheader=True, displayfilterbuttons=False)


def _filled(content: bytes, book: Book) -> bytes:
    """Return the content of a file with the rows put into its empty sheets."""
    root = etree.fromstring(content)
    for table, sheet in zip(root.iter(f"{{{TABLENS}}}table"), book.sheets, strict=True):
        _fill(table, sheet)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _fill(table: Any, sheet: Sheet) -> None:
    high = iter(heights(sheet))
    for line in sheet.lines:
        _add_text(_add_row(table, next(high)), line, _look(line, wrapped=sheet.grid is None))
    if sheet.grid is None:
        return
    head_row = _add_row(_add(table, TABLENS, "table-header-rows"), next(high))
    for head in sheet.grid.heads:
        _add_text(head_row, Line(text=head.label), "head" if head.decimals is None else "head_number")
    for entries in sheet.grid.rows:
        row = _add_row(table, next(high))
        for entry, head in zip(entries, sheet.grid.heads, strict=True):
            _add_entry(row, "" if entry is None else entry, head)


def _look(line: Line, *, wrapped: bool) -> str:
    linked = bool(line.sheet or line.url)
    if line.lang:
        return f"{'link' if linked else 'text'}_{line.lang}"
    name = {"title": _TITLE, "heading": _HEADING}.get(line.style, "link" if linked else "text")
    return f"{name}_wrapped" if wrapped else name


def _add_row(parent: Any, height: float) -> Any:
    return _add(parent, TABLENS, "table-row", {f"{{{TABLENS}}}style-name": _row_style(height)})


def _add_entry(row: Any, entry: Entry, head: Head) -> None:
    if isinstance(entry, Line):
        _add_text(row, entry, _look(entry, wrapped=True))
    elif isinstance(entry, date):
        _add_day(row, entry)
    elif isinstance(entry, str):
        _add_text(row, Line(text=entry), "text_wrapped" if head.decimals is None else "marker")
    else:
        _add_number(row, entry, head.decimals or 0)


def _add_day(row: Any, day: date) -> None:
    kind = {"value-type": "date", "date-value": day.isoformat()}
    cell = _add(row, TABLENS, "table-cell", {f"{{{OFFICENS}}}{name}": value for name, value in kind.items()})
    cell.set(f"{{{TABLENS}}}style-name", DAY)
    _add(cell, TEXTNS, "p").text = day.isoformat()


def _add_number(row: Any, number: float, decimals: int) -> None:
    exact = repr(int(number) if float(number).is_integer() else number)
    kind = {"value-type": "float", "value": exact}
    cell = _add(row, TABLENS, "table-cell", {f"{{{OFFICENS}}}{name}": value for name, value in kind.items()})
    cell.set(f"{{{TABLENS}}}style-name", f"number_{decimals}")
    _add(cell, TEXTNS, "p").text = f"{number:,.{decimals}f}"


def _add_text(row: Any, line: Line, look: str) -> None:
    cell = _add(row, TABLENS, "table-cell", {f"{{{OFFICENS}}}value-type": "string"})
    cell.set(f"{{{TABLENS}}}style-name", look)
    text = _add(cell, TEXTNS, "p")
    if line.sheet or line.url:
        kind = {"type": "simple", "href": line.url or f"#'{line.sheet}'.A1"}
        text = _add(text, TEXTNS, "a", {f"{{{XLINKNS}}}{name}": value for name, value in kind.items()})
    text.text = line.text


def _add(parent: Any, namespace: str, name: str, attributes: dict[str, str] | None = None) -> Any:
    return etree.SubElement(parent, f"{{{namespace}}}{name}", attributes or {})
