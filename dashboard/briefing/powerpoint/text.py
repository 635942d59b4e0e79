"""Paragraphs on a slide: measured first, made smaller as far as the back of the room allows, then written.

The awkward fact: an officer's title may be 500 letters, Arabic, or look like a formula. It is only ever put into a
run of text, and the paragraph says which way it runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from xml.sax.saxutils import escape

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from dashboard.briefing.powerpoint.frame import BODY_LEAST, BODY_SIZE
from dashboard.charts.look import INK
from dashboard.charts.measure import LINE_HEIGHT, line_count, runs_right_to_left
from dashboard.charts.powerpoint.frame import EMU, Frame
from dashboard.i18n import LOCALE, Language
from dashboard.i18n.bilingual import parts_of

T = TypeVar("T")
INDENT = 20.0
_SPACES = nsdecls("a", "r")
FEWEST_TO_SHARE = 2  # paragraphs of a slide that gives none away
SMALLEST = 10  # what an officer's longest words may come to; our own never get there


@dataclass(frozen=True, kw_only=True)
class Line:
    """A paragraph: `lead` stands before the text in bold; `size` may shrink to `least`; `before` is space above."""

    text: str
    lang: Language
    lead: str = ""
    size: float = BODY_SIZE
    least: float = BODY_LEAST
    bold: bool = False
    color: str = INK
    bullet: bool = False
    url: str = ""
    before: float = 8

    @property
    def whole(self) -> str:
        """The lead and the text as they are read."""
        return f"{self.lead} {self.text}" if self.lead else self.text


def height_of(lines: Iterable[Line], *, width: float) -> float:
    """Return the height that paragraphs take within a width, in points."""
    return sum(_height(line, width=width, is_first=number == 0) for number, line in enumerate(lines))


def _height(line: Line, *, width: float, is_first: bool) -> float:
    room = width - (INDENT if line.bullet else 0)
    count = line_count(line.whole, size=line.size, width=room, bold=line.bold or bool(line.lead))
    return count * line.size * LINE_HEIGHT + (0 if is_first else line.before)


def fitted(lines: Sequence[Line], *, width: float, height: float) -> tuple[Line, ...]:
    """Return the paragraphs as large as fits the height, none under its least size."""
    shrunk = tuple(lines)
    while height_of(shrunk, width=width) > height and any(line.size > line.least for line in shrunk):
        largest = max(line.size for line in shrunk if line.size > line.least)
        shrunk = tuple(replace(x, size=x.size - 1) if x.size == largest and x.size > x.least else x for x in shrunk)
    return shrunk


def pages(lines: Sequence[Line], *, width: float, height: float) -> tuple[tuple[Line, ...], ...]:
    """Return the paragraphs shared out over as many slides as they need, at a size at which each one fits."""
    shrunk = fitted(lines, width=width, height=height)
    done: list[tuple[Line, ...]] = []
    page: tuple[Line, ...] = ()
    for line in shrunk:
        own = fitted((replace(line, least=SMALLEST),), width=width, height=height)
        if page and height_of((*page, *own), width=width) > height:
            done, page = [*done, page], ()
        page = (*page, *own)
    return last_not_alone((*done, page)) if page else tuple(done)


def last_not_alone(slides: tuple[tuple[T, ...], ...]) -> tuple[tuple[T, ...], ...]:
    """Let no paragraph stand alone on the last of several slides: the one before it goes along."""
    if len(slides) == 1 or len(slides[-1]) > 1 or len(slides[-2]) <= FEWEST_TO_SHARE:
        return slides
    *before, full, last = slides
    return (*before, full[:-1], (full[-1], *last))


def add_text(slide: Any, lines: Sequence[Line], frame: Frame, *, name: str) -> Any:
    """Put paragraphs into a text box of their own."""
    box = slide.shapes.add_textbox(*frame.emu())
    box.name = name
    write(box.text_frame, lines)
    return box


def write(frame: Any, lines: Sequence[Line], *, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP) -> None:
    """Write paragraphs into a text frame, at the sizes they have, without margins and without automatic sizes."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write_lines(frame, lines)


def write_lines(frame: Any, lines: Sequence[Line]) -> None:
    """Write paragraphs into a text frame, in place of those it has."""
    body = frame._txBody
    for old in body.p_lst:
        body.remove(old)
    for number, line in enumerate(lines):
        link = frame.part.relate_to(line.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True) if line.url else ""
        body.append(parse_xml(paragraph_xml(line, is_first=number == 0, link=link)))


def paragraph_xml(line: Line, *, is_first: bool = True, link: str = "", side: str = "l") -> str:
    """Return a paragraph of DrawingML; `link` is the id of its address among the slide's relations.

    Written as text because a deck has hundreds, and python-pptx takes ten times as long to set each property.
    """
    indent = round(INDENT * EMU) if line.bullet else 0
    is_rtl = runs_right_to_left(line.text)
    algn = "r" if is_rtl else side
    space = 0 if is_first else round(line.before * 100)
    mark = '<a:buChar char="•"/>' if line.bullet else "<a:buNone/>"
    lead = _run_xml(f"{line.lead} ", replace(line, bold=True)) if line.lead else ""
    parts = parts_of(line.text, lang=line.lang)
    runs = "".join(_run_xml(text, replace(line, lang=lang), link=link) for lang, text in parts)
    return (
        f'<a:p {_SPACES}><a:pPr marL="{indent}" indent="{-indent}" algn="{algn}" rtl="{int(is_rtl)}">'
        f'<a:spcBef><a:spcPts val="{space}"/></a:spcBef>{mark}</a:pPr>{lead}{runs}</a:p>'
    )


def _run_xml(text: str, line: Line, *, link: str = "") -> str:
    color = line.color.lstrip("#")
    inside = f'<a:hlinkClick r:id="{link}"/>' if link else f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
    letters = f'lang="{LOCALE[line.lang]}" sz="{round(line.size * 100)}" b="{int(line.bold)}"'
    return f"<a:r><a:rPr {letters}>{inside}</a:rPr><a:t>{escape(text)}</a:t></a:r>"
