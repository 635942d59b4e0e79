"""Files read back as their readers' programs read them: words, numbers, and the data behind native charts."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import pptx
import pypdf
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import html
from python_calamine import CalamineWorkbook


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF in the order it is drawn, with line ends as spaces."""
    return one_line(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages))


def pdf_pages(content: bytes) -> list[str]:
    """Return the text of each page of a PDF, with line ends as spaces."""
    return [one_line(page.extract_text()) for page in pypdf.PdfReader(BytesIO(content)).pages]


def docx_text(content: bytes) -> str:
    """Return the paragraphs and cells of a Word file."""
    body = docx.Document(BytesIO(content)).element.body
    return one_line("\n".join(Paragraph(one, None).text for one in body.iter(qn("w:p"))))


def pptx_text(content: bytes, *, with_notes: bool = True) -> str:
    """Return titles, texts, tables and speaker notes of a deck; without these, what the room sees."""
    found = []
    for slide in pptx.Presentation(BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
        if with_notes:
            found.append(slide.notes_slide.notes_text_frame.text)
    return one_line("\n".join(found))


def pptx_numbers(content: bytes) -> list[float]:
    """Return every value of every native chart of a deck."""
    found: list[float] = []
    for slide in pptx.Presentation(BytesIO(content)).slides:
        charts = [shape.chart for shape in slide.shapes if shape.has_chart]
        found += [
            float(point.text)
            for chart in charts
            for tag in ("val", "yVal", "xVal")
            for point in chart._chartSpace.iterfind(f".//{{*}}{tag}//{{*}}v")
        ]
    return found


def html_text(content: bytes) -> str:
    """Return what a page says, scripts and styles left out."""
    page = html.document_fromstring(content)
    for silent in page.xpath("//script | //style"):
        silent.drop_tree()
    return one_line(page.text_content())  # type: ignore[attr-defined]  # of lxml.html


def cells(content: bytes) -> list[object]:
    """Return every cell of every sheet of a workbook, XLSX or ODS."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]


def cells_text(content: bytes) -> str:
    """Return what the cells of a workbook say."""
    return one_line("\n".join(str(cell) for cell in cells(content)))


def zip_text(content: bytes) -> str:
    """Return what the files of a zip say."""
    with ZipFile(BytesIO(content)) as whole:
        return one_line("\n".join(whole.read(name).decode("utf-8-sig") for name in whole.namelist()))


def zipped_cells(content: bytes) -> list[str]:
    """Return every cell of every CSV in a zip."""
    with ZipFile(BytesIO(content)) as whole:
        tables = [whole.read(name).decode("utf-8-sig") for name in whole.namelist() if name.endswith(".csv")]
    return [cell for table in tables for row in csv.reader(StringIO(table, newline="")) for cell in row]


def one_line(text: str) -> str:
    """Return a text without soft hyphens, each run of white space one space, and no break after a hyphen or dash."""
    words = " ".join(text.replace("\u00ad", "").split())
    return re.sub(r"(?<=\w)([-\u2013]) (?=\w)", r"\1", words)
