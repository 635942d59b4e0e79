"""What a Word document is put together from: paragraphs, links, tables with a header row, pictures with words.

The awkward fact: python-docx knows no links, no fields and no repeated headers. These few elements are written here
as WordprocessingML, with every text put in by lxml and never by joining strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dashboard.briefing.word.styles import CELL, CELL_STYLE, HEADER_STYLE, LINK_STYLE, TABLE_STYLE
from dashboard.charts.measure import column_widths, runs_right_to_left
from dashboard.i18n import LOCALE, Language

POINTS_PER_MM = 72 / 25.4
_CELL_PADDING = 7.0  # points
MOST_KEPT = 20  # rows of a table that stays on one page with what is said under it
_TO_WRITE_IN = 18  # millimetres of an empty row: what is typed or written there makes it higher


def add_paragraph(place: Any, text: str, *, style: str, lead: str = "") -> Any:
    """Add a paragraph in a style; `lead` stands before the text in bold; it says when it runs from right to left."""
    paragraph = place.add_paragraph()
    _set_style(paragraph, style)
    if lead:
        paragraph.add_run(f"{lead} ").bold = True
    run = paragraph.add_run(text)
    if runs_right_to_left(text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run.font.rtl = True
    return paragraph


def _set_style(paragraph: Any, name: str) -> None:
    """Set a style by its id; python-docx looks each name up through the whole template, which takes half the time."""
    paragraph._p.style = name.replace(" ", "")


def add_link(paragraph: Any, text: str, url: str, *, lang: Language | None = None) -> None:
    """Add a link to a paragraph, in its own language where that is another; plain text where there is no address."""
    run = paragraph.add_run(text)
    if lang:
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), LOCALE[lang])
        run._r.get_or_add_rPr().append(spoken)
    if not url:
        return
    run._r.style = LINK_STYLE
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run._r.addprevious(link)
    link.append(run._r)


def add_field(paragraph: Any, code: str) -> None:
    """Add a field that Word fills in by itself, such as PAGE."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run("1")
    run._r.addprevious(field)
    field.append(run._r)


def add_table(
    document: Any, texts: Sequence[Sequence[str]], *, numbers: Sequence[bool], width: float, alt: str
) -> None:
    """Add a table `width` millimetres wide: the first row is its header and comes again on each new page."""
    table = document.add_table(rows=len(texts), cols=len(texts[0]), style=TABLE_STYLE)
    table.autofit = False
    widths = column_widths(texts, width=width * POINTS_PER_MM, size=CELL, padding=_CELL_PADDING)
    properties = table._tbl.tblPr
    _describe(properties, alt)
    for column, points in zip(table.columns, widths, strict=True):
        column.width = Pt(points)
    is_kept = len(texts) <= MOST_KEPT and not any("\n" in cell for row in texts for cell in row)
    for number, (row, cells) in enumerate(zip(table.rows, texts, strict=True)):
        if not any(cells):
            row.height = Mm(_TO_WRITE_IN)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, is_number, points in zip(row.cells, cells, numbers, widths, strict=True):
            cell.width = Pt(points)
            paragraph = cell.paragraphs[0]
            _set_style(paragraph, CELL_STYLE if number else HEADER_STYLE)
            paragraph.paragraph_format.keep_with_next = is_kept  # so that its note stands under it
            paragraph.add_run(text)
            if is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))


def _describe(properties: Any, alt: str) -> None:
    """Name the table for those who hear it, and mark its first row and first column as heads."""
    look = properties.find(qn("w:tblLook"))
    for key in list(look.attrib):
        del look.attrib[key]
    look.set(qn("w:val"), "00A0")
    for key, value in (("firstRow", "1"), ("lastRow", "0"), ("firstColumn", "1"), ("lastColumn", "0")):
        look.set(qn(f"w:{key}"), value)
    look.set(qn("w:noHBand"), "1")
    look.set(qn("w:noVBand"), "1")
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), alt)
    look.addnext(caption)


def add_picture(document: Any, png: bytes, *, width: float, name: str, alt: str) -> None:
    """Add a picture `width` millimetres wide with its alternative text; it stays on the page of what follows."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(png), width=Mm(width))
    properties = shape._inline.docPr
    properties.set("name", name)
    properties.set("descr", alt)
