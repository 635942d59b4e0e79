"""The empty deck that every deck starts from: 16:9, our fonts and colours, three layouts with a title each.

The awkward fact: python-pptx starts from a 4:3 deck of 2013 with eleven layouts. Widening the slide alone leaves every
placeholder where it was, so the master is set out anew, once, and each deck opens its own copy of the bytes.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.briefing.powerpoint.frame import (
    BODY_BOTTOM,
    BODY_SIZE,
    FOOTER_HEIGHT,
    FOOTER_SIZE,
    FOOTER_TOP,
    MARGIN,
    SLIDE_HEIGHT,
    SLIDE_WIDTH,
    TITLE_SIZE,
    TITLE_TOP,
    WHOLE_WIDTH,
)
from dashboard.charts.look import INK, MUTED, NAVY, ORANGE, OTHERS, PLUM, RULE, SEQUENTIAL, TEAL
from dashboard.charts.powerpoint.frame import Frame
from dashboard.i18n import LOCALE, Language

TITLE_LAYOUT, TEXT_LAYOUT, VISUAL_LAYOUT = 0, 1, 2
_KEPT = ("Title Slide", "Title and Content", "Title Only")
FONT = "Arial"  # on every machine that opens slides; Source Sans 3 is not
_COLOURS = {
    "dk1": INK,
    "lt1": "#FFFFFF",
    "dk2": NAVY,
    "lt2": RULE,
    "accent1": NAVY,
    "accent2": TEAL,
    "accent3": PLUM,
    "accent4": ORANGE,
    "accent5": SEQUENTIAL[2],
    "accent6": OTHERS,
    "hlink": NAVY,
    "folHlink": PLUM,
}
_TITLE = Frame(left=MARGIN, top=TITLE_TOP, width=WHOLE_WIDTH, height=80)
_BODY = Frame(left=MARGIN, top=116, width=WHOLE_WIDTH, height=BODY_BOTTOM - 116)
_FOOTER = Frame(left=MARGIN, top=FOOTER_TOP, width=WHOLE_WIDTH - 80, height=FOOTER_HEIGHT)
_NUMBER = Frame(left=MARGIN + WHOLE_WIDTH - 80, top=FOOTER_TOP, width=80, height=FOOTER_HEIGHT)
_PLACES = {"title": _TITLE, "ctrTitle": _TITLE, "body": _BODY, "subTitle": _BODY, "": _BODY}
_PLACES |= {"ftr": _FOOTER, "sldNum": _NUMBER}


def empty_deck(*, lang: Language) -> Any:
    """Return a presentation of our look without slides."""
    return Presentation(BytesIO(_template(lang)))


@cache
def _template(lang: Language) -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(SLIDE_WIDTH), Pt(SLIDE_HEIGHT)
    for layout in list(deck.slide_layouts):
        if layout.name not in _KEPT:
            deck.slide_layouts.remove(layout)
    for page in (deck.slide_master, *deck.slide_layouts):
        _set_out(page)
        _speak(page._element, lang)
    _speak(deck.part._element, lang)
    _style(deck.slide_master)
    _dress(deck.slide_master)
    _drop_printer(deck)
    target = BytesIO()
    deck.save(target)
    return target.getvalue()


def _set_out(page: Any) -> None:
    """Put each placeholder in its place, and take the date away: a briefing says itself when it was made."""
    for shape in list(page.placeholders):
        kind = shape._element.xpath("string(.//p:nvPr/p:ph/@type)")
        if kind == "dt":
            shape._element.getparent().remove(shape._element)
            continue
        shape.left, shape.top, shape.width, shape.height = _PLACES[kind].emu()


def _speak(element: Any, lang: Language) -> None:
    for tag in element.iter():
        if "lang" in tag.attrib:
            tag.set("lang", LOCALE[lang])


def _style(master: Any) -> None:
    """Set the titles and texts of the master: left, bold and navy above, ink below."""
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    letters = title.find(qn("a:defRPr"))
    letters.set("sz", str(TITLE_SIZE * 100))
    letters.set("b", "1")
    letters.find(".//" + qn("a:schemeClr")).set("val", "tx2")
    body = styles.find(qn("p:bodyStyle")).find(qn("a:lvl1pPr")).find(qn("a:defRPr"))
    body.set("sz", str(BODY_SIZE * 100))
    _add_rule(master)
    for kind, side in (("ftr", "l"), ("sldNum", "r")):
        level = master._element.xpath(f'.//p:sp[.//p:ph[@type="{kind}"]]//a:lvl1pPr')[0]
        level.set("algn", side)
        level.find(qn("a:defRPr")).set("sz", str(FOOTER_SIZE * 100))
        colour = level.find(".//" + qn("a:schemeClr"))
        colour.getparent().replace(colour, parse_xml(f'<a:srgbClr {nsdecls("a")} val="{MUTED.lstrip("#")}"/>'))


def _add_rule(master: Any) -> None:
    """Draw the navy bar along the top, which says nothing and is marked so."""
    left, top, width, height = Frame(left=0, top=0, width=SLIDE_WIDTH, height=9).emu()
    bar = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Bar" descr=""/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    master.shapes._spTree.insert(2, bar)


def _dress(master: Any) -> None:
    """Write our fonts and colours into the theme."""
    part = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    theme = etree.fromstring(part.blob)
    for name, colour in _COLOURS.items():
        slot = next(theme.iter(qn(f"a:{name}")))
        slot[:] = []
        etree.SubElement(slot, qn("a:srgbClr"), val=colour.lstrip("#"))
    for latin in theme.iterfind(f".//{qn('a:fontScheme')}//{qn('a:latin')}"):
        latin.set("typeface", FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drop_printer(deck: Any) -> None:
    """Take out the settings of somebody's printer that the old deck carries."""
    for key, relation in list(deck.part.rels.items()):
        if relation.reltype.endswith("/printerSettings"):
            deck.part.rels.pop(key)
