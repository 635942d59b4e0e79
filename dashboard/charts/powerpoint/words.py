"""Words on a slide beside a chart, such as its key: a box of text that is exactly as large as its frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from dashboard.charts.look import INK
from dashboard.charts.powerpoint.axes import Native
from dashboard.charts.powerpoint.frame import CHART_SIZE, Frame
from dashboard.charts.powerpoint.xml import rows_of
from dashboard.i18n import t

NumberedShape = Callable[[int], str]  # a shape by its number among those of the slide


def add_words(native: Native, text: str, frame: Frame) -> None:
    """Add a box of text to the slide."""
    shapes = native.slide.shapes
    number = 1 + max(one.shape_id for one in shapes)
    shapes._spTree.append(parse_xml(words_of(native, text, frame)(number)))


def name_of(key: str, native: Native) -> str:
    """Return what a series or a column of a chart's sheet is called."""
    return t(f"briefing.chart.{key}", lang=native.lang)


def words_of(native: Native, text: str, frame: Frame) -> NumberedShape:
    """Return a box of text as DrawingML."""
    left, top, width, height = frame.emu()
    paragraphs = "".join(f"<a:p>{row}</a:p>" for row in rows_of(text, lang=native.lang, size=CHART_SIZE, color=INK))
    room = f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'
    properties = f'<p:spPr><a:xfrm>{room}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
    body = '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"/><a:lstStyle/>'
    return partial(numbered, text, '<p:cNvSpPr txBox="1"/>', f"{properties}<p:txBody>{body}{paragraphs}</p:txBody>")


def numbered(name: str, kind: str, inner: str, number: int) -> str:
    """Return a shape with its name and its number among those of the slide."""
    called = quoteattr(name)
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name={called} descr={called}/>{kind}<p:nvPr/>'
        f"</p:nvSpPr>{inner}</p:sp>"
    )
