"""The empty document that every Word briefing starts from: A4, our letters and colours, its language.

The awkward fact: Word's own template names its fonts by theme and its language as American. Both are written over in
every style that has them, or a Welsh briefing is read aloud in English and set in whatever font is at hand.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dashboard.charts.look import INK, MUTED, NAVY, RULE
from dashboard.i18n import LOCALE, Language

FONT = "Arial"  # on every machine that opens Word, or something of the same widths
PAGE_WIDTH, PAGE_HEIGHT, MARGIN, GUTTER = 210.0, 297.0, 12.5, 6.0  # millimetres
SMALL = 9.0  # points, of notes and tables; that of the text is its kind's
CELL = SMALL
TABLE_STYLE, CELL_STYLE, HEADER_STYLE = "Figures", "Table Text", "Table Heading"
NOTE_STYLE, LINK_STYLE = "Note", "Hyperlink"
_OURS = (NOTE_STYLE, CELL_STYLE, HEADER_STYLE)


def _looks(body: float) -> dict[str, tuple[float, bool, str, float, float]]:
    """Return of each style: size, bold, colour, space before, space after."""
    return {
        "Title": (18, True, NAVY, 0, 1),
        "Subtitle": (body, False, MUTED, 0, 2),
        "Heading 1": (body + 1.5, True, NAVY, 6, 1),
        "Heading 2": (body, True, INK, 4, 0.5),
        "Heading 3": (SMALL, True, MUTED, 2, 0),
        "Normal": (body, False, INK, 0, 2),
        "List Bullet": (body, False, INK, 0, 1),
        "Caption": (body, True, INK, 4, 1.5),
        "Footer": (SMALL, False, MUTED, 0, 0),
        NOTE_STYLE: (SMALL, False, MUTED, 0, 1),
        CELL_STYLE: (CELL, False, INK, 0, 0),
        HEADER_STYLE: (CELL, True, "#FFFFFF", 0, 0),
    }


def empty_document(*, lang: Language, body: float, across: bool = False) -> Any:
    """Return a document of our look without content, its text of `body` points; `across` with pages on their side."""
    return Document(BytesIO(_template(lang, body, across)))


@cache
def _template(lang: Language, body: float, across: bool) -> bytes:
    document = Document()
    for name in _OURS:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    for name, (size, bold, color, before, after) in _looks(body).items():
        _dress(document.styles[name], size=size, bold=bold, color=color, before=before, after=after)
    _add_link_style(document)
    document.styles.element.append(parse_xml(_TABLE))
    _set_defaults(document, lang=lang)
    _set_page(document.sections[0], across=across)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _dress(style: Any, *, size: float, bold: bool, color: str, before: float, after: float) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(color.lstrip("#"))
    size_other_scripts(style.element.rPr, size)
    fonts = style.element.rPr.rFonts
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.0
    spacing.widow_control = True
    for unwanted in style.element.xpath("./w:pPr/w:pBdr | ./w:rPr/w:spacing | ./w:rPr/w:kern"):
        unwanted.getparent().remove(unwanted)


def size_other_scripts(properties: Any, size: float) -> None:
    """Set Arabic and Hebrew as large as the rest, which Word keeps a size of their own for."""
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.find(qn("w:sz")).addnext(parse_xml(f'<w:szCs {nsdecls("w")} w:val="{round(size * 2)}"/>'))


def _add_link_style(document: Any) -> None:
    style = document.styles.add_style(LINK_STYLE, WD_STYLE_TYPE.CHARACTER)
    style.font.underline = True
    style.font.color.rgb = RGBColor.from_string(NAVY.lstrip("#"))


def _set_defaults(document: Any, *, lang: Language) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LOCALE[lang])
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), LOCALE[lang])
    document.styles["List Bullet"].paragraph_format.left_indent = Mm(4)
    document.styles["List Bullet"].paragraph_format.first_line_indent = Mm(-4)
    document.styles["Caption"].paragraph_format.keep_with_next = True


def _set_page(section: Any, *, across: bool) -> None:
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    if across:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(11), Mm(12)
    section.footer_distance = Mm(6)


def _border(side: str, *, size: int, color: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{color.lstrip("#")}"/>'


# Our own table style: a navy header row, thin rules between rows, names of rows as they are.
_TABLE = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">'
    f'<w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
    f"{_border('bottom', size=6, color=NAVY)}{_border('insideH', size=4, color=RULE)}</w:tblBorders><w:tblCellMar>"
    '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr><w:tcPr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{NAVY.lstrip("#")}"/></w:tcPr></w:tblStylePr></w:style>'
)
